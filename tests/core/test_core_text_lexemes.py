"""Lexemes: what of a text is stored, so that it is found whatever its case, width, script or way of writing numbers."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.core.text.folding import fold
from haoke.core.text.lexemes import GAP, MOST_PLACES, document, lexemes, national, stem


def _texts(text: str) -> list[str]:
    return [lexeme.text for lexeme in lexemes(fold(text))]


def test_chinese_is_stored_by_pairs_and_the_last_character_alone() -> None:
    assert _texts("申請退款") == ["申请", "请退", "退款", "款"]


def test_other_scripts_are_stored_by_words() -> None:
    assert _texts("Ｒｅｆｕｎｄｓ for iPhone15手机") == ["refund", "for", "iphone15", "手机", "机"]


def test_places_run_through_scripts() -> None:
    assert [lexeme.place for lexeme in lexemes("退款 ok 请")] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "group",
    [
        ("refund", "refunds", "refunded", "refunding"),
        ("ship", "ships", "shipped", "shipping"),
        ("charge", "charges", "charged", "charging"),
        ("reply", "replies", "replied", "replying"),
        ("box", "boxes"),
        ("class", "classes"),
        ("cache", "caches"),
        ("house", "houses"),
    ],
)
def test_forms_of_an_english_word_are_one(group: tuple[str, ...]) -> None:
    assert len({stem(word) for word in group}) == 1


@pytest.mark.parametrize("word", ["this", "is", "bus", "us", "string", "ring", "red", "a0001s", "été"])
def test_what_only_looks_like_an_ending_stays(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    "written",
    ["13800138000", "138 0013 8000", "138-0013-8000", "+86 138 0013 8000", "0086-13800138000", "＋８６ 13800138000"],
)
def test_a_mobile_number_is_stored_as_one_dials_it_at_home(written: str) -> None:
    assert "13800138000" in _texts(f"请打 {written} 找我")


def test_a_landline_number_is_stored_whole_and_by_its_groups() -> None:
    assert {"01065528888", "010", "6552", "8888"} <= set(_texts("(010) 6552-8888"))
    assert national("+86 10 6552 8888") == "01065528888"


def test_a_mail_address_is_stored_whole_and_by_its_parts() -> None:
    assert {"li.wei@example.com", "wei", "com"} <= set(_texts("写信给Li.Wei@Example.com。"))


def test_a_document_names_places_and_weights() -> None:
    assert (
        document([("退款", "A"), ("o'neil", "")], marks=["@1"])
        == f"'@1' '退款':1A '款':2A 'o':{2 + GAP} 'neil':{3 + GAP}"
    )


def test_a_document_too_long_loses_its_end_and_nothing_else() -> None:
    written = document([("标题", "A"), ("字" * (MOST_PLACES * 2), "")])
    assert written.startswith("'标题':1A")
    assert all(
        int(place.rstrip("ABC")) <= MOST_PLACES for place in written.split("'字字':")[1].split(" ")[0].split(",")
    )


@given(st.text())
def test_any_text_becomes_letters_and_digits_between_its_ends(text: str) -> None:
    folded = fold(text)
    for lexeme in lexemes(folded):
        assert lexeme.text
        assert "\x00" not in lexeme.text
        assert 0 <= lexeme.start < lexeme.end <= len(folded)


def test_a_long_run_of_signs_of_an_address_is_read_once() -> None:
    """Anybody may send such a mail; its words are written before it counts as accepted."""
    begun = process_time()
    assert next(lexemes("a_" * 60_000)).text == "a"
    assert process_time() - begun < 1
