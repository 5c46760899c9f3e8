"""Keeping the counts of the inbox few and true; the database itself notes every change (migration 0005)."""

from __future__ import annotations

from django.db import connection, transaction

from haoke.core.database import lock_name

_LOCK = "conversations.counting"

# Rows that were added meanwhile are not seen by the statement and stay for the next round.
_SUM_UP = """
    WITH several AS (
        SELECT team_id, assignee_id, state, clock_state, is_snoozed FROM conversations_inboxcount
        GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1 OR sum(amount) = 0
    ), taken AS (
        DELETE FROM conversations_inboxcount AS kept USING several
        WHERE (kept.state, kept.clock_state, kept.is_snoozed)
            = (several.state, several.clock_state, several.is_snoozed)
          AND kept.team_id IS NOT DISTINCT FROM several.team_id
          AND kept.assignee_id IS NOT DISTINCT FROM several.assignee_id
        RETURNING kept.*
    ), added AS (
        INSERT INTO conversations_inboxcount (team_id, assignee_id, state, clock_state, is_snoozed, amount)
        SELECT team_id, assignee_id, state, clock_state, is_snoozed, sum(amount) FROM taken
        GROUP BY 1, 2, 3, 4, 5 HAVING sum(amount) <> 0
    )
    SELECT count(*) FROM taken
"""

_TRUTH = """
    SELECT team_id, assignee_id, state, clock_state, snoozed_until IS NOT NULL AS is_snoozed, count(*) AS amount
    FROM conversations_conversation WHERE merged_into_id IS NULL
    GROUP BY 1, 2, 3, 4, 5
"""

_WRONG = f"""
    WITH kept AS (
        SELECT team_id, assignee_id, state, clock_state, is_snoozed, sum(amount) AS amount
        FROM conversations_inboxcount GROUP BY 1, 2, 3, 4, 5 HAVING sum(amount) <> 0
    ), truth AS ({_TRUTH})
    SELECT count(*) FROM (
        (SELECT * FROM kept EXCEPT SELECT * FROM truth) UNION ALL (SELECT * FROM truth EXCEPT SELECT * FROM kept)
    ) AS different
"""


@transaction.atomic
def sum_up_counts() -> int:
    """Makes one row of the many that changes have left for each sort; returns how many rows it took together."""
    lock_name(_LOCK)
    with connection.cursor() as cursor:
        cursor.execute(_SUM_UP)
        return int(cursor.fetchone()[0])


@transaction.atomic
def recount() -> int:
    """Counts every conversation anew; returns in how many places the kept counts were wrong, 0 as it should be."""
    lock_name(_LOCK)
    with connection.cursor() as cursor:
        # Whoever changes a conversation meanwhile waits with its note, so that nothing is told twice or lost.
        cursor.execute("LOCK TABLE conversations_inboxcount IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(_WRONG)
        wrong = int(cursor.fetchone()[0])
        cursor.execute("DELETE FROM conversations_inboxcount")
        cursor.execute(
            "INSERT INTO conversations_inboxcount (team_id, assignee_id, state, clock_state, is_snoozed, amount)"
            + _TRUTH
        )
    return wrong
