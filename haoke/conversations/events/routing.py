"""Passing a conversation on, and who is accountable meanwhile (首问负责, METHODS B14)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from haoke.conversations.choices import HandoverEnd
from haoke.conversations.events.conversations import ConversationFact
from haoke.timeline.choices import Audience
from haoke.timeline.facts import Fact


@dataclass(frozen=True, kw_only=True)
class HandoverFact(ConversationFact):
    handover_id: int


@dataclass(frozen=True, kw_only=True)
class HandoverBegun(HandoverFact):
    kind = "handover.begun"
    icon = "arrow-right-left"
    sentence = _("%(giver)s hands HK-%(conversation_id)s over to %(receiver)s, accountable until it is accepted")
    giver_id: int
    giver: str
    receiver_id: int | None
    team_id: int | None
    receiver: str


@dataclass(frozen=True, kw_only=True)
class HandoverAccepted(HandoverFact):
    kind = "handover.accepted"
    icon = "check"
    sentence = _("%(by)s accepted HK-%(conversation_id)s")


@dataclass(frozen=True, kw_only=True)
class CustomerTold(HandoverFact):
    kind = "handover.customer_told"
    icon = "check"
    sentence = _("The customer knows who looks after HK-%(conversation_id)s now")


@dataclass(frozen=True, kw_only=True)
class HandoverEnded(HandoverFact):
    kind = "handover.ended"
    icon = "arrow-right-left"
    sentence = _("The handover of HK-%(conversation_id)s ended: %(end)s")
    labels = {"end": HandoverEnd}
    end: str


@dataclass(frozen=True, kw_only=True)
class HandoverDropped(HandoverFact):
    """Nobody took it in time: it lies with the giver still, and the supervisor hears of it."""

    kind = "handover.dropped"
    icon = "circle-alert"
    sentence = _("Nobody accepted HK-%(conversation_id)s in time")
    giver_id: int


@dataclass(frozen=True, kw_only=True)
class RoutingChanged(Fact):
    """How a team gives out its conversations; `changes` holds old and new of what differs."""

    kind = "routing.changed"
    subject = "team"
    audience = Audience.AUDIT
    sentence = _("%(by)s changed how team %(team)s gives out conversations")
    team_id: int
    team: str
    changes: dict


@dataclass(frozen=True, kw_only=True)
class CategorySkillChanged(Fact):
    kind = "category.skill_changed"
    subject = "category"
    audience = Audience.AUDIT
    sentence = _("%(by)s changed which skill %(category)s needs")
    category_id: int
    category: str
    skill_id: int | None


@dataclass(frozen=True, kw_only=True)
class WorkReleased(Fact):
    """Somebody's open conversations went back to the queue, as before they leave."""

    kind = "staff.work_released"
    subject = "staff"
    audience = Audience.AUDIT
    sentence = _("%(by)s gave %(count)s open conversations of %(name)s back to the queue")
    staff_id: int
    name: str
    count: int
