"""Reading mails that are wrong in every way people have seen, and in ways nobody has (issue 4, hostile input)."""

import base64
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haoke.channels.rules import Address, describe, parse_mail

MAILS = Path(__file__).parent / "mails"
BODY = "您好，我昨天收到的路由器不能上网，请尽快退款。"


def mail(*fields: str | bytes, body: str | bytes = "hello") -> bytes:
    lines = [field.encode() if isinstance(field, str) else field for field in fields]
    return b"\r\n".join(lines) + b"\r\n\r\n" + (body.encode() if isinstance(body, str) else body)


def multipart(*parts: bytes, kind: str = "mixed") -> bytes:
    content = b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts)
    return mail(
        "From: wang@example.com", f'Content-Type: multipart/{kind}; boundary="cut"', body=content + b"--cut--\r\n"
    )


def nested(depth: int) -> bytes:
    raw = b"From: wang@example.com\n"
    for level in range(depth):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
    raw += b"Content-Type: text/plain\n\nthe innermost text\n"
    return raw + b"".join(b"--b%d--\n" % level for level in reversed(range(depth)))


def test_a_chinese_mail_labelled_gb2312_that_is_gbk_with_raw_headers() -> None:
    """Bad input (issue 2): gb2312 that is GBK, raw 8-bit headers."""
    raw = ("From: 朱镕 <zhu@example.cn>\r\nTo: service@example.com\r\nSubject: 路由器退款\r\n"
           "Content-Type: text/plain; charset=gb2312\r\n\r\n" + BODY).encode("gbk")  # fmt: skip
    parsed = parse_mail(raw)
    assert parsed.sender == Address("朱镕", "zhu@example.cn")
    assert parsed.subject == "路由器退款"
    assert parsed.text == BODY
    assert "header_not_ascii" in parsed.defects


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5"])
def test_raw_headers_without_any_label(codec: str) -> None:
    text = "請問訂單何時到貨" if codec == "big5" else "请问订单何时到货"
    assert parse_mail(f"Subject: {text}\n\nhi".encode(codec)).subject == text


@pytest.mark.parametrize(
    ("written", "subject"),
    [
        ("=?gb2312?B?1cXI/Q==?=", "张三"),
        ("=?GB2312?b?1cXI/Q==?=", "张三"),
        ("=?utf-8?q?=E5=90=88=E5=90=8C_v2?=", "合同 v2"),
        ("=?utf-8?Q?=E5=90=88=E5=90=8C v2?=", "合同 v2"),
        ("=?utf-8?B?5ZCI5ZA=?=\r\n =?utf-8?B?jA==?=", "合同"),
        ("=?utf-8?B?5ZCI?= =?utf-8?B?5ZCM?=", "合同"),
        ("=?utf-8?B?5ZCI\r\n 5ZCM?=", "合同"),
        ("=?utf-8?B?5ZCI5ZCM", "合同"),
        ("=?utf-8?B?5ZCI5ZCM?=tail", "合同tail"),
        ('"=?utf-8?B?5ZCI5ZCM?="', '"合同"'),
        ("=?utf-8*zh?B?5ZCI5ZCM?=", "合同"),
        ("=? utf-8 ?B?5ZCI5ZCM?=", "合同"),
        ("=?gb2312?B?5ZCI5ZCM5Y+R56Wo?=", "合同发票"),
        ("=?x-unknown?B?us/NrA==?=", "合同"),
        ("=?utf-8?Q?why=3F_not?=", "why? not"),
        ("=?utf-8?Q??=", ""),
        ("=?broken", "=?broken"),
        ("a\x00b", "ab"),
    ],
)
def test_encoded_words_in_every_state_of_repair(written: str, subject: str) -> None:
    assert parse_mail(mail(f"Subject: {written}")).subject == subject


def test_a_subject_cannot_carry_a_line_break() -> None:
    encoded = base64.b64encode(b"hello\r\nBcc: x@example.com").decode()
    assert parse_mail(mail(f"Subject: =?utf-8?B?{encoded}?=")).subject == "hello Bcc: x@example.com"


def test_headers_folded_without_indent_do_not_swallow_the_mail() -> None:
    parsed = parse_mail(mail("Subject: a long", "subject line", "From: wang@example.com", "Content-Type: text/plain"))
    assert parsed.subject == "a long subject line"
    assert parsed.sender == Address("", "wang@example.com")
    assert parsed.text == "hello"
    assert "header_folding_broken" in parsed.defects


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("wang@example.com", [("", "wang@example.com")]),
        ("<wang@example.com>", [("", "wang@example.com")]),
        ("王伟<wang@example.com>", [("王伟", "wang@example.com")]),
        ('"王, 伟" <wang@example.com>', [("王, 伟", "wang@example.com")]),
        ("Wang, Wei <wang@example.com>", [("Wang, Wei", "wang@example.com")]),
        ("wang@example.com (Wang Wei)", [("Wang Wei", "wang@example.com")]),
        ("a@example.com; b@example.com", [("", "a@example.com"), ("", "b@example.com")]),
        ("friends: a@example.com, b@example.com;", [("", "a@example.com"), ("", "b@example.com")]),
        ("undisclosed-recipients:;", []),
        ('"Wang <wang@example.com>', [("Wang", "wang@example.com")]),
        ("=?utf-8?B?546L5LyfIDx3YW5nQGV4YW1wbGUuY29tPg==?=", [("王伟", "wang@example.com")]),
        ("=?utf-8?Q?Wang=2C_Wei?= <wang@example.com>", [("Wang, Wei", "wang@example.com")]),
        ("'wang@example.com' <wang@example.com>", [("", "wang@example.com")]),
        ("\u202eevil\u202c <wang@example.com>", [("evil", "wang@example.com")]),
        ("MAILER-DAEMON", [("MAILER-DAEMON", "")]),
    ],
)
def test_addresses_with_and_without_punctuation(written: str, expected: list[tuple[str, str]]) -> None:
    parsed = parse_mail(mail(f"To: {written}"))
    assert [(address.name, address.address) for address in parsed.to] == expected


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("Content-Disposition: attachment; filename*=utf-8''%E5%90%88%E5%90%8C.pdf", "合同.pdf"),
        ("Content-Disposition: attachment; filename*0*=utf-8''%E5%90; filename*1*=%88%E5%90%8C.pdf", "合同.pdf"),
        ("Content-Disposition: attachment; filename*=gb2312''%BA%CF%CD%AC.pdf", "合同.pdf"),
        ('Content-Disposition: attachment; filename="=?utf-8?B?5ZCI5ZCMLnBkZg==?="', "合同.pdf"),
        ("Content-Disposition: attachment; filename==?utf-8?B?5ZCI5ZCMLnBkZg==?=", "合同.pdf"),
        ('Content-Disposition: attachment; filename="合同.pdf"', "合同.pdf"),
        ("Content-Disposition: attachment; filename=my file.pdf", "my file.pdf"),
        ('Content-Disposition: attachment; filename="open.pdf', "open.pdf"),
        ('Content-Disposition: attachment; filename="../../etc/passwd"', "passwd"),
        ('Content-Disposition: attachment; filename="C:\\tmp\\a.pdf"', "a.pdf"),
        ('Content-Disposition: attachment; filename="\u202efdp.exe"', "fdp.exe"),
        ('Content-Disposition: attachment; filename="a\x01b\x00.pdf"', "a b.pdf"),
        ('Content-Disposition: attachment; filename="CON.txt"', "_CON.txt"),
        ('Content-Disposition: attachment; filename=".."', "document.pdf"),
        ("Content-Disposition: attachment", "document.pdf"),
    ],
)
def test_attachment_names_are_read_and_made_safe(field: str, name: str) -> None:
    part = f"Content-Type: application/pdf\r\n{field}\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD".encode()
    (attachment,) = parse_mail(multipart(part)).attachments
    assert (attachment.name, attachment.content) == (name, b"ABC")


def test_raw_gbk_attachment_name_keeps_its_second_byte() -> None:
    """The second byte of 誠 in GBK is a backslash-like ASCII sign; decoding comes before cutting the path."""
    part = 'Content-Type: application/pdf; name="誠信合同.pdf"\r\n\r\nx'.encode("gbk")
    assert parse_mail(multipart(part)).attachments[0].name == "誠信合同.pdf"


@pytest.mark.parametrize(
    ("media_type", "name"),
    [
        ("application/ms-tnef", "winmail.dat"),
        ("text/calendar; method=REQUEST", "invite.ics"),
        ("application/pkcs7-mime; smime-type=enveloped-data", "smime.p7m"),
        ("application/pkcs7-signature", "smime.p7s"),
        ("application/pgp-signature", "signature.asc"),
        ("application/pgp-encrypted", "version.asc"),
        ("message/delivery-status", "delivery-status.txt"),
        ("image/png", "image.png"),
        ("application/x-nobody-knows", "attachment.bin"),
    ],
)
def test_special_parts_are_kept_and_named(media_type: str, name: str) -> None:
    parsed = parse_mail(multipart(b"\r\nhello", f"Content-Type: {media_type}\r\n\r\ncontent".encode()))
    assert parsed.text == "hello"
    assert [(attachment.name, attachment.content) for attachment in parsed.attachments] == [(name, b"content")]


def test_a_forwarded_mail_is_kept_whole_under_its_subject() -> None:
    inner = b"Content-Type: message/rfc822\r\n\r\nSubject: =?utf-8?B?5ZCI5ZCM?=\r\n\r\ninner"
    (attachment,) = parse_mail(multipart(inner)).attachments
    assert attachment.name == "合同.eml"
    assert attachment.content.endswith(b"inner")


def test_alternatives_give_both_forms_and_neighbours_are_joined() -> None:
    plain = b"Content-Type: text/plain\r\n\r\nplain"
    html = b"Content-Type: text/html\r\n\r\n<p>html</p>"
    alternative = parse_mail(multipart(plain, html, kind="alternative"))
    assert (alternative.text, alternative.html) == ("plain", "<p>html</p>")
    mixed = parse_mail(multipart(plain, html))
    assert mixed.text == "plain\nhtml"
    assert "plain" in mixed.html
    assert "<p>html</p>" in mixed.html


def test_text_is_made_from_html_when_there_is_no_other() -> None:
    raw = mail(
        "Content-Type: text/html", body='<meta charset="gb2312"><style>p{}</style><p>您好</p><p>退款</p>'.encode("gbk")
    )
    assert parse_mail(raw).text.split() == ["您好", "退款"]


def test_an_inline_image_is_known_by_its_content_id() -> None:
    html = b'Content-Type: text/html\r\n\r\n<img src="cid:logo@x">'
    image = b"Content-Type: image/png\r\nContent-ID: <logo@x>\r\nContent-Disposition: attachment\r\n\r\nPNG"
    (attachment,) = parse_mail(multipart(html, image, kind="related")).attachments
    assert (attachment.content_id, attachment.is_inline) == ("logo@x", True)


@pytest.mark.parametrize(
    ("encoded", "text"),
    [
        (b"5L2g5aW9", "你好"),
        (b"5L2g5aW9IQ", "你好!"),
        (b"5L2g\r\n!5aW9", "你好"),
        (b"5L2g5aW9\0", "你好"),
        (b"5L2g5aW9IQ==\r\n5L2g", "你好!你"),
        (b"5L2g5aW9IQ==\r\n\r\n___\r\nlist footer", "你好!\n___\r\nlist footer".replace("\r", "")),
        (b"this was never base64, whatever it says.", "this was never base64, whatever it says."),
    ],
)
def test_broken_base64_loses_no_text(encoded: bytes, text: str) -> None:
    raw = mail("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: BASE64", body=encoded)
    assert parse_mail(raw).text == text


def test_quoted_printable_with_errors_is_read() -> None:
    raw = mail(
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: Quoted-Printable",
        body="=E4=BD=A0=\r\n=E5=A5=BD=ZZ",
    )
    assert parse_mail(raw).text == "你好=ZZ"


def test_files_uuencoded_in_the_text_become_attachments() -> None:
    parsed = parse_mail(mail("From: a@example.com", body="see\nbegin 644 note.txt\n#0V%T\n`\nend\nbye\n"))
    assert parsed.text == "see\nbye\n"
    assert [(attachment.name, attachment.content) for attachment in parsed.attachments] == [("note.txt", b"Cat")]
    assert "begin 644 now\nno file\n" in parse_mail(mail(body="begin 644 now\nno file\n")).text


@pytest.mark.parametrize(
    ("boundary", "body"),
    [
        ("boundary=other", "--cut\r\nContent-Type: text/plain\r\n\r\nhello\r\n--cut--"),
        ("", "--cut\r\nContent-Type: text/plain\r\n\r\nhello\r\n--cut--"),
        ("boundary=cut", "--cut\r\nContent-Type: text/plain\r\n\r\nhello"),
        ("boundary=cut", "--cut  \r\n\r\nhello\r\n--cut--\r\nepilogue"),
        ("boundary=cut", "hello"),
    ],
)
def test_multiparts_with_wrong_boundaries_keep_their_text(boundary: str, body: str) -> None:
    assert parse_mail(mail(f"Content-Type: multipart/mixed; {boundary}", body=body)).text.strip() == "hello"


def test_missing_fields_are_named_and_nothing_else_is_lost() -> None:
    """Bad input (issue 2): no Message-ID, no From."""
    parsed = parse_mail(b"just some words")
    assert (parsed.sender, parsed.message_id, parsed.sent_at) == (None, "", None)
    assert parsed.text == "just some words"
    assert {"sender_missing", "message_id_missing", "date_missing"} <= set(parsed.defects)
    assert "body_missing" in parse_mail(b"From: a@example.com\n\n").defects


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Mon, 5 May 2025 10:00:00 +0800", datetime(2025, 5, 5, 2, tzinfo=UTC)),
        ("5 May 2025 10:00 -0000", datetime(2025, 5, 5, 10, tzinfo=UTC)),
        ("Mon, 5 May 2025 10:00:00 +0800 (中国标准时间)", datetime(2025, 5, 5, 2, tzinfo=UTC)),
        ("yesterday", None),
        ("Mon, 5 May 0025 99:00:00 +9999", None),
        ("Mon, 5 May 1901 10:00:00 +0000", None),
    ],
)
def test_dates_are_aware_or_absent(written: str, moment: datetime | None) -> None:
    assert parse_mail(mail(f"Date: {written}")).sent_at == moment


def test_message_ids_are_read_with_and_without_brackets() -> None:
    parsed = parse_mail(mail("Message-ID: a@x", "In-Reply-To: <b@x> (note)", "References: <c@x>\r\n <d\r\n @x> <c@x>"))
    assert (parsed.message_id, parsed.in_reply_to, parsed.references) == ("<a@x>", "<b@x>", ("<c@x>", "<d@x>"))


def test_nesting_is_read_fifty_deep_and_bounded_beyond() -> None:
    assert parse_mail(nested(50)).text == "the innermost text"
    beyond = parse_mail(nested(2000))
    assert "nested_too_deep" in beyond.defects
    assert "the innermost text" in beyond.text


HUGE = {
    "5,000 recipients": mail("To: " + ",\r\n ".join(f'"N {n}" <n{n}@example.com>' for n in range(5000))),
    "40,000 lines": mail("From: a@example.com", body="一行文字\r\n" * 40_000),
    "one line of dashes": mail(body="--" * 2_000_000),
    "open encoded words": mail("Subject: " + "=?utf-8?Q?" * 30_000),
    "open quotation marks": mail("From: " + '\\"' * 100_000),
    "open comments": mail("From: " + "(a" * 100_000),
    "no at sign": mail("From: " + "a" * 300_000),
    "open parameters": mail("Content-Type: text/plain; " + 'a="' * 50_000),
    "only fields": b"x: y\n" * 300_000,
    "only delimiters": mail("Content-Type: multipart/mixed; boundary=q", body="--q\r\n" * 100_000),
    "open tags": mail("Content-Type: text/html", body="<div>" * 100_000 + "x"),
    "open comments in HTML": mail("Content-Type: text/html", body="<!--" * 100_000),
    "tables in tables": mail("Content-Type: text/html", body="<table><tr><td>" * 5_000 + "x"),
    "wide column": mail("Content-Type: text/html", body="<table>" + "<tr><td>x" * 9_000 + "<tr><td>" + "y" * 90_000),
    "open uuencode": mail(body="begin 644 x\n#0V%T\n" * 30_000),
    "20 MB attachment": multipart(
        b"Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(b"zip\0" * 5_000_000)
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HUGE)
def test_huge_mails_are_read_in_time(kind: str) -> None:
    """Hostile input: none hangs beyond 10 s."""
    begin = time.monotonic()
    parse_mail(HUGE[kind])
    assert time.monotonic() - begin < 10


def test_the_stored_mails_read_as_expected() -> None:
    """S0-11: a real mail of a Chinese web mailer, quoted text, inline image and attachment."""
    parsed = parse_mail((MAILS / "qq_reply.eml").read_bytes())
    assert parsed.sender == Address("小林", "10001@qq.example")
    assert parsed.subject == "回复：[HK-12] 路由器退款"
    assert parsed.text.startswith("好的，谢谢")
    assert [(attachment.name, attachment.is_inline) for attachment in parsed.attachments] == [
        ("截图.png", True),
        ("发票.pdf", False),
    ]


def test_the_description_is_what_scripts_read() -> None:
    parsed = parse_mail(
        mail(
            "From: 王伟 <wang@example.com>", "To: a@example.com", "Subject: hi", "Precedence: bulk", "Message-ID: <1@x>"
        )
    )
    described = describe(parsed, frozenset())
    assert described["from"] == "wang@example.com"
    assert described["name"] == "王伟"
    assert described["to"] == ["a@example.com"]
    assert described["automatic"] == {"is": True, "why": "precedence"}
    assert described["message_id"] == "<1@x>"


# fmt: off
SNIPPETS = [
    b'From: a@b.c\r\n', b'Content-Type: multipart/mixed; boundary=q\r\n', b'--q\r\n', b'--q--\r\n', b'\r\n',
    b'Content-Type: text/html\r\n', b'Content-Transfer-Encoding: base64\r\n', b'=?utf-8?B?', b'?=', b'Subject: ',
    b'\x1b$B', b'+2AA-', b'\xff\xfe', b'<a@b>', b'name*0*="',
    b'begin 644 x\n',
]
# fmt: on


@given(st.lists(st.one_of(st.sampled_from(SNIPPETS), st.binary(max_size=40)), max_size=25).map(b"".join))
@settings(max_examples=400, deadline=None)
def test_any_bytes_at_all_are_read_without_raising(raw: bytes) -> None:
    parsed = parse_mail(raw)
    str(describe(parsed, frozenset())).encode("utf-8")
    assert "\0" not in parsed.text + parsed.subject + parsed.html
