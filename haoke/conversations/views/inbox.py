"""The inbox: its views beside its list, both of which refresh while one looks at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from haoke.conversations import queries
from haoke.conversations.choices import InboxSort, InboxView, State
from haoke.conversations.models import SavedView
from haoke.conversations.queries import ClockView, InboxFilter, InboxPage, InboxRow
from haoke.conversations.views.clocks import spoken
from haoke.conversations.views.places import inbox_address, list_in
from haoke.core import clock
from haoke.core.paging import place_of
from haoke.core.text.numbers import number_in
from haoke.core.ui import render, wanted_part
from haoke.core.ui.gate import Request, needs

# So many saved views are counted; who has more finds the others below them without a number.
MOST_COUNTED_VIEWS = 8
CHANNEL_ICONS = {"mail": "mail", "form": "globe"}
# Nobody acts differently on 1,000 and 1,400.
MOST_COUNTED_ROWS = 1_000
# The blocks that are fetched again when something they show has changed.
PARTS = frozenset({"inbox_views", "inbox_rows"})


@require_safe
@needs("conversations.view")
def inbox(request: Request) -> HttpResponse:
    wanted = list_in(request.GET, request.actor)
    words: dict[str, Any] = {"wanted": wanted, "saved_id": _saved_id(request), "here": request.get_full_path()}
    part = wanted_part(request, PARTS)
    # What nobody looks at is not asked for.
    if part in (None, "inbox_views"):
        words |= _pane(request, wanted)
    if part in (None, "inbox_rows"):
        words |= _list(request, wanted, words.get("counts", {}))
    if part is None:
        words |= {
            "states": [("unfinished", _("Unfinished")), ("any", _("Any state")), *State.choices],
            "sorts": InboxSort.choices,
            "may_answer": request.actor.may("conversations.answer") and request.actor.staff_id is not None,
        }
    return render(request, "conversations/inbox.html", words)


def _pane(request: Request, wanted: InboxFilter) -> dict[str, Any]:
    """The lists everybody has with their counts, and those kept under a name."""
    actor, saved_id = request.actor, _saved_id(request)
    counts = queries.view_counts(actor)
    saved = queries.saved_views(actor)
    saved_counts = queries.saved_view_counts(saved[:MOST_COUNTED_VIEWS], actor)
    is_plain = not (saved_id or wanted.text)
    views = [
        {
            "label": label,
            "url": inbox_address(InboxFilter(view=view)),
            "count": counts[view],
            "is_current": is_plain and wanted.view == view,
            "tone": {InboxView.OVERDUE: "danger", InboxView.DUE_SOON: "warning"}.get(InboxView(view), "neutral"),
        }
        for view, label in InboxView.choices
        if view != InboxView.MINE or actor.may("conversations.answer")
    ]
    return {
        "counts": counts,
        "views": views,
        "save_url": f"{reverse('conversations:view_new')}?{_query(request, wanted)}",
        "own_views": _links([each for each in saved if each.owner_id == actor.staff_id], saved_counts, saved_id),
        "shared_views": _links([each for each in saved if each.owner_id != actor.staff_id], saved_counts, saved_id),
    }


def _links(saved: Sequence[SavedView], counts: dict[int, int], saved_id: int) -> list[dict[str, Any]]:
    return [
        {
            "label": each.name,
            "url": f"{reverse('conversations:inbox')}?{urlencode({'saved': each.pk})}",
            "edit_url": reverse("conversations:view_edit", args=[each.pk]),
            "count": counts.get(each.pk),
            "is_current": each.pk == saved_id,
            "title": each.search,
        }
        for each in saved
    ]


def _list(request: Request, wanted: InboxFilter, counts: Mapping[str, int]) -> dict[str, Any]:
    page = queries.inbox_page(
        request.actor,
        wanted,
        place=place_of(request.GET.get("after", "")),
        before=place_of(request.GET.get("before", "")),
    )
    now = clock.now()
    clocks = queries.running_clocks([row.id for row in page.rows], at=now)
    beginning = _address(request, wanted)
    return {
        "page": page,
        "rows": [_line(row, clocks.get(row.id), request, now) for row in page.rows],
        "summary": _summary(request, wanted, page, counts),
        "empty": _empty(wanted),
        "channel_icons": CHANNEL_ICONS,
        "next_url": _address(request, wanted, after=page.following.key) if page.following else None,
        "previous_url": _address(request, wanted, before=page.preceding.key) if page.preceding else None,
        "first_url": beginning if page.preceding else None,
        "any_state_url": _address(request, wanted, state="any") if wanted.state == "unfinished" else None,
    }


def _line(row: InboxRow, running: ClockView | None, request: Request, now: Any) -> dict[str, Any]:
    address = reverse("conversations:conversation", args=[row.id])
    return {
        "row": row,
        "url": f"{address}?{urlencode({'from': request.get_full_path()})}",
        "clock": spoken(running, request.actor) if running else None,
        "waits": (now - row.waiting_since).total_seconds() if row.waiting_since else None,
    }


def _summary(request: Request, wanted: InboxFilter, page: InboxPage, counts: Mapping[str, int]) -> str:
    """How many conversations the whole list has, up to a thousand; said only where it has several pages."""
    if not (page.following or page.preceding):
        return ""
    is_kept = wanted.view in counts and not wanted.text and wanted.state == "unfinished"
    count = counts[wanted.view] if is_kept else queries.matching_count(request.actor, wanted, most=MOST_COUNTED_ROWS)
    if count >= MOST_COUNTED_ROWS:
        return _("More than %(count)s conversations") % {"count": MOST_COUNTED_ROWS - 1}
    return ngettext("%(count)s conversation", "%(count)s conversations", count) % {"count": count}


def _empty(wanted: InboxFilter) -> dict[str, str]:
    """What stands in an empty list: what this place is for, and that all is well where it is."""
    if wanted.text:
        title = _("Nothing matches “%(text)s”") % {"text": wanted.text}
        return {"title": title, "text": _("Try fewer words, or another list."), "icon": "search"}
    title, text = {
        InboxView.MINE: (_("Nothing is yours to do"), _("Take a conversation from “Unassigned”, or wait for one.")),
        InboxView.UNASSIGNED: (_("Everything has somebody"), _("What nobody looks after yet appears here.")),
        InboxView.WAITING: (_("We wait for nobody"), _("Conversations in which it is the customer's turn stand here.")),
        InboxView.DUE_SOON: (_("Nothing is due soon"), _("What has to be answered before long appears here.")),
        InboxView.OVERDUE: (_("Nothing is overdue"), _("Every promised time is kept so far.")),
        InboxView.SNOOZED: (_("Nothing is snoozed"), _("What you put off until later waits here and comes back.")),
        InboxView.ALL: (_("Nothing to answer here"), _("New mail appears by itself.")),
    }[InboxView(wanted.view)]
    return {"title": title, "text": text, "icon": "inbox"}


def _address(request: Request, wanted: InboxFilter, **more: str) -> str:
    """This list again, at another place or otherwise; of a saved view only its name is in the address."""
    if not (saved_id := _saved_id(request)):
        return inbox_address(wanted, **more)
    own_sort = {"sort": wanted.sort} if "sort" in request.GET else {}
    return f"{reverse('conversations:inbox')}?{urlencode({'saved': saved_id, **own_sort, **more})}"


def _query(request: Request, wanted: InboxFilter) -> str:
    """This list as the words of an address, for a page that begins with it."""
    said = parse_qsl(urlsplit(_address(request, wanted)).query)
    return urlencode([("from", request.get_full_path()), *said])


def _saved_id(request: HttpRequest) -> int:
    return number_in(request.GET.get("saved", "")) or 0
