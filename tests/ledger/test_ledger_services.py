"""Minutes: written once, corrected by reversal, never changed."""

from __future__ import annotations

import pytest

from haoke.ledger import queries, services
from haoke.ledger.errors import ImplausibleMinutes
from haoke.ledger.models import Line

pytestmark = pytest.mark.django_db


def write(minutes: int, by):
    return services.record_minutes(
        minutes=minutes, entry_id=1, customer_id=None, subject_kind="message", subject_id=5, by=by
    )


def test_a_correction_reverses_and_writes_anew(agent) -> None:
    """S2-41: what was spent stays readable, with its correction beside it."""
    write(50, agent)
    services.correct_minutes(minutes=5, entry_id=2, customer_id=None, subject_kind="message", subject_id=5, by=agent)
    assert sorted(Line.objects.values_list("minutes", flat=True)) == [-50, 5, 50]
    assert queries.minutes_of("message", 5) == 5
    assert queries.minutes_by_subject("message", [5, 6]) == {5: 5}
    assert set(Line.objects.values_list("entry_id", flat=True)) == {1}


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_implausible_minutes_are_refused(agent, minutes) -> None:
    with pytest.raises(ImplausibleMinutes):
        write(minutes, agent)
    assert not Line.objects.exists()


def test_no_minutes_are_no_line(agent) -> None:
    assert write(0, agent) is None
