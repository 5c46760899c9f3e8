"""Merging: nothing moves, answers follow, cycles cannot be made, and it can be taken back."""

from __future__ import annotations

import pytest

from haoke.conversations import errors, queries, services
from haoke.conversations.models import Conversation, InboxCount, Merge, Message
from haoke.core.errors import Forbidden, NotFound
from haoke.customers.services import give_owner
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db

OTHER = "li@customer.example"


@pytest.fixture
def conversations(arrive, letter):
    """Three questions of one customer, oldest first."""
    return [arrive(letter(f"第{number}问", subject=f"问题{number}")).conversation for number in range(3)]


def merge(source: Conversation, into: Conversation, by, **more) -> Merge:
    return services.merge(conversation_id=source.pk, into_id=into.pk, by=by, **more)


def kinds_of(conversation: Conversation) -> list[str]:
    found = Entry.objects.filter(subject_kind="conversation", subject_id=conversation.pk).order_by("pk")
    return list(found.values_list("kind", flat=True))


def test_merging_moves_no_row_and_says_who_did_it(conversations, agent) -> None:
    first, second, _third = conversations
    before = {each.pk: each.conversation_id for each in Message.objects.all()}

    merged = merge(second, first, agent)

    second.refresh_from_db()
    assert (second.merged_into_id, second.state, second.changed_by_name) == (first.pk, "new", agent.name)
    assert (merged.into_id, merged.by_id, merged.undone_at) == (first.pk, agent.id, None)
    assert "conversation.merged" in kinds_of(second)
    assert {each.pk: each.conversation_id for each in Message.objects.all()} == before
    assert set(queries.family_ids(first.pk)) == {first.pk, second.pk}
    assert queries.merged_root(second.pk) == first.pk


def test_a_merged_conversation_leaves_the_counts_of_the_lists(conversations, agent) -> None:
    def counted() -> int:
        return sum(InboxCount.objects.values_list("amount", flat=True))

    before = counted()
    merge(conversations[1], conversations[0], agent)
    assert counted() == before - 1
    services.undo_merge(conversation_id=conversations[1].pk, by=agent)
    assert counted() == before


def test_a_chain_leads_to_its_end_and_no_cycle_can_be_made(conversations, agent) -> None:
    first, second, third = conversations
    merge(third, second, agent)
    merge(second, first, agent)

    assert queries.merged_root(third.pk) == first.pk
    assert queries.family_ids(first.pk) == [first.pk, second.pk, third.pk]
    for target in (first, second, third):
        with pytest.raises(errors.MergeCycle):
            merge(first, target, agent)
    with pytest.raises(errors.MergedAlready):
        merge(third, first, agent)
    assert Merge.objects.count() == 2


def test_merging_into_a_merged_one_goes_on_where_that_goes_on(conversations, agent) -> None:
    first, second, third = conversations
    merge(second, first, agent)
    assert merge(third, second, agent).into_id == first.pk


def test_later_mail_arrives_where_the_conversation_goes_on(conversations, agent, arrive, letter) -> None:
    """S1-04: an answer to a merged conversation is not lost and opens no second one."""
    first, second, third = conversations
    reply = services.reply(conversation_id=third.pk, text="请稍等", by=agent)
    merge(third, second, agent)
    merge(second, first, agent)

    by_signature = arrive(letter("谢谢", In_Reply_To=reply.header_id))
    by_reference = arrive(letter("还有", In_Reply_To="<letter3@customer.example>"))
    by_token = arrive(letter("再问", subject=f"Re: [HK-{second.pk}] 问题1"))

    assert {each.conversation_id for each in (by_signature, by_reference, by_token)} == {first.pk}


def test_who_takes_part_in_one_of_a_family_takes_part_in_all(arrive, letter, agent) -> None:
    ours = arrive(letter(subject="订单")).conversation
    theirs = arrive(letter(subject="发票", From=OTHER)).conversation
    merge(theirs, ours, agent, is_confirmed=True)
    assert arrive(letter("补充", subject=f"Re: [HK-{ours.pk}]", From=OTHER)).conversation_id == ours.pk


def test_after_the_merge_is_taken_back_each_gets_its_own_mail(conversations, agent, arrive, letter) -> None:
    first, second, _third = conversations
    merge(second, first, agent)
    services.undo_merge(conversation_id=second.pk, by=agent)

    second.refresh_from_db()
    undone = Merge.objects.get()
    assert (second.merged_into_id, undone.undone_by_name) == (None, agent.name)
    assert "merge.undone" in kinds_of(second)
    assert arrive(letter("谢谢", In_Reply_To="<letter2@customer.example>")).conversation_id == second.pk
    with pytest.raises(errors.NotMerged):
        services.undo_merge(conversation_id=second.pk, by=agent)
    # And it may be merged again.
    assert merge(second, first, agent).pk != undone.pk


def test_two_customers_are_merged_only_on_purpose(arrive, letter, agent) -> None:
    ours, theirs = arrive(letter()).conversation, arrive(letter(From=OTHER)).conversation
    with pytest.raises(errors.MergeUnconfirmed):
        merge(theirs, ours, agent)
    assert not Merge.objects.exists()
    assert merge(theirs, ours, agent, is_confirmed=True).into_id == ours.pk


def test_work_goes_on_in_one_place_only(conversations, agent) -> None:
    first, second, _third = conversations
    merge(second, first, agent)
    with pytest.raises(errors.MergedAway) as refused:
        services.reply(conversation_id=second.pk, text="明天", by=agent)
    assert f"HK-{first.pk}" in str(refused.value)
    with pytest.raises(errors.MergedAway):
        services.close_conversation(conversation_id=second.pk, by=agent)
    assert not Message.objects.filter(direction="out", is_automatic=False).exists()


def test_minutes_of_a_merged_ones_message_can_still_be_corrected(conversations, agent) -> None:
    first, second, _third = conversations
    reply = services.reply(conversation_id=second.pk, text="明天", minutes=5, by=agent)
    merge(second, first, agent)
    services.correct_minutes(message_id=reply.pk, minutes=9, by=agent)
    assert [each.minutes for each in queries.messages_of(second.pk) if each.message.pk == reply.pk] == [9]


def test_who_does_not_answer_does_not_merge(conversations, agent, other_agent, quality_manager) -> None:
    first, second, _third = conversations
    with pytest.raises(errors.ReadOnly):
        merge(second, first, other_agent)
    with pytest.raises(Forbidden):
        merge(second, first, quality_manager)
    with pytest.raises(errors.OtherUnknown):
        services.merge(conversation_id=first.pk, into_id=10**9, by=agent)
    with pytest.raises(errors.VersionConflict):
        merge(second, first, agent, version=99)
    assert not Merge.objects.exists()


def test_a_closed_conversation_may_be_merged(conversations, agent) -> None:
    first, second, _third = conversations
    services.close_conversation(conversation_id=second.pk, by=agent)
    merge(second, first, agent)
    second.refresh_from_db()
    assert (second.state, second.merged_into_id) == ("closed", first.pk)


def test_an_attachment_can_be_read_where_its_conversation_goes_on(
    arrive, letter, agent, account_manager, system
) -> None:
    """An account manager sees their customer's conversation, and with it what was merged into it."""
    first = arrive(letter()).conversation
    with_file = letter("附件", From=OTHER)
    with_file.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    second = arrive(with_file).conversation
    file = Message.objects.get(conversation=second, direction="in").attachments.get()
    give_owner(customer_id=first.customer_id, staff_id=account_manager.id, reason="客户经理", by=system)
    with pytest.raises(NotFound):
        queries.attachment(file.pk, account_manager)

    merge(second, first, agent, is_confirmed=True)

    assert queries.attachment(file.pk, account_manager).pk == file.pk
