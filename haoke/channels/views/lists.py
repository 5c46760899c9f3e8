"""What the two lists of mails share: the chosen state, the counts of all, and the links between pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from haoke.core.paging import Place
from haoke.core.ui.gate import Request


def chosen_state(request: Request, states: type[TextChoices]) -> str:
    """The state asked for, empty for all; an unknown one counts as all."""
    asked = request.GET.get("state", "")
    return asked if asked in states.values else ""


def link_to(path: str, *, state: str, place: Place | None = None) -> str:
    """A page of the list as an address."""
    words = {"state": state, "after": place.key if place else ""}
    asked = urlencode({name: word for name, word in words.items() if word})
    return f"{path}?{asked}" if asked else path


def state_tabs(path: str, states: type[TextChoices], counts: Mapping[str, int], state: str) -> list[dict[str, Any]]:
    """All, then each state with its count; counts end at a thousand, which the tabs show as 999+."""
    everything = {"label": _("All"), "url": path, "is_current": not state}
    return [
        everything,
        *(
            {
                "label": label,
                "url": link_to(path, state=code),
                "count": counts[code],
                "is_current": code == state,
            }
            for code, label in states.choices
        ),
    ]
