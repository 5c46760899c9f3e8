"""Setting mailboxes up: what is kept, what stays secret, what is refused."""

from __future__ import annotations

import pytest

from haoke.channels import errors, services
from haoke.channels.choices import OutboundState, Purpose
from haoke.channels.models import Channel, OutboundMail
from haoke.channels.passwords import NotOurSeal, unseal
from haoke.core.errors import Forbidden

pytestmark = pytest.mark.django_db


def _same(channel: Channel, **changed: object) -> dict[str, object]:
    names = (
        "version name address display_name team_id outgoing_host outgoing_port outgoing_security outgoing_user"
        " registers_senders acknowledges is_active"
    )
    return {**{name: getattr(channel, name) for name in names.split()}, **changed}


def test_a_new_mailbox_keeps_its_password_sealed_and_out_of_the_fact(create_channel, facts_of):
    channel = create_channel(address=" Service@Haoke.Example ", outgoing_password="密码 with space ")
    channel.refresh_from_db()
    assert channel.address == "service@haoke.example"
    assert "密码" not in channel.outgoing_password
    assert unseal(channel.outgoing_password) == "密码 with space "
    assert facts_of("channel.created") == [{"channel_id": channel.pk, "address": "service@haoke.example"}]


def test_a_password_sealed_under_another_secret_is_told_apart(create_channel, settings):
    channel = create_channel(outgoing_password="secret")
    settings.SECRET_KEY = "another secret key of more than fifty characters, for this test"
    with pytest.raises(NotOurSeal):
        unseal(channel.outgoing_password)


def test_a_change_names_old_and_new_but_never_the_password(create_channel, admin, facts_of):
    channel = create_channel(outgoing_password="old secret")
    services.change_channel(
        channel_id=channel.pk, **_same(channel, name="售后", outgoing_password="new secret"), by=admin
    )
    channel.refresh_from_db()
    assert (channel.name, channel.version, unseal(channel.outgoing_password)) == ("售后", 2, "new secret")
    (fact,) = facts_of("channel.changed")
    assert fact["changes"] == {"name": ["客户服务", "售后"], "outgoing_password": ["", ""]}


@pytest.mark.parametrize(("typed", "kept"), [(None, "old secret"), ("", "")])
def test_a_password_of_none_stays_and_an_empty_one_is_forgotten(create_channel, admin, typed, kept):
    channel = create_channel(outgoing_password="old secret")
    services.change_channel(channel_id=channel.pk, **_same(channel, outgoing_password=typed), by=admin)
    channel.refresh_from_db()
    assert unseal(channel.outgoing_password) == kept


def test_a_stale_version_changes_nothing(channel, admin, facts_of):
    with pytest.raises(errors.ChannelChanged):
        services.change_channel(channel_id=channel.pk, **_same(channel, version=0, name="x"), by=admin)
    channel.refresh_from_db()
    assert (channel.name, channel.version) == ("客户服务", 1)
    assert facts_of("channel.changed") == []


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"address": "SERVICE@haoke.example"}, errors.ChannelAddressTaken),
        ({"address": "no address"}, errors.NotAMailAddress),
        ({"address": "Li <li@haoke.example>"}, errors.NotAMailAddress),
        ({"address": "two@haoke.example,three@haoke.example"}, errors.NotAMailAddress),
        ({"address": "other@haoke.example", "team_id": 0}, errors.UnknownTeam),
    ],
)
def test_what_cannot_be_a_mailbox_is_refused(channel, create_channel, values, refusal):
    with pytest.raises(refusal):
        create_channel(**values)
    assert Channel.objects.count() == 1


def test_only_who_sets_mailboxes_up_may(create_channel, channel, supervisor, agent):
    for actor in (supervisor, agent):
        with pytest.raises(Forbidden):
            create_channel(address="x@haoke.example", by=actor)
        with pytest.raises(Forbidden):
            services.change_channel(channel_id=channel.pk, **_same(channel), by=actor)
        with pytest.raises(Forbidden):
            services.send_test_mail(channel_id=channel.pk, recipient="me@haoke.example", by=actor)
    assert OutboundMail.objects.count() == 0


def test_a_test_mail_is_a_mail_like_any_other_with_its_job_and_fact(channel, admin, jobs_of, facts_of):
    mail = services.send_test_mail(channel_id=channel.pk, recipient="me@elsewhere.example", by=admin)
    assert (mail.state, mail.purpose, mail.conversation_id) == (OutboundState.QUEUED, Purpose.TEST, None)
    assert jobs_of("channels.send_mail") == [{"outbound_id": mail.pk}]
    assert [each["outbound_id"] for each in facts_of("channel.tested")] == [mail.pk]


def test_a_mailbox_that_is_off_sends_no_test_mail(create_channel, admin):
    channel = create_channel(is_active=False)
    with pytest.raises(errors.ChannelIsOff):
        services.send_test_mail(channel_id=channel.pk, recipient="me@elsewhere.example", by=admin)
