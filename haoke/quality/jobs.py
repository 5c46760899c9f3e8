"""How quality reacts: closed, so ask; a low score, so call."""

from datetime import datetime

from haoke.core.actor import Actor
from haoke.core.queue import job
from haoke.quality import services
from haoke.timeline.reactions import Happened


def invite(happened: Happened) -> None:
    """A conversation was closed."""
    services.invite_once_settled(
        conversation_id=happened.payload["conversation_id"],
        closure_id=happened.payload["closure_id"],
        closed_at=happened.at,
        by=Actor.system(),
    )


@job("quality.invite_later")
def invite_later(*, conversation_id: int, closure_id: int, closed_at: str) -> None:
    """A closing of many at once can no longer be taken back; whatever was taken back is no longer closed."""
    services.invite(
        conversation_id=conversation_id,
        closure_id=closure_id,
        closed_at=datetime.fromisoformat(closed_at),
        by=Actor.system(),
    )


def note_delivery(happened: Happened) -> None:
    """A mail of a conversation left, or it did not arrive; what nobody can know waits for a person's word."""
    if happened.payload.get("outcome") != "uncertain":
        services.note_delivery(
            message_id=happened.payload["message_id"], was_sent=happened.kind == "automatic_mail.sent"
        )


def follow_up(happened: Happened) -> None:
    """A customer answered, or changed the answer."""
    services.follow_up(
        invitation_id=happened.payload["invitation_id"],
        score=happened.payload["score"],
        answered_at=happened.at,
    )
