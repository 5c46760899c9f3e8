"""Facts become notifications of those whom they concern, once, and never of one's own acts."""

from __future__ import annotations

import pytest

from haoke.accounts import services as staff
from haoke.accounts.events import RecoveryCodesRenewed, SecondFactorRemoved, SecondFactorSetUp, StaffSignedIn
from haoke.conversations import events
from haoke.conversations import services as conversations
from haoke.conversations.models import Follower
from haoke.core import clock
from haoke.notifications import services
from haoke.notifications.choices import Kind, MailWish, Rhythm
from haoke.notifications.models import Notification
from haoke.notifications.rules import Wish
from haoke.quality.events import SurveyAnswered
from haoke.timeline.models import Entry
from haoke.timeline.services import record


def follow(conversation, actor) -> None:
    Follower.objects.create(conversation=conversation, staff_id=actor.id, reason="by_hand", at=clock.now())


def wish(actor, kind: str, **how) -> None:
    services.choose(wishes={kind: Wish(**how)}, rhythm=Rhythm.HOURLY, by=actor)


def test_who_is_given_a_conversation_is_told(begin, agent, colleague, team, run_jobs, told) -> None:
    conversation = begin(is_assigned=False)
    conversations.assign(conversation_id=conversation.pk, assignee_id=colleague.id, team_id=team.pk, by=agent)
    run_jobs()

    assert told(colleague) == [Kind.ASSIGNED]
    row = Notification.objects.get(recipient_id=colleague.id)
    assert (row.subject_kind, row.subject_id, row.in_page, row.mail) == (
        "conversation",
        conversation.pk,
        True,
        MailWish.DIGEST,
    )
    assert told(agent) == []


def test_nobody_is_told_of_what_they_did_themselves(conversation, agent, colleague, team, run_jobs, told) -> None:
    conversations.assign(conversation_id=conversation.pk, assignee_id=None, team_id=team.pk, by=agent)
    conversations.assign(conversation_id=conversation.pk, assignee_id=agent.id, team_id=team.pk, by=agent)
    conversations.write_note(conversation_id=conversation.pk, text="备注", by=agent)
    run_jobs()

    assert told(agent) == []


def test_a_customers_word_reaches_assignee_and_followers(conversation, agent, colleague, answer, told) -> None:
    follow(conversation, colleague)
    answer(conversation)

    assert told(agent) == told(colleague) == [Kind.CUSTOMER_WROTE]


def test_a_note_reaches_assignee_and_followers_but_its_writer(
    conversation, agent, colleague, supervisor, run_jobs, told
) -> None:
    follow(conversation, colleague)
    conversations.write_note(conversation_id=conversation.pk, text="备注", by=supervisor)
    run_jobs()

    assert told(agent) == told(colleague) == [Kind.NOTED]
    assert told(supervisor) == []


def test_who_is_asked_for_in_a_note_is_told_that_alone(
    conversation, agent, colleague, supervisor, run_jobs, told
) -> None:
    """A mention makes a follower, who would be told of the same note twice."""
    follow(conversation, colleague)
    conversations.write_note(conversation_id=conversation.pk, text="@Colleague 请看一下", by=supervisor)
    run_jobs()

    assert told(colleague) == [Kind.MENTIONED]
    assert told(agent) == [Kind.NOTED]


@pytest.fixture
def clock_words():
    return {"clock_id": 1, "clock": "first_response", "due_at": "2026-11-23T02:00:00+00:00"}


def test_a_clock_warns_its_assignee_and_tells_the_supervisor_when_it_is_too_late(
    conversation, agent, supervisor, system, happens, told, clock_words
) -> None:
    happens(events.ClockWarned, conversation, by=system, **clock_words)
    assert (told(agent), told(supervisor)) == ([Kind.DUE_SOON], [])

    happens(events.ClockBreached, conversation, by=system, **clock_words)
    assert (told(agent), told(supervisor)) == ([Kind.DUE_SOON, Kind.OVERDUE], [Kind.OVERDUE])


def test_a_clock_of_nobodys_conversation_warns_the_supervisor(
    conversation, agent, supervisor, team, system, happens, told, clock_words
) -> None:
    conversations.assign(conversation_id=conversation.pk, assignee_id=None, team_id=team.pk, by=agent)
    happens(events.ClockWarned, conversation, by=system, **clock_words)

    assert told(supervisor) == [Kind.DUE_SOON]


def test_a_handover_reaches_its_receiver_and_when_dropped_its_giver(
    conversation, agent, colleague, supervisor, system, happens, told
) -> None:
    """METHODS B14: the giver stays accountable, so the giver hears that nobody took it."""
    words = {"handover_id": 1, "giver_id": agent.id}
    happens(
        events.HandoverBegun,
        conversation,
        by=agent,
        giver="a",
        receiver_id=colleague.id,
        team_id=None,
        receiver="c",
        **words,
    )
    happens(events.HandoverDropped, conversation, by=system, **words)

    assert told(colleague) == [Kind.HANDED_OVER]
    assert told(agent) == told(supervisor) == [Kind.HANDOVER_DROPPED]


def test_a_handover_to_a_team_reaches_its_members(conversation, agent, colleague, team, happens, told) -> None:
    happens(
        events.HandoverBegun,
        conversation,
        by=agent,
        handover_id=1,
        giver_id=agent.id,
        giver="a",
        receiver_id=None,
        team_id=team.pk,
        receiver="一组",
    )

    assert (told(colleague), told(agent)) == ([Kind.HANDED_OVER], [])


def test_a_reply_that_did_not_arrive_reaches_its_writer_and_the_assignee(
    conversation, agent, colleague, system, happens, told
) -> None:
    reply = conversations.reply(conversation_id=conversation.pk, text="好的", by=colleague)
    happens(events.DeliveryFailed, conversation, by=system, message_id=reply.pk, outcome="refused")

    assert told(agent) == told(colleague) == [Kind.UNDELIVERED]


def test_an_acknowledgement_that_did_not_arrive_is_nobodys_news(conversation, agent, system, happens, told) -> None:
    sent = conversations.send_automatic(
        conversation_id=conversation.pk, subject="s", text="t", purpose="acknowledgement", by=system
    )
    happens(events.DeliveryFailed, conversation, by=system, message_id=sent.pk, outcome="refused")

    assert told(agent) == []


@pytest.mark.parametrize(("score", "kinds"), [(2, [Kind.LOW_SCORE]), (3, [])])
def test_a_low_score_reaches_whose_conversation_it_was(
    conversation, agent, system, happens, told, score, kinds
) -> None:
    happens(SurveyAnswered, conversation, by=system, invitation_id=1, answer_id=1, score=score, has_comment=False)

    assert told(agent) == kinds


def test_what_belongs_to_nobody_is_told_to_those_of_the_team_who_wish_it(
    conversation, agent, colleague, supervisor, team, happens, told
) -> None:
    wish(colleague, Kind.UNASSIGNED, in_page=True, mail=MailWish.NEVER)
    happens(
        events.ConversationAssigned,
        conversation,
        by=agent,
        assignee_id=None,
        assignee="—",
        team_id=team.pk,
        team="一组",
    )

    assert told(colleague) == [Kind.UNASSIGNED]
    assert told(supervisor) == []


def test_a_new_conversation_of_nobody_is_told_too(channel, colleague, run_jobs, told) -> None:
    from haoke.conversations.services.starting import open_conversation
    from haoke.core.actor import Actor

    wish(colleague, Kind.UNASSIGNED, in_page=True, mail=MailWish.NEVER)
    open_conversation(
        subject="咨询",
        customer_id=None,
        channel_id=channel.pk,
        sender_name="陈",
        sender_address="c@c.example",
        team_id=channel.team_id,
        by=Actor.customer(None, "陈"),
        at=clock.now(),
    )
    run_jobs()

    assert told(colleague) == [Kind.UNASSIGNED]


def test_a_changed_access_is_told_even_of_ones_own_doing(agent, run_jobs, told) -> None:
    """It may have been somebody else who knew the password."""
    staff.change_own_password(current="a-long-password-for-tests", new="a-wholly-other-pass", by=agent)
    run_jobs()

    assert told(agent) == [Kind.SECURITY]
    assert Notification.objects.get().mail == MailWish.AT_ONCE


def test_who_left_is_told_nothing(conversation, agent, colleague, happens, told) -> None:
    from haoke.accounts.models import Staff

    Staff.objects.filter(pk=colleague.id).update(is_active=False)
    happens(
        events.ConversationAssigned,
        conversation,
        by=agent,
        assignee_id=colleague.id,
        assignee="c",
        team_id=None,
        team="",
    )

    assert told(colleague) == []


def test_a_wish_for_silence_is_kept(conversation, agent, supervisor, happens, told) -> None:
    wish(agent, Kind.NOTED, in_page=False, mail=MailWish.NEVER)
    happens(events.NoteWritten, conversation, by=supervisor, message_id=1)

    assert told(agent) == []


def test_reacting_again_tells_nobody_twice(conversation, agent, supervisor) -> None:
    entry_id = record(events.NoteWritten(conversation_id=conversation.pk, message_id=1), by=supervisor)

    first, again = services.notify(entry_id=entry_id), services.notify(entry_id=entry_id)

    assert (len(first), again) == (1, [])
    assert Notification.objects.filter(recipient_id=agent.id).count() == 1
    assert Notification.objects.get().count == 1


def test_several_unread_of_one_sort_within_an_hour_are_one_line(frozen, conversation, agent, answer) -> None:
    for _each in range(3):
        frozen.shift(600)
        answer(conversation)

    newest = Notification.objects.get(recipient_id=agent.id, is_covered=False)
    assert newest.count == 3
    assert newest.entry_id == Entry.objects.filter(kind="message.received").latest("pk").pk


def test_after_an_hour_or_once_read_a_new_line_begins(frozen, conversation, agent, answer) -> None:
    frozen.shift(60)
    answer(conversation)
    frozen.shift(3600)
    answer(conversation)
    assert Notification.objects.filter(is_covered=False).count() == 2

    services.mark_seen(subject_kind="conversation", subject_id=conversation.pk, by=agent)
    frozen.shift(60)
    answer(conversation)
    assert list(Notification.objects.order_by("pk").values_list("count", "is_covered")) == [(1, False)] * 3


def test_another_conversation_is_another_line(conversation, begin, answer) -> None:
    other = begin()
    answer(conversation)
    answer(other)

    assert Notification.objects.filter(is_covered=False).count() == 2


def test_a_message_of_ours_tells_nobody(conversation, told, agent, colleague, run_jobs) -> None:
    conversations.reply(conversation_id=conversation.pk, text="补充", by=colleague)
    run_jobs()

    assert told(agent) == told(colleague) == []


def test_what_is_handed_over_is_told_as_that_alone(conversation, agent, colleague, team, run_jobs, told) -> None:
    """Giving away what one has is an assignment and the beginning of a handover: one thing to be told."""
    conversations.assign(conversation_id=conversation.pk, assignee_id=colleague.id, team_id=team.pk, by=agent)
    run_jobs()

    assert told(colleague) == [Kind.HANDED_OVER]


@pytest.mark.parametrize(
    ("networks", "kinds"),
    [(["203.0.113.0/24"], []), (["a", "a"], []), (["a", "b"], [Kind.SECURITY]), (["a", "b", "a"], [])],
)
def test_a_sign_in_is_told_only_from_a_new_network(agent, told, networks, kinds) -> None:
    """The last one counts here; the first of all is no news."""
    for network in networks:
        entry_id = record(StaffSignedIn(staff_id=agent.id, network=network), by=agent)
    services.notify(entry_id=entry_id)

    assert told(agent) == kinds


@pytest.mark.parametrize("happened", [SecondFactorSetUp, SecondFactorRemoved, RecoveryCodesRenewed])
def test_a_changed_second_factor_is_told(agent, told, happened) -> None:
    services.notify(entry_id=record(happened(staff_id=agent.id), by=agent))

    assert told(agent) == [Kind.SECURITY]
