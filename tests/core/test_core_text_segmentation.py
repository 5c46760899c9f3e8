"""Segmentation: a text is found by the words a person would type, whatever the case, width or script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.core.text.segmentation import segment

LETTER = "智能手機屏幕更換，編號A0001234。退款請寄 Zhang@Example.com"


@pytest.mark.parametrize(
    "query", ["智能手机", "手机", "屏幕", "更换", "退款", "編號a0001234", "Ａ０００１２３４", "example.com"]
)
def test_every_word_of_a_query_is_a_word_of_the_document(query: str) -> None:
    assert segment(query)
    assert set(segment(query).split()) <= set(segment(LETTER).split())


def test_another_word_is_not_found() -> None:
    assert "换货" not in segment(LETTER).split()


def test_signs_and_nul_bytes_are_dropped() -> None:
    assert segment("退款\x00！？ — 🙂") == "退款"


@given(st.text())
def test_any_text_becomes_words_of_letters_and_digits(text: str) -> None:
    assert all(any(map(str.isalnum, word)) for word in segment(text).split())
    assert "\x00" not in segment(text)
