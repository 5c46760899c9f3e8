"""Counting no further than anybody needs to know."""

from __future__ import annotations

import pytest

from haoke.accounts.models import Team
from haoke.accounts.services import create_team
from haoke.core.database import count_up_to


@pytest.mark.django_db
def test_several_things_are_counted_in_one_query_and_no_further_than_asked(system, django_assert_num_queries) -> None:
    for name in ("甲组", "乙组", "丙组"):
        create_team(name=name, by=system)
    named = Team.objects.filter(name__endswith="组").order_by("name")

    with django_assert_num_queries(1):
        counts = count_up_to(2, {"all": named, "one": named.filter(name="甲组"), "none": named.none()})

    assert counts == {"all": 2, "one": 1, "none": 0}


@pytest.mark.django_db
def test_nothing_to_count_asks_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert count_up_to(9, {}) == {}
        assert count_up_to(9, {"none": Team.objects.none()}) == {"none": 0}
