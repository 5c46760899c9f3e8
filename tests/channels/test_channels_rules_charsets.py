"""Charset repair: what a sender wrote is what we read, whatever the label says (issue 4, hostile input)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haoke.channels.rules import decode

CHINESE = "您好，我昨天收到的路由器不能上网，请尽快安排退款。订单号A123。"
TRADITIONAL = "您好，我昨天收到的路由器不能上網，請儘快安排退款。訂單號A123。"
JAPANESE = "お世話になっております。注文番号の件でご連絡いたします。カタカナ"
KOREAN = "안녕하세요. 어제 받은 제품이 작동하지 않습니다. 환불 부탁드립니다."
FRENCH = "Bonjour, déjà reçu le colis, très abîmé à l’arrivée"
RUSSIAN = "Здравствуйте, мой заказ не пришёл, верните деньги"

WRITTEN = [
    (CHINESE, "gb18030"),
    (CHINESE, "utf-8"),
    (TRADITIONAL, "big5"),
    (TRADITIONAL, "gbk"),
    (TRADITIONAL, "utf-8"),
    (JAPANESE, "utf-8"),
    (JAPANESE, "cp932"),
    (JAPANESE, "euc_jp"),
    (JAPANESE, "iso2022_jp"),
    (KOREAN, "utf-8"),
    (KOREAN, "cp949"),
    (FRENCH, "utf-8"),
    (FRENCH, "cp1252"),
    (RUSSIAN, "utf-8"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8-r"),
]
LABELS = [
    None,
    "",
    "gb2312",
    "GBK",
    "big5",
    "utf-8",
    "iso-8859-1",
    "us-ascii",
    "shift_jis",
    "euc-kr",
    "x-unknown",
    "utf-7",
]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(("text", "codec"), WRITTEN, ids=[f"{text[:3]}-{codec}" for text, codec in WRITTEN])
def test_a_sentence_is_read_under_any_label(text: str, codec: str, label: str | None) -> None:
    """Hostile input: wrong and missing labels are repaired."""
    assert decode(text.encode(codec), label)[0] == text


@pytest.mark.parametrize("word", ["订单", "退款", "张伟", "你好", "发票", "附件", "赵倩", "欧阳修", "合同.pdf"])
@pytest.mark.parametrize("label", [None, "gb2312", "us-ascii", "iso-8859-1", "unknown-8bit"])
def test_a_short_chinese_word_in_raw_gbk_is_read(word: str, label: str | None) -> None:
    assert decode(word.encode("gbk"), label)[0] == word


@pytest.mark.parametrize("word", ["é", "ü", "café", "naïve", "señor", "Müller", "Straße", "À bientôt", "£5"])
@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252", "latin1"])
def test_a_western_word_stays_what_it_is(word: str, label: str) -> None:
    assert decode(word.encode("cp1252"), label) == (word, None)


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        ("朱镕基喆㐂", "gb18030", "gb2312"),
        ("嘅喺咗啲", "big5hkscs", "big5"),
        ("say “hi” – €5", "cp1252", "iso-8859-1"),
        (CHINESE, "utf-7", "UTF-7"),
        (CHINESE, "utf-7", "unicode-1-1-utf-7"),
        (CHINESE, "hz", "hz-gb-2312"),
        (CHINESE, "utf-16", "utf-16"),
        (CHINESE, "utf-16-le", "utf-16le"),
        (KOREAN, "iso2022_kr", "iso-2022-kr"),
        (KOREAN, "cp949", "ks_c_5601-1987"),
        (JAPANESE, "cp932", "x-sjis"),
        (JAPANESE, "iso2022_jp", "us-ascii"),
        ("καλημέρα", "iso8859_7", "iso-8859-7"),
        ("שלום", "iso8859_8", "iso-8859-8-i"),
        ("😀 谢谢您", "utf-8", "gb2312"),
        (CHINESE, "gbk", "gb2312_charset"),
        (CHINESE, "gbk", '"gb2312"; format=flowed'),
        (TRADITIONAL, "big5", "ChineseBig5"),
    ],
)
def test_labels_mean_what_the_software_behind_them_wrote(text: str, codec: str, label: str) -> None:
    assert decode(text.encode(codec), label)[0] == text


def test_a_character_cut_off_at_the_end_costs_only_itself() -> None:
    assert decode(CHINESE.encode()[:-1], "utf-8") == (CHINESE[:-1], "charset_damaged")
    assert decode(CHINESE.encode("gbk")[:-1], "gb2312") == (CHINESE[:-1], "charset_damaged")


def test_stray_windows_quotes_in_utf_8_keep_their_meaning() -> None:
    mixed = CHINESE.encode() + "don’t".encode("cp1252")
    assert decode(mixed, "utf-8") == (CHINESE + "don’t", "charset_damaged")


def test_the_defect_says_what_was_wrong_with_the_label() -> None:
    content = CHINESE.encode("gbk")
    assert decode(content, "gb2312")[1] is None
    assert decode(content, None)[1] == "charset_missing"
    assert decode(content, "x-unknown")[1] == "charset_unknown"
    assert decode(content, "utf-8")[1] == "charset_wrong"


def test_what_no_database_can_store_is_taken_out() -> None:
    assert decode(b"a\0b", "utf-8")[0] == "ab"
    assert decode(b"+2AA-", "utf-7")[0] == ""
    assert decode("😀".encode("utf-16-le"), "utf-16le")[0] == "😀"


@given(
    st.binary(max_size=300),
    st.one_of(st.none(), st.text(max_size=12), st.sampled_from([label or "" for label in LABELS])),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_under_any_label_become_storable_text(content: bytes, label: str | None) -> None:
    text, _ = decode(content, label)
    assert "\0" not in text
    text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=200))
@settings(max_examples=150, deadline=None)
def test_ascii_and_long_utf_8_are_never_changed(text: str) -> None:
    content = (CHINESE + text).encode()
    assert decode(content, "utf-8")[0] == CHINESE + text


def test_the_euro_of_windows_gbk_is_no_damage() -> None:
    """Code page 936 writes € as 0x80, which GB18030 does not know; one such byte must not turn the mail Latin."""
    assert decode("你好，价格是".encode("gbk") + b"\x80 100", "gb2312") == ("你好，价格是€ 100", None)
