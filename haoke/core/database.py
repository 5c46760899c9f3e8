"""Small words for PostgreSQL that the ORM lacks."""

from __future__ import annotations

from django.db import connection


def next_value(sequence: str) -> int:
    """The next number of a sequence; numbers are never given twice, gaps are allowed (RULINGS, Customers)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [sequence])
        return int(cursor.fetchone()[0])


def lock_name(name: str) -> None:
    """Holds everybody else who locks the same name until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
