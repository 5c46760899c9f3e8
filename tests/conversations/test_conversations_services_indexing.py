"""Indexing: whatever is written can be found at once, by everything it holds, and by nothing that was taken back."""

from __future__ import annotations

import pytest
from django.db import transaction

from haoke.conversations import queries, services
from haoke.conversations.models import Message, MessageWords
from haoke.conversations.services import Upload
from haoke.customers.services import edit_customer, register_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(agent):
    """The numbers of the conversations an agent finds."""

    def find(text: str) -> list[int]:
        return [each.row.id for each in queries.search_conversations(text, agent).found]

    return find


@pytest.mark.parametrize(
    "text",
    [
        "退款单",
        "申請退款",
        "陈先生",
        "chen@customer.example",
        "订单查询",
        "a0001234",
        "13800138000",
        "“申请退款单”",
        "subject:订单",
        "from:chen",
    ],
)
def test_a_mail_is_found_by_all_it_holds(arrive, letter, found, text: str) -> None:
    message = arrive(letter("我提交了申请退款单，编号Ａ０００１２３４，電話 138-0013-8000。"))
    assert found(text) == [message.conversation_id]


def test_what_a_first_mail_quotes_was_never_said_here_and_is_found(arrive, letter, found) -> None:
    message = arrive(letter("请看下面。\n\nOn Mon, Nov 2, 2026, Li <li@x.example> wrote:\n> 屏幕碎裂的照片"))
    assert "碎裂" in message.quoted_text
    assert found("碎裂") == [message.conversation_id]


def test_replies_notes_calls_and_file_names_are_found(arrive, letter, found, agent) -> None:
    conversation_id = arrive(letter("你好")).conversation_id
    services.reply(
        conversation_id=conversation_id, text="请寄回旧电池", uploads=[Upload("退货标签.pdf", b"%PDF-")], by=agent
    )
    services.write_note(conversation_id=conversation_id, text="客户很着急", by=agent)
    services.log_call(conversation_id=conversation_id, text="约好上门时间", direction="out", by=agent)
    for text in ("旧电池", "退货标签", "很着急", "上门时间"):
        assert found(text) == [conversation_id], text


def test_our_own_automatic_mails_say_the_same_to_everybody_and_are_not_found(arrive, letter, found) -> None:
    conversation_id = arrive(letter("你好")).conversation_id
    automatic = Message.objects.get(conversation_id=conversation_id, direction="out", is_automatic=True)
    assert not MessageWords.objects.filter(message=automatic).exists()


def test_words_come_and_go_with_the_transaction(arrive, letter, found, agent) -> None:
    conversation_id = arrive(letter("你好")).conversation_id
    with transaction.atomic():
        services.write_note(conversation_id=conversation_id, text="绝密字句", by=agent)
        assert found("绝密字句") == [conversation_id]
        transaction.set_rollback(True)
    assert found("绝密字句") == []


def test_a_merged_conversation_is_found_in_the_one_it_goes_on_in_until_it_is_undone(
    arrive, letter, found, agent
) -> None:
    first = arrive(letter("充电器坏了", subject="一")).conversation_id
    second = arrive(letter("屏幕碎了", subject="二")).conversation_id
    services.merge(conversation_id=first, into_id=second, by=agent)
    assert found("充电器") == [second]
    assert found(f"HK-{first}") == [second]
    services.undo_merge(conversation_id=first, by=agent)
    assert found("充电器") == [first]


def test_a_split_message_is_found_where_it_went(arrive, letter, found, agent) -> None:
    conversation_id = arrive(letter("充电器坏了")).conversation_id
    note = services.write_note(conversation_id=conversation_id, text="另外屏幕碎了", by=agent)
    new = services.split_conversation(
        conversation_id=conversation_id, message_ids=[note.pk], subject="关于屏幕玻璃", by=agent
    )
    assert found("碎了") == [new.pk]
    assert found("屏幕玻璃") == [new.pk]
    assert found("充电器") == [conversation_id]


def test_a_customer_is_found_by_the_archive_and_by_a_new_name(arrive, letter, found, agent, run_jobs) -> None:
    conversation_id = arrive(letter("你好", From="x <x@y.example>")).conversation_id
    customer = register_customer(kind="person", name="欧阳修", contact_points=[], by=agent)
    services.identify(conversation_id=conversation_id, customer_id=customer.pk, by=agent)
    assert found("欧阳修") == found(customer.number) == [conversation_id]
    edit_customer(customer_id=customer.pk, version=customer.version, name="司马光", by=agent)
    run_jobs()
    assert found("司马光") == [conversation_id]
    assert found("from:欧阳修") == []


def test_a_reply_taken_back_is_not_found(arrive, letter, found, agent) -> None:
    conversation_id = arrive(letter("你好")).conversation_id
    message = services.reply(conversation_id=conversation_id, text="写错了的答复", by=agent)
    assert found("写错了的答复") == [conversation_id]
    services.recall_reply(message_id=message.pk, by=agent)
    assert found("写错了的答复") == []


def test_a_very_long_mail_is_found_by_its_beginning(arrive, letter, found) -> None:
    message = arrive(letter("开头的暗号\n" + "一行普通的文字 line\n" * 40_000))
    assert found("开头的暗号") == [message.conversation_id]
    assert message.text.count("\n") > 39_000


def test_our_own_address_finds_nothing(arrive, letter, found) -> None:
    arrive(letter("你好"))
    assert found("from:support@haoke.example") == []
