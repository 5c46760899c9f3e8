"""Decides which icons exist in Haoke and turns a name into inline SVG."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

FILE = Path(__file__).resolve().parent.parent / "static" / "vendor" / "icons.json"

# Every icon a page may use, by its name in Lucide. Add a line, then run `python -m haoke.core.ui.vendor`.
USED = (
    "alarm-clock",
    "archive",
    "arrow-down",
    "arrow-left",
    "arrow-right",
    "arrow-right-left",
    "arrow-up",
    "arrow-up-down",
    "at-sign",
    "bell",
    "bell-off",
    "book-open",
    "bot",
    "briefcase",
    "building-2",
    "calendar",
    "calendar-clock",
    "chart-column",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "circle",
    "circle-alert",
    "circle-check",
    "circle-dot",
    "circle-question-mark",
    "clipboard-list",
    "clock",
    "clock-alert",
    "contact",
    "copy",
    "download",
    "ellipsis",
    "external-link",
    "eye",
    "eye-off",
    "file",
    "file-archive",
    "file-spreadsheet",
    "file-text",
    "flag",
    "gift",
    "globe",
    "handshake",
    "heart-handshake",
    "history",
    "house",
    "image",
    "image-off",
    "inbox",
    "info",
    "key-round",
    "keyboard",
    "languages",
    "layers",
    "link",
    "list-checks",
    "list-filter",
    "lock",
    "lock-open",
    "log-out",
    "mail",
    "map-pin",
    "menu",
    "merge",
    "message-circle",
    "message-square-warning",
    "moon",
    "notebook-pen",
    "paperclip",
    "pause",
    "pencil",
    "phone",
    "phone-call",
    "play",
    "plus",
    "printer",
    "refresh-cw",
    "reply",
    "rotate-ccw",
    "search",
    "send",
    "server-cog",
    "settings",
    "shield",
    "split",
    "square-pen",
    "star",
    "sticky-note",
    "sun",
    "sun-moon",
    "tag",
    "trash-2",
    "triangle-alert",
    "undo-2",
    "unlink",
    "upload",
    "user",
    "user-plus",
    "users",
    "wrench",
    "x",
    "zap",
)


@cache
def _drawings() -> dict[str, str]:
    """The inner SVG of every icon, read once. Raises RuntimeError where the vendor step has not run."""
    try:
        return json.loads(FILE.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RuntimeError("Icons are missing: run `npm ci` and `python -m haoke.core.ui.vendor`.") from None


@cache
def icon(name: str, label: str | None = None) -> Markup:
    """One icon as inline SVG: hidden from screen readers unless it carries the meaning alone (`label`).

    Raises LookupError for a name that is not in USED, so that a typing error is seen in the first test.
    """
    drawing = _drawings().get(name)
    if drawing is None:
        raise LookupError(f"No icon {name!r}: add it to haoke.core.ui.icons.USED and run the vendor step.")
    meaning = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    # The drawing comes from the package pinned in package.json, never from a person.
    return Markup('<svg class="icon" data-icon="{}" viewBox="0 0 24 24" {}>{}</svg>').format(
        escape(name), meaning, Markup(drawing)
    )
