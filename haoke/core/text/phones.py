"""Decides when two phone numbers or two mail addresses are the same one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

CHINA = 86

# Hotlines and carriers' service numbers, which people in China write and call as they are: 110, 12315, 10086, 95588.
_SERVICE_NUMBER = re.compile(r"1[12]\d|1[02]\d{3}|9[56]\d{3,4}")
_EXTENSION_WORD = re.compile(r"转分?机?|轉分?機?|分机号?|分機號?|內線|内线")
# 010-12345678-801: after area code and number, a third group is the extension.
_THIRD_GROUP = re.compile(r"(\(?0\d{2,3}\)?[\s-]*\d{7,8})\s*-\s*(\d{1,6})\s*\Z")
_MAIL_ADDRESS = re.compile(r"[^\s\0-\x1f\x7f@<>\"(),:;\[\]\\]+@[^\s\0-\x1f\x7f@<>\"(),:;\[\]\\]+")


class NotAPhone(ValueError):
    """The text holds no digits that could be called."""


class NotAMailAddress(ValueError):
    """The text is not one mail address."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in E.164 where it is valid, otherwise its digits; the extension, if any, apart."""

    e164_or_digits: str
    extension: str = ""

    def __str__(self) -> str:
        return f"{self.e164_or_digits} ext. {self.extension}" if self.extension else self.e164_or_digits


def normalise_phone(text: str, region: str = "CN") -> Phone:
    """The number a text means to somebody in the region.

    Service numbers (10086, 95588, 12315) and numbers that are valid nowhere stay digits: nothing a customer wrote is
    lost for being unusual. Raises NotAPhone where there is no digit at all.
    """
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_valid_number, parse

    plain = _EXTENSION_WORD.sub(" ext. ", unicodedata.normalize("NFKC", text).strip())
    plain = _THIRD_GROUP.sub(r"\1 ext. \2", plain)
    digits = _digits(plain)
    if not digits:
        raise NotAPhone(text)
    try:
        number = parse(plain, region)
    except NumberParseException:
        return Phone(digits)
    extension = number.extension or ""
    if is_valid_number(number):
        return Phone(format_number(number, PhoneNumberFormat.E164), extension)
    national = str(number.national_number)
    if number.country_code == CHINA and _SERVICE_NUMBER.fullmatch(national):
        return Phone(national, extension)
    return Phone(digits.removesuffix(extension), extension)


def normalise_mail(address: str) -> str:
    """The address in the one form in which it is compared: normal width, lower case, the domain in ASCII.

    Raises NotAMailAddress.
    """
    plain = unicodedata.normalize("NFKC", address).strip().removeprefix("<").removesuffix(">").casefold()
    if not _MAIL_ADDRESS.fullmatch(plain):
        raise NotAMailAddress(address)
    local, _at, domain = plain.rpartition("@")
    try:
        # 例子.公司 and its punycode are one domain.
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise NotAMailAddress(address) from None


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(sign)) for sign in text if sign.isdecimal())
