"""What the colleagues of the demo company have set up for their work: skills, words that save typing, views, a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from haoke.demo.story.moments import ago
from haoke.demo.story.steps import AtDesks


@dataclass(frozen=True, slots=True)
class Ability:
    """Something a colleague knows; conversations of `category` ask for it where one is named."""

    key: str
    name_zh: str
    name_en: str
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Canned:
    """A canned reply in both languages; a personal one is its author's, one of scope `team` is customer care's."""

    by: str
    shortcut: str
    title: str
    scope: str
    category: str = ""
    text_zh: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    by: str
    name: str
    search: str
    sort: str = "newest"
    sharing: str = "private"


SKILLS = (
    Ability("purifiers", "净水机", "Water purifiers"),
    Ability("coffee", "咖啡机", "Coffee machines"),
    Ability("invoices", "发票与账务", "Invoices and accounts", category="payment"),
)

CANNED_REPLIES = (
    Canned(
        by="zhao",
        shortcut="looking",
        title="已收到，正在核实 We are looking into it",
        scope="company",
        text_zh="{{customer.name}}，您好！\n\n您的来信（{{reference}}）我已收到，正在核实，最迟 {{promised_time}} 给您答复。"
        "\n\n{{agent.name}}\n{{company.name}}",
        text_en="Dear {{customer.name}},\n\nthank you for your mail ({{reference}}). I am looking into it and will "
        "write to you by {{promised_time}} at the latest.\n\n{{agent.name}}\n{{company.name}}",
    ),
    Canned(
        by="zhao",
        shortcut="return",
        title="退货办法 How to return",
        scope="company",
        category="return",
        text_zh="{{customer.name}}，您好！\n\n退货已登记，编号 {{reference}}。请告诉我们机身序列号和方便取件的日期，快递上门取件，"
        "费用由我们承担；收到机器后五个工作日内原路退款。\n\n{{agent.name}}",
        text_en="Dear {{customer.name}},\n\nyour return is registered as {{reference}}. Please tell us the serial number "
        "on the machine and a day for the pick-up, which is free for you. The refund follows within five working days "
        "after we have it back.\n\n{{agent.name}}",
    ),
    Canned(
        by="zhao",
        shortcut="visit",
        title="上门预约 Arrange a visit",
        scope="team",
        category="visit_request",
        text_zh="{{customer.name}}，您好！\n\n师傅周一至周六 9:00 到 17:00 都可以上门。请回复您方便的日期、时段和电话，"
        "出发前师傅会先联系您。\n\n{{agent.name}}\n{{team.name}}",
        text_en="Dear {{customer.name}},\n\nour technicians come from Monday to Saturday, nine to five. Please send us a day, "
        "a time and a phone number that suit you; they will call before they set out.\n\n{{agent.name}}\n{{team.name}}",
    ),
    Canned(
        by="emma",
        shortcut="descale",
        title="除垢后灯还亮 Descaling light stays on",
        scope="personal",
        category="how_to",
        text_zh="{{customer.name}}，您好！\n\n请把水箱加满，按住蒸汽键八秒，等机器自动冲洗结束，橙灯就会熄灭。\n\n{{agent.name}}",
        text_en="Dear {{customer.name}},\n\nplease fill the tank, hold the steam button for eight seconds and let the rinse "
        "run until it stops by itself; the orange light then goes out.\n\n{{agent.name}}",
    ),
)

VIEWS = (
    View(by="zhao", name="A3 滤芯批次 Filter batch A3", search="tag:A3滤芯", sharing="company"),
    View(by="wang", name="等我回复的客户", search="owner:me is:unanswered is:unfinished", sort="waiting"),
)

FORM_KEY = "contact"
# In the words of `web_forms.services.create_form`; mailbox, team and category are put in when it is made.
CONTACT_FORM: dict[str, Any] = {
    "key": FORM_KEY,
    "name": "网站联系表单 Website contact form",
    "title_zh": "联系我们",
    "title_en": "Contact us",
    "intro_zh": "请告诉我们您的机型和想了解的内容，我们在一个工作日内回复。",
    "intro_en": "Tell us which machine it is about and what you would like to know. We answer within one working day.",
    "thanks_zh": "谢谢！我们的回复会发到您的邮箱。",
    "thanks_en": "Thank you! Our answer will come to your mail address.",
    "privacy_url": "",
    "asks_phone": True,
    "takes_files": True,
    "sites": "",
    "is_active": True,
}

# Who sits at an open page while the demo starts; a page gives a sign of life every few minutes.
AT_THEIR_DESKS = [
    AtDesks(when=ago(minutes=minutes), available=("wang", "emma", "daniel"), busy=("liu",))
    for minutes in (46, 37, 28, 19, 10, 1)
]
