"""The search language: the same in English and Chinese, forgiving in form, and never more than was asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.conversations.choices import SearchKey, SearchProblem
from haoke.conversations.rules import Term, parse_search


def _filters(text: str) -> list[tuple[str, tuple[str, ...], bool]]:
    return [(each.key, each.values, each.is_excluded) for each in parse_search(text).filters]


def _problems(text: str) -> list[tuple[str, str]]:
    return [(each.kind, each.typed) for each in parse_search(text).problems]


@pytest.mark.parametrize(
    ("text", "words", "phrases"),
    [
        ("退款 屏幕", ["退款", "屏幕"], []),
        ("退款　屏幕", ["退款", "屏幕"], []),
        ('"return label" box', ["box"], ["return label"]),
        ("“智能手机” 「退款单」 『换货』", [], ["智能手机", "退款单", "换货"]),
        ("”退款”", [], ["退款"]),
        ('"not closed', [], ["not closed"]),
        ("re: hello", ["re:", "hello"], []),
        ("https://example.com/a?b=1 12:30", ["https://example.com/a?b=1", "12:30"], []),
        ("订单号：12345", ["订单号：12345"], []),
        ("138 0013 8000", ["138 0013 8000"], []),
        ("(010) 6552-8888 王", ["(010) 6552-8888", "王"], []),
        ("room 12 34", ["room", "12", "34"], []),
        ('"" “”', [], []),
    ],
)
def test_words_and_phrases(text: str, words: list[str], phrases: list[str]) -> None:
    query = parse_search(text)
    assert [term.text for term in query.words] == words
    assert [term.text for term in query.phrases] == phrases
    assert query.filters == query.problems == ()


@pytest.mark.parametrize(
    ("text", "key", "values"),
    [
        ("owner:me", SearchKey.OWNER, ("me",)),
        ("受理人：我", SearchKey.OWNER, ("我",)),
        ("负责人:李娜", SearchKey.OWNER, ("李娜",)),
        ("Status:Open", SearchKey.STATUS, ("open",)),
        ("狀態：掛起", SearchKey.STATUS, ("on_hold",)),
        ("status:open,待客户回复", SearchKey.STATUS, ("open", "waiting")),
        ("status:unfinished", SearchKey.STATUS, ("new", "open", "waiting", "on_hold")),
        ("紧急程度:紧急", SearchKey.URGENCY, ("urgent",)),
        ("ｔａｇ：退费", SearchKey.TAG, ("退费",)),
        ('tag:"to refund"', SearchKey.TAG, ("to refund",)),
        ("标签:“退 费”", SearchKey.TAG, ("退 费",)),
        ("from: chen@example.com", SearchKey.FROM, ("chen@example.com",)),
        ("is:due-soon", SearchKey.IS, ("due-soon",)),
        ("是：超时", SearchKey.IS, ("overdue",)),
        ("有:附件", SearchKey.HAS, ("attachment",)),
        ("before:2026-10-01", SearchKey.BEFORE, ("2026-10-01",)),
        ("早于：2026年10月1日", SearchKey.BEFORE, ("2026-10-01",)),
        ("after:2026/9/3", SearchKey.AFTER, ("2026-09-03",)),
        ("after:2026-10", SearchKey.AFTER, ("2026-10-01",)),
        ("晚于:昨天", SearchKey.AFTER, ("yesterday",)),
        ("hk-123", SearchKey.REFERENCE, ("123",)),
    ],
)
def test_filters(text: str, key: str, values: tuple[str, ...]) -> None:
    assert _filters(text) == [(key, values, False)]
    assert _problems(text) == []


def test_a_minus_excludes_whatever_follows() -> None:
    query = parse_search('退款 -发票 -"screen protector" -tag:退费 － A-100')
    assert query.words == (Term("退款"), Term("发票", True), Term("－"), Term("A-100"))
    assert query.phrases == (Term("screen protector", True),)
    assert [each.is_excluded for each in query.filters] == [True]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("status:foo", SearchProblem.UNKNOWN_VALUE),
        ("状态:", SearchProblem.NO_VALUE),
        ("before:2026-02-30", SearchProblem.BAD_DATE),
        ("before:soon", SearchProblem.BAD_DATE),
        ("status:open status:closed", SearchProblem.CONTRADICTION),
        ("status:open -status:open", SearchProblem.CONTRADICTION),
        ("HK-1 HK-2", SearchProblem.CONTRADICTION),
        ("before:2026-10-01 after:2026-10-01", SearchProblem.CONTRADICTION),
        ("词 " * 40, SearchProblem.TOO_LONG),
        # Each name would be looked up by itself.
        ("customer:" + ",".join(map(str, range(100))), SearchProblem.TOO_LONG),
    ],
)
def test_what_cannot_be_met_is_said_and_finds_nothing(text: str, kind: str) -> None:
    query = parse_search(text)
    assert [problem.kind for problem in query.problems] == [kind]
    assert query.is_impossible
    assert query.problems[0].sentence


@pytest.mark.parametrize(
    ("text", "offered"), [("ownr:me", "owner:"), ("受理:我", "受理组:"), ("statu:open", "status:")]
)
def test_a_mistyped_key_is_searched_as_words_and_said(text: str, offered: str) -> None:
    query = parse_search(text)
    assert [term.text for term in query.words] == [text]
    assert query.problems[0].kind == SearchProblem.UNKNOWN_KEY
    assert offered in query.problems[0].sentence
    assert not query.is_impossible


def test_a_key_in_chinese_is_answered_in_chinese() -> None:
    assert "待客户回复" in parse_search("状态：对").problems[0].offered
    assert "on-hold" in parse_search("status:right").problems[0].offered


def test_a_word_still_being_typed_can_be_left_open() -> None:
    unfinished = parse_search("退款 refun").with_open_end()
    assert unfinished is not None
    assert [term.text for term in unfinished.words] == ["退款", "refun*"]
    assert parse_search("退款").with_open_end() is None


@given(st.text() | st.text(st.sampled_from('"“”「」:：-－,，* \tstatus:owner:before:2026状态tagHK123')))
def test_nothing_anybody_types_is_an_error(text: str) -> None:
    for problem in parse_search(text).problems:
        assert problem.sentence
