"""Customers as tests need them: registered through the service, by somebody who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from haoke.core.actor import Actor
from haoke.customers.models import Customer
from haoke.customers.services import register_customer
from haoke.timeline.models import Entry


@pytest.fixture
def register(db, system: Actor) -> Callable[..., Customer]:
    def register(name: str = "王小明", *, by: Actor = system, **details: Any) -> Customer:
        return register_customer(**({"kind": "person", "name": name} | details), by=by)

    return register


@pytest.fixture
def facts() -> Callable[..., list[Entry]]:
    """The facts recorded so far, oldest first; only those of the given kinds, if any."""

    def recorded(*kinds: str) -> list[Entry]:
        entries = Entry.objects.filter(kind__in=kinds) if kinds else Entry.objects.exclude(kind__startswith="staff.")
        return list(entries.order_by("pk"))

    return recorded
