"""The frame around every staff page: what the sidebar, the top bar and the self menu offer this actor."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from haoke.accounts import queries as accounts
from haoke.accounts.choices import PresenceState
from haoke.core.actor import Actor
from haoke.notifications import queries as notifications
from haoke.web.places import places_of
from haoke.worklist import queries as worklist


def frame(request: HttpRequest) -> dict[str, Any]:
    """The words of the frame; for visitors only whose house this is."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    house = accounts.installation()
    words: dict[str, Any] = {
        "company_name": house.company_name if house else "Haoke 好客",
        "language_url": reverse("accounts:language"),
        "theme_url": reverse("accounts:theme"),
        "messages": get_messages(request),
    }
    if not actor.is_signed_in or request.headers.get("HX-Request") == "true":
        return words
    to_do = worklist.count_open(actor)
    return words | {
        "navigation": _navigation(request, actor, to_do),
        "search_url": reverse("web:search"),
        "new_items": _new_items(actor),
        "self_menu": _self_menu(actor, is_demo=house is not None and house.is_demo),
        "sign_out_url": reverse("accounts:sign_out"),
        "worklist_url": reverse("web:today"),
        "worklist_count": to_do,
        **_bell(request, actor),
        "presence": _presence(actor),
    }


def _presence(actor: Actor) -> dict[str, Any] | None:
    """Whether one takes work, for whoever is given any; known with the actor, so it asks nothing of the database."""
    if actor.staff_id is None or not actor.may("conversations.answer"):
        return None
    icons = {PresenceState.AVAILABLE: "circle-check", PresenceState.BUSY: "circle-dot", PresenceState.AWAY: "moon"}
    return {
        "url": reverse("accounts:presence"),
        "sign_url": reverse("accounts:sign_of_life"),
        "state": actor.presence or PresenceState.AWAY,
        "choices": [(state.value, state.label, icon) for state, icon in icons.items()],
    }


def _bell(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """The bell; a page that shows a conversation says of itself that what it is about was seen."""
    if actor.staff_id is None:
        return {}
    count = notifications.unread_count(actor)
    shown = request.resolver_match
    is_news = shown is not None and shown.view_name == "conversations:conversation" and count > 0
    return {
        "notifications": {
            "url": reverse("notifications:list"),
            "bell_url": reverse("notifications:bell"),
            "count": count,
            "seen_url": reverse("notifications:seen", kwargs=shown.kwargs) if shown and is_news else None,
        }
    }


def _navigation(request: HttpRequest, actor: Actor, to_do: int) -> list[dict[str, Any]]:
    return [
        {
            "label": place.label(),
            "url": place.url,
            "icon": place.icon,
            "count": to_do if place.url_name == "web:today" and to_do else None,
            "is_current": request.path == place.url if place.url == "/" else request.path.startswith(place.url),
            "on_phone": place.is_on_phone,
        }
        for place in places_of(actor)
    ]


def _new_items(actor: Actor) -> list[dict[str, Any]]:
    if not actor.may("customers.create"):
        return []
    return [{"label": _("Register a customer"), "url": reverse("customers:new"), "icon": "user-plus"}]


def _self_menu(actor: Actor, *, is_demo: bool) -> list[dict[str, Any]]:
    items = [{"label": _("Play a customer"), "url": reverse("demo:mailbox"), "icon": "mail"}] if is_demo else []
    items += [
        {"label": _("My account"), "url": reverse("accounts:account"), "icon": "user"},
        {"label": _("What I am told of"), "url": reverse("notifications:choices"), "icon": "bell"},
    ]
    if actor.may("access.open"):
        items.append({"label": _("Open customer data"), "url": reverse("accounts:access"), "icon": "lock-open"})
    return items
