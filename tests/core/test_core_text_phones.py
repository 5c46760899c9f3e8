"""Phones and mail addresses: one written form for each, and nothing a customer wrote is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.core.text.phones import NotAMailAddress, NotAPhone, Phone, normalise_mail, normalise_phone


@pytest.mark.parametrize(
    "written", ["13800138000", "+86 138 0013 8000", "１３８-００１３-８０００", "0086 13800138000"]
)
def test_a_mobile_number_is_one_number_however_written(written: str) -> None:
    assert normalise_phone(written) == Phone("+8613800138000")


@pytest.mark.parametrize(
    "written",
    [
        "010-12345678转801",
        "(010) 1234 5678 轉 801",
        "010-12345678-801",
        "01012345678 ext 801",
        "+86 10 12345678 分机801",
    ],
)
def test_an_extension_is_kept_apart(written: str) -> None:
    assert normalise_phone(written) == Phone("+861012345678", "801")


@pytest.mark.parametrize("hotline", ["10086", "95588", "12315", "110", "955888"])
def test_service_numbers_stay_as_they_are(hotline: str) -> None:
    """RULINGS Customers: 10086, 95xxx and 12315 are valid numbers here."""
    assert normalise_phone(hotline) == Phone(hotline)
    assert normalise_phone(f"+86 {hotline}") == Phone(hotline)


def test_a_number_that_is_valid_nowhere_keeps_its_digits() -> None:
    assert normalise_phone("6677 8899") == Phone("66778899")


def test_another_country_is_read_by_its_code_or_by_the_region() -> None:
    assert normalise_phone("+1 650-253-0000") == normalise_phone("(650) 253-0000", "US") == Phone("+16502530000")


@pytest.mark.parametrize("text", ["", "—", "电话"])
def test_a_text_without_digits_is_no_phone(text: str) -> None:
    with pytest.raises(NotAPhone):
        normalise_phone(text)


@given(st.text(alphabet="0123456789+-() 转x", min_size=1, max_size=24))
def test_what_is_valid_is_normalised_once_and_for_all(text: str) -> None:
    try:
        phone = normalise_phone(text)
    except NotAPhone:
        assert not any(map(str.isdecimal, text))
        return
    if phone.e164_or_digits.startswith("+"):
        assert normalise_phone(str(phone)) == phone


@pytest.mark.parametrize("written", ["Zhang@Example.COM", " <zhang@example.com> ", "ｚｈａｎｇ＠example.com"])
def test_a_mail_address_is_one_address_however_written(written: str) -> None:
    assert normalise_mail(written) == "zhang@example.com"


def test_a_chinese_domain_and_its_ascii_form_are_one() -> None:
    assert normalise_mail("张@例子.公司") == normalise_mail("张@xn--fsqu00a.xn--55qx5d")


@pytest.mark.parametrize("text", ["", "zhang", "a@b@c", "a b@c.cn", "@c.cn", "a@", "a@b..c", "x@y\x00.cn"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(NotAMailAddress):
        normalise_mail(text)


@given(st.emails())
def test_normalising_an_address_twice_changes_nothing(address: str) -> None:
    try:
        once = normalise_mail(address)
    except NotAMailAddress:
        return
    assert normalise_mail(once) == once
