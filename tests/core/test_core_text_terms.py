"""Terms: what is asked for is found where it stands, also where a dictionary would cut the text otherwise."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.core.text.folding import fold
from haoke.core.text.lexemes import lexemes
from haoke.core.text.terms import Words, phrase_of, words_of

WORDS = [
    "退款",
    "退货",
    "申请单",
    "售后服务",
    "智能手机",
    "屏幕",
    "更换",
    "发票",
    "物流",
    "快递员",
    "王小明",
    "欧阳修",
    "客户端",
    "说明书",
    "充电器",
    "保修期",
    "上门",
    "维修",
    "安装",
    "师傅",
    "订单",
    "地址",
    "电话",
    "尽快",
    "处理",
    "非常",
    "感谢",
    "已经",
    "三天",
    "还没有",
    "收到",
    "的",
    "了",
    "我",
    "请",
    "在",
    "和",
    "吗",
]


def _answers(query: Words, text: str) -> bool:
    found = [lexeme.text for lexeme in lexemes(fold(text))]
    every = all(any(each.is_met_by(text) for text in found) for each in query.wanted)
    return every or (query.number is not None and any(query.number.is_met_by(text) for text in found))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("退款", "我提交了申请退款单"),
        ("退款", "我要申請退款"),
        ("退", "请问怎么退"),
        ("申请了退款", "退款已于昨天申请"),
        ("王小明", "王小明先生您好"),
        ("单退", "订单退了"),
        ("A0001", "編號Ａ０００１２３４"),
        ("refund", "We refunded you."),
        ("caches", "clear the cache"),
        ("refun*", "refund"),
        ("13800138000", "电话 138-0013-8000"),
        ("138 0013 8000", "13800138000"),
        ("+86 10 6552 8888", "(010) 6552-8888"),
        ("li.wei@example.com", "from Li.Wei@example.com"),
        ("example.com", "li.wei@example.com"),
        ("5月份", "在5月份"),
    ],
)
def test_is_found(typed: str, text: str) -> None:
    assert _answers(words_of(typed), text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("换货", "退货换新"), ("王小明", "小明王"), ("refun", "refund"), ("A0002", "A0001234"), ("退货单", "退货 单")],
)
def test_is_not_found(typed: str, text: str) -> None:
    assert not _answers(words_of(typed), text)


def test_every_piece_of_two_or_more_chinese_characters_finds_its_text() -> None:
    """Recall over random pieces: all of them, wherever a dictionary would cut."""
    chance = random.Random(7)
    for _attempt in range(3000):
        text = "".join(chance.choices(WORDS, k=12))
        start = chance.randrange(len(text) - 2)
        piece = text[start : start + chance.randint(2, 8)]
        assert _answers(words_of(piece), f"您好，{text}。"), piece


@given(st.text())
def test_any_text_can_be_asked_for(text: str) -> None:
    for query in (words_of(text).tsquery(), phrase_of(text).tsquery("A")):
        assert query.count("(") == query.count(")")


def test_a_phrase_keeps_its_distances() -> None:
    assert phrase_of("退款 refund now").tsquery() == "'退款' <2> 'refund' <1> 'now'"


def test_signs_alone_ask_for_nothing() -> None:
    assert words_of("？！🙂").tsquery() == phrase_of("「」").tsquery() == ""
