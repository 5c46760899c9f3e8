"""When a change may begin: never in the past, never twice at one moment, never without a reason."""

from datetime import UTC, datetime, timedelta

import pytest

from haoke.policies.errors import AlreadyInForce, ChangeAlreadyPlanned, ChangeInThePast, ReasonNeeded
from haoke.policies.rules.versions import check_change, check_withdrawal

NOW = datetime(2026, 11, 23, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("valid_from", [NOW, NOW + SECOND])
def test_a_change_begins_now_or_later(valid_from: datetime) -> None:
    check_change(valid_from=valid_from, reason="trial", now=NOW, starts=[NOW - SECOND])


@pytest.mark.parametrize(
    ("valid_from", "reason", "refusal"),
    [
        (NOW - SECOND, "trial", ChangeInThePast),
        (NOW, "trial", ChangeAlreadyPlanned),
        (NOW + SECOND, " \n", ReasonNeeded),
    ],
)
def test_other_changes_are_refused(valid_from: datetime, reason: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_change(valid_from=valid_from, reason=reason, now=NOW, starts=[NOW])


def test_only_what_has_not_begun_is_withdrawn() -> None:
    check_withdrawal(valid_from=NOW + SECOND, now=NOW)
    with pytest.raises(AlreadyInForce):
        check_withdrawal(valid_from=NOW, now=NOW)
