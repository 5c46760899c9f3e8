"""Giving out conversations: one to the right colleague, or what waits to whoever is free, never one to two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from haoke.accounts import queries as accounts
from haoke.accounts.choices import PresenceState
from haoke.accounts.services import hold_active
from haoke.conversations import queries, rules
from haoke.conversations.choices import BY_MACHINE, AssignmentReason, RoutingMethod, State
from haoke.conversations.models import Assignment, Conversation, Routing, RoutingTurn
from haoke.conversations.queries import AT_HAND
from haoke.conversations.services.assigning import give
from haoke.core import clock, queue
from haoke.core.actor import Actor
from haoke.core.database import lock_name

# What one round looks at; the next round, a minute later or when somebody frees up, goes on.
MOST_IN_ONE_ROUND = 50

_GIVES_OUT = ~Q(method=RoutingMethod.BY_HAND) | Q(is_owner_first=True)


def route(conversation_id: int, *, served: Iterable[int] = (), only_if_waiting: bool = False) -> rules.Choice | None:
    """Gives one conversation to whom its team's rule chooses; `served` had enough of this round.

    With `only_if_waiting` what lies with somebody stays there, even while they are absent: a colleague decided so.

    None where there is nothing to decide: it lies with somebody who may keep it, is finished, waits or is put off, its
    team gives out by hand, or somebody is changing it this moment (the sweep comes back to it).
    """
    now = clock.now()
    # Most that ask find it settled, and need not stand in line to learn so.
    found = list(_at_hand().filter(pk=conversation_id).values_list("assignee_id", flat=True))
    is_settled = not found or (found[0] is not None and (only_if_waiting or accounts.is_at_work(found[0], now=now)))
    return None if is_settled else _choose_and_give(conversation_id, served, now)


@transaction.atomic
def _choose_and_give(conversation_id: int, served: Iterable[int], now: datetime) -> rules.Choice | None:
    # One choice at a time in the whole house: a colleague of two teams never gets one too many.
    lock_name("conversations.routing")
    conversation = (
        _at_hand()
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("category__skill")
        .filter(pk=conversation_id)
        .first()
    )
    # Somebody may have got it while this stood in line.
    if conversation is None or not _needs_somebody(conversation, now):
        return None
    routing = Routing.objects.get(team=conversation.team_id)
    need = queries.need_of(conversation, routing)
    people = queries.candidates(routing.team_id, routing, also=(need.owner_id, need.assignee_id), now=now)
    choice = rules.choose(people, need, routing.method, served=served)
    if choice.staff_id is None or not hold_active(choice.staff_id):
        return rules.Choice(obstacles=choice.obstacles)
    give(
        conversation,
        assignee_id=choice.staff_id,
        team_id=conversation.team_id,
        reason=AssignmentReason(choice.reason),
        load=choice.load,
        capacity=choice.capacity,
        by=Actor.system(),
        at=now,
    )
    RoutingTurn.objects.update_or_create(team_id=routing.team_id, staff_id=choice.staff_id, defaults={"at": now})
    return choice


def drain(team_id: int) -> int:
    """Gives what waits in a team to whoever is free, a few for each in one round; returns how many found somebody.

    Each conversation is a transaction of its own, so that nobody who works on one waits for the others.
    """
    routing = Routing.objects.filter(_GIVES_OUT, team_id=team_id).first()
    if routing is None:
        return 0
    given: Counter[int] = Counter()
    for conversation_id in queries.waiting_for_somebody([team_id]).values_list("pk", flat=True)[:MOST_IN_ONE_ROUND]:
        served = [staff_id for staff_id, number in given.items() if number >= rules.MOST_IN_A_ROUND]
        choice = route(conversation_id, served=served)
        if choice is None:
            continue
        if choice.staff_id is not None:
            given[choice.staff_id] += 1
        elif choice.is_nobody_free and not routing.is_owner_first:
            break
    return given.total()


def drain_soon(team_ids: Iterable[int]) -> None:
    """Asks for one round in each of these teams that gives out work and has some waiting."""
    giving = Routing.objects.filter(_GIVES_OUT, team_id__in=list(team_ids)).values("team_id")
    waiting = Conversation.objects.filter(AT_HAND, assignee=None, team_id__in=giving)
    for team_id in waiting.order_by().values_list("team_id", flat=True).distinct():
        queue.defer_once("conversations.drain", key=f"conversations.drain:{team_id}", team_id=team_id)


def free_up(*, staff_id: int | None = None, conversation_id: int | None = None) -> None:
    """Somebody can take work again: a round for their teams; who had a conversation that is at hand no more."""
    teams = set()
    if conversation_id is not None:
        team_id, staff_id = Conversation.objects.values_list("team_id", "assignee_id").get(pk=conversation_id)
        teams = {team_id} - {None}
    if staff_id is not None:
        teams |= set(accounts.teams_of(staff_id))
    drain_soon(teams)


def sweep() -> None:
    """Once a minute: a round wherever something waits, and what lies unbegun with somebody who is not there goes on.

    Absences that end, pages that fall silent and conversations that were being changed when their turn came make no
    fact of their own; this finds them.
    """
    drain_soon(Routing.objects.filter(_GIVES_OUT).values_list("team_id", flat=True))
    people = accounts.staff_at_work()
    here = [each.id for each in people if each.presence != PresenceState.AWAY and not each.is_absent]
    if not here:
        return
    unbegun = _at_hand().filter(state=State.NEW, assignee__isnull=False, first_responder=None)
    for conversation_id in unbegun.exclude(assignee_id__in=here).order_by("pk").values_list("pk", flat=True)[:100]:
        route(conversation_id)


@transaction.atomic
def next_conversation(*, by: Actor) -> Conversation | None:
    """Takes the most urgent conversation that waits in one's teams and asks for no skill one lacks; None if none does.

    Two who ask at the same moment get two different ones. Raises Forbidden.
    """
    by.require("conversations.answer")
    if by.staff_id is None:
        return None
    skills = accounts.skill_ids_of(by.staff_id)
    conversation = (
        queries.waiting_for_somebody(by.team_ids)
        .filter(Q(category__skill=None) | Q(category__skill__is_active=False) | Q(category__skill_id__in=skills))
        .select_for_update(of=("self",), skip_locked=True)
        .first()
    )
    if conversation is not None:
        give(
            conversation,
            assignee_id=by.staff_id,
            team_id=conversation.team_id,
            reason=AssignmentReason.PULLED,
            by=by,
            at=clock.now(),
        )
    return conversation


def _at_hand() -> QuerySet[Conversation]:
    """What teams that give out work have to do."""
    return Conversation.objects.filter(AT_HAND, team_id__in=Routing.objects.filter(_GIVES_OUT).values("team_id"))


def _needs_somebody(conversation: Conversation, now: datetime) -> bool:
    """Whether nobody has it, or the machine may take it from whoever does."""
    if conversation.assignee_id is None:
        return True
    if accounts.is_at_work(conversation.assignee_id, now=now):
        return False
    person = accounts.person_at_work(conversation.assignee_id, now=now)
    last = Assignment.objects.filter(conversation=conversation).order_by("-pk").values_list("reason", "at").first()
    reason, given_at = last or ("", conversation.opened_at)
    return rules.may_move_on(
        has_left=person is None,
        is_absent=person is not None and person.is_absent,
        # Whoever was away already when they got it is given the same time from then on.
        away_since=max(person.since or given_at, given_at) if person else None,
        is_begun=conversation.state != State.NEW or conversation.first_responder_id is not None,
        is_from_machine=reason in BY_MACHINE,
        now=now,
    )
