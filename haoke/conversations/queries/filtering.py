"""Which conversations a search means: the one meaning of filters and words for inbox, saved views and search."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Value

from haoke.conversations.choices import ClockState, MessageKind, SearchHas, SearchIs, SearchKey, State
from haoke.conversations.models import Attachment, Conversation, Draft, Follower, Message, MessageWords, Tagging
from haoke.conversations.models.conversations import UNFINISHED
from haoke.conversations.queries.family import merged_roots
from haoke.conversations.queries.search_names import with_names
from haoke.conversations.rules import Filter, SearchQuery
from haoke.conversations.rules.indexing import PEOPLE, SUBJECT
from haoke.conversations.rules.search_language import TODAY, YESTERDAY
from haoke.core.actor import Actor
from haoke.core.text.terms import Phrase, Words, phrase_of, words_of

NOTHING = Q(pk__in=())
# An entry no message has.
_NEVER = "'@'"

# What is asked of a message rather than of its conversation, and where in its words it stands.
_IN_MESSAGES: Mapping[str, str] = {SearchKey.FROM: PEOPLE, SearchKey.SUBJECT: SUBJECT}


class Holds(Func):
    """Whether words hold what a `tsquery` asks for."""

    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = BooleanField()

    def __init__(self, asked: str) -> None:
        super().__init__(F("words"), Value(asked))


def apply_search(
    found: QuerySet[Conversation], query: SearchQuery, actor: Actor, *, now: datetime
) -> QuerySet[Conversation]:
    """Those of the conversations that meet every filter and have a message with every word and phrase.

    None for an impossible query, and for signs alone, which nobody can look for. Names are looked up unless
    `read_search` has done so.
    """
    query = with_names(query, actor)
    asked = asked_of_messages(query)
    if query.is_impossible or (query.has_words and not asked):
        return found.none()
    found = apply_filters(found, query, actor, now=now)
    if asked:
        found = found.filter(pk__in=MessageWords.objects.filter(Holds(asked)).values("conversation_id"))
    return found


def apply_filters(
    found: QuerySet[Conversation], query: SearchQuery, actor: Actor, *, now: datetime
) -> QuerySet[Conversation]:
    """Those that meet the filters of a query whose names are looked up, and hold none of the words it excludes."""
    for each in query.filters:
        if each.key not in _IN_MESSAGES:
            condition = _CONDITIONS[each.key](each, actor, now)
            found = found.filter(~condition if each.is_excluded else condition)
    if not _asked(query, is_excluded=False):
        for asked in _asked(query, is_excluded=True):
            found = found.exclude(Exists(MessageWords.objects.filter(Holds(asked), conversation_id=OuterRef("pk"))))
    return found


def asked_of_messages(query: SearchQuery) -> str:
    """The `tsquery` that one and the same message must meet; empty where the query names no words to be found.

    Words excluded beside others must not stand in the message that holds those; alone, in none of the conversation.
    """
    wanted = _asked(query, is_excluded=False)
    return " & ".join([*wanted, *(f"!{asked}" for asked in _asked(query, is_excluded=True))] if wanted else [])


def terms_of(query: SearchQuery) -> list[Words | Phrase]:
    """What is to be seen in a message that meets the query."""
    terms: list[Words | Phrase] = [words_of(term.text) for term in query.words if not term.is_excluded]
    terms += [phrase_of(term.text) for term in query.phrases if not term.is_excluded]
    for each in query.filters:
        if each.key == SearchKey.SUBJECT and not each.is_excluded:
            terms += [words_of(value) for value in each.values]
    return terms


def narrows(query: SearchQuery) -> bool:
    """Whether the query asks anything of conversations themselves."""
    return any(each.key not in _IN_MESSAGES for each in query.filters)


def upper_bound(query: SearchQuery, actor: Actor, *, now: datetime) -> datetime | None:
    """The moment before which every message lies that can meet the query, None where it sets none."""
    bounds = [each for each in query.filters if each.key == SearchKey.BEFORE and not each.is_excluded]
    return min((_midnight(each.values[0], actor, now) for each in bounds), default=None)


def _asked(query: SearchQuery, *, is_excluded: bool) -> list[str]:
    asked = [words_of(each.text).tsquery() for each in query.words if each.is_excluded == is_excluded]
    asked += [phrase_of(each.text).tsquery() for each in query.phrases if each.is_excluded == is_excluded]
    for each in query.filters:
        if each.key in _IN_MESSAGES and each.is_excluded == is_excluded:
            weight = _IN_MESSAGES[each.key]
            any_of = [f"({words})" for value in each.values if (words := words_of(value).tsquery(weight))]
            asked.append(" | ".join(any_of) or _NEVER)
    return [f"({each})" for each in asked if each]


def _one_of(column: str) -> Callable[[Filter, Actor, datetime], Q]:
    def condition(asked: Filter, actor: Actor, now: datetime) -> Q:
        known = [each for each in asked.ids or () if each is not None]
        return Q(**{f"{column}__in": known}) | (Q(**{column: None}) if None in (asked.ids or ()) else NOTHING)

    return condition


def _codes(column: str) -> Callable[[Filter, Actor, datetime], Q]:
    return lambda asked, actor, now: Q(**{f"{column}__in": asked.values})


def _tagged(asked: Filter, actor: Actor, now: datetime) -> Q:
    taggings = Tagging.objects.filter(conversation_id=OuterRef("pk"))
    known = [each for each in asked.ids or () if each is not None]
    condition = Q(Exists(taggings.filter(tag_id__in=known))) if known else NOTHING
    return condition | ~Q(Exists(taggings)) if None in (asked.ids or ()) else condition


def _before(asked: Filter, actor: Actor, now: datetime) -> Q:
    return Q(last_message_at__lt=_midnight(asked.values[0], actor, now))


def _after(asked: Filter, actor: Actor, now: datetime) -> Q:
    return Q(last_message_at__gte=_midnight(asked.values[0], actor, now))


def _midnight(day: str, actor: Actor, now: datetime) -> datetime:
    """The beginning of a day where the actor lives."""
    zone = ZoneInfo(actor.time_zone or settings.TIME_ZONE)
    if day in (TODAY, YESTERDAY):
        meant = now.astimezone(zone).date() - timedelta(days=day == YESTERDAY)
    else:
        meant = date.fromisoformat(day)
    return datetime.combine(meant, time(), zone)


def _is(asked: Filter, actor: Actor, now: datetime) -> Q:
    condition = NOTHING
    for value in asked.values:
        condition |= _state_of_affairs(value, actor, now)
    return condition


def _state_of_affairs(value: str, actor: Actor, now: datetime) -> Q:
    match value:
        case SearchIs.MINE:
            return Q(assignee_id=actor.staff_id, assignee_id__isnull=False)
        case SearchIs.UNASSIGNED:
            return Q(assignee_id=None)
        case SearchIs.UNANSWERED:
            return Q(waiting_since__isnull=False, state__in=UNFINISHED)
        case SearchIs.UNFINISHED:
            return Q(state__in=UNFINISHED)
        case SearchIs.WAITING:
            return Q(state=State.WAITING)
        case SearchIs.DUE_SOON:
            return Q(clock_state=ClockState.DUE_SOON)
        case SearchIs.OVERDUE:
            return Q(clock_state=ClockState.OVERDUE)
        case SearchIs.SNOOZED:
            return Q(snoozed_until__gt=now)
        case SearchIs.FOLLOWING:
            return Q(Exists(Follower.objects.filter(conversation_id=OuterRef("pk"), staff_id=actor.staff_id or 0)))
        case _:
            return Q(merged_into__isnull=False)


def _has(asked: Filter, actor: Actor, now: datetime) -> Q:
    messages = Message.objects.filter(conversation_id=OuterRef("pk"))
    condition = NOTHING
    for value in asked.values:
        match value:
            case SearchHas.ATTACHMENT:
                files = Attachment.objects.filter(message__conversation_id=OuterRef("pk"), is_inline=False)
                condition |= Q(Exists(files))
            case SearchHas.DRAFT:
                drafts = Draft.objects.filter(
                    conversation_id=OuterRef("pk"), staff_id=actor.staff_id or 0, discarded_at=None
                )
                condition |= Q(Exists(drafts))
            case SearchHas.NOTE:
                condition |= Q(Exists(messages.filter(kind=MessageKind.NOTE)))
            case SearchHas.CALL:
                condition |= Q(Exists(messages.filter(kind=MessageKind.CALL)))
    return condition


def _reference(asked: Filter, actor: Actor, now: datetime) -> Q:
    """The conversations of these numbers, or those in which they go on."""
    return Q(pk__in=merged_roots({int(value) for value in asked.values}).values())


_CONDITIONS: Mapping[str, Callable[[Filter, Actor, datetime], Q]] = {
    SearchKey.OWNER: _one_of("assignee_id"),
    SearchKey.TEAM: _one_of("team_id"),
    SearchKey.STATUS: _codes("state"),
    SearchKey.URGENCY: _codes("urgency"),
    SearchKey.CATEGORY: _one_of("category_id"),
    SearchKey.TAG: _tagged,
    SearchKey.CHANNEL: _one_of("channel_id"),
    SearchKey.CUSTOMER: _one_of("customer_id"),
    SearchKey.BEFORE: _before,
    SearchKey.AFTER: _after,
    SearchKey.IS: _is,
    SearchKey.HAS: _has,
    SearchKey.REFERENCE: _reference,
}
