"""Absences: entered by oneself or whoever is in charge, never twice at a time, with a substitute who is there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from haoke.accounts import errors, queries, services
from haoke.accounts.choices import Role
from haoke.accounts.models import Absence
from haoke.core import clock
from haoke.core.errors import NotFound
from haoke.timeline.queries import audit_trail


@pytest.fixture
def colleague(create_actor, team):
    return create_actor(Role.AGENT, team_ids=(team.pk,))


def away(actor, *, by, start: int = 1, days: int = 7, **more) -> Absence:
    now = clock.now()
    return services.enter_absence(
        staff_id=actor.id,
        starts_at=now + timedelta(days=start),
        ends_at=now + timedelta(days=start + days),
        by=by,
        **more,
    )


def test_ones_own_absence_is_kept_with_a_fact_and_can_be_taken_back(agent, colleague) -> None:
    absence = away(agent, by=agent, substitute_id=colleague.id, note="年假")

    assert [each.pk for each in queries.absences_of([agent.id])] == [absence.pk]
    assert queries.running_absence(agent.id) is None
    assert queries.running_absence(agent.id, now=absence.starts_at) == absence
    assert queries.running_absence(agent.id, now=absence.ends_at) is None

    services.cancel_absence(absence_id=absence.pk, by=agent)
    assert queries.absences_of([agent.id]) == []
    kinds = [line.kind for line in audit_trail(kinds=["absence.entered", "absence.cancelled"])]
    assert kinds == ["absence.cancelled", "absence.entered"]
    with pytest.raises(NotFound):
        services.cancel_absence(absence_id=absence.pk, by=agent)


def test_a_supervisor_enters_for_their_people_an_administrator_for_all(
    agent, supervisor, admin, other_agent, colleague
) -> None:
    away(agent, by=supervisor)
    away(other_agent, by=admin)
    for stranger in (colleague, supervisor):
        with pytest.raises(NotFound):
            away(other_agent, by=stranger, start=30)
    with pytest.raises(NotFound):
        services.cancel_absence(absence_id=Absence.objects.get(staff_id=other_agent.id).pk, by=supervisor)


def test_two_absences_of_one_colleague_touch_but_never_overlap(agent) -> None:
    first = away(agent, by=agent)
    away(agent, by=agent, start=8)
    with pytest.raises(errors.AbsencesOverlap):
        away(agent, by=agent, start=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(
            staff_id=agent.id, starts_at=first.starts_at, ends_at=first.ends_at, created_at=clock.now()
        )

    services.cancel_absence(absence_id=first.pk, by=agent)
    away(agent, by=agent, start=2, days=1)


@pytest.mark.parametrize(
    ("start", "days", "refusal"), [(1, 0, errors.AbsenceWithoutLength), (-9, 8, errors.AbsenceTooLate)]
)
def test_an_absence_has_length_and_is_not_over(agent, start, days, refusal) -> None:
    with pytest.raises(refusal):
        away(agent, by=agent, start=start, days=days)
    assert not Absence.objects.exists()


def test_the_substitute_is_somebody_else_who_answers_and_is_there_all_the_time(
    agent, colleague, quality_manager
) -> None:
    away(colleague, by=colleague, start=5, days=1)
    for unfit in (agent.id, quality_manager.id, colleague.id, 999_999):
        with pytest.raises(errors.SubstituteUnfit):
            away(agent, by=agent, substitute_id=unfit)

    assert away(agent, by=agent, start=10, substitute_id=colleague.id).substitute_id == colleague.id


def test_the_pages_enter_and_take_back(client_of, agent, supervisor, colleague) -> None:
    typed = {
        "staff_id": agent.id,
        "starts_at": "2030-02-01T09:00",
        "ends_at": "2030-02-08T18:00",
        "substitute_id": colleague.id,
        "note": "春节",
    }
    client = client_of(agent)
    assert client.post("/account/absences", typed).status_code == 302
    absence = Absence.objects.get()
    # Typed on the colleague's wall clock, which is Shanghai's.
    assert absence.starts_at.isoformat() == "2030-02-01T01:00:00+00:00"
    assert "春节" in client.get("/account/absences").content.decode()

    again = client.post("/account/absences", typed)
    assert again.status_code == 422
    assert "There is an absence in this time already" in again.content.decode()

    boss = client_of(supervisor)
    assert agent.name in boss.get("/settings/absences/").content.decode()
    assert boss.post(f"/account/absences/{absence.pk}/cancellation").status_code == 302
    assert queries.absences_of([agent.id]) == []


def test_nobody_enters_an_absence_of_another_by_their_own_page(client_of, agent, colleague) -> None:
    typed = {"staff_id": colleague.id, "starts_at": "2030-02-01T09:00", "ends_at": "2030-02-08T18:00"}
    assert client_of(agent).post("/account/absences", typed).status_code == 422
    assert not Absence.objects.exists()
