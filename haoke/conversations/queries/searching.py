"""Finding conversations by what was said in them: newest first, one line for each, with the place that answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Left

from haoke.conversations.choices import SearchIs, SearchKey
from haoke.conversations.models import Attachment, Conversation, Message, MessageWords
from haoke.conversations.queries.filtering import apply_filters, asked_of_messages, narrows, terms_of, upper_bound
from haoke.conversations.queries.reach import answerable_conversations, readable_conversations, reads_everything
from haoke.conversations.queries.rows import InboxRow, rows_of
from haoke.conversations.queries.search_names import read_search
from haoke.conversations.queries.word_index import Hit, Hits, newest_hits
from haoke.conversations.rules import Problem, SearchQuery
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.paging import Place, after
from haoke.core.text.excerpts import LONGEST_READ, Part, excerpt, hits, marked
from haoke.core.text.numbers import number_in

PAGE_SIZE = 20
# Filters that leave no more conversations than this are asked first, and only their messages are searched.
FEW = 2_000


@dataclass(frozen=True)
class FoundConversation:
    """A line of the results: what was found in it, marked, and whether the actor may only read it."""

    row: InboxRow
    at: datetime
    subject: list[Part]
    customer: list[Part]
    excerpt: list[Part]
    file_names: list[list[Part]]
    is_read_only: bool

    @property
    def reference(self) -> str:
        return f"HK-{self.row.id}"


@dataclass(frozen=True)
class SearchPage:
    """`count` is how many were met, which may not be all; what is older than `reached` was not searched in time."""

    query: SearchQuery
    found: list[FoundConversation]
    following: Place | None = None
    count: int = 0
    is_all: bool = True
    reached: datetime | None = None

    @property
    def at_least(self) -> int:
        """A round number of conversations there are more of, where not all were met."""
        return max(self.count - 1, 0) // 10 * 10 or self.count - 1

    @property
    def further(self) -> Place | None:
        """Where a search that ended early goes on."""
        return Place(self.reached, 2**63 - 1) if self.reached else None

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.query.problems


def search_conversations(text: str, actor: Actor, *, place: Place | None = None, most: int = PAGE_SIZE) -> SearchPage:
    """A page of the conversations within reach that a typed text means, other teams' among them, to be read.

    Merged ones are found in the one they went on in. Without words it is a list by filters, the latest first. Where
    nothing is found, the last word counts as not typed to its end.
    """
    query = read_search(text, actor)
    page = _page(query, actor, place, most)
    if place is None and page.is_all and not page.found and (unfinished := query.with_open_end()):
        return _page(unfinished, actor, place, most)
    return page


def _page(query: SearchQuery, actor: Actor, place: Place | None, most: int) -> SearchPage:
    asked = asked_of_messages(query)
    if query.is_empty or query.is_impossible or (query.has_words and not asked):
        return SearchPage(query, [])
    now = clock.now()
    readable = apply_filters(readable_conversations(actor), query, actor, now=now)
    if asked:
        words, are_few = _messages_in(readable, is_everything=reads_everything(actor) and not narrows(query))
        bound = upper_bound(query, actor, now=now)
        begin = place or (Place(bound, 0) if bound else None)
        result = newest_hits(words, asked, place=begin, most=most + 1, are_few=are_few)
    else:
        result = _by_filters(readable, query, place, most + 1)
    found = _by_number(query, readable, place, result.hits)
    following = found[most - 1].place if len(found) > most else None
    lines = _lines(found[:most], query, actor)
    return SearchPage(query, lines, following, len(found), result.is_all, result.reached)


def _messages_in(readable: QuerySet[Conversation], *, is_everything: bool) -> tuple[QuerySet[MessageWords], bool]:
    """The messages to be searched, and whether they are so few that they are simply read."""
    if is_everything:
        return MessageWords.objects.all(), False
    few = list(readable.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return MessageWords.objects.filter(conversation_id__in=few), True
    return MessageWords.objects.filter(Exists(readable.filter(pk=OuterRef("conversation_id")))), False


def _by_filters(readable: QuerySet[Conversation], query: SearchQuery, place: Place | None, most: int) -> Hits:
    if not any(each.key == SearchKey.IS and SearchIs.MERGED in each.values for each in query.filters):
        readable = readable.filter(merged_into=None)
    listed = after(readable, "last_message_at", place).values_list("pk", "last_message_at")[:most]
    found = [Hit(None, conversation_id, at) for conversation_id, at in listed]
    return Hits(found, is_all=len(found) < most)


def _by_number(
    query: SearchQuery, readable: QuerySet[Conversation], place: Place | None, found: list[Hit]
) -> list[Hit]:
    """What was found, with the conversation first whose bare number was typed."""
    typed = number_in(query.words[0].text) if len(query.words) == 1 and not query.filters else None
    if place is not None or typed is None:
        return found
    numbered = readable.filter(pk=typed).values_list("pk", "last_message_at").first()
    if numbered is None:
        return found
    return [Hit(None, *numbered), *(each for each in found if each.conversation_id != numbered[0])]


def _lines(found: Sequence[Hit], query: SearchQuery, actor: Actor) -> list[FoundConversation]:
    """The hits as lines, in four queries however many there are."""
    ids = [each.conversation_id for each in found]
    message_ids = [each.message_id for each in found if each.message_id is not None]
    rows = {row.id: row for row in rows_of(Conversation.objects.filter(pk__in=ids))}
    own = set(answerable_conversations(actor).filter(pk__in=ids).values_list("pk", flat=True))
    texts = _texts(message_ids)
    files = _file_names(message_ids)
    terms = terms_of(query)
    lines = []
    for hit in found:
        row = rows[hit.conversation_id]
        text, quoted_text = texts.get(hit.message_id, (row.preview, ""))
        names = [marked(name, terms) for name in files.get(hit.message_id, ())]
        lines.append(
            FoundConversation(
                row=row,
                at=hit.at,
                subject=marked(row.subject, terms),
                customer=marked(row.customer_name, terms),
                excerpt=excerpt(quoted_text if quoted_text and not hits(text, terms) else text, terms),
                file_names=[name for name in names if any(part.is_hit for part in name)],
                is_read_only=row.id not in own,
            )
        )
    return lines


def _texts(message_ids: Sequence[int]) -> dict[int | None, tuple[str, str]]:
    """What messages say and quote, as far as it is read for an excerpt."""
    found = Message.objects.filter(pk__in=message_ids)
    columns = ("pk", Left("text", LONGEST_READ), Left("quoted_text", LONGEST_READ))
    return {pk: (text, quoted_text) for pk, text, quoted_text in found.values_list(*columns)}


def _file_names(message_ids: Sequence[int]) -> dict[int | None, list[str]]:
    names: dict[int | None, list[str]] = {}
    found = Attachment.objects.filter(message_id__in=message_ids, is_inline=False).order_by("pk")
    for message_id, name in found.values_list("message_id", "file__name"):
        names.setdefault(message_id, []).append(name)
    return names
