"""Which policy was in force when, and how it came to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, overload

from haoke.core import clock
from haoke.policies.choices import EXPLANATIONS, SCOPED, PolicyType
from haoke.policies.errors import NoPolicyInForce, UnknownPolicy
from haoke.policies.models import Policy
from haoke.policies.rules.scopes import EVERYWHERE, Scope
from haoke.policies.rules.values import (
    AttachmentLimit,
    AutomaticMailCaps,
    LowScore,
    MinutesSuggested,
    NumberRule,
    PolicyValue,
    ServiceFloor,
    SurveyCap,
    SurveyExpiry,
    UndoSend,
)


@dataclass(frozen=True)
class PolicySummary:
    """One policy for people: what it changes, what applies now, and what is planned."""

    type: str
    label: Any
    explanation: Any
    current: Policy | None
    planned: Policy | None


@dataclass(frozen=True)
class PolicyDetail:
    """One policy with all its versions, the latest to begin first; `newest` is the highest version number."""

    type: str
    label: Any
    explanation: Any
    versions: list[Policy]
    current: Policy | None
    planned_ids: frozenset[int]
    newest: int


@overload
def as_of(type: Literal["number_rule"], *, at: datetime | None = ..., scope: Scope = ...) -> NumberRule: ...
@overload
def as_of(type: Literal["survey_cap"], *, at: datetime | None = ..., scope: Scope = ...) -> SurveyCap: ...
@overload
def as_of(type: Literal["survey_expiry"], *, at: datetime | None = ..., scope: Scope = ...) -> SurveyExpiry: ...
@overload
def as_of(type: Literal["low_score"], *, at: datetime | None = ..., scope: Scope = ...) -> LowScore: ...
@overload
def as_of(type: Literal["minutes_suggested"], *, at: datetime | None = ..., scope: Scope = ...) -> MinutesSuggested: ...
@overload
def as_of(type: Literal["attachment_limit"], *, at: datetime | None = ..., scope: Scope = ...) -> AttachmentLimit: ...
@overload
def as_of(
    type: Literal["automatic_mail_caps"], *, at: datetime | None = ..., scope: Scope = ...
) -> AutomaticMailCaps: ...
@overload
def as_of(type: Literal["service_floor"], *, at: datetime | None = ..., scope: Scope = ...) -> ServiceFloor: ...
@overload
def as_of(type: Literal["undo_send"], *, at: datetime | None = ..., scope: Scope = ...) -> UndoSend: ...


def as_of(type: str, *, at: datetime | None = None, scope: Scope = EVERYWHERE) -> PolicyValue:
    """What the policy said at a moment (now, unless told) in the given circumstances; one query.

    Raises NoPolicyInForce.
    """
    found = Policy.objects.filter(type=type).in_force(at or clock.now()).covering(scope).first()
    if found is None:
        raise NoPolicyInForce(type=type)
    return found.typed_value


def history(type: str, *, scope: Scope = EVERYWHERE) -> list[Policy]:
    """Every version of a policy for exactly this scope, the newest (or planned) first. Raises UnknownPolicy."""
    if type not in PolicyType.values:
        raise UnknownPolicy(type=type)
    return list(Policy.objects.made_for(type, scope).order_by("-valid_from"))


def policy_detail(type: str, *, at: datetime | None = None) -> PolicyDetail:
    """A policy that applies to everybody, with its history; one query. Raises UnknownPolicy."""
    moment = at or clock.now()
    versions = history(type)
    return PolicyDetail(
        type=type,
        label=PolicyType(type).label,
        explanation=EXPLANATIONS[PolicyType(type)],
        versions=versions,
        current=next((each for each in versions if each.valid_from <= moment), None),
        planned_ids=frozenset(each.pk for each in versions if each.valid_from > moment),
        newest=max((each.version for each in versions), default=0),
    )


def overview(*, at: datetime | None = None) -> list[PolicySummary]:
    """Every policy that applies to everybody, in the order of the register, with its next planned change; one query."""
    moment = at or clock.now()
    by_type: dict[str, list[Policy]] = {}
    for row in Policy.objects.not_ended(moment).order_by("valid_from"):
        if row.scope == EVERYWHERE:
            by_type.setdefault(row.type, []).append(row)
    return [_summary(type, by_type.get(type, []), moment) for type in PolicyType if type not in SCOPED]


def _summary(type: PolicyType, rows: list[Policy], moment: datetime) -> PolicySummary:
    current = next((row for row in rows if row.valid_from <= moment), None)
    planned = next((row for row in rows if row.valid_from > moment), None)
    return PolicySummary(type.value, type.label, EXPLANATIONS[type], current, planned)
