"""Letters: each notification is mailed once, over real SMTP, to addresses that take mail, and answers start nothing."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from unittest.mock import patch

import pytest

from haoke.accounts import queries as accounts
from haoke.channels import services as mail
from haoke.channels.models import InboundMail, OutboundMail
from haoke.conversations import services as conversations
from haoke.conversations.models import Conversation
from haoke.notifications import jobs, queries, services
from haoke.notifications.choices import Kind, MailWish, Rhythm
from haoke.notifications.letters import letter_to
from haoke.notifications.models import Notification
from haoke.notifications.rules import Wish
from tests.notifications.conftest import body_of

TEN_MINUTES = 600


def email_of(actor) -> str:
    return accounts.staff_member(actor.id).email


@pytest.fixture
def given(frozen, begin, agent, colleague, team, run_jobs):
    """So many conversations given to the colleague, and the time it takes to read of them over."""

    def give(count: int = 1) -> list[Conversation]:
        found = [begin(subject=f"订单 {number}", is_assigned=False) for number in range(count)]
        for each in found:
            conversations.assign(conversation_id=each.pk, assignee_id=colleague.id, team_id=team.pk, by=agent)
        run_jobs()
        frozen.shift(TEN_MINUTES)
        return found

    return give


@pytest.fixture
def look(run_jobs):
    """The minute's look for letters that are due, and the mails that leave of it."""

    def now() -> None:
        jobs.look_for_letters.func(timestamp=0)
        run_jobs()

    return now


def test_a_summary_arrives_in_the_readers_language_with_links(given, look, postman, colleague) -> None:
    """Real SMTP: plain text and HTML, marked as a machine's, and without a word of what was written."""
    given()
    look()

    (letter,) = postman.letters()
    row = Notification.objects.get(recipient_id=colleague.id)
    assert letter["To"] == email_of(colleague)
    assert letter["Subject"].startswith("1 notification")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert f"http://localhost:8000/notifications/{row.pk}" in body_of(letter).replace("127.0.0.1", "localhost")
    assert "assigned HK-" in body_of(letter)
    assert f"/notifications/{row.pk}" in body_of(letter, "html")
    assert "订单 0" not in body_of(letter)


def test_a_letter_speaks_its_readers_language(given, create_actor, team) -> None:
    """Whatever language the job that writes it happens to speak."""
    reader = create_actor("agent", team_ids=(team.pk,), language="zh-hans")
    with patch("haoke.notifications.letters.translation.override") as override:
        letter_to(reader, [], total=1)

    override.assert_called_once_with("zh-hans")


def test_what_is_mailed_is_not_mailed_again(given, look, postman, frozen) -> None:
    given()
    look()
    frozen.shift(2 * 3600)
    look()

    assert len(postman.letters()) == 1
    assert Notification.objects.exclude(mail=MailWish.NEVER).get().mailed_at is not None


def test_a_letter_that_breaks_off_is_written_whole_the_next_time(given, look, postman, colleague) -> None:
    """Exactly once after a crash: the mail and the mark are one transaction."""
    given()
    with (
        patch("haoke.notifications.services.writing.Correspondence.save", side_effect=RuntimeError("killed")),
        pytest.raises(RuntimeError),
    ):
        services.write_letter(staff_id=colleague.id)
    assert not OutboundMail.objects.filter(purpose="notification").exists()
    assert Notification.objects.filter(recipient_id=colleague.id, mailed_at=None).exists()

    look()
    look()
    assert len(postman.letters()) == 1


def test_five_hundred_at_once_are_one_letter(given, look, postman, colleague) -> None:
    """A bulk change does not fill anybody's mailbox; forty stand for the five hundred."""
    given(40)
    look()

    (letter,) = postman.letters()
    assert letter["Subject"].startswith("40 notifications")
    assert body_of(letter).count("/notifications/") == 30 + 1
    assert "and 10 more" in body_of(letter)
    assert not Notification.objects.filter(recipient_id=colleague.id, mailed_at=None).exists()


def test_what_was_read_meanwhile_is_not_mailed(given, look, postman, colleague) -> None:
    given()
    services.mark_all_read(by=colleague)
    look()

    assert postman.letters() == []


def test_nobody_is_written_to_at_night_but_at_once_means_at_once(
    frozen, begin, agent, colleague, team, run_jobs, look, postman
) -> None:
    frozen.move_to("2026-11-23T14:00:00Z")
    conversation = begin(is_assigned=False)
    conversations.assign(conversation_id=conversation.pk, assignee_id=colleague.id, team_id=team.pk, by=agent)
    run_jobs()
    frozen.shift(TEN_MINUTES)
    look()
    assert postman.letters() == []

    services.choose(wishes={Kind.ASSIGNED: Wish(mail=MailWish.AT_ONCE)}, rhythm=Rhythm.HOURLY, by=colleague)
    look()
    assert len(postman.letters()) == 1


def test_working_hours_are_those_on_the_readers_own_wall(frozen, given, look, postman, colleague) -> None:
    """10:10 in Shanghai is two in the morning in London."""
    from haoke.accounts.models import Staff

    Staff.objects.filter(pk=colleague.id).update(time_zone="Europe/London")
    given()
    look()
    assert postman.letters() == []

    frozen.move_to("2026-11-23T09:00:00Z")
    look()
    assert len(postman.letters()) == 1


def test_an_address_that_sends_us_back_is_left_in_peace(frozen, given, look, postman, colleague) -> None:
    postman.refused.add(email_of(colleague))
    given()
    look()
    assert OutboundMail.objects.get(purpose="notification").state == "refused"
    assert queries.undeliverable_since(email_of(colleague)) is not None

    postman.refused.clear()
    frozen.shift(3600)
    given()
    look()
    assert postman.letters() == []
    assert OutboundMail.objects.filter(purpose="notification").count() == 1

    frozen.shift(timedelta(days=31))
    assert queries.undeliverable_since(email_of(colleague)) is None


def test_an_answer_to_a_letter_begins_no_conversation(given, look, postman, run_jobs, colleague) -> None:
    """Whoever answers the machine is no customer: no archive, no conversation, and the mail says why it is ignored."""
    given()
    look()
    (letter,) = postman.letters()
    before = Conversation.objects.count()

    answer = EmailMessage()
    answer["From"], answer["To"] = email_of(colleague), "support@haoke.example"
    answer["Subject"], answer["Message-ID"] = f"Re: {letter['Subject']}", "<answer@haoke.example>"
    answer["In-Reply-To"] = answer["References"] = letter["Message-ID"]
    answer.set_content("I will do it tomorrow.")
    stored = mail.store_inbound(
        raw=answer.as_bytes(), envelope_from=email_of(colleague), envelope_to=["support@haoke.example"]
    )
    run_jobs()

    assert Conversation.objects.count() == before
    row = InboundMail.objects.get(pk=stored.pk)
    assert (row.state, row.reason) == ("ignored", "notification")


def test_a_colleague_who_writes_of_their_own_accord_is_heard(given, look, postman, run_jobs, colleague) -> None:
    given()
    look()
    before = Conversation.objects.count()
    fresh = EmailMessage()
    fresh["From"], fresh["To"] = email_of(colleague), "support@haoke.example"
    fresh["Subject"], fresh["Message-ID"] = "A question of my own", "<fresh@haoke.example>"
    fresh.set_content("Hello")
    mail.store_inbound(raw=fresh.as_bytes(), envelope_from=email_of(colleague), envelope_to=["support@haoke.example"])
    run_jobs()

    assert Conversation.objects.count() == before + 1


def test_what_the_reader_may_not_see_any_more_is_not_told(given, colleague, postman, look, team) -> None:
    """Scope is asked when the letter is written."""
    from haoke.accounts.models import Staff

    given()
    Staff.objects.filter(pk=colleague.id).update(roles=["account_manager"])
    look()

    assert postman.letters() == []
    assert not Notification.objects.filter(recipient_id=colleague.id, mailed_at=None).exists()


def test_old_ones_are_forgotten(frozen, given, colleague) -> None:
    given(2)
    first, second = Notification.objects.filter(recipient_id=colleague.id).order_by("pk")
    services.mark_read(notification_id=first.pk, by=colleague)
    assert services.sweep() == 0

    frozen.shift(timedelta(days=91))
    services.sweep()
    assert list(Notification.objects.filter(recipient_id=colleague.id)) == [second]

    frozen.shift(timedelta(days=300))
    services.sweep()
    assert not Notification.objects.filter(recipient_id=colleague.id).exists()


def test_when_nothing_waits_the_look_asks_once(db, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert queries.readers_to_write_to() == []
