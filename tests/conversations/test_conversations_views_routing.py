"""The pages about giving out work and handing over."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haoke.accounts import services as staff
from haoke.accounts.choices import Role
from haoke.accounts.models import Skill
from haoke.conversations import queries, services
from haoke.conversations.models import Category, Conversation, Handover

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(arrive, letter) -> Conversation:
    return Conversation.objects.get(pk=arrive(letter()).conversation_id)


@pytest.fixture
def receiver(create_actor, team):
    return create_actor(Role.AGENT, team_ids=(team.pk,), name="李娜")


def test_a_supervisor_sets_up_how_their_team_gives_out_work(client_of, supervisor, team, agent) -> None:
    client = client_of(supervisor)
    typed = {"method": "least_load", "is_owner_first": "on", "capacity": "12", "version": "0"}
    assert client.post(f"/settings/routing/{team.pk}", typed).status_code == 302

    rule = queries.routing_of(team.pk)
    assert (rule.method, rule.is_owner_first, rule.matches_skill, rule.capacity) == ("least_load", True, False, 12)
    page = client.get("/settings/routing/").content.decode()
    assert "Whoever has the least open" in page
    assert supervisor.name in page
    seats = client.get(f"/settings/routing/{team.pk}").content.decode()
    assert agent.name in seats
    assert "0 of 12" in seats


@pytest.mark.parametrize("wrong", [{"capacity": "0"}, {"method": "dice"}, {"version": "7"}])
def test_a_rule_that_makes_no_sense_comes_back_with_what_was_typed(client_of, supervisor, team, wrong) -> None:
    typed = {"method": "round_robin", "capacity": "12", "version": "0", **wrong}
    response = client_of(supervisor).post(f"/settings/routing/{team.pk}", typed)
    assert response.status_code == 422
    assert queries.routing_of(team.pk).version == 0


def test_a_category_gets_the_skill_it_needs(client_of, supervisor, system) -> None:
    skill = staff.create_skill(name_zh="账单", name_en="Billing", by=system)
    client = client_of(supervisor)
    client.post("/settings/routing/categories", {"category": "general", "skill": skill.pk})
    assert Category.objects.get(code="general").skill == Skill.objects.get()
    client.post("/settings/routing/categories", {"category": "general", "skill": ""})
    assert Category.objects.get(code="general").skill is None


def test_asking_for_the_next_one_opens_it(client_of, agent, conversation) -> None:
    client = client_of(agent)
    assert client.post("/inbox/next")["Location"] == f"/inbox/{conversation.pk}"
    assert client.post("/inbox/next")["Location"] == "/inbox/"


def test_the_receiver_sees_what_is_handed_over_and_accepts_it(client_of, agent, receiver, conversation) -> None:
    services.assign(conversation_id=conversation.pk, assignee_id=agent.id, team_id=conversation.team_id, by=agent)
    giver, taker = client_of(agent), client_of(receiver)
    here = f"/inbox/{conversation.pk}"
    version = Conversation.objects.get().version
    typed = {"assignee": receiver.id, "team": conversation.team_id, "version": version, "reason": "懂账单"}
    assert giver.post(f"{here}/assignment", typed).status_code == 302

    assert f"{here}/handover/acceptance" not in giver.get(here).content.decode()
    page = taker.get(here).content.decode()
    assert f"{here}/handover/acceptance" in page
    assert "懂账单" in page

    assert taker.post(f"{here}/handover/acceptance", {"tells_customer": "on"}).status_code == 302
    assert Handover.objects.get().accepted_by_id == receiver.id
    assert giver.post(f"{here}/handover/return").status_code == 403


def test_what_is_given_back_says_why(client_of, agent, receiver, conversation) -> None:
    for each in (agent, receiver):
        services.assign(conversation_id=conversation.pk, assignee_id=each.id, team_id=conversation.team_id, by=agent)
    client_of(receiver).post(f"/inbox/{conversation.pk}/handover/return", {"note": "我不懂账单"})

    assert Conversation.objects.get().assignee_id == agent.id
    assert "我不懂账单" in client_of(agent).get(f"/inbox/{conversation.pk}").content.decode()


def test_the_report_lists_what_nobody_took_in_a_fixed_number_of_questions(
    client_of, supervisor, agent, receiver, arrive, letter
) -> None:
    client = client_of(supervisor)
    counts = []
    for _ in range(2):
        for each in (agent, receiver):
            found = Conversation.objects.get(
                pk=arrive(letter(From=f"{Conversation.objects.count()}@customer.example")).conversation_id
            )
            services.assign(conversation_id=found.pk, assignee_id=agent.id, team_id=found.team_id, by=agent)
            services.assign(conversation_id=found.pk, assignee_id=receiver.id, team_id=found.team_id, by=each)
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/inbox/handovers/").content.decode()
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert page.count("To be accepted") == 2
    assert page.count("Customer to be told") == 2


def test_an_administrator_is_shown_what_lies_with_whoever_leaves_and_gives_it_back(
    client_of, admin, agent, conversation
) -> None:
    """Bad input of issue 3: an agent deactivated with open work."""
    services.assign(conversation_id=conversation.pk, assignee_id=agent.id, team_id=conversation.team_id, by=agent)
    client, here = client_of(admin), f"/settings/staff/{agent.id}"
    typed = {"name": agent.name, "email": "agent1@haoke.example", "roles": ["agent"], "version": "1"}

    refused = client.post(here, typed)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "1 open conversation" in page
    assert f"{here}/conversations/release" in page

    assert (
        client.post(f"{here}/conversations/release", headers={"Referer": f"http://testserver{here}"})["Location"]
        == here
    )
    assert Conversation.objects.get().assignee is None
    assert client.post(here, typed).status_code == 302
