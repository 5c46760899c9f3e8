"""Taking mails in: kept as they are, read once, never lost, known again when they come twice."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from haoke.channels import errors, services
from haoke.channels.choices import AutomaticReason, InboundState
from haoke.channels.models import InboundMail
from haoke.channels.queries import channel_for_address
from haoke.core.errors import Forbidden, NotFound
from haoke.timeline import reactions
from haoke.timeline.reactions import Happened

pytestmark = pytest.mark.django_db

MAIL = (
    "From: =?utf-8?b?546L5Lyf?= <wang@customer.example>\r\nTo: service@haoke.example\r\nSubject: 退款\r\n"
    "Message-ID: <one@customer.example>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0800\r\n\r\n请问退款何时到账?\r\n"
).encode()


def receive_mail(happened: Happened) -> None:
    """Stands for the domain above, which makes conversations of mails."""
    received = services.read_inbound(happened.subject_id)
    if received is None:
        return
    if received.duplicate_of is not None:
        services.finish_inbound(received.inbound.pk, state=InboundState.IGNORED, reason="duplicate")
    else:
        services.finish_inbound(
            received.inbound.pk, state=InboundState.PROCESSED, became_kind="conversation", became_id=7
        )


@pytest.fixture(autouse=True)
def _wired(monkeypatch):
    monkeypatch.setattr(reactions, "_reactions", {"mail.stored": (receive_mail,), "mail.run_again": (receive_mail,)})


@pytest.fixture
def store(channel):
    def store(raw: bytes = MAIL, **named: object) -> InboundMail:
        values = {"envelope_from": "wang@customer.example", "envelope_to": ["service@haoke.example"]}
        return services.store_inbound(raw=raw, **{**values, **named})

    return store


def test_a_mail_is_kept_byte_by_byte_with_its_fact_and_its_job(store, channel, facts_of, jobs_of):
    """S0-02: every mail is captured before anybody tries to read it."""
    raw = b"\x00\xff\xfe no mail at all"
    inbound = store(raw)
    kept = InboundMail.objects.defer(None).get(pk=inbound.pk)
    assert bytes(kept.raw) == raw
    assert (kept.state, kept.size_bytes, kept.channel) == (InboundState.STORED, len(raw), channel)
    assert [each["inbound_id"] for each in facts_of("mail.stored")] == [inbound.pk]
    assert len(jobs_of("timeline.react")) == 1


def test_a_mail_that_is_not_committed_leaves_nothing(store, facts_of, jobs_of):
    with transaction.atomic():
        store()
        transaction.set_rollback(True)
    assert (InboundMail.objects.count(), facts_of("mail.stored"), jobs_of("timeline.react")) == (0, [], [])


def test_a_read_mail_says_what_it_is_and_what_it_became(store, run_jobs):
    inbound = store()
    run_jobs()
    inbound.refresh_from_db()
    assert (inbound.state, inbound.became_kind, inbound.became_id) == (InboundState.PROCESSED, "conversation", 7)
    assert (inbound.sender, inbound.subject) == ("wang@customer.example", "退款")
    assert inbound.handled_at is not None
    assert services.read_inbound(inbound.pk) is None


def test_the_same_mail_again_is_kept_but_ignored_and_points_to_the_first(store, run_jobs, facts_of):
    first = store()
    # On its second way here it collected another header and lost its line ends.
    second = store(b"Received: from relay.example\r\n" + MAIL.replace(b"\r\n", b"\n"))
    run_jobs()
    second.refresh_from_db()
    assert (second.state, second.reason, second.duplicate_of_id) == (InboundState.IGNORED, "duplicate", first.pk)
    assert facts_of("mail.ignored") == [{"inbound_id": second.pk, "reason": "duplicate"}]


def test_the_same_words_under_another_message_id_are_a_new_mail(store, run_jobs):
    store()
    other = store(MAIL.replace(b"<one@", b"<two@"))
    run_jobs()
    other.refresh_from_db()
    assert other.state == InboundState.PROCESSED


@pytest.mark.django_db(transaction=True)
def test_a_copy_of_a_mail_that_failed_counts_and_the_failed_one_then_is_the_copy(store, run_jobs, admin):
    first = store()
    services.fail_inbound(first.pk, "ValueError: \0 broken")
    second = store()
    run_jobs()
    second.refresh_from_db()
    assert second.state == InboundState.PROCESSED
    services.run_again(first.pk, by=admin)
    run_jobs()
    first.refresh_from_db()
    assert (first.state, first.reason, first.duplicate_of_id) == (InboundState.IGNORED, "duplicate", second.pk)


@pytest.mark.django_db(transaction=True)
def test_a_failed_mail_keeps_its_cause_and_can_be_run_again(store, run_jobs, admin, facts_of):
    inbound = store()
    services.fail_inbound(inbound.pk, "KeyError: 'x'")
    run_jobs()
    inbound.refresh_from_db()
    assert (inbound.state, inbound.failure) == (InboundState.FAILED, "KeyError: 'x'")
    assert facts_of("mail.not_processed") == [{"inbound_id": inbound.pk}]
    services.run_again(inbound.pk, by=admin)
    run_jobs()
    inbound.refresh_from_db()
    assert (inbound.state, inbound.failure, inbound.attempts) == (InboundState.PROCESSED, "", 2)
    assert facts_of("mail.run_again") == [{"inbound_id": inbound.pk}]


def test_what_is_processed_or_waiting_is_not_run_again(store, run_jobs, admin):
    inbound = store()
    with pytest.raises(errors.MailMovedOn):
        services.run_again(inbound.pk, by=admin)
    run_jobs()
    with pytest.raises(errors.MailMovedOn):
        services.run_again(inbound.pk, by=admin)


def test_running_again_and_reading_the_source_are_for_administrators(store, supervisor, admin, facts_of):
    inbound = store()
    for actor in (supervisor,):
        with pytest.raises(Forbidden):
            services.run_again(inbound.pk, by=actor)
        with pytest.raises(Forbidden):
            services.read_source(inbound.pk, reason="customer asks", by=actor)
    with pytest.raises(errors.ReasonNeeded):
        services.read_source(inbound.pk, reason=" ok ", by=admin)
    with pytest.raises(NotFound):
        services.read_source(inbound.pk + 1, reason="customer asks", by=admin)
    assert facts_of("mail.source_read") == []
    assert services.read_source(inbound.pk, reason="customer asks", by=admin) == MAIL
    assert facts_of("mail.source_read") == [{"inbound_id": inbound.pk, "reason": "customer asks"}]


def test_a_robot_is_told_from_a_person_and_our_own_mail_by_its_signature(store, queue_mail):
    ours = queue_mail(conversation_id=42)
    person, robot, returned = (
        services.read_inbound(store(raw).pk)
        for raw in (
            MAIL.replace(b"Date:", f"In-Reply-To: {ours.message_id}\r\nDate:".encode()),
            MAIL.replace(b"Date:", b"Auto-Submitted: auto-replied\r\nDate:"),
            MAIL.replace(b"<one@customer.example>", ours.message_id.encode()),
        )
    )
    assert (person.automatic, person.answered_conversation_id) == (None, 42)
    assert (robot.automatic, robot.answered_conversation_id) == (AutomaticReason.AUTO_SUBMITTED, None)
    assert returned.automatic == AutomaticReason.OWN_MESSAGE_ID


@pytest.mark.parametrize("code", sorted(AutomaticReason.values))
def test_every_verdict_has_a_label(code):
    from haoke.channels.rules import automatic

    assert AutomaticReason(code).label
    assert {name for name, _rule in automatic._RULES} <= set(AutomaticReason.values)


@pytest.mark.parametrize(
    ("addresses", "is_found"),
    [
        (["Service@HAOKE.example"], True),
        (["stranger@x.example", "service+k12@haoke.example"], True),
        (["service@other.example"], False),
        (["ervice@haoke.example"], False),
        ([""], False),
        ([], False),
    ],
)
def test_a_mailbox_is_found_by_its_address_with_anything_after_a_plus(channel, addresses, is_found):
    assert channel_for_address(addresses) == (channel if is_found else None)


def test_a_mailbox_that_is_off_takes_nothing(create_channel):
    create_channel(is_active=False)
    assert channel_for_address(["service@haoke.example"]) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_equal_mails_at_the_same_moment_one_counts(store):
    """The second reader waits until the first has committed, and then sees it."""
    ids = [store().pk, store().pk]
    at_the_door = threading.Barrier(2)

    def read(inbound_id: int) -> None:
        try:
            at_the_door.wait(5)
            with transaction.atomic():
                receive_mail(Happened(0, "mail.stored", None, inbound_id, None))
        finally:
            connection.close()

    readers = [threading.Thread(target=read, args=(each,)) for each in ids]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(10)
    states = InboundMail.objects.order_by("pk").values_list("state", "reason")
    assert sorted(states) == [("ignored", "duplicate"), ("processed", "")]
