"""The first service loop, by hand in a real browser and over real SMTP, from an empty database."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.utils import make_msgid

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

CUSTOMER = "chen@customer.example"
SUPPORT = "support@haoke.example"
PASSWORD = "open-the-door-2026"


def test_a_customer_writes_we_answer_they_rate_us(house, customers_server, open_window) -> None:
    """S0-02, S0-11, S0-39, S0-69, S1-04, S1-17, S1-21, S3-03: the whole loop, nothing mocked."""
    page = open_window()
    create_first_administrator(page, house)
    set_up_mailbox(page, customers_server.port)

    page.goto(f"{house.address}/inbox/")
    house.deliver(first_letter(), sender=CUSTOMER, recipient=SUPPORT)
    # Nobody reloads: the row appears by itself.
    row = page.get_by_role("link", name=re.compile("陈先生"))
    expect(row.first).to_be_visible(timeout=30_000)
    is_accessible(page)
    row.first.click()

    expect(page.get_by_role("heading", name="空调不制冷")).to_be_visible()
    expect(page.get_by_text("上周安装的空调今天不制冷了")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("发票")).click()
    assert download.value.path().read_bytes() == "发票号,8841\n".encode()
    is_accessible(page)

    page.locator("textarea[name=text]").first.fill("陈先生,您好!工程师明天上午九点到。")
    page.get_by_role("button", name="Send reply").click()
    reply = customers_server.wait_for(lambda mail: "工程师" in body(mail))
    assert reply["In-Reply-To"] == "<first@customer.example>"
    assert f"[HK-{conversation_number(page)}]" in reply["Subject"]
    expect(page.get_by_text("Sent", exact=True).first).to_be_visible(timeout=30_000)

    house.deliver(answer_to(reply, "好的,谢谢!"), sender=CUSTOMER, recipient=SUPPORT)
    expect(page.get_by_text("好的,谢谢!")).to_be_visible(timeout=30_000)

    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_text("This conversation is closed")).to_be_visible()
    survey = customers_server.wait_for(lambda mail: "/s/" in body(mail))
    assert survey["Auto-Submitted"] == "auto-generated"
    rate(open_window(width=390, height=844, locale="zh-CN"), re.search(r"http\S+/s/\S+", body(survey)).group(), 2)

    page.goto(house.address)
    item = page.get_by_role("link", name=re.compile("陈先生"))
    expect(item.first).to_be_visible(timeout=60_000)
    is_accessible(page)

    page.goto(f"{house.address}/customers/")
    page.get_by_role("link", name=re.compile("陈先生")).first.click()
    for words in ("wrote in HK-", "replied in HK-", "closed HK-", "2 of 5"):
        expect(page.get_by_text(re.compile(words)).first).to_be_visible()
    is_accessible(page)
    in_chinese(page)


def create_first_administrator(page: Page, house) -> None:
    page.goto(house.address)
    expect(page).to_have_url(re.compile("/welcome"))
    page.get_by_label("Company").fill("好客测试公司")
    page.get_by_label("Your name").fill("Wang Li")
    page.get_by_label("Mail", exact=False).first.fill("wang@haoke.example")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("main form button[type=submit]").last.click()
    expect(page).not_to_have_url(re.compile("/welcome"))


def set_up_mailbox(page: Page, outgoing_port: int) -> None:
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/channels/new")
    page.locator("[name=name]").fill("Support")
    page.locator("[name=address]").fill(SUPPORT)
    page.locator("[name=display_name]").fill("好客客服")
    page.locator("[name=outgoing_host]").fill("127.0.0.1")
    page.locator("[name=outgoing_port]").fill(str(outgoing_port))
    page.locator("[name=outgoing_security]").select_option("none")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_text("The mailbox is there")).to_be_visible()


def first_letter() -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f"陈先生 <{CUSTOMER}>"
    mail["To"] = SUPPORT
    mail["Subject"] = "空调不制冷"
    mail["Message-ID"] = "<first@customer.example>"
    mail.set_content("您好,上周安装的空调今天不制冷了,请派人来看看。\n")
    mail.add_attachment("发票号,8841\n".encode(), maintype="text", subtype="csv", filename="发票.csv")
    return mail


def answer_to(reply: EmailMessage, text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f"陈先生 <{CUSTOMER}>"
    mail["To"] = SUPPORT
    mail["Subject"] = f"回复:{reply['Subject']}"
    mail["In-Reply-To"] = reply["Message-ID"]
    mail["Message-ID"] = make_msgid(domain="customer.example")
    quoted = "\n".join(f"> {line}" for line in body(reply).splitlines())
    mail.set_content(f"{text}\n\n在 2026年11月23日,Haoke 写道:\n{quoted}\n")
    return mail


def rate(page: Page, link: str, score: int) -> None:
    page.goto(link)
    is_accessible(page)
    page.locator(f"input[type=radio][value='{score}']").check(force=True)
    page.locator("textarea").fill("等得太久")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("body")).to_contain_text("谢谢")


def in_chinese(page: Page) -> None:
    """The same story in the other language."""
    page.locator("details.self-menu summary").click()
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", re.compile("zh", re.IGNORECASE))
    expect(page.get_by_text("收件箱").first).to_be_visible()


def conversation_number(page: Page) -> str:
    return re.search(r"/inbox/(\d+)", page.url).group(1)


def body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain", "html"))
    return part.get_content() if part else ""


def is_accessible(page: Page) -> None:
    """axe finds nothing serious (LOOK)."""
    found = Axe().run(page).response["violations"]
    serious = [f"{each['id']}: {each['help']}" for each in found if each["impact"] in ("serious", "critical")]
    assert serious == [], f"{page.url}: {serious}"
