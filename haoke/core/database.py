"""Small words for PostgreSQL that the ORM lacks."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from psycopg.errors import QueryCanceled

Name = TypeVar("Name", bound=Hashable)


def next_value(sequence: str) -> int:
    """The next number of a sequence; numbers are never given twice, gaps are allowed (RULINGS, Customers)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [sequence])
        return int(cursor.fetchone()[0])


def lock_name(name: str) -> None:
    """Holds everybody else who locks the same name until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def count_up_to(most: int, found: Mapping[Name, QuerySet[Any]]) -> dict[Name, int]:
    """How many rows each finds, counted no further than `most`; one query for all of them."""
    counts: dict[Name, int] = dict.fromkeys(found, 0)
    statements: dict[Name, tuple[str, tuple[Any, ...]]] = {}
    for name, rows in found.items():
        try:
            statements[name] = rows.order_by().values("pk")[:most].query.sql_with_params()
        except EmptyResultSet:
            # Nothing can match, and Django writes no statement for that.
            continue
    if statements:
        columns = ", ".join(f"(SELECT count(*) FROM ({sql}) AS found)" for sql, _values in statements.values())
        values = [value for _sql, values in statements.values() for value in values]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns}", values)
            counts |= zip(statements, cursor.fetchone(), strict=True)
    return counts


class TookTooLong(Exception):
    """A statement did not end in the time it was given."""


@contextmanager
def at_most(milliseconds: int) -> Iterator[None]:
    """Ends every statement within after so long; reads alone, for what they change is lost. Raises TookTooLong."""
    try:
        with transaction.atomic():
            before = _set_limit(str(milliseconds))
            yield
            # Inside somebody's transaction the limit would go on.
            _set_limit(before)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TookTooLong() from error
        raise


def _set_limit(value: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        before = str(cursor.fetchone()[0])
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [value])
        return before
