"""Decides how a list leaves as a file that Excel, Calc and WPS open as it is meant."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse

from haoke.core.cells import plain_cell


def csv_download(filename: str, rows: Iterable[Sequence[str]]) -> HttpResponse:
    """The rows as a file to save: no cell runs as a formula, and nobody keeps a copy on the way."""
    text = StringIO()
    csv.writer(text).writerows([plain_cell(cell) for cell in row] for row in rows)
    # The mark at the beginning says that the file is UTF-8.
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "no-store"
    return response
