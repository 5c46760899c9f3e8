"""Tags that fold to one, followers, links, and what was put off and comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from haoke.conversations import errors, queries, services
from haoke.conversations.models import Follower, InboxCount, Link, Tag, Tagging
from haoke.core import clock
from haoke.core.errors import Forbidden, NotFound
from haoke.customers.services import give_owner
from haoke.policies import queries as policies
from haoke.timeline.models import Entry

SHANGHAI = ZoneInfo("Asia/Shanghai")
pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(arrive, letter):
    return arrive(letter()).conversation


@pytest.fixture
def other(arrive, letter):
    return arrive(letter(subject="发票")).conversation


def told(kind: str) -> int:
    return Entry.objects.filter(kind=kind).count()


# --- Tags ---------------------------------------------------------------------------------------------------------


def test_a_new_word_becomes_a_tag_and_a_fact(conversation, agent) -> None:
    tagging = services.add_tag(conversation_id=conversation.pk, tag=" 退费 ", by=agent)
    assert (tagging.tag.name, told("tag.added")) == ("退费", 1)
    assert queries.order_of(conversation.pk, agent, now=clock.now()).tags == ["退费"]


@pytest.mark.parametrize("again", ["退費", "退费", "  退费  ", "#退费"])
def test_what_folds_to_the_same_is_one_tag(conversation, agent, again) -> None:
    """Script, width and case do not make two tags of one word."""
    services.add_tag(conversation_id=conversation.pk, tag="退费", by=agent)
    assert services.add_tag(conversation_id=conversation.pk, tag=again, by=agent) is None
    assert (Tag.objects.count(), told("tag.added")) == (1, 1)


def test_a_tag_is_taken_off_by_any_spelling_of_it(conversation, agent) -> None:
    services.add_tag(conversation_id=conversation.pk, tag="VIP", by=agent)
    assert services.remove_tag(conversation_id=conversation.pk, tag="vip", by=agent).name == "VIP"
    assert services.remove_tag(conversation_id=conversation.pk, tag="vip", by=agent) is None
    assert (Tagging.objects.count(), told("tag.removed")) == (0, 1)


def test_a_conversation_carries_a_readable_number_of_tags(conversation, agent) -> None:
    for number in range(30):
        services.add_tag(conversation_id=conversation.pk, tag=f"tag {number}", by=agent)
    with pytest.raises(errors.TooManyTags):
        services.add_tag(conversation_id=conversation.pk, tag="one more", by=agent)


def test_renaming_takes_no_other_tags_word(conversation, agent, supervisor) -> None:
    vip, refund = (
        services.add_tag(conversation_id=conversation.pk, tag=each, by=agent).tag for each in ("VIP", "退费")
    )
    with pytest.raises(errors.TagTaken):
        services.rename_tag(tag_id=refund.pk, name="vip", by=supervisor)
    assert services.rename_tag(tag_id=vip.pk, name="贵宾", by=supervisor).folded == "贵宾"
    # Another case of its own word is no other tag.
    assert services.rename_tag(tag_id=refund.pk, name="退費", by=supervisor).name == "退費"
    with pytest.raises(Forbidden):
        services.rename_tag(tag_id=vip.pk, name="x", by=agent)


def test_two_tags_become_one_on_every_conversation(conversation, other, agent, supervisor) -> None:
    for each, tag in ((conversation, "退费"), (conversation, "退款"), (other, "退款")):
        services.add_tag(conversation_id=each.pk, tag=tag, by=agent)
    refund = Tag.objects.get(name="退款")

    assert services.merge_tags(tag_id=refund.pk, into="退费", by=supervisor).name == "退费"

    assert set(Tagging.objects.values_list("conversation_id", "tag__name")) == {
        (conversation.pk, "退费"),
        (other.pk, "退费"),
    }
    assert list(Tag.objects.values_list("name", flat=True)) == ["退费"]
    with pytest.raises(errors.TagUnknown):
        services.merge_tags(tag_id=Tag.objects.get().pk, into="没有", by=supervisor)


def test_a_tag_no_longer_offered_stays_where_it_is(conversation, other, agent, supervisor) -> None:
    tag = services.add_tag(conversation_id=conversation.pk, tag="旧", by=agent).tag
    services.use_tag(tag_id=tag.pk, is_active=False, by=supervisor)
    with pytest.raises(errors.TagRetired):
        services.add_tag(conversation_id=other.pk, tag="旧", by=agent)
    assert queries.order_of(conversation.pk, agent, now=clock.now()).tags == ["旧"]
    assert queries.tag_names() == []
    [use] = queries.tags_in_use()
    assert (use.name, use.is_active, use.conversations) == ("旧", False, 1)


# --- Followers ----------------------------------------------------------------------------------------------------


def test_whoever_may_read_may_follow_once(conversation, other_agent, agent) -> None:
    services.start_following(conversation_id=conversation.pk, by=other_agent)
    assert services.start_following(conversation_id=conversation.pk, by=other_agent) is None
    assert queries.order_of(conversation.pk, agent, now=clock.now()).followers == {other_agent.id: other_agent.name}
    assert told("follower.added") == 1

    services.stop_following(conversation_id=conversation.pk, by=other_agent)
    services.stop_following(conversation_id=conversation.pk, by=other_agent)
    assert (Follower.objects.count(), told("follower.removed")) == (0, 1)


def test_who_cannot_read_and_who_is_nobody_cannot_follow(conversation, account_manager, system) -> None:
    with pytest.raises(NotFound):
        services.start_following(conversation_id=conversation.pk, by=account_manager)
    with pytest.raises(Forbidden):
        services.start_following(conversation_id=conversation.pk, by=system)
    assert not Follower.objects.exists()


# --- Links --------------------------------------------------------------------------------------------------------


def test_a_link_stands_on_both_sides_once(conversation, other, agent) -> None:
    services.link(conversation_id=other.pk, other_id=conversation.pk, by=agent)
    services.link(conversation_id=conversation.pk, other_id=other.pk, by=agent)

    assert Link.objects.count() == 1
    assert [each.id for each in queries.order_of(conversation.pk, agent, now=clock.now()).links] == [other.pk]
    assert [each.id for each in queries.order_of(other.pk, agent, now=clock.now()).links] == [conversation.pk]
    assert told("conversations.linked") == 2

    services.unlink(conversation_id=conversation.pk, other_id=other.pk, by=agent)
    services.unlink(conversation_id=conversation.pk, other_id=other.pk, by=agent)
    assert (Link.objects.count(), told("conversations.unlinked")) == (0, 2)


def test_nothing_is_linked_with_itself_or_with_what_one_may_not_read(conversation, agent, account_manager) -> None:
    for other_id in (conversation.pk, 10**9):
        with pytest.raises(errors.OtherUnknown):
            services.link(conversation_id=conversation.pk, other_id=other_id, by=agent)
    with pytest.raises(NotFound):
        services.link(conversation_id=conversation.pk, other_id=10**9, by=account_manager)


def test_a_linked_conversation_out_of_reach_is_not_shown(
    conversation, arrive, letter, agent, account_manager, system
) -> None:
    secret = arrive(letter(subject="机密", From="secret@other.example")).conversation
    services.link(conversation_id=conversation.pk, other_id=secret.pk, by=agent)
    give_owner(customer_id=conversation.customer_id, staff_id=account_manager.id, reason="客户经理", by=system)
    assert queries.order_of(conversation.pk, account_manager, now=clock.now()).links == []


# --- Snoozing -----------------------------------------------------------------------------------------------------


@pytest.fixture
def snoozed(frozen, conversation, agent):
    frozen.shift(timedelta(minutes=1))
    services.snooze(conversation_id=conversation.pk, until=clock.now() + timedelta(hours=3), by=agent)
    frozen.shift(timedelta(minutes=1))
    conversation.refresh_from_db()
    return conversation


def counted_as_snoozed() -> int:
    return sum(InboxCount.objects.filter(is_snoozed=True).values_list("amount", flat=True))


def test_what_was_put_off_comes_back_when_its_time_comes_once(snoozed, frozen) -> None:
    assert counted_as_snoozed() == 1
    assert services.wake_snoozed() == 0
    frozen.shift(timedelta(hours=3))
    assert (services.wake_snoozed(), services.wake_snoozed()) == (1, 0)
    snoozed.refresh_from_db()
    assert (snoozed.snoozed_until, told("snooze.ended"), counted_as_snoozed()) == (None, 1, 0)


def test_the_customers_word_brings_it_back_at_once(snoozed, arrive, letter) -> None:
    arrive(letter("还没到", In_Reply_To="<letter1@customer.example>"))
    snoozed.refresh_from_db()
    assert (snoozed.snoozed_until, told("snooze.ended")) == (None, 1)


def test_an_absence_notice_does_not(snoozed, arrive, letter) -> None:
    arrive(letter("我在度假", In_Reply_To="<letter1@customer.example>", Auto_Submitted="auto-replied"))
    snoozed.refresh_from_db()
    assert snoozed.snoozed_until is not None


def test_an_answer_brings_it_back_and_a_note_does_not(snoozed, agent) -> None:
    services.write_note(conversation_id=snoozed.pk, text="等仓库", by=agent)
    snoozed.refresh_from_db()
    assert snoozed.snoozed_until is not None
    services.reply(conversation_id=snoozed.pk, text="明天送到", by=agent)
    snoozed.refresh_from_db()
    assert (snoozed.snoozed_until, told("snooze.ended")) == (None, 1)


def test_it_can_be_taken_up_again_by_hand(snoozed, agent) -> None:
    services.end_snooze(conversation_id=snoozed.pk, by=agent)
    services.end_snooze(conversation_id=snoozed.pk, by=agent)
    snoozed.refresh_from_db()
    assert (snoozed.snoozed_until, told("snooze.ended")) == (None, 1)


def test_the_past_is_no_moment_to_come_back(frozen, conversation, agent) -> None:
    with pytest.raises(errors.SnoozeUnfit):
        services.snooze(conversation_id=conversation.pk, until=clock.now(), by=agent)
    assert told("conversation.snoozed") == 0


def test_tomorrow_is_when_the_house_opens(frozen) -> None:
    """Monday 10:00; the standard calendar opens at nine."""
    moments = {each: queries.snooze_moment(each).astimezone(SHANGHAI) for each in ("tomorrow", "next_week")}
    assert moments["tomorrow"].date().isoformat() == "2026-11-24"
    assert moments["next_week"].date().isoformat() == "2026-11-30"
    assert all(moment.hour >= 6 for moment in moments.values())


def test_a_calendar_without_hours_still_has_mornings(frozen, monkeypatch) -> None:
    empty = replace(policies.working_calendar(), week={}, days={})
    monkeypatch.setattr(policies, "working_calendar", lambda: empty)
    assert f"{queries.snooze_moment('tomorrow'):%Y-%m-%d %H:%M}" == "2026-11-24 09:00"
