"""From stored raw mail to a message on the right conversation and archive."""

from __future__ import annotations

import pytest

from haoke.channels.models import InboundMail, OutboundMail
from haoke.conversations import services
from haoke.conversations.models import Conversation, Message, Reopening
from haoke.customers import queries as customers
from haoke.customers import services as archive
from haoke.customers.models import Customer
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db


def test_a_first_mail_opens_an_archive_and_a_conversation(arrive, letter, channel, team) -> None:
    """S0-69, S0-02: the record belongs to an archive, and the touch stands on it once."""
    message = arrive(letter())
    conversation = message.conversation
    customer = conversation.customer
    assert (customer.name, customer.kind) == ("陈先生", "person")
    assert customers.mail_addresses(customer.pk) == ["chen@customer.example"]
    assert (conversation.subject, conversation.state, conversation.team_id) == ("订单查询", "new", team.pk)
    assert conversation.category.phase
    touches = Entry.objects.filter(customer_id=customer.pk, kind="message.received")
    assert [(each.channel, each.direction) for each in touches] == [("mail", "in")]


def test_a_known_address_finds_its_archive(arrive, letter, system) -> None:
    known = archive.register_customer(
        kind="person", name="陈大文", contact_points=[("mail", "Chen@Customer.example", "")], by=system
    )
    assert arrive(letter()).conversation.customer_id == known.pk
    assert Customer.objects.count() == 1


def test_an_address_of_several_customers_only_proposes(arrive, letter, system) -> None:
    """RULINGS, Customers: a shared address never decides."""
    for name in ("陈先生", "陈太太"):
        archive.register_customer(
            kind="person", name=name, contact_points=[("mail", "chen@customer.example", "")], by=system
        )
    assert arrive(letter()).conversation.customer_id is None
    assert Customer.objects.count() == 2


def test_a_mailbox_that_does_not_register_leaves_it_unidentified(arrive, letter, channel) -> None:
    channel.registers_senders = False
    channel.save()
    assert arrive(letter()).conversation.customer_id is None
    assert not Customer.objects.exists()


def test_the_same_mail_twice_is_one_message(arrive, letter) -> None:
    first = letter()
    arrive(first)
    arrive(first)
    assert Message.objects.filter(direction="in").count() == 1
    second = InboundMail.objects.order_by("pk").last()
    assert (second.state, second.reason) == ("ignored", "duplicate")


def test_running_a_handled_mail_again_changes_nothing(arrive, letter) -> None:
    message = arrive(letter())
    assert services.receive_mail(inbound_id=message.inbound_id) is None
    assert Message.objects.filter(direction="in").count() == 1


def test_an_answer_to_our_reply_lands_in_its_conversation(arrive, letter, agent, run_jobs) -> None:
    """S1-04: replies thread to the same touch."""
    conversation = arrive(letter()).conversation
    reply = services.reply(conversation_id=conversation.pk, text="明天送到。", by=agent)
    answer = arrive(letter("谢谢!", subject="完全不同的主题", In_Reply_To=reply.header_id))
    assert answer.conversation_id == conversation.pk


def test_the_signature_is_believed_from_a_new_address(arrive, letter, agent) -> None:
    conversation = arrive(letter()).conversation
    reply = services.reply(conversation_id=conversation.pk, text="明天送到。", by=agent)
    colleague = arrive(letter("我来回答", From="同事 <colleague@customer.example>", References=reply.header_id))
    assert colleague.conversation_id == conversation.pk


def test_a_stranger_quoting_a_token_gets_a_conversation_of_their_own(arrive, letter) -> None:
    conversation = arrive(letter()).conversation
    stranger = arrive(letter("让我看看", subject=f"Re: [HK-{conversation.pk}]", From="stranger@elsewhere.example"))
    assert stranger.conversation_id != conversation.pk


def test_a_participant_quoting_a_token_is_let_in(arrive, letter) -> None:
    conversation = arrive(letter()).conversation
    assert (
        arrive(letter("还有一个问题", subject=f"回复:[HK-{conversation.pk}] 订单")).conversation_id == conversation.pk
    )


def test_writing_again_reopens_a_closed_conversation_and_counts_it(arrive, letter, agent) -> None:
    """S0-40: the count of reopenings is kept."""
    conversation = arrive(letter()).conversation
    services.close_conversation(conversation_id=conversation.pk, by=agent)
    arrive(letter("还没有解决", In_Reply_To="<letter1@customer.example>"))
    conversation.refresh_from_db()
    assert (conversation.state, conversation.closed_at) == ("open", None)
    assert Reopening.objects.get().reason == "customer_wrote"


def test_an_absence_notice_stays_quiet(arrive, letter, agent) -> None:
    conversation = arrive(letter()).conversation
    services.close_conversation(conversation_id=conversation.pk, by=agent)
    queued = OutboundMail.objects.count()
    notice = arrive(letter("我在度假", In_Reply_To="<letter1@customer.example>", Auto_Submitted="auto-replied"))
    conversation.refresh_from_db()
    assert (notice.conversation_id, notice.is_automatic) == (conversation.pk, True)
    assert conversation.state == "closed"
    assert OutboundMail.objects.count() == queued


def test_a_contact_form_marked_automatic_is_not_lost(arrive, letter) -> None:
    message = arrive(letter(Auto_Submitted="auto-generated", From="form@website.example"))
    assert message.is_automatic
    assert message.conversation.state == "new"


def test_two_robots_are_stopped_and_it_can_be_seen(arrive, letter) -> None:
    for _each in range(25):
        arrive(
            letter("自动回复", subject="自动回复:您好", Auto_Submitted="auto-replied", From="robot@elsewhere.example")
        )
    assert Message.objects.filter(direction="in").count() == 20
    assert InboundMail.objects.filter(state="ignored", reason="loop").count() == 5


def test_robots_that_do_not_say_so_get_few_answers(arrive, letter) -> None:
    """Each of their mails is filed; our acknowledgements stop at the cap and say why."""
    for each in range(14):
        arrive(letter(f"您好 {each}", From="robot@elsewhere.example"))
    acknowledgements = OutboundMail.objects.filter(purpose="acknowledgement")
    assert acknowledgements.exclude(cause="too_many").count() < 12
    assert acknowledgements.filter(cause="too_many").exists()


def test_a_mail_without_sender_and_id_is_kept(arrive) -> None:
    message = arrive(b"Subject: \xce\xca\xcc\xe2\r\n\r\n\xc4\xe3\xba\xc3\x00\r\n")
    assert message.conversation.subject == "问题"
    assert "你好" in message.text
    assert message.conversation.customer_id is None


def test_a_mail_that_breaks_the_filing_is_kept_failed_and_runs_again(
    arrive, letter, monkeypatch, admin, run_jobs
) -> None:
    from haoke.channels import services as mail
    from haoke.conversations.services import receiving

    def breaks(*_args: object, **_options: object) -> None:
        raise ValueError("a part nobody has seen")

    with monkeypatch.context() as broken:
        broken.setattr(receiving, "attach_received", breaks)
        assert arrive(letter()) is None
    inbound = InboundMail.objects.get()
    assert (inbound.state, Conversation.objects.count(), Customer.objects.count()) == ("failed", 0, 0)
    assert "a part nobody has seen" in inbound.failure
    mail.run_again(inbound.pk, by=admin)
    run_jobs()
    inbound.refresh_from_db()
    assert inbound.state == "processed"
    assert Message.objects.filter(inbound=inbound).exists()


def test_attachments_are_stored_outside_the_web_root(arrive, letter, settings) -> None:
    mail = letter()
    mail.add_attachment("金额,1\n".encode(), maintype="text", subtype="csv", filename="账单.csv")
    message = arrive(mail)
    attachment = message.attachments.get()
    assert (attachment.file.name, attachment.file.media_type) == ("账单.csv", "text/plain")
    assert [path.read_bytes() for path in (settings.DATA / "files").rglob("*") if path.is_file()] == [
        "金额,1\n".encode()
    ]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("chen.hao@customer.example", "chen.hao"),
        ("13800138000@139.com", "1***@139.com"),
        ("10086@qq.com", "1***@qq.com"),
    ],
)
def test_a_sender_without_a_name_is_called_by_the_address_but_never_by_a_number(arrive, letter, address, name) -> None:
    """RULINGS: contact points are masked; a name stands in every list, and a mere number is a phone or an account."""
    conversation = arrive(letter(From=address)).conversation
    assert (conversation.sender_name, conversation.sender_address) == (name, address)
    assert conversation.customer.name == name


def test_a_name_cannot_be_turned_around(arrive, letter) -> None:
    message = arrive(letter(From="王\u202e伟 <wang@customer.example>"))
    assert (message.author_name, message.conversation.customer.name) == ("王伟", "王伟")
