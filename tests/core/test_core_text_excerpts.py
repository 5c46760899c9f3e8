"""Excerpts: what is shown and marked is the original text, whatever folding did to it."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.core.text.excerpts import ELLIPSIS, Part, excerpt, hits, marked
from haoke.core.text.terms import phrase_of, words_of

SOME_TERMS = [words_of("退款"), words_of("refund"), phrase_of("智能手机"), words_of("13800138000"), words_of("kg")]


def _marked(text: str, *terms: str) -> list[str]:
    return [part.text for part in marked(text, [words_of(term) for term in terms]) if part.is_hit]


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        ("我要申請退款單", "退款", ["退款"]),
        ("ＲＥＦＵＮＤ, refunds", "refund", ["ＲＥＦＵＮＤ", "refunds"]),
        ("重 3 ㎏ und Straße", "strasse", ["Straße"]),
        ("Cafe\u0301 退款", "退款", ["退款"]),
        ("電話 +86 138-0013-8000。", "13800138000", ["86 138-0013-8000"]),
        ("寫信給Li.Wei@Example.com吧", "li.wei@example.com", ["Li.Wei@Example.com"]),
        ("㈱退款", "退款", ["退款"]),
    ],
)
def test_the_original_is_marked(text: str, term: str, expected: list[str]) -> None:
    assert _marked(text, term) == expected


def test_neighbouring_hits_are_one() -> None:
    assert _marked("智能手机屏幕", "智能手机", "屏幕") == ["智能手机屏幕"]


def test_a_phrase_is_marked_only_where_its_words_stand_side_by_side() -> None:
    found = hits("label of the return, the return label", [phrase_of("return label")])
    assert found == [(25, 37)]


def test_the_excerpt_is_where_most_answers_stand() -> None:
    text = "退款。" + "无关的话。" * 100 + "请尽快退款，退款单号在此。" + "无关的话。" * 100
    parts = excerpt(text, [words_of("退款")], length=60)
    assert parts[0] == Part(ELLIPSIS)
    assert parts[-1] == Part(ELLIPSIS)
    assert [part.text for part in parts if part.is_hit] == ["退款", "退款"]
    assert len("".join(part.text for part in parts)) == 62


def test_without_an_answer_the_beginning_is_shown() -> None:
    assert excerpt("第一行\n第二行", [words_of("退款")]) == [Part("第一行 第二行")]


@given(st.text())
def test_parts_are_the_text_and_nothing_else(text: str) -> None:
    assert "".join(part.text for part in marked(text, SOME_TERMS)) == text


@given(st.text(max_size=400))
def test_an_excerpt_is_a_piece_of_the_text(text: str) -> None:
    shown = "".join(part.text for part in excerpt(text, SOME_TERMS, length=40) if part != Part(ELLIPSIS))
    assert shown in " ".join(text.split())


def test_a_mail_that_repeats_one_word_is_excerpted_at_once() -> None:
    """Anybody may send such a mail, and every search for the word would show it."""
    begun = process_time()
    parts = excerpt("a " * 10_000, [words_of("a")], length=60)

    assert sum(part.is_hit for part in parts) == 30
    assert process_time() - begun < 1.5
