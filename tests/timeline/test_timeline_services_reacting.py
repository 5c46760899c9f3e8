"""What follows from a fact follows exactly once, and only when the fact stays."""

from __future__ import annotations

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from haoke.accounts.events import TeamCreated, TeamRenamed
from haoke.core.actor import Actor
from haoke.core.errors import NotFound, Unavailable
from haoke.timeline import reactions, services
from haoke.timeline.models import Batch, Entry, Reaction
from haoke.timeline.reactions import Happened

pytestmark = pytest.mark.django_db

seen: list[tuple[str, int | None]] = []
troubles: list[Exception] = []


def take_note(happened: Happened) -> None:
    seen.append((happened.kind, happened.subject_id))


def stumble(happened: Happened) -> None:
    if troubles:
        raise troubles.pop()
    seen.append(("stumbled and rose", happened.subject_id))


@pytest.fixture(autouse=True)
def wired(monkeypatch) -> None:
    seen.clear()
    troubles.clear()
    monkeypatch.setattr(reactions, "_reactions", {})
    reactions.wire({"team.created": [stumble, take_note], "team.renamed": [take_note]})


def record(*facts) -> None:
    for fact in facts:
        services.record(fact, by=Actor.system())


@transaction.atomic
def record_and_take_back(fact) -> None:
    record(fact)
    raise ZeroDivisionError


def reaction_jobs() -> list[dict]:
    return list(ProcrastinateJob.objects.filter(task_name="timeline.react").values_list("args", flat=True))


def test_all_reactions_of_one_transaction_run_in_one_job(run_jobs) -> None:
    record(
        TeamCreated(team_id=1, name="a"), TeamRenamed(team_id=1, old="a", name="b"), TeamCreated(team_id=2, name="c")
    )

    batch = Batch.objects.get()
    assert reaction_jobs() == [{"batch_id": batch.pk}]
    assert batch.entries.count() == 3

    assert run_jobs() == 1
    assert [each for each in seen if each[0].startswith("team.")] == [
        ("team.created", 1), ("team.renamed", 1), ("team.created", 2),
    ]  # fmt: skip


def test_a_fact_nobody_reacts_to_makes_no_job() -> None:
    reactions.wire({})
    record(TeamCreated(team_id=1, name="a"))

    assert Entry.objects.get(kind="team.created").batch is None
    assert reaction_jobs() == []


def test_a_savepoint_takes_batch_and_job_back_with_the_fact() -> None:
    with pytest.raises(ZeroDivisionError):
        record_and_take_back(TeamCreated(team_id=1, name="a"))
    assert not Batch.objects.exists()
    assert reaction_jobs() == []

    record(TeamCreated(team_id=2, name="b"))

    assert reaction_jobs() == [{"batch_id": Batch.objects.get().pk}]


def test_a_released_savepoint_shares_the_batch_of_its_transaction() -> None:
    with transaction.atomic():
        record(TeamCreated(team_id=1, name="a"))
    record(TeamCreated(team_id=2, name="b"))

    assert Batch.objects.get().entries.count() == 2


def test_a_failing_reaction_is_tried_again_and_the_others_are_done_once() -> None:
    record(TeamCreated(team_id=1, name="a"))
    batch_id = Batch.objects.get().pk
    troubles.append(Unavailable())

    with pytest.raises(Unavailable):
        services.run_reactions(batch_id)
    assert seen == [("team.created", 1)]
    assert Reaction.objects.count() == 1

    services.run_reactions(batch_id)
    services.run_reactions(batch_id)

    assert seen == [("team.created", 1), ("stumbled and rose", 1)]
    assert Reaction.objects.count() == 2


def test_what_is_final_does_not_keep_the_rest_from_another_try() -> None:
    """A refusal ends a job at once; raised in place of a passing fault it would end the other reaction with it."""
    record(TeamCreated(team_id=1, name="a"), TeamCreated(team_id=2, name="b"))
    troubles.extend([Unavailable(), NotFound()])

    with pytest.raises(Unavailable):
        services.run_reactions(Batch.objects.get().pk)
