"""The composer in a real browser: what is begun survives, hands stay on the keys, and nothing is sent by accident."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_journey_first_loop import (
    CUSTOMER,
    SUPPORT,
    body,
    create_first_administrator,
    first_letter,
    is_accessible,
    set_up_mailbox,
)

pytestmark = pytest.mark.browser

# A picture on the clipboard, as a screenshot is pasted.
PASTE_A_PICTURE = """async (text) => {
  const canvas = new OffscreenCanvas(8, 8);
  canvas.getContext("2d").fillRect(0, 0, 8, 8);
  const picture = new File([await canvas.convertToBlob()], "image.png", { type: "image/png" });
  const clipboardData = new DataTransfer();
  clipboardData.items.add(picture);
  text.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_writing(house, customers_server, open_window) -> None:
    """A draft that survives, `/`, a Chinese input method, a pasted picture, and undo within the window."""
    page = open_window()
    create_first_administrator(page, house)
    set_up_mailbox(page, customers_server.port)
    write_canned_reply(page, house)
    house.deliver(first_letter(), sender=CUSTOMER, recipient=SUPPORT)
    page.goto(f"{house.address}/inbox/")
    page.get_by_role("link", name=re.compile("陈先生")).first.click(timeout=30_000)
    text = page.locator(".composer textarea").first

    what_is_begun_survives_a_reload(page, text)
    a_slash_offers_and_inserts(page, text)
    an_input_method_is_left_alone(page, text)
    a_pasted_picture_becomes_an_attachment(page, text)
    a_reply_is_taken_back_and_sent_after_all(page, text, customers_server)
    a_first_mail_fits_a_phone(page, house)


def what_is_begun_survives_a_reload(page: Page, text) -> None:
    text.fill("您好,工程师")
    expect(page.locator("[data-draft-seen]")).to_have_text(re.compile("Saved today"))
    page.reload()
    expect(page.locator("[data-draft-seen]")).to_have_text(re.compile("Draft from today"))
    expect(text).to_have_value("您好,工程师")
    # Left before the pause was over: it is kept on the way out.
    text.press("Control+End")
    text.press_sequentially("明天")
    page.goto(page.url.split("#")[0].rsplit("/", 1)[0] + "/drafts/")
    # The words and the request for this page left at the same moment.
    page.wait_for_timeout(500)
    page.reload()
    expect(page.get_by_text("您好,工程师明天")).to_be_visible()
    is_accessible(page)
    page.get_by_role("link", name=re.compile("陈先生")).click()
    expect(text).to_have_value("您好,工程师明天")


def a_slash_offers_and_inserts(page: Page, text) -> None:
    text.fill("")
    text.press_sequentially("1/2 /zhi")
    option = page.get_by_role("option", name=re.compile("致歉"))
    expect(option).to_be_visible()
    is_accessible(page)
    text.press("Escape")
    expect(option).to_be_hidden()
    text.fill("")
    text.press_sequentially("、zhi")
    expect(option).to_have_attribute("aria-selected", "true")
    text.press("Enter")
    expect(text).to_have_value("陈先生,非常抱歉。")
    # Ctrl+Z takes an insertion back like anything typed.
    text.press("Control+z")
    expect(text).to_have_value("、zhi")


def an_input_method_is_left_alone(page: Page, text) -> None:
    """Composing with a real input method: no list opens, no draft of half a word, and Enter sends nothing."""
    text.fill("")
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "/zh", "selectionStart": 3, "selectionEnd": 3})
    page.wait_for_timeout(400)
    expect(page.locator(".offers")).to_be_hidden()
    for code in ("Enter", "Control+Enter"):
        page.evaluate(
            """([text, ctrlKey]) => text.dispatchEvent(new KeyboardEvent("keydown",
                 { key: "Enter", ctrlKey, keyCode: 229, isComposing: true, bubbles: true, cancelable: true }))""",
            [text.element_handle(), code != "Enter"],
        )
    session.send("Input.insertText", {"text": "直接"})
    expect(text).to_have_value("直接")
    assert page.locator(".message.staff").count() == 0
    # Enter after an address is no wish to send either.
    page.locator("[name=recipients]").press("Enter")
    page.wait_for_timeout(300)
    assert page.locator(".message.staff").count() == 0


def a_pasted_picture_becomes_an_attachment(page: Page, text) -> None:
    text.fill("请看截图")
    text.evaluate(PASTE_A_PICTURE)
    expect(page.locator(".kept-file")).to_have_count(1)
    text.evaluate(PASTE_A_PICTURE)
    expect(page.locator(".kept-file")).to_have_count(2)
    page.get_by_role("button", name="Remove image.png").first.click()
    expect(page.locator(".kept-file")).to_have_count(1)
    # What is written is kept before the page goes: a word that comes late would be a second draft.
    expect(page.locator(".composer-draft")).to_contain_text("Saved")
    page.reload()
    expect(page.locator(".kept-file")).to_have_count(1)


def a_reply_is_taken_back_and_sent_after_all(page: Page, text, customers_server) -> None:
    text.fill("请看截图,谢谢")
    text.press("Control+Enter")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("took a reply back before it left")).to_be_visible()
    expect(text).to_have_value("请看截图,谢谢")
    expect(page.locator(".kept-file")).to_have_count(1)
    is_accessible(page)

    text.fill("请看截图,多谢")
    text.press("Control+Enter")
    text.press("Control+Enter")
    expect(page.locator(".message.staff")).to_have_count(1)
    reply = customers_server.wait_for(lambda mail: "截图" in body(mail))
    assert "多谢" in body(reply)
    assert [part.get_content_type() for part in reply.iter_attachments()] == ["image/png"]
    expect(page.get_by_text("Sent", exact=True).first).to_be_visible(timeout=30_000)
    assert len([mail for mail in customers_server.mails if "截图" in body(mail)]) == 1


def a_first_mail_fits_a_phone(page: Page, house) -> None:
    """The same composer, on 390 pixels and in the dark."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    page.goto(f"{house.address}/inbox/new/1")
    page.locator("[name=subject]").fill("回访")
    page.locator(".composer textarea").fill("您好")
    expect(page.locator("[data-draft-seen]")).to_have_text(re.compile("Saved today"))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    is_accessible(page)
    page.reload()
    expect(page.locator("[name=subject]")).to_have_value("回访")


def write_canned_reply(page: Page, house) -> None:
    page.goto(f"{house.address}/settings/canned-replies/new")
    page.locator("[name=shortcut]").fill("sorry")
    page.locator("[name=title]").fill("致歉")
    page.locator("[name=text_zh]").fill("{{customer.name}},非常抱歉。")
    page.locator("[name=scope]").select_option("company")
    is_accessible(page)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("/sorry")).to_be_visible()
    is_accessible(page)
