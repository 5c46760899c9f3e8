"""Whom the demo company serves: invented people and organisations, none of which exists."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from haoke.demo.story.moments import When, on


@dataclass(frozen=True, slots=True)
class Known:
    """A customer of the archive. `writer` is who writes from `mail`: the person, or somebody of the organisation."""

    kind: str
    name: str
    writer: str
    mail: str
    phone: str
    when: When
    owner: str = ""
    area: str = ""
    more: tuple[tuple[str, str, str], ...] = ()
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def contact_points(self) -> list[tuple[str, str, str]]:
        return [("mail", self.mail, ""), ("phone", self.phone, ""), *self.more]


CUSTOMERS = (
    Known(
        kind="person",
        name="林晓东",
        writer="林晓东",
        mail="lin.xiaodong@home.example",
        phone="13800000101",
        when=on(38, "10:15"),
        owner="wang",
        area="310104",
        details={
            "honorific": "mr",
            "language": "zh-hans",
            "source": "customer",
            "province": "上海市",
            "city": "上海市",
            "district": "徐汇区",
            "street": "示范路 18 弄 6 号 302 室",
        },
    ),
    Known(
        kind="person",
        name="何雨薇",
        writer="何雨薇",
        mail="he.yuwei@home.example",
        phone="13800000102",
        when=on(37, "14:20"),
        owner="wang",
        area="310115",
        more=(("wechat", "yuwei_he_demo", "微信"),),
        details={
            "honorific": "ms",
            "language": "zh-hans",
            "source": "referral",
            "province": "上海市",
            "city": "上海市",
            "district": "浦东新区",
            "street": "样例大道 520 号 11 楼",
            "note": "家里有婴儿，上门前请先打电话。",
        },
    ),
    Known(
        kind="person",
        name="陈静",
        writer="陈静",
        mail="chen.jing@school.example",
        phone="13800000103",
        when=on(36, "09:40"),
        owner="wang",
        area="330106",
        details={
            "honorific": "teacher",
            "position": "物理教师",
            "language": "zh-hans",
            "source": "mail",
            "province": "浙江省",
            "city": "杭州市",
            "district": "西湖区",
        },
    ),
    Known(
        kind="person",
        name="王伟",
        writer="王伟",
        mail="wang.wei@home.example",
        phone="13800000104",
        when=on(35, "16:05"),
        owner="",
        area="320506",
        details={
            "honorific": "mr",
            "language": "zh-hans",
            "source": "customer",
            "province": "江苏省",
            "city": "苏州市",
            "district": "吴中区",
        },
    ),
    Known(
        kind="person",
        name="刘建国",
        writer="刘建国",
        mail="liu.jianguo@home.example",
        phone="13800000105",
        when=on(34, "11:30"),
        owner="wang",
        area="310104",
        more=(("phone", "021-55550105", "家里"),),
        details={
            "honorific": "mr",
            "language": "zh-hans",
            "source": "customer",
            "province": "上海市",
            "city": "上海市",
            "district": "徐汇区",
            "note": "听力不好，电话里请慢一点说。",
        },
    ),
    Known(
        kind="person",
        name="James Porter",
        writer="James Porter",
        mail="james.porter@home.example",
        phone="+44 20 7946 0106",
        when=on(33, "15:45"),
        owner="emma",
        details={"honorific": "mr", "language": "en", "source": "mail", "city": "Shanghai"},
    ),
    Known(
        kind="person",
        name="Maria Rossi",
        writer="Maria Rossi",
        mail="maria.rossi@studio.example",
        phone="+39 055 555 0107",
        when=on(32, "10:10"),
        owner="emma",
        details={"honorific": "ms", "position": "Architect", "language": "en", "source": "gathering"},
    ),
    Known(
        kind="organisation",
        name="上海远帆机电有限公司",
        writer="周倩（远帆机电）",
        mail="purchasing@yuanfan.example",
        phone="021-55550108",
        when=on(31, "13:25"),
        owner="liu",
        area="310115",
        more=(("phone", "13800000108", "周倩，采购"),),
        details={
            "nature": "merchant",
            "language": "zh-hans",
            "source": "referral",
            "industry": "机电设备",
            "credit_code": "91310115MAHAKE012E",
            "province": "上海市",
            "city": "上海市",
            "district": "浦东新区",
            "street": "示例工业园 3 号楼",
        },
    ),
    Known(
        kind="organisation",
        name="苏州明川精密制造有限公司",
        writer="沈会计（明川精密）",
        mail="finance@mingchuan.example",
        phone="0512-55550109",
        when=on(30, "09:05"),
        owner="liu",
        area="320506",
        details={
            "nature": "merchant",
            "language": "zh-hans",
            "source": "public",
            "industry": "精密制造",
            "credit_code": "91320506MAHAKE0201",
            "province": "江苏省",
            "city": "苏州市",
            "district": "吴中区",
        },
    ),
    Known(
        kind="organisation",
        name="杭州绿荫酒店管理有限公司",
        writer="冯经理（绿荫酒店）",
        mail="front.office@lvyin-hotel.example",
        phone="0571-55550110",
        when=on(29, "17:00"),
        owner="liu",
        area="330106",
        more=(("phone", "0571-55550120 转 806", "客房部"),),
        details={
            "nature": "merchant",
            "language": "zh-hans",
            "source": "gathering",
            "industry": "酒店",
            "credit_code": "91330106MAHAKE039D",
            "province": "浙江省",
            "city": "杭州市",
            "district": "西湖区",
        },
    ),
    Known(
        kind="organisation",
        name="Northgate Instruments Ltd",
        writer="Helen Shaw (Northgate)",
        mail="office@northgate.example",
        phone="+44 20 7946 0111",
        when=on(28, "16:30"),
        owner="daniel",
        details={
            "nature": "distributor",
            "language": "en",
            "source": "gathering",
            "industry": "Laboratory equipment",
            "city": "London",
        },
    ),
    Known(
        kind="organisation",
        name="Bluefin Logistics Pte Ltd",
        writer="Aisha Tan (Bluefin)",
        mail="facilities@bluefin.example",
        phone="+65 6555 0112",
        when=on(27, "10:50"),
        owner="daniel",
        details={
            "nature": "merchant",
            "language": "en",
            "source": "referral",
            "industry": "Logistics",
            "city": "Singapore",
        },
    ),
)
