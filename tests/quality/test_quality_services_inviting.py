"""After a closing: one survey mail in the customer's language, or one reason why there is none."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest

from haoke.accounts.queries import digest_of
from haoke.channels import services as mail
from haoke.conversations import services as conversations
from haoke.conversations.models import Closure, Conversation, Message
from haoke.quality import services
from haoke.quality.models import SurveyInvitation

pytestmark = pytest.mark.django_db


def test_closing_asks_the_customer(frozen, close, customer, outbox, agent, team, facts_of) -> None:
    """S1-17, S0-39: feedback is collected by itself after the service."""
    conversation = close(customer)
    (letter,) = outbox.surveys()
    invitation = SurveyInvitation.objects.get()
    assert (invitation.state, invitation.reason, invitation.language) == ("sent", "", "zh-hans")
    assert (invitation.customer_id, invitation.conversation_id) == (customer.pk, conversation.pk)
    assert (invitation.assignee_id, invitation.team_id) == (agent.id, team.pk)
    assert invitation.phase == Conversation.objects.get(pk=conversation.pk).category.phase
    assert invitation.expires_at - invitation.created_at == timedelta(days=28)
    assert letter.headers["To"] == "customer1@customer.example"
    assert letter.headers["Auto-Submitted"]
    assert facts_of("survey.invited") == [{"conversation_id": conversation.pk, "invitation_id": invitation.pk}]


def test_the_mail_holds_the_link_and_no_word_of_the_conversation(close, customer, outbox, settings) -> None:
    conversation = close(customer)
    text = outbox.surveys()[0].text
    assert f"{settings.BASE_URL}/s/" in text
    assert conversation.reference in text
    assert "周三上午" not in text


def test_only_a_digest_of_the_secret_is_kept(close, customer, outbox) -> None:
    close(customer)
    token = outbox.surveys()[0].token
    assert SurveyInvitation.objects.get().token_digest == digest_of(token) != token


def test_asking_is_no_touch(close, customer, outbox) -> None:
    """RULINGS, Customers: what is sent by itself breaks no silence."""
    from haoke.timeline.models import Entry

    close(customer)
    assert Entry.objects.get(kind="survey.invited").channel == ""


def test_the_same_closing_asks_once(close, customer, outbox, system, run_jobs) -> None:
    conversation = close(customer)
    closure = Closure.objects.get()
    again = services.invite(conversation_id=conversation.pk, closure_id=closure.pk, closed_at=closure.at, by=system)
    run_jobs()
    assert again == SurveyInvitation.objects.get()
    assert len(outbox.surveys()) == 1


def test_a_second_survey_waits_for_the_cap(frozen, close, customer, outbox, facts_of) -> None:
    """S1-17: at most one survey in 30 days for each customer."""
    close(customer)
    frozen.shift(timedelta(days=29))
    second = close(customer)
    held_back = SurveyInvitation.objects.get(conversation_id=second.pk)
    assert (held_back.state, held_back.reason, held_back.token_digest) == ("suppressed", "cap", None)
    assert facts_of("survey.suppressed") == [
        {"conversation_id": second.pk, "invitation_id": held_back.pk, "reason": "cap"}
    ]
    frozen.shift(timedelta(days=1))
    close(customer)
    assert len(outbox.surveys()) == 2


def test_the_cap_is_each_customers_own(close, create_customer, outbox) -> None:
    close(create_customer("陈先生"))
    close(create_customer("王女士"))
    assert len(outbox.surveys()) == 2


def test_an_open_conversation_is_not_judged(converse, customer, outbox, agent, run_jobs) -> None:
    conversation = converse(customer)
    conversations.close_conversation(conversation_id=conversation.pk, by=agent)
    conversations.reopen_conversation(conversation_id=conversation.pk, note="还有一个问题", by=agent)
    run_jobs()
    assert outbox.surveys() == []
    assert [each.reason for each in SurveyInvitation.objects.all()] == ["reopened"]


def test_of_two_closings_in_a_row_only_the_last_asks(frozen, converse, customer, outbox, agent, run_jobs) -> None:
    conversation = converse(customer)
    conversations.close_conversation(conversation_id=conversation.pk, by=agent)
    frozen.shift(timedelta(seconds=5))
    conversations.reopen_conversation(conversation_id=conversation.pk, note="还有一个问题", by=agent)
    conversations.close_conversation(conversation_id=conversation.pk, by=agent)
    run_jobs()
    assert [each.reason for each in SurveyInvitation.objects.order_by("closure_id")] == ["reopened", ""]
    assert len(outbox.surveys()) == 1


@pytest.fixture
def wrote_us(channel, run_jobs):
    """A conversation that a customer began and nobody answered."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "Ann <ann@customer.example>", channel.address, "Offer"
    letter["Message-ID"] = "<1@customer.example>"
    letter.set_content("Please have a look.")
    mail.store_inbound(raw=letter.as_bytes(), envelope_from="ann@customer.example", envelope_to=[channel.address])
    run_jobs()
    return Message.objects.get(inbound__isnull=False).conversation


def test_nobody_is_asked_about_a_service_that_never_was(wrote_us, outbox, agent, run_jobs) -> None:
    conversations.close_conversation(conversation_id=wrote_us.pk, by=agent)
    run_jobs()
    assert [each.reason for each in SurveyInvitation.objects.all()] == ["not_served"]
    assert outbox.surveys() == []


def test_a_phone_call_is_service_too(wrote_us, outbox, agent, run_jobs) -> None:
    conversations.log_call(conversation_id=wrote_us.pk, text="Explained the offer.", direction="out", by=agent)
    conversations.close_conversation(conversation_id=wrote_us.pk, by=agent)
    run_jobs()
    assert len(outbox.surveys()) == 1
    assert "1 to 5" in outbox.surveys()[0].text


def test_an_unknown_sender_is_asked_once_by_address(wrote_us, outbox, agent, run_jobs) -> None:
    """Without an archive the cap counts by address, whichever conversation it is."""
    Conversation.objects.filter(pk=wrote_us.pk).update(customer=None)
    for _closing in range(2):
        conversations.reply(conversation_id=wrote_us.pk, text="Thank you.", by=agent)
        conversations.close_conversation(conversation_id=wrote_us.pk, by=agent)
        run_jobs()
        conversations.reopen_conversation(conversation_id=wrote_us.pk, note="More to say", by=agent)
    assert [(each.reason, each.address) for each in SurveyInvitation.objects.order_by("pk")] == [
        ("", "ann@customer.example"),
        ("cap", "ann@customer.example"),
    ]


def test_without_an_address_nobody_is_asked(wrote_us, agent, run_jobs, outbox) -> None:
    conversations.log_call(conversation_id=wrote_us.pk, text="Explained the offer.", direction="in", by=agent)
    Conversation.objects.filter(pk=wrote_us.pk).update(channel=None)
    conversations.close_conversation(conversation_id=wrote_us.pk, by=agent)
    run_jobs()
    assert [each.reason for each in SurveyInvitation.objects.all()] == ["no_address"]
    assert not Message.objects.filter(purpose="survey").exists()


def test_a_mail_that_did_not_arrive_neither_counts_nor_caps(frozen, close, customer, outbox) -> None:
    close(customer)
    invitation = SurveyInvitation.objects.get()
    services.note_delivery(message_id=invitation.message_id, was_sent=False)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.reason) == ("suppressed", "not_delivered")
    close(customer)
    assert len(outbox.surveys()) == 2


def test_other_mails_leave_surveys_alone(converse, customer) -> None:
    converse(customer)
    assert services.note_delivery(message_id=Message.objects.get().pk, was_sent=False) is None
