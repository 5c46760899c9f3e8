"""Puts a stored mail of ours together: the envelope, the bytes that leave, and the way to the server."""

from __future__ import annotations

import re
from collections.abc import Iterator

from haoke.channels.choices import Cause
from haoke.channels.models import Channel, OutboundMail
from haoke.channels.passwords import NotOurSeal, unseal
from haoke.channels.rules.composing import UnsendableValue, compose
from haoke.channels.rules.mails import Address, Attachment
from haoke.channels.sender import Letter, Server
from haoke.files import queries as files
from haoke.files.errors import FileMissing

# Ids of foreign mails come as their senders wrote them; those no header may carry are left out of ours.
_CARRIED_ID = re.compile(r"<[!-;=?-~]{1,990}>")


class CannotCompose(Exception):
    """The mail cannot leave as it stands; another try would end the same way."""

    def __init__(self, cause: str, failure: str) -> None:
        super().__init__(cause)
        self.cause = cause
        self.failure = failure


def letter_for(mail: OutboundMail) -> Letter:
    """The mail ready to leave for everybody who does not have it yet. Raises CannotCompose."""
    try:
        return Letter(
            server=_server(mail.channel),
            sender=mail.channel.address,
            recipients=tuple(mail.open_addresses),
            content=_content(mail),
        )
    except NotOurSeal:
        raise CannotCompose(Cause.CREDENTIALS, "The stored password cannot be read; please type it in again.") from None
    except (UnsendableValue, FileMissing) as trouble:
        raise CannotCompose(Cause.BROKEN, str(trouble)) from trouble


def _server(channel: Channel) -> Server:
    return Server(
        host=channel.outgoing_host,
        port=channel.outgoing_port,
        security=channel.outgoing_security,
        user=channel.outgoing_user,
        password=unseal(channel.outgoing_password),
    )


def _content(mail: OutboundMail) -> bytes:
    """Equal on every try, so that whoever gets it twice can tell."""
    return compose(
        message_id=mail.message_id,
        sender=Address(mail.channel.display_name, mail.channel.address),
        to=[Address("", each) for each in mail.recipients],
        cc=[Address("", each) for each in mail.cc],
        subject=mail.subject,
        text=mail.text,
        html=mail.html or None,
        in_reply_to=mail.in_reply_to if _CARRIED_ID.fullmatch(mail.in_reply_to) else "",
        references=[each for each in mail.references if _CARRIED_ID.fullmatch(each)],
        attachments=list(_attachments(mail)),
        sent_at=mail.queued_at,
        is_automatic=mail.is_automatic,
        # By this mark we know our own mail when a robot sends it back.
        headers={"X-Loop": mail.channel.address},
    )


def _attachments(mail: OutboundMail) -> Iterator[Attachment]:
    """Raises FileMissing rather than send a mail that lacks what it speaks of."""
    stored = files.stored_files(mail.file_ids)
    for file_id in mail.file_ids:
        if file_id not in stored:
            raise FileMissing()
        file = stored[file_id]
        yield Attachment(file.name, file.media_type, files.content_of(file))
