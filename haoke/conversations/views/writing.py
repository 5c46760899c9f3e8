"""What the composer shows: whom it goes to, what was begun, and where its helpers are found."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haoke.conversations import queries
from haoke.conversations.forms import AFTERWARDS
from haoke.conversations.models import Conversation, Draft
from haoke.conversations.queries import DraftPlace
from haoke.conversations.views.flow import shown_addresses
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.ui.formatting import format_bytes, format_time, zone_of
from haoke.customers import queries as customers
from haoke.policies import queries as policies

Typed = Mapping[str, Any]


def writing_context(
    found: Conversation, actor: Actor, typed: Typed, *, family: Sequence[int] | None = None
) -> dict[str, Any]:
    """For the composer of a conversation; `typed` is what a refused form brought back, empty on a fresh page.

    `family` are the ids that are read as one with it, where the caller knows them already.
    """
    place = DraftPlace.conversation(found.pk)
    draft = queries.draft_at(place, actor.staff_id)
    offered = queries.addressees(found, family)
    suggested = policies.as_of("minutes_suggested", at=clock.now())
    is_call = typed.get("kind") == "call"
    in_composer = {} if is_call else typed
    return {
        "writing": {
            **_composer(place, draft, in_composer, actor, suggested.reply),
            "mode": _mode(draft, in_composer),
            "addresses": _addresses(offered.to, offered.others, draft, in_composer, actor),
            "offers": {
                "canned": reverse("conversations:canned", args=[found.pk]),
                "insertion": reverse("conversations:canned_insertion", args=[found.pk]),
                "colleagues": reverse("conversations:colleagues", args=[found.pk]),
                "choices": _canned_choices(actor),
            },
            "state": in_composer.get("state", ""),
            "states": [("", _("Keep the state")), *(each for each in AFTERWARDS if each[0] != found.state)],
            "call": typed if is_call else {},
            "call_minutes": suggested.call,
            "call_submission": uuid.uuid4(),
        }
    }


def first_writing_context(customer_id: int, actor: Actor, typed: Typed) -> dict[str, Any]:
    """For the composer of a first mail to a customer."""
    place = DraftPlace.customer(customer_id)
    draft = queries.draft_at(place, actor.staff_id)
    return {
        "writing": {
            **_composer(place, draft, typed, actor, policies.as_of("minutes_suggested", at=clock.now()).reply),
            "subject": typed.get("subject", draft.subject if draft else ""),
            "addresses": _addresses(customers.mail_addresses(customer_id)[:1], [], draft, typed, actor),
            "offers": {
                "canned": reverse("conversations:first_canned", args=[customer_id]),
                "insertion": reverse("conversations:first_canned_insertion", args=[customer_id]),
                "choices": _canned_choices(actor),
            },
        }
    }


def draft_words(place: DraftPlace, draft: Draft | None, actor: Actor, *, other: str = "") -> dict[str, Any]:
    """How it stands with a draft, and where it is kept; `other` is a text that stands only in the stored one."""
    time = time_of(draft, actor) if draft else ""
    return {
        "url": reverse("conversations:draft", args=[place.of, place.id]),
        "files_url": reverse("conversations:draft_files", args=[place.of, place.id]),
        "discard_url": reverse("conversations:draft_removal", args=[place.of, place.id]),
        "seen_at": draft.saved_at.isoformat() if draft else "",
        "said": _("Draft from %(time)s") % {"time": time} if draft else "",
        "other": other,
        "other_said": _("Your draft from %(time)s says something else") % {"time": time},
        # Two windows wrote different things, and the author has to say which stays.
        "is_undecided": False,
    }


def shown_files(place: DraftPlace, draft: Draft | None) -> list[dict[str, Any]]:
    """The files kept with a draft, for the composer."""
    language = get_language() or ""
    return [
        {
            "id": each.pk,
            "name": each.name,
            "type": each.media_type,
            "size": format_bytes(each.size_bytes, language=language),
            "url": reverse("conversations:draft_file", args=[each.pk]),
            "remove_url": reverse("conversations:draft_file_removal", args=[place.of, place.id, each.pk]),
        }
        for each in queries.draft_files(draft)
    ]


def _composer(place: DraftPlace, draft: Draft | None, typed: Typed, actor: Actor, minutes: int) -> dict[str, Any]:
    text = typed.get("text", draft.text if draft else "")
    # What a refused form brings back is newer than the draft; where they differ both are shown.
    other = draft.text if draft and draft.text.split() != text.split() else ""
    return {
        "text": text,
        "minutes": typed.get("minutes") or minutes,
        "draft": draft_words(place, draft, actor, other=other) if actor.staff_id else None,
        "files": shown_files(place, draft),
        "is_typed": bool(typed),
        "submission": uuid.uuid4(),
    }


def _mode(draft: Draft | None, typed: Typed) -> str:
    kind = typed.get("kind", draft.kind if draft else "reply")
    return "note" if kind == "note" else "reply"


def _addresses(to: list[str], others: list[str], draft: Draft | None, typed: Typed, actor: Actor) -> dict[str, Any]:
    """Editable where the actor sees contact points; others read covered addresses, and may write to further ones."""
    offered = ", ".join(to) if actor.may("contact_points.see") else ""
    kept = {name: ", ".join(getattr(draft, name)) for name in ("recipients", "cc", "bcc")} if draft else {}
    return {
        "to": typed.get("recipients", kept.get("recipients") or offered),
        "to_offered": offered,
        "to_shown": ", ".join(shown_addresses(to, actor)) or _("no address known"),
        "cc": typed.get("cc", kept.get("cc", "")),
        "bcc": typed.get("bcc", kept.get("bcc", "")),
        "others": shown_addresses(others, actor),
        "is_to_all": bool(typed.get("to_all")) if typed else draft is not None and draft.is_to_all,
    }


def _canned_choices(actor: Actor) -> list[tuple[int, str]]:
    """For whoever has no scripts."""
    found = queries.canned_replies_for(actor, most=50)
    return [(each.pk, f"/{each.shortcut} · {each.title}") for each in found]


def time_of(draft: Draft, actor: Actor) -> str:
    """When it was saved, as people say it."""
    language = get_language() or ""
    return format_time(draft.saved_at, now=clock.now(), language=language, zone=zone_of(actor))
