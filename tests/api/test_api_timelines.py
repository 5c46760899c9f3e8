"""A customer's timeline over the API: every fact once, touches with channel and direction (S0-02, S1-21)."""

from __future__ import annotations

import pytest

from haoke.api import timelines
from haoke.conversations import services
from haoke.customers.services import edit_customer, reveal_contact_point
from tests.api.conftest import check_problem


def test_facts_tell_their_kind_and_their_sentence(program, conversation, customer, agent) -> None:
    services.log_call(conversation_id=conversation.pk, text="来电", direction="in", minutes=3, by=agent)

    facts = program.get(f"/customers/{customer.number}/timeline").json()["items"]

    kinds = [fact["kind"] for fact in facts]
    assert kinds[0] == "call.logged"
    assert {"customer.registered", "conversation.started"} <= set(kinds)
    call = facts[0]
    assert call["touch"] == {"channel": "call", "direction": "in"}
    assert (call["subject_kind"], call["subject_id"]) == ("conversation", conversation.pk)
    assert agent.name in call["sentence"]
    assert [fact["touch"] for fact in facts if fact["kind"] == "conversation.started"] == [None]


def test_touches_alone_are_asked_for(program, conversation, customer, agent) -> None:
    services.log_call(conversation_id=conversation.pk, text="来电", direction="in", by=agent)

    facts = program.get(f"/customers/{customer.number}/timeline", show="touches").json()["items"]

    assert [fact["kind"] for fact in facts] == ["call.logged"]


def test_what_is_for_the_audit_stays_there(program, customer, agent) -> None:
    reveal_contact_point(customer_id=customer.pk, contact_point_id=customer.contact_points.first().pk, by=agent)

    facts = program.get(f"/customers/{customer.number}/timeline").json()["items"]

    assert "contact_point.revealed" not in {fact["kind"] for fact in facts}


def test_the_timeline_goes_on_to_its_end_and_tells_everything_once(program, customer, agent, monkeypatch) -> None:
    monkeypatch.setattr(timelines, "LINES_A_PAGE", 3)
    for version in range(1, 9):
        edit_customer(customer_id=customer.pk, version=version, city=f"{version}", by=agent)

    ids, before = [], ""
    while before is not None:
        page = program.get(f"/customers/{customer.number}/timeline", before=before).json()
        ids += [fact["id"] for fact in page["items"]]
        before = page["before"]

    assert len(ids) == len(set(ids)) == 8 + 3
    assert ids == sorted(ids, reverse=True)


@pytest.mark.parametrize("before", ["x", "1_x", "nan_1", "1e300_1", f"1_{'9' * 40}"])
def test_a_place_nobody_handed_out_is_refused_rather_than_begun_again(program, customer, before) -> None:
    path = f"/customers/{customer.number}/timeline"
    check_problem(program.get(path, before=before), 422, "invalid", field="before")


@pytest.mark.parametrize(("role", "status"), [("field_engineer", 404), ("administrator", 404), ("surveyor", 403)])
def test_out_of_reach_is_not_found(program_of, customer, role, status) -> None:
    response = program_of(role).get(f"/customers/{customer.number}/timeline")
    check_problem(response, status, "not_found" if status == 404 else "forbidden")
