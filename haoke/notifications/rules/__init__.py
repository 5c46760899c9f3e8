"""Pure decisions about notifications: what people are told unless they say otherwise, and when a letter is due."""

from haoke.notifications.rules.collapsing import COLLAPSED_WITHIN
from haoke.notifications.rules.letters import Circumstances, Waiting, is_digest_due, is_letter_due
from haoke.notifications.rules.wishes import DEFAULTS, GROUPS, Wish

__all__ = [
    "COLLAPSED_WITHIN",
    "DEFAULTS",
    "GROUPS",
    "Circumstances",
    "Waiting",
    "Wish",
    "is_digest_due",
    "is_letter_due",
]
