"""Parting an answer from the mail below it: programs used in China and elsewhere, and what must stay visible."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haoke.channels.rules import split_reply, split_reply_html

ANSWER = "好的，谢谢。\n\n我明天把路由器寄回。"

# One section for each program: what it writes below an answer.
REPEATED = (Path(__file__).parent / "mails" / "repeated_below.txt").read_text(encoding="utf-8")
BELOW = dict(section.split("\n", 1) for section in REPEATED.removeprefix("=== ").split("\n=== "))


@pytest.mark.parametrize("program", BELOW)
def test_the_repeated_mail_of_each_program_is_cut(program: str) -> None:
    """Quoted text is folded (issue 2, conversations)."""
    text = f"{ANSWER}\n\n{BELOW[program]}\n"
    reply = split_reply(text)
    assert reply.visible.removesuffix("\n\n\n\n王伟").rstrip() == ANSWER
    assert reply.visible + reply.quoted == text


@pytest.mark.parametrize(
    "text",
    [
        "On Monday I wrote: nothing.\nAnd today again.",
        "发件人：我不知道是谁\n请帮忙查一下。",
        "From: Beijing\nI will come by train.",
        "价格 > 100 元\n可以吗？",
        "The code is -- here -- fine.",
        "Sent from my desk, is much easier than my mobile phone.",
        "在线时间写道：",
        "",
        "\n\n",
        "> only a quotation",
        "On Mon, May 5, 2025, Heyue <s@example.com> wrote:\n> all of it is quoted",
    ],
)
def test_what_is_no_repetition_stays_visible(text: str) -> None:
    assert split_reply(text).visible == text


def test_answers_between_quoted_lines_stay_with_their_questions() -> None:
    text = "On Monday 10:21, Heyue wrote:\n> Which colour?\n\nBlue.\n\n> Which size?\n\nLarge.\n\n> Thanks\n"
    reply = split_reply(text)
    assert reply.visible.endswith("Large.")
    assert "> Which size?" in reply.visible
    assert reply.quoted == "\n\n> Thanks\n"


@given(
    st.lists(
        st.sampled_from(
            [*"\n \t>-", "On ", "wrote:", "写道：", "发件人: ", "主题: ", "你好", "--\n", "\u2028", "\r\n", "a@b.c "]
        )
    ).map("".join)
)
@settings(max_examples=300, deadline=None)
def test_nothing_is_ever_lost(text: str) -> None:
    reply = split_reply(text)
    assert reply.visible + reply.quoted == text
    assert reply.visible.strip() or not text.strip()


@pytest.mark.parametrize(
    "line",
    [
        "> x\n",
        "On \n",
        "在 2025年\n",
        "\n",
        "From: x\n",
        "--\n",
        "_" * 200 + "\n",
        "On " + "x" * 3000 + "\n",
        ">" * 40 + "\n",
        "a <b@c> \n",
        " " * 50 + "\n",
    ],
)
def test_time_grows_with_length_only(line: str) -> None:
    begin = time.monotonic()
    split_reply("hello\n" + line * 20_000 + "end")
    split_reply(line.strip() * 2_000)
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize(
    "quotation",
    [
        '<div class="gmail_quote">On … wrote:<blockquote>hello</blockquote></div>',
        '<blockquote type="cite"><div>hello</div></blockquote>',
        '<div id="divRplyFwdMsg">From: us</div><div>hello</div>',
        "<div><includetail><div>hello</div></includetail></div>",
        '<div class="moz-cite-prefix">On …:<br></div><blockquote type="cite">hello</blockquote>',
        '<div style="font-size: 12px">------------------&nbsp;原始邮件&nbsp;------------------</div><div>hello</div>',
    ],
)
def test_marked_html_quotations_are_cut(quotation: str) -> None:
    reply = split_reply_html("<p>thanks</p>" + quotation)
    assert reply.visible.startswith("<p>thanks</p>")
    assert "hello" not in reply.visible
    assert reply.visible + reply.quoted == "<p>thanks</p>" + quotation


@pytest.mark.parametrize(
    "html",
    [
        "<p>hello</p>",
        '<blockquote type="cite">hello</blockquote>',
        '<p>see</p><blockquote type="cite">q</blockquote><p>answer</p>',
        "",
    ],
)
def test_html_without_a_safe_cut_stays_whole(html: str) -> None:
    assert split_reply_html(html).visible == html
