"""Reading mailboxes and mails: only within reach, page by page, at a constant number of queries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from haoke.channels import queries, services
from haoke.channels.choices import InboundState, OutboundState
from haoke.channels.models import InboundMail
from haoke.core.errors import NotFound

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture
def mails(channel) -> list[InboundMail]:
    """Seven mails, of which three share one moment, as a burst does."""
    moments = [START + timedelta(minutes=minutes) for minutes in (0, 1, 2, 2, 2, 3, 4)]
    return InboundMail.objects.bulk_create(
        InboundMail(
            channel=channel,
            received_at=moment,
            envelope_to=["service@haoke.example"],
            size_bytes=1,
            raw=b"x",
            digest="d",
        )
        for moment in moments
    )


def test_pages_follow_each_other_without_gap_or_repetition(mails, admin, django_assert_num_queries):
    seen, place = [], None
    while True:
        with django_assert_num_queries(1):
            page, place = queries.inbound_page(admin, place=place, most=2)
        seen += [each.pk for each in page]
        if place is None:
            break
    assert seen == [each.pk for each in reversed(mails)]


def test_a_list_does_not_load_the_mails_themselves(mails, admin):
    page, _place = queries.inbound_page(admin)
    assert all("raw" in each.get_deferred_fields() for each in page)


def test_counts_by_state_are_one_query_and_end_somewhere(mails, admin, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("haoke.channels.queries.counts.MOST_COUNTED", 5)
    services.fail_inbound(mails[0].pk, "x")
    with django_assert_num_queries(1):
        counts = queries.inbound_counts(admin)
    assert counts == {"stored": 5, "processed": 0, "failed": 1, "ignored": 0}
    assert set(queries.outbound_counts(admin)) == set(OutboundState.values)


def test_a_supervisor_sees_the_mail_of_own_teams_alone(mails, queue_mail, supervisor, create_actor, other_team):
    stranger = create_actor("supervisor", team_ids=(other_team.pk,))
    ours = queue_mail()
    assert len(queries.inbound_page(supervisor)[0]) == 7
    assert queries.outbound_mail(ours.pk, supervisor) == ours
    assert len(queries.channels(supervisor)) == 1
    assert queries.inbound_page(stranger)[0] == queries.outbound_page(stranger)[0] == queries.channels(stranger) == []
    assert sum(queries.inbound_counts(stranger).values()) == 0
    for look in (
        lambda: queries.inbound_mail(mails[0].pk, stranger),
        lambda: queries.outbound_mail(ours.pk, stranger),
        lambda: queries.channel_by_id(ours.channel_id, stranger),
    ):
        with pytest.raises(NotFound):
            look()


def test_states_of_many_mails_come_in_one_query(queue_mail, django_assert_num_queries):
    mails = [queue_mail() for _each in range(3)]
    with django_assert_num_queries(1):
        states = queries.mail_states([each.pk for each in mails] + [None, 0])
    assert set(states) == {each.pk for each in mails}
    assert {(each.state, str(each.label)) for each in states.values()} == {("queued", "Queued")}


def test_our_own_addresses_include_mailboxes_that_are_off(channel, create_channel):
    off = create_channel(address="old@haoke.example", is_active=False)
    assert queries.own_addresses() == {"service@haoke.example", "old@haoke.example"}
    assert queries.default_channel() == channel != off


def test_the_head_of_a_mail_is_read_without_its_body(channel):
    raw = (
        "From: 王伟 <wang@customer.example>\r\nTo: service@haoke.example, li@x.example\r\nSubject: 退款\r\n"
        "Auto-Submitted: auto-replied\r\nMessage-ID: <one@customer.example>\r\n\r\nFrom: nobody\r\n" + "x" * 200_000
    ).encode()
    inbound = services.store_inbound(raw=raw, envelope_from="", envelope_to=["service@haoke.example"])
    head = queries.inbound_head(inbound.pk)
    assert (head.sender, head.subject, head.message_id) == (
        "王伟 <wang@customer.example>",
        "退款",
        "<one@customer.example>",
    )
    assert head.to == "service@haoke.example, li@x.example"
    assert "machine" in head.automatic


def test_a_list_can_be_narrowed_to_one_state(mails, admin):
    services.fail_inbound(mails[3].pk, "x")
    page, _place = queries.inbound_page(admin, state=InboundState.FAILED)
    assert [each.pk for each in page] == [mails[3].pk]
