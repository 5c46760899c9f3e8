"""The pages: what they show, what they refuse, and that nothing typed is lost."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from haoke.conversations.models import Message
from haoke.customers.services import register_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(arrive, letter):
    return arrive(letter()).conversation


def test_the_inbox_shows_what_waits(conversation, agent, client_of) -> None:
    page = client_of(agent).get("/inbox/")
    assert page.status_code == 200
    assert "订单查询" in page.content.decode()


def test_an_htmx_request_gets_the_list_alone(conversation, agent, client_of) -> None:
    block = client_of(agent).get("/inbox/", headers={"HX-Request": "true", "HX-Target": "inbox_rows"})
    text = block.content.decode()
    assert "订单查询" in text
    assert "<html" not in text
    assert 'id="inbox_rows"' in text


def test_another_teams_inbox_is_empty_but_the_page_can_be_read(conversation, other_agent, client_of) -> None:
    client = client_of(other_agent)
    assert "订单查询" not in client.get("/inbox/").content.decode()
    page = client.get(f"/inbox/{conversation.pk}")
    assert page.status_code == 200
    assert "textarea" not in page.content.decode()


def test_a_reply_goes_out_and_the_page_is_fetched_anew(conversation, agent, client_of) -> None:
    answer = client_of(agent).post(
        f"/inbox/{conversation.pk}/messages",
        {"kind": "reply", "text": "明天送到", "minutes": "", "attachments": SimpleUploadedFile("a.txt", b"x")},
    )
    message = Message.objects.get(direction="out", is_automatic=False)
    assert (answer.status_code, answer["Location"]) == (302, f"/inbox/{conversation.pk}#message-{message.pk}")
    assert message.attachments.count() == 1


def test_words_typed_into_a_form_that_was_sent_already_are_shown_again(conversation, agent, client_of) -> None:
    """The browser's way back brings the old form; the page comes back with a fresh one, and sending again sends."""
    client, address = client_of(agent), f"/inbox/{conversation.pk}/messages"
    first = {"kind": "reply", "text": "明天送到", "submission": str(uuid.uuid4())}
    client.post(address, first)
    refused = client.post(address, first | {"text": "还有一点"})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "还有一点" in page
    fresh = re.search(r'name="submission" value="([^"]+)"', page)[1]
    client.post(address, first | {"text": "还有一点", "submission": fresh})
    assert list(
        Message.objects.filter(direction="out", is_automatic=False).order_by("pk").values_list("text", flat=True)
    ) == [
        "明天送到",
        "还有一点",
    ]


def test_a_call_logged_with_one_form_twice_is_one_call(conversation, agent, client_of) -> None:
    client = client_of(agent)
    form = client.get(f"/inbox/{conversation.pk}").content.decode().partition('value="call"')[2]
    submission = re.search(r'name="submission" value="([^"]+)"', form)[1]
    for _ in range(2):
        call = {"kind": "call", "text": "已说明", "direction": "in", "submission": submission}
        client.post(f"/inbox/{conversation.pk}/messages", call)
    assert Message.objects.filter(kind="call").count() == 1


def test_a_first_mail_whose_form_was_sent_already_can_be_sent_again(agent, client_of, channel, system) -> None:
    customer = register_customer(
        kind="person", name="何女士", contact_points=[("mail", "he@customer.example", "")], by=system
    )
    client, address = client_of(agent), f"/inbox/new/{customer.pk}"
    written = {"subject": "回访", "text": "您好!", "recipients": "he@customer.example", "submission": str(uuid.uuid4())}
    client.post(address, written)
    refused = client.post(address, written | {"text": "另一封"})
    assert refused.status_code == 409
    fresh = re.search(r'name="submission"[^>]* value="([^"]+)"', refused.content.decode())[1]
    client.post(address, written | {"text": "另一封", "submission": fresh})
    assert Message.objects.filter(kind="mail", direction="out").count() == 2


def test_archives_out_of_reach_are_not_proposed(
    arrive, letter, agent, supervisor, create_actor, other_team, client_of
) -> None:
    """RULINGS: what an actor may not see is not found; two archives hold the address, one is another team's."""
    elsewhere = create_actor("account_manager", team_ids=(other_team.pk,))
    point = [("mail", "home@customer.example", "")]
    register_customer(kind="person", name="丁女士", contact_points=point, by=agent)
    register_customer(kind="person", name="戊先生", contact_points=point, by=elsewhere)
    address = f"/inbox/{arrive(letter(From='home@customer.example')).conversation_id}"

    def proposed(actor) -> list[bool]:
        page = client_of(actor).get(address).content.decode()
        return [name in page for name in ("丁女士", "戊先生")]

    assert proposed(agent) == [True, True]
    assert proposed(supervisor) == [True, False]


def test_a_refused_reply_keeps_what_was_typed(conversation, agent, client_of) -> None:
    answer = client_of(agent).post(
        f"/inbox/{conversation.pk}/messages", {"kind": "reply", "text": "别丢了我", "recipients": "not an address"}
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "别丢了我" in text
    assert "not an address" in text


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "reply", "text": "x" * 200_001},
        {"kind": "shout", "text": "x"},
        {"kind": "note", "text": "x", "minutes": "soon"},
        {"kind": "note", "text": "x", "minutes": "-5"},
        {"kind": "note", "text": "a\x00b"},
        {},
    ],
)
def test_forms_that_cannot_be_are_explained(conversation, agent, client_of, fields) -> None:
    answer = client_of(agent).post(f"/inbox/{conversation.pk}/messages", fields)
    assert answer.status_code == 422
    assert not Message.objects.exclude(direction="in").filter(is_automatic=False).exists()


@pytest.mark.parametrize("text", ["😀👩‍👩‍👧", "مرحبا‏", "﷽" * 50, "<script>alert(1)</script>", "%(name)s %s {}"])
def test_any_writing_survives_and_nothing_of_it_runs(conversation, agent, client_of, text) -> None:
    client = client_of(agent)
    client.post(f"/inbox/{conversation.pk}/messages", {"kind": "note", "text": text})
    assert Message.objects.get(kind="note").text == text
    assert "<script>alert" not in client.get(f"/inbox/{conversation.pk}").content.decode()


def test_hostile_html_is_shown_without_its_teeth(arrive, letter, agent, client_of) -> None:
    mail = letter()
    mail.add_alternative(
        '<p onclick="x()">正文</p><script>alert(1)</script><img src="https://spy.example/p.png">'
        '<a href="javascript:x()">y</a>',
        subtype="html",
    )
    conversation = arrive(mail).conversation
    client = client_of(agent)
    page = client.get(f"/inbox/{conversation.pk}")
    text = page.content.decode()
    assert "正文" in text
    assert not any(each in text for each in ("onclick", "alert(1)", "spy.example", "javascript:"))
    assert "https:" not in page["Content-Security-Policy"].split("img-src")[1].split(";")[0]
    asked = client.get(f"/inbox/{conversation.pk}?images=1")
    assert "spy.example" in asked.content.decode()
    assert "https:" in asked["Content-Security-Policy"].split("img-src")[1].split(";")[0]


def test_attachments_are_handed_out_as_harmless_downloads(arrive, letter, agent, account_manager, client_of) -> None:
    mail = letter()
    mail.add_attachment(b"<script>alert(1)</script>", maintype="text", subtype="html", filename="坏.html")
    attachment = arrive(mail).attachments.get()
    answer = client_of(agent).get(f"/inbox/attachments/{attachment.pk}")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert client_of(account_manager).get(f"/inbox/attachments/{attachment.pk}").status_code == 404


def test_a_stale_button_shows_the_page_as_it_is_now(conversation, agent, client_of) -> None:
    client = client_of(agent)
    client.post(f"/inbox/{conversation.pk}/urgency", {"urgency": "high", "version": conversation.version})
    answer = client.post(f"/inbox/{conversation.pk}/closure", {"version": conversation.version})
    assert answer.status_code == 409
    assert agent.name in answer.content.decode()


def test_who_may_not_see_it_finds_nothing(conversation, account_manager, client_of) -> None:
    assert client_of(account_manager).get(f"/inbox/{conversation.pk}").status_code == 404


def test_an_uncertain_mail_asks_whoever_answers(conversation, agent, client_of) -> None:
    """RULINGS, Mail: a send whose outcome cannot be known is marked uncertain and asks a person."""
    from haoke.channels.models import OutboundMail
    from haoke.conversations import services
    from haoke.timeline.models import Entry

    message = services.reply(conversation_id=conversation.pk, text="明天送到", by=agent)
    OutboundMail.objects.filter(pk=message.outbound_id).update(state="uncertain", sending_to=message.recipients)
    client = client_of(agent)
    assert "settlement" in client.get(f"/inbox/{conversation.pk}").content.decode()
    assert client.post(f"/inbox/messages/{message.pk}/settlement", {"answer": "perhaps"}).status_code == 422
    assert client.post(f"/inbox/messages/{message.pk}/settlement", {"answer": "arrived"}).status_code == 302
    assert OutboundMail.objects.get(pk=message.outbound_id).state == "sent"
    assert Entry.objects.filter(kind="mail.settled").exists()
