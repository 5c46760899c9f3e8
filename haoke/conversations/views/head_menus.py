"""What can be done with a conversation from its head: the menus, as far as the actor may."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from haoke.conversations.choices import SnoozeChoice
from haoke.conversations.models import Conversation

MenuItem = dict[str, Any] | str


def menu_words(found: Conversation, *, can_answer: bool) -> dict[str, list[MenuItem]]:
    return {"snooze_items": _snooze_items(found), "more_items": _more_items(found, can_answer=can_answer)}


def _snooze_items(found: Conversation) -> list[MenuItem]:
    here = _address("snooze", found)
    offers: list[MenuItem] = [
        {
            "label": label,
            "action": here,
            "fields": {"choice": code, "version": found.version},
            "icon": "alarm-clock",
        }
        for code, label in SnoozeChoice.choices
    ]
    return [*offers, "-", {"label": _("Another moment"), "url": here, "icon": "calendar"}]


def _more_items(found: Conversation, *, can_answer: bool) -> list[MenuItem]:
    paper: MenuItem = {
        "label": _("Print"),
        "url": f"{_address('conversation', found)}?print=1",
        "icon": "printer",
    }
    if not can_answer:
        return [paper]
    return [
        {"label": _("Merge into another"), "url": _address("merge", found), "icon": "merge"},
        {"label": _("Split"), "url": _address("split", found), "icon": "split"},
        {"label": _("Link with another"), "url": _address("links", found), "icon": "link"},
        "-",
        paper,
    ]


def _address(name: str, found: Conversation) -> str:
    return reverse(f"conversations:{name}", args=[found.pk])
