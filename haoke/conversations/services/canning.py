"""Canned replies: written once, used often; one's own by anybody who answers, shared ones by whoever may share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from haoke.conversations import errors, events, rules
from haoke.conversations.choices import CannedScope
from haoke.conversations.models import CannedReply
from haoke.conversations.queries import category_by_code, may_change_canned, visible_canned_replies
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import Forbidden, NotFound
from haoke.core.text.folding import fold
from haoke.timeline.services import record

_SHORTCUT = re.compile(r"[\w-]{1,40}")


@dataclass(frozen=True, kw_only=True)
class CannedText:
    """A canned reply as its author wants it; `category` is a code, empty for every category."""

    shortcut: str
    title: str
    text_zh: str = ""
    text_en: str = ""
    scope: str = CannedScope.PERSONAL
    team_id: int | None = None
    category: str = ""


@transaction.atomic
def create_canned_reply(*, written: CannedText, by: Actor) -> CannedReply:
    """Writes a canned reply for oneself, a team or everybody.

    Raises Forbidden, NotFound, TeamNeeded, ShortcutUnfit, ShortcutTaken, CannedReplyEmpty, UnknownBlanks.
    """
    now = clock.now()
    reply = CannedReply(created_at=now)
    _write(reply, written, at=now, by=by)
    reply.save(force_insert=True)
    _tell(events.CannedReplyCreated, reply, by)
    return reply


@transaction.atomic
def change_canned_reply(*, canned_reply_id: int, written: CannedText, version: int, by: Actor) -> CannedReply:
    """Changes a canned reply, perhaps for whom it is.

    Raises Forbidden, NotFound, CannedReplyChanged, TeamNeeded, ShortcutUnfit, ShortcutTaken, CannedReplyEmpty,
    UnknownBlanks.
    """
    now = clock.now()
    reply = _locked(canned_reply_id, by)
    if reply.version != version:
        raise errors.CannedReplyChanged(by=reply.changed_by_name)
    _write(reply, written, at=now, by=by)
    reply.version += 1
    reply.save()
    _tell(events.CannedReplyChanged, reply, by)
    return reply


@transaction.atomic
def retire_canned_reply(*, canned_reply_id: int, by: Actor) -> CannedReply:
    """Takes it out of use; it is still there to be put back. Raises Forbidden, NotFound."""
    return _set_active(canned_reply_id, False, by)


@transaction.atomic
def revive_canned_reply(*, canned_reply_id: int, by: Actor) -> CannedReply:
    """Puts it back in use. Raises Forbidden, NotFound."""
    return _set_active(canned_reply_id, True, by)


def note_used(canned_reply_ids: Sequence[int], by: Actor) -> None:
    """Counts each once for a message that was written with it."""
    if canned_reply_ids:
        used = visible_canned_replies(by).filter(pk__in=set(canned_reply_ids))
        used.update(used_count=F("used_count") + 1, used_at=clock.now())


def _locked(canned_reply_id: int, by: Actor) -> CannedReply:
    found = visible_canned_replies(by).select_for_update(of=("self",)).filter(pk=canned_reply_id).first()
    if found is None:
        raise NotFound()
    if not may_change_canned(found, by):
        raise Forbidden(ability="conversations.share")
    return found


def _write(reply: CannedReply, written: CannedText, *, at: datetime, by: Actor) -> None:
    """Puts the words into the row, once they and whom they are for are in order."""
    reply.scope = CannedScope(written.scope)
    reply.team_id = written.team_id if reply.scope == CannedScope.TEAM else None
    reply.owner_id = by.staff_id if reply.scope == CannedScope.PERSONAL else None
    if reply.scope == CannedScope.TEAM and reply.team_id is None:
        raise errors.TeamNeeded(field="team")
    if not may_change_canned(reply, by):
        raise Forbidden(ability="conversations.share")
    reply.shortcut = fold(written.shortcut.strip().lstrip("/"))
    if not _SHORTCUT.fullmatch(reply.shortcut):
        raise errors.ShortcutUnfit(field="shortcut")
    reply.title = " ".join(written.title.split())[:100]
    reply.text_zh, reply.text_en = (_checked(field, getattr(written, field)) for field in ("text_zh", "text_en"))
    if not (reply.text_zh or reply.text_en):
        raise errors.CannedReplyEmpty(field="text_zh")
    reply.category = category_by_code(written.category) if written.category else None
    reply.changed_at, reply.changed_by_name = at, by.name[:200]
    _check_shortcut_free(reply)


def _checked(field: str, text: str) -> str:
    try:
        rules.check_blanks(text)
    except errors.UnknownBlanks as refusal:
        raise errors.UnknownBlanks(field=field, **refusal.details) from refusal
    return text.replace("\0", "").strip()


def _check_shortcut_free(reply: CannedReply) -> None:
    """A shortcut means one thing among the same people; one's own may stand in for the team's. Raises ShortcutTaken."""
    whose = {"owner": reply.owner_id, "team": reply.team_id}
    rivals = CannedReply.objects.filter(scope=reply.scope, shortcut=reply.shortcut, **whose)
    if rivals.exclude(pk=reply.pk).exists():
        raise errors.ShortcutTaken(field="shortcut")


def _set_active(canned_reply_id: int, is_active: bool, by: Actor) -> CannedReply:
    reply = _locked(canned_reply_id, by)
    if reply.is_active != is_active:
        reply.is_active, reply.changed_at, reply.changed_by_name = is_active, clock.now(), by.name[:200]
        reply.version += 1
        reply.save(update_fields=["is_active", "changed_at", "changed_by_name", "version"])
        _tell(events.CannedReplyRevived if is_active else events.CannedReplyRetired, reply, by)
    return reply


def _tell(happened: type[events.CannedReplyFact], reply: CannedReply, by: Actor) -> None:
    record(happened(canned_reply_id=reply.pk, shortcut=reply.shortcut, scope=reply.scope), by=by, at=reply.changed_at)
