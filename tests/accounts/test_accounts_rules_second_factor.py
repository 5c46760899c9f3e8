"""Codes, devices and networks, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as some

from haoke.accounts import rules
from haoke.accounts.choices import Role, SecondFactorRule

# The key of RFC 6238, appendix B, in Base32; its codes there have eight digits, ours are the last six.
RFC_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_codes_are_those_of_the_standard(seconds, code) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert rules.matching_step(RFC_KEY, code, at=at, after=0) == seconds // rules.STEP_SECONDS


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_early_or_late_and_no_more(steps, fits) -> None:
    at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    code = pyotp.TOTP(RFC_KEY).at(at + timedelta(seconds=30 * steps))
    assert (rules.matching_step(RFC_KEY, code, at=at, after=0) is not None) is fits


@given(seconds=some.integers(10**9, 2 * 10**9), drift=some.sampled_from([-1, 0, 1]))
def test_no_code_fits_twice_nor_an_older_one_afterwards(seconds, drift) -> None:
    """RFC 6238, 5.2: an accepted step and everything before it are used up."""
    at = datetime.fromtimestamp(seconds, UTC)
    code = pyotp.TOTP(RFC_KEY).at(at + timedelta(seconds=30 * drift))
    step = rules.matching_step(RFC_KEY, code, at=at, after=0)
    assert step is not None
    again = rules.matching_step(RFC_KEY, code, at=at, after=step)
    assert again is None or again > step


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" 123 456 ", "123456"),
        ("１２３４５６", "123456"),
        ("7K3M-q9xt-2bfh", "7k3mq9xt2bfh"),
        ("７K3M q9xt—2bfh", "7k3mq9xt2bfh"),
    ],
)
def test_a_code_is_read_as_people_type_it(typed, read) -> None:
    """RULINGS: a Chinese input method leaves full-width digits."""
    assert rules.typed_code(typed) == read


@pytest.mark.parametrize("code", ["", "12345", "1234567", "٢٨٧٠٨٢", "28708a"])
def test_what_is_no_code_fits_never(code) -> None:
    assert rules.matching_step(RFC_KEY, code, at=datetime.fromtimestamp(59, UTC), after=0) is None


@pytest.mark.parametrize(
    ("rule", "roles", "must"),
    [
        (SecondFactorRule.NOBODY, [Role.ADMINISTRATOR], False),
        (SecondFactorRule.ADMINISTRATORS, [Role.AGENT, Role.ADMINISTRATOR], True),
        (SecondFactorRule.ADMINISTRATORS, [Role.SUPERVISOR], False),
        (SecondFactorRule.LEADING, [Role.SUPERVISOR], True),
        (SecondFactorRule.LEADING, [Role.AGENT], False),
        (SecondFactorRule.EVERYBODY, [Role.SURVEYOR], True),
    ],
)
def test_who_must_have_one(rule, roles, must) -> None:
    assert rules.must_have_second_factor(rule, roles) is must


@pytest.mark.parametrize(
    ("said", "device"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36",
            ("Chrome", "Windows"),
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0", ("Edge", "Windows")),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Mobile Safari/604.1",
            ("Safari", "iPhone"),
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 Chrome/116 Mobile MicroMessenger/8.0.50",
            ("微信", "Android"),
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.6; rv:132.0) Gecko/20100101 Firefox/132.0", ("Firefox", "Mac")),
        (
            "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114 Mobile HuaweiBrowser/5.0",
            ("华为浏览器", "HarmonyOS"),
        ),
        ("curl/8.5", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_browser_is_called_as_people_call_it(said, device) -> None:
    assert tuple(rules.device_of(said)) == device


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.*"),
        ("::ffff:203.0.113.77", "203.0.113.*"),
        ("2001:db8:85a3::8a2e:370:7334", "2001:0db8:85a3:*"),
        ("fe80::1%eth0", "fe80:0000:0000:*"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_only_the_network_of_an_address_is_kept(address, network) -> None:
    assert rules.network_of(address) == network
