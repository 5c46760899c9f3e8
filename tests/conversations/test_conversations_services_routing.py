"""Giving out conversations: by rule, up to capacity, explained, drained when somebody frees up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from haoke.accounts import services as staff
from haoke.accounts.choices import PresenceState, Role
from haoke.accounts.queries import actor_of_staff
from haoke.conversations import errors, queries, services
from haoke.conversations.choices import AssignmentReason, Obstacle, RoutingMethod, State
from haoke.conversations.models import Assignment, Conversation, RoutingTurn
from haoke.core import clock
from haoke.core.errors import Forbidden, NotFound
from haoke.customers import services as archive
from haoke.customers.models import Customer
from haoke.timeline.queries import audit_trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def set_up(team, system) -> Callable:
    """Lets a team give out its conversations."""

    def change(team_id: int = team.pk, **rule):
        usual = {
            "method": RoutingMethod.ROUND_ROBIN,
            "is_owner_first": True,
            "matches_skill": True,
            "matches_language": False,
            "capacity": 5,
        }
        version = queries.routing_of(team_id).version
        return services.change_routing(team_id=team_id, version=version, **{**usual, **rule}, by=system)

    return change


@pytest.fixture
def colleague(create_actor, team, system) -> Callable:
    """Somebody of the team who is there, unless another state is named."""

    def come(state: str = PresenceState.AVAILABLE, *, role: str = Role.AGENT, team_ids=(), **workload):
        actor = create_actor(role, team_ids=team_ids or (team.pk,))
        staff.set_presence(state=state, by=actor)
        if workload:
            staff.set_workload(staff_id=actor.id, version=1, **workload, by=system)
        return actor_of_staff(actor.id)

    return come


@pytest.fixture
def write(arrive, letter) -> Callable[..., Conversation]:
    """A first mail of somebody, with everything that follows from it."""
    count = 0

    def deliver(**headers: str) -> Conversation:
        nonlocal count
        count += 1
        message = arrive(letter(**{"From": f"guest{count}@customer.example", **headers}))
        return Conversation.objects.get(pk=message.conversation_id)

    return deliver


def test_a_new_mail_goes_to_a_colleague_in_turn_and_says_why(set_up, colleague, write) -> None:
    set_up()
    first, second = colleague(), colleague()

    given = [write().assignee_id for _ in range(4)]

    assert given == [first.id, second.id, first.id, second.id]
    row = Assignment.objects.latest("pk")
    assert (row.reason, row.by_kind, row.load, row.capacity) == (AssignmentReason.IN_TURN, "system", 1, 5)
    assert queries.last_assignment(row.conversation_id).why == "in turn: longest without a new one; had 1 of 5 open"
    assert audit_trail(kinds=["conversation.assigned"])[0].payload["reason"] == "in_turn"


def test_least_load_counts_what_is_at_hand_and_not_what_waits(set_up, colleague, write) -> None:
    busy, free = colleague(), colleague()
    first, second = write(), write()
    for conversation in (first, second):
        services.assign(conversation_id=conversation.pk, assignee_id=busy.id, team_id=conversation.team_id, by=busy)
    set_up(method=RoutingMethod.LEAST_LOAD)
    assert write().assignee_id == free.id

    for conversation in (first, second):
        services.change_state(conversation_id=conversation.pk, state=State.WAITING, by=busy)
    assert queries.loads_of([busy.id, free.id]) == {free.id: 1}
    assert write().assignee_id == busy.id


def test_without_a_rule_a_team_gives_out_by_hand(colleague, write) -> None:
    colleague()
    assert write().assignee_id is None


def test_capacity_is_kept_and_the_rest_waits_until_somebody_frees_up(set_up, colleague, write, run_jobs) -> None:
    set_up(capacity=2)
    agent = colleague()
    first, second, third = write(), write(), write()
    assert [each.assignee_id for each in (first, second, third)] == [agent.id, agent.id, None]
    assert services.route(third.pk).obstacles == {Obstacle.FULL: 1}

    services.close_conversation(conversation_id=first.pk, by=agent)
    run_jobs()

    third.refresh_from_db()
    assert third.assignee_id == agent.id


def test_somebodys_own_capacity_goes_before_the_teams(set_up, colleague, write) -> None:
    set_up(capacity=5)
    half_time, other = colleague(capacity=1), colleague()

    given = Counter(write().assignee_id for _ in range(5))

    assert given == {half_time.id: 1, other.id: 4}


def test_by_hand_goes_beyond_capacity(set_up, colleague, write) -> None:
    set_up(capacity=1)
    agent = colleague()
    write()
    more = write()

    services.assign(conversation_id=more.pk, assignee_id=agent.id, team_id=more.team_id, by=agent)

    assert queries.loads_of([agent.id]) == {agent.id: 2}


def test_a_morning_backlog_does_not_all_fall_on_the_first_to_come_in(set_up, colleague, write, run_jobs) -> None:
    """The known complaint: whoever signs in first gets everything the night brought."""
    set_up(capacity=50)
    night = [write() for _ in range(10)]

    early = colleague()
    run_jobs()
    assert queries.loads_of([early.id]) == {early.id: 3}

    late = colleague()
    run_jobs()
    services.drain(night[0].team_id)
    assert queries.loads_of([early.id, late.id]) == {early.id: 6, late.id: 4}


def test_the_most_urgent_is_given_out_first_then_the_longest_waiting(set_up, colleague, write, system) -> None:
    night = [write() for _ in range(3)]
    services.set_urgency(conversation_id=night[2].pk, urgency="urgent", by=system)
    set_up(capacity=2)
    agent = colleague()

    services.drain(night[0].team_id)

    assert set(Conversation.objects.filter(assignee_id=agent.id)) == {night[2], night[0]}


def test_skill_and_language_are_matched_and_told(set_up, colleague, write, system) -> None:
    billing = staff.create_skill(name_zh="账单", name_en="Billing", by=system)
    services.set_category_skill(category="general", skill_id=billing.pk, by=system)
    set_up(matches_language=True)
    colleague(skill_ids=[billing.pk], writes_languages=["en"])
    colleague()

    chinese = write()
    assert services.route(chinese.pk).obstacles == {Obstacle.LANGUAGE: 1, Obstacle.SKILL: 1}
    able = colleague(skill_ids=[billing.pk], writes_languages=["zh-hans"])
    assert write().assignee_id == able.id
    chinese.refresh_from_db()
    # What had waited for somebody like them went to them when they came.
    assert chinese.assignee_id == able.id


def test_a_skill_out_of_use_is_asked_for_no_more(set_up, colleague, write, system) -> None:
    billing = staff.create_skill(name_zh="账单", name_en="Billing", by=system)
    services.set_category_skill(category="general", skill_id=billing.pk, by=system)
    set_up()
    agent = colleague()
    assert write().assignee_id is None

    staff.change_skill(skill_id=billing.pk, name_zh="账单", name_en="Billing", is_active=False, by=system)

    assert write().assignee_id == agent.id


def test_the_owner_comes_first_though_another_team_answers(
    set_up, colleague, write, other_team, supervisor, system
) -> None:
    set_up()
    colleague()
    owner = colleague(role=Role.ACCOUNT_MANAGER, team_ids=(other_team.pk,))
    write(From="wang@customer.example")
    customer = Customer.objects.get()
    archive.give_owner(customer_id=customer.pk, staff_id=owner.id, reason="老客户", by=system)

    again = write(From="wang@customer.example")

    assert (again.assignee_id, again.team_id) == (owner.id, Conversation.objects.earliest("pk").team_id)
    assert Assignment.objects.latest("pk").reason == AssignmentReason.OWNER


@pytest.mark.parametrize("state", [PresenceState.BUSY, PresenceState.AWAY])
def test_whoever_is_not_there_gets_nothing(set_up, colleague, write, state) -> None:
    set_up()
    colleague(state)
    assert write().assignee_id is None


def test_ten_silent_minutes_count_as_away(set_up, colleague, write, frozen) -> None:
    set_up()
    colleague()
    frozen.shift(timedelta(minutes=10))
    assert write().assignee_id is None


def test_coming_back_drains_the_queue(set_up, colleague, write, run_jobs) -> None:
    set_up()
    agent = colleague(PresenceState.AWAY)
    conversation = write()

    staff.set_presence(state=PresenceState.AVAILABLE, by=agent)
    run_jobs()

    conversation.refresh_from_db()
    assert conversation.assignee_id == agent.id


def test_the_sweep_finds_what_no_fact_announces(set_up, colleague, write, run_jobs, frozen) -> None:
    """An absence that ends is nobody's act."""
    set_up()
    agent = colleague()
    staff.enter_absence(staff_id=agent.id, starts_at=clock.now(), ends_at=clock.now() + timedelta(minutes=5), by=agent)
    conversation = write()
    assert conversation.assignee_id is None

    frozen.shift(timedelta(minutes=6))
    services.sweep()
    run_jobs()

    conversation.refresh_from_db()
    assert conversation.assignee_id == agent.id


def test_unbegun_work_of_somebody_who_went_goes_on_and_begun_work_stays(set_up, colleague, write, frozen) -> None:
    set_up()
    gone = colleague()
    unbegun, begun = write(), write()
    services.reply(conversation_id=begun.pk, text="您好", by=gone)
    staff.set_presence(state=PresenceState.AWAY, by=gone)
    other = colleague()

    frozen.shift(timedelta(minutes=14))
    staff.set_presence(state=PresenceState.AVAILABLE, by=other)
    services.sweep()
    unbegun.refresh_from_db()
    assert unbegun.assignee_id == gone.id

    frozen.shift(timedelta(minutes=1))
    services.sweep()
    unbegun.refresh_from_db()
    begun.refresh_from_db()
    assert (unbegun.assignee_id, unbegun.accountable_id) == (other.id, other.id)
    assert begun.assignee_id == gone.id


def test_what_a_person_assigned_stays_with_whoever_is_away(set_up, colleague, write, frozen) -> None:
    conversation = write()
    gone, other = colleague(), colleague()
    services.assign(conversation_id=conversation.pk, assignee_id=gone.id, team_id=conversation.team_id, by=other)
    set_up()
    staff.set_presence(state=PresenceState.AWAY, by=gone)

    frozen.shift(timedelta(hours=1))
    staff.set_presence(state=PresenceState.AVAILABLE, by=other)
    services.sweep()

    conversation.refresh_from_db()
    assert conversation.assignee_id == gone.id


def test_a_customer_who_writes_to_somebody_on_leave_gets_their_substitute(set_up, colleague, arrive, letter) -> None:
    set_up()
    away = colleague()
    first = arrive(letter())
    conversation = Conversation.objects.get(pk=first.conversation_id)
    services.reply(conversation_id=conversation.pk, text="明天答复您", by=away)
    colleague()
    substitute = colleague()
    staff.enter_absence(
        staff_id=away.id,
        starts_at=clock.now(),
        ends_at=clock.now() + timedelta(days=7),
        substitute_id=substitute.id,
        by=away,
    )

    arrive(letter(text="还有一个问题", In_Reply_To=first.header_id))

    conversation.refresh_from_db()
    assert (conversation.assignee_id, conversation.accountable_id) == (substitute.id, away.id)
    handover = queries.open_handover(conversation.pk)
    assert (handover.giver_id, handover.receiver_id) == (away.id, substitute.id)


def test_what_a_person_assigned_to_somebody_on_leave_stays_until_the_customer_writes(
    set_up, colleague, write, run_jobs, system
) -> None:
    away, other = colleague(), colleague(PresenceState.BUSY)
    conversation = write()
    set_up()
    staff.enter_absence(staff_id=away.id, starts_at=clock.now(), ends_at=clock.now() + timedelta(days=7), by=away)
    staff.set_presence(state=PresenceState.AVAILABLE, by=other)

    services.assign(conversation_id=conversation.pk, assignee_id=away.id, team_id=conversation.team_id, by=system)
    services.set_category(conversation_id=conversation.pk, category="complaint", by=system)
    run_jobs()
    conversation.refresh_from_db()
    assert conversation.assignee_id == away.id

    assert services.route(conversation.pk).staff_id == other.id


def test_what_is_finished_waits_or_is_merged_is_not_given_out(set_up, colleague, write, system) -> None:
    conversation = write()
    services.change_state(conversation_id=conversation.pk, state=State.ON_HOLD, by=system)
    set_up()
    colleague()

    assert services.route(conversation.pk) is None
    assert services.drain(conversation.team_id) == 0


def test_the_next_one_is_the_most_urgent_of_my_teams_that_asks_for_no_skill_i_lack(
    colleague, write, other_team, system
) -> None:
    agent = colleague()
    assert services.next_conversation(by=agent) is None
    plain, urgent, skilled, elsewhere = (write() for _ in range(4))
    billing = staff.create_skill(name_zh="账单", name_en="Billing", by=system)
    special = next(each.code for each in queries.categories() if each.code != "general")
    services.set_category_skill(category=special, skill_id=billing.pk, by=system)
    services.set_category(conversation_id=skilled.pk, category=special, by=system)
    for each in (urgent, skilled):
        services.set_urgency(conversation_id=each.pk, urgency="urgent", by=system)
    services.assign(conversation_id=elsewhere.pk, assignee_id=None, team_id=other_team.pk, by=system)

    taken = [services.next_conversation(by=agent) for _ in range(3)]

    assert taken == [urgent, plain, None]
    assert Assignment.objects.filter(assignee_id=agent.id).latest("pk").reason == AssignmentReason.PULLED


def test_a_reply_to_what_nobody_had_goes_through_the_same_door(colleague, write) -> None:
    agent, conversation = colleague(), write()

    services.reply(conversation_id=conversation.pk, text="您好", by=agent)

    row = Assignment.objects.get(conversation=conversation)
    assert (row.assignee_id, row.by_id, row.reason) == (agent.id, agent.id, AssignmentReason.ANSWERED)
    assert audit_trail(kinds=["conversation.assigned"])[0].payload["assignee_id"] == agent.id


def test_an_answer_taken_back_takes_the_assignment_back_too(colleague, write) -> None:
    agent, conversation = colleague(), write()
    message = services.reply(conversation_id=conversation.pk, text="您好", by=agent)

    services.recall_reply(message_id=message.pk, by=agent)

    conversation.refresh_from_db()
    assert (conversation.assignee_id, conversation.accountable_id) == (None, None)
    assert list(Assignment.objects.order_by("pk").values_list("reason", flat=True)) == ["answered", "recalled"]
    assert queries.open_handover(conversation.pk) is None


def test_whoever_begins_a_conversation_has_it(colleague, channel, system) -> None:
    agent = colleague()
    customer = archive.register_customer(
        kind="person", name="王小明", contact_points=[("mail", "w@customer.example", "")], by=system
    )
    begun = services.start_conversation(customer_id=customer.pk, subject="回访", text="您好", by=agent)

    begun.refresh_from_db()
    assert (begun.assignee_id, begun.accountable_id) == (agent.id, agent.id)
    assert Assignment.objects.get().reason == AssignmentReason.OPENED


def test_a_rule_is_changed_by_whoever_is_in_charge_and_leaves_a_fact(
    set_up, team, other_team, supervisor, agent, admin
) -> None:
    rule = {"is_owner_first": True, "matches_skill": False, "matches_language": True, "capacity": 7}

    services.change_routing(team_id=team.pk, version=0, method="least_load", **rule, by=supervisor)

    line = audit_trail(kinds=["routing.changed"])[0]
    assert (line.by, line.payload["changes"]["capacity"]) == (supervisor.name, [None, 7])
    with pytest.raises(errors.RoutingChanged):
        services.change_routing(team_id=team.pk, version=0, method="by_hand", **rule, by=supervisor)
    with pytest.raises(NotFound):
        services.change_routing(team_id=other_team.pk, version=0, method="by_hand", **rule, by=supervisor)
    with pytest.raises(Forbidden):
        services.change_routing(team_id=team.pk, version=1, method="by_hand", **rule, by=agent)
    services.change_routing(team_id=other_team.pk, version=0, method="by_hand", **rule, by=admin)
    assert queries.routing_of(team.pk).method == RoutingMethod.LEAST_LOAD


def test_a_second_round_waits_only_once(set_up, write, colleague, run_jobs) -> None:
    night = [write(), write()]
    colleague(PresenceState.BUSY)
    set_up()
    for _ in range(3):
        services.drain_soon([night[0].team_id])

    assert ProcrastinateJob.objects.filter(task_name="conversations.drain", status="todo").count() == 1


def test_turns_are_kept_for_each_team(set_up, colleague, write, team) -> None:
    set_up()
    agent = colleague()
    write()
    write()
    turn = RoutingTurn.objects.get()
    assert (turn.team_id, turn.staff_id) == (team.pk, agent.id)
