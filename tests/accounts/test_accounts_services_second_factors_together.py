"""Setting the second factor up in two windows at the same moment."""

from __future__ import annotations

import threading

import pyotp
import pytest
from django.db import connections, transaction

from haoke.accounts import queries, services
from haoke.accounts.errors import SecondFactorIsOn
from haoke.accounts.models import SecondFactor, Staff
from haoke.core import clock

pytestmark = pytest.mark.django_db(transaction=True)


def test_beginning_anew_while_it_is_confirmed_leaves_the_key_that_was_confirmed(agent) -> None:
    """Otherwise the factor would count with a key that no app knows."""
    services.begin_second_factor(by=agent)
    new = queries.new_factor(Staff.objects.get(pk=agent.id))
    assert new is not None
    confirmed = SecondFactor.objects.get().sealed_secret
    raised: list[Exception] = []

    def begin_anew() -> None:
        try:
            services.begin_second_factor(by=agent)
        except SecondFactorIsOn as error:
            raised.append(error)
        finally:
            connections.close_all()

    other_window = threading.Thread(target=begin_anew)
    with transaction.atomic():
        code = pyotp.TOTP(new.key.replace("-", "")).at(clock.now())
        services.confirm_second_factor(code=code, session_key=None, by=agent)
        other_window.start()
        # Long enough to come as far as the row that is held here.
        other_window.join(0.5)
    other_window.join(10)

    assert SecondFactor.objects.get().sealed_secret == confirmed
    assert len(raised) == 1
