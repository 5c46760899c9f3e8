"""Whom a note calls by @name, in any writing."""

from __future__ import annotations

import pytest

from haoke.conversations.rules import call_names, called_in, everybody_else

PEOPLE = [
    (1, "王伟", "wang.wei@haoke.example"),
    (2, "王伟", "wei2@haoke.example"),
    (3, "Ann Lee", "ann@haoke.example"),
    (4, "王伟明", "ming@haoke.example"),
    (5, "Ann", "a@haoke.example"),
]
CALLS = call_names(PEOPLE)
NAMES = {staff_id: name for staff_id, name, _address in PEOPLE}


def test_a_name_that_several_bear_is_called_with_its_address() -> None:
    assert CALLS == {
        1: "王伟 (wang.wei@haoke.example)",
        2: "王伟 (wei2@haoke.example)",
        3: "Ann Lee",
        4: "王伟明",
        5: "Ann",
    }


@pytest.mark.parametrize(
    ("text", "staff_ids"),
    [
        ("@王伟明请看", (4,)),
        ("请@王伟明,谢谢", (4,)),
        ("@ann lee and @ANN.", (3, 5)),
        ("@王伟 (wei2@haoke.example) 请看", (2,)),
        ("@Anna", ()),
        ("mail to ann@Ann.example", ()),
        ("@nobody @ @@", ()),
        ("@Ann @Ann", (5,)),
        ("", ()),
    ],
)
def test_names_are_read_as_a_whole_and_the_longest_first(text: str, staff_ids: tuple[int, ...]) -> None:
    called = called_in(text, CALLS, NAMES)

    assert called.staff_ids == staff_ids
    assert called.ambiguous == ()


def test_a_shared_name_alone_calls_nobody_and_is_told() -> None:
    assert called_in("@王伟 请看", CALLS, NAMES).ambiguous == ("王伟",)


def test_everybody_else_leaves_out_us_and_whom_we_answer() -> None:
    named = ["wang@x.example", "Li@x.example", "li@x.example", "", "support@haoke.example"]

    assert everybody_else(named, known={"support@haoke.example", "WANG@x.example"}) == ["Li@x.example"]
