"""Reading canned replies: who sees which, how they are found, and what they say to one customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation

from haoke.accounts import queries as accounts
from haoke.conversations import rules
from haoke.conversations.choices import CannedScope
from haoke.conversations.models import CannedReply, Conversation
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.core.text.folding import fold
from haoke.core.text.pinyin import full_pinyin, initials
from haoke.core.ui.formatting import letter_time
from haoke.customers import queries as customers
from haoke.customers.choices import Honorific

CHINESE, ENGLISH = "zh-hans", "en"
# By language, and there by the name of the blank.
CannedValues = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class ReadyReply:
    """A canned reply as it stands in a mail to one customer; `is_other_language` where theirs is not written."""

    id: int
    shortcut: str
    title: str
    text: str
    missing: tuple[str, ...]
    language: str
    is_other_language: bool


def visible_canned_replies(actor: Actor) -> QuerySet[CannedReply]:
    """One's own, one's teams' and everybody's; whoever sets teams up sees those of all teams."""
    seen = Q(scope=CannedScope.COMPANY) | Q(scope=CannedScope.PERSONAL, owner_id=actor.staff_id or 0)
    of_teams = Q(scope=CannedScope.TEAM)
    return CannedReply.objects.filter(
        seen | (of_teams if actor.may("staff.change") else of_teams & Q(team_id__in=actor.team_ids))
    )


def may_change_canned(reply: CannedReply, actor: Actor) -> bool:
    """One's own is one's own; what others use too needs the ability to share, and a team of one's own."""
    if reply.scope == CannedScope.PERSONAL:
        return reply.owner_id == actor.staff_id and actor.may("conversations.answer")
    is_own_team = reply.team_id in actor.team_ids or actor.may("staff.change")
    return actor.may("conversations.share") and (reply.scope == CannedScope.COMPANY or is_own_team)


def canned_reply(canned_reply_id: int, actor: Actor) -> CannedReply:
    """Raises NotFound."""
    found = visible_canned_replies(actor).select_related("team", "category").filter(pk=canned_reply_id).first()
    if found is None:
        raise NotFound()
    return found


def canned_replies(actor: Actor, *, text: str = "") -> list[CannedReply]:
    """Everything the actor sees, those in use first; one query."""
    found = visible_canned_replies(actor).select_related("team", "category").order_by("-is_active", "shortcut", "pk")
    return [each for each in found if _rank(each, fold(text.strip())) is not None]


def canned_replies_for(
    actor: Actor, *, text: str = "", category_id: int | None = None, most: int = 8
) -> list[CannedReply]:
    """What `/text` offers: by shortcut, title or its pinyin, the best match first, then what fits and is used most."""
    wanted = fold(text.strip())
    ranked = [(_rank(each, wanted), each) for each in visible_canned_replies(actor).filter(is_active=True)]
    matching = [(rank, each) for rank, each in ranked if rank is not None]
    matching.sort(
        key=lambda found: (found[0], found[1].category_id not in (None, category_id), -found[1].used_count, found[1].pk)
    )
    return [each for _rank_of_it, each in matching[:most]]


def ready_replies(replies: list[CannedReply], *, values: CannedValues, language: str) -> list[ReadyReply]:
    """The replies filled in the customer's language, or in the other one, saying so. `values` by language."""
    return [_ready(each, values, language) for each in replies]


def conversation_values(conversation: Conversation, actor: Actor) -> dict[str, dict[str, str]]:
    """What the blanks of a canned reply stand for in a conversation, by language."""
    team = accounts.team_names([conversation.team_id]).get(conversation.team_id or 0, "")
    about = {"reference": conversation.reference, "subject": conversation.subject, "team.name": team}
    return {
        language: {
            "customer.name": conversation.sender_name,
            **_customer_values(conversation.customer, language),
            **_house_values(actor),
            **about,
            "promised_time": _promised_time(conversation, language),
        }
        for language in (CHINESE, ENGLISH)
    }


def customer_values(customer_id: int, actor: Actor) -> dict[str, dict[str, str]]:
    """What the blanks stand for in a first mail to a customer, by language. Raises NotFound."""
    customer = customers.customer_by_id(customer_id, actor)
    team = accounts.team_names(actor.team_ids)
    own_team = next(iter(team.values())) if len(team) == 1 else ""
    return {
        language: {**_customer_values(customer, language), **_house_values(actor), "team.name": own_team}
        for language in (CHINESE, ENGLISH)
    }


def example_texts(actor: Actor, *, text_zh: str, text_en: str) -> list[tuple[str, str]]:
    """Both texts, each under the name of its language, as an invented customer would read them; empty ones left out."""
    values = _example_values(actor)
    texts = (("中文", text_zh, values[CHINESE]), ("English", text_en, values[ENGLISH]))
    return [(label, rules.fill_blanks(text, known).text) for label, text, known in texts if text.strip()]


def _example_values(actor: Actor) -> dict[str, dict[str, str]]:
    shared = {"customer.number": "K000128", "reference": "HK-1024", **_house_values(actor)}
    chinese = {
        "customer.name": "王小明",
        "customer.honorific": "先生",
        "team.name": "客户服务一组",
        "subject": "空调维修",
        "promised_time": "2026年11月24日 15:30",
    }
    english = {
        "customer.name": "Wang Xiaoming",
        "customer.honorific": "Mr",
        "team.name": "Customer care",
        "subject": "Air conditioner repair",
        "promised_time": "Nov 24, 2026 15:30",
    }
    return {CHINESE: shared | chinese, ENGLISH: shared | english}


def _rank(reply: CannedReply, wanted: str) -> int | None:
    """How well a reply fits what was typed after the slash, 0 best; None where it does not."""
    if not wanted:
        return 2
    shortcut, title = fold(reply.shortcut), fold(reply.title)
    if shortcut.startswith(wanted):
        return 0 if shortcut == wanted else 1
    sounds = (full_pinyin(reply.title, is_person=False), initials(reply.title, is_person=False))
    if title.startswith(wanted) or any(sound.startswith(wanted) for sound in sounds):
        return 2
    return 3 if any(wanted in each for each in (shortcut, title, *sounds)) else None


def _ready(reply: CannedReply, values: CannedValues, language: str) -> ReadyReply:
    texts = {CHINESE: reply.text_zh, ENGLISH: reply.text_en}
    other = ENGLISH if language == CHINESE else CHINESE
    used = language if texts[language] else other
    filled = rules.fill_blanks(texts[used], values[used])
    return ReadyReply(reply.pk, reply.shortcut, reply.title, filled.text, filled.missing, used, used != language)


def _customer_values(customer: Any, language: str) -> dict[str, str]:
    if customer is None:
        return {}
    with translation.override(language):
        honorific = str(Honorific(customer.honorific).label) if customer.honorific else ""
    return {"customer.name": customer.name, "customer.number": customer.number, "customer.honorific": honorific}


def _house_values(actor: Actor) -> dict[str, str]:
    return {"agent.name": actor.name, "company.name": accounts.company_name()}


def _promised_time(conversation: Conversation, language: str) -> str:
    """The next deadline, as one writes it in a letter; what is past is no promise."""
    if conversation.due_at is None or conversation.due_at <= clock.now():
        return ""
    return letter_time(conversation.due_at, language=language, zone=ZoneInfo(settings.TIME_ZONE))
