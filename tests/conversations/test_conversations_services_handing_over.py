"""Handing over: the giver answers for it until somebody accepted and the customer knows (METHODS B14, 首问负责)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from haoke.accounts import queries as accounts
from haoke.accounts import services as staff
from haoke.accounts.choices import Role
from haoke.accounts.errors import HoldsOpenWork
from haoke.accounts.models import Staff
from haoke.channels.models import OutboundMail
from haoke.conversations import errors, queries, services
from haoke.conversations.choices import AssignmentReason, HandoverEnd, State
from haoke.conversations.models import Assignment, Conversation, Handover
from haoke.core import clock
from haoke.core.errors import Forbidden, NotFound
from haoke.timeline.queries import audit_trail, told_between
from haoke.worklist.queries import open_items

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver(agent):
    return agent


@pytest.fixture
def receiver(create_actor, team):
    return create_actor(Role.AGENT, team_ids=(team.pk,), name="李娜")


@pytest.fixture
def conversation(arrive, letter, giver) -> Conversation:
    """The giver's own, begun by nobody yet."""
    found = Conversation.objects.get(pk=arrive(letter()).conversation_id)
    services.assign(conversation_id=found.pk, assignee_id=giver.id, team_id=found.team_id, by=giver)
    return fresh(found)


@pytest.fixture
def answer(run_jobs) -> Callable:
    """A reply that leaves the house."""

    def send(conversation: Conversation, by) -> None:
        message = services.reply(conversation_id=conversation.pk, text="您好,我来处理。", by=by)
        leave(message.outbound_id)
        run_jobs()

    return send


def leave(outbound_id: int) -> None:
    """As the outgoing server took it."""
    OutboundMail.objects.filter(pk=outbound_id).update(state="sent", sent_at=clock.now())
    services.note_delivery(outbound_id=outbound_id, outcome="sent")


def fresh(conversation: Conversation) -> Conversation:
    return Conversation.objects.get(pk=conversation.pk)


def hand_over(conversation: Conversation, to, *, by, reason: str = "懂账单") -> Handover:
    services.assign(
        conversation_id=conversation.pk,
        assignee_id=to.id if to else None,
        team_id=conversation.team_id,
        reason=reason,
        by=by,
    )
    return Handover.objects.latest("pk")


def kinds_of(conversation: Conversation) -> list[str]:
    told = told_between("conversation", [conversation.pk], since=None, until=None)
    return [line.kind for line in told if "handover" in line.kind]


def test_whoever_answers_first_stays_the_first_responder(conversation, giver, receiver, answer) -> None:
    """METHODS B14: first_responder is immutable."""
    answer(conversation, giver)
    answer(conversation, receiver)

    found = fresh(conversation)
    assert (found.first_responder_id, found.accountable_id) == (giver.id, giver.id)
    for other in (receiver.id, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            Conversation.objects.filter(pk=found.pk).update(first_responder_id=other)


def test_an_answer_that_has_not_left_makes_nobody_the_first_responder(conversation, giver, run_jobs) -> None:
    message = services.reply(conversation_id=conversation.pk, text="您好", by=giver)
    services.recall_reply(message_id=message.pk, by=giver)
    run_jobs()
    assert fresh(conversation).first_responder_id is None


def test_a_call_is_an_answer_too(conversation, receiver, run_jobs) -> None:
    services.log_call(conversation_id=conversation.pk, text="已电话答复", direction="out", by=receiver)
    run_jobs()
    assert fresh(conversation).first_responder_id == receiver.id


def test_the_giver_stays_accountable_until_accepted_and_told(conversation, giver, receiver, answer) -> None:
    """METHODS B14: accountable until acceptance by the next and the customer informed."""
    answer(conversation, giver)
    handover = hand_over(conversation, receiver, by=giver)
    assert (handover.giver_id, handover.receiver_id, handover.note) == (giver.id, receiver.id, "懂账单")
    assert (fresh(conversation).assignee_id, fresh(conversation).accountable_id) == (receiver.id, giver.id)

    services.accept_handover(conversation_id=conversation.pk, by=receiver)
    assert fresh(conversation).accountable_id == giver.id
    assert queries.open_handover(conversation.pk).may_tell(receiver)

    answer(conversation, receiver)
    handover.refresh_from_db()
    assert (handover.end, handover.accepted_by_id) == (HandoverEnd.COMPLETED, receiver.id)
    assert fresh(conversation).accountable_id == receiver.id
    assert kinds_of(conversation) == [
        "handover.begun",
        "handover.accepted",
        "handover.customer_told",
        "handover.ended",
    ]


def test_the_receivers_answer_accepts_and_tells_at_once(conversation, giver, receiver, answer) -> None:
    hand_over(conversation, receiver, by=giver)

    answer(conversation, giver)
    assert queries.open_handover(conversation.pk) is not None

    answer(conversation, receiver)
    assert queries.open_handover(conversation.pk) is None
    assert fresh(conversation).accountable_id == receiver.id


def test_telling_by_mail_counts_once_it_has_left(conversation, giver, receiver, run_jobs) -> None:
    hand_over(conversation, receiver, by=giver)

    services.accept_handover(conversation_id=conversation.pk, tells_customer=True, by=receiver)
    mail = OutboundMail.objects.latest("pk")
    assert (mail.purpose, mail.is_automatic) == ("handover", True)
    assert "李娜" in mail.text
    assert fresh(conversation).accountable_id == giver.id

    leave(mail.pk)
    run_jobs()
    assert fresh(conversation).accountable_id == receiver.id
    assert Handover.objects.get().end == HandoverEnd.COMPLETED


def test_only_whoever_it_was_handed_to_accepts_tells_or_gives_back(
    conversation, giver, receiver, create_actor, team
) -> None:
    other = create_actor(Role.AGENT, team_ids=(team.pk,))
    with pytest.raises(errors.NoHandover):
        services.accept_handover(conversation_id=conversation.pk, by=giver)
    hand_over(conversation, receiver, by=giver)

    for act in (services.accept_handover, services.give_back_handover, services.tell_customer):
        with pytest.raises(errors.HandoverNotYours):
            act(conversation_id=conversation.pk, by=other)
    with pytest.raises(errors.HandoverNotYours):
        services.tell_customer(conversation_id=conversation.pk, by=receiver)
    assert kinds_of(conversation) == ["handover.begun"]


def test_given_back_it_lies_with_the_giver_again(conversation, giver, receiver) -> None:
    hand_over(conversation, receiver, by=giver)

    services.give_back_handover(conversation_id=conversation.pk, note="我不懂账单", by=receiver)

    assert Handover.objects.get().end == HandoverEnd.RETURNED
    assert (fresh(conversation).assignee_id, fresh(conversation).accountable_id) == (giver.id, giver.id)
    row = Assignment.objects.latest("pk")
    assert (row.reason, row.note) == (AssignmentReason.RETURNED, "我不懂账单")


def test_handed_on_the_first_giver_stays_accountable(conversation, giver, receiver, create_actor, team) -> None:
    third = create_actor(Role.AGENT, team_ids=(team.pk,))
    hand_over(conversation, receiver, by=giver)
    services.accept_handover(conversation_id=conversation.pk, by=receiver)

    handover = hand_over(conversation, third, by=receiver)

    assert Handover.objects.earliest("pk").end == HandoverEnd.REPLACED
    assert (handover.giver_id, handover.receiver_id) == (giver.id, third.id)
    assert fresh(conversation).accountable_id == giver.id


def test_offered_to_a_team_whoever_takes_it_has_accepted(conversation, giver, other_team, other_agent) -> None:
    services.assign(conversation_id=conversation.pk, assignee_id=None, team_id=other_team.pk, by=giver)
    assert queries.open_handover(conversation.pk).may_accept(other_agent)

    services.accept_handover(conversation_id=conversation.pk, by=other_agent)

    handover = Handover.objects.get()
    assert (handover.receiver_id, handover.accepted_by_id) == (other_agent.id, other_agent.id)
    assert (fresh(conversation).assignee_id, fresh(conversation).accountable_id) == (other_agent.id, giver.id)


def test_taking_over_what_lies_with_a_colleague_is_an_accepted_handover(conversation, giver, receiver) -> None:
    handover = hand_over(conversation, receiver, by=receiver)

    assert (handover.giver_id, handover.by_id, handover.accepted_by_id) == (giver.id, receiver.id, receiver.id)
    assert fresh(conversation).accountable_id == giver.id


def test_finishing_the_conversation_ends_the_handover(conversation, giver, receiver, run_jobs) -> None:
    hand_over(conversation, receiver, by=giver)

    services.change_state(conversation_id=conversation.pk, state=State.SOLVED, by=receiver)
    run_jobs()

    assert Handover.objects.get().end == HandoverEnd.CLOSED


def test_what_nobody_accepts_in_a_working_hour_is_said_once_and_lies_with_giver_and_supervisor(
    conversation, giver, receiver, supervisor, frozen, run_jobs
) -> None:
    """METHODS B14: report of dropped hand-offs."""
    hand_over(conversation, receiver, by=giver)
    frozen.shift(timedelta(minutes=59))
    assert services.drop_overdue_handovers() == 0

    frozen.shift(timedelta(minutes=1))
    assert services.drop_overdue_handovers() == 1
    assert services.drop_overdue_handovers() == 0

    assert kinds_of(conversation) == ["handover.begun", "handover.dropped"]
    assert [each.kind for each in open_items(giver)] == ["handover_dropped"]
    assert [each.kind for each in open_items(supervisor)] == ["handover_unaccepted"]
    report = queries.handover_report(supervisor)
    assert [each.is_dropped for each in report.open] == [True]
    assert (report.begun, report.dropped_in_all) == (1, 1)

    services.accept_handover(conversation_id=conversation.pk, by=receiver)
    assert open_items(giver) == open_items(supervisor) == []


def test_an_hour_to_accept_is_counted_in_working_time(conversation, giver, receiver, frozen) -> None:
    frozen.move_to("2026-11-27T09:30:00Z")  # Friday 17:30 in Shanghai; work ends at 18:00.
    handover = hand_over(conversation, receiver, by=giver)
    assert handover.due_at.isoformat() == "2026-11-30T01:30:00+00:00"


def test_another_teams_supervisor_does_not_see_the_report(
    conversation, giver, receiver, create_actor, other_team
) -> None:
    hand_over(conversation, receiver, by=giver)
    stranger = create_actor(Role.SUPERVISOR, team_ids=(other_team.pk,))
    assert queries.handover_report(stranger).open == []


def leaving(actor, *, by):
    known = Staff.objects.get(pk=actor.id)
    return staff.change_staff(
        staff_id=known.pk,
        version=known.version,
        name=known.name,
        email=known.email,
        roles=known.roles,
        team_ids=accounts.teams_of(known.pk),
        is_active=False,
        by=by,
    )


def test_nobody_leaves_with_open_conversations(conversation, giver, admin) -> None:
    """Bad input of issue 3: an agent deactivated with open work."""
    with pytest.raises(HoldsOpenWork) as refusal:
        leaving(giver, by=admin)

    assert "1 open conversation" in str(refusal.value)
    assert accounts.is_active_staff(giver.id)


def test_what_is_given_back_first_goes_to_somebody_else_and_nothing_comes_back(
    conversation, giver, receiver, admin, answer, run_jobs, team, system, arrive, letter
) -> None:
    answer(conversation, giver)
    staff.set_presence(state="available", by=giver)
    staff.set_presence(state="away", by=receiver)
    services.change_routing(
        team_id=team.pk,
        version=0,
        method="round_robin",
        is_owner_first=False,
        matches_skill=False,
        matches_language=False,
        capacity=9,
        by=system,
    )

    assert services.release_work(staff_id=giver.id, by=admin) == 1
    run_jobs()
    found = fresh(conversation)
    # Nobody else is there; it does not come straight back to whoever is leaving.
    assert (found.assignee_id, found.accountable_id, found.first_responder_id) == (None, None, giver.id)
    leaving(giver, by=admin)
    staff.set_presence(state="available", by=receiver)
    run_jobs()

    found = fresh(conversation)
    assert (found.assignee_id, found.accountable_id) == (receiver.id, receiver.id)
    handover = queries.open_handover(conversation.pk)
    assert (handover.giver_id, handover.receiver_id) == (giver.id, receiver.id)
    assert audit_trail(kinds=["staff.work_released"])[0].payload["count"] == 1
    later = Conversation.objects.get(pk=arrive(letter(From="new@customer.example")).conversation_id)
    assert later.assignee_id == receiver.id


def test_only_whoever_is_in_charge_gives_work_back(conversation, giver, receiver, create_actor, other_team) -> None:
    with pytest.raises(Forbidden):
        services.release_work(staff_id=giver.id, by=receiver)
    with pytest.raises(NotFound):
        services.release_work(staff_id=giver.id, by=create_actor(Role.SUPERVISOR, team_ids=(other_team.pk,)))
    assert fresh(conversation).assignee_id == giver.id
