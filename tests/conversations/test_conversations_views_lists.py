"""The pages of the inbox: views, search, saved views, changes of many, and going through a list."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haoke.accounts.models import Staff
from haoke.conversations import services
from haoke.conversations.choices import State
from haoke.conversations.models import BulkChange, Clock, Conversation, SavedView
from haoke.core import clock
from haoke.customers.services import register_customer
from haoke.policies.models import Policy, WorkCalendar
from tests.conversations.stored import stored, unsaved

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(team) -> list[Conversation]:
    return [stored(team=team, subject=f"订单 {number}", sender_name=f"客户 {number}") for number in range(3)]


def text_of(client, address: str) -> str:
    page = client.get(address, follow=True)
    assert page.status_code == 200, address
    return page.content.decode()


def test_each_view_has_an_address_and_says_how_much_stands_in_it(three, agent, client_of) -> None:
    client = client_of(agent)
    services.assign(conversation_id=three[0].pk, assignee_id=agent.id, team_id=three[0].team_id, by=agent)

    page = text_of(client, "/inbox/?view=mine")

    assert "订单 0" in page
    assert "订单 1" not in page
    assert re.search(
        r'href="/inbox/\?view=mine" aria-current="page">\s*<bdi>Mine</bdi>\s*<span class="count[^>]*>1', page
    )
    assert re.search(r'href="/inbox/\?view=unassigned">\s*<bdi>Unassigned</bdi>\s*<span class="count[^>]*>2', page)


@pytest.mark.parametrize(
    "address",
    [
        "/inbox/?view=nonsense&state=worse&sort=upwards&after=x&before=_",
        "/inbox/?q=%00&view=mine",
        "/inbox/?q=" + "x" * 2000,
        "/inbox/?q=" + "%22" * 40,
        "/inbox/?saved=abc",
        "/inbox/?q=owner%3A%E7%94%84%E6%9F%90%E6%9F%90",
        "/inbox/?q=before%3A2026-02-31",
        "/inbox/?q=status%3Aopen+status%3Aclosed",
    ],
)
def test_whatever_an_address_says_the_inbox_answers(three, agent, client_of, address) -> None:
    assert client_of(agent).get(address).status_code == 200


def test_a_filter_nobody_can_satisfy_is_a_calm_line(three, agent, client_of) -> None:
    """Issue 3, bad input."""
    page = text_of(client_of(agent), "/inbox/?q=owner%3A%E7%94%84%E6%9F%90%E6%9F%90")
    assert re.search(r'class="banner tone-info".*?甄某某', page, re.S)


def test_a_colleagues_view_and_one_that_never_was_are_not_found(three, agent, supervisor, client_of) -> None:
    private = services.save_view(name="我的", search="is:mine", sort="due", sharing="private", by=supervisor)
    for view_id in (private.pk, 4711, 2**63, "9" * 5_000):
        assert client_of(agent).get(f"/inbox/?saved={view_id}").status_code == 404


def test_what_the_list_shows_is_kept_under_a_name(three, agent, client_of) -> None:
    """Issue 3.1: saved filters. The view says the same in the words of the search."""
    client = client_of(agent)
    page = text_of(client, "/inbox/?view=unassigned&q=%E8%AE%A2%E5%8D%95&sort=waiting")
    save_url = re.search(r'href="(/inbox/views/new\?[^"]+)"', page)[1].replace("&amp;", "&")
    form = text_of(client, save_url)
    assert 'value="is:unassigned 订单"' in form
    assert "sharing" not in form, "an agent keeps views to themselves"

    saved = client.post(save_url, {"name": "没人管的订单", "search": "is:unassigned", "sort": "waiting"}, follow=True)

    view = SavedView.objects.get()
    assert (view.name, view.search, view.sort, view.sharing) == ("没人管的订单", "is:unassigned", "waiting", "private")
    text = saved.content.decode()
    assert re.search(rf'href="/inbox/\?saved={view.pk}" aria-current="page"[^>]*>\s*<bdi>没人管的订单</bdi>', text)
    assert text.count("订单 ") >= 3


def test_a_shared_view_stands_in_everybodys_list_and_only_its_owner_changes_it(
    three, agent, supervisor, team, client_of
) -> None:
    client = client_of(supervisor)
    client.post("/inbox/views/new", {"name": "全组待办", "search": "is:waiting", "sharing": "team", "team": team.pk})
    view = SavedView.objects.get()
    assert "全组待办" in text_of(client_of(agent), "/inbox/")
    assert client_of(agent).post(f"/inbox/views/{view.pk}", {"name": "偷来的"}).status_code == 403
    assert client_of(agent).post(f"/inbox/views/{view.pk}/removal").status_code == 403

    removed = client.post(f"/inbox/views/{view.pk}/removal", follow=True).content.decode()

    assert f"/inbox/views/{view.pk}/return" in removed, "the toast offers the way back"
    assert "全组待办" not in text_of(client_of(agent), "/inbox/")
    client.post(f"/inbox/views/{view.pk}/return")
    assert "全组待办" in text_of(client_of(agent), "/inbox/")


@pytest.mark.parametrize(
    "sent",
    [
        {"name": " ", "search": ""},
        {"name": "x" * 61, "search": ""},
        {"name": "x", "search": "y" * 501},
        {"name": "x", "sharing": "team", "team": ""},
        {"name": "x", "sharing": "galaxy"},
    ],
)
def test_a_view_that_cannot_be_comes_back_as_typed(supervisor, client_of, sent) -> None:
    answer = client_of(supervisor).post("/inbox/views/new", sent)
    assert answer.status_code == 422
    assert not SavedView.objects.exists()


def test_ticked_conversations_are_closed_and_taken_back_from_the_toast(three, agent, client_of) -> None:
    client = client_of(agent)
    rows = [each.pk for each in three]
    done = client.post("/inbox/bulk/", {"act": "close", "row": rows, "list": "/inbox/?view=unassigned"}, follow=True)

    assert done.redirect_chain == [("/inbox/?view=unassigned", 302)]
    assert "3 changed" in done.content.decode()
    undo = re.search(r'action="(/inbox/bulk/\d+/undoing)"', done.content.decode())[1]
    back = client.post(undo, follow=True).content.decode()
    assert "3 taken back" in back
    assert set(Conversation.objects.values_list("state", flat=True)) == {State.NEW}


def test_everything_a_list_holds_is_changed_beyond_the_page(team, other_team, agent, client_of, run_jobs) -> None:
    Conversation.objects.bulk_create(unsaved(team=team) for _ in range(70))
    Conversation.objects.bulk_create(unsaved(team=other_team) for _ in range(3))
    client = client_of(agent)

    begun = client.post("/inbox/bulk/", {"act": "urgency:high", "everything": "1", "list": "/inbox/"}, follow=True)
    page = begun.content.decode()
    assert "70 left" in page
    assert "Stop and take back" in page
    assert 'max="70"' in page
    run_jobs()

    address = f"/inbox/bulk/{BulkChange.objects.get().pk}"
    assert "70 changed" in text_of(client, address)
    assert Conversation.objects.filter(urgency="high").count() == 70


def test_what_refused_stands_with_its_reason(three, other_team, agent, client_of) -> None:
    elsewhere = stored(team=other_team)
    sent = {"act": "close", "row": [three[0].pk, elsewhere.pk], "list": "/inbox/"}
    page = client_of(agent).post("/inbox/bulk/", sent, follow=True).content.decode()
    assert "1 changed · 1 stayed as it was" in page
    assert "Another team works on it" in page
    assert f"HK-{elsewhere.pk}" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"act": "close"}, "No conversation is selected"),
        ({"act": "close", "row": ["x", "-1", str(10**30)]}, "No conversation is selected"),
        ({"act": "close", "row": ["4711"]}, "No conversation is selected"),
        ({"act": "assign", "row": ["1"], "assignee": "nobody"}, "needs another look"),
        ({"act": "state:closed", "row": ["1"]}, "needs another look"),
        ({"act": "paint", "row": ["1"]}, "needs another look"),
    ],
)
def test_a_change_that_cannot_be_is_said_on_the_list(three, agent, client_of, sent, said) -> None:
    page = client_of(agent).post("/inbox/bulk/", sent, follow=True)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not BulkChange.objects.exists()


def test_how_far_a_change_is_can_be_read_in_chinese(three, agent, client_of) -> None:
    Staff.objects.filter(pk=agent.staff_id).update(language="zh-hans")
    client = client_of(agent)
    client.post("/inbox/bulk/", {"act": "urgency", "urgency": "urgent", "row": [three[0].pk, three[1].pk]})
    page = client.get(f"/inbox/bulk/{BulkChange.objects.get().pk}")
    assert page.status_code == 200
    assert "2 个会话" in page.content.decode()


def test_asking_for_more_changes_keeps_the_secret_of_the_form_out_of_the_address(three, agent, client_of) -> None:
    sent = {"csrfmiddlewaretoken": "kept", "list": "/inbox/?view=mine", "row": [three[0].pk, three[1].pk]}
    answer = client_of(agent).post("/inbox/bulk/new", sent)
    assert answer.status_code == 302
    assert answer["Location"] == f"/inbox/bulk/new?list=%2Finbox%2F%3Fview%3Dmine&row={three[0].pk}&row={three[1].pk}"


def test_the_page_of_all_changes_sends_each_of_them(three, team, agent, client_of) -> None:
    client = client_of(agent)
    page = text_of(client, f"/inbox/bulk/new?row={three[0].pk}&row={three[1].pk}&list=/inbox/%3Fview%3Dmine")
    assert "Change 2 conversations" in page
    acts = re.findall(r'name="act" value="(\w+)"', page)
    assert acts == ["assign", "state", "close", "tag", "untag", "urgency", "category"]

    rows = [three[0].pk, three[1].pk]
    for sent in (
        {"act": "assign", "assignee": str(agent.id), "team": "="},
        {"act": "tag", "tag": "退费"},
        {"act": "urgency", "urgency": "urgent"},
        {"act": "state", "state": "on_hold"},
    ):
        assert "2 changed" in client.post("/inbox/bulk/", sent | {"row": rows}, follow=True).content.decode()

    first = Conversation.objects.get(pk=three[0].pk)
    assert (first.assignee_id, first.team_id, first.urgency, first.state) == (agent.id, team.pk, "urgent", "on_hold")
    assert [each.tag.name for each in first.taggings.all()] == ["退费"]


def test_one_goes_from_conversation_to_conversation_in_the_list_one_came_from(three, agent, client_of) -> None:
    client = client_of(agent)
    came_from = urlencode({"from": "/inbox/?view=unassigned&sort=oldest"})
    first, second, third = (each.pk for each in three)

    forth = client.get(f"/inbox/{first}/next?{came_from}")
    assert forth["Location"] == f"/inbox/{second}?{came_from}"
    back = client.get(f"/inbox/{third}/previous?{came_from}")
    assert back["Location"] == f"/inbox/{second}?{came_from}"
    end = client.get(f"/inbox/{third}/next?{came_from}", follow=True)
    assert end.redirect_chain[0][0] == "/inbox/?view=unassigned&sort=oldest"
    assert "the last of the list" in end.content.decode()


@pytest.mark.parametrize(
    "foreign", ["https://evil.example/inbox/", "//evil.example", "/settings/", "javascript:alert(1)", ""]
)
def test_nobody_is_led_out_of_the_house(three, agent, client_of, foreign) -> None:
    address = f"/inbox/{three[0].pk}/previous?{urlencode({'from': foreign})}"
    assert client_of(agent).get(f"/inbox/{three[2].pk}/previous?{urlencode({'from': foreign})}")["Location"] in (
        "/inbox/",
        f"/inbox/{three[1].pk}?from=%2Finbox%2F",
    ), address
    done = client_of(agent).post("/inbox/bulk/", {"act": "close", "row": [three[0].pk], "list": foreign})
    assert done["Location"] == "/inbox/"


# The frame asks five times (a supervisor's areas are a sixth); then the rows, their clocks with pauses and calendars,
# the counts (two where one's customers are among them), the saved views and what stands in them.
@pytest.mark.parametrize(("role", "most"), [("agent", 11), ("supervisor", 13), ("account_manager", 11)])
def test_the_inbox_asks_as_often_for_thirty_rows_as_for_two(create_actor, team, client_of, role, most) -> None:
    """HOUSE 10: what a page costs does not grow with what stands on it."""
    actor = create_actor(role, team_ids=(team.pk,))
    customer = register_customer(kind="person", name="王小明", by=actor)
    for name in ("甲", "乙", "丙"):
        services.save_view(name=name, search="is:waiting 订单", sort="newest", sharing="private", by=actor)
    client, counts = client_of(actor), []
    # The first page of a session also notes that somebody is here, and the first clock reads its calendar.
    running_clock(stored(team=team, assignee_id=actor.id, customer=customer))
    client.get("/inbox/")
    for many in (2, 28):
        for _ in range(many):
            one = stored(team=team, assignee_id=actor.id, customer=customer, channel=None)
            services.add_tag(conversation_id=one.pk, tag="退费", by=actor)
            running_clock(one)
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/inbox/").content.decode()
        counts.append(len(asked))
    assert page.count("clock-track") == 31
    assert counts[0] == counts[1]
    assert counts[1] == most


def running_clock(conversation: Conversation) -> None:
    now = clock.now()
    Clock.objects.create(
        conversation=conversation,
        kind="first_response",
        policy=Policy.objects.earliest("pk"),
        calendar=WorkCalendar.objects.earliest("pk"),
        target_seconds=3600,
        started_at=now,
        due_at=now + timedelta(hours=1),
    )


def test_a_part_that_is_fetched_again_asks_for_nothing_else(three, agent, client_of) -> None:
    client = client_of(agent)
    asked = {"HX-Request": "true"}
    rows = client.get("/inbox/", headers=asked | {"HX-Target": "inbox_rows"}).content.decode()
    views = client.get("/inbox/", headers=asked | {"HX-Target": "inbox_views"}).content.decode()
    assert "订单 0" in rows
    assert "Unassigned</bdi>" not in rows
    assert "订单 0" not in views
    assert "Unassigned</bdi>" in views
