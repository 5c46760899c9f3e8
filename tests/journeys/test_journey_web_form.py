"""A web form in a real browser: made by an administrator, sent from a phone and from inside another site's page."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.journeys.test_journey_first_loop import body, is_accessible, set_up_mailbox
from tests.journeys.test_journey_second_factor import move_in

pytestmark = pytest.mark.browser

TEXT = "上个月安装的净水器今天开始漏水,型号是 RO-500,请尽快安排师傅上门看看。"


@pytest.fixture
def other_site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A web site of somebody else: another name for this machine is another site to a browser."""
    folder = tmp_path / "site"
    folder.mkdir()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_words: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}", folder
    server.shutdown()
    server.server_close()


def test_a_customer_writes_by_form_and_is_answered_by_mail(house, customers_server, open_window, other_site) -> None:
    """S0-63, S0-64: at any hour, with an acknowledgement, from a phone and from another site's page."""
    desk = open_window()
    move_in(desk, house.address)
    set_up_mailbox(desk, customers_server.port)
    site, folder = other_site
    snippet = make_form(desk, house.address, site)
    (folder / "contact.html").write_text(f"<!doctype html><title>Shop</title>{snippet}", encoding="utf-8")
    desk.goto(f"{house.address}/inbox/")

    phone = open_window(width=390, height=844, locale="zh-CN")
    phone.goto(f"{house.address}/f/contact")
    expect(phone.get_by_role("heading", name="联系我们")).to_be_visible()
    is_accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    fill_in(phone, "chen@customer.example", TEXT)
    phone.wait_for_timeout(3_500)
    phone.locator("main button[type=submit]").click()
    expect(phone).to_have_url(re.compile("/thanks/"))
    is_accessible(phone)
    expect(desk.get_by_role("link", name=re.compile("陈先生")).first).to_be_visible(timeout=30_000)
    acknowledgement = customers_server.wait_for(lambda mail: mail["To"] and "chen@customer.example" in mail["To"])
    assert "HK-" in body(acknowledgement)
    phone.reload()
    expect(phone.get_by_text(re.compile(r"HK-\d+"))).to_be_visible()

    shopper = open_window()
    shopper.goto(f"{site}/contact.html")
    frame = shopper.frame_locator("iframe")
    fill_in(frame, "liu@customer.example", "另一位客户的问题:保修期可以延长吗?需要准备哪些材料?")
    shopper.wait_for_timeout(3_500)
    frame.locator("main button[type=submit]").click()
    expect(frame.get_by_role("heading", name=re.compile("Thank you|谢谢|感谢"))).to_be_visible()

    desk.get_by_role("link", name=re.compile("陈先生")).first.click()
    expect(desk.get_by_text("RO-500").first).to_be_visible()
    is_accessible(desk)
    desk.locator("textarea[name=text]").first.fill("陈先生,师傅今天下午到。")
    desk.get_by_role("button", name="Send reply").click()
    reply = customers_server.wait_for(lambda mail: "师傅今天下午" in body(mail))
    assert "RO-500" in body(reply)


def make_form(page: Page, address: str, site: str) -> str:
    """Makes the form as an administrator does; returns what is to be copied into the site's page."""
    page.goto(f"{address}/settings/web-forms/new")
    page.get_by_label("Name", exact=False).first.fill("Contact")
    page.get_by_label("Address", exact=False).first.fill("contact")
    page.get_by_label("Title, Chinese").fill("联系我们")
    page.get_by_label("Title, English").fill("Contact us")
    page.get_by_label("Sites that may show").fill(site)
    is_accessible(page)
    page.get_by_role("button", name="Make the form").click()
    expect(page.get_by_label("Inside your page")).to_be_visible()
    is_accessible(page)
    return page.get_by_label("Inside your page").input_value()


def fill_in(page: Page | FrameLocator, mail: str, text: str) -> None:
    for name, value in (("name", "陈先生"), ("mail", mail), ("subject", "净水器"), ("text", text)):
        page.locator(f"[name={name}]").fill(value)
