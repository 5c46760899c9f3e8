"""What a new house files its conversations under."""

from __future__ import annotations

import pytest

from haoke.conversations.choices import MessageKind
from haoke.conversations.queries import categories

# Each interaction with the categories that stand for it; a call is told by its channel, whatever it is about.
SEVEN = {
    "information": {"enquiry"},
    "orders and requirements": {"order"},
    "follow-up documents": {"documents"},
    "billing and payments": {"payment"},
    "after-sales service": {"how_to", "repair", "return"},
    "complaints": {"complaint"},
}


@pytest.mark.django_db
def test_the_seven_typical_interactions_are_there_from_the_first_day() -> None:
    """S3-20: calls, information, orders, follow-up documents, billing, after-sales, complaints."""
    codes = {each.code for each in categories()}

    assert {name for name, wanted in SEVEN.items() if not wanted <= codes} == set()
    assert "call" in MessageKind.values
