"""Folding: what counts as the same text, and that folding twice changes nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from haoke.core.text.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("臺灣軟體", "台湾软体"),
        ("Straße", "strasse"),
        ("編號A0001234", "编号a0001234"),
        ("ﾊﾝﾊﾞｰｶﾞｰ", "ハンバーガー"),
        ("", ""),
    ],
)
def test_width_case_and_script_do_not_matter(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
@example("薴")
@example("ᾳͅΐ")
@example("乾隆後來乾了")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
