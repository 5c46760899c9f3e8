"""Making and changing forms."""

from __future__ import annotations

import pytest

from haoke.core.errors import Forbidden, NotFound
from haoke.timeline.queries import audit_trail
from haoke.web_forms import errors, queries, services
from haoke.web_forms.models import WebForm


def test_a_form_is_made_and_changed_and_both_are_kept(values, admin) -> None:
    made = services.create_form(**{**values, "key": " Contact ", "sites": "https://www.example.com/"}, by=admin)
    assert (made.key, made.sites) == ("contact", ["https://www.example.com"])
    changed = services.change_form(form_id=made.pk, version=1, **{**values, "intro_en": "New words"}, by=admin)

    assert changed.version == 2
    trail = audit_trail(kinds=["web_form.created", "web_form.changed"])
    assert [line.kind for line in trail] == ["web_form.changed", "web_form.created"]
    assert trail[0].payload["changes"]["intro_en"] == ["…", "…"]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"key": "a b"}, errors.KeyNotUsable),
        ({"title_zh": " ", "title_en": ""}, errors.WordsNeeded),
        ({"sites": "example.com"}, errors.NotASite),
        ({"channel_id": 0}, errors.UnknownPlace),
        ({"team_id": 999_999}, errors.UnknownPlace),
        ({"category_id": -1}, errors.UnknownPlace),
    ],
)
def test_what_cannot_work_is_refused_and_nothing_is_kept(values, admin, wrong, refusal) -> None:
    with pytest.raises(refusal):
        services.create_form(**{**values, **wrong}, by=admin)
    assert not WebForm.objects.exists()


def test_two_forms_have_two_addresses(web_form, values, admin) -> None:
    with pytest.raises(errors.KeyTaken):
        services.create_form(**values, by=admin)
    other = services.create_form(**{**values, "key": "other"}, by=admin)
    with pytest.raises(errors.KeyTaken):
        services.change_form(form_id=other.pk, version=1, **values, by=admin)


def test_a_stale_page_overwrites_nothing(web_form, values, admin) -> None:
    services.change_form(form_id=web_form.pk, version=1, **{**values, "name": "First"}, by=admin)
    with pytest.raises(errors.FormChanged):
        services.change_form(form_id=web_form.pk, version=1, **{**values, "name": "Second"}, by=admin)
    assert WebForm.objects.get().name == "First"


def test_who_sets_up_and_who_sees(web_form, values, supervisor, agent, create_actor, other_team) -> None:
    for actor in (supervisor, agent):
        with pytest.raises(Forbidden):
            services.create_form(**{**values, "key": "x1"}, by=actor)
    assert queries.forms(supervisor) == []
    with pytest.raises(NotFound):
        queries.form_by_id(web_form.pk, supervisor)
    assert queries.forms(create_actor("supervisor", team_ids=(other_team.pk,))) == [web_form]
