"""The tables of a report as files, each with the definitions of its figures at the head."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.http import HttpResponse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haoke.conversations import queries as conversations
from haoke.conversations.choices import Dimension
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.core.ui.downloads import csv_download
from haoke.core.ui.gate import Request, needs
from haoke.insight import forms, queries, services
from haoke.insight.choices import ATTRIBUTION, DEFINITIONS, WORKING_TIME, Table
from haoke.insight.queries import Wanted
from haoke.insight.views.plots import bucket_labels
from haoke.insight.views.reports import none_label

Rows = Iterable[Sequence[str]]

_DURATIONS = ("first_response", "next_response", "resolution")
_PARTS = ("kept_first_response", "kept_next_response", "kept_resolution", "reopened", "one_touch")


@require_safe
@needs("reports.view")
def file(request: Request, table: str) -> HttpResponse:
    if table not in Table.values:
        raise NotFound()
    wanted = forms.Filters(request.GET).wanted
    services.export_report(table=table, wanted=wanted, by=request.actor)
    rows = [*_head(Table(table), wanted), *_ROWS[Table(table)](request.actor, wanted)]
    return csv_download(f"{table}-{wanted.first}-{wanted.last}.csv", rows)


def _head(table: Table, wanted: Wanted) -> Iterator[Sequence[str]]:
    yield [str(table.label), wanted.first.isoformat(), wanted.last.isoformat(), str(queries.house_zone())]
    if table == Table.FIGURES:
        for label, meaning in DEFINITIONS.values():
            yield [str(label), str(meaning)]
        yield [str(ATTRIBUTION)]
        yield [str(WORKING_TIME)]
    yield []


def _figure_rows(actor: Actor, wanted: Wanted) -> Rows:
    """Sums and counts in full, so that whoever adds up the rows arrives at the total."""
    found = queries.figures(actor, wanted)
    yield [str(Dimension(wanted.dimension).label), *_figure_heads()]
    for row in found.rows:
        label = _("Other colleagues") if row.key == conversations.OTHERS else row.label or none_label(wanted.dimension)
        yield [label, *_figure_cells(row)]
    yield [_("Together"), *_figure_cells(found.total)]


def _figure_heads() -> Iterator[str]:
    yield from (str(DEFINITIONS[name][0]) for name in ("opened", "resolved", "open"))
    for name in _DURATIONS:
        label = DEFINITIONS[name][0]
        for pace in (_("working time"), _("time on the clock")):
            measures = ("n", _("sum (s)"), _("mean (s)"), _("median (s)"), _("90 % within (s)"))
            yield from (f"{label}, {pace}: {measure}" for measure in measures)
    for name in _PARTS:
        yield from (f"{DEFINITIONS[name][0]}: {of}" for of in (_("number"), "n"))


def _figure_cells(row: conversations.Figures) -> Iterator[str]:
    yield from (str(row.opened), str(row.resolved), str(row.open))
    for name in _DURATIONS:
        for each in (getattr(row, f"{name}_business"), getattr(row, name)):
            yield str(each.n)
            yield from (_number(value) for value in (each.total, each.mean, each.median, each.p90))
    for name in _PARTS:
        part = getattr(row, name)
        yield from (str(part.part), str(part.n))


def _day_rows(actor: Actor, wanted: Wanted) -> Rows:
    yield [_("Day"), *(str(DEFINITIONS[name][0]) for name in ("opened", "resolved", "open"))]
    for day in queries.days(actor, wanted):
        yield [day.on.isoformat(), str(day.opened), str(day.resolved), str(day.open)]


def _hour_rows(actor: Actor, wanted: Wanted) -> Rows:
    yield [_("Weekday"), *(f"{hour}:00" for hour in range(24))]
    for weekday, counts in enumerate(queries.hours(actor, wanted), start=1):
        yield [str(weekday_name(weekday)), *map(str, counts)]


def _response_rows(actor: Actor, wanted: Wanted) -> Rows:
    yield [str(DEFINITIONS["first_response"][0]), _("Conversations")]
    for label, count in zip(bucket_labels(), queries.responses(actor, wanted), strict=True):
        yield [label, str(count)]


def _consistency_rows(actor: Actor, wanted: Wanted) -> Rows:
    yield [
        _("Category"),
        _("Channel"),
        _("Conversations"),
        _("First response, working time: mean (s)"),
        "n",
        _("One touch: number"),
        "n",
        _("Mean score"),
        "n",
        _("Differs from the other channels"),
    ]
    for request in queries.requests(actor, wanted):
        for channel in request.channels:
            apart = [
                str(label)
                for label, is_apart in (
                    (DEFINITIONS["first_response"][0], channel.is_response_apart),
                    (_("Score"), channel.is_score_apart),
                )
                if is_apart
            ]
            yield [
                request.label,
                channel.label,
                str(channel.n),
                _number(channel.response.mean if channel.response.n else None),
                str(channel.response.n),
                str(channel.one_touch.part),
                str(channel.one_touch.n),
                _number(channel.score.mean if channel.score.n else None),
                str(channel.score.n),
                ", ".join(apart),
            ]


def weekday_name(weekday: int) -> str:
    """The ISO weekday in the active language."""
    return str(WEEKDAYS[weekday - 1])


def _number(value: float | None) -> str:
    """Never in the language's own notation: a file is read by programs."""
    return "" if value is None else f"{value:.10g}"


_ROWS: dict[Table, Callable[[Actor, Wanted], Rows]] = {
    Table.FIGURES: _figure_rows,
    Table.DAYS: _day_rows,
    Table.HOURS: _hour_rows,
    Table.RESPONSES: _response_rows,
    Table.CONSISTENCY: _consistency_rows,
}
