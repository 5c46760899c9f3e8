"""Rebuilding: every message is found afterwards, whatever happens meanwhile, and everybody sees how far it has come."""

from __future__ import annotations

import pytest

from haoke.conversations import queries, services
from haoke.conversations.models import Message, MessageWords, SearchRebuild
from haoke.conversations.services import indexing, rebuilding
from haoke.conversations.services.indexing import index_messages
from haoke.core.errors import Forbidden
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def mails(arrive, letter) -> list[int]:
    """Five mails whose words are gone, as after a backup of an older version was read in."""
    ids = [arrive(letter(f"要退款{number}", subject=f"第{number}件")).pk for number in range(5)]
    MessageWords.objects.all().delete()
    return ids


def _indexed() -> set[int]:
    return set(MessageWords.objects.values_list("message_id", flat=True))


def test_a_rebuild_finds_every_message_again(mails, admin, agent, run_jobs) -> None:
    rebuild = services.start_search_rebuild(by=admin)
    assert rebuild.total == Message.objects.count()
    run_jobs()
    rebuild.refresh_from_db()
    assert rebuild.finished_at is not None
    assert rebuild.done == rebuild.total
    assert _indexed() == set(indexing.searchable(Message.objects.all()).values_list("pk", flat=True))
    assert len(queries.search_conversations("退款", agent).found) == 5
    assert list(
        Entry.objects.filter(kind__startswith="search_rebuild").order_by("pk").values_list("kind", flat=True)
    ) == [
        "search_rebuild.started",
        "search_rebuild.finished",
    ]


def test_the_newest_messages_come_first(mails, admin) -> None:
    rebuild = services.start_search_rebuild(by=admin)
    services.advance_search_rebuild(rebuild_id=rebuild.pk, most=4)
    done = Message.objects.order_by("-pk")[:4]
    assert _indexed() == set(indexing.searchable(Message.objects.filter(pk__in=done)).values_list("pk", flat=True))


def test_a_round_that_dies_is_done_again_and_nothing_is_missing(mails, admin, monkeypatch, run_jobs) -> None:
    rebuild = services.start_search_rebuild(by=admin)
    services.advance_search_rebuild(rebuild_id=rebuild.pk, most=2)
    real, calls = indexing.index_messages, []

    def dies_once(messages):
        calls.append(1)
        if len(calls) == 1:
            raise MemoryError
        return real(messages)

    monkeypatch.setattr(rebuilding, "index_messages", dies_once)
    with pytest.raises(MemoryError):
        services.advance_search_rebuild(rebuild_id=rebuild.pk, most=2)
    rebuild.refresh_from_db()
    assert rebuild.done == 2
    services.resume_search_rebuild()
    run_jobs()
    assert set(mails) <= _indexed()


def test_what_arrives_meanwhile_is_found_once(mails, admin, arrive, letter, run_jobs, agent) -> None:
    rebuild = services.start_search_rebuild(by=admin)
    services.advance_search_rebuild(rebuild_id=rebuild.pk, most=3)
    message = arrive(letter("刚刚到的退款"))
    run_jobs()
    assert message.pk in _indexed()
    assert len(queries.search_conversations("刚刚到的", agent).found) == 1


def test_what_no_longer_counts_is_taken_out(mails, admin, run_jobs) -> None:
    index_messages(Message.objects.filter(pk=mails[0]))
    Message.objects.filter(pk=mails[0]).update(recalled_at="2026-11-23T00:00Z")
    services.start_search_rebuild(by=admin)
    run_jobs()
    assert mails[0] not in _indexed()


def test_a_second_start_joins_the_first(mails, admin) -> None:
    assert services.start_search_rebuild(by=admin) == services.start_search_rebuild(by=admin)


def test_a_stopped_rebuild_stays_stopped(mails, admin, run_jobs) -> None:
    rebuild = services.start_search_rebuild(by=admin)
    services.advance_search_rebuild(rebuild_id=rebuild.pk, most=1)
    services.cancel_search_rebuild(by=admin)
    run_jobs()
    rebuild.refresh_from_db()
    assert (rebuild.is_cancelled, rebuild.done) == (True, 1)
    assert services.cancel_search_rebuild(by=admin) is None
    assert services.start_search_rebuild(by=admin) != rebuild


def test_only_whoever_runs_the_house_rebuilds(agent, supervisor) -> None:
    for actor in (agent, supervisor):
        with pytest.raises(Forbidden):
            services.start_search_rebuild(by=actor)
        with pytest.raises(Forbidden):
            services.cancel_search_rebuild(by=actor)


def test_a_new_house_needs_none(db, run_jobs) -> None:
    rebuild = services.complete_search()
    assert rebuild is not None
    assert (rebuild.total, rebuild.is_running) == (0, False)
    assert services.complete_search() is None


def test_messages_from_before_there_was_a_search_are_indexed_after_the_start(mails, run_jobs) -> None:
    assert services.complete_search() is not None
    assert services.complete_search() is None
    run_jobs()
    assert set(mails) <= _indexed()


def test_new_rules_make_all_words_anew(mails, admin, monkeypatch, run_jobs) -> None:
    services.complete_search()
    monkeypatch.setattr(rebuilding, "SCHEME", rebuilding.SCHEME + 1)
    again = services.complete_search()
    assert again is not None
    assert SearchRebuild.objects.exclude(pk=again.pk).get().is_cancelled
    run_jobs()
    assert set(mails) <= _indexed()
