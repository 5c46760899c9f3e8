"""Where somebody is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from haoke.accounts.models import SessionRecord
from haoke.accounts.rules import device_of
from haoke.core import clock
from haoke.core.sealing import fingerprint

_NAMED_FOR = "haoke.accounts.session"


@dataclass(frozen=True)
class OpenSession:
    """A living session; `name` stands for it in addresses, for its key is a secret."""

    name: str
    program: str
    system: str
    network: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


def session_name(session_key: str) -> str:
    """What a session is called where its key must not be seen."""
    return fingerprint(session_key, purpose=_NAMED_FOR)[:32]


def sessions_name(staff_id: int) -> str:
    """The name under which open pages hear that a session of somebody ended (core.live)."""
    return f"sessions-of:{staff_id}"


def open_sessions(staff_id: int, *, this: str | None = None) -> list[OpenSession]:
    """Where somebody is signed in, this session first, then the latest seen."""
    found = [_shown(each, this) for each in _living(staff_id).order_by("-seen_at")]
    return sorted(found, key=lambda each: not each.is_this)


def count_sessions(staff_id: int) -> int:
    return _living(staff_id).count()


def _living(staff_id: int) -> QuerySet[SessionRecord]:
    return SessionRecord.objects.filter(staff_id=staff_id, session__expire_date__gt=clock.now())


def _shown(record: SessionRecord, this: str | None) -> OpenSession:
    device = device_of(record.user_agent)
    return OpenSession(
        name=session_name(record.session_id),
        program=device.program,
        system=device.system,
        network=record.network,
        started_at=record.started_at,
        seen_at=record.seen_at,
        is_this=record.session_id == this,
    )
