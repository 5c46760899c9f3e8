"""The page that plays the customer: open to everybody in a demo, not there anywhere else."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from haoke.accounts.services import mark_installation
from haoke.demo.models import CustomerMail
from haoke.demo.services import keep_mail

pytestmark = pytest.mark.django_db

CUSTOMER = "gu.lan@customer.example"
PAGES = [
    "/demo/mailbox",
    f"/demo/mailbox/{CUSTOMER}",
    f"/demo/mailbox/{CUSTOMER}/new",
    f"/demo/mailbox/{CUSTOMER}/1",
    f"/demo/mailbox/{CUSTOMER}/1/files/0",
]


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def in_demo(db) -> None:
    mark_installation(is_demo=True)


@pytest.fixture
def received(in_demo) -> CustomerMail:
    raw = (
        "From: Haoke <support@haoke.example>\r\nSubject: Your question\r\nMessage-ID: <one@haoke.example>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
        "Please rate us <b>here</b>:\r\nhttp://127.0.0.1:8000/s/abc\r\n\r\n"
        "On 2026-11-20, Gu Lan wrote:\r\n> My question\r\n"
        "--b\r\nContent-Type: text/html\r\n"
        'Content-Disposition: attachment; filename="page.html"\r\n\r\n<script>1</script>\r\n'
        "--b--\r\n"
    )
    return keep_mail(raw=raw.encode(), recipients=[CUSTOMER])[0]


@pytest.mark.parametrize("name", ["Gu\nLan", "Gu\r\nBcc: x@y.example", "Gu\u2028Lan", '"Gu\\', "顾" * 100])
def test_no_name_breaks_the_letter_it_stands_on(visitor, in_demo, name: str) -> None:
    written = {"name": name, "recipient": "support@haoke.example", "subject": "Hello\nthere", "text": "One question"}
    assert visitor.post(f"/demo/mailbox/{CUSTOMER}/new", written).status_code in (302, 303)
    assert b"\nBcc:" not in bytes(CustomerMail.objects.get().raw)


@pytest.mark.parametrize("page", PAGES)
def test_outside_a_demo_there_is_no_such_page(visitor, page: str) -> None:
    mark_installation(is_demo=False)
    assert visitor.get(page).status_code == 404
    assert visitor.post(page).status_code in (404, 405)
    assert not CustomerMail.objects.exists()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_says_that_it_plays_the_customer(received, language: str) -> None:
    visitor = Client(headers={"accept-language": language})
    for page in (
        "/demo/mailbox",
        f"/demo/mailbox/{CUSTOMER}",
        f"/demo/mailbox/{CUSTOMER}/new",
        f"/demo/mailbox/{CUSTOMER}/{received.pk}",
    ):
        answer = visitor.get(page)
        assert answer.status_code == 200
        assert 'class="banner tone-warning"' in answer.content.decode()


def test_an_address_is_chosen_or_typed(in_demo, visitor) -> None:
    assert visitor.get("/demo/mailbox?address=New.Person@customer.example").headers["Location"] == (
        "/demo/mailbox/new.person@customer.example"
    )
    assert visitor.get("/demo/mailbox?address=no-address").status_code == 422
    assert visitor.get("/demo/mailbox/no-address").status_code == 404


def test_a_received_mail_is_safe_its_link_works_and_its_quotation_is_folded(received, visitor) -> None:
    """S1-17: the survey's link can be followed."""
    page = visitor.get(f"/demo/mailbox/{CUSTOMER}/{received.pk}").content.decode()
    assert re.search(r'<a href="http://127.0.0.1:8000/s/abc" rel="nofollow">', page)
    assert "&lt;b&gt;here&lt;/b&gt;" in page
    assert re.search(r'<details class="quoted">.*&gt; My question', page, re.DOTALL)
    file = visitor.get(f"/demo/mailbox/{CUSTOMER}/{received.pk}/files/0")
    assert file.content.strip() == b"<script>1</script>"
    assert file.headers["Content-Disposition"] == 'attachment; filename="page.html"'
    assert file.headers["Content-Type"] == "application/octet-stream"
    assert visitor.get(f"/demo/mailbox/{CUSTOMER}/{received.pk}/files/1").status_code == 404
    assert visitor.get(f"/demo/mailbox/other@customer.example/{received.pk}").status_code == 404


def test_writing_and_answering_queue_one_mail_each(received, visitor) -> None:
    form = {"recipient": "support@haoke.example", "name": "顾兰", "subject": "不出水", "text": "请看附件 🙂"}
    file = SimpleUploadedFile("清单.csv", b"a,b", content_type="text/csv; nonsense")
    answer = visitor.post(f"/demo/mailbox/{CUSTOMER}/new", {**form, "attachments": file})
    assert answer.status_code == 302
    page = visitor.get(answer.headers["Location"]).content.decode()
    assert "清单.csv" in page
    assert "On its way" in page

    answer = visitor.post(
        f"/demo/mailbox/{CUSTOMER}/{received.pk}", {"name": "顾兰", "subject": "Re: x", "text": "Thanks"}
    )
    assert answer.status_code == 302
    written = CustomerMail.objects.order_by("pk").last()
    assert (written.in_reply_to, written.references) == ("<one@haoke.example>", ["<one@haoke.example>"])
    assert (written.recipient, written.thread) == ("support@haoke.example", received.thread)


def test_what_is_missing_is_named_and_nothing_is_sent(in_demo, visitor) -> None:
    answer = visitor.post(f"/demo/mailbox/{CUSTOMER}/new", {"recipient": "x", "name": "", "text": ""})
    assert answer.status_code == 422
    assert 'class="form-errors"' in answer.content.decode()
    assert not CustomerMail.objects.exists()


def test_a_forged_form_is_refused(in_demo) -> None:
    visitor = Client(enforce_csrf_checks=True)
    assert visitor.post(f"/demo/mailbox/{CUSTOMER}/new", {"text": "x"}).status_code == 403


def test_an_open_page_is_left_alone_until_something_changes(received, visitor) -> None:
    page = visitor.get(f"/demo/mailbox/{CUSTOMER}").content.decode()
    again = re.search(r'hx-get="([^"]+\?seen=[^"]+)"', page).group(1)
    block = {"HX-Request": "true", "HX-Target": "demo-mails"}
    assert visitor.get(again, headers=block).status_code == 204
    keep_mail(raw=b"Subject: Another\r\n\r\nHello", recipients=[CUSTOMER])
    changed = visitor.get(again, headers=block).content.decode()
    assert changed.strip().startswith('<div id="demo-mails"')
    assert "Another" in changed
