"""Which conversations may become one or two, what a tag is called, and until when something may be put off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from haoke.conversations import errors, rules

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def check_merge(conversation_id: int, root_id: int, **changes) -> None:
    known = {"is_merged": False, "customer_id": 7, "root_customer_id": 7, "is_confirmed": False}
    rules.check_merge(conversation_id, root_id, **(known | changes))


def test_a_merge_of_one_customers_conversations_needs_no_word() -> None:
    check_merge(1, 2)


@pytest.mark.parametrize("nobody", [{"customer_id": None}, {"root_customer_id": None}])
def test_what_stands_on_no_archive_may_join_any(nobody) -> None:
    check_merge(1, 2, **nobody)


def test_two_customers_become_one_only_when_somebody_says_so() -> None:
    with pytest.raises(errors.MergeUnconfirmed):
        check_merge(1, 2, root_customer_id=8)
    check_merge(1, 2, root_customer_id=8, is_confirmed=True)


def test_no_merge_leads_back_to_itself() -> None:
    with pytest.raises(errors.MergeCycle):
        check_merge(1, 1)
    with pytest.raises(errors.MergedAlready):
        check_merge(1, 2, is_merged=True)


def test_a_split_takes_some_and_never_all() -> None:
    rules.check_split({1, 2}, {1, 2, 3})
    with pytest.raises(errors.NothingChosen):
        rules.check_split(set(), {1, 2})
    with pytest.raises(errors.NothingChosen):
        rules.check_split({1, 9}, {1, 2})
    with pytest.raises(errors.NothingLeft):
        rules.check_split({1, 2}, {1, 2})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  退费 ", "退费"), ("#VIP", "VIP"), ('a "b"', "a b"), ("two\n words", "two words"), ("x" * 60, "x" * 60)],
)
def test_a_tag_is_kept_on_one_line_and_can_be_quoted(typed, kept) -> None:
    assert rules.tag_name(typed) == kept


@pytest.mark.parametrize("typed", ["", "  ", "#", '""', "x" * 61])
def test_what_is_no_tag_is_refused(typed) -> None:
    with pytest.raises(errors.TagUnfit):
        rules.tag_name(typed)


@pytest.mark.parametrize("until", [NOW, NOW - timedelta(seconds=1), NOW + timedelta(days=367)])
def test_a_snooze_ends_within_the_coming_year(until) -> None:
    with pytest.raises(errors.SnoozeUnfit):
        rules.check_snooze(until, now=NOW)


def test_the_short_words_mean_moments_at_which_somebody_works() -> None:
    """Wednesday 14:30 in Shanghai; the house opens at nine and closes at six."""

    def opening(at: datetime) -> datetime:
        local = at.astimezone(SHANGHAI)
        if 9 <= local.hour < 18:
            return at
        return (local + timedelta(days=local.hour >= 18)).replace(hour=9, minute=0)

    def means(choice: str, now: datetime = NOW) -> str:
        moment = rules.snooze_until(choice, now=now, zone=SHANGHAI, opening=opening)
        return f"{moment.astimezone(SHANGHAI):%a %H:%M}"

    assert means("later") == "Wed 17:30"
    assert means("later", NOW + timedelta(hours=2)) == "Thu 09:00"
    assert means("tomorrow") == "Thu 09:00"
    assert means("next_week") == "Mon 09:00"


def test_a_moved_message_leads_to_its_new_home_only_those_who_take_part_there() -> None:
    """The signature proves that somebody got our mail; what was split off since is believed of its participants."""
    clues = rules.Clues(signed_id=1, moved_id=2, referenced_ids=[2, 1], token_id=1)
    assert rules.conversation_of(clues, taking_part=frozenset({1, 2})) == 2
    assert rules.conversation_of(clues, taking_part=frozenset({1})) == 1
