"""The report page: period and dimension to choose, then tables and plots that say the same."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haoke.accounts import queries as accounts
from haoke.accounts.choices import Role
from haoke.conversations.choices import Dimension
from haoke.core import clock
from haoke.core.shares import FEWEST
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.insight import forms, queries
from haoke.insight.choices import ATTRIBUTION, DEFINITIONS, TOO_FEW, WORKING_TIME, Pace, Span, Table
from haoke.insight.queries import Wanted
from haoke.insight.rules import Share
from haoke.insight.views.plots import chart_of, heat_of, steps_of


@require_safe
@needs("reports.view")
def index(request: Request) -> HttpResponse:
    wanted = forms.Filters(request.GET).wanted
    report = queries.report(request.actor, wanted)
    teams = accounts.team_names([wanted.team_id])
    may_export = Role.QUALITY_MANAGER not in request.actor.roles
    context = {
        "wanted": wanted,
        "report": report,
        "chart": chart_of(report.days),
        "heat": heat_of(report.hours),
        "steps": steps_of(report.responses),
        "team": teams.get(wanted.team_id or 0, ""),
        "spans": Span.choices,
        "paces": Pace.choices,
        "dimensions": [
            {"label": label, "url": address(wanted, by=code), "is_current": code == wanted.dimension}
            for code, label in Dimension.choices
        ],
        "dimension_label": Dimension(wanted.dimension).label,
        "definitions": DEFINITIONS,
        "notes": [ATTRIBUTION, WORKING_TIME, TOO_FEW % {"fewest": FEWEST}],
        "files": {code: address(wanted, name="file", table=code) for code in Table.values} if may_export else {},
        "team_address": lambda key: address(wanted, by=Dimension.AGENT, team=key),
        "whole_address": address(wanted, team=None),
        "none_label": none_label(wanted.dimension),
        "others_label": _("Other colleagues"),
        "share": Share,
        "fewest": FEWEST,
        "printed_at": clock.now(),
    }
    return render(request, "insight/report.html", context)


def none_label(dimension: str) -> str:
    """What a group is called that names nobody and nothing."""
    return {Dimension.TEAM: _("No team"), Dimension.AGENT: _("Nobody")}.get(Dimension(dimension), "—")


def address(wanted: Wanted, *, name: str = "reports", table: str = "", **changes: Any) -> str:
    """The same report with something else chosen."""
    days = {"since": wanted.first, "until": wanted.last} if wanted.span == Span.CUSTOM else {}
    words = {"span": wanted.span, **days, "by": wanted.dimension, "pace": wanted.pace, "team": wanted.team_id} | changes
    query = urlencode({key: value for key, value in words.items() if value})
    return f"{reverse(f'insight:{name}', args=[table] if table else [])}?{query}"
