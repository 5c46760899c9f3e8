"""The one place that reads the clock, so that tests can hold it still and a demo can tell a history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_held: ContextVar[datetime | None] = ContextVar("held", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC; inside `held` the moment that is held."""
    return _held.get() or timezone.now()


@contextmanager
def held(at: datetime) -> Iterator[None]:
    """Holds this thread's clock at an aware moment, so that what is done inside happened then."""
    before = _held.set(at)
    try:
        yield
    finally:
        _held.reset(before)
