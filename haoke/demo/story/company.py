"""Who works at the demo company: memorable addresses, one password for all, since the data are there to be looked at."""

from __future__ import annotations

from dataclasses import dataclass

COMPANY_NAME = "好客示范公司 Haoke Demo Company"
# Shown at every start and public on purpose: whoever keeps real data starts an empty installation instead.
PASSWORD = "welcome-guests-2026"
MAILBOX = "support@demo.haoke.example"

TEAMS = {"care": "客户服务 Customer care", "key": "大客户 Key accounts"}


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division by its GB/T 2260 code; `parent` is the code above it."""

    code: str
    name: str
    parent: str = ""


AREAS = (
    Division("310000", "上海市"),
    Division("310104", "徐汇区", "310000"),
    Division("310115", "浦东新区", "310000"),
    Division("320000", "江苏省"),
    Division("320500", "苏州市", "320000"),
    Division("320506", "吴中区", "320500"),
    Division("330000", "浙江省"),
    Division("330100", "杭州市", "330000"),
    Division("330106", "西湖区", "330100"),
)


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the staff; `key` is how the story calls them, teams, areas and skills are keys too.

    Whoever answers customers `writes` certain languages; nothing there means all of them.
    """

    key: str
    name: str
    role: str
    teams: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    language: str = "zh-hans"
    mail_name: str = ""
    skills: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        return f"{self.mail_name}@demo.haoke.example"


STAFF = (
    Colleague("wang", "王丽", "agent", ("care",), mail_name="wang.li", skills=("purifiers",), writes=("zh-hans",)),
    Colleague("emma", "Emma Clarke", "agent", ("care",), language="en", mail_name="emma.clarke", skills=("coffee",)),
    Colleague(
        "zhao",
        "赵敏",
        "supervisor",
        ("care", "key"),
        ("310000", "320000", "330000"),
        mail_name="zhao.min",
        skills=("purifiers", "coffee", "invoices"),
    ),
    Colleague("liu", "刘洋", "account_manager", ("key",), mail_name="liu.yang", skills=("invoices",)),
    Colleague("daniel", "Daniel Weber", "account_manager", ("key",), language="en", mail_name="daniel.weber"),
    Colleague("chen", "陈磊", "field_engineer", ("care",), ("310000",), mail_name="chen.lei"),
    Colleague("sun", "孙悦", "quality_manager", mail_name="sun.yue"),
    Colleague("zhou", "周航", "administrator", mail_name="zhou.hang"),
    Colleague("wu", "吴昊", "surveyor", mail_name="wu.hao"),
)
