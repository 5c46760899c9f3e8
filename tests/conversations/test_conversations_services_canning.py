"""Canned replies: whose they are, what they may leave open, how they are found, and what they say to a customer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from haoke.accounts.choices import Role
from haoke.conversations import errors, queries, services
from haoke.conversations.models import CannedReply, Conversation
from haoke.conversations.services import CannedText, Desk
from haoke.core import clock
from haoke.core.errors import Forbidden, NotFound
from haoke.customers.services import register_customer
from haoke.timeline.models import Entry

pytestmark = pytest.mark.django_db


def write(by, *, version=None, **words):
    written = CannedText(**{"shortcut": "thanks", "title": "致谢", "text_zh": "谢谢", **words})
    return services.create_canned_reply(written=written, by=by)


@pytest.fixture
def conversation(channel, agent, system):
    customer = register_customer(
        kind="person",
        name="王小明",
        honorific="mr",
        language="zh-hans",
        contact_points=[("mail", "wang@customer.example", "")],
        by=system,
    )
    return services.start_conversation(customer_id=customer.pk, subject="空调维修", text="您好", by=agent)


def test_ones_own_are_ones_own(agent, supervisor) -> None:
    mine = write(agent)

    assert mine.owner_id == agent.staff_id
    assert queries.canned_replies(supervisor) == []
    with pytest.raises(NotFound):
        services.retire_canned_reply(canned_reply_id=mine.pk, by=supervisor)
    assert Entry.objects.get(kind="canned_reply.created").payload["shortcut"] == "thanks"


@pytest.mark.parametrize("scope", ["team", "company"])
def test_what_others_use_needs_the_ability_to_share(agent, supervisor, other_agent, team, scope) -> None:
    with pytest.raises(Forbidden):
        write(agent, scope=scope, team_id=team.pk)

    shared = write(supervisor, scope=scope, team_id=team.pk)

    assert [each.pk for each in queries.canned_replies(agent)] == [shared.pk]
    assert bool(queries.canned_replies(other_agent)) is (scope == "company")
    with pytest.raises(Forbidden):
        services.retire_canned_reply(canned_reply_id=shared.pk, by=agent)


def test_a_team_of_others_is_not_ones_own(supervisor, other_team) -> None:
    with pytest.raises(Forbidden):
        write(supervisor, scope="team", team_id=other_team.pk)
    with pytest.raises(errors.TeamNeeded):
        write(supervisor, scope="team")


def test_an_administrator_shares_without_answering(admin, team) -> None:
    assert write(admin, scope="team", team_id=team.pk).owner_id is None
    with pytest.raises(Forbidden):
        write(admin)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"shortcut": "two words"}, errors.ShortcutUnfit),
        ({"shortcut": ""}, errors.ShortcutUnfit),
        ({"shortcut": "thanks"}, errors.ShortcutTaken),
        ({"shortcut": "/THANKS"}, errors.ShortcutTaken),
        ({"shortcut": "b", "text_zh": " "}, errors.CannedReplyEmpty),
        ({"shortcut": "b", "text_zh": "{{customer.phone}}"}, errors.UnknownBlanks),
        ({"shortcut": "b", "text_en": "{{ secret }}"}, errors.UnknownBlanks),
    ],
)
def test_what_makes_no_sense_is_refused(agent, words, refusal) -> None:
    write(agent)
    with pytest.raises(refusal):
        write(agent, **words)
    assert CannedReply.objects.count() == 1


def test_a_stale_change_is_refused_and_a_fresh_one_told(agent) -> None:
    reply = write(agent)
    written = CannedText(shortcut="thanks", title="多谢", text_zh="多谢", text_en="Thanks")
    changed = services.change_canned_reply(canned_reply_id=reply.pk, written=written, version=1, by=agent)
    assert (changed.title, changed.version) == ("多谢", 2)
    with pytest.raises(errors.CannedReplyChanged):
        services.change_canned_reply(canned_reply_id=reply.pk, written=written, version=1, by=agent)
    services.retire_canned_reply(canned_reply_id=reply.pk, by=agent)
    assert queries.canned_replies_for(agent) == []
    services.revive_canned_reply(canned_reply_id=reply.pk, by=agent)
    assert [each.pk for each in queries.canned_replies_for(agent)] == [reply.pk]


@pytest.mark.parametrize("typed", ["tui", "tuif", "tf", "退", "REFUND", "ref", "退費"])
def test_one_is_found_by_shortcut_title_and_pinyin(agent, typed) -> None:
    found = write(agent, shortcut="refund", title="退费说明")
    write(agent, shortcut="hello", title="问候")

    assert [each.pk for each in queries.canned_replies_for(agent, text=typed)] == [found.pk]


def test_the_best_match_comes_first_then_what_is_used_most(agent) -> None:
    used = write(agent, shortcut="thx", title="感谢来信")
    write(agent, shortcut="thanks-long", title="x")
    exact = write(agent, shortcut="th", title="y")
    CannedReply.objects.filter(pk=used.pk).update(used_count=9)

    assert [each.shortcut for each in queries.canned_replies_for(agent, text="th")] == ["th", "thx", "thanks-long"]
    assert queries.canned_replies_for(agent, text="th")[0].pk == exact.pk


def test_it_speaks_the_customers_language_and_says_where_it_cannot(conversation, agent) -> None:
    Conversation.objects.filter(pk=conversation.pk).update(due_at=clock.now() + timedelta(hours=2))
    both = write(
        agent,
        text_zh="{{customer.name}}{{customer.honorific}}:{{subject}}({{reference}}),{{agent.name}}",
        text_en="Dear {{customer.honorific}}",
    )
    english = write(agent, shortcut="en", text_zh="", text_en="By {{promised_time}}, {{customer.number}}")
    found = queries.conversation(conversation.pk, agent)
    values = queries.conversation_values(found, agent)

    ready = queries.ready_replies([both, english], values=values, language="zh-hans")

    assert ready[0].text == f"王小明先生:空调维修({found.reference}),{agent.name}"
    assert not ready[0].is_other_language
    assert ready[1].is_other_language
    assert f"{clock.now():%Y}" in ready[1].text
    assert queries.ready_replies([both], values=values, language="en")[0].text == "Dear Mr"


def test_what_nobody_knows_stands_marked(arrive, letter, agent) -> None:
    conversation = queries.conversation(arrive(letter()).conversation_id, agent)
    reply = write(agent, text_zh="{{customer.honorific}} {{promised_time}}")
    values = {
        language: {**known, "promised_time": ""}
        for language, known in queries.conversation_values(conversation, agent).items()
    }

    ready = queries.ready_replies([reply], values=values, language="zh-hans")[0]

    assert ready.missing == ("customer.honorific", "promised_time")
    with pytest.raises(errors.UnfilledBlanks):
        services.reply(conversation_id=conversation.pk, text=ready.text, by=agent)


def test_a_customer_called_like_a_blank_fills_in_nothing(channel, agent, system) -> None:
    customer = register_customer(
        kind="person", name="{{agent.name}}", contact_points=[("mail", "x@customer.example", "")], by=system
    )
    reply = write(agent, text_zh="{{customer.name}}")

    ready = queries.ready_replies([reply], values=queries.customer_values(customer.pk, agent), language="zh-hans")[0]

    assert ready.text == "{{agent.name}}"


def test_what_helped_is_counted_when_it_is_sent(conversation, agent, create_actor) -> None:
    mine, others = write(agent), write(create_actor(Role.AGENT))

    services.reply(
        conversation_id=conversation.pk, text="谢谢", desk=Desk(canned_ids=[mine.pk, mine.pk, others.pk]), by=agent
    )

    assert list(CannedReply.objects.order_by("pk").values_list("used_count", flat=True)) == [1, 0]
