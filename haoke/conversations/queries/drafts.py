"""Reading what a colleague has begun to write; nobody else ever sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from haoke.conversations.models import Draft
from haoke.conversations.queries.reach import readable_conversations
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.customers import queries as customers
from haoke.files.queries import StoredFile, stored_files


@dataclass(frozen=True)
class DraftPlace:
    """Where a draft is written: in a conversation, or to a customer to whom one writes first."""

    of: str
    id: int

    @classmethod
    def conversation(cls, conversation_id: int) -> DraftPlace:
        return cls("conversation", conversation_id)

    @classmethod
    def customer(cls, customer_id: int) -> DraftPlace:
        return cls("customer", customer_id)

    @property
    def columns(self) -> dict[str, int]:
        return {f"{self.of}_id": self.id}


@dataclass(frozen=True)
class DraftRow:
    """A draft in the list of its author."""

    place: DraftPlace
    name: str
    subject: str
    is_note: bool
    excerpt: str
    file_count: int
    saved_at: datetime


def draft_at(place: DraftPlace, staff_id: int | None) -> Draft | None:
    """The colleague's draft there; none that was thrown away."""
    return _drafts(staff_id).filter(**place.columns).first()


def draft_files(draft: Draft | None) -> list[StoredFile]:
    """The files uploaded for a draft, in the order they came; a query only where there are any."""
    if draft is None or not draft.file_ids:
        return []
    found = stored_files(draft.file_ids)
    return [found[each] for each in draft.file_ids if each in found]


def draft_file(file_id: int, actor: Actor) -> StoredFile:
    """A file of one of the actor's own drafts. Raises NotFound."""
    is_own = _drafts(actor.staff_id).filter(file_ids__contains=[file_id]).exists()
    found = stored_files([file_id]).get(file_id) if is_own else None
    if found is None:
        raise NotFound()
    return found


def drafts_of(actor: Actor, *, most: int = 100) -> list[DraftRow]:
    """The actor's own drafts as far as they may still read what these are about, the latest first; three queries."""
    drafts = list(_drafts(actor.staff_id).select_related("conversation").order_by("-saved_at")[:most])
    readable = set(
        readable_conversations(actor)
        .filter(pk__in=[each.conversation_id for each in drafts if each.conversation_id])
        .values_list("pk", flat=True)
    )
    within_reach = [each for each in drafts if each.conversation_id is None or each.conversation_id in readable]
    names = customers.names(_customer_of(each) for each in within_reach)
    return [_row(each, names) for each in within_reach]


def _drafts(staff_id: int | None) -> QuerySet[Draft]:
    return Draft.objects.filter(staff_id=staff_id or 0, discarded_at=None)


def _customer_of(draft: Draft) -> int | None:
    return draft.conversation.customer_id if draft.conversation else draft.customer_id


def _row(draft: Draft, names: dict[int, customers.CustomerName]) -> DraftRow:
    conversation = draft.conversation
    customer = names.get(_customer_of(draft) or 0)
    return DraftRow(
        place=DraftPlace.conversation(conversation.pk) if conversation else DraftPlace.customer(draft.customer_id or 0),
        name=customer.name if customer else conversation.sender_name if conversation else "",
        subject=conversation.subject if conversation else draft.subject,
        is_note=draft.kind == "note",
        excerpt=" ".join(draft.text.split())[:160],
        file_count=len(draft.file_ids),
        saved_at=draft.saved_at,
    )
