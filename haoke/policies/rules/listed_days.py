"""How a list of days off and make-up workdays, as offices publish and people type them, is read."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from haoke.policies.choices import ImportFault
from haoke.policies.errors import ListNotReadable

LONGEST_NAME = 60
ENCODINGS = ("utf-8-sig", "gb18030")
# A year's list may reach into the year before: 2023's began on 2022-12-31.
NEIGHBOURING_DAYS = 31

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_WORKING = {"work", "working", "班", "上班", "补班", "工作日", "true", "1"}
_OFF = {"off", "休", "放假", "休息", "休息日", "false", "0"}


@dataclass(frozen=True, slots=True)
class ListedDay:
    """One date of a list."""

    on: date
    is_working: bool
    name: str


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was left out: where it stood, what it said and what is wrong with it."""

    number: int
    text: str
    fault: ImportFault


def read_list(content: bytes, *, year: int) -> tuple[list[ListedDay], list[RejectedRow]]:
    """The days a JSON or CSV file lists for a year, and the rows that cannot be used, one by one.

    JSON is a list of objects with `date`, `is_working` and `name`, by itself or in our own file of several years; CSV
    has the columns date, kind and name, with or without that heading. Raises ListNotReadable for anything else.
    """
    text = _decoded(content)
    rows = _json_rows(text, year) if text.lstrip()[:1] in ("[", "{") else _csv_rows(text)
    try:
        return _sorted_out(rows, year)
    except RecursionError:
        # JSON nested a thousand deep is no list of days.
        raise ListNotReadable(field="file") from None


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ListNotReadable(field="file")


def _json_rows(text: str, year: int) -> Iterator[tuple[int, str, list[str]]]:
    try:
        found = json.loads(text)
    except ValueError:
        raise ListNotReadable(field="file") from None
    if isinstance(found, Mapping):
        found = _days_of_year(found, year)
    if not isinstance(found, list):
        raise ListNotReadable(field="file")
    for number, row in enumerate(found, 1):
        parts = row if isinstance(row, Mapping) else {}
        cells = [str(parts.get(name, "")).strip() for name in ("date", "is_working", "name")]
        # JSON may hold half characters, which no page can show.
        yield number, json.dumps(row, ensure_ascii=False).encode("utf-8", "replace").decode(), cells


def _days_of_year(found: Mapping[str, Any], year: int) -> Any:
    """The `days` of an object, or of the wanted one among its `years`."""
    years = found.get("years")
    if not isinstance(years, list):
        return found.get("days")
    wanted = (each for each in years if isinstance(each, Mapping) and each.get("year") == year)
    return next((each.get("days") for each in wanted), None)


def _csv_rows(text: str) -> Iterator[tuple[int, str, list[str]]]:
    text = text.replace("，", ",")
    heading = text.partition("\n")[0]
    separator = "\t" if "\t" in heading else ","
    if separator not in heading:
        raise ListNotReadable(field="file")
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error:
        raise ListNotReadable(field="file") from None
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row]
        is_heading = number == 1 and not any(map(str.isdecimal, cells[0]))
        if any(cells) and not is_heading:
            yield number, separator.join(row), [*cells, "", ""][:3]


def _sorted_out(rows: Iterable[tuple[int, str, list[str]]], year: int) -> tuple[list[ListedDay], list[RejectedRow]]:
    days: dict[date, ListedDay] = {}
    rejected: list[RejectedRow] = []
    for number, text, cells in rows:
        day = _read_row(cells, year)
        if isinstance(day, ListedDay) and days.setdefault(day.on, day) != day:
            day = ImportFault.TWICE
        if isinstance(day, ImportFault):
            rejected.append(RejectedRow(number, text[:200], day))
    return sorted(days.values(), key=lambda day: day.on), rejected


def _read_row(cells: list[str], year: int) -> ListedDay | ImportFault:
    written_date, kind, name = cells
    on = _read_date(written_date)
    if on is None:
        return ImportFault.NO_DATE
    if on.year != year and not 0 < (date(year, 1, 1) - on).days <= NEIGHBOURING_DAYS:
        return ImportFault.OTHER_YEAR
    if kind.lower() not in _WORKING | _OFF:
        return ImportFault.NO_KIND
    if len(name) > LONGEST_NAME:
        return ImportFault.NAME_TOO_LONG
    if not name.isprintable():
        return ImportFault.NAME_UNREADABLE
    return ListedDay(on, kind.lower() in _WORKING, name)


def _read_date(text: str) -> date | None:
    """2027-02-06, 2027/2/6 or 2027年2月6日."""
    written = _DATE.fullmatch(text)
    try:
        return date(*map(int, written.groups())) if written else None
    except ValueError:
        return None
