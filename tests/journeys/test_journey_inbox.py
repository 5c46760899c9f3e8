"""The list of the inbox in a real browser: many changed at once and taken back, and news that push nothing away."""

from __future__ import annotations

import re
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.houses import House
from tests.journeys.test_journey_first_loop import SUPPORT, create_first_administrator, is_accessible, set_up_mailbox

pytestmark = pytest.mark.browser


def test_many_are_changed_and_taken_back_and_news_push_nothing_away(house, customers_server, open_window) -> None:
    """Issue 3.1, LOOK 4: selection by key, close with undo, and a quiet bar while one reads."""
    page = open_window()
    create_first_administrator(page, house)
    set_up_mailbox(page, customers_server.port)
    page.goto(f"{house.address}/inbox/")
    for name in ("甲", "乙", "丙"):
        write(house, name)
    for name in ("甲", "乙", "丙"):
        expect(row(page, name)).to_be_visible(timeout=30_000)

    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_text("2 selected")).to_be_visible()
    is_accessible(page)
    page.keyboard.press("e")
    expect(page.get_by_text("2 changed")).to_be_visible()
    expect(page.locator("[data-id]")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 taken back")).to_be_visible()

    page.goto(f"{house.address}/inbox/")
    expect(page.locator("[data-id]")).to_have_count(3)
    page.keyboard.press("j")
    page.keyboard.press("x")
    held = page.locator("[data-id]:has(:checked)").get_attribute("data-id")
    write(house, "丁")
    expect(page.get_by_role("button", name="1 new")).to_be_visible(timeout=30_000)
    expect(row(page, "丁")).to_have_count(0)
    page.keyboard.press("u")
    expect(row(page, "丁")).to_be_visible()
    expect(page.locator("[data-id]:has(:checked)")).to_have_attribute("data-id", held)
    expect(page.locator("[data-id]:focus-within")).to_have_attribute("data-id", held)
    expect(page.get_by_role("button", name="1 new")).to_be_hidden()


def row(page: Page, name: str):
    return page.get_by_role("link", name=re.compile(f"{name}先生"))


def write(house: House, name: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{name}先生 <{ord(name)}@customer.example>", SUPPORT, f"{name}的订单"
    mail["Message-ID"] = f"<{ord(name)}@customer.example>"
    mail.set_content("请问什么时候发货?")
    house.deliver(mail, sender=f"{ord(name)}@customer.example", recipient=SUPPORT)
