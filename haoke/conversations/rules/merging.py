"""Which conversations may become one, so that every merged one leads to exactly one that goes on."""

from __future__ import annotations

from haoke.conversations.errors import MergeCycle, MergedAlready, MergeUnconfirmed


def check_merge(
    conversation_id: int,
    root_id: int,
    *,
    is_merged: bool,
    customer_id: int | None,
    root_customer_id: int | None,
    is_confirmed: bool,
) -> None:
    """`root_id` is where the wanted target itself leads after the merges there were before.

    A conversation on nobody's archive may join any; two customers' become one only where a person says so.
    Raises MergedAlready, MergeCycle, MergeUnconfirmed.
    """
    if is_merged:
        raise MergedAlready()
    if root_id == conversation_id:
        raise MergeCycle()
    are_of_two = None not in (customer_id, root_customer_id) and customer_id != root_customer_id
    if are_of_two and not is_confirmed:
        raise MergeUnconfirmed(field="confirmed")
