"""What the demo company shows of a service team's day: every list alive, work given out, figures to look at."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from haoke.accounts import queries as accounts
from haoke.accounts.models import Staff
from haoke.conversations import queries as conversations
from haoke.conversations.choices import BY_MACHINE, AssignmentReason, CannedScope, Dimension, InboxView
from haoke.conversations.models import Assignment, Conversation, Follower, Handover, Merge
from haoke.core import clock
from haoke.demo import services
from haoke.insight.queries import Wanted, figures
from haoke.notifications.queries import unread_count
from haoke.web_forms.models import Submission

pytestmark = pytest.mark.django_db

CLOCK_VIEWS = (InboxView.DUE_SOON, InboxView.OVERDUE)


@pytest.mark.parametrize(
    "now",
    [datetime(2026, 10, 4, 19, 30, tzinfo=UTC), datetime(2026, 11, 23, 1, 2, tzinfo=UTC)],
    ids=["a-night-of-the-golden-week", "a-monday-two-minutes-after-opening"],
)
def test_whenever_it_starts_every_list_of_an_agent_holds_something(db, now: datetime) -> None:
    """One is nearly late and one too late by the calendar, also where nobody has worked for days."""
    with clock.held(now):
        services.load_demo_company()
        wang = accounts.actor_of_staff(Staff.objects.get(email="wang.li@demo.haoke.example").pk)
        counts = conversations.view_counts(wang)
        assert [view for view, count in counts.items() if count == 0] == []
        due_soon, overdue = (
            conversations.visible_conversations(wang).filter(clock_state=state).values_list("due_at", flat=True)
            for state in CLOCK_VIEWS
        )
        assert all(at > now for at in due_soon)
        assert all(at < now for at in overdue)
        views = conversations.saved_views(wang)
        assert [each.name for each in views] == ["等我回复的客户", "A3 滤芯批次 Filter batch A3"]
        assert all(conversations.saved_view_counts(views, wang).values())


def test_work_is_given_to_owner_and_in_turn_and_what_nobody_can_do_says_why(colleague) -> None:
    given_out = Assignment.objects.filter(reason__in=BY_MACHINE)
    reasons = dict(given_out.values_list("conversation__subject", "reason"))
    assert reasons["预约周六保养"] == AssignmentReason.OWNER
    assert reasons["想了解南京地区的代理政策"] == AssignmentReason.IN_TURN
    waiting = Conversation.objects.get(subject="Charged twice for one filter set")
    assert waiting.assignee_id is None
    assert "without the skill" in conversations.why_nobody(waiting)
    present = {each.name: each.presence for each in accounts.staff_at_work() if each.presence != "away"}
    assert present == {"王丽": "available", "Emma Clarke": "available", "Daniel Weber": "available", "刘洋": "busy"}


def test_a_handover_a_snooze_a_merge_and_followers_are_there_to_look_at(colleague) -> None:
    """METHODS B14: the giver stays accountable until the other has accepted."""
    handover = Handover.objects.select_related("conversation").get(ended_at=None, accepted_at=None)
    assert handover.conversation.accountable_id == handover.giver_id == colleague("daniel.weber").staff_id
    assert handover.receiver_id == colleague("liu.yang").staff_id
    assert Merge.objects.get(undone_at=None).into.subject == "换了滤芯还是有异味"
    assert Conversation.objects.filter(snoozed_until__gt=clock.now()).count() == 1
    assert set(Follower.objects.values_list("staff__name", "reason")) == {
        ("赵敏", "by_hand"),
        ("赵敏", "mentioned"),
        ("孙悦", "mentioned"),
    }
    assert unread_count(colleague("wang.li")) > 0


def test_canned_replies_of_every_scope_speak_both_languages(colleague) -> None:
    seen = {each.scope for name in ("wang.li", "emma.clarke") for each in conversations.canned_replies(colleague(name))}
    assert seen == set(CannedScope.values)
    replies = conversations.canned_replies(colleague("emma.clarke"))
    assert len(replies) == 4
    assert all(each.text_zh and each.text_en for each in replies)


def test_the_contact_form_stands_open_and_was_used(client, demo) -> None:
    """S0-63: what came by it was filed, not set aside."""
    assert client.get("/f/contact").status_code == 200
    assert Submission.objects.get().state == "filed"


def test_leave_in_the_coming_week_has_a_substitute(colleague) -> None:
    absence = accounts.absences_of([colleague("daniel.weber").staff_id])[0]
    assert 0 < (absence.starts_at - clock.now()).days + 1 <= 7
    assert absence.substitute.name == "刘洋"


def test_a_report_has_figures(colleague) -> None:
    today = clock.now().date()
    first = today.replace(year=today.year - 1) if (today.month, today.day) != (2, 29) else today.replace(day=1)
    table = figures(colleague("zhao.min"), Wanted(span="", first=first, last=today, dimension=Dimension.AGENT))
    assert len(table.rows) >= 3
