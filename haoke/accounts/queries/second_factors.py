"""Who has a second factor, who still needs one, and the key of one that is being set up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from haoke.accounts import rules
from haoke.accounts.models import RecoveryCode, SecondFactor, Staff
from haoke.accounts.queries.installation import company_name, second_factor_rule
from haoke.core.sealing import NotOurSeal, unseal

SEALED_FOR = "haoke.accounts.second_factor"


@dataclass(frozen=True)
class FactorState:
    """How somebody stands: since when it counts (None: not at all), and how many recovery codes are left."""

    since: datetime | None
    codes_left: int
    is_required: bool

    @property
    def is_on(self) -> bool:
        return self.since is not None


@dataclass(frozen=True)
class FactorStates:
    """How the house stands: of the active colleagues who have to have one, and of all, how many do."""

    active: int
    active_with: int
    required: int
    required_with: int


@dataclass(frozen=True)
class NewFactor:
    """A second factor that is being set up: the key to type, and what the QR code says."""

    key: str
    address: str


def has_second_factor(staff_id: int) -> bool:
    return SecondFactor.objects.filter(staff_id=staff_id, confirmed_at__isnull=False).exists()


def must_have_second_factor(roles: Collection[str]) -> bool:
    """Whether the house asks one of somebody with these roles."""
    return rules.must_have_second_factor(second_factor_rule(), roles)


def factor_state(staff: Staff) -> FactorState:
    factor = SecondFactor.objects.filter(staff=staff, confirmed_at__isnull=False).first()
    left = RecoveryCode.objects.filter(staff=staff, used_at=None).count() if factor else 0
    return FactorState(factor.confirmed_at if factor else None, left, must_have_second_factor(staff.roles))


def factor_states() -> FactorStates:
    """Three queries, however many work here."""
    having = set(SecondFactor.objects.filter(confirmed_at__isnull=False).values_list("staff_id", flat=True))
    rule = second_factor_rule()
    active = dict(Staff.objects.filter(is_active=True).values_list("pk", "roles"))
    required = {key for key, roles in active.items() if rules.must_have_second_factor(rule, roles)}
    return FactorStates(len(active), len(having & active.keys()), len(required), len(having & required))


def new_factor(staff: Staff) -> NewFactor | None:
    """The second factor somebody is setting up; None where none is, it counts already, or its key was lost."""
    factor = SecondFactor.objects.filter(staff=staff, confirmed_at=None).first()
    if factor is None:
        return None
    try:
        secret = unseal(factor.sealed_secret, purpose=SEALED_FOR)
    except NotOurSeal:
        return None
    return NewFactor(
        key=rules.grouped(secret),
        address=rules.enrolment_address(secret, name=staff.email, issuer=company_name()),
    )
