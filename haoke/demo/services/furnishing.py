"""Furnishing the office: skills, how customer care gives out work, words that save typing, views, the form, leave."""

from __future__ import annotations

from haoke.accounts import services as accounts
from haoke.channels import queries as channels
from haoke.conversations import queries as reading
from haoke.conversations import services as conversations
from haoke.conversations.choices import RoutingMethod
from haoke.conversations.services import CannedText
from haoke.core.actor import Actor
from haoke.demo.services.telling import Cast
from haoke.demo.story import office
from haoke.demo.story.moments import Present
from haoke.web_forms.services import create_form

# Open conversations that one colleague of customer care takes at most.
CAPACITY = 12


def create_skills() -> dict[str, int]:
    """The skills by the keys of the story, and which categories ask for one."""
    skills = {}
    for each in office.SKILLS:
        skills[each.key] = accounts.create_skill(name_zh=each.name_zh, name_en=each.name_en, by=Actor.system()).pk
        if each.category:
            conversations.set_category_skill(category=each.category, skill_id=skills[each.key], by=Actor.system())
    return skills


def furnish(cast: Cast, present: Present) -> None:
    """Lets each colleague set up what they need for their work."""
    conversations.change_routing(
        team_id=cast.team_ids["care"],
        version=0,
        method=RoutingMethod.ROUND_ROBIN,
        is_owner_first=True,
        matches_skill=True,
        matches_language=True,
        capacity=CAPACITY,
        by=cast.actors["zhao"],
    )
    _write_canned_replies(cast)
    for view in office.VIEWS:
        conversations.save_view(
            name=view.name, search=view.search, sort=view.sort, sharing=view.sharing, by=cast.actors[view.by]
        )
    _open_contact_form(cast)
    _enter_leave(cast, present)


def _write_canned_replies(cast: Cast) -> None:
    for canned in office.CANNED_REPLIES:
        written = CannedText(
            shortcut=canned.shortcut,
            title=canned.title,
            text_zh=canned.text_zh,
            text_en=canned.text_en,
            scope=canned.scope,
            team_id=cast.team_ids["care"] if canned.scope == "team" else None,
            category=canned.category,
        )
        conversations.create_canned_reply(written=written, by=cast.actors[canned.by])


def _open_contact_form(cast: Cast) -> None:
    channel = channels.default_channel()
    if channel is None:
        raise LookupError("Answers to the form need a mailbox to leave from.")
    create_form(
        **office.CONTACT_FORM,
        channel_id=channel.pk,
        team_id=cast.team_ids["care"],
        category_id=reading.category_by_code("enquiry").pk,
        by=cast.actors["zhou"],
    )


def _enter_leave(cast: Cast, present: Present) -> None:
    """Daniel is away in the coming week; Liu stands in for him."""
    starts_at, ends_at = present.coming_week
    accounts.enter_absence(
        staff_id=cast.staff_id("daniel"),
        starts_at=starts_at,
        ends_at=ends_at,
        substitute_id=cast.staff_id("liu"),
        note="年假 Annual leave",
        by=cast.actors["daniel"],
    )
