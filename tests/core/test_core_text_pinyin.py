"""Pinyin: names are found in full and by initials, and sorted, with surnames read as surnames."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.core.text.folding import fold
from haoke.core.text.pinyin import full_pinyin, initials, sort_key
from haoke.core.text.surnames import SURNAMES


@pytest.mark.parametrize(
    ("name", "full", "first_letters"),
    [
        ("单雄信", "shanxiongxin", "sxx"),
        ("曾小贤", "zengxiaoxian", "zxx"),
        ("仇英", "qiuying", "qy"),
        ("解晓东", "xiexiaodong", "xxd"),
        ("查良镛", "zhaliangyong", "zly"),
        ("区志强", "ouzhiqiang", "ozq"),
        ("盖叫天", "gejiaotian", "gjt"),
        ("朴树", "piaoshu", "ps"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("尉健行", "weijianxing", "wjx"),
        ("歐陽修", "ouyangxiu", "oyx"),
        ("万俟卨", "moqixie", "mqx"),
        ("吕布", "lvbu", "lb"),
        ("Ada Lovelace", "adalovelace", "al"),
        ("上海Tencent", "shanghaitencent", "sht"),
    ],
)
def test_names_are_found_as_they_are_spoken(name: str, full: str, first_letters: str) -> None:
    assert full_pinyin(name) == full
    assert initials(name) == first_letters


@pytest.mark.parametrize(
    ("name", "full"),
    [("张单", "zhangdan"), ("王曾", "wangceng"), ("李解", "lijie"), ("解放军总医院", "jiefangjunzongyiyuan")],
)
def test_the_surname_table_speaks_only_for_surnames(name: str, full: str) -> None:
    assert full_pinyin(name) == full


def test_an_organisation_has_no_surname() -> None:
    assert full_pinyin("解放报社", is_person=False) == "jiefangbaoshe"


def test_every_surname_has_one_syllable_per_character() -> None:
    assert all(len(reading.split()) == len(surname) for surname, reading in SURNAMES.items())


def test_names_sort_by_syllable_then_tone_then_character() -> None:
    names = ["张三丰", "詹天佑", "章三", "曾国藩", "单雄信", "张三", "Ada"]
    assert sorted(names, key=sort_key) == ["Ada", "单雄信", "曾国藩", "詹天佑", "张三", "章三", "张三丰"]


@given(st.text(max_size=40))
def test_any_text_has_pinyin(name: str) -> None:
    assert len(initials(name)) <= len(full_pinyin(name))
    assert sort_key(name) == sort_key(fold(name))
