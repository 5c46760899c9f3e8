"""Changing many conversations at once, refusals told, crashes survived, all of it taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from haoke.accounts.models import Staff
from haoke.conversations import errors, queries, rules, services
from haoke.conversations.choices import InboxView, State
from haoke.conversations.models import BulkChange, BulkChangeRow, Category, Closure, Conversation, Reopening, Tagging
from haoke.conversations.services import bulk
from haoke.core.errors import Forbidden, Invalid, NotFound
from haoke.customers.services import register_customer
from haoke.quality.models import SurveyInvitation
from haoke.timeline.queries import audit_trail
from tests.conversations.stored import stored, unsaved

pytestmark = pytest.mark.django_db


def states() -> dict[int, str]:
    return dict(Conversation.objects.values_list("pk", "state"))


@pytest.fixture
def three(team) -> list[int]:
    return [stored(team=team, state=state).pk for state in (State.NEW, State.WAITING, State.SOLVED)]


def test_a_few_are_closed_while_one_waits_and_taken_back_as_they_were(three, agent, run_jobs) -> None:
    """S1-06: each by the ordinary service, with its own fact; undone, even a new one is new again."""
    before = states()

    change = services.change_many(action="close", value="spam", conversation_ids=three, by=agent)

    assert set(states().values()) == {State.CLOSED}
    assert (change.state, change.total) == ("done", 3)
    assert set(Closure.objects.values_list("reason", flat=True)) == {"spam"}
    kinds = [entry.kind for entry in audit_trail()]
    assert kinds.count("conversation.closed") == 3
    assert kinds.count("bulk_change.begun") == 1

    undone = services.take_many_back(change_id=change.pk, by=agent)

    assert states() == before
    assert undone.state == "undone"
    assert set(Reopening.objects.values_list("reason", flat=True)) == {"taken_back"}
    progress = queries.bulk_progress(change.pk, agent)
    assert (progress.changed, progress.taken_back, progress.refused_count) == (0, 3, 0)


def test_no_survey_leaves_for_a_closing_that_may_still_be_taken_back(channel, agent, frozen, run_jobs) -> None:
    """S1-17: the question how it was waits until the mistake can no longer be undone, and stays away if it was."""
    begun = []
    for number in range(2):
        customer = register_customer(
            kind="person", name=f"王{number}", contact_points=[("mail", f"w{number}@c.example", "")], by=agent
        )
        begun.append(services.start_conversation(customer_id=customer.pk, subject="订单", text="您好", by=agent).pk)
    taken_back, kept = (
        services.change_many(action="close", value="", conversation_ids=[each], by=agent) for each in begun
    )
    run_jobs()
    assert not SurveyInvitation.objects.exists()

    services.take_many_back(change_id=taken_back.pk, by=agent)
    run_jobs()
    frozen.shift(timedelta(minutes=16))
    let_time_pass()
    run_jobs()

    invited = {each.conversation_id: each for each in SurveyInvitation.objects.all()}
    assert (invited[begun[0]].reason, invited[begun[0]].message_id) == ("reopened", None)
    assert invited[begun[1]].message_id is not None, "this one was asked"
    assert kept.state == "done"


def let_time_pass() -> None:
    """The queue looks at the database's own clock, which no test holds."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE task_name = 'quality.invite_later'")


def test_what_refuses_is_told_and_stops_nothing_else(three, other_team, agent) -> None:
    elsewhere = stored(team=other_team).pk
    Conversation.objects.filter(pk=three[0]).update(state=State.CLOSED)

    change = services.change_many(action="state", value="waiting", conversation_ids=[*three, elsewhere], by=agent)

    progress = queries.bulk_progress(change.pk, agent)
    assert {row.conversation_id: row.problem for row in progress.refused} == {
        three[0]: "invalid",
        three[2]: "transition_refused",
        elsewhere: "read_only",
    }
    assert (progress.changed, progress.unchanged, progress.left) == (0, 1, 0)


def test_two_who_close_the_same_at_once_find_it_closed(three, agent, supervisor) -> None:
    """Issue 3, bad input: two people closing at once. The second is told that it was so already."""
    services.change_many(action="close", value="", conversation_ids=three, by=agent)
    second = services.change_many(action="close", value="", conversation_ids=three, by=supervisor)

    progress = queries.bulk_progress(second.pk, supervisor)
    assert (progress.changed, progress.unchanged, progress.refused_count) == (0, 3, 0)
    assert Closure.objects.count() == 3
    services.take_many_back(change_id=second.pk, by=supervisor)
    assert set(states().values()) == {State.CLOSED}, "only what one did oneself is taken back"


def test_what_somebody_changed_since_is_not_taken_back(three, agent, supervisor) -> None:
    change = services.change_many(action="urgency", value="urgent", conversation_ids=three, by=agent)
    services.set_urgency(conversation_id=three[1], urgency="high", by=supervisor)

    services.take_many_back(change_id=change.pk, by=agent)

    urgencies = dict(Conversation.objects.values_list("pk", "urgency"))
    assert urgencies == {three[0]: "normal", three[1]: "high", three[2]: "normal"}
    assert [(row.conversation_id, row.problem) for row in queries.bulk_progress(change.pk, agent).refused] == [
        (three[1], "changed_since")
    ]


def test_every_action_has_its_way_back(team, agent, other_team) -> None:
    Category.objects.create(code="billing", name_zh="账务", name_en="Billing", phase="after_sale")
    one = stored(team=team)

    def as_it_is() -> tuple:
        one.refresh_from_db()
        tags = [*Tagging.objects.filter(conversation=one).values_list("tag__name", flat=True)]
        return one.assignee_id, one.team_id, one.state, one.urgency, one.category.code, tags

    services.add_tag(conversation_id=one.pk, tag="老客户", by=agent)
    for action, value in [
        ("assign", f"{agent.id}/="),
        ("assign", f"-/{other_team.pk}"),
        ("state", "on_hold"),
        ("urgency", "high"),
        ("category", "billing"),
        ("tag", "退费"),
        ("untag", "老客户"),
    ]:
        before = as_it_is()
        change = services.change_many(action=action, value=value, conversation_ids=[one.pk], by=agent)
        assert queries.bulk_progress(change.pk, agent).changed == 1, (action, value)
        assert as_it_is() != before, (action, value)
        if value == f"-/{other_team.pk}":
            # Given away, it is out of one's own reach: whoever has it now gives it back.
            services.take_many_back(change_id=change.pk, by=agent)
            assert queries.bulk_progress(change.pk, agent).refused[0].problem == "read_only"
            Conversation.objects.filter(pk=one.pk).update(team=team, assignee_id=agent.id)
            continue
        services.take_many_back(change_id=change.pk, by=agent)
        assert as_it_is() == before, (action, value)


def test_thousands_are_noted_in_one_statement_and_done_in_batches(
    team, agent, run_jobs, django_assert_max_num_queries
) -> None:
    """Issue 3, bad input: 10,000 selected rows."""
    Conversation.objects.bulk_create(unsaved(team=team) for _ in range(230))
    everything = queries.InboxFilter(view=InboxView.UNASSIGNED)

    with django_assert_max_num_queries(20):
        change = services.change_many(action="urgency", value="high", everything=everything, by=agent)
    assert (change.state, change.total) == ("running", 230)
    assert BulkChangeRow.objects.filter(change=change, is_done=False).count() == 230
    assert not Conversation.objects.filter(urgency="high").exists()

    assert run_jobs() >= 3
    change.refresh_from_db()
    assert (change.state, Conversation.objects.filter(urgency="high").count()) == ("done", 230)

    services.take_many_back(change_id=change.pk, by=agent)
    run_jobs()
    change.refresh_from_db()
    assert (change.state, Conversation.objects.filter(urgency="high").count()) == ("undone", 0)


def test_more_than_ten_thousand_are_refused_plainly(team, agent, monkeypatch) -> None:
    monkeypatch.setattr(rules, "MOST_CONVERSATIONS", 3)
    Conversation.objects.bulk_create(unsaved(team=team) for _ in range(4))

    with pytest.raises(errors.TooManySelected) as refusal:
        services.change_many(action="close", value="", everything=queries.InboxFilter(), by=agent)

    assert "more than 3 conversations" in str(refusal.value)
    assert not BulkChange.objects.exists()


def test_a_crash_in_the_middle_does_nothing_twice(team, agent, run_jobs, monkeypatch) -> None:
    Conversation.objects.bulk_create(unsaved(team=team) for _ in range(60))
    change = services.change_many(action="close", value="", everything=queries.InboxFilter(), by=agent)
    done = []

    def crash_after_twenty(row_id, by, step=bulk.change_row):
        if len(done) == 20:
            raise MemoryError("killed")
        done.append(row_id)
        step(row_id, by)

    monkeypatch.setattr(bulk, "change_row", crash_after_twenty)
    with pytest.raises(MemoryError):
        services.run_bulk_change(change_id=change.pk)
    assert Closure.objects.count() == 20
    monkeypatch.undo()

    run_jobs()

    assert Closure.objects.count() == 60, "each closed once"
    assert BulkChange.objects.get().state == "done"


def test_a_change_whose_process_was_lost_goes_on(team, agent, run_jobs, frozen) -> None:
    Conversation.objects.bulk_create(unsaved(team=team) for _ in range(60))
    change = services.change_many(action="close", value="", everything=queries.InboxFilter(), by=agent)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert services.resume_bulk_changes() == 0, "a fresh one is left alone"
    frozen.shift(timedelta(minutes=2))

    assert services.resume_bulk_changes() == 1
    run_jobs()

    change.refresh_from_db()
    assert change.state == "done"


def test_rights_are_those_of_the_moment_it_runs(team, agent, run_jobs) -> None:
    """A colleague who left meanwhile changes nothing more."""
    Conversation.objects.bulk_create(unsaved(team=team) for _ in range(60))
    change = services.change_many(action="close", value="", everything=queries.InboxFilter(), by=agent)
    Staff.objects.filter(pk=agent.id).update(is_active=False)

    run_jobs()

    assert not Closure.objects.exists()
    assert set(change.rows.values_list("problem", flat=True)) <= {"forbidden", "not_found"}


def test_the_way_back_stops_what_still_runs(team, agent, run_jobs) -> None:
    Conversation.objects.bulk_create(unsaved(team=team) for _ in range(60))
    change = services.change_many(action="close", value="", everything=queries.InboxFilter(), by=agent)
    services.run_bulk_change(change_id=change.pk, most=10)
    assert Closure.objects.count() == 10

    services.take_many_back(change_id=change.pk, by=agent)
    run_jobs()

    assert set(states().values()) == {State.NEW}
    change.refresh_from_db()
    assert change.state == "undone"


def test_the_time_to_take_back_ends(three, agent, frozen) -> None:
    change = services.change_many(action="close", value="", conversation_ids=three, by=agent)
    frozen.shift(timedelta(minutes=16))

    with pytest.raises(errors.UndoTooLate):
        services.take_many_back(change_id=change.pk, by=agent)
    assert set(states().values()) == {State.CLOSED}


def test_nobody_sees_or_takes_back_what_a_colleague_did(three, agent, supervisor) -> None:
    change = services.change_many(action="close", value="", conversation_ids=three, by=agent)

    with pytest.raises(NotFound):
        queries.bulk_progress(change.pk, supervisor)
    with pytest.raises(NotFound):
        services.take_many_back(change_id=change.pk, by=supervisor)


def test_what_cannot_be_seen_cannot_be_selected(three, create_actor, system) -> None:
    """RULINGS: what an actor may not see is not found."""
    manager = create_actor("account_manager")

    with pytest.raises(errors.NothingSelected):
        services.change_many(action="close", value="", conversation_ids=three, by=manager)


@pytest.mark.parametrize(
    ("action", "value"),
    [
        ("explode", ""),
        ("state", "closed"),
        ("state", "new"),
        ("urgency", "very"),
        ("tag", " "),
        ("category", ""),
        ("assign", "me/you"),
        ("assign", ""),
        ("assign", f"{10**30}/="),
    ],
)
def test_nonsense_is_refused_before_anything_is_noted(three, agent, action, value) -> None:
    with pytest.raises(Invalid):
        services.change_many(action=action, value=value, conversation_ids=three, by=agent)
    assert not BulkChange.objects.exists()


def test_who_may_not_answer_closes_nothing(three, quality_manager, system) -> None:
    for actor in (quality_manager, system):
        with pytest.raises(Forbidden):
            services.change_many(action="close", value="", conversation_ids=three, by=actor)
