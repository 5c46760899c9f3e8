"""Values of policies: what makes sense is accepted, everything else is refused at its field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.policies.choices import EXPLANATIONS, SENTENCES, PolicyType
from haoke.policies.errors import InvalidPolicyValue, NumberOutOfBounds, PrefixNotUsable, UnknownPolicy
from haoke.policies.rules.values import VALUE_OF, NumberRule, SurveyCap, parts_of, value_from


def test_every_type_has_a_value_an_explanation_and_a_sentence() -> None:
    assert set(VALUE_OF) == set(EXPLANATIONS) == set(SENTENCES) == set(PolicyType)


def test_parts_come_back_as_the_value_they_came_from() -> None:
    rule = NumberRule(prefix="K", digits=6)
    assert value_from("number_rule", parts_of(rule)) == rule


@pytest.mark.parametrize(("number", "written"), [(1, "K000001"), (999_999, "K999999"), (1_000_000, "K1000000")])
def test_an_archive_number_grows_rather_than_repeats(number: int, written: str) -> None:
    """S0-68: archive numbers are unique and rule-based."""
    assert NumberRule(prefix="K", digits=6).format(number) == written


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(4, 12))
def test_two_customers_never_have_one_number(one: int, other: int, digits: int) -> None:
    """S0-68."""
    rule = NumberRule(prefix="K", digits=digits)
    assert (rule.format(one) == rule.format(other)) == (one == other)


@pytest.mark.parametrize("days", [-1, 3651, 1.5, "30", None, True])
def test_a_number_out_of_bounds_is_refused_at_its_field(days: object) -> None:
    with pytest.raises(NumberOutOfBounds) as refused:
        value_from("survey_cap", {"days": days})
    assert refused.value.field == "days"


@pytest.mark.parametrize("prefix", ["", "k", "KUNDE", "K1", "客", "K\n", None])
def test_a_prefix_is_one_to_four_capital_letters(prefix: object) -> None:
    with pytest.raises(PrefixNotUsable):
        value_from("number_rule", {"prefix": prefix, "digits": 6})


@pytest.mark.parametrize("parts", [{}, {"days": 1, "hours": 2}, {"weeks": 1}])
def test_missing_and_foreign_parts_are_refused(parts: dict) -> None:
    with pytest.raises(InvalidPolicyValue):
        value_from("survey_cap", parts)


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(UnknownPolicy):
        value_from("weather", {"rain": 1})


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        SurveyCap(days=30).days = 31  # type: ignore[misc]
