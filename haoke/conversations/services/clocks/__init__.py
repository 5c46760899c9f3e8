"""Every change to the clocks of a conversation: they follow what happens in it, and ring at their time."""

from haoke.conversations.services.clocks.following import follow
from haoke.conversations.services.clocks.ringing import recompute_deadlines, ring

__all__ = ["follow", "recompute_deadlines", "ring"]
