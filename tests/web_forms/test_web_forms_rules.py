"""What looks like spam, and what an address or a site may be; without a database."""

from __future__ import annotations

import pytest

from haoke.web_forms import errors, rules
from haoke.web_forms.choices import Cause


def signs(**some) -> rules.Signs:
    usual = {
        "trap": "",
        "text": "Where is my order?",
        "short_texts": ("Wang", "Order"),
        "repeats": 0,
        "is_many_from_one": False,
        "is_many_at_once": False,
    }
    return rules.Signs(**{**usual, **some})


@pytest.mark.parametrize(
    ("some", "causes"),
    [
        ({}, []),
        ({"trap": "  "}, []),
        ({"trap": "https://x"}, [Cause.TRAP]),
        ({"text": "see https://a.example http://b.example www.c.example"}, []),
        ({"text": "https://a https://b https://c https://d"}, [Cause.LINKS]),
        ({"short_texts": ("Cheap https://x", "Hi")}, [Cause.LINKS]),
        ({"text": "[url=x] [url=y] <a href=z> [URL=w]"}, [Cause.LINKS]),
        ({"repeats": 1}, [Cause.REPEATED]),
        ({"is_many_from_one": True, "is_many_at_once": True}, [Cause.MANY_FROM_ONE, Cause.MANY_AT_ONCE]),
    ],
)
def test_every_suspicion_has_a_name(some, causes) -> None:
    assert rules.causes_of(signs(**some)) == causes


@pytest.mark.parametrize(
    ("seconds", "timing"),
    [(-5, "fast"), (0, "fast"), (2.9, "fast"), (3, "fitting"), (86_400, "fitting"), (86_401, "late")],
)
def test_nobody_types_faster_than_three_seconds(seconds, timing) -> None:
    assert rules.timing_of(seconds).value == timing


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Buy CHEAP watches today, only 1 left at our shop!", "buy cheap  watches today only 27 left at our shop"),
        (
            "尊敬的客户您好我们公司专业代开各种发票欢迎来电咨询13800138000",
            "尊敬的客户,您好!我们公司专业代开各种发票,欢迎来电咨询 139",
        ),
    ],
)
def test_robots_vary_digits_and_spaces(one, other) -> None:
    assert rules.comparable(one) == rules.comparable(other) != ""


@pytest.mark.parametrize("text", ["", "请回电", "Please call me", "123 456", "😀😀😀"])
def test_two_customers_may_say_the_same_short_thing(text) -> None:
    assert rules.comparable(text) == ""


@pytest.mark.parametrize(("typed", "key"), [(" Contact-Us ", "contact-us"), ("a1", "a1"), ("x" * 40, "x" * 40)])
def test_an_address_is_small_and_plain(typed, key) -> None:
    assert rules.clean_key(typed) == key


@pytest.mark.parametrize("typed", ["", "a", "-a", "a-", "联系", "a b", "a/b", "x" * 41, "a\n"[:1] + "/.."])
def test_what_is_no_address_is_refused(typed) -> None:
    with pytest.raises(errors.KeyNotUsable):
        rules.clean_key(typed)


def test_sites_are_kept_once_and_in_one_spelling() -> None:
    typed = (
        "https://www.Example.com/\n\n https://shop.example.com:8443 \nhttps://www.example.com\nhttps://*.example.org"
    )
    assert rules.clean_sites(typed) == [
        "https://*.example.org",
        "https://shop.example.com:8443",
        "https://www.example.com",
    ]


@pytest.mark.parametrize(
    "site",
    [
        "www.example.com",
        "https://example.com/page",
        "*",
        "https://*",
        "javascript:alert(1)",
        "https://a.example; script-src *",
        "https://a.example https://b.example",
        "'self'",
        "data:",
        "https://" + "a" * 300,
    ],
)
def test_a_site_can_smuggle_nothing_into_the_header(site) -> None:
    with pytest.raises(errors.NotASite):
        rules.clean_sites(site)
