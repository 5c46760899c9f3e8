"""The check sign of the unified social credit code."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from haoke.customers.errors import CreditCodeWrong
from haoke.customers.rules.credit_code import SIGNS, check_credit_code, check_sign


def test_the_check_sign_follows_the_standard() -> None:
    """GB 32100: a code in public use, then one sign at a time, whose weights are 1 and 3."""
    assert check_sign("91350100M000100Y4") == "3"
    assert check_sign("9" + "0" * 16) == SIGNS[31 - 9]
    assert check_sign("0" * 17) == "0"
    assert check_sign("02" + "0" * 15) == SIGNS[25]


@pytest.mark.parametrize("code", ["", "9" * 17, "9" * 19, "91330106MA2AAAAAI0", "91330106ma2aaaaa0r", "９" * 18])
def test_other_texts_are_refused(code: str) -> None:
    with pytest.raises(CreditCodeWrong) as refused:
        check_credit_code(code)
    assert refused.value.field == "credit_code"


@given(st.text(SIGNS, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_always_noticed(first: str, place: int, wrong: str) -> None:
    assume(first[place] != wrong)
    code = first + check_sign(first)
    check_credit_code(code)
    with pytest.raises(CreditCodeWrong):
        check_credit_code(code[:place] + wrong + code[place + 1 :])
