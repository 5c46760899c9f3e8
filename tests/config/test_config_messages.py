"""Sentences reach the catalogues and come back translated (S0-67: two languages)."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from haoke.config import messages


def test_a_sentence_of_the_code_is_collected_translated_and_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "PACKAGE", package_with_one_page(tmp_path / "haoke"))
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "haoke" / "locale")
    catalogue = tmp_path / "haoke" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text('msgid "gone"\nmsgstr "没了"\n', encoding="utf-8")

    messages.update()
    collected = catalogue.read_text(encoding="utf-8")
    translated = collected.replace(
        'msgid "Reply to %(name)s"\nmsgstr ""', 'msgid "Reply to %(name)s"\nmsgstr "回复%(name)s"'
    )
    catalogue.write_text(translated, encoding="utf-8")
    messages.compile_all()

    assert 'msgid "Internal note"' in collected
    assert 'msgctxt "mail"\nmsgid "Open"' in collected
    assert "gone" not in collected
    assert "fuzzy" not in collected
    with catalogue.with_suffix(".mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("Reply to %(name)s") == "回复%(name)s"


def package_with_one_page(package: Path) -> Path:
    (package / "inbox" / "templates" / "inbox").mkdir(parents=True)
    (package / "inbox" / "templates" / "inbox" / "page.html").write_text("{% trans %}Internal note{% endtrans %}")
    (package / "inbox" / "choices.py").write_text('_("Reply to %(name)s")\npgettext_lazy("mail", "Open")\n')
    return package
