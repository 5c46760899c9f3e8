"""The access log: one row for the same look in a quarter of an hour, and nobody changes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from haoke.core import clock
from haoke.core.actor import Actor
from haoke.timeline.choices import AccessKind
from haoke.timeline.models import Access
from haoke.timeline.queries import AccessFilter, accesses
from haoke.timeline.services import note_access

WANG = Actor(kind="staff", id=1, name="Wang")
LI = Actor(kind="staff", id=2, name="Li")


def look(
    by: Actor = WANG, *, kind: str = AccessKind.CUSTOMER, subject: int | None = 7, customer: int | None = 7
) -> None:
    note_access(kind=kind, subject_kind="customer", subject_id=subject, customer_id=customer, by=by)


@pytest.mark.django_db
def test_the_same_look_counts_once_a_quarter(frozen, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        look()
    frozen.shift(timedelta(minutes=14, seconds=59))
    look()
    assert Access.objects.count() == 1
    frozen.shift(timedelta(seconds=1))
    look()
    assert list(Access.objects.order_by("pk").values_list("quarter", flat=True)) == [
        datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
        datetime(2026, 11, 23, 2, 15, tzinfo=UTC),
    ]


@pytest.mark.django_db
def test_another_person_thing_or_way_is_another_row(frozen) -> None:
    for one in ({}, {"by": LI}, {"subject": 8}, {"kind": AccessKind.EXPORT}, {"subject": None}):
        look(**one)
        look(**one)
    assert Access.objects.count() == 5


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["update", "delete"])
def test_a_row_can_be_neither_changed_nor_removed(act) -> None:
    """RULINGS: reads of personal data go to an access log, which nobody alters."""
    look()
    rows = Access.objects.all()
    with pytest.raises(IntegrityError, match="timeline_access is append-only"), transaction.atomic():
        rows.update(actor_name="nobody") if act == "update" else rows.delete()
    assert Access.objects.get().actor_name == "Wang"


@pytest.mark.django_db
def test_looks_are_found_by_person_customer_kind_and_time(frozen) -> None:
    look()
    look(LI, subject=8, customer=8)
    frozen.shift(timedelta(days=1))
    look(LI, kind=AccessKind.EXPORT)
    note_access(kind=AccessKind.REFUSED_SIGN_IN, subject_kind="staff", subject_id=2, by=Actor.nobody())

    def found(**wanted) -> list[str]:
        return [f"{each.actor_name}:{each.kind}" for each in accesses(AccessFilter(**wanted))]

    assert found(staff_id=2) == [":refused_sign_in", "Li:export", "Li:customer"]
    assert found(customer_ids=[7]) == ["Li:export", "Wang:customer"]
    assert found(customer_ids=[]) == []
    assert found(kind=AccessKind.EXPORT) == ["Li:export"]
    assert found(since=clock.now() - timedelta(hours=1), staff_id=1) == []
    assert found(until=clock.now(), kind=AccessKind.CUSTOMER) == ["Li:customer", "Wang:customer"]
