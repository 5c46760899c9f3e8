"""Conversations and their messages in JSON: list, read, begin, answer, close."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID, uuid5

from ninja import Field, Header, Router, Schema, Status
from pydantic import StringConstraints

from haoke.conversations import errors, queries, services
from haoke.conversations.choices import MessageKind, Phase, State, Urgency
from haoke.conversations.models import Message
from haoke.core.errors import Invalid
from haoke.core.paging import place_of
from haoke.core.shapes import Body, Id, Key, Line, MailAddress, Text, problems
from haoke.core.ui.gate import Request
from haoke.timeline.choices import AccessKind, Direction
from haoke.timeline.services import note_access

router = Router()

MESSAGES_A_PAGE = 100
# Where the keys of integrators become the ids of submissions; any constant does, as long as it stays.
KEYS = UUID("5c8f6a2e-0f0e-4b57-9d0c-3f8e4f6f2a11")

Addresses = Annotated[list[MailAddress], Field(max_length=50)]
MessagePlace = Annotated[int, Field(ge=0, le=2**62)]
Minutes = Annotated[int, Field(ge=0, le=24 * 60)]
IdempotencyKey = Annotated[
    str, StringConstraints(max_length=200, pattern=r"^[!-~]*$"), Header("", alias="Idempotency-Key")
]


class ConversationRow(Schema):
    id: int
    reference: str
    subject: str
    state: State
    urgency: Urgency
    customer_number: str
    customer_name: str
    assignee: str
    team: str
    last_message_at: datetime


class ConversationPage(Schema):
    """`after` continues the list; none on the last page. `problems` tell what of a search could not be followed."""

    items: list[ConversationRow]
    after: str | None
    problems: list[str]


class ConversationOut(Schema):
    id: int
    reference: str
    subject: str
    state: State
    urgency: Urgency
    category: str
    phase: Phase
    customer_id: int | None
    version: int
    opened_at: datetime
    closed_at: datetime | None


class AttachmentOut(Schema):
    name: str
    media_type: str
    size_bytes: int


class MessageOut(Schema):
    """`mail_state` tells how the sending of our own mail went."""

    id: int
    kind: MessageKind
    direction: Direction | Literal[""]
    author: str
    text: str
    at: datetime
    is_automatic: bool
    mail_state: str | None
    attachments: list[AttachmentOut]


class MessagePage(Schema):
    """Oldest first; `after` is the last message of the page, to ask again with for what came later."""

    items: list[MessageOut]
    after: int
    has_more: bool


class NewConversation(Body):
    """A first mail to a customer; without `recipients` it goes to the first mail address of the archive."""

    customer_id: Id
    subject: Line
    text: Text
    recipients: Addresses = []
    cc: Addresses = []
    bcc: Addresses = []


class NewMessage(Body):
    """A reply leaves by mail, a note stays in the house, a call is written down after it happened.

    Without `recipients` a reply goes to whoever wrote last; only a reply has recipients, only a call a direction. It
    leaves at once: the seconds in which colleagues take a reply back are theirs, a program has nobody to think again.
    """

    kind: Literal["reply", "note", "call"] = "reply"
    text: Text
    recipients: Addresses = []
    cc: Addresses = []
    bcc: Addresses = []
    direction: Direction = Direction.OUT
    minutes: Minutes = 0


class ClosureIn(Body):
    """With `version`, the one you read, it closes only what nobody changed meanwhile."""

    reason: Line = ""
    version: Id | None = None


@router.get("", response={200: ConversationPage, **problems()}, operation_id="listConversations")
def list_conversations(
    request: Request, state: State | Literal["unfinished", "any"] | None = None, q: Line = "", after: Key = ""
) -> Any:
    """Unfinished conversations; with a search `q` (`退款 owner:none before:2026-10-01`) all that it means."""
    request.actor.require("conversations.view")
    place = place_of(after)
    # An unknown place would be the first page, and a program that begins again never comes to the end.
    if after and place is None:
        raise Invalid(field="after")
    note_access(kind=AccessKind.SEARCH, subject_kind="conversation", by=request.actor)
    wanted = queries.InboxFilter(state=state or ("any" if q else "unfinished"), text=q)
    page = queries.inbox_page(request.actor, wanted, place=place)
    return ConversationPage(
        items=[_row(row) for row in page.rows],
        after=page.following.key if page.following else None,
        problems=list(page.problems),
    )


@router.post("", response={201: ConversationOut, **problems(404, 409, 413)}, operation_id="startConversation")
def start_conversation(request: Request, body: NewConversation, key: IdempotencyKey = "") -> Any:
    with _key_for_one_text():
        conversation = services.start_conversation(
            customer_id=body.customer_id,
            subject=body.subject,
            text=body.text,
            recipients=body.recipients,
            cc=body.cc,
            bcc=body.bcc,
            submission=_submission(request, "new", key),
            by=request.actor,
        )
    return Status(201, _shown(conversation.pk, request))


@router.get("/{conversation_id}", response={200: ConversationOut, **problems(404)}, operation_id="readConversation")
def read_conversation(request: Request, conversation_id: Id) -> Any:
    request.actor.require("conversations.view")
    return _shown(conversation_id, request)


@router.get("/{conversation_id}/messages", response={200: MessagePage, **problems(404)}, operation_id="listMessages")
def list_messages(request: Request, conversation_id: Id, after: MessagePlace = 0) -> Any:
    request.actor.require("conversations.view")
    found = queries.conversation(conversation_id, request.actor)
    note_access(
        kind=AccessKind.CONVERSATION,
        subject_kind="conversation",
        subject_id=found.pk,
        customer_id=found.customer_id,
        by=request.actor,
    )
    messages = queries.messages_after(found.pk, after, most=MESSAGES_A_PAGE + 1)
    page = messages[:MESSAGES_A_PAGE]
    return MessagePage(
        items=[_message(each, request) for each in page],
        after=page[-1].message.pk if page else after,
        has_more=len(messages) > len(page),
    )


@router.post(
    "/{conversation_id}/messages", response={201: MessageOut, **problems(404, 409, 413)}, operation_id="writeMessage"
)
def write_message(request: Request, conversation_id: Id, body: NewMessage, key: IdempotencyKey = "") -> Any:
    """The same `Idempotency-Key` twice writes one message; with another text it is refused."""
    with _key_for_one_text():
        message = _write(conversation_id, body, _submission(request, conversation_id, key), request)
    return Status(201, _message(queries.read_message(message.pk), request))


@router.post(
    "/{conversation_id}/closure",
    response={200: ConversationOut, **problems(404, 409, 413)},
    operation_id="closeConversation",
)
def close_conversation(request: Request, conversation_id: Id, body: ClosureIn) -> Any:
    services.close_conversation(
        conversation_id=conversation_id, reason=body.reason, version=body.version, by=request.actor
    )
    return _shown(conversation_id, request)


def _write(conversation_id: int, body: NewMessage, submission: UUID | None, request: Request) -> Message:
    common: dict[str, Any] = {
        "conversation_id": conversation_id,
        "text": body.text,
        "minutes": body.minutes,
        "submission": submission,
        "by": request.actor,
    }
    if body.kind == "note":
        return services.write_note(**common)
    if body.kind == "call":
        return services.log_call(**common, direction=body.direction)
    return services.reply(**common, recipients=body.recipients, cc=body.cc, bcc=body.bcc)


@contextmanager
def _key_for_one_text() -> Iterator[None]:
    """Says it in the words of a program. Raises KeyReused."""
    try:
        yield
    except errors.SentBefore as refusal:
        raise errors.KeyReused(field="Idempotency-Key") from refusal


def _submission(request: Request, place: int | str, key: str) -> UUID | None:
    """The key as the id of a submission: two programs, or two conversations, may use the same key."""
    return uuid5(KEYS, f"{request.actor.id}/{place}/{key}") if key else None


def _row(row: queries.InboxRow) -> ConversationRow:
    return ConversationRow(
        id=row.id,
        reference=f"HK-{row.id}",
        subject=row.subject,
        state=State(row.state),
        urgency=Urgency(row.urgency),
        customer_number=row.customer_number,
        customer_name=row.customer_name,
        assignee=row.assignee,
        team=row.team,
        last_message_at=row.last_message_at,
    )


def _shown(conversation_id: int, request: Request) -> ConversationOut:
    found = queries.conversation(conversation_id, request.actor)
    return ConversationOut(
        id=found.pk,
        reference=found.reference,
        subject=found.subject,
        state=State(found.state),
        urgency=Urgency(found.urgency),
        category=found.category.code,
        phase=Phase(found.category.phase),
        customer_id=found.customer_id,
        version=found.version,
        opened_at=found.opened_at,
        closed_at=found.closed_at,
    )


def _message(read: queries.ReadMessage, request: Request) -> MessageOut:
    message = read.message
    return MessageOut(
        id=message.pk,
        kind=MessageKind(message.kind),
        direction=Direction(message.direction) if message.direction else "",
        author=queries.shown_author(message, request.actor),
        text=message.text,
        at=message.at,
        is_automatic=message.is_automatic,
        mail_state=read.mail_state.state if read.mail_state else None,
        attachments=[
            AttachmentOut(name=each.file.name, media_type=each.file.media_type, size_bytes=each.file.size_bytes)
            for each in read.attachments
        ],
    )
