"""What stood in the way of a request, for pages that say it in one sentence and bring everything typed back."""

from __future__ import annotations

from types import TracebackType

from haoke.core.errors import NotFound, Refusal


class Problem:
    """Whatever was refused inside the block; without a refusal no words and status 200.

    with Problem() as problem:
        services.link(…)
        return redirect(…)
    return render(…, {"problem": problem.words}, status=problem.status)
    """

    def __init__(self) -> None:
        self.refusal: Refusal | None = None

    @property
    def words(self) -> str:
        return str(self.refusal) if self.refusal else ""

    @property
    def status(self) -> int:
        return self.refusal.status if self.refusal else 200

    def __enter__(self) -> Problem:
        return self

    def __exit__(self, _kind: type | None, error: BaseException | None, _trace: TracebackType | None) -> bool:
        """What is not found has no page to come back to, and goes on."""
        if isinstance(error, NotFound) or not isinstance(error, Refusal):
            return False
        self.refusal = error
        return True
