"""The composer over HTTP: without scripts everything works by plain forms; with them, by small parts of the page."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from haoke.conversations import queries, services
from haoke.conversations.models import CannedReply, Draft, Message
from haoke.conversations.services import CannedText
from haoke.customers.services import register_customer

pytestmark = pytest.mark.django_db
PART = {"HTTP_HX_REQUEST": "true"}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32


@pytest.fixture
def conversation(arrive, letter):
    return arrive(letter(Cc="li@customer.example, support@haoke.example")).conversation


@pytest.fixture
def place(conversation) -> str:
    return f"/inbox/drafts/conversation/{conversation.pk}"


@pytest.fixture
def customer(channel, system):
    points = [("mail", "he@customer.example", "")]
    return register_customer(kind="person", name="何女士", contact_points=points, by=system)


def seen(part: str) -> str:
    return re.search(r'data-draft-seen="([^"]*)"', part)[1]


def test_what_is_typed_is_saved_and_stands_there_again(conversation, place, agent, client_of) -> None:
    client = client_of(agent)
    part = client.post(place, {"kind": "note", "text": "别丢了我", "cc": "half an addr"}, **PART).content.decode()
    assert seen(part)
    assert "Saved today" in part

    page = client.get(f"/inbox/{conversation.pk}").content.decode()

    assert "别丢了我" in page
    assert 'value="half an addr"' in page
    assert re.search(r'value="note" checked', page)
    assert seen(page) == seen(part)
    assert "Draft from today" in page


def test_two_windows_are_shown_both_texts(conversation, place, agent, client_of) -> None:
    client = client_of(agent)
    client.post(place, {"text": "第一个窗口", "submission": uuid.uuid4()}, **PART)

    answer = client.post(place, {"text": "第二个窗口", "submission": uuid.uuid4()}, **PART)
    assert answer.status_code == 409
    assert "第一个窗口" in answer.content.decode()
    plain = client.post(place, {"text": "第二个窗口", "submission": uuid.uuid4()})
    page = plain.content.decode()
    assert plain.status_code == 409
    assert "第一个窗口" in page
    assert "第二个窗口" in page

    # The page that shows both may decide.
    client.post(place, {"text": "第二个窗口", "draft_seen": seen(page)})
    assert Draft.objects.get().text == "第二个窗口"


def test_a_draft_is_thrown_away_and_taken_back_by_plain_forms(conversation, place, agent, client_of) -> None:
    client = client_of(agent)
    client.post(place, {"text": "还要"})
    page = client.post(f"{place}/removal", {"text": "还要"}, follow=True).content.decode()
    assert f'action="{place}/return"' in page
    assert client.get("/inbox/drafts/").content.decode().count("还要") == 0

    client.post(f"{place}/return", {"from": "/inbox/drafts/"})
    assert "还要" in client.get("/inbox/drafts/").content.decode()
    assert client.get("/inbox/drafts/nowhere/1").status_code in (404, 405)
    assert client.post("/inbox/drafts/nowhere/1", {"text": "x"}).status_code == 404


def test_a_pasted_picture_is_kept_named_by_its_content_and_goes_along(conversation, place, agent, client_of) -> None:
    client = client_of(agent)
    picture = SimpleUploadedFile("image.png", PNG, content_type="text/html")
    part = client.post(f"{place}/files", {"attachments": picture}, **PART).content.decode()
    file_id = re.search(r'name="draft_files" value="(\d+)"', part)[1]

    shown = client.get(f"/inbox/drafts/files/{file_id}")
    assert (shown["Content-Type"], shown.content) == ("image/png", PNG)
    assert f'value="{file_id}"' in client.get(f"/inbox/{conversation.pk}").content.decode()

    client.post(f"/inbox/{conversation.pk}/messages", {"kind": "reply", "text": "图", "draft_files": file_id})
    message = Message.objects.get(direction="out", is_automatic=False)
    assert [each.file.media_type for each in message.attachments.all()] == ["image/png"]


def test_files_of_others_are_neither_shown_nor_sent(conversation, place, agent, supervisor, client_of) -> None:
    client_of(supervisor).post(f"{place}/files", {"attachments": SimpleUploadedFile("a.txt", b"secret")}, **PART)
    file_id = Draft.objects.get().file_ids[0]
    client = client_of(agent)

    assert client.get(f"/inbox/drafts/files/{file_id}").status_code == 404
    refused = client.post(f"/inbox/{conversation.pk}/messages", {"kind": "reply", "text": "x", "draft_files": file_id})
    assert refused.status_code == 422
    assert "x" in refused.content.decode()


def test_a_file_is_taken_off_again_and_one_too_large_is_said_so(place, agent, client_of) -> None:
    client = client_of(agent)
    client.post(f"{place}/files", {"attachments": SimpleUploadedFile("a.txt", b"x")}, **PART)
    file_id = Draft.objects.get().file_ids[0]
    assert "a.txt" not in client.post(f"{place}/files/{file_id}/removal", **PART).content.decode()

    large = SimpleUploadedFile("film.mov", b"x" * 25_000_001)
    answer = client.post(f"{place}/files", {"attachments": large}, **PART)
    assert answer.status_code == 422
    assert "film.mov" in answer.content.decode()


def test_reply_to_all_names_them_covered_and_sends_to_them(conversation, agent, account_manager, client_of) -> None:
    """An agent sees addresses covered, and answers everybody without ever reading them."""
    client = client_of(agent)
    page = client.get(f"/inbox/{conversation.pk}").content.decode()
    assert "l***@customer.example" in page
    assert "li@customer.example" not in page

    client.post(
        f"/inbox/{conversation.pk}/messages",
        {"kind": "reply", "text": "好", "to_all": "1", "bcc": "b@x.example\uff0cc@x.example"},
    )

    message = Message.objects.get(direction="out", is_automatic=False)
    assert (message.recipients, message.cc, message.bcc) == (
        ["chen@customer.example"],
        ["li@customer.example"],
        ["b@x.example", "c@x.example"],
    )
    page = client.get(f"/inbox/{conversation.pk}").content.decode()
    assert "bcc b***@x.example, c***@x.example" in page


def test_whoever_sees_addresses_edits_them(conversation, supervisor, client_of) -> None:
    page = client_of(supervisor).get(f"/inbox/{conversation.pk}").content.decode()
    assert re.search(r'name="recipients"[^>]* value="chen@customer.example"', page)


def test_within_the_window_a_reply_is_taken_back_by_the_notice_or_on_the_message(
    conversation, agent, client_of
) -> None:
    client = client_of(agent)
    sent = client.post(f"/inbox/{conversation.pk}/messages", {"kind": "reply", "text": "等等"}, follow=True)
    message = Message.objects.get(direction="out", is_automatic=False)
    page = sent.content.decode()
    assert page.count(f'action="/inbox/messages/{message.pk}/recall"') == 2
    assert "It leaves in 10 seconds." in page

    page = client.post(f"/inbox/messages/{message.pk}/recall", follow=True).content.decode()

    assert "took a reply back before it left" in page
    assert re.search(r"<textarea[^>]*name=\"text\"[^>]*>\s*等等", page)
    assert "/recall" not in page


def test_after_the_window_it_says_that_it_has_left(conversation, agent, client_of) -> None:
    from haoke.channels.models import OutboundMail

    client = client_of(agent)
    client.post(f"/inbox/{conversation.pk}/messages", {"kind": "reply", "text": "走了"})
    message = Message.objects.get(direction="out", is_automatic=False)
    OutboundMail.objects.filter(pk=message.outbound_id).update(state="sending")

    answer = client.post(f"/inbox/messages/{message.pk}/recall")

    assert answer.status_code == 409
    assert "has left already" in answer.content.decode()


def test_a_canned_reply_is_offered_filled_in_and_without_scripts_chosen(conversation, agent, client_of) -> None:
    words = CannedText(
        shortcut="thanks", title="致谢", text_zh="{{customer.name}}您好", text_en="Dear {{customer.name}}"
    )
    reply = services.create_canned_reply(written=words, by=agent)
    client = client_of(agent)

    offered = client.get(f"/inbox/{conversation.pk}/canned?q=zhi", **PART).content.decode()
    assert 'data-text="陈先生您好"' in offered
    assert client.get(f"/inbox/{conversation.pk}/canned?q=zzz", **PART).content.decode().strip() == ""

    page = client.post(
        f"/inbox/{conversation.pk}/canned/insertion",
        {"kind": "reply", "text": "前文", "canned_choice": reply.pk},
    ).content.decode()
    assert re.search(r"前文\s+陈先生您好</textarea>", page)


def test_colleagues_are_offered_only_to_whoever_may_answer(conversation, agent, other_agent, client_of) -> None:
    offered = client_of(agent).get(f"/inbox/{conversation.pk}/colleagues?q=", **PART).content.decode()
    assert f"@{other_agent.name} " in offered
    assert client_of(other_agent).get(f"/inbox/{conversation.pk}/colleagues?q=", **PART).status_code == 404


def test_a_first_mail_has_the_same_composer(customer, agent, client_of) -> None:
    client, page_url = client_of(agent), f"/inbox/new/{customer.pk}"
    client.post(f"/inbox/drafts/customer/{customer.pk}", {"subject": "回访", "text": "您好"}, **PART)
    page = client.get(page_url).content.decode()
    assert 'value="回访"' in page
    assert "internal note" not in page.lower()

    sent = client.post(page_url, {"subject": "回访", "text": "您好", "cc": "c@x.example"}, follow=True)

    message = Message.objects.get(direction="out")
    assert (message.recipients, message.cc) == (["he@customer.example"], ["c@x.example"])
    assert f"/inbox/messages/{message.pk}/recall" in sent.content.decode()
    assert not Draft.objects.exists()


def test_the_settings_of_canned_replies(agent, supervisor, team, quality_manager, client_of) -> None:
    client = client_of(agent)
    fields = {"shortcut": "refund", "title": "退费", "text_zh": "{{customer.name}}您好", "scope": "personal"}
    preview = client.post("/settings/canned-replies/new", fields | {"act": "preview"})
    assert "王小明您好" in preview.content.decode()
    assert not CannedReply.objects.exists()

    refused = client.post("/settings/canned-replies/new", fields | {"text_zh": "{{customer.fone}}"})
    assert refused.status_code == 422
    assert "customer.fone" in refused.content.decode()
    assert client.post("/settings/canned-replies/new", fields | {"scope": "company"}).status_code == 422

    assert client.post("/settings/canned-replies/new", fields).status_code == 302
    reply = CannedReply.objects.get()
    assert "退费" in client.get("/settings/canned-replies/?q=tuifei").content.decode()
    assert "/refund" not in client.get("/settings/canned-replies/?q=nothing").content.decode()
    changed = fields | {"title": "退费说明", "version": 1}
    assert client.post(f"/settings/canned-replies/{reply.pk}", changed).status_code == 302
    assert client.post(f"/settings/canned-replies/{reply.pk}", changed).status_code == 422
    client.post(f"/settings/canned-replies/{reply.pk}/retirement")
    assert queries.canned_replies_for(agent) == []
    client.post(f"/settings/canned-replies/{reply.pk}/revival")
    assert [each.title for each in queries.canned_replies_for(agent)] == ["退费说明"]

    assert client_of(supervisor).get(f"/settings/canned-replies/{reply.pk}").status_code == 404
    assert client_of(quality_manager).get("/settings/canned-replies/").status_code == 403
