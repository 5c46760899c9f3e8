"""A stranger's HTML in our page: nothing runs, styles, submits or reports (S0-68)."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haoke.channels.rules import CleanHtml, clean_html


def cleaned(html: str, *, allow: bool = False) -> CleanHtml:
    return clean_html(html, image_url={"logo@x": "/files/7"}.get, allow_remote_images=allow)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>",
        "<p style='position:fixed'>",
        "<style>*{display:none}</style>",
        "<link rel=stylesheet href=//evil>",
        "<base href=//evil>",
        "<meta http-equiv=refresh content=0>",
        "<form action=//evil><input name=alert><button>alert</button></form>",
        "<iframe src=//evil></iframe>",
        "<object data=//evil></object>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' java\nscript:alert(1)'>x</a>",
        "<a href='data:text/html,alert'>x</a>",
        "<a href='//evil'>x</a>",
        "<img src=x onerror=alert(1)>",
        "<img src='data:image/svg+xml,alert'>",
        "<img srcset='//evil 1x'>",
        "<table background=//evil><td background=//evil>",
        "<video poster=//evil src=//evil></video>",
        "<!--[if mso]><script>alert(1)</script><![endif]-->",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<p id=evil class=evil>",
    ],
)
def test_nothing_hostile_survives(html: str) -> None:
    result = cleaned(html).html.lower()
    for trace in ("script", "alert", "evil", "style", "onclick", "onerror", "<form", "<input", "<meta", "data:"):
        assert trace not in result


def test_links_open_apart_and_tell_nothing() -> None:
    assert cleaned('<a href="https://example.com/">x</a>').html == (
        '<a href="https://example.com/" target="_blank" rel="noopener noreferrer nofollow">x</a>'
    )
    assert 'href="tel:10086"' in cleaned('<a href="tel:10086">x</a>').html
    assert 'href="mailto:a@b.c"' in cleaned('<a href="mailto:a@b.c">x</a>').html


def test_remote_images_wait_until_asked_for() -> None:
    """Remote images blocked until asked for (issue 2, conversations)."""
    html = (
        '<img src="http://example.com/p.gif"><img src="//example.com/q.gif"><img src="cid:logo@x"><img src="cid:other">'
    )
    blocked = cleaned(html)
    assert blocked.blocked_images == 2
    assert "example.com" not in blocked.html
    assert blocked.html.count('src="/files/7"') == 1
    allowed = cleaned(html, allow=True)
    assert allowed.blocked_images == 0
    assert "http://example.com/p.gif" in allowed.html


def test_layout_and_words_are_kept() -> None:
    html = '<table><tbody><tr><td colspan="2"><b>您好</b><br>退款</td></tr></tbody></table>'
    assert cleaned(html).html == html


@pytest.mark.parametrize(
    "nest",
    ["<div>", "<div></b>", "<b><p>", "<table><tr><td>", "<svg><td>", "<font><p>", "<select><option>", "<!--<div>"],
)
def test_deep_nesting_takes_no_time(nest: str) -> None:
    begin = time.monotonic()
    cleaned(nest * 30_000)
    assert time.monotonic() - begin < 5


@given(
    st.lists(
        st.sampled_from(
            [
                "<",
                ">",
                "'",
                '"',
                "img ",
                "src=",
                "http://e/",
                "<p ",
                "<svg>",
                "<style>",
                "</style>",
                "<!--",
                "-->",
                "onerror=x ",
                "</",
                "a",
            ]
        )
    ).map("".join)
)
@settings(max_examples=200, deadline=None)
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = cleaned(html).html
    assert cleaned(once).html == once
    assert not re.search(r"<img[^<>]*src", once)
