"""Who looked at personal data, when, and at whose: as a page and as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from haoke.accounts import queries as accounts
from haoke.core.paging import Place, cut, place_of
from haoke.core.ui import render
from haoke.core.ui.downloads import csv_download
from haoke.core.ui.form_refusals import status_of
from haoke.core.ui.formatting import zone_of
from haoke.core.ui.gate import Request, needs
from haoke.customers import queries as customers
from haoke.timeline import queries as timeline
from haoke.timeline.choices import AccessKind
from haoke.timeline.services import note_access
from haoke.web.forms import AccessFilters

LINES_A_PAGE = 50
MOST_IN_A_FILE = 50_000


@dataclass(frozen=True)
class Look:
    """One line of the log, with its ids told as what people know them by."""

    at: datetime
    who: str
    kind: str
    kind_label: str
    subject: str
    customer_number: str
    network: str


@require_safe
@never_cache
@needs("operations.view")
def access_log(request: Request) -> HttpResponse:
    form = _filters(request)
    lines: list[Look] = []
    following = None
    if form.is_valid():
        before = place_of(request.GET.get("before", ""))
        found = timeline.accesses(form.wanted(zone_of(request.actor)), before=before, most=LINES_A_PAGE + 1)
        shown, following = cut(found, LINES_A_PAGE, lambda each: Place(each.at, each.pk))
        lines = _told(shown)
    context = {
        "form": form,
        "lines": lines,
        "first_url": _address("access_log", request) if "before" in request.GET else None,
        "next_url": _address("access_log", request, before=following) if following else None,
        "export_url": _address("access_log_export", request),
    }
    return render(request, "web/operations/access_log.html", context, status=status_of(form))


@require_safe
@never_cache
@needs("operations.view")
def export(request: Request) -> HttpResponse:
    """The newest lines as a file; that somebody took them out stands in the log as well."""
    form = _filters(request)
    if not form.is_valid():
        return access_log(request)
    zone = zone_of(request.actor)
    found = timeline.accesses(form.wanted(zone), most=MOST_IN_A_FILE)
    note_access(kind=AccessKind.EXPORT, subject_kind="access_log", by=request.actor)
    return csv_download("access-log.csv", _cells(_told(found), zone))


def _filters(request: Request) -> AccessFilters:
    staff = [(each.pk, each.name) for each in accounts.staff_list()]
    # Bound even when empty, so that an address is checked like any other input.
    return AccessFilters(request.GET, staff=staff)


def _told(found: Sequence[timeline.Access]) -> list[Look]:
    """Two queries, however many lines."""
    numbers = customers.names(each.customer_id for each in found)
    staff = accounts.staff_names(each.subject_id for each in found if each.subject_kind == "staff")
    labels = dict(AccessKind.choices)
    return [
        Look(
            at=each.at,
            who=each.actor_name or _("Somebody"),
            kind=each.kind,
            kind_label=str(labels.get(each.kind, each.kind)),
            subject=_subject(each, staff),
            customer_number=numbers[each.customer_id].number if each.customer_id in numbers else "",
            network=each.network,
        )
        for each in found
    ]


def _subject(look: timeline.Access, staff: dict[int, str]) -> str:
    if look.subject_kind == "conversation":
        return f"HK-{look.subject_id}" if look.subject_id else _("Conversations")
    if look.kind == AccessKind.REFUSED_SIGN_IN:
        return staff.get(look.subject_id or 0, _("an unknown address"))
    return {
        "satisfaction": _("Survey answers"),
        "access_log": _("Access log"),
        "customer": "" if look.subject_id else _("Customers"),
    }.get(look.subject_kind, "")


def _cells(lines: Sequence[Look], zone: tzinfo) -> Iterator[list[str]]:
    yield [_("When"), _("Who"), _("What"), _("Concerning"), _("Customer number"), _("Network")]
    for line in lines:
        at = line.at.astimezone(zone).isoformat(timespec="seconds")
        yield [at, line.who, line.kind_label, line.subject, line.customer_number, line.network]


def _address(name: str, request: Request, *, before: Place | None = None) -> str:
    words = {each: request.GET.get(each, "") for each in AccessFilters.base_fields}
    words["before"] = before.key if before else ""
    return f"{reverse(f'web:{name}')}?{urlencode({key: value for key, value in words.items() if value})}"
