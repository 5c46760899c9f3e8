"""Assigning, states, urgency, category, closing, reopening, identifying: a row and a fact each, versions respected."""

from __future__ import annotations

import pytest

from haoke.conversations import errors, queries, services
from haoke.conversations.models import Assignment, Closure, Identification, Reopening
from haoke.core.errors import Invalid, NotFound
from haoke.customers import services as archive
from haoke.timeline import queries as timeline
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(arrive, letter):
    found = arrive(letter()).conversation
    found.refresh_from_db()
    return found


def kinds_of(conversation) -> list[str]:
    return list(
        Entry.objects.filter(subject_kind="conversation", subject_id=conversation.pk)
        .order_by("pk")
        .values_list("kind", flat=True)
    )


def test_assigning_writes_down_who_decided(conversation, agent, team) -> None:
    services.assign(conversation_id=conversation.pk, assignee_id=agent.id, team_id=team.pk, by=agent)
    row = Assignment.objects.get()
    assert (row.assignee_id, row.team_id, row.by_name) == (agent.id, team.pk, agent.name)
    assert kinds_of(conversation)[-1] == "conversation.assigned"


def test_a_colleague_of_another_team_is_no_assignee(conversation, agent, other_agent, team) -> None:
    with pytest.raises(errors.AssigneeUnfit):
        services.assign(conversation_id=conversation.pk, assignee_id=other_agent.id, team_id=team.pk, by=agent)
    assert not Assignment.objects.exists()


def test_a_stale_page_changes_nothing(conversation, agent) -> None:
    services.set_urgency(conversation_id=conversation.pk, urgency="high", version=conversation.version, by=agent)
    with pytest.raises(errors.VersionConflict) as refused:
        services.close_conversation(conversation_id=conversation.pk, version=conversation.version, by=agent)
    assert agent.name in str(refused.value)
    assert not Closure.objects.exists()


@pytest.mark.parametrize("state", ["open", "waiting", "on_hold", "solved"])
def test_states_while_at_work(conversation, agent, state) -> None:
    services.change_state(conversation_id=conversation.pk, state=state, by=agent)
    conversation.refresh_from_db()
    assert conversation.state == state
    assert kinds_of(conversation)[-1] == "conversation.state_changed"


def test_the_state_it_has_already_changes_nothing(conversation, agent) -> None:
    told = kinds_of(conversation)
    services.change_state(conversation_id=conversation.pk, state="new", by=agent)
    assert kinds_of(conversation) == told


@pytest.mark.parametrize("state", ["new", "closed", "merged", ""])
def test_states_that_are_acts_of_their_own(conversation, agent, state) -> None:
    services.change_state(conversation_id=conversation.pk, state="open", by=agent)
    with pytest.raises(Invalid):
        services.change_state(conversation_id=conversation.pk, state=state, by=agent)


def test_the_category_carries_the_phase(conversation, agent) -> None:
    """S0-11: no record without a phase."""
    services.set_category(conversation_id=conversation.pk, category="enquiry", by=agent)
    conversation.refresh_from_db()
    assert conversation.category.phase == "pre_sale"
    assert Entry.objects.get(kind="conversation.category_set").payload["phase"] == "pre_sale"


def test_closing_and_reopening_keep_their_rows(conversation, agent) -> None:
    """S0-40: reopening by hand needs a reason and is counted."""
    services.close_conversation(conversation_id=conversation.pk, reason="已解决", by=agent)
    with pytest.raises(errors.ReasonNeeded):
        services.reopen_conversation(conversation_id=conversation.pk, note=" ", by=agent)
    services.reopen_conversation(conversation_id=conversation.pk, note="客户来电", by=agent)
    assert (Closure.objects.get().reason, Reopening.objects.get().note) == ("已解决", "客户来电")
    conversation.refresh_from_db()
    assert (conversation.state, conversation.closed_at) == ("open", None)


def test_closing_twice_is_refused(conversation, agent) -> None:
    services.close_conversation(conversation_id=conversation.pk, by=agent)
    with pytest.raises(errors.TransitionRefused):
        services.close_conversation(conversation_id=conversation.pk, by=agent)
    assert Closure.objects.count() == 1


def test_an_unidentified_conversation_brings_its_story_to_the_archive(arrive, letter, channel, agent) -> None:
    """S0-69, S0-02: what happened before anybody knew the customer stands on the customer's page all the same."""
    from haoke.conversations import queries

    channel.registers_senders = False
    channel.save()
    conversation = arrive(letter()).conversation
    services.register_sender(conversation_id=conversation.pk, by=agent)
    conversation.refresh_from_db()
    assert Identification.objects.get().customer_id == conversation.customer_id
    history = timeline.customer_history(
        [conversation.customer_id], also={"conversation": queries.identified_by_hand([conversation.customer_id])}
    )
    assert "message.received" in [line.kind for line in history]


def test_an_archive_out_of_reach_cannot_be_chosen(conversation, account_manager, system) -> None:
    hidden = archive.register_customer(kind="person", name="别人", by=system)
    with pytest.raises(NotFound):
        services.identify(conversation_id=conversation.pk, customer_id=hidden.pk, by=account_manager)


def test_what_follows_once_a_conversation_was_moved_on_is_not_told_on_the_archive_it_left(
    arrive, letter, agent, system
) -> None:
    conversation = arrive(letter(From="somebody@customer.example")).conversation
    wrong, right = (archive.register_customer(kind="person", name=name, by=system) for name in ("甲先生", "乙先生"))
    for customer in (wrong, right):
        services.identify(conversation_id=conversation.pk, customer_id=customer.pk, by=agent)
    assert queries.identified_by_hand([wrong.pk]) == []
    assert queries.identified_by_hand([right.pk]) == [conversation.pk]
