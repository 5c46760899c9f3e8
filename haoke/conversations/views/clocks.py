"""The clocks of a conversation in words, and the page that answers: why this deadline?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haoke.conversations import queries
from haoke.conversations.choices import ClockState
from haoke.conversations.models import Conversation
from haoke.conversations.queries import ClockView
from haoke.core.actor import Actor
from haoke.core.clock import now
from haoke.core.errors import NotFound
from haoke.core.ui import formatting, render
from haoke.core.ui.gate import Request, needs


@dataclass(frozen=True)
class SpokenClock:
    """A clock as `ui.clock_bar` shows it: `label` is short, for a list; `title` names the promise as well."""

    view: ClockView
    label: str
    exact: str

    @property
    def title(self) -> str:
        return f"{self.view.kind_label} · {self.label}"

    @property
    def used(self) -> float:
        return self.view.share

    @property
    def state(self) -> str:
        return self.view.bar_state


@require_safe
@needs("conversations.view")
def clock(request: Request, conversation_id: int, clock_id: int) -> HttpResponse:
    found = queries.explanation(clock_id, request.actor)
    if found.conversation.pk != conversation_id:
        raise NotFound()
    return render(request, "conversations/clock.html", {"why": found, "clock": spoken(found.clock, request.actor)})


def clock_words(conversation: Conversation, actor: Actor) -> dict[str, Any]:
    """What `_clocks.html` shows: the running clocks, those that ended, and why there are none."""
    clocks = [spoken(each, actor) for each in queries.clocks_of(conversation.pk)]
    is_promising = bool(clocks) or conversation.is_finished
    return {
        "clocks": [each for each in clocks if each.view.is_running],
        "ended_clocks": [each for each in clocks if not each.view.is_running],
        "no_clock": "" if is_promising else queries.why_no_clock(conversation),
    }


def spoken(view: ClockView, actor: Actor) -> SpokenClock:
    """A clock in the reader's language and zone."""
    language = get_language() or ""
    exact = ""
    if view.due_at is not None:
        due = formatting.exact_time(view.due_at, language=language, zone=formatting.zone_of(actor))
        exact = _("%(clock)s, due %(when)s") % {"clock": view.kind_label, "when": due}
    return SpokenClock(view, _label(view, actor, language), exact)


def _label(view: ClockView, actor: Actor, language: str) -> str:
    worked = partial(formatting.format_working_time, language=language)
    if not view.is_running:
        return _("%(outcome)s after %(duration)s") % {
            "outcome": view.state_label,
            "duration": worked(view.elapsed_seconds or 0),
        }
    if view.state == ClockState.OVERDUE:
        return _("overdue by %(duration)s") % {"duration": worked(-view.left_seconds)}
    if view.due_at is None:
        return _("stands still, %(duration)s left") % {"duration": worked(view.left_seconds)}
    due = formatting.format_time(view.due_at, now=now(), language=language, zone=formatting.zone_of(actor))
    return _("due %(when)s") % {"when": due}
