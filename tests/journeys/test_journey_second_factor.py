"""A second factor in a real browser: set up with a computed code, asked for on another device, and a session ended."""

from __future__ import annotations

import re
import time
from urllib.parse import urljoin

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_journey_first_loop import PASSWORD, is_accessible

pytestmark = pytest.mark.browser

NEVER_USED_BEFORE = 31


def test_a_phone_becomes_the_second_key_and_a_lost_device_is_shut_out(house, open_window) -> None:
    """Issue 3, point 6: TOTP, recovery codes, sessions listed and revocable."""
    desk = open_window()
    move_in(desk, house.address)

    desk.goto(f"{house.address}/account")
    desk.get_by_role("link", name="Set up…").click()
    is_accessible(desk)
    desk.get_by_role("button", name=re.compile("begin")).click()
    picture = desk.get_by_role("img", name=re.compile("QR"))
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    is_accessible(desk)
    app = pyotp.TOTP(desk.locator(".key").inner_text().replace("-", "").strip())
    desk.get_by_label("Code from the app").fill(app.now())
    desk.get_by_role("button", name="Switch on").click()
    codes = desk.locator(".recovery-codes li").all_inner_texts()
    assert len(set(codes)) == 10
    is_accessible(desk)

    phone = open_window(width=390, height=844, dark=True)
    begin_sign_in(phone, house.address)
    phone.get_by_label("Code from the app").fill("000000")
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.get_by_text("You are not signed in yet")).to_be_visible()
    is_accessible(phone)
    time.sleep(NEVER_USED_BEFORE)
    phone.get_by_label("Code from the app").fill(app.now())
    phone.get_by_role("button", name="Sign in").click()
    phone.wait_for_url(f"{house.address}/")

    tablet = open_window(width=820, height=1180)
    begin_sign_in(tablet, house.address)
    tablet.get_by_role("link", name=re.compile("recovery code")).click()
    tablet.get_by_label("Recovery code").fill(codes[0].upper())
    tablet.get_by_role("button", name="Sign in").click()
    tablet.wait_for_url(f"{house.address}/")

    desk.goto(f"{house.address}/account")
    expect(desk.get_by_text("9 recovery codes are left.")).to_be_visible()
    is_accessible(desk)
    closed = watch_live(phone)
    desk.get_by_role("button", name="End all others").click()
    expect(desk.get_by_text("You are signed in here only.")).to_be_visible()
    phone.wait_for_function("window.closedWith === 4403", timeout=10_000)
    assert closed
    phone.goto(f"{house.address}/account")
    expect(phone).to_have_url(re.compile("/sign-in"))
    tablet.goto(f"{house.address}/account")
    expect(tablet).to_have_url(re.compile("/sign-in"))


def move_in(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Company").fill("好客测试公司")
    page.get_by_label("Your name").fill("Wang Li")
    page.get_by_label("Mail", exact=False).first.fill("wang@haoke.example")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("main form button[type=submit]").last.click()
    expect(page).not_to_have_url(re.compile("/welcome"))


def begin_sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("Mail address").fill("wang@haoke.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/sign-in/code"))


def watch_live(page: Page) -> bool:
    """A live line of this page's own session, which says in `closedWith` how it was closed."""
    address = urljoin(page.url, "/live").replace("http", "ws", 1)
    return page.evaluate(
        """address => new Promise(resolve => {
            const line = new WebSocket(address);
            line.addEventListener("open", () => resolve(true));
            line.addEventListener("close", event => { window.closedWith = event.code; resolve(false); });
        })""",
        address,
    )
