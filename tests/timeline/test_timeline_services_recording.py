"""Facts are written once, inside the change they tell of, and never altered."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import IntegrityError, connection, transaction

from haoke.accounts.events import TeamCreated
from haoke.core.actor import Actor
from haoke.timeline import queries
from haoke.timeline.facts import REGISTRY, Fact, sentence_of
from haoke.timeline.models import Entry
from haoke.timeline.services import record


@pytest.fixture
def entry_id(db) -> int:
    return record(TeamCreated(team_id=7, name="一组"), by=Actor.system())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE timeline_entry SET actor_name = 'somebody else'",
        "DELETE FROM timeline_entry",
        "TRUNCATE timeline_entry CASCADE",
    ],
)
def test_the_database_itself_refuses_to_alter_a_fact(entry_id, statement) -> None:
    with connection.cursor() as cursor:
        # TRUNCATE would otherwise stumble over checks that are still to come.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert queries.audit_trail(kinds=["team.created"])[0].by == "Haoke"


def test_the_orm_cannot_alter_a_fact_either(entry_id) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry_id).update(kind="team.forgotten")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.get(pk=entry_id).delete()


def test_two_facts_of_one_kind_are_an_error() -> None:
    with pytest.raises(TypeError, match=r"team\.created"):

        @dataclass(frozen=True, kw_only=True)
        class TeamCreatedAgain(Fact):
            kind = "team.created"

    assert REGISTRY["team.created"] is TeamCreated


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"):
        record(TeamCreated(team_id=7, name="一组"), by=Actor.system())

    assert not Entry.objects.exists()


def test_a_fact_goes_back_with_the_change_it_tells_of(db) -> None:
    @transaction.atomic
    def change_and_take_back() -> None:
        record(TeamCreated(team_id=7, name="一组"), by=Actor.system())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_take_back()

    assert not Entry.objects.filter(kind="team.created").exists()


def test_a_touch_has_both_channel_and_direction(db) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(
            kind="team.created", at="2026-11-23T02:00:00Z", subject_kind="team", actor_kind="system",
            actor_name="", audience="staff", channel="mail", direction="",
        )  # fmt: skip


def test_a_sentence_survives_payloads_of_other_days() -> None:
    assert sentence_of("team.created", {"team_id": 7}, by="Li Na") == "Li Na created team …"
    assert sentence_of("a.kind.nobody.knows", {}, by="Li Na") == "a.kind.nobody.knows"


def test_pages_by_key_show_every_line_once(db, frozen) -> None:
    """Facts of one moment are told apart by their number."""
    for number in range(5):
        record(TeamCreated(team_id=number, name=str(number)), by=Actor.system())

    first = queries.audit_trail(kinds=["team.created"], most=3)
    second = queries.audit_trail(kinds=["team.created"], before=first[-1].place, most=3)

    assert [line.subject_id for line in first + second] == [4, 3, 2, 1, 0]
