"""What a page says of a refusal, and what it leaves to the edge."""

from __future__ import annotations

import pytest

from haoke.core.errors import Conflict, Forbidden, Invalid, NotFound
from haoke.core.ui.problem import Problem


def test_without_a_refusal_there_is_nothing_to_say() -> None:
    with Problem() as problem:
        pass
    assert (problem.words, problem.status, problem.refusal) == ("", 200, None)


@pytest.mark.parametrize(
    ("refusal", "status"), [(Invalid("Too short"), 422), (Conflict("Too short"), 409), (Forbidden("Too short"), 403)]
)
def test_a_refusal_is_said_with_its_status(refusal, status: int) -> None:
    with Problem() as problem:
        raise refusal
    assert (problem.words, problem.status) == ("Too short", status)


@pytest.mark.parametrize("error", [NotFound(), ValueError()])
def test_what_is_not_found_or_broken_goes_on(error: Exception) -> None:
    with pytest.raises(type(error)), Problem():
        raise error
