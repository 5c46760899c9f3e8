"""The pages of mailboxes and mails: who may open them, what they show, and what they never show."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from haoke.channels import services
from haoke.channels.choices import OutboundState
from haoke.channels.models import Channel, InboundMail, OutboundMail
from haoke.channels.passwords import unseal
from haoke.core import clock

pytestmark = pytest.mark.django_db

HEAD = "From: 王伟 <wang@customer.example>\r\nSubject: <script>alert(1)</script>退款\r\n"
RAW = f"{HEAD}\r\nvery private words\r\n".encode()


@pytest.fixture
def inbound(channel) -> InboundMail:
    return services.store_inbound(raw=RAW, envelope_from="wang@customer.example", envelope_to=["service@haoke.example"])


@pytest.fixture
def outbound(queue_mail) -> OutboundMail:
    return queue_mail()


@pytest.fixture
def page(channel, inbound, outbound):
    """The address of a page by its name."""
    arguments = {
        "mailbox": [channel.pk],
        "test_mail": [channel.pk],
        "inbound_mail": [inbound.pk],
        "inbound_source": [inbound.pk],
        "inbound_run": [inbound.pk],
        "outbound_mail": [outbound.pk],
        "outbound_trial": [outbound.pk],
        "outbound_settlement": [outbound.pk],
    }
    return lambda name: reverse(f"channels:{name}", args=arguments.get(name, []))


VIEWED = ["mailboxes", "inbound", "inbound_mail", "outbound", "outbound_mail"]
CHANGED = ["mailbox_new", "mailbox"]
POSTED = ["test_mail", "inbound_source", "inbound_run"]


def test_addresses_of_customers_are_masked_for_who_keeps_the_mailboxes_alone(
    page, client_of, admin, supervisor, outbound
):
    """RULINGS: administrators see customer data only with a logged reason; our own addresses are no such data."""
    address = outbound.recipients[0]
    OutboundMail.objects.filter(pk=outbound.pk).update(
        failure=f"550 <{address}> is unknown",
        refusals={address: {"code": 550, "text": f"no {address}", "is_final": True}},
    )
    keeper, leader = client_of(admin), client_of(supervisor)
    for name, shown in (
        ("inbound", "wang@customer.example"),
        ("inbound_mail", "wang@customer.example"),
        ("outbound", address),
        ("outbound_mail", address),
    ):
        assert shown in leader.get(page(name)).content.decode()
        assert shown not in keeper.get(page(name)).content.decode()
        assert f"{shown[0]}***@{shown.partition('@')[2]}" in keeper.get(page(name)).content.decode()
    assert "service@haoke.example" in keeper.get(page("inbound_mail")).content.decode()


def test_who_may_open_what(page, client_of, admin, supervisor, agent, quality_manager):
    for actor, viewed, changed in (
        (admin, 200, 200),
        (supervisor, 200, 403),
        (agent, 403, 403),
        (quality_manager, 403, 403),
    ):
        client = client_of(actor)
        assert {client.get(page(name)).status_code for name in VIEWED} == {viewed}, actor.name
        assert {client.get(page(name)).status_code for name in CHANGED} == {changed}, actor.name
    for actor in (supervisor, agent):
        assert {client_of(actor).post(page(name)).status_code for name in POSTED} == {403}
    for name in (*POSTED, "outbound_trial", "outbound_settlement"):
        assert client_of(admin).get(page(name)).status_code == 405


def test_another_teams_mail_is_not_found(page, client_of, create_actor, other_team):
    client = client_of(create_actor("supervisor", team_ids=(other_team.pk,)))
    for name in ("inbound_mail", "outbound_mail"):
        assert client.get(page(name)).status_code == 404
    for name in ("outbound_trial", "outbound_settlement"):
        assert client.post(page(name), {"answer": "arrived"}).status_code == 404


def test_a_mailbox_is_set_up_changed_and_never_shows_its_password(page, client_of, admin, team):
    client = client_of(admin)
    words = {
        "name": "售后",
        "team_id": team.pk,
        "address": "after@haoke.example",
        "display_name": "售后服务",
        "acknowledges": "on",
        "is_active": "on",
        "outgoing_host": "smtp.example.com",
        "outgoing_port": "465",
        "outgoing_security": "tls",
        "outgoing_user": "after",
        "outgoing_password": " se<cret ",
    }
    assert client.post(page("mailbox_new"), {**words, "outgoing_port": "99999"}).status_code == 422
    assert client.post(page("mailbox_new"), {**words, "address": "service@haoke.example"}).status_code == 422
    assert client.post(page("mailbox_new"), words).status_code == 302
    channel = Channel.objects.get(address="after@haoke.example")
    assert (channel.registers_senders, channel.acknowledges, unseal(channel.outgoing_password)) == (
        False,
        True,
        " se<cret ",
    )
    address = reverse("channels:mailbox", args=[channel.pk])
    shown = client.get(address).content.decode()
    assert "se&lt;cret" not in shown
    assert channel.outgoing_password not in shown
    changed = {**words, "outgoing_password": "", "name": "售后二", "version": channel.version}
    assert client.post(address, changed).status_code == 302
    channel.refresh_from_db()
    assert (channel.name, unseal(channel.outgoing_password)) == ("售后二", " se<cret ")
    stale = client.post(address, {**changed, "name": "售后三"})
    assert stale.status_code == 409
    assert "售后二" in stale.content.decode()
    assert "售后三" in stale.content.decode()
    assert client.post(address, {**changed, "version": channel.version, "forgets_password": "on"}).status_code == 302
    channel.refresh_from_db()
    assert channel.outgoing_password == ""


def test_a_test_mail_shows_its_result_on_the_page(page, client_of, admin):
    client = client_of(admin)
    assert client.post(page("test_mail"), {"recipient": "not an address"}).status_code == 422
    assert client.post(page("test_mail"), {"recipient": "me@elsewhere.example"}).status_code == 302
    mail = OutboundMail.objects.get(purpose="test")
    OutboundMail.objects.filter(pk=mail.pk).update(state="failed", cause="unreachable", failure="no route to host")
    shown = client.get(page("mailbox")).content.decode()
    assert "me@elsewhere.example" in shown
    assert "no route to host" in shown


def test_a_page_shows_the_header_but_never_the_content(page, client_of, admin, supervisor):
    for actor in (admin, supervisor):
        shown = client_of(actor).get(page("inbound_mail")).content.decode()
        assert "王伟" in shown
        assert "&lt;script&gt;alert(1)" in shown
        assert "<script>alert" not in shown
        assert "very private words" not in shown


def test_the_source_needs_a_reason_which_is_kept_and_comes_as_harmless_text(page, client_of, admin, facts_of):
    client = client_of(admin)
    assert client.post(page("inbound_source"), {"reason": ""}).status_code == 422
    assert client.post(page("inbound_source"), {"reason": "why"}).status_code == 422
    assert facts_of("mail.source_read") == []
    answer = client.post(page("inbound_source"), {"reason": "the customer asks what arrived"})
    assert (answer.status_code, answer.content) == (200, RAW)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert [each["reason"] for each in facts_of("mail.source_read")] == ["the customer asks what arrived"]


def test_a_failed_mail_is_run_again_by_its_button(page, inbound, client_of, admin):
    client = client_of(admin)
    assert client.post(page("inbound_run")).status_code == 409
    services.fail_inbound(inbound.pk, "ValueError: <b>broken</b>")
    shown = client.get(page("inbound_mail")).content.decode()
    assert page("inbound_run") in shown
    assert "&lt;b&gt;broken&lt;/b&gt;" in shown
    assert client.post(page("inbound_run")).status_code == 302
    inbound.refresh_from_db()
    assert inbound.state == "stored"


def test_an_uncertain_mail_offers_two_answers_and_guesses_none(page, outbound, client_of, supervisor):
    client = client_of(supervisor)
    OutboundMail.objects.filter(pk=outbound.pk).update(
        state=OutboundState.UNCERTAIN, sending_to=outbound.recipients, tried_at=clock.now()
    )
    assert client.get(page("outbound_mail")).content.decode().count(page("outbound_settlement")) == 2
    assert client.post(page("outbound_settlement"), {"answer": "perhaps"}).status_code == 422
    assert client.post(page("outbound_settlement")).status_code == 422
    assert client.post(page("outbound_settlement"), {"answer": "arrived"}).status_code == 302
    outbound.refresh_from_db()
    assert outbound.state == OutboundState.SENT
    assert client.post(page("outbound_settlement"), {"answer": "again"}).status_code == 409


def test_a_failed_mail_of_ours_is_tried_again_by_its_button(page, outbound, client_of, supervisor):
    client = client_of(supervisor)
    assert page("outbound_trial") not in client.get(page("outbound_mail")).content.decode()
    OutboundMail.objects.filter(pk=outbound.pk).update(state=OutboundState.FAILED, cause="unreachable")
    assert page("outbound_trial") in client.get(page("outbound_mail")).content.decode()
    assert client.post(page("outbound_trial")).status_code == 302
    outbound.refresh_from_db()
    assert outbound.state == OutboundState.QUEUED


@pytest.mark.parametrize(
    "asked",
    [
        "after=x",
        "after=2026-01-01~1",
        "after=~",
        "after=2026-01-01T00:00:00%2B00:00~99999999999999999999",
        "state=nonsense",
    ],
)
def test_an_address_nobody_handed_out_shows_the_first_page(page, client_of, admin, asked):
    for name in ("inbound", "outbound"):
        answer = client_of(admin).get(f"{page(name)}?{asked}")
        assert answer.status_code == 200
        assert page(f"{name}_mail") in answer.content.decode()


def test_a_long_list_takes_no_more_queries_than_a_short_one(
    page, client_of, admin, inbound, create_channel, queue_mail
):
    client = client_of(admin)
    lists = [page(name) for name in ("inbound", "outbound", "mailboxes")]
    short = [_queries_of(client, address) for address in lists]
    for number in range(20):
        services.store_inbound(raw=RAW, envelope_from="", envelope_to=["service@haoke.example"])
        queue_mail()
        create_channel(address=f"{number}@haoke.example")
    assert [_queries_of(client, address) for address in lists] == short


def _queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
