"""Decides how the machine says that it cannot do what was asked: one sentence, without a traceback."""

from __future__ import annotations


class CannotStart(Exception):
    """Haoke cannot start or answer as things are; the message is one sentence with its way out."""
