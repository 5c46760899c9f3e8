"""Stored codes of mailboxes and mails, with their labels."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChannelKind(TextChoices):
    MAIL = "mail", _("Mail")


class OutgoingSecurity(TextChoices):
    """How the line to the outgoing server is protected."""

    NONE = "none", _("None (only on this machine or a trusted network)")
    STARTTLS = "starttls", _("STARTTLS (usually port 587)")
    TLS = "tls", _("TLS from the start (usually port 465)")


class InboundState(TextChoices):
    """Where an accepted mail stands; a failed or ignored one can be run again."""

    STORED = "stored", _("Stored")
    PROCESSED = "processed", _("Processed")
    FAILED = "failed", _("Failed")
    IGNORED = "ignored", _("Ignored")


class IgnoredReason(TextChoices):
    """Why an accepted mail led to nothing new."""

    DUPLICATE = "duplicate", _("The same mail arrived before")
    LOOP = "loop", _("Two robots were answering each other")
    OWN_MAIL = "own_mail", _("It came from one of our own mailboxes")
    BOUNCE = "bounce", _("It tells that a mail of ours did not arrive, and stands on that mail")
    AUTOMATIC = "automatic", _("A robot sent it, and nobody needs to answer")
    NOTIFICATION = "notification", _("It answers a notification of ours, which a machine wrote to a colleague")


class OutboundState(TextChoices):
    """Where a mail of ours stands (RULINGS: an outcome nobody can know asks a person)."""

    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Failed")
    UNCERTAIN = "uncertain", _("Uncertain")
    RECALLED = "recalled", _("Taken back")


class Purpose(TextChoices):
    """What a mail of ours is for."""

    REPLY = "reply", _("Reply")
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement")
    SURVEY = "survey", _("Survey")
    HANDOVER = "handover", _("Who looks after you now")
    NOTIFICATION = "notification", _("Notification")
    TEST = "test", _("Test mail")
    OTHER = "other", _("Other")


class Cause(TextChoices):
    """Why a mail of ours has not left, or not for everybody."""

    TOO_MANY = "too_many", _("Too many automatic mails went to this address in a short time; this one was held back")
    ROBOT_ADDRESS = "robot_address", _("A robot reads this address: no automatic mail is sent there")
    OWN_ADDRESS = "own_address", _("This is one of our own mailboxes: no automatic mail is sent there")
    CHANNEL_OFF = "channel_off", _("The mailbox is switched off")
    UNREACHABLE = "unreachable", _("The outgoing server could not be reached")
    CREDENTIALS = "credentials", _("The outgoing server did not accept our user name and password")
    NOT_SECURE = "not_secure", _("The line to the outgoing server could not be protected as the mailbox asks")
    POSTPONED = "postponed", _("The outgoing server asked us to try later")
    REJECTED = "rejected", _("The outgoing server refused the mail")
    RECIPIENTS = "recipients", _("No recipient was accepted")
    BROKEN = "broken", _("The mail could not be put together")
    LINE_LOST = "line_lost", _("The line was lost while the mail was being handed over")
    STOPPED = "stopped", _("Haoke was stopped while the mail was being handed over")


class AutomaticReason(TextChoices):
    """What gave a machine's mail away."""

    DELIVERY_REPORT = "delivery_report", _("It is a delivery report")
    RECEIPT = "receipt", _("It is a receipt")
    OWN_MESSAGE_ID = "own_message_id", _("It is a mail of ours that came back")
    OWN_LOOP_MARK = "own_loop_mark", _("It carries our own mark against loops")
    OUT_OF_OFFICE = "out_of_office", _("It is an out-of-office answer")
    AUTO_SUBMITTED = "auto_submitted", _("It says that a machine wrote it (Auto-Submitted)")
    AUTO_RESPONSE_SUPPRESS = "auto_response_suppress", _("It asks machines not to answer (X-Auto-Response-Suppress)")
    PRECEDENCE = "precedence", _("It was sent in bulk (Precedence)")
    ANSWERING_MACHINE = "answering_machine", _("It names an answering machine")
    LOOP = "loop", _("It carries a mark against loops (X-Loop)")
    AUTORESPONDER = "autoresponder", _("It came through an answering machine")
    MAILING_LIST = "mailing_list", _("It came from a mailing list")
    EMPTY_RETURN_PATH = "empty_return_path", _("It wants no answer (empty return path)")
    SYSTEM_SENDER = "system_sender", _("A mail system sent it")
    SENDER_MISSING = "sender_missing", _("It names no sender")
    MACHINE_GENERATED = "machine_generated", _("It says that a machine made it")
    AUTOMATIC_SUBJECT = "automatic_subject", _("Its subject says that it is an automatic answer")
