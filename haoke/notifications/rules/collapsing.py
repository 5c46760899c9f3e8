"""Decides when several things of one kind about one subject are one line."""

from datetime import timedelta

# Counted from the one before, while that is still unread: ten mails of an impatient customer are one line with a ten.
COLLAPSED_WITHIN = timedelta(hours=1)
