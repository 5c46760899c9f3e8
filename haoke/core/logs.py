"""Decides what the log says of a request or a job that failed: the kind of error and its place, never their words.

Addresses of pages name customers and carry the secrets of their links; the words of a database's error repeat its rows.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

import structlog

import haoke

log = structlog.get_logger("haoke.pages")

HOUSE = Path(haoke.__file__).parent
# Who in Django writes the address of a page, or an error as it is worded.
TALKATIVE = ("django.request", "django.security.csrf")


def keep_names_out() -> None:
    """Lets Django's own lines about requests through in our words alone."""
    for name in TALKATIVE:
        logging.getLogger(name).addFilter(names_nobody)


def names_nobody(line: logging.LogRecord) -> bool:
    """Never lets the line itself through; an error behind it is told by its kind and place, a refusal not at all."""
    error = line.exc_info[1] if line.exc_info else None
    # A request that cannot be read comes with an error too, but only warns.
    if error is not None and line.levelno >= logging.ERROR:
        match = getattr(getattr(line, "request", None), "resolver_match", None)
        log.error(
            "page_failed", page=match.view_name if match else "", error=type(error).__name__, place=place_of(error)
        )
    return False


def place_of(error: BaseException) -> str:
    """The innermost line of our own code that the error passed."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(HOUSE):
            return f"{Path(frame.filename).relative_to(HOUSE.parent)}:{frame.lineno}"
    return ""
