"""Whom a fact concerns, and as what: the one table from facts to notifications."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from haoke.accounts import queries as accounts
from haoke.conversations import queries as conversations
from haoke.notifications.choices import Kind
from haoke.policies import queries as policies
from haoke.timeline import queries as timeline
from haoke.timeline.queries import Line as Fact

_KNOWN_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Audience:
    """The colleagues whom a fact concerns, whatever they wish to be told."""

    kind: str
    staff_ids: frozenset[int]


def audience_of(fact: Fact) -> Audience | None:
    """Whom to tell, those who left and whoever did it themselves taken out; None where it concerns nobody.

    What concerns one's own account is told to oneself too: it may have been somebody else.
    """
    find = _AUDIENCES.get(fact.kind)
    audience = find(fact) if find else None
    if audience is None:
        return None
    concerned = set(accounts.colleagues(audience.staff_ids))
    if fact.actor_kind == "staff" and audience.kind != Kind.SECURITY:
        concerned.discard(fact.actor_id or 0)
    return Audience(audience.kind, frozenset(concerned)) if concerned else None


def _assigned(fact: Fact) -> Audience | None:
    """Where the assignment begins a handover, that is told instead."""
    if conversations.was_handed_over(_about(fact), fact.at):
        return None
    assignee_id, team_id = fact.payload.get("assignee_id"), fact.payload.get("team_id")
    if assignee_id:
        return _to(Kind.ASSIGNED, [assignee_id])
    return _to(Kind.UNASSIGNED, _members(team_id)) if team_id else None


def _started(fact: Fact) -> Audience | None:
    """Told only while nobody has it: routing may have been quicker."""
    attention = conversations.attention_on(_about(fact))
    if attention.assignee_id or not attention.team_id:
        return None
    return _to(Kind.UNASSIGNED, _members(attention.team_id))


def _customer_wrote(fact: Fact) -> Audience | None:
    return _to(Kind.CUSTOMER_WROTE, conversations.attention_on(_about(fact)).staff_ids)


def _mentioned(fact: Fact) -> Audience | None:
    return _to(Kind.MENTIONED, [fact.payload.get("staff_id")])


def _noted(fact: Fact) -> Audience | None:
    """Without those whom the note asks for: they are told that."""
    listening = conversations.attention_on(_about(fact)).staff_ids
    return _to(Kind.NOTED, listening - conversations.mentioned_in(fact.payload.get("message_id", 0)))


def _due_soon(fact: Fact) -> Audience | None:
    """Where nobody has it, whoever leads the team can still save it."""
    attention = conversations.attention_on(_about(fact))
    return _to(Kind.DUE_SOON, [attention.assignee_id] if attention.assignee_id else _supervisors(attention.team_id))


def _overdue(fact: Fact) -> Audience | None:
    attention = conversations.attention_on(_about(fact))
    return _to(Kind.OVERDUE, [attention.assignee_id, *_supervisors(attention.team_id)])


def _handed_over(fact: Fact) -> Audience | None:
    receiver_id, team_id = fact.payload.get("receiver_id"), fact.payload.get("team_id")
    return _to(Kind.HANDED_OVER, [receiver_id] if receiver_id else _members(team_id))


def _handover_dropped(fact: Fact) -> Audience | None:
    attention = conversations.attention_on(_about(fact))
    return _to(Kind.HANDOVER_DROPPED, [fact.payload.get("giver_id"), *_supervisors(attention.team_id)])


def _undelivered(fact: Fact) -> Audience | None:
    """Only what a person wrote: an acknowledgement that did not arrive stands in the conversation."""
    writer_id = conversations.writer_of(fact.payload.get("message_id", 0))
    if writer_id is None:
        return None
    return _to(Kind.UNDELIVERED, [writer_id, conversations.attention_on(_about(fact)).assignee_id])


def _rated(fact: Fact) -> Audience | None:
    if fact.payload.get("score", 5) > policies.as_of("low_score", at=fact.at).threshold:
        return None
    return _to(Kind.LOW_SCORE, [conversations.attention_on(_about(fact)).assignee_id])


def _signed_in(fact: Fact) -> Audience | None:
    """Only from a network where they were not seen for a while; the very first time is no news."""
    before = timeline.whole_history("staff", fact.subject_id or 0, kinds=[fact.kind])
    known = [each.payload.get("network", "") for each in before if each.id < fact.id and each.at > fact.at - _KNOWN_FOR]
    return _own_account(fact) if known and fact.payload.get("network", "") not in known else None


def _own_account(fact: Fact) -> Audience | None:
    return _to(Kind.SECURITY, [fact.payload.get("staff_id")])


def _about(fact: Fact) -> int:
    return int(fact.payload.get("conversation_id") or 0)


def _to(kind: str, staff_ids: Iterable[int | None]) -> Audience | None:
    concerned = frozenset(each for each in staff_ids if each)
    return Audience(kind, concerned) if concerned else None


def _members(team_id: int | None) -> list[int]:
    return [each.id for each in accounts.assignable_staff(team_id)] if team_id else []


def _supervisors(team_id: int | None) -> list[int]:
    return accounts.supervisors_of_team(team_id)


_AUDIENCES: Mapping[str, Callable[[Fact], Audience | None]] = {
    "conversation.assigned": _assigned,
    "conversation.started": _started,
    "message.received": _customer_wrote,
    "form.received": _customer_wrote,
    "colleague.mentioned": _mentioned,
    "note.written": _noted,
    "clock.warned": _due_soon,
    "clock.breached": _overdue,
    "handover.begun": _handed_over,
    "handover.dropped": _handover_dropped,
    "delivery.failed": _undelivered,
    "survey.answered": _rated,
    "survey.answer_changed": _rated,
    "staff.signed_in": _signed_in,
    "staff.changed": _own_account,
    "staff.password_changed": _own_account,
    "second_factor.set_up": _own_account,
    "second_factor.removed": _own_account,
    "second_factor.reset": _own_account,
    "recovery_codes.renewed": _own_account,
    "sessions.ended": _own_account,
}
