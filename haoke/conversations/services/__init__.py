"""Every change to a conversation."""

from haoke.conversations.services.assigning import assign
from haoke.conversations.services.attaching import Upload
from haoke.conversations.services.changing import change_state, set_category, set_urgency
from haoke.conversations.services.closing import close_conversation
from haoke.conversations.services.delivering import note_delivery
from haoke.conversations.services.identifying import identify, register_sender
from haoke.conversations.services.receiving import receive_mail
from haoke.conversations.services.reopening import reopen_conversation
from haoke.conversations.services.sending import send_automatic
from haoke.conversations.services.settling import send_again, settle_mail
from haoke.conversations.services.starting import start_conversation
from haoke.conversations.services.timing import correct_minutes
from haoke.conversations.services.writing import log_call, reply, write_note

__all__ = [
    "Upload",
    "assign",
    "change_state",
    "close_conversation",
    "correct_minutes",
    "identify",
    "log_call",
    "note_delivery",
    "receive_mail",
    "register_sender",
    "reopen_conversation",
    "reply",
    "send_again",
    "send_automatic",
    "set_category",
    "set_urgency",
    "settle_mail",
    "start_conversation",
    "write_note",
]
