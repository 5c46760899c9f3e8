"""Decides which submissions a person should look at first, and what an address or a site may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from haoke.web_forms import errors
from haoke.web_forms.choices import Cause, SubmissionState

# Nobody reads a form, fills it in and sends it faster than this; a page left open longer is asked to send once more.
FASTEST_SECONDS = 3
LONGEST_SECONDS = 24 * 3600
MOST_LINKS = 3
MOST_FILES = 5
FEWEST_TELLING_LETTERS = 20

_LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])")
_SITE = re.compile(r"https?://(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?")

# What a person may do with a submission, by where it stands.
RELEASABLE = frozenset({SubmissionState.QUARANTINED, SubmissionState.REJECTED})
REJECTABLE = frozenset({SubmissionState.QUARANTINED})
RUNNABLE = frozenset({SubmissionState.FAILED})


class Timing(Enum):
    """How long somebody had the form before them."""

    FAST = "fast"
    LATE = "late"
    FITTING = "fitting"


@dataclass(frozen=True, kw_only=True)
class Signs:
    """What is known about a submission when it arrives; `repeats` counts equal texts of the last day."""

    trap: str
    text: str
    short_texts: Sequence[str]
    repeats: int
    is_many_from_one: bool
    is_many_at_once: bool


def timing_of(seconds: float) -> Timing:
    """Fast and late are no crime: the page comes back with everything typed and asks to send once more."""
    if seconds < FASTEST_SECONDS:
        return Timing.FAST
    return Timing.LATE if seconds > LONGEST_SECONDS else Timing.FITTING


def causes_of(signs: Signs) -> list[Cause]:
    """Why a person should look first; none where it can be filed at once. Nothing is ever dropped."""
    links_in_names = any(_LINK.search(each) for each in signs.short_texts)
    found = {
        Cause.TRAP: bool(signs.trap.strip()),
        Cause.LINKS: links_in_names or len(_LINK.findall(signs.text)) > MOST_LINKS,
        Cause.REPEATED: signs.repeats > 0,
        Cause.MANY_FROM_ONE: signs.is_many_from_one,
        Cause.MANY_AT_ONCE: signs.is_many_at_once,
    }
    return [cause for cause, holds in found.items() if holds]


def comparable(text: str) -> str:
    """The text as equal texts are told: without spaces, case and digits, which robots vary; "" for a mere greeting.

    Two customers may both write "please call me back".
    """
    letters = "".join(sign for sign in text.casefold() if sign.isalpha())
    return letters if len(letters) >= FEWEST_TELLING_LETTERS else ""


def clean_key(text: str) -> str:
    """Raises KeyNotUsable."""
    key = text.strip().lower()
    if not _KEY.fullmatch(key):
        raise errors.KeyNotUsable(field="key")
    return key


def clean_sites(lines: str) -> list[str]:
    """The sites that may show the form inside their own pages, one a line, each once. Raises NotASite."""
    sites = [line.strip().rstrip("/").lower() for line in lines.splitlines() if line.strip()]
    for site in sites:
        if not _SITE.fullmatch(site) or len(site) > 200:
            raise errors.NotASite(field="sites", site=site[:80])
    return sorted(set(sites))
