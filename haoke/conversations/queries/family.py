"""Which conversations are one after merges: no row moves, so every reader asks for the family (HOUSE, section 4)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

_UPWARDS = """
WITH RECURSIVE way (start_id, id, merged_into_id) AS (
    SELECT id, id, merged_into_id FROM conversations_conversation WHERE id = ANY(%s)
    UNION
    SELECT way.start_id, next.id, next.merged_into_id
    FROM conversations_conversation next JOIN way ON next.id = way.merged_into_id
)
SELECT start_id, id FROM way WHERE merged_into_id IS NULL
"""

_DOWNWARDS = """
WITH RECURSIVE family (root_id, id) AS (
    SELECT id, id FROM conversations_conversation WHERE id = ANY(%s)
    UNION
    SELECT family.root_id, merged.id
    FROM conversations_conversation merged JOIN family ON merged.merged_into_id = family.id
)
SELECT root_id, id FROM family ORDER BY root_id, id
"""


def merged_root(conversation_id: int) -> int:
    """The conversation in which this one goes on after any number of merges, itself where it was not merged."""
    return merged_roots([conversation_id]).get(conversation_id, conversation_id)


def merged_roots(conversation_ids: Collection[int]) -> dict[int, int]:
    """For each conversation the one in which it goes on, in one query; unknown ones are left out."""
    return dict(_walk(_UPWARDS, conversation_ids))


def family_ids(conversation_id: int) -> list[int]:
    """The conversation and all that were merged into it, over any number of steps; itself first."""
    others = families([conversation_id]).get(conversation_id, [])
    return [conversation_id, *(each for each in others if each != conversation_id)]


def families(conversation_ids: Collection[int]) -> dict[int, list[int]]:
    """For each conversation itself and all that were merged into it, in one query."""
    found: dict[int, list[int]] = {}
    for root_id, member_id in _walk(_DOWNWARDS, conversation_ids):
        found.setdefault(root_id, []).append(member_id)
    return found


def _walk(steps: str, conversation_ids: Collection[int]) -> list[tuple[int, int]]:
    if not conversation_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(steps, [list(conversation_ids)])
        return cursor.fetchall()
