"""What accounts decides without a database: known codes, one-time codes, and how a device is called."""

from haoke.accounts.rules.devices import Device, device_of, network_of
from haoke.accounts.rules.known import known_roles, require_known
from haoke.accounts.rules.presence import SIGN_OF_LIFE_LASTS, is_worth_noting, may_answer, presence_now
from haoke.accounts.rules.second_factor import (
    RECOVERY_CODE_LENGTH,
    RECOVERY_SIGNS,
    STEP_SECONDS,
    enrolment_address,
    grouped,
    is_recovery_code,
    matching_step,
    must_have_second_factor,
    typed_code,
)

__all__ = [
    "RECOVERY_CODE_LENGTH",
    "RECOVERY_SIGNS",
    "SIGN_OF_LIFE_LASTS",
    "STEP_SECONDS",
    "Device",
    "device_of",
    "enrolment_address",
    "grouped",
    "is_recovery_code",
    "is_worth_noting",
    "known_roles",
    "matching_step",
    "may_answer",
    "must_have_second_factor",
    "network_of",
    "presence_now",
    "require_known",
    "typed_code",
]
