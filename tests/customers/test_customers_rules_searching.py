"""By which words a customer is found, and who stands first."""

from __future__ import annotations

import pytest

from haoke.customers.rules.searching import matched_on, name_sort, rank, read_query, search_text

WANG = search_text(
    "K000001",
    "王小明",
    "person",
    [("phone", "010-1234 5678", "+861012345678"), ("mail", "Xiao@Example.com", "xiao@example.com")],
)


def is_found(text: str, searched: str = WANG) -> bool:
    return all(pattern in searched for pattern in read_query(text).patterns)


@pytest.mark.parametrize(
    "text",
    [
        "K000001", "k0000", "000001", "王", "明", "小明", "王小", "王小明", "wangxiaoming", "xiaom", "wxm", "xm", "wx",
        "WANG xiao", "12345678", "010 1234", "010-1234-5678", "+86 10 1234", "0086 10 1234", "5678", "xiao@ex",
        "XIAO@EXAMPLE.COM", "王 5678",
    ],
)  # fmt: skip
def test_a_customer_is_found_by(text: str) -> None:
    """S0-67: number, name, full and initial pinyin, phone fragment, mail."""
    assert is_found(text)


@pytest.mark.parametrize("text", ["王明", "李", "wm", "99999", "other@example.com", "王 9999"])
def test_a_customer_is_not_found_by(text: str) -> None:
    assert not is_found(text)


def test_script_width_and_case_do_not_matter() -> None:
    zhang = search_text("K000002", "張偉", "person", [])
    assert is_found("张伟", zhang)
    assert is_found("張偉", zhang)
    assert is_found("ＺＨＡＮＧ", zhang)


def test_surnames_are_read_as_surnames() -> None:
    assert is_found("shanxiongxin", search_text("K000003", "单雄信", "person", []))


def test_an_empty_question_asks_for_nothing() -> None:
    assert read_query(" \0 ").terms == ()


def test_sort_keys_fit_the_column_whatever_the_name() -> None:
    assert len(name_sort("ﷺ" * 200, "person")) <= 500
    assert name_sort("张三", "person") < name_sort("张三丰", "person") < name_sort("赵一", "person")


def test_exact_answers_come_before_vague_ones() -> None:
    query = read_query("王伟")
    ranks = [
        rank(query, number="K1", name=name, is_exact_contact=exact)
        for name, exact in [("李四", True), ("王伟", False), ("王伟明", False), ("大王伟", False)]
    ]
    assert ranks == sorted(ranks)
    assert rank(read_query("k000001"), number="K000001", name="长长的名字", is_exact_contact=False)[0] == 0


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("k0000", "number"),
        ("小明", "name"),
        ("wxm", "pinyin"),
        ("5678", "phone"),
        ("a@example.com", "mail"),
        ("王 5678", "contact_point"),
    ],
)
def test_a_hit_says_what_it_was_found_by(text: str, what: str) -> None:
    assert matched_on(read_query(text), number="K000001", name="王小明") == what
