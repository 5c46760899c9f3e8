"""The page of a conversation: who it is about at first paint, the flow of a family, and the small acts beside it."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import quote

import pytest

from haoke.conversations import queries, services
from haoke.conversations.models import Message
from haoke.conversations.views import conversations as views
from haoke.conversations.views.flow import in_one_breath
from haoke.core import clock
from haoke.customers.services import edit_customer, give_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(arrive, letter):
    return arrive(letter()).conversation


@pytest.fixture
def other(arrive, letter):
    return arrive(letter("发票呢?", subject="发票")).conversation


@pytest.fixture
def page(client_of, agent):
    """The page as a colleague sees it, or one of its parts."""

    def read(conversation, *, part: str = "", query: str = "", by=agent) -> str:
        headers = {"HX-Request": "true", "HX-Target": part} if part else {}
        answer = client_of(by).get(f"/inbox/{conversation.pk}{query}", headers=headers)
        assert answer.status_code == 200
        return answer.content.decode()

    return read


@pytest.fixture
def act(client_of, agent):
    """A press of one of the buttons."""

    def post(conversation, what: str, **sent: object):
        return client_of(agent).post(f"/inbox/{conversation.pk}/{what}", sent)

    return post


def test_whoever_opens_it_sees_at_once_who_the_customer_is(
    conversation, other, page, create_actor, team, system
) -> None:
    """S0-08: archive, tenure, owner, language, when we last spoke and what else is open stand on the first paint."""
    owner = create_actor("account_manager", team_ids=(team.pk,), name="Wang Fang")
    customer = conversation.customer
    give_owner(customer_id=customer.pk, staff_id=owner.id, reason="老客户", by=system)
    edit_customer(
        customer_id=customer.pk,
        version=customer.version,
        by=system,
        honorific="mr",
        language="en",
        note="上门前先打电话。",
    )
    text = page(conversation)
    for words in (
        customer.number,
        "Customer since",
        "Wang Fang",
        "English",
        "上门前先打电话。",
        f"wrote in HK-{other.pk}",
        other.reference,
    ):
        assert words in text, words


def test_a_merged_conversation_says_where_it_goes_on(conversation, other, page, act) -> None:
    assert act(other, "merge", other=f"hk-{conversation.pk}")["Location"] == f"/inbox/{conversation.pk}"
    merged = page(other)
    assert f"goes on in HK-{conversation.pk}" in merged
    assert "Take the merge back" in merged
    assert "composer-text" not in merged
    root = page(conversation)
    assert "发票呢?" in root
    assert f'href="/inbox/{other.pk}"' in root
    assert act(other, "merge/undoing").status_code == 302
    assert "发票呢?" not in page(conversation, part="conversation_flow")


def test_merging_into_itself_or_nothing_comes_back_with_the_reason(conversation, act) -> None:
    itself = act(conversation, "merge", other=conversation.reference)
    assert (itself.status_code, "cannot be merged into itself" in itself.content.decode()) == (422, True)
    for sent in ({}, {"other": "HK-x"}, {"other": "HK-999999"}):
        answer = act(conversation, "merge", **sent)
        assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (422, True)


def test_two_customers_are_asked_about_once_more(conversation, act, arrive, letter) -> None:
    theirs = arrive(letter(From="li@customer.example")).conversation
    asked = act(theirs, "merge", other=conversation.pk)
    assert (asked.status_code, 'name="confirmed"' in asked.content.decode()) == (409, True)
    assert act(theirs, "merge", other=conversation.pk, confirmed="on").status_code == 302


def test_a_split_leads_to_the_new_conversation(conversation, act, arrive, letter) -> None:
    second = arrive(letter("另外一件事", In_Reply_To="<letter1@customer.example>"))
    nothing = act(conversation, "split", subject="另外")
    assert (nothing.status_code, "Choose the messages" in nothing.content.decode()) == (422, True)
    answer = act(conversation, "split", messages=second.pk, subject="另外")
    second.refresh_from_db()
    assert answer["Location"] == f"/inbox/{second.conversation_id}"
    assert second.conversation_id != conversation.pk


def test_tags_lead_to_the_list_and_can_be_taken_off(conversation, page, act, agent) -> None:
    act(conversation, "tags", tag="退费 A")
    assert quote('tag:"退费 A"') in page(conversation).replace("+", "%20")
    act(conversation, "tags/removal", tag="退費 a")
    assert queries.order_of(conversation.pk, agent, now=clock.now()).tags == []
    for wrong in ("", "x" * 61):
        assert act(conversation, "tags", tag=wrong).status_code == 422


def test_a_moment_of_ones_own_is_read_on_ones_own_clock(conversation, act, agent) -> None:
    """The agent's clock is Shanghai's."""
    moment = (clock.now() + timedelta(days=2)).replace(hour=1, minute=30, second=0, microsecond=0)
    act(conversation, "snooze", until=f"{moment:%Y-%m-%d}T09:30")
    conversation.refresh_from_db()
    assert conversation.snoozed_until == moment
    act(conversation, "snooze/end")
    conversation.refresh_from_db()
    assert conversation.snoozed_until is None
    assert act(conversation, "snooze", choice="tomorrow").status_code == 302
    for wrong in ({}, {"until": "gestern"}, {"until": "2001-01-01T10:00"}):
        assert act(conversation, "snooze", **wrong).status_code == 422


def test_a_change_from_a_part_of_the_page_answers_with_that_part(conversation, client_of, agent) -> None:
    """What is typed into the composer meanwhile stays, and a problem speaks in the corner."""
    client = client_of(agent)
    headers = {"HX-Request": "true", "HX-Target": "conversation_panel"}
    done = client.post(
        f"/inbox/{conversation.pk}/urgency", {"urgency": "high"}, headers=headers, follow=True
    ).content.decode()
    assert 'id="conversation_panel"' in done
    assert "<html" not in done
    refused = client.post(f"/inbox/{conversation.pk}/state", {"state": "closed"}, headers=headers)
    assert (refused.status_code, refused["HX-Retarget"]) == (422, "#toasts")


def test_others_who_look_are_told_with_the_sign_of_life(conversation, client_of, agent, create_actor, team) -> None:
    colleague = create_actor("agent", team_ids=(team.pk,), name="Li Na")
    client_of(colleague).post(f"/inbox/{conversation.pk}/viewing", {"sign": "writing"})
    others = client_of(agent).post(f"/inbox/{conversation.pk}/viewing", {"sign": "viewing"}).content.decode()
    assert "Li Na is writing here right now" in others
    assert agent.name not in others
    client_of(colleague).post(f"/inbox/{conversation.pk}/viewing", {"sign": "left"})
    assert queries.people_at(conversation.pk, agent, now=clock.now()) == []


def test_a_second_answer_comes_back_with_its_words_and_the_first_answer(
    conversation, client_of, agent, page, create_actor, team
) -> None:
    colleague = create_actor("agent", team_ids=(team.pk,), name="Li Na")
    seen = re.search(r'name="seen" value="(\d+)"', page(conversation)).group(1)
    colleague_answer = services.reply(conversation_id=conversation.pk, text="明天到。", by=colleague)
    sent = {"kind": "reply", "text": "我的回答", "seen": seen}
    stopped = client_of(agent).post(f"/inbox/{conversation.pk}/messages", sent)
    text = stopped.content.decode()
    assert stopped.status_code == 409
    assert "明天到。" in text
    assert "我的回答" in text
    assert f'name="seen" value="{colleague_answer.pk}"' in text
    assert not Message.objects.filter(text="我的回答").exists()

    again = client_of(agent).post(f"/inbox/{conversation.pk}/messages", sent | {"seen": colleague_answer.pk})
    assert (again.status_code, Message.objects.filter(text="我的回答").count()) == (302, 1)


def test_words_for_a_conversation_that_was_closed_meanwhile_are_not_lost(
    conversation, client_of, agent, create_actor, team
) -> None:
    """Two people, one closes while the other answers."""
    colleague = create_actor("agent", team_ids=(team.pk,), name="Li Na")
    services.close_conversation(conversation_id=conversation.pk, by=colleague)
    sent = {"kind": "reply", "text": "明天上午送到。"}
    refused = client_of(agent).post(f"/inbox/{conversation.pk}/messages", sent)
    assert (refused.status_code, "明天上午送到。" in refused.content.decode()) == (409, True)
    assert not Message.objects.filter(text="明天上午送到。").exists()


def test_a_long_conversation_is_read_page_by_page_and_printed_whole(conversation, page, agent, monkeypatch) -> None:
    monkeypatch.setattr(views, "MESSAGES_A_PAGE", 3)
    for number in range(5):
        services.write_note(conversation_id=conversation.pk, text=f"备注第{number}条", by=agent)

    newest = page(conversation)
    assert [number for number in range(5) if f"备注第{number}条" in newest] == [2, 3, 4]
    earlier = page(conversation, query="?" + re.search(r"before=[\w_]+", newest).group())
    assert [number for number in range(5) if f"备注第{number}条" in earlier] == [0, 1]
    assert "composer-text" not in earlier
    printed = page(conversation, query="?print=1")
    assert all(f"备注第{number}条" in printed for number in range(5))
    assert "print-header" in printed


def test_what_one_colleague_decides_in_one_breath_is_one_line(conversation, page, agent) -> None:
    services.set_urgency(conversation_id=conversation.pk, urgency="high", by=agent)
    services.add_tag(conversation_id=conversation.pk, tag="退费", by=agent)
    flow = page(conversation, part="conversation_flow")
    [line] = [each for each in re.findall(r'class="fact-line">.*?</p>', flow, re.S) if "退费" in each]
    assert "urgency" in line
    assert line.count(agent.name) == 1


def test_facts_of_two_people_or_of_another_minute_stay_apart() -> None:
    now = clock.now()

    def line(by: str, seconds: int) -> SimpleNamespace:
        return SimpleNamespace(at=now + timedelta(seconds=seconds), by=by, actor_kind="staff")

    groups = in_one_breath([line("a", 0), line("a", 60), line("a", 61), line("b", 62), line("a", 63)])
    assert [len(each) for each in groups] == [2, 1, 1, 1]


def test_the_tags_of_the_house_are_kept_in_the_settings(conversation, act, client_of, supervisor) -> None:
    for tag in ("退费", "退款"):
        act(conversation, "tags", tag=tag)
    client = client_of(supervisor)
    listed = client.get("/settings/tags/").content.decode()
    assert "退费" in listed
    ids = {use.name: use.id for use in queries.tags_in_use()}
    taken = client.post(f"/settings/tags/{ids['退款']}/name", {"name": "退費"})
    assert (taken.status_code, "Merge the two" in taken.content.decode()) == (409, True)
    client.post(f"/settings/tags/{ids['退款']}/merging", {"into": "退费"})
    assert [use.name for use in queries.tags_in_use()] == ["退费"]
    client.post(f"/settings/tags/{ids['退费']}/use", {})
    assert queries.tag_names() == []
