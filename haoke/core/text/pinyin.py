"""Decides how a name is found and sorted by its pinyin, with surnames read as surnames."""

from __future__ import annotations

import re
from typing import NamedTuple

from haoke.core.text.folding import fold
from haoke.core.text.surnames import SURNAMES

LONGEST_SURNAME = 2
LONGEST_PERSON_NAME = 4
TONES = "12345"

_CHINESE = "\u3400-\u9fff\U00020000-\U0003ffff"
_CHINESE_NAME = re.compile(f"[{_CHINESE}]+")
_WORD = re.compile(f"[{_CHINESE}]+|[^\\W_{_CHINESE}]+")


class Sound(NamedTuple):
    """One Chinese syllable with its tone digit, or one word of another language without."""

    letters: str
    tone: str = ""

    @classmethod
    def parse(cls, syllable: str) -> Sound:
        letters = syllable.rstrip(TONES)
        return cls(letters, syllable[len(letters) :])


def full_pinyin(name: str, *, is_person: bool = True) -> str:
    """The name as one types it in full: 单雄信 → shanxiongxin, Ada Lovelace → adalovelace, 吕 → lv."""
    return "".join(sound.letters for sound in _sounds(name, is_person))


def initials(name: str, *, is_person: bool = True) -> str:
    """The first letter of every syllable or word: 欧阳修 → oyx, 上海Tencent → sht."""
    return "".join(sound.letters[0] for sound in _sounds(name, is_person))


def sort_key(name: str, *, is_person: bool = True) -> str:
    """A text that sorts names by syllable, then tone, then character, in a database that sorts by code point."""
    sounds = " ".join("".join(sound) for sound in _sounds(name, is_person))
    # Two spaces sort before any further syllable, so that 张三 comes before 张三丰.
    return f"{sounds}  {fold(name)}"


def _sounds(name: str, is_person: bool) -> list[Sound]:
    folded = fold(name).strip()
    surname = _surname(folded) if is_person else ""
    sounds = [Sound.parse(syllable) for syllable in SURNAMES.get(surname, "").split()]
    for word in _WORD.findall(folded[len(surname) :]):
        sounds.extend(_read(word))
    return sounds


def _surname(folded: str) -> str:
    """The surname at the beginning, where the table knows it and the whole looks like a person's name.

    解放军总医院 begins with no surname: longer names are those of organisations.
    """
    if len(folded) > LONGEST_PERSON_NAME or not _CHINESE_NAME.fullmatch(folded):
        return ""
    candidates = (folded[:length] for length in range(LONGEST_SURNAME, 0, -1))
    return next((candidate for candidate in candidates if candidate in SURNAMES), "")


def _read(word: str) -> list[Sound]:
    if not _CHINESE_NAME.fullmatch(word):
        return [Sound(word)]
    # The dictionary is loaded on first use: importing this module stays cheap.
    from pypinyin import Style, lazy_pinyin

    # Keyboards have v where pinyin has ü.
    syllables = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=False)
    return [Sound.parse(syllable) for syllable in syllables]
