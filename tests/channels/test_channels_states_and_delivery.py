"""Where a mail may move, and where it stands after each kind of attempt."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.channels.choices import Cause, InboundState, OutboundState
from haoke.channels.rules.delivery import HandOver, Refused, standing_after
from haoke.channels.rules.mailboxes import is_mail_address, mailbox_of
from haoke.channels.rules.states import INBOUND_MOVES, OUTBOUND_MOVES, may_run_again, may_try_again

A, B = "a@x.example", "b@x.example"
FINAL, FOR_NOW = Refused(code=550, text="no", is_final=True), Refused(code=450, text="later", is_final=False)


def test_every_state_has_its_row_and_leads_to_known_states():
    for moves, states in ((INBOUND_MOVES, InboundState), (OUTBOUND_MOVES, OutboundState)):
        assert set(moves) == set(states.values)
        assert all(after <= set(states.values) for after in moves.values())


def test_the_buttons_follow_the_table():
    assert {state for state in InboundState.values if may_run_again(state)} == {"failed", "ignored"}
    offered = {pair for pair in product(OutboundState.values, ["", *Cause.values]) if may_try_again(*pair)}
    assert {state for state, _cause in offered} == {"failed", "refused"}
    assert {cause for _state, cause in offered} == {"", *Cause.values} - {"robot_address", "own_address"}


@pytest.mark.parametrize(
    ("attempt", "is_last", "state", "delivered"),
    [
        (HandOver(taken=(A, B)), False, "sent", (A, B)),
        (HandOver(taken=(A,), refusals={B: FINAL}), False, "sent", (A,)),
        (HandOver(taken=(A,), refusals={B: FOR_NOW}), False, "queued", (A,)),
        (HandOver(taken=(A,), refusals={B: FOR_NOW}), True, "sent", (A,)),
        (HandOver(refusals={A: FINAL, B: FINAL}), False, "refused", ()),
        (HandOver(refusals={A: FINAL, B: FOR_NOW}), False, "queued", ()),
        (HandOver(refusals={A: FINAL, B: FOR_NOW}), True, "failed", ()),
        (HandOver(cause="unreachable"), False, "queued", ()),
        (HandOver(cause="unreachable"), True, "failed", ()),
        (HandOver(is_unknown=True), False, "uncertain", ()),
        (HandOver(is_unknown=True), True, "uncertain", ()),
    ],
)
def test_where_a_mail_for_two_stands_after_its_first_attempt(attempt, is_last, state, delivered):
    standing = standing_after(attempt, addresses=[A, B], delivered=[], refusals={}, is_last_try=is_last)
    assert (standing.state, standing.delivered) == (state, delivered)


def test_an_address_that_waited_in_vain_counts_as_refused_beside_one_that_has_the_mail():
    attempt = HandOver(cause="unreachable", failure="no route")
    standing = standing_after(attempt, addresses=[A, B], delivered=[A], refusals={}, is_last_try=True)
    assert standing.state == OutboundState.SENT
    assert standing.refusals == {B: Refused(code=0, text="no route", is_final=True)}


def test_an_address_taken_in_the_end_forgets_that_it_was_postponed():
    attempt = HandOver(taken=(B,))
    standing = standing_after(attempt, addresses=[A, B], delivered=[A], refusals={B: FOR_NOW}, is_last_try=False)
    assert (standing.state, standing.delivered, dict(standing.refusals)) == (OutboundState.SENT, (A, B), {})


ADDRESSES = [f"{letter}@x.example" for letter in "abcd"]
FATES = st.fixed_dictionaries({address: st.sampled_from(["taken", "refused", "postponed"]) for address in ADDRESSES})


@given(st.lists(FATES, min_size=1, max_size=5))
def test_no_address_is_ever_lost_or_served_twice(attempts):
    """However the server answers, every address ends delivered or refused, and is sent to at most once."""
    delivered: tuple[str, ...] = ()
    refusals: dict = {}
    sent_to: list[str] = []
    for number, fates in enumerate(attempts, 1):
        still_open = [a for a in ADDRESSES if a not in delivered and not (a in refusals and refusals[a]["is_final"])]
        taken = tuple(each for each in still_open if fates[each] == "taken")
        sent_to += taken
        said = {"refused": FINAL, "postponed": FOR_NOW}
        attempt = HandOver(taken=taken, refusals={a: said[fates[a]] for a in still_open if a not in taken})
        standing = standing_after(
            attempt, addresses=ADDRESSES, delivered=delivered, refusals=refusals, is_last_try=number == len(attempts)
        )
        delivered, refusals = standing.delivered, dict(standing.refusals)
        if standing.state != OutboundState.QUEUED:
            break
    assert standing.state in (OutboundState.SENT, OutboundState.REFUSED, OutboundState.FAILED)
    assert len(sent_to) == len(set(sent_to))
    assert set(sent_to) == set(delivered)
    assert set(delivered) | set(refusals) == set(ADDRESSES)
    assert not set(delivered) & set(refusals)


@pytest.mark.parametrize(
    ("address", "mailbox"),
    [
        (" Support@X.example ", "support@x.example"),
        ("support+k12+more@x.example", "support@x.example"),
        ("+only@x.example", "+only@x.example"),
        ("客服+1@例子.公司", "客服@例子.公司"),
        ("nonsense", "nonsense"),
        ("", ""),
    ],
)
def test_the_mailbox_behind_an_address(address, mailbox):
    assert mailbox_of(address) == mailbox


@pytest.mark.parametrize("text", ["wang@x.example", "a+b@localhost", "客服@例子.公司", "o'neil@x.example"])
def test_what_counts_as_an_address(text):
    assert is_mail_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "wang",
        "@x.example",
        "a@",
        "a@b@c.example",
        "a b@x.example",
        "a@x..example",
        "<a@x.example>",
        "a@x.example\n",
    ],
)
def test_what_does_not(text):
    assert not is_mail_address(text)
