"""What a policy of each type consists of, and which values make sense."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from haoke.policies.choices import PolicyType
from haoke.policies.errors import InvalidPolicyValue, PrefixNotUsable, UnknownPolicy
from haoke.policies.rules.policy_value import PolicyValue
from haoke.policies.rules.service_targets import ServiceFloor, ServiceTargets

MEGABYTE = 1_000_000

_PREFIX = re.compile(r"[A-Z]{1,4}")


@dataclass(frozen=True, kw_only=True)
class NumberRule(PolicyValue):
    """Archive numbers: a prefix and at least so many digits (S0-68)."""

    bounds = {"digits": (4, 12)}
    prefix: str
    digits: int

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.prefix, str) or not _PREFIX.fullmatch(self.prefix):
            raise PrefixNotUsable(field="prefix")

    @property
    def words(self) -> dict[str, Any]:
        return {**super().words, "example": self.format(1)}

    def format(self, number: int) -> str:
        """The archive number of the n-th customer; it grows by a digit rather than repeat."""
        return f"{self.prefix}{number:0{self.digits}d}"


@dataclass(frozen=True, kw_only=True)
class SurveyCap(PolicyValue):
    """At most one survey per customer in so many days (S1-17)."""

    bounds = {"days": (0, 3650)}
    days: int


@dataclass(frozen=True, kw_only=True)
class SurveyExpiry(PolicyValue):
    """A survey link can be answered for so many days."""

    bounds = {"days": (1, 365)}
    days: int


@dataclass(frozen=True, kw_only=True)
class LowScore(PolicyValue):
    """A score of so much or less, of five, opens an item of work (S0-39)."""

    bounds = {"threshold": (0, 5)}
    threshold: int


@dataclass(frozen=True, kw_only=True)
class MinutesSuggested(PolicyValue):
    """Working minutes proposed for a reply, an internal note and a logged call."""

    bounds = {"reply": (0, 480), "note": (0, 480), "call": (0, 480)}
    reply: int
    note: int
    call: int


@dataclass(frozen=True, kw_only=True)
class AttachmentLimit(PolicyValue):
    """The largest attachment, in bytes."""

    bounds = {"bytes": (MEGABYTE, 1000 * MEGABYTE)}
    bytes: int

    @property
    def words(self) -> dict[str, Any]:
        return {**super().words, "megabytes": self.bytes // MEGABYTE}


@dataclass(frozen=True, kw_only=True)
class AutomaticMailCaps(PolicyValue):
    """Mails sent without a person, at most so many within the window: per conversation, and per recipient in all."""

    bounds = {"per_conversation": (0, 1000), "per_recipient": (0, 1000), "window_minutes": (1, 10_080)}
    per_conversation: int
    per_recipient: int
    window_minutes: int


@dataclass(frozen=True, kw_only=True)
class UndoSend(PolicyValue):
    """Seconds in which a reply can be taken back; with 0 it leaves at once."""

    bounds = {"seconds": (0, 60)}
    seconds: int


VALUE_OF: Mapping[str, type[PolicyValue]] = {
    PolicyType.NUMBER_RULE: NumberRule,
    PolicyType.SURVEY_CAP: SurveyCap,
    PolicyType.SURVEY_EXPIRY: SurveyExpiry,
    PolicyType.LOW_SCORE: LowScore,
    PolicyType.MINUTES_SUGGESTED: MinutesSuggested,
    PolicyType.ATTACHMENT_LIMIT: AttachmentLimit,
    PolicyType.AUTOMATIC_MAIL_CAPS: AutomaticMailCaps,
    PolicyType.UNDO_SEND: UndoSend,
    PolicyType.SERVICE_TARGETS: ServiceTargets,
    PolicyType.SERVICE_FLOOR: ServiceFloor,
}


def value_from(type: str, parts: Mapping[str, Any]) -> PolicyValue:
    """The typed value of stored or typed-in parts. Raises UnknownPolicy, InvalidPolicyValue (with its field)."""
    value_type = VALUE_OF.get(type)
    if value_type is None:
        raise UnknownPolicy(type=type)
    names = {field.name for field in fields(value_type)}
    if set(parts) != names:
        raise InvalidPolicyValue(parts=", ".join(sorted(names)))
    return value_type(**parts)


def parts_of(value: PolicyValue) -> dict[str, Any]:
    """The parts of a value as they are stored."""
    return asdict(value)
