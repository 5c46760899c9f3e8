"""Setting mailboxes up and trying them out."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from haoke.accounts import queries as accounts
from haoke.channels import errors, events
from haoke.channels.choices import OutgoingSecurity, Purpose
from haoke.channels.models import Channel, OutboundMail
from haoke.channels.passwords import seal
from haoke.channels.rules.mailboxes import is_mail_address
from haoke.channels.services.sending import put_into_queue
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.differences import differences
from haoke.core.errors import NotFound
from haoke.timeline.services import record


@transaction.atomic
def create_channel(
    *,
    name: str,
    address: str,
    display_name: str,
    team_id: int,
    outgoing_host: str,
    outgoing_port: int,
    outgoing_security: str = OutgoingSecurity.STARTTLS,
    outgoing_user: str = "",
    outgoing_password: str = "",
    registers_senders: bool = True,
    acknowledges: bool = True,
    is_active: bool = True,
    by: Actor,
) -> Channel:
    """Opens a mailbox: mail to its address is accepted from now on.

    Raises Forbidden, NotAMailAddress, UnknownTeam, ChannelAddressTaken.
    """
    now = clock.now()
    by.require("channels.change")
    channel = Channel(
        name=name.strip(),
        address=_checked_address(address),
        display_name=display_name.strip(),
        team_id=_checked_team(team_id),
        outgoing_host=outgoing_host.strip(),
        outgoing_port=outgoing_port,
        outgoing_security=outgoing_security,
        outgoing_user=outgoing_user.strip(),
        outgoing_password=seal(outgoing_password),
        registers_senders=registers_senders,
        acknowledges=acknowledges,
        is_active=is_active,
        created_at=now,
    )
    _save(channel)
    record(events.ChannelCreated(channel_id=channel.pk, address=channel.address), by=by, at=now)
    return channel


@transaction.atomic
def change_channel(
    *,
    channel_id: int,
    version: int,
    name: str,
    address: str,
    display_name: str,
    team_id: int,
    outgoing_host: str,
    outgoing_port: int,
    outgoing_security: str,
    outgoing_user: str,
    outgoing_password: str | None = None,
    registers_senders: bool,
    acknowledges: bool,
    is_active: bool,
    by: Actor,
) -> Channel:
    """Changes a mailbox; a password of None stays as it is, an empty one is forgotten.

    Raises Forbidden, NotFound, ChannelChanged, NotAMailAddress, UnknownTeam, ChannelAddressTaken.
    """
    by.require("channels.change")
    channel = Channel.objects.visible_to(by).select_for_update().filter(pk=channel_id).first()
    if channel is None:
        raise NotFound()
    if channel.version != version:
        raise errors.ChannelChanged(current=channel.version)
    new: dict[str, Any] = {
        "name": name.strip(),
        "address": _checked_address(address),
        "display_name": display_name.strip(),
        "team_id": _checked_team(team_id),
        "outgoing_host": outgoing_host.strip(),
        "outgoing_port": outgoing_port,
        "outgoing_security": outgoing_security,
        "outgoing_user": outgoing_user.strip(),
        "registers_senders": registers_senders,
        "acknowledges": acknowledges,
        "is_active": is_active,
    }
    changes = differences(channel, new)
    for field, value in new.items():
        setattr(channel, field, value)
    if outgoing_password is not None:
        channel.outgoing_password = seal(outgoing_password)
        # That it changed is a fact; what it was and is stays a secret.
        changes["outgoing_password"] = ["", ""]
    channel.version += 1
    _save(channel)
    record(events.ChannelChanged(channel_id=channel.pk, address=channel.address, changes=changes), by=by)
    return channel


@transaction.atomic
def send_test_mail(*, channel_id: int, recipient: str, by: Actor) -> OutboundMail:
    """Queues a test mail; its state is the result.

    Raises Forbidden, NotFound, ChannelIsOff, NotAMailAddress.
    """
    by.require("channels.change")
    channel = Channel.objects.visible_to(by).filter(pk=channel_id).first()
    if channel is None:
        raise NotFound()
    if not channel.is_active:
        raise errors.ChannelIsOff()
    mail = put_into_queue(
        channel=channel,
        recipients=[recipient],
        subject=_("Test mail from %(address)s") % {"address": channel.address},
        text=_("This mail was sent to try out the mailbox %(address)s. It arrived, so sending works.")
        % {"address": channel.address},
        purpose=Purpose.TEST,
        by=by,
    )
    record(events.ChannelTested(channel_id=channel.pk, address=channel.address, outbound_id=mail.pk), by=by)
    return mail


def _checked_address(address: str) -> str:
    checked = address.strip().lower()
    if not is_mail_address(checked):
        raise errors.NotAMailAddress(field="address", address=address)
    return checked


def _checked_team(team_id: int) -> int:
    if team_id not in accounts.team_names([team_id]):
        raise errors.UnknownTeam(field="team_id")
    return team_id


def _save(channel: Channel) -> None:
    try:
        with transaction.atomic():
            channel.save()
    except IntegrityError as error:
        raise errors.ChannelAddressTaken(field="address") from error
