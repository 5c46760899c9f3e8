"""Within the window a reply is taken back whole; after it, never: it is either sent or recalled."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from procrastinate.contrib.django.models import ProcrastinateJob

from haoke.accounts.choices import Role
from haoke.channels import services as mail
from haoke.channels.errors import MailHasLeft, MailNotHandedOver
from haoke.channels.models import OutboundMail
from haoke.conversations import errors, queries, services
from haoke.conversations.models import Conversation, Draft, Message
from haoke.conversations.queries import DraftPlace
from haoke.conversations.services import Upload, Written
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import Forbidden
from haoke.ledger.queries import minutes_of
from haoke.policies.queries import policy_detail
from haoke.policies.services import change_policy
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(arrive, letter):
    return arrive(letter(Cc="li@customer.example, support+x@haoke.example")).conversation


def wait(seconds: int) -> None:
    change_policy(
        type="undo_send",
        value={"seconds": seconds},
        valid_from=None,
        reason="test",
        version=policy_detail("undo_send").newest,
        by=Actor.system(),
    )


def kinds() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("kind", flat=True))


def test_a_colleagues_reply_waits_and_a_programs_does_not(conversation, agent, system, frozen) -> None:
    """The policy says how long; a mail that nobody would take back leaves at once."""
    own = services.reply(conversation_id=conversation.pk, text="好", by=agent)
    job = ProcrastinateJob.objects.get(task_name="channels.send_mail", args__outbound_id=own.outbound_id)
    assert job.scheduled_at == OutboundMail.objects.get(pk=own.outbound_id).leaves_at
    assert job.scheduled_at == clock.now() + timedelta(seconds=10)

    programs = services.reply(conversation_id=conversation.pk, text="好的", by=system)
    assert OutboundMail.objects.get(pk=programs.outbound_id).leaves_at is None
    wait(0)
    frozen.shift(timedelta(seconds=1))
    at_once = services.reply(conversation_id=conversation.pk, text="好好", by=agent)
    assert OutboundMail.objects.get(pk=at_once.outbound_id).leaves_at is None


def test_taken_back_all_is_as_it_was(conversation, agent, run_jobs) -> None:
    before = Conversation.objects.get(pk=conversation.pk)
    message = services.reply(
        conversation_id=conversation.pk,
        text="明天送到",
        is_to_all=True,
        bcc=["boss@haoke.example"],
        uploads=[Upload("a.txt", b"x")],
        minutes=7,
        state="waiting",
        by=agent,
    )
    assert message.cc == ["li@customer.example"]

    services.recall_reply(message_id=message.pk, by=agent)

    after = Conversation.objects.get(pk=conversation.pk)
    assert (after.state, after.assignee_id, after.last_message_at) == (
        before.state,
        before.assignee_id,
        before.last_message_at,
    )
    draft = queries.draft_at(DraftPlace.conversation(conversation.pk), agent.staff_id)
    # What the house had filled in is the house's to fill in again.
    assert (draft.text, draft.recipients, draft.cc, draft.bcc) == ("明天送到", [], [], ["boss@haoke.example"])
    assert draft.is_to_all
    assert [each.name for each in queries.draft_files(draft)] == ["a.txt"]
    message.refresh_from_db()
    assert message.recalled_at is not None
    assert minutes_of("message", message.pk) == 0
    assert kinds().count("reply.recalled") == kinds().count("mail.recalled") == 1

    run_jobs()
    assert OutboundMail.objects.get(pk=message.outbound_id).state == "recalled"
    assert "message.sent" not in kinds()


def test_what_others_decided_meanwhile_stands(conversation, agent, supervisor) -> None:
    message = services.reply(conversation_id=conversation.pk, text="x", state="waiting", by=agent)
    services.set_urgency(conversation_id=conversation.pk, urgency="high", by=supervisor)

    services.recall_reply(message_id=message.pk, by=agent)

    after = Conversation.objects.get(pk=conversation.pk)
    assert (after.state, after.assignee_id, after.urgency) == ("waiting", agent.staff_id, "high")


def test_what_was_begun_since_is_kept_below(conversation, agent) -> None:
    message = services.reply(conversation_id=conversation.pk, text="第一段", by=agent)
    services.save_draft(place=DraftPlace.conversation(conversation.pk), written=Written(text="第二段"), by=agent)

    services.recall_reply(message_id=message.pk, by=agent)

    assert Draft.objects.get().text == "第一段\n\n第二段"


def test_taking_back_twice_is_taking_back(conversation, agent) -> None:
    message = services.reply(conversation_id=conversation.pk, text="x", by=agent)
    services.recall_reply(message_id=message.pk, by=agent)
    services.recall_reply(message_id=message.pk, by=agent)

    assert Draft.objects.get().text == "x"
    assert kinds().count("reply.recalled") == 1


def test_sent_once_more_it_is_a_new_message(conversation, agent) -> None:
    """The form that was taken back cannot pass for sent; a fresh one sends."""
    import uuid

    old = uuid.uuid4()
    message = services.reply(conversation_id=conversation.pk, text="x", submission=old, by=agent)
    services.recall_reply(message_id=message.pk, by=agent)

    with pytest.raises(errors.SentBefore):
        services.reply(conversation_id=conversation.pk, text="x", submission=old, by=agent)
    again = services.reply(conversation_id=conversation.pk, text="x", submission=uuid.uuid4(), by=agent)
    assert again.pk != message.pk


def test_nobody_takes_back_anothers_words(conversation, agent, supervisor) -> None:
    message = services.reply(conversation_id=conversation.pk, text="x", by=agent)

    with pytest.raises(Forbidden):
        services.recall_reply(message_id=message.pk, by=supervisor)


@pytest.mark.parametrize(
    "standing",
    [
        {"state": "sending"},
        {"state": "sent", "sent_at": "2026-11-23T02:00:00Z"},
        {"state": "uncertain"},
        {"state": "queued", "delivered_to": ["chen@customer.example"]},
        {"state": "queued", "leaves_at": None},
    ],
)
def test_what_has_left_is_not_taken_back(conversation, agent, standing) -> None:
    """Not even a mail that some have got already, or that waits again because nobody knows whether it left."""
    message = services.reply(conversation_id=conversation.pk, text="x", by=agent)
    OutboundMail.objects.filter(pk=message.outbound_id).update(**standing)

    with pytest.raises(MailHasLeft):
        services.recall_reply(message_id=message.pk, by=agent)

    message.refresh_from_db()
    assert message.recalled_at is None
    assert not Draft.objects.exists()


def test_who_answers_meanwhile_is_not_told_of_what_was_taken_back(conversation, agent, supervisor) -> None:
    seen = Message.objects.latest("pk").pk
    message = services.reply(conversation_id=conversation.pk, text="x", by=agent)
    services.recall_reply(message_id=message.pk, by=agent)

    desk = services.Desk(seen_message_id=seen)
    assert services.reply(conversation_id=conversation.pk, text="y", desk=desk, by=supervisor).pk


@pytest.mark.django_db(transaction=True)
def test_in_a_race_with_the_sender_it_is_sent_or_recalled_and_never_both(channel, letter, team, create_actor) -> None:
    """Twenty times, both at the same moment: exactly one of the two has its way, and the rows say which."""
    agent = create_actor(Role.AGENT, team_ids=(team.pk,))
    inbound = mail.store_inbound(
        raw=letter().as_bytes(), envelope_from="chen@customer.example", envelope_to=["support@haoke.example"]
    )
    services.receive_mail(inbound_id=inbound.pk)
    conversation = Conversation.objects.get()
    outcomes = set()
    for number in range(20):
        message = services.reply(conversation_id=conversation.pk, text=f"{number}", by=agent)
        claimed, recalled = _race(message, agent, sender_first=bool(number % 2))
        state = OutboundMail.objects.get(pk=message.outbound_id).state
        is_recalled = Message.objects.get(pk=message.pk).recalled_at is not None
        assert claimed != recalled, number
        assert (state, is_recalled) == (("recalled", True) if recalled else ("sending", False))
        outcomes.add(recalled)
    assert outcomes == {True, False}


def _race(message: Message, agent: Actor, *, sender_first: bool) -> tuple[bool, bool]:
    done: dict[str, Any] = {}
    start = threading.Barrier(2)

    def run(name: str, act: Callable[[], Any], pause: float) -> None:
        start.wait()
        threading.Event().wait(pause)
        try:
            done[name] = act()
        except (MailHasLeft, MailNotHandedOver) as refusal:
            done[name] = refusal
        finally:
            connections.close_all()

    def claim() -> bool:
        taken = tuple(message.recipients)
        while True:
            try:
                if mail.begin_delivery(message.outbound_id) is None:
                    return False
                return mail.claim_delivery(message.outbound_id, taken, {})
            except MailNotHandedOver:
                # As the queue would, a moment later.
                threading.Event().wait(0.01)

    threads = [
        threading.Thread(target=run, args=("claim", claim, 0 if sender_first else 0.005)),
        threading.Thread(
            target=run,
            args=(
                "recall",
                lambda: services.recall_reply(message_id=message.pk, by=agent),
                0.005 if sender_first else 0,
            ),
        ),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return done["claim"] is True, isinstance(done["recall"], Message)
