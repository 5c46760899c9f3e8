"""Decides when two texts count as the same: width, case and the script of Chinese characters do not matter."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC


def fold(text: str) -> str:
    """The text in its one comparable form: normal width, lower case, simplified characters.

    Folding what is folded changes nothing, so stored and typed text may both be folded without care.
    """
    folded = _fold_once(text)
    while (again := _fold_once(folded)) != folded:
        # Simplifying may put characters side by side that are a phrase of their own; each round only shortens the way.
        folded = again
    return folded


def _fold_once(text: str) -> str:
    # Case folding can leave what NFKC composes, so that it stands on both sides (Unicode, toNFKC_Casefold).
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return plain if plain.isascii() else _simplifier().convert(plain)


@cache
def _simplifier() -> OpenCC:
    # The dictionary is read on first use: importing this module stays cheap.
    from opencc import OpenCC

    return OpenCC("t2s")
