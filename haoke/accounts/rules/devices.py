"""Decides how the place of a signing in is called: which program on which system, and from which network."""

from __future__ import annotations

import ipaddress
from typing import NamedTuple

# The first sign found names it; a program that carries others' names in its own stands before them.
_PROGRAMS = (
    ("wxwork/", "企业微信"),
    ("micromessenger/", "微信"),
    ("dingtalk", "钉钉"),
    ("feishu", "飞书"),
    ("lark/", "飞书"),
    ("edg/", "Edge"),
    ("edga/", "Edge"),
    ("edgios/", "Edge"),
    ("opr/", "Opera"),
    ("qqbrowser", "QQ浏览器"),
    ("ucbrowser", "UC"),
    ("quark/", "夸克"),
    ("huaweibrowser", "华为浏览器"),
    ("miuibrowser", "小米浏览器"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox/", "Firefox"),
    ("fxios/", "Firefox"),
    ("crios/", "Chrome"),
    ("chrome/", "Chrome"),
    ("safari/", "Safari"),
)
_SYSTEMS = (
    ("openharmony", "HarmonyOS"),
    ("harmonyos", "HarmonyOS"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("cros ", "ChromeOS"),
    ("mac os x", "Mac"),
    ("linux", "Linux"),
)


class Device(NamedTuple):
    """Each empty where the program does not say."""

    program: str
    system: str


def device_of(user_agent: str) -> Device:
    """What a browser says about itself, in two words; it may say anything, so nothing but a list depends on it."""
    said = user_agent.lower()
    return Device(_first(said, _PROGRAMS), _first(said, _SYSTEMS))


def network_of(address: str) -> str:
    """The network somebody came from: enough to know one's own again, too little to point at a household."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if found.version == 6 and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.version == 4:
        return ".".join([*str(found).split(".")[:3], "*"])
    return ":".join([*found.exploded.split(":")[:3], "*"])


def _first(said: str, signs: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in signs if sign in said), "")
