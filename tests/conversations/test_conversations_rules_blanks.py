"""The blanks of canned replies: which there are, how they are filled, and that nobody fills in others."""

from __future__ import annotations

import re
from time import process_time

import pytest

from haoke.conversations import errors
from haoke.conversations.rules import BLANKS, check_blanks, check_filled, fill_blanks

VALUES = {"customer.name": "王小明", "customer.honorific": "先生", "reference": "HK-7", "subject": ""}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{{customer.name}}{{customer.honorific}},您好!", "王小明先生,您好!"),
        ("Ref {{ reference }}.", "Ref HK-7."),
        # Chinese keyboards write full-width braces.
        ("\uff5b\uff5breference\uff5d\uff5d", "HK-7"),
        ("{reference} {{}} 100 %", "{reference} {{}} 100 %"),
        ("", ""),
    ],
)
def test_blanks_are_filled_however_they_are_typed(text: str, filled: str) -> None:
    assert fill_blanks(text, VALUES).text == filled


def test_a_blank_without_a_value_stands_marked_and_is_named_once() -> None:
    filled = fill_blanks("{{subject}} {{promised_time}} {{subject}}", VALUES)

    assert filled.text == "⟦subject⟧ ⟦promised_time⟧ ⟦subject⟧"
    assert filled.missing == ("subject", "promised_time")


@pytest.mark.parametrize(
    "hostile",
    [
        "{{agent.name}}",
        "\uff5b\uff5bagent.name\uff5d\uff5d",
        "⟦subject⟧",
        "{{customer.name}}",
        "a\nBcc: x@y.example",
        "{% x %}",
    ],
)
def test_what_a_customer_calls_themselves_fills_in_nothing_else(hostile: str) -> None:
    """The value is put in once and never read again; no line and no mark of ours comes in with it."""
    filled = fill_blanks("Dear {{customer.name}}", {"customer.name": hostile, "agent.name": "SECRET"})

    assert "SECRET" not in filled.text
    assert "\n" not in filled.text
    assert not filled.missing
    check_filled(filled.text)


@pytest.mark.parametrize(
    "text", ["{{customer.phone}}", "{{ 客户 }}", "{{customer.name", "{{x}}", "{{customer.name.x}}", "{{}}"]
)
def test_unknown_blanks_are_refused_by_name(text: str) -> None:
    with pytest.raises(errors.UnknownBlanks) as refusal:
        check_blanks(f"您好 {text} 谢谢")

    assert re.sub(r"[{}\uff5b\uff5d\s]", "", text) in str(refusal.value)


def test_every_known_blank_is_accepted_and_can_be_filled() -> None:
    text = " ".join(f"{{{{{each}}}}}" for each in BLANKS)

    check_blanks(text)
    assert fill_blanks(text, dict.fromkeys(BLANKS, "x")).text == " ".join("x" for _each in BLANKS)


def test_a_text_with_a_mark_is_not_ready_to_be_sent() -> None:
    with pytest.raises(errors.UnfilledBlanks):
        check_filled("您好 ⟦customer.name⟧")
    check_filled("A bracket ⟦of somebody's own⟧ is theirs.")


def test_braces_and_nothing_but_spaces_are_read_at_once() -> None:
    """Whoever may write canned replies must not be able to keep the house busy for minutes."""
    begun = process_time()
    with pytest.raises(errors.UnknownBlanks):
        check_blanks("{{" + " " * 20_000)

    assert process_time() - begun < 1
