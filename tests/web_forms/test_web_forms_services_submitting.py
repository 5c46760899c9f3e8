"""What somebody sends is kept first; then it is filed, or waits for an eye with its cause."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from haoke.conversations.models import Attachment, Message
from haoke.conversations.services import Upload
from haoke.core.errors import Limited
from haoke.customers.models import Customer
from haoke.customers.services import register_customer
from haoke.files.errors import FileTooLarge
from haoke.timeline.queries import audit_trail, customer_history
from haoke.web_forms import errors, services
from haoke.web_forms.models import Submission
from haoke.web_forms.services.submitting import AT_ALL, FROM_ONE_PLACE
from haoke.worklist.models import Item
from tests.web_forms.conftest import TEXT


def test_a_form_becomes_a_conversation_of_its_team_and_category(submit, web_form, run_jobs, other_team) -> None:
    """S0-63: at any hour, with an acknowledgement."""
    submission = submit(phone="138 0013 8000")
    assert submission.state == "stored"
    assert audit_trail(kinds=["web_form.submitted"])[0].subject_id == submission.pk
    run_jobs()

    submission.refresh_from_db()
    conversation = submission.conversation
    message = Message.objects.get(conversation=conversation, direction="in")
    assert (conversation.team_id, conversation.category_id) == (other_team.pk, web_form.category_id)
    assert (conversation.subject, conversation.channel_id) == ("滤芯", web_form.channel_id)
    assert (message.kind, message.sender) == ("form", "wang@customer.example")
    assert message.text.startswith(TEXT)
    assert message.text.endswith("138 0013 8000")
    acknowledgement = Message.objects.get(conversation=conversation, direction="out")
    assert (acknowledgement.recipients, acknowledgement.is_automatic) == (["wang@customer.example"], True)
    customer = Customer.objects.get()
    assert (customer.name, customer.language) == ("王小明", "zh-hans")
    assert {point.kind for point in customer.contact_points.all()} == {"mail", "phone"}
    assert "form.received" in [line.kind for line in customer_history([customer.pk])]


def test_a_known_sender_is_known_and_several_are_proposed(submit, run_jobs, account_manager) -> None:
    known = register_customer(
        kind="person", name="王明", contact_points=[("mail", "wang@customer.example", "")], by=account_manager
    )
    first = submit()
    run_jobs()
    first.refresh_from_db()
    assert first.conversation.customer_id == known.pk

    register_customer(
        kind="person", name="王家", contact_points=[("mail", "wang@customer.example", "")], by=account_manager
    )
    second = submit(text="另外一个问题:净水器的保修期到什么时候为止?发票还能补开吗?")
    run_jobs()
    second.refresh_from_db()
    assert second.conversation.customer_id is None


@pytest.mark.parametrize(("phone", "kept"), [("138 0013 8000", {"mail", "phone"}), ("call me", {"mail"})])
def test_a_phone_no_archive_would_take_costs_nobody_anything(submit, run_jobs, phone, kept) -> None:
    submission = submit(phone=phone)
    run_jobs()
    submission.refresh_from_db()
    assert {point.kind for point in Customer.objects.get().contact_points.all()} == kept
    assert Message.objects.get(kind="form").text.endswith(phone)


def test_files_come_along(submit, run_jobs) -> None:
    submit(uploads=[Upload("发票.txt", b"8841"), Upload("photo.png", b"\x89PNG")])
    run_jobs()
    assert sorted(Attachment.objects.values_list("file__name", flat=True)) == ["photo.png", "发票.txt"]


def test_the_same_page_sent_twice_is_kept_and_filed_once(submit, run_jobs) -> None:
    token = uuid4()
    first = submit(token=token)
    assert submit(token=token).pk == first.pk
    run_jobs()
    assert submit(token=token).pk == first.pk
    run_jobs()
    assert Submission.objects.count() == 1
    assert Message.objects.filter(kind="form").count() == 1


def test_the_same_page_with_other_words_does_not_vanish(submit) -> None:
    token = uuid4()
    submit(token=token)
    with pytest.raises(errors.SubmittedBefore):
        submit(token=token, text="Something else entirely")


@pytest.mark.parametrize(
    ("written", "cause"),
    [
        ({"trap": "https://robot.example"}, "trap"),
        ({"text": "https://a https://b https://c https://d"}, "links"),
        ({"name": "Win at https://casino.example"}, "links"),
    ],
)
def test_what_may_be_spam_waits_with_its_cause_and_nothing_is_sent(
    submit, run_jobs, supervisor, written, cause
) -> None:
    submission = submit(**written)
    run_jobs()
    submission.refresh_from_db()

    assert (submission.state, submission.causes) == ("quarantined", [cause])
    assert not Message.objects.exists()
    assert Item.objects.get().kind == "web_form_quarantine"


def test_the_same_text_from_somebody_else_waits(submit, frozen) -> None:
    submit()
    assert submit(mail="other@customer.example", text=TEXT.replace("两", "三")).state == "stored"
    assert submit(mail="third@customer.example", text=f" {TEXT} 2 ").causes == ["repeated"]
    frozen.shift(timedelta(days=2))
    assert submit(mail="fourth@customer.example").state == "stored"


def test_a_flood_waits_and_stays_one_task(submit, supervisor) -> None:
    soft, hard = FROM_ONE_PLACE
    states = [
        submit(text=f"{TEXT} {'甲乙丙丁戊己庚辛壬癸'[n % 10] * (n + 1)}", mail=f"c{n}@x.example").state
        for n in range(hard)
    ]

    assert states == ["stored"] * soft + ["quarantined"] * (hard - soft)
    assert Item.objects.count() == 1
    with pytest.raises(Limited):
        submit(text="one too many")
    # Somebody at another place is served.
    assert (
        submit(text="一位来自别处的客户,想问问你们周末的营业时间,谢谢你们的帮助。", address="198.51.100.4").state
        == "stored"
    )


def test_a_flood_from_everywhere_waits_for_an_eye(submit) -> None:
    soft, _hard = AT_ALL
    for number in range(soft):
        submit(text=f"问题 {number}", address=f"203.0.{number}.1")
    late = submit(text="另一个普通的问题", address="198.51.100.4")
    assert late.causes == ["many_at_once"]


@pytest.mark.parametrize(
    ("written", "refusal"),
    [({"mail": "nobody"}, errors.AddressNotUsable), ({"mail": "a@b\nBcc: x@y.example"}, errors.AddressNotUsable)],
)
def test_whom_we_could_not_answer_is_told_at_once(submit, written, refusal) -> None:
    with pytest.raises(refusal):
        submit(**written)
    assert not Submission.objects.exists()


def test_too_many_or_too_large_files_are_named(submit, monkeypatch) -> None:
    with pytest.raises(errors.TooManyFiles):
        submit(uploads=[Upload(f"{n}.txt", b"x") for n in range(6)])
    with pytest.raises(FileTooLarge):
        submit(uploads=[Upload("film.mp4", b"x" * 30_000_000)])
    assert not Submission.objects.exists()


def test_a_switched_off_form_takes_nothing(submit, web_form, values, system) -> None:
    services.change_form(form_id=web_form.pk, version=1, **{**values, "is_active": False}, by=system)
    with pytest.raises(errors.NoSuchForm):
        submit()


def test_only_a_fingerprint_of_the_network_address_is_kept(submit) -> None:
    submission = submit(address="203.0.113.99")
    assert "203.0.113" not in submission.address_mark
    assert submit(text="anything else at all", address="203.0.113.99").address_mark == submission.address_mark


def test_hostile_words_are_only_words(submit, run_jobs) -> None:
    submission = submit(
        name="\u202eelgoog\u202c <script>", subject="a\r\nBcc: x@y.example", text="\x00<img onerror=1>'; DROP TABLE"
    )
    run_jobs()
    submission.refresh_from_db()
    assert "\u202e" not in submission.name
    assert submission.conversation.subject == "a Bcc: x@y.example"
    assert submission.state == "filed"
