"""Pure decisions about conversations."""

from haoke.conversations.rules.loops import LOOP_WINDOW, is_loop
from haoke.conversations.rules.minutes import suggested_minutes
from haoke.conversations.rules.states import check_transition, state_after_message, state_after_reply
from haoke.conversations.rules.threads import Clues, conversation_of

__all__ = [
    "LOOP_WINDOW",
    "Clues",
    "check_transition",
    "conversation_of",
    "is_loop",
    "state_after_message",
    "state_after_reply",
    "suggested_minutes",
]
