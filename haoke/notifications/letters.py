"""Puts what a colleague is to be told into a letter: plain text and simple HTML, in their language, with links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haoke.accounts.queries import company_name
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.ui.formatting import format_time, zone_of
from haoke.notifications.queries import Line


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class _Item:
    """A line as a letter shows it; of a customer's words or data it holds no more than the fact's own sentence."""

    time: str
    sentence: str
    link: str


def letter_to(reader: Actor, lines: Sequence[Line], *, total: int) -> Letter:
    """The letter about these lines, the newest of `total` that wait."""
    language = reader.language or settings.LANGUAGE_CODE
    with translation.override(language):
        items = [_item(line, reader, language) for line in lines]
        words = {
            "language": language,
            "greeting": _("Hello %(name)s, this happened:") % {"name": reader.name},
            "items": items,
            "more": _more(total - len(items)),
            "list_link": _absolute("notifications:list"),
            "list_label": _("All notifications"),
            "choices_link": _absolute("notifications:choices"),
            "choices_label": _("Choose what you are told of"),
            "farewell": _(
                "Haoke wrote this mail by itself. Nobody reads an answer to it: please follow a link instead."
            ),
        }
        subject = ngettext("%(count)s notification", "%(count)s notifications", total) % {"count": total}
        template = cast(Jinja2, engines["pages"]).get_template("notifications/letter.html")
        return Letter(f"{subject} · {company_name()}", _text(words), str(template.render(words)))


def _item(line: Line, reader: Actor, language: str) -> _Item:
    times = f" (×{line.count})" if line.count > 1 else ""
    return _Item(
        time=format_time(line.at, now=clock.now(), language=language, zone=zone_of(reader)),
        sentence=line.sentence + times,
        link=_absolute("notifications:opening", line.id),
    )


def _text(words: dict) -> str:
    items = [f"{item.time}  {item.sentence}\n{item.link}" for item in words["items"]]
    ends = [f"{words['list_label']}: {words['list_link']}", f"{words['choices_label']}: {words['choices_link']}"]
    parts = [words["greeting"], *items, words["more"], "\n".join(ends), words["farewell"]]
    return "\n\n".join(part for part in parts if part) + "\n"


def _more(number: int) -> str:
    if number <= 0:
        return ""
    return ngettext("and %(count)s more", "and %(count)s more", number) % {"count": number}


def _absolute(name: str, *arguments: int) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=arguments)}"
