"""Where one is in the inbox: addresses that carry the whole list, and the list an address means."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from haoke.conversations import queries
from haoke.conversations.choices import InboxSort, InboxView, State
from haoke.conversations.forms.lists import filter_of
from haoke.conversations.queries import InboxFilter
from haoke.core.actor import Actor
from haoke.core.text.numbers import number_in
from haoke.core.ui.returning import safe_return

_ORDINARY = {"view": InboxView.ALL, "state": "unfinished", "q": "", "sort": InboxSort.NEWEST}

# A list of the inbox in the words of the search, so that a view can be saved.
_SAID = {
    InboxView.MINE: "is:mine",
    InboxView.UNASSIGNED: "is:unassigned",
    InboxView.WAITING: "is:waiting",
    InboxView.DUE_SOON: "is:due-soon",
    InboxView.OVERDUE: "is:overdue",
    InboxView.SNOOZED: "is:snoozed",
}


def inbox_address(wanted: InboxFilter, **more: str) -> str:
    """The address of a list; what goes without saying is not in it."""
    words = {"view": wanted.view, "state": wanted.state, "q": wanted.text, "sort": wanted.sort, **more}
    said = {name: value for name, value in words.items() if value and value != _ORDINARY.get(name)}
    address = reverse("conversations:inbox")
    return f"{address}?{urlencode(said)}" if said else address


def list_in(asked: QueryDict, actor: Actor) -> InboxFilter:
    """The list an address means; a saved view brings its search, and its order unless another is asked for.

    Raises NotFound for a saved view the actor does not have.
    """
    wanted = filter_of(asked)
    saved_id = asked.get("saved", "")
    if not saved_id.isdecimal():
        return wanted
    # A number that no key can be is a view that is not there.
    saved = queries.own_or_shared_view(number_in(saved_id) or 0, actor)
    return replace(
        wanted,
        view=InboxView.ALL,
        text=saved.search,
        sort=wanted.sort if "sort" in asked else saved.sort or wanted.sort,
    )


def list_at(request: HttpRequest, address: str, actor: Actor) -> InboxFilter:
    """The list of an address that came with a form or a link; the plain inbox where it is none of ours."""
    return list_in(QueryDict(urlsplit(safe_return(request, address)).query), actor)


def list_address(request: HttpRequest, address: str | None) -> str:
    """An address of the inbox that came from outside, as a path of this house."""
    inbox = reverse("conversations:inbox")
    found = safe_return(request, address, otherwise=inbox)
    return found if urlsplit(found).path == inbox else inbox


def as_search(wanted: InboxFilter) -> str:
    """The list in the words of the search."""
    states = State.values if wanted.state == "any" else [wanted.state] if wanted.state in State.values else []
    said = [_SAID.get(InboxView(wanted.view), ""), f"status:{','.join(states)}" if states else "", wanted.text]
    return " ".join(filter(None, said))
