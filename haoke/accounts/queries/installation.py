"""Who moved in here, and what the house asks of everybody who signs in."""

from __future__ import annotations

from haoke.accounts.choices import SecondFactorRule
from haoke.accounts.models import Installation, Staff


def is_new_installation() -> bool:
    """Whether nobody works here yet, so that the first administrator is to be created."""
    return not Staff.objects.exists()


def installation() -> Installation | None:
    return Installation.objects.first()


def is_demo() -> bool:
    return Installation.objects.filter(is_demo=True).exists()


def company_name() -> str:
    found = installation()
    return found.company_name if found else "Haoke 好客"


def second_factor_rule() -> str:
    """Who has to have a second factor (choices.SecondFactorRule)."""
    found = installation()
    return found.second_factor_rule if found else SecondFactorRule.NOBODY
