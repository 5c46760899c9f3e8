"""When a robot talks to us too much to be listened to any longer (HELPDESK 2.3)."""

from datetime import timedelta

LOOP_WINDOW = timedelta(hours=1)
# An absence notice comes once, a shop's robot a few times; two robots answering each other pass this within minutes.
MOST_AUTOMATIC = 20


def is_loop(automatic_mails_in_window: int) -> bool:
    """Whether one more automatic mail of this sender is ignored, visibly, instead of filed."""
    return automatic_mails_in_window >= MOST_AUTOMATIC
