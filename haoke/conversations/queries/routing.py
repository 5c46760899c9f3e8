"""Reading for giving out work: who could take a conversation, what waits for somebody, and how a team does it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from haoke.accounts import queries as accounts
from haoke.accounts.choices import Role
from haoke.accounts.queries import StaffAtWork
from haoke.conversations import rules
from haoke.conversations.choices import Obstacle, RoutingMethod, State, Urgency
from haoke.conversations.models import Category, Conversation, Handover, Routing, RoutingTurn
from haoke.conversations.queries.languages import language_of
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.customers import queries as customers

# What somebody has to do now: not waiting for the customer, on hold, put off, or told on in another conversation.
AT_HAND = Q(state__in=(State.NEW, State.OPEN), snoozed_until=None, merged_into=None)
UNFINISHED = Q(state__in=(State.NEW, State.OPEN, State.WAITING, State.ON_HOLD), merged_into=None)


@dataclass(frozen=True)
class Seat:
    """One colleague of a team as its supervisor sees them: what they hold, of how much."""

    person: StaffAtWork
    load: int
    capacity: int
    skills: str

    @property
    def is_full(self) -> bool:
        return self.load >= self.capacity


@dataclass(frozen=True)
class TeamRouting:
    """How a team gives out its conversations, and who could take one now."""

    team_id: int
    team: str
    routing: Routing
    seats: list[Seat]
    waiting: int

    @property
    def available(self) -> int:
        return sum(1 for seat in self.seats if seat.person.presence == "available" and not seat.person.is_absent)


def waiting_for_somebody(team_ids: Iterable[int]) -> QuerySet[Conversation]:
    """What these teams have to do and nobody has: the most urgent first, then by deadline, then the longest waiting."""
    return Conversation.objects.filter(AT_HAND, assignee=None, team_id__in=list(team_ids)).order_by(
        _urgency_rank(), F("due_at").asc(nulls_last=True), Coalesce("waiting_since", "opened_at"), "pk"
    )


def loads_of(staff_ids: Iterable[int]) -> dict[int, int]:
    """How many conversations each has at hand, in one query."""
    found = Conversation.objects.filter(AT_HAND, assignee_id__in=list(staff_ids))
    return dict(found.order_by().values("assignee_id").annotate(n=Count("pk")).values_list("assignee_id", "n"))


def open_conversations_of(staff_id: int) -> int:
    """How many unfinished conversations lie with a colleague, whatever they wait for."""
    return Conversation.objects.filter(UNFINISHED, assignee_id=staff_id).count()


def routing_of(team_id: int) -> Routing:
    """A team's rule; one that was never set up gives out by hand, whoever the customer's owner is."""
    return Routing.objects.filter(team_id=team_id).first() or Routing(team_id=team_id, is_owner_first=False, version=0)


def need_of(conversation: Conversation, routing: Routing) -> rules.Need:
    """What this conversation asks for, as far as its team cares."""
    owner_id = (
        customers.primary_owner(conversation.customer_id)
        if routing.is_owner_first and conversation.customer_id
        else None
    )
    category = conversation.category
    return rules.Need(
        owner_id=owner_id,
        skill_id=category.skill_id if routing.matches_skill and _is_in_use(category) else None,
        language=language_of(conversation) if routing.matches_language else "",
        assignee_id=conversation.assignee_id or _giver_of(conversation),
    )


def candidates(
    team_id: int, routing: Routing, *, also: Iterable[int | None] = (), now: datetime
) -> list[rules.Candidate]:
    """Everybody who could be given a conversation of the team, with what they hold; three queries."""
    people = accounts.staff_at_work(team_id, also=[each for each in also if each], now=now)
    loads = loads_of(each.id for each in people)
    turns = dict(RoutingTurn.objects.filter(team_id=team_id).values_list("staff_id", "at"))
    return [
        rules.Candidate(
            staff_id=each.id,
            is_in_team=team_id in each.team_ids,
            presence=each.presence,
            is_absent=each.is_absent,
            substitute_id=each.substitute_id,
            skill_ids=each.skill_ids,
            languages=each.languages,
            load=loads.get(each.id, 0),
            capacity=capacity_of(each, routing),
            last_given_at=turns.get(each.id),
        )
        for each in people
    ]


def why_nobody(conversation: Conversation) -> str:
    """Why a conversation that its team gives out has found nobody yet, in one sentence; "" where it has somebody.

    Four to seven queries, asked only where it waits.
    """
    routing = Routing.objects.filter(team=conversation.team_id).first()
    if routing is None or routing.method == RoutingMethod.BY_HAND or not is_waiting(conversation):
        return ""
    need, now = need_of(conversation, routing), clock.now()
    people = candidates(routing.team_id, routing, also=(need.owner_id, need.assignee_id), now=now)
    choice = rules.choose(people, need, routing.method)
    if choice.staff_id is not None:
        return _("Somebody is free; it goes out in the next round.")
    counted = ", ".join(f"{number} {Obstacle(code).label}" for code, number in sorted(choice.obstacles.items()))
    return _("Nobody is free: %(counted)s.") % {"counted": counted or _("nobody else is in this team")}


def is_waiting(conversation: Conversation) -> bool:
    """Whether it is at hand and nobody has it."""
    is_at_hand = conversation.state in (State.NEW, State.OPEN) and conversation.snoozed_until is None
    return is_at_hand and conversation.assignee_id is None and conversation.merged_into_id is None


def capacity_of(person: StaffAtWork, routing: Routing) -> int:
    return routing.capacity if person.capacity is None else person.capacity


def teams_with_routing(actor: Actor) -> list[TeamRouting]:
    """The teams whose rule the actor may change, with everybody in them; five queries however many there are."""
    teams = [each for each in accounts.teams() if _is_in_charge(actor, each.pk)]
    rows = {each.team_id: each for each in Routing.objects.filter(team_id__in=[each.pk for each in teams])}
    people = accounts.staff_at_work()
    loads = loads_of(each.id for each in people)
    skills = {each.pk: each.name for each in accounts.skills()}
    waiting = dict(
        waiting_for_somebody(each.pk for each in teams)
        .order_by()
        .values("team_id")
        .annotate(n=Count("pk"))
        .values_list("team_id", "n")
    )
    found = []
    for team in teams:
        routing = rows.get(team.pk) or Routing(team_id=team.pk, is_owner_first=False, version=0)
        seats = [
            Seat(
                person=each,
                load=loads.get(each.id, 0),
                capacity=capacity_of(each, routing),
                skills=", ".join(skills[key] for key in sorted(each.skill_ids) if key in skills),
            )
            for each in sorted(people, key=lambda person: person.name)
            if team.pk in each.team_ids
        ]
        found.append(TeamRouting(team.pk, team.name, routing, seats, waiting.get(team.pk, 0)))
    return found


def team_with_routing(team_id: int, actor: Actor) -> TeamRouting:
    """Raises NotFound for a team the actor is not in charge of."""
    found = next((each for each in teams_with_routing(actor) if each.team_id == team_id), None)
    if found is None:
        raise NotFound()
    return found


def check_charge(team_id: int, actor: Actor) -> None:
    """Raises Forbidden without the ability, NotFound for a team that is not the actor's to set up."""
    actor.require("routing.change")
    if team_id not in accounts.team_names([team_id]) or not _is_in_charge(actor, team_id):
        raise NotFound()


def _is_in_charge(actor: Actor, team_id: int) -> bool:
    return Role.ADMINISTRATOR in actor.roles or "*" in actor.abilities or team_id in actor.team_ids


def _is_in_use(category: Category) -> bool:
    return category.skill is not None and category.skill.is_active


def _giver_of(conversation: Conversation) -> int | None:
    """Who handed it over: what somebody has just given away does not come straight back to them."""
    handed_over = Handover.objects.filter(conversation=conversation, ended_at=None)
    return handed_over.values_list("giver_id", flat=True).first()


def _urgency_rank() -> Case:
    """The most urgent first; the codes themselves sort by the alphabet."""
    ranks = {code: rank for rank, code in enumerate(reversed(Urgency.values))}
    return Case(
        *(When(urgency=code, then=Value(rank)) for code, rank in ranks.items()),
        output_field=IntegerField(),
    )
