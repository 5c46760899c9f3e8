"""What a tag may be called."""

from __future__ import annotations

from haoke.conversations.errors import TagUnfit

LONGEST_TAG = 60
MOST_TAGS = 30


def tag_name(typed: str) -> str:
    """The name as it is kept: on one line, without the quotation mark that filters (`tag:"…"`) put around it.

    Raises TagUnfit.
    """
    name = " ".join(typed.replace("\0", " ").replace('"', " ").split()).removeprefix("#").strip()
    if not name or len(name) > LONGEST_TAG:
        raise TagUnfit(field="tag", longest=LONGEST_TAG)
    return name
