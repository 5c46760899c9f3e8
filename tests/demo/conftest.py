"""The demo company, loaded the way the first start loads it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from haoke.accounts import queries as accounts
from haoke.accounts.models import Staff
from haoke.core.actor import Actor
from haoke.demo import services


@pytest.fixture
def demo(db) -> None:
    services.load_demo_company()


@pytest.fixture
def colleague(demo) -> Callable[[str], Actor]:
    """Somebody of the demo company, by the name before the @."""

    def find(mail_name: str) -> Actor:
        return accounts.actor_of_staff(Staff.objects.get(email=f"{mail_name}@demo.haoke.example").pk)

    return find
