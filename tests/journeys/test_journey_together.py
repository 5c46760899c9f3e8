"""Two colleagues at one conversation, each at a machine of their own: they see each other and cannot answer twice."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_journey_first_loop import (
    CUSTOMER,
    PASSWORD,
    SUPPORT,
    create_first_administrator,
    first_letter,
    is_accessible,
    set_up_mailbox,
)

pytestmark = pytest.mark.browser

SECONDS = 1000


@pytest.fixture(scope="module")
def conversation(house, customers_server, browser) -> str:
    """The address of a conversation that came by mail, in a house with an administrator and two agents."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    create_first_administrator(page, house)
    set_up_mailbox(page, customers_server.port)
    for name in ("Li Na", "Wang Wei"):
        create_agent(page, house.address, name)
    house.deliver(first_letter(), sender=CUSTOMER, recipient=SUPPORT)
    page.goto(f"{house.address}/inbox/")
    row = page.get_by_role("link", name=re.compile("陈先生"))
    expect(row.first).to_be_visible(timeout=30 * SECONDS)
    row.first.click()
    expect(page).to_have_url(re.compile(r"/inbox/\d+"))
    address = page.url.split("?")[0]
    context.close()
    return address


def create_agent(page: Page, house: str, name: str) -> None:
    page.goto(f"{house}/settings/staff/new")
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill(address_of(name))
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=roles][value=agent]").check(force=True)
    page.get_by_label("Customer service").check(force=True)
    page.locator("select[name=language]").select_option("en")
    page.locator("main form button[type=submit]").last.click()
    expect(page).not_to_have_url(re.compile("/new"))


def address_of(name: str) -> str:
    return f"{name.replace(' ', '.').lower()}@haoke.example"


def sign_in(page: Page, conversation: str, name: str) -> Page:
    page.goto(conversation)
    page.locator("[name=email]").fill(address_of(name))
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit], form button[type=submit]").first.click()
    expect(page.get_by_role("heading", name="空调不制冷")).to_be_visible()
    # The keys come with the scripts.
    page.wait_for_load_state()
    return page


def write(page: Page, text: str) -> None:
    page.locator(".composer textarea[name=text]").fill(text)


def test_two_colleagues_see_each_other_and_the_second_answer_is_stopped(conversation, open_window) -> None:
    """S0-08, HELPDESK 2.4: live within a second or two, and what the second one typed is still there."""
    li = sign_in(open_window(), conversation, "Li Na")
    wang = sign_in(open_window(), conversation, "Wang Wei")

    expect(li.get_by_text("Wang Wei is looking at this")).to_be_visible(timeout=5 * SECONDS)
    expect(wang.get_by_text("Li Na is looking at this")).to_be_visible(timeout=5 * SECONDS)
    write(li, "陈先生,您好!工程师明天上午到。")
    expect(wang.get_by_text("Li Na is writing here right now")).to_be_visible(timeout=5 * SECONDS)
    write(wang, "您好,后天有空吗?")
    expect(li.get_by_text("Wang Wei is writing here right now")).to_be_visible(timeout=5 * SECONDS)

    li.get_by_role("button", name="Send reply").click()
    expect(li.locator(".message.staff")).to_contain_text("工程师明天上午到")
    # It appears for the colleague by itself, whose words stay as they are.
    expect(wang.locator(".message.staff")).to_contain_text("工程师明天上午到", timeout=10 * SECONDS)
    expect(wang.locator(".composer textarea[name=text]")).to_have_value("您好,后天有空吗?")

    wang.get_by_role("button", name="Send reply").click()
    expect(wang.get_by_role("alert")).to_contain_text("Li Na has answered meanwhile")
    expect(wang.locator(".composer textarea[name=text]")).to_have_value("您好,后天有空吗?")
    assert wang.locator(".message.staff").count() == 1
    is_accessible(wang)

    wang.get_by_role("button", name="Send reply").click()
    expect(wang.locator(".message.staff")).to_have_count(2)
    wang.goto("about:blank")
    expect(li.get_by_text(re.compile("Wang Wei is"))).to_have_count(0, timeout=60 * SECONDS)


def test_single_keys_act_on_the_page_but_never_on_what_one_writes(conversation, open_window) -> None:
    page = sign_in(open_window(), conversation, "Li Na")
    text = page.locator(".composer textarea[name=text]")

    page.keyboard.press("n")
    expect(page.locator(".composer [name=kind][value=note]")).to_be_checked()
    expect(text).to_be_focused()
    page.keyboard.type("near the river")
    expect(text).to_have_value("near the river")

    # An input method composes: its letters are nobody's shortcuts, its Enter sends nothing.
    text.fill("")
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "ren", "selectionStart": 3, "selectionEnd": 3})
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Process", "windowsVirtualKeyCode": 229})
    keyboard.send("Input.insertText", {"text": "人"})
    expect(text).to_have_value("人")
    expect(page.locator(".composer [name=kind][value=note]")).to_be_checked()
    text.fill("")
    page.keyboard.press("Tab")

    page.evaluate("document.activeElement.blur()")
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'r', isComposing: true, bubbles: true}))"
    )
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'r', ctrlKey: true, bubbles: true}))")
    expect(page.locator(".composer [name=kind][value=note]")).to_be_checked()
    page.keyboard.press("r")
    expect(page.locator(".composer [name=kind][value=reply]")).to_be_checked()

    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("a")
    expect(page.locator("#conversation_panel select[name=assignee]")).to_be_focused()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Tomorrow morning")).to_be_visible()
    page.keyboard.press("Escape")

    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    keys = page.locator("dialog#shortcuts")
    expect(keys).to_contain_text("Write an internal note")
    is_accessible(page)
    keys.get_by_label("Single keys act on the page").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator(".composer [name=kind][value=reply]")).to_be_checked()

    page.reload()
    page.keyboard.press("?")
    expect(keys).to_be_hidden()
    # The way back needs no key.
    page.locator("details.self-menu summary").click()
    page.get_by_role("button", name="Keyboard").click()
    keys.get_by_label("Single keys act on the page").check()
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page).to_have_url(re.compile(r"/inbox/(\?.*)?$"))


def test_a_decision_goes_by_itself_with_the_mouse_and_by_enter_with_the_keyboard(conversation, open_window) -> None:
    page = sign_in(open_window(), conversation, "Wang Wei")
    write(page, "noch nicht fertig")
    urgency = page.locator("#conversation_panel [name=urgency]")
    urgency.click()
    urgency.select_option("high")
    expect(page.locator("#conversation_head .badge").filter(has_text="High")).to_be_visible(timeout=10 * SECONDS)
    expect(page.locator("form[data-sent]")).to_have_count(0)
    # Nothing else of the page was drawn anew.
    expect(page.locator(".composer textarea[name=text]")).to_have_value("noch nicht fertig")

    page.reload()
    urgency.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("form:has([name=urgency]) button")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#conversation_head .badge").filter(has_text="Urgent")).to_be_visible(timeout=10 * SECONDS)


def test_on_paper_it_is_a_clean_protocol(conversation, open_window) -> None:
    page = sign_in(open_window(), conversation, "Li Na")
    page.emulate_media(media="print")
    expect(page.locator(".print-header")).to_be_visible()
    expect(page.locator(".print-header")).to_contain_text("HK-")
    expect(page.locator(".message-card").first).to_be_visible()
    for control in (
        ".composer",
        ".page-actions",
        ".sidebar",
        ".top-bar",
        "#conversation_panel form",
        "#conversation_people",
    ):
        assert page.locator(f"{control} >> visible=true").count() == 0, control
    assert page.pdf()[:5] == b"%PDF-"
