"""What the two lists of mails share: the chosen state, the place in the list, and the links between pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from haoke.channels.queries import Place
from haoke.core.ui.gate import Request


def chosen_state(request: Request, states: type[TextChoices]) -> str:
    """The state asked for, empty for all; an unknown one counts as all."""
    asked = request.GET.get("state", "")
    return asked if asked in states.values else ""


def chosen_place(request: Request) -> Place | None:
    """Where the page begins; a place nobody handed out means the first page."""
    moment, _separator, row = request.GET.get("after", "").rpartition("~")
    try:
        place = Place(datetime.fromisoformat(moment), int(row))
    except (ValueError, OverflowError):
        return None
    # Ids are stored in eight bytes; a moment without its zone has no place on our line.
    return place if place.at.tzinfo is not None and 0 < place.id < 2**63 else None


def link_to(path: str, *, state: str, place: Place | None = None) -> str:
    """A page of the list as an address."""
    words = {"state": state, "after": f"{place.at.isoformat()}~{place.id}" if place else ""}
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
