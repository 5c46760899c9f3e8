"""How satisfied customers are, as a page and as a file to take along."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haoke.accounts import queries as accounts
from haoke.accounts.choices import Role
from haoke.conversations.choices import Phase
from haoke.core.paging import Place
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.quality import forms, queries, services
from haoke.quality.choices import Score
from haoke.quality.rules import plain_cell


@require_safe
@needs("quality.view")
def satisfaction(request: Request) -> HttpResponse:
    filters = forms.Filters(request.GET)
    wanted = filters.wanted
    page = queries.answer_page(request.actor, wanted, place=filters.place)
    context = {
        "report": queries.satisfaction_report(request.actor, wanted),
        "page": page,
        "wanted": wanted,
        "periods": forms.PERIODS,
        "teams": [("", _("All teams")), *((team.pk, team.name) for team in accounts.teams())],
        "phases": [("", _("All phases")), *Phase.choices],
        "score_labels": dict(Score.choices),
        "fewest": queries.FEWEST,
        "next_url": _address("satisfaction", wanted, after=page.following) if page.following else None,
        "first_url": _address("satisfaction", wanted) if filters.place else None,
        "export_url": None if Role.QUALITY_MANAGER in request.actor.roles else _address("export", wanted),
    }
    return render(request, "quality/satisfaction.html", context)


@require_safe
@needs("quality.view")
def export(request: Request) -> HttpResponse:
    rows = services.export_answers(wanted=forms.Filters(request.GET).wanted, by=request.actor)
    text = StringIO()
    csv.writer(text).writerows(_lines(rows))
    # The mark at the beginning tells Excel and WPS that the file is UTF-8.
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="satisfaction.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _lines(rows: list[queries.AnswerRow]) -> Iterator[list[str]]:
    yield [
        _("Answered at"),
        _("Conversation"),
        _("Customer number"),
        _("Customer"),
        _("Team"),
        _("Assignee"),
        _("Phase"),
        _("Score"),
        _("Comment"),
    ]
    for row in rows:
        cells = (row.customer_number, row.customer_name, row.team, row.assignee, row.phase_label)
        yield [
            timezone.localtime(row.answered_at).isoformat(timespec="minutes"),
            row.reference,
            *map(plain_cell, cells),
            str(row.score),
            plain_cell(row.comment),
        ]


def _address(name: str, wanted: queries.AnswerFilter, *, after: Place | None = None) -> str:
    words = {
        "days": wanted.days,
        "team": wanted.team_id,
        "phase": wanted.phase,
        "q": wanted.text,
        "low": "1" if wanted.is_low else "",
        "after": after.key if after else "",
    }
    return f"{reverse(f'quality:{name}')}?{urlencode({name: value for name, value in words.items() if value})}"
