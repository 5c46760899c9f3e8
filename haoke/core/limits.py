"""How often something may be tried: counted in the database, so every process sees the same count."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from haoke.core.errors import Limited

_COUNT = """
INSERT INTO core_ratewindow (key, opened_at, hits) VALUES (%(key)s, clock_timestamp(), 1)
ON CONFLICT (key) DO UPDATE SET
    hits = CASE WHEN core_ratewindow.opened_at < clock_timestamp() - %(per)s THEN 1 ELSE core_ratewindow.hits + 1 END,
    opened_at = CASE WHEN core_ratewindow.opened_at < clock_timestamp() - %(per)s THEN clock_timestamp()
                     ELSE core_ratewindow.opened_at END
RETURNING hits, ceil(extract(epoch FROM opened_at + %(per)s - clock_timestamp()))::int
"""


def check_limit(key: str, *, most: int, per: timedelta) -> None:
    """Counts one try under `key`. Raises Limited from the try after `most` within `per` on."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key[:200], "per": per})  # type: ignore[dict-item]
        hits, retry_after = cursor.fetchone()
    if hits > most:
        raise Limited(retry_after=max(1, retry_after))


def sweep_limits() -> None:
    """Removes the counts of windows that closed long ago; no window is longer than a day."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_ratewindow WHERE opened_at < clock_timestamp() - interval '1 day'")


def forget_limit(key: str) -> None:
    """Starts the count under `key` afresh, as after a successful sign-in."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_ratewindow WHERE key = %s", [key[:200]])
