"""The second factor: set up, confirmed, renewed and switched off by its owner; taken away by an administrator."""

from __future__ import annotations

import pyotp
from django.db import transaction

from haoke.accounts import errors, events
from haoke.accounts.choices import SecondFactorRule
from haoke.accounts.models import Installation, RecoveryCode, SecondFactor, Staff
from haoke.accounts.queries import SEALED_FOR
from haoke.accounts.rules import require_known
from haoke.accounts.services.codes import accept_code, count_try, forget_tries, make_recovery_codes, use_code
from haoke.accounts.services.own_account import check_own_password
from haoke.accounts.services.sessions import end_every_session
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.core.sealing import seal
from haoke.timeline.services import record


@transaction.atomic
def begin_second_factor(*, by: Actor) -> None:
    """Makes a new key for one's app, which counts only once its first code was typed.

    Raises Forbidden, SecondFactorIsOn.
    """
    now = clock.now()
    staff = Staff.objects.get(pk=by.require_staff())
    # Held, or a confirmation at this very moment would be left with a key that no app knows.
    before = SecondFactor.objects.select_for_update().filter(staff=staff).first()
    if before is not None and before.confirmed_at is not None:
        raise errors.SecondFactorIsOn()
    SecondFactor.objects.update_or_create(
        staff=staff,
        defaults={"sealed_secret": seal(pyotp.random_base32(), purpose=SEALED_FOR), "created_at": now, "last_step": 0},
    )


def confirm_second_factor(*, code: str, session_key: str | None, by: Actor) -> list[str]:
    """Switches it on with the app's first code; returns the recovery codes, in clear this one time.

    Every other session of theirs ends: it was opened with the password alone.
    Raises Forbidden, CodeRefused, SetUpAgain, Limited.
    """
    now = clock.now()
    count_try(by.require_staff())
    with transaction.atomic():
        staff = Staff.objects.get(pk=by.require_staff())
        factor = SecondFactor.objects.select_for_update().filter(staff=staff, confirmed_at=None).first()
        if factor is None:
            raise errors.SetUpAgain()
        use_code(factor, code, at=now)
        factor.confirmed_at = now
        factor.save(update_fields=["confirmed_at"])
        codes = make_recovery_codes(staff.pk, at=now)
        end_every_session(staff, but=session_key, by=by)
        record(events.SecondFactorSetUp(staff_id=staff.pk), by=by, at=now)
    forget_tries(staff.pk)
    return codes


@transaction.atomic
def renew_recovery_codes(*, by: Actor) -> list[str]:
    """Ten new recovery codes in the place of the old ones. Raises Forbidden, NoSecondFactor."""
    now = clock.now()
    staff = Staff.objects.get(pk=by.require_staff())
    if _locked_factor(staff) is None:
        raise errors.NoSecondFactor()
    codes = make_recovery_codes(staff.pk, at=now)
    record(events.RecoveryCodesRenewed(staff_id=staff.pk), by=by, at=now)
    return codes


def remove_second_factor(*, password: str, code: str, by: Actor) -> None:
    """Switches one's own second factor off, for which both factors are asked once more.

    Raises Forbidden, NoSecondFactor, WrongPassword, CodeRefused, Limited.
    """
    now = clock.now()
    check_own_password(password=password, by=by, field="password")
    count_try(by.require_staff())
    with transaction.atomic():
        staff = Staff.objects.get(pk=by.require_staff())
        if _locked_factor(staff) is None:
            raise errors.NoSecondFactor()
        accept_code(staff.pk, code, at=now)
        _take_away(staff)
        record(events.SecondFactorRemoved(staff_id=staff.pk), by=by, at=now)
    forget_tries(staff.pk)


@transaction.atomic
def reset_second_factor(*, staff_id: int, by: Actor) -> Staff:
    """Takes away the second factor of a colleague who lost it, and signs them out everywhere.

    Raises Forbidden, NotFound, OwnSecondFactor, NoSecondFactor.
    """
    now = clock.now()
    by.require("staff.change")
    if staff_id == by.staff_id:
        raise errors.OwnSecondFactor()
    staff = Staff.objects.filter(pk=staff_id).first()
    if staff is None:
        raise NotFound()
    if _locked_factor(staff) is None:
        raise errors.NoSecondFactor()
    _take_away(staff)
    forget_tries(staff.pk)
    end_every_session(staff, by=by)
    record(events.SecondFactorReset(staff_id=staff.pk, name=staff.name), by=by, at=now)
    return staff


@transaction.atomic
def set_second_factor_rule(*, rule: str, by: Actor) -> None:
    """Says who has to have a second factor; they are led to set it up when they next sign in.

    Raises Forbidden, UnknownCode.
    """
    now = clock.now()
    by.require("staff.change")
    require_known(rule, SecondFactorRule.values, field="rule")
    house = Installation.objects.select_for_update().get()
    if house.second_factor_rule == rule:
        return
    old, house.second_factor_rule = house.second_factor_rule, rule
    house.save(update_fields=["second_factor_rule"])
    record(events.SecondFactorRuleSet(installation_id=house.pk, old=old, new=rule), by=by, at=now)


def _locked_factor(staff: Staff) -> SecondFactor | None:
    return SecondFactor.objects.select_for_update().filter(staff=staff, confirmed_at__isnull=False).first()


def _take_away(staff: Staff) -> None:
    SecondFactor.objects.filter(staff=staff).delete()
    RecoveryCode.objects.filter(staff=staff).delete()
