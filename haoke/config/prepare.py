"""Decides how a database becomes ready for this version: migrated by one process at a time, filled once."""

from __future__ import annotations

import sys
from typing import Any

import psycopg

# Any number will do, as long as every version of Haoke uses the same one.
PREPARING = 4_811_237


def prepare(*, database_url: str, empty: bool) -> dict[str, Any]:
    """Migrate, and on the very first start load the demo company, or mark the installation as a real one.

    Returns whether this is a demo, and its sign-ins. Several machines may start at once: the others wait their turn.
    """
    from django.core.management import call_command

    from haoke.accounts import queries as accounts
    from haoke.accounts.services import mark_installation
    from haoke.conversations.services import complete_search

    # A connection of its own: migrations open and close Django's as they like.
    with psycopg.connect(database_url, autocommit=True) as turn:
        turn.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        call_command("migrate", interactive=False, verbosity=1, stdout=sys.stderr)
        # Before the demo company, whose messages are indexed as they are written.
        complete_search()
        # An installation once started empty stays without demo, also before its first administrator.
        if accounts.is_new_installation() and accounts.installation() is None:
            if empty:
                mark_installation(is_demo=False)
            else:
                _load_demo()
        if not accounts.is_demo():
            return {"is_demo": False, "logins": []}
        from haoke.demo.queries import demo_logins

        return {"is_demo": True, "logins": demo_logins()}


def _load_demo() -> None:
    from django.db import transaction

    from haoke.demo.services import load_demo_company

    print("loading the demo company", file=sys.stderr)
    # Killed half-way, it leaves nothing behind and starts anew the next time.
    with transaction.atomic():
        load_demo_company()
