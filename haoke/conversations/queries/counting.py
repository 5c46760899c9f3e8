"""How many conversations stand in each list: the kept counts, and beside them what only the customers can tell."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, Sum

from haoke.accounts.choices import Role
from haoke.conversations.choices import InboxView
from haoke.conversations.models import InboxCount, SavedView
from haoke.conversations.queries.inbox import InboxFilter, matching
from haoke.conversations.queries.reach import of_own_teams, sees_everything, visible_conversations
from haoke.conversations.queries.views import AT_WORK, in_view, in_view_as_counted
from haoke.core.actor import Actor
from haoke.core.database import count_up_to

# Nobody acts differently on 1,000 and 1,400; so many are counted where no count is kept.
MOST_COUNTED = 1_000


def view_counts(actor: Actor) -> dict[str, int]:
    """How many unfinished conversations each list of the inbox holds, by InboxView; in two queries at most.

    What belongs to the actor by team is summed up from the kept counts; what belongs to them by customer is counted, up
    to 1,000 in each list.
    """
    counts = dict.fromkeys(InboxView.values, 0)
    for found in (_kept_counts(actor), _counts_by_customer(actor)):
        counts = {view: counts[view] + found.get(view, 0) for view in counts}
    return counts


def saved_view_counts(views: Iterable[SavedView], actor: Actor) -> dict[int, int]:
    """How many conversations each saved view holds, up to 1,000; in one query beside those that look names up."""
    return count_up_to(MOST_COUNTED, {view.pk: matching(actor, InboxFilter(text=view.search)) for view in views})


def matching_count(actor: Actor, wanted: InboxFilter, *, most: int) -> int:
    """How many conversations the inbox would list, counted no further than `most`."""
    return count_up_to(most, {"found": matching(actor, wanted)})["found"]


def _kept_counts(actor: Actor) -> dict[str, int]:
    if sees_everything(actor):
        reach = Q()
    elif actor.roles & {Role.AGENT, Role.SUPERVISOR}:
        reach = of_own_teams(actor)
    else:
        return {}
    sums = {view: Sum("amount", filter=in_view_as_counted(view, actor), default=0) for view in InboxView.values}
    return InboxCount.objects.filter(reach).aggregate(**sums)


def _counts_by_customer(actor: Actor) -> dict[str, int]:
    """What only the customers bring: an account manager's whole reach, and a supervisor's beyond their teams."""
    if sees_everything(actor) or not actor.roles & {Role.ACCOUNT_MANAGER, Role.SUPERVISOR}:
        return {}
    beyond = visible_conversations(actor).filter(AT_WORK).exclude(of_own_teams(actor))
    return count_up_to(MOST_COUNTED, {view: beyond.filter(in_view(view, actor)) for view in InboxView.values})
