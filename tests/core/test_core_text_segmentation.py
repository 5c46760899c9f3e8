"""Segmentation: a query is cut into the words a person would name."""

from hypothesis import given
from hypothesis import strategies as st

from haoke.core.text.segmentation import cut_words


def test_a_sentence_is_cut_into_its_words() -> None:
    assert [word for _at, word in cut_words("智能手机屏幕更换")] == ["智能手机", "屏幕", "更换"]


def test_every_word_says_where_it_begins() -> None:
    assert list(cut_words("申请了退款")) == [(0, "申请"), (2, "了"), (3, "退款")]


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))
def test_nothing_is_lost_in_cutting(run: str) -> None:
    assert "".join(word for _at, word in cut_words(run)) == run
