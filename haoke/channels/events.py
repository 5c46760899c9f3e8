"""What happens to mailboxes and to the mails that come and go through them; never their contents or addresses."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from haoke.channels.choices import Cause, IgnoredReason
from haoke.timeline.choices import Audience
from haoke.timeline.facts import Fact

# --- Mailboxes ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ChannelCreated(Fact):
    kind = "channel.created"
    subject = "channel"
    audience = Audience.AUDIT
    icon = "mail"
    sentence = _("%(by)s set up mailbox %(address)s")
    channel_id: int
    address: str


@dataclass(frozen=True, kw_only=True)
class ChannelChanged(Fact):
    """`changes` holds [old, new] by field; of the password only that it changed."""

    kind = "channel.changed"
    subject = "channel"
    audience = Audience.AUDIT
    icon = "mail"
    sentence = _("%(by)s changed mailbox %(address)s")
    channel_id: int
    address: str
    changes: dict = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ChannelTested(Fact):
    kind = "channel.tested"
    subject = "channel"
    audience = Audience.AUDIT
    icon = "send"
    sentence = _("%(by)s sent a test mail from mailbox %(address)s")
    channel_id: int
    address: str
    outbound_id: int


# --- Mails that arrive --------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class MailStored(Fact):
    """Accepted and safe, not yet read; whoever makes conversations of mails reacts to it."""

    kind = "mail.stored"
    subject = "inbound"
    audience = Audience.AUDIT
    icon = "inbox"
    sentence = _("Mail %(inbound_id)s arrived")
    inbound_id: int
    channel_id: int | None
    size_bytes: int


@dataclass(frozen=True, kw_only=True)
class MailRunAgain(Fact):
    """A person asks for another reading; the same reaction as to a mail that just arrived."""

    kind = "mail.run_again"
    subject = "inbound"
    audience = Audience.AUDIT
    icon = "refresh-cw"
    sentence = _("%(by)s had mail %(inbound_id)s run again")
    inbound_id: int


@dataclass(frozen=True, kw_only=True)
class MailIgnored(Fact):
    kind = "mail.ignored"
    subject = "inbound"
    audience = Audience.AUDIT
    icon = "inbox"
    sentence = _("Mail %(inbound_id)s was ignored: %(reason)s")
    labels = {"reason": IgnoredReason}
    inbound_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class MailNotProcessed(Fact):
    kind = "mail.not_processed"
    subject = "inbound"
    audience = Audience.AUDIT
    icon = "triangle-alert"
    sentence = _("Mail %(inbound_id)s could not be processed")
    inbound_id: int


@dataclass(frozen=True, kw_only=True)
class MailSourceRead(Fact):
    """An access to content, with its reason (RULINGS: no message bodies without a logged reason)."""

    kind = "mail.source_read"
    subject = "inbound"
    audience = Audience.AUDIT
    icon = "eye"
    sentence = _("%(by)s read the source of mail %(inbound_id)s: %(reason)s")
    inbound_id: int
    reason: str


# --- Mails that leave ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class OutboundFact(Fact):
    """What all facts about a mail of ours carry: its id and the conversation it belongs to."""

    subject = "outbound"
    outbound_id: int
    conversation_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class MailSent(OutboundFact):
    kind = "mail.sent"
    audience = Audience.AUDIT
    icon = "send"
    sentence = _("The outgoing server took a mail for %(recipient_count)s recipients")
    recipient_count: int
    refused_count: int


@dataclass(frozen=True, kw_only=True)
class MailRefused(OutboundFact):
    kind = "mail.refused"
    icon = "triangle-alert"
    sentence = _("A mail was refused: %(cause)s")
    labels = {"cause": Cause}
    cause: str
    refused_count: int


@dataclass(frozen=True, kw_only=True)
class MailFailed(OutboundFact):
    kind = "mail.failed"
    icon = "triangle-alert"
    sentence = _("A mail could not be sent: %(cause)s")
    labels = {"cause": Cause}
    cause: str


@dataclass(frozen=True, kw_only=True)
class MailUncertain(OutboundFact):
    kind = "mail.uncertain"
    icon = "triangle-alert"
    sentence = _("Nobody can know whether a mail left: %(cause)s")
    labels = {"cause": Cause}
    cause: str


@dataclass(frozen=True, kw_only=True)
class MailSettled(OutboundFact):
    """A person answered what the machine could not know."""

    kind = "mail.settled"
    icon = "check"
    sentence = _("%(by)s decided about an uncertain mail")
    was_sent: bool


@dataclass(frozen=True, kw_only=True)
class MailTriedAgain(OutboundFact):
    kind = "mail.tried_again"
    icon = "refresh-cw"
    sentence = _("%(by)s had a mail sent again")


@dataclass(frozen=True, kw_only=True)
class MailRecalled(OutboundFact):
    kind = "mail.recalled"
    audience = Audience.AUDIT
    icon = "undo-2"
    sentence = _("%(by)s took a mail back before it left")


@dataclass(frozen=True, kw_only=True)
class MailBounced(OutboundFact):
    """A mail that had left came back for some of its addresses."""

    kind = "mail.bounced"
    icon = "triangle-alert"
    sentence = _("A mail of ours did not arrive everywhere")
    refused_count: int
    is_final: bool
