"""Skills, languages and capacity: kept by whoever is in charge, read when work is given out."""

from __future__ import annotations

import pytest

from haoke.accounts import errors, queries, services
from haoke.accounts.models import Skill, Staff
from haoke.core import clock
from haoke.core.errors import Forbidden, NotFound
from haoke.timeline.queries import audit_trail


@pytest.fixture
def billing(db, system) -> Skill:
    return services.create_skill(name_zh="账单", name_en="Billing", by=system)


def at_work(actor) -> queries.StaffAtWork:
    return queries.person_at_work(actor.id, now=clock.now())


def test_what_somebody_can_do_is_set_and_told(agent, supervisor, billing) -> None:
    services.set_workload(
        staff_id=agent.id,
        version=1,
        skill_ids=[billing.pk],
        writes_languages=["zh-hans", "en"],
        capacity=7,
        by=supervisor,
    )

    person = at_work(agent)
    assert (person.skill_ids, person.languages, person.capacity) == ({billing.pk}, {"en", "zh-hans"}, 7)
    assert audit_trail(kinds=["staff.workload_changed"])[0].payload["changes"] == {
        "skill_ids": [[], [billing.pk]],
        "writes_languages": [[], ["en", "zh-hans"]],
        "capacity": [None, 7],
    }


def test_saving_the_same_changes_nothing(agent, supervisor) -> None:
    services.set_workload(staff_id=agent.id, version=1, by=supervisor)
    assert Staff.objects.get(pk=agent.id).version == 1
    assert audit_trail(kinds=["staff.workload_changed"]) == []


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"version": 2}, errors.StaffChanged),
        ({"skill_ids": [999_999]}, errors.UnknownSkill),
        ({"writes_languages": ["fr"]}, errors.UnknownCode),
        ({"capacity": 501}, errors.CapacityOutOfBounds),
    ],
)
def test_a_refused_change_leaves_everything(agent, supervisor, wrong, refusal) -> None:
    with pytest.raises(refusal):
        services.set_workload(**{"staff_id": agent.id, "version": 1, "capacity": 3, "by": supervisor, **wrong})
    assert at_work(agent).capacity is None


def test_only_whoever_is_in_charge_sets_it(agent, other_agent, supervisor, admin) -> None:
    with pytest.raises(Forbidden):
        services.set_workload(staff_id=agent.id, version=1, by=agent)
    with pytest.raises(NotFound):
        services.set_workload(staff_id=other_agent.id, version=1, by=supervisor)
    services.set_workload(staff_id=other_agent.id, version=1, capacity=0, by=admin)
    assert at_work(other_agent).capacity == 0


def test_a_skill_out_of_use_counts_for_nobody_and_is_not_forgotten(agent, supervisor, billing) -> None:
    services.set_workload(staff_id=agent.id, version=1, skill_ids=[billing.pk], by=supervisor)
    names = {"skill_id": billing.pk, "name_zh": "账单", "name_en": "Billing", "by": supervisor}

    services.change_skill(**names, is_active=False)
    assert (at_work(agent).skill_ids, queries.skills()) == (frozenset(), [])
    with pytest.raises(errors.UnknownSkill):
        services.set_workload(staff_id=agent.id, version=2, skill_ids=[billing.pk], by=supervisor)

    services.change_skill(**names, is_active=True)
    assert at_work(agent).skill_ids == {billing.pk}


def test_skills_have_two_names_of_their_own(supervisor, agent, billing) -> None:
    with pytest.raises(errors.SkillNameTaken):
        services.create_skill(name_zh="账单", name_en="Invoices", by=supervisor)
    with pytest.raises(errors.NameNeeded):
        services.create_skill(name_zh=" ", name_en="Invoices", by=supervisor)
    with pytest.raises(Forbidden):
        services.create_skill(name_zh="发票", name_en="Invoices", by=agent)
    changed = services.change_skill(skill_id=billing.pk, name_zh="发票", name_en="Invoices", by=supervisor)

    assert changed.name == "Invoices"
    assert audit_trail(kinds=["skill.changed"])[0].payload["changes"] == {"name": ["账单 / Billing", "发票 / Invoices"]}


def test_the_pages_of_skills_and_workload(client_of, supervisor, agent) -> None:
    client = client_of(supervisor)
    assert client.post("/settings/skills/new", {"name_zh": "账单", "name_en": "Billing"}).status_code == 302
    skill = Skill.objects.get()
    typed = {"version": "1", "skill_ids": [skill.pk], "writes_languages": ["zh-hans"], "capacity": "4"}
    assert client.post(f"/settings/staff/{agent.id}/workload", typed).status_code == 302

    assert (at_work(agent).skill_ids, at_work(agent).capacity) == ({skill.pk}, 4)
    assert agent.name in client.get("/settings/skills/").content.decode()
    assert client.post(f"/settings/staff/{agent.id}/workload", typed).status_code == 422
    assert client.post(f"/settings/skills/{skill.pk}", {"name_zh": "账单", "name_en": ""}).status_code == 422
