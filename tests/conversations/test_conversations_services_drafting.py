"""Drafts survive everything but being sent, and nobody's words are overwritten unseen."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from haoke.conversations import errors, queries, services
from haoke.conversations.models import Draft, Message
from haoke.conversations.queries import DraftPlace
from haoke.conversations.services import Desk, Upload, Written
from haoke.core.errors import Forbidden, NotFound
from haoke.customers.services import register_customer
from haoke.files.errors import FileTooLarge
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db
FILE = Upload("a.txt", b"text")


@pytest.fixture
def conversation(arrive, letter):
    return arrive(letter()).conversation


@pytest.fixture
def place(conversation) -> DraftPlace:
    return DraftPlace.conversation(conversation.pk)


def test_what_is_written_is_kept_for_its_author_alone(place, conversation, agent, supervisor) -> None:
    facts = Entry.objects.count()
    written = Written(
        text="尊敬的客户", recipients=["half an addr"], cc=["li@x.example"], bcc=["b@x.example"], is_to_all=True
    )

    services.save_draft(place=place, written=written, by=agent)

    draft = queries.draft_at(place, agent.staff_id)
    assert (draft.text, draft.recipients, draft.cc, draft.bcc, draft.is_to_all) == (
        "尊敬的客户",
        ["half an addr"],
        ["li@x.example"],
        ["b@x.example"],
        True,
    )
    assert queries.draft_at(place, supervisor.staff_id) is None
    assert [row.excerpt for row in queries.drafts_of(agent)] == ["尊敬的客户"]
    assert queries.drafts_of(supervisor) == []
    assert Entry.objects.count() == facts


def test_signs_the_database_cannot_keep_cost_no_words(place, agent) -> None:
    """Half an address is no mistake yet, whatever signs it holds."""
    services.save_draft(place=place, written=Written(text="您\0好", cc=["li\0@x.example"]), by=agent)

    draft = queries.draft_at(place, agent.staff_id)
    assert (draft.text, draft.cc) == ("您好", ["li@x.example"])


def test_nothing_is_kept_of_nothing(place, agent) -> None:
    services.save_draft(place=place, written=Written(text="x"), by=agent)
    kept = Draft.objects.get()
    assert services.save_draft(place=place, written=Written(text=" \n"), seen_at=kept.saved_at, by=agent) is None
    assert not Draft.objects.exists()


def test_who_cannot_answer_keeps_no_draft(place, other_agent, account_manager, quality_manager, system) -> None:
    for actor, refusal in (
        (other_agent, errors.ReadOnly),
        (account_manager, NotFound),
        (quality_manager, Forbidden),
        (system, Forbidden),
    ):
        with pytest.raises(refusal):
            services.save_draft(place=place, written=Written(text="x"), by=actor)
    assert not Draft.objects.exists()


def test_of_two_windows_the_later_learns_of_the_other(place, agent, frozen) -> None:
    """Refused with both texts at hand; whoever has seen the other one may then overwrite it."""
    one, two = uuid.uuid4(), uuid.uuid4()
    first = services.save_draft(place=place, written=Written(text="one"), submission=one, by=agent)
    frozen.shift(timedelta(seconds=5))
    with pytest.raises(errors.DraftMovedOn):
        services.save_draft(place=place, written=Written(text="two"), submission=two, by=agent)
    assert Draft.objects.get().text == "one"

    # The first window goes on, even where it missed the answer about its last saving.
    second = services.save_draft(place=place, written=Written(text="one more"), submission=one, by=agent)
    frozen.shift(timedelta(seconds=5))
    with pytest.raises(errors.DraftMovedOn):
        services.save_draft(place=place, written=Written(text="two"), seen_at=first.saved_at, submission=two, by=agent)
    kept = services.save_draft(
        place=place, written=Written(text="two"), seen_at=second.saved_at, submission=two, by=agent
    )
    assert kept.text == "two"


@pytest.mark.parametrize("kind", ["reply", "note"])
def test_the_draft_is_gone_with_the_message_and_its_files_go_along(place, conversation, agent, kind) -> None:
    services.attach_to_draft(place=place, uploads=[FILE], by=agent)
    draft = services.save_draft(place=place, written=Written(text="完"), by=agent)
    desk = Desk(file_ids=draft.file_ids, draft_seen_at=draft.saved_at)
    send = services.reply if kind == "reply" else services.write_note

    message = send(conversation_id=conversation.pk, text="完", desk=desk, by=agent)

    assert [each.file.name for each in message.attachments.all()] == ["a.txt"]
    assert not Draft.objects.exists()


def test_a_saving_that_comes_after_the_sending_brings_nothing_back(place, conversation, agent) -> None:
    submission = uuid.uuid4()
    services.reply(conversation_id=conversation.pk, text="发出", submission=submission, by=agent)

    assert services.save_draft(place=place, written=Written(text="发"), submission=submission, by=agent) is None
    assert not Draft.objects.exists()


def test_words_of_another_window_stay_when_this_one_sends(place, conversation, agent) -> None:
    draft = services.attach_to_draft(place=place, uploads=[FILE, Upload("b.txt", b"b")], by=agent)
    services.save_draft(place=place, written=Written(text="另一个窗口的话"), submission=uuid.uuid4(), by=agent)

    desk = Desk(file_ids=draft.file_ids[:1])
    services.reply(conversation_id=conversation.pk, text="别的", desk=desk, submission=uuid.uuid4(), by=agent)

    left = Draft.objects.get()
    assert (left.text, left.file_ids) == ("另一个窗口的话", draft.file_ids[1:])


def test_a_refused_message_leaves_the_draft_as_it_was(place, conversation, agent) -> None:
    draft = services.save_draft(place=place, written=Written(text="您好 ⟦customer.name⟧"), by=agent)

    with pytest.raises(errors.UnfilledBlanks):
        services.reply(
            conversation_id=conversation.pk, text=draft.text, desk=Desk(draft_seen_at=draft.saved_at), by=agent
        )

    assert Draft.objects.get().text == draft.text
    assert not Message.objects.filter(direction="out", is_automatic=False).exists()


def test_only_who_uploaded_a_file_sends_it(place, conversation, agent, supervisor) -> None:
    draft = services.attach_to_draft(place=place, uploads=[FILE], by=agent)

    with pytest.raises(errors.DraftFileGone):
        services.reply(conversation_id=conversation.pk, text="x", desk=Desk(file_ids=draft.file_ids), by=supervisor)
    with pytest.raises(NotFound):
        queries.draft_file(draft.file_ids[0], supervisor)
    assert queries.draft_file(draft.file_ids[0], agent).name == "a.txt"


def test_files_are_taken_off_limited_and_counted(place, agent, system) -> None:
    draft = services.attach_to_draft(place=place, uploads=[FILE, Upload("b.txt", b"b")], by=agent)
    left = services.detach_from_draft(place=place, file_id=draft.file_ids[0], by=agent)
    assert [each.name for each in queries.draft_files(left)] == ["b.txt"]
    with pytest.raises(errors.TooManyDraftFiles):
        services.attach_to_draft(place=place, uploads=[FILE] * 20, by=agent)
    with pytest.raises(FileTooLarge):
        services.attach_to_draft(place=place, uploads=[Upload("big", b"x" * 25_000_001)], by=agent)
    assert len(Draft.objects.get().file_ids) == 1


def test_what_is_thrown_away_can_be_taken_back_for_a_day(place, conversation, agent, frozen) -> None:
    services.save_draft(place=place, written=Written(text="还要"), by=agent)
    services.discard_draft(place=place, by=agent)
    assert queries.draft_at(place, agent.staff_id) is None

    services.restore_draft(place=place, by=agent)
    assert queries.draft_at(place, agent.staff_id).text == "还要"

    services.discard_draft(place=place, by=agent)
    frozen.shift(timedelta(hours=25))
    assert services.sweep_drafts() == 1
    assert services.restore_draft(place=place, by=agent) is None


def test_something_newer_is_not_lost_by_taking_back(place, agent) -> None:
    services.save_draft(place=place, written=Written(text="old"), by=agent)
    services.discard_draft(place=place, by=agent)
    services.save_draft(place=place, written=Written(text="new"), by=agent)

    services.restore_draft(place=place, by=agent)

    assert Draft.objects.get().text == "new"


def test_a_first_mail_is_drafted_too(channel, agent, system) -> None:
    customer = register_customer(
        kind="person", name="何女士", contact_points=[("mail", "he@customer.example", "")], by=system
    )
    place = DraftPlace.customer(customer.pk)
    services.attach_to_draft(place=place, uploads=[FILE], by=agent)
    draft = services.save_draft(place=place, written=Written(subject="回访", text="您好"), by=agent)
    assert [(row.name, row.subject, row.file_count) for row in queries.drafts_of(agent)] == [("何女士", "回访", 1)]

    conversation = services.start_conversation(
        customer_id=customer.pk, subject="回访", text="您好", desk=Desk(file_ids=draft.file_ids), by=agent
    )

    assert queries.first_reply(conversation.pk).attachments.count() == 1
    assert not Draft.objects.exists()
