"""What stands beside a conversation: how colleagues keep it in order, and what else its customer has open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import JSONObject

from haoke.conversations.choices import State
from haoke.conversations.models import Conversation, Follower, Link, Tagging, Viewing
from haoke.conversations.queries.reach import readable_conversations, visible_conversations
from haoke.conversations.queries.viewing import MOST_SHOWN, Person, present
from haoke.core.actor import Actor

# A panel is read at a glance; whoever has more of anything finds it in the search.
MOST = 20
MOST_OTHERS = 5


@dataclass(frozen=True)
class Neighbour:
    """Another conversation in one line."""

    id: int
    subject: str
    state: str
    is_merged: bool = False

    @property
    def reference(self) -> str:
        return f"HK-{self.id}"

    @property
    def state_label(self) -> str:
        return str(State(self.state).label)

    @property
    def is_finished(self) -> bool:
        return self.state in (State.SOLVED, State.CLOSED)


@dataclass(frozen=True)
class Order:
    """Tags by name, followers by id with their names, links, what was merged into it, and who looks at it now."""

    tags: list[str] = field(default_factory=list)
    followers: dict[int, str] = field(default_factory=dict)
    links: list[Neighbour] = field(default_factory=list)
    merged: list[Neighbour] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)


def order_of(conversation_id: int, actor: Actor, *, now: datetime) -> Order:
    """How colleagues keep a conversation in order, in one query; linked ones as far as the actor may read them."""
    found = (
        Conversation.objects.filter(pk=conversation_id)
        .values_list(
            ArraySubquery(_taggings().values_list("tag__name", flat=True)[: MOST * 2]),
            ArraySubquery(_followers().values(row=JSONObject(id="staff_id", name="staff__name"))[:MOST]),
            ArraySubquery(_linked(actor).values(row=_NEIGHBOUR)[:MOST]),
            ArraySubquery(_merged().values(row=_NEIGHBOUR)[:MOST]),
            ArraySubquery(_people(actor, now).values(row=JSONObject(name="staff__name", is_writing="is_writing"))),
        )
        .first()
    )
    if found is None:
        return Order()
    tags, followers, links, merged, people = found
    return Order(
        tags=tags,
        followers={each["id"]: each["name"] for each in followers},
        links=[_neighbour(each) for each in links],
        merged=[_neighbour(each) for each in merged],
        people=[Person(**each) for each in people],
    )


def other_conversations(customer_ids: Collection[int], family: Collection[int], actor: Actor) -> list[Neighbour]:
    """What else these archives have unfinished, as far as the actor sees it, the latest first; one query."""
    found = visible_conversations(actor).filter(customer_id__in=customer_ids, merged_into=None)
    open_ones = found.exclude(pk__in=family).exclude(state__in=(State.SOLVED, State.CLOSED))
    rows = open_ones.order_by("-last_message_at", "-pk").values_list("pk", "subject", "state")
    return [Neighbour(*row) for row in rows[: MOST_OTHERS + 1]]


def merge_candidates(found: Conversation, actor: Actor) -> list[Neighbour]:
    """What a colleague may mean who merges or links this one: the same customer's or sender's, the latest first."""
    of_sender = Q(pk__in=[])
    if found.customer_id:
        of_sender |= Q(customer_id=found.customer_id)
    if found.sender_address:
        of_sender |= Q(sender_address__iexact=found.sender_address)
    rows = visible_conversations(actor).filter(of_sender, merged_into=None).exclude(pk=found.pk)
    return [
        Neighbour(*row) for row in rows.order_by("-last_message_at", "-pk").values_list("pk", "subject", "state")[:MOST]
    ]


_NEIGHBOUR = JSONObject(id="pk", subject="subject", state="state", is_merged=Q(merged_into__isnull=False))


def _taggings() -> QuerySet[Tagging]:
    return Tagging.objects.filter(conversation=OuterRef("pk")).order_by("tag__folded")


def _followers() -> QuerySet[Follower]:
    return Follower.objects.filter(conversation=OuterRef("pk")).order_by("staff__name")


def _linked(actor: Actor) -> QuerySet[Conversation]:
    """Whichever of the two the link names first."""
    ends = Link.objects.filter(Q(conversation=OuterRef(OuterRef("pk"))) | Q(other=OuterRef(OuterRef("pk"))))
    other_end = ends.annotate(
        end=Case(When(conversation=OuterRef(OuterRef("pk")), then=F("other_id")), default=F("conversation_id"))
    )
    return readable_conversations(actor).filter(pk__in=other_end.values("end")).order_by("pk")


def _merged() -> QuerySet[Conversation]:
    return Conversation.objects.filter(merged_into=OuterRef("pk")).order_by("pk")


def _people(actor: Actor, now: datetime) -> QuerySet[Viewing]:
    return present(actor, now=now).filter(conversation=OuterRef("pk"))[:MOST_SHOWN]


def _neighbour(row: dict[str, Any]) -> Neighbour:
    return Neighbour(row["id"], row["subject"], row["state"], row["is_merged"])
