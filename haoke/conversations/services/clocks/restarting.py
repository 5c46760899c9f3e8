"""What becomes of clocks when something is taken back or told on elsewhere: a solution, a reply, a merge, a split."""

from __future__ import annotations

from datetime import datetime

from haoke.conversations import events
from haoke.conversations.choices import ClockKind, ClockOutcome
from haoke.conversations.models import Clock, Conversation, Merge, Message
from haoke.conversations.queries import answers_in, oldest_unanswered
from haoke.conversations.rules import clocks as rules
from haoke.conversations.services.clocks.running import Running, in_hand, kinds_before
from haoke.conversations.services.clocks.timekeeping import Timekeeper
from haoke.core.actor import Actor


def on_resumption(conversation: Conversation, fact: events.StateChanged, by: Actor, at: datetime) -> None:
    """We set it open again ourselves, so it was not solved: what was promised goes on from where it began.

    In rows of their own, because what was written down as solved stays written down; unless it was solved by a reply
    that was taken back before it left.
    """
    keeper = Timekeeper(conversation, at=at)
    waiting_since = oldest_unanswered(conversation)
    ended = [
        each
        for each in ended_with_it(conversation, is_waiting=waiting_since is not None)
        if each.clock.kind not in keeper.kinds
    ]
    recalled = [each for each in ended if _was_recalled(conversation, each.clock)]
    for each in recalled:
        keeper.take_back(each.clock)
    keeper.go_on([each for each in ended if each not in recalled])
    keeper.follow_state()
    keeper.start(ClockKind.RESOLUTION)
    keeper.keep_columns(waiting_since=waiting_since)


def on_recall(conversation: Conversation, fact: events.ReplyRecalled, by: Actor, at: datetime) -> None:
    """A reply was taken back before it left: it answered nobody, so what it stopped goes on."""
    message = Message.objects.get(pk=fact.message_id)
    keeper = Timekeeper(conversation, at=at)
    stopped = in_hand(conversation.clocks.filter(stopped_at=rules.whole_second(message.at), kind__in=rules.RESPONSES))
    if stopped:
        # What began in the meantime rests on an answer that did not happen.
        keeper.drop(*rules.RESPONSES)
    for each in stopped:
        keeper.take_back(each.clock, stopped_at=_answered_since(conversation, each.clock))
    keeper.keep_columns(waiting_since=oldest_unanswered(conversation))


def on_merge(conversation: Conversation, fact: events.ConversationMerged, by: Actor, at: datetime) -> None:
    """What was promised here is told on in the other conversation; who waits here waits there."""
    keeper = Timekeeper(conversation, at=at)
    keeper.drop(*ClockKind.values)
    waited_since = conversation.waiting_since
    keeper.keep_columns(waiting_since=None)
    if waited_since is not None:
        _let_wait(Conversation.objects.select_for_update().get(pk=fact.into_id), waited_since, at)


def on_merge_undone(conversation: Conversation, fact: events.MergeUndone, by: Actor, at: datetime) -> None:
    """The promises of before go on from where they began; an answer given meanwhile in the other one counts."""
    merged_at = Merge.objects.filter(conversation=conversation).latest("at").at
    keeper = Timekeeper(conversation, at=at)
    waiting_since = None
    if not conversation.is_finished:
        was_answered = answers_in([fact.into_id]).filter(at__gt=merged_at).exists()
        waiting_since = None if was_answered else oldest_unanswered(conversation)
        dropped = in_hand(conversation.clocks.filter(stopped_at=rules.whole_second(merged_at)))
        keeper.go_on([each for each in dropped if each.clock.kind not in rules.RESPONSES or waiting_since is not None])
        keeper.follow_state()
    keeper.keep_columns(waiting_since=waiting_since)
    _recount_waiting(Conversation.objects.select_for_update().get(pk=fact.into_id), at)


def on_split(conversation: Conversation, fact: events.ConversationSplit, by: Actor, at: datetime) -> None:
    """Both parts promise what their own messages call for, from when the customer wrote them."""
    _recount_waiting(conversation, at)
    if conversation.pk == fact.new_id and not conversation.is_finished:
        keeper = Timekeeper(conversation, at=at)
        keeper.start(ClockKind.RESOLUTION, since=conversation.waiting_since or at)
        keeper.keep_columns(waiting_since=conversation.waiting_since)


def response_to_start(keeper: Timekeeper) -> list[str]:
    """The response clock that begins where somebody waits; none where one runs already."""
    conversation = keeper.conversation
    response = rules.response_to_start(
        running=keeper.kinds,
        kinds_before=kinds_before(conversation),
        was_talked=answers_in([conversation.pk]).exists(),
    )
    return [response] if response else []


def ended_with_it(conversation: Conversation, *, is_waiting: bool) -> list[Running]:
    """What the last end of the conversation stopped; answers only where the customer still waits for one."""
    stopped = conversation.clocks.filter(stopped_at__isnull=False)
    last = stopped.filter(kind=ClockKind.RESOLUTION).order_by("-stopped_at").first()
    if last is None:
        return []
    kinds = ClockKind.values if is_waiting else [ClockKind.RESOLUTION]
    return in_hand(stopped.filter(stopped_at=last.stopped_at, kind__in=kinds).exclude(outcome=ClockOutcome.REPLACED))


def _let_wait(conversation: Conversation, since: datetime, at: datetime) -> None:
    """Somebody waits in this conversation since then, unless it is finished."""
    if conversation.is_finished:
        return
    keeper = Timekeeper(conversation, at=at)
    keeper.start(*response_to_start(keeper), since=since)
    earlier = min(filter(None, (conversation.waiting_since, since)))
    keeper.keep_columns(waiting_since=earlier)


def _recount_waiting(conversation: Conversation, at: datetime) -> None:
    """Lets the response clocks follow the messages that the conversation has now."""
    waiting_since = oldest_unanswered(conversation)
    if waiting_since is not None:
        _let_wait(conversation, waiting_since, at)
        return
    keeper = Timekeeper(conversation, at=at)
    keeper.drop(*rules.RESPONSES)
    keeper.keep_columns(waiting_since=None)


def _was_recalled(conversation: Conversation, clock: Clock) -> bool:
    """Whether a reply that was taken back stopped the clock, by the state it set."""
    recalled = Message.objects.filter(conversation=conversation, recalled_at__isnull=False)
    return any(rules.whole_second(at) == clock.stopped_at for at in recalled.values_list("at", flat=True))


def _answered_since(conversation: Conversation, clock: Clock) -> datetime | None:
    """When somebody else answered what the clock waits for."""
    answers = answers_in([conversation.pk]).filter(at__gt=clock.started_at)
    return answers.order_by("at", "pk").values_list("at", flat=True).first()
