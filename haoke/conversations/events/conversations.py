"""What is said and decided in a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from haoke.channels.choices import Purpose
from haoke.conversations.choices import AssignmentReason, DeliveryOutcome, ReopenReason, State, Urgency
from haoke.timeline.choices import Audience, Direction, TouchChannel
from haoke.timeline.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ConversationFact(Fact):
    subject = "conversation"
    conversation_id: int


@dataclass(frozen=True, kw_only=True)
class ConversationStarted(ConversationFact):
    kind = "conversation.started"
    icon = "message-circle"
    sentence = _("Conversation HK-%(conversation_id)s started")


@dataclass(frozen=True, kw_only=True)
class MessageReceived(ConversationFact):
    """A touch: the customer wrote."""

    kind = "message.received"
    icon = "mail"
    audience = Audience.CUSTOMER
    channel = TouchChannel.MAIL
    direction = Direction.IN
    sentence = _("%(by)s wrote in HK-%(conversation_id)s")
    message_id: int
    attachment_count: int


@dataclass(frozen=True, kw_only=True)
class FormReceived(ConversationFact):
    """A touch: the customer wrote by a web form."""

    kind = "form.received"
    icon = "square-pen"
    audience = Audience.CUSTOMER
    channel = TouchChannel.PORTAL
    direction = Direction.IN
    sentence = _("%(by)s wrote by web form in HK-%(conversation_id)s")
    message_id: int


@dataclass(frozen=True, kw_only=True)
class AutomaticMailReceived(ConversationFact):
    """Not a touch: an absence note or a robot's mail is no word from the customer (RULINGS, Customers)."""

    kind = "automatic_mail.received"
    icon = "bot"
    sentence = _("An automatic mail came from %(by)s in HK-%(conversation_id)s")
    message_id: int
    attachment_count: int


@dataclass(frozen=True, kw_only=True)
class ReplyWritten(ConversationFact):
    """Not yet a touch: the mail has still to leave."""

    kind = "reply.written"
    audience = Audience.AUDIT
    sentence = _("%(by)s wrote a reply in HK-%(conversation_id)s")
    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessageSent(ConversationFact):
    """A touch: our mail left the building."""

    kind = "message.sent"
    icon = "send"
    audience = Audience.CUSTOMER
    channel = TouchChannel.MAIL
    direction = Direction.OUT
    sentence = _("%(by)s replied in HK-%(conversation_id)s")
    message_id: int


@dataclass(frozen=True, kw_only=True)
class AutomaticMailSent(ConversationFact):
    """Not a touch: what the house sends by itself counts for nobody's attention (RULINGS, Customers)."""

    kind = "automatic_mail.sent"
    icon = "bot"
    sentence = _("Sent by itself in HK-%(conversation_id)s: %(purpose)s")
    labels = {"purpose": Purpose}
    message_id: int
    purpose: str


@dataclass(frozen=True, kw_only=True)
class CallLogged(ConversationFact):
    """A touch; the direction is the call's own."""

    kind = "call.logged"
    icon = "phone"
    audience = Audience.CUSTOMER
    channel = TouchChannel.CALL
    sentence = _("%(by)s logged a phone call in HK-%(conversation_id)s")
    message_id: int
    # The call's own direction, in place of one that holds for every fact of a kind.
    direction: str = Direction.OUT  # type: ignore[misc]


@dataclass(frozen=True, kw_only=True)
class NoteWritten(ConversationFact):
    kind = "note.written"
    icon = "sticky-note"
    sentence = _("%(by)s wrote an internal note in HK-%(conversation_id)s")
    message_id: int


@dataclass(frozen=True, kw_only=True)
class MinutesCorrected(ConversationFact):
    kind = "minutes.corrected"
    audience = Audience.AUDIT
    sentence = _("%(by)s corrected the minutes in HK-%(conversation_id)s from %(old)s to %(new)s")
    message_id: int
    old: int
    new: int


@dataclass(frozen=True, kw_only=True)
class DeliveryFailed(ConversationFact):
    kind = "delivery.failed"
    icon = "circle-alert"
    sentence = _("A mail in HK-%(conversation_id)s did not arrive: %(outcome)s")
    labels = {"outcome": DeliveryOutcome}
    message_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ConversationAssigned(ConversationFact):
    kind = "conversation.assigned"
    icon = "user"
    sentence = _("%(by)s assigned HK-%(conversation_id)s to %(assignee)s %(team)s")
    labels = {"reason": AssignmentReason}
    assignee_id: int | None
    assignee: str
    team_id: int | None
    team: str
    reason: str = AssignmentReason.BY_HAND
    is_own: bool = False

    @classmethod
    def sentence_for(cls, payload: Mapping[str, Any]) -> Any:
        if payload.get("is_own"):
            return _("%(by)s took HK-%(conversation_id)s")
        if payload.get("assignee_id") is None:
            return _("%(by)s left HK-%(conversation_id)s without an assignee: %(team)s")
        return cls.sentence


@dataclass(frozen=True, kw_only=True)
class StateChanged(ConversationFact):
    kind = "conversation.state_changed"
    icon = "circle-dot"
    sentence = _("%(by)s set HK-%(conversation_id)s from “%(old)s” to “%(new)s”")
    labels = {"old": State, "new": State}
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class UrgencySet(ConversationFact):
    kind = "conversation.urgency_set"
    icon = "flag"
    sentence = _("%(by)s set the urgency of HK-%(conversation_id)s from “%(old)s” to “%(new)s”")
    labels = {"old": Urgency, "new": Urgency}
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class CategorySet(ConversationFact):
    kind = "conversation.category_set"
    icon = "tag"
    sentence = _("%(by)s filed HK-%(conversation_id)s under %(category)s")
    category_id: int
    category: str
    phase: str


@dataclass(frozen=True, kw_only=True)
class ConversationClosed(ConversationFact):
    kind = "conversation.closed"
    icon = "circle-check"
    sentence = _("%(by)s closed HK-%(conversation_id)s")
    closure_id: int


@dataclass(frozen=True, kw_only=True)
class ConversationReopened(ConversationFact):
    kind = "conversation.reopened"
    icon = "rotate-ccw"
    sentence = _("HK-%(conversation_id)s was reopened: %(reason)s")
    labels = {"reason": ReopenReason}
    reason: str


@dataclass(frozen=True, kw_only=True)
class CustomerIdentified(ConversationFact):
    kind = "conversation.identified"
    icon = "user"
    sentence = _("%(by)s put HK-%(conversation_id)s on this customer's archive")
