"""Every string exists in 简体中文 and English, and every fact has its sentence in both."""

from __future__ import annotations

from pathlib import Path

from babel.messages.pofile import read_po

import haoke
from haoke.config.messages import collect
from haoke.timeline.facts import REGISTRY

CATALOGUE = Path(haoke.__file__).parent / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def test_no_string_lacks_its_chinese() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans")
    missing = [message.id for message in catalogue if message.id and not all(_texts(message.string))]
    fuzzy = [message.id for message in catalogue if message.id and message.fuzzy]
    assert missing == []
    assert fuzzy == []


def test_the_chinese_keeps_every_placeholder() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans")
    broken = [message.id for message in catalogue if message.id and list(message.check(catalogue))]
    assert broken == []


def test_the_catalogue_knows_every_string_of_the_code() -> None:
    """A string added to the code and not to the catalogue would be shown in English to Chinese readers."""
    with CATALOGUE.open("rb") as file:
        known = {message.id for message in read_po(file, locale="zh_Hans")}
    assert [message.id for message in collect() if message.id not in known] == []


def test_every_fact_says_what_happened() -> None:
    silent = [kind for kind, fact in REGISTRY.items() if not str(fact.sentence)]
    assert silent == []


def _texts(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)
