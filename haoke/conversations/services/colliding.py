"""Two people who answer the same customer: the second is told before the customer gets both answers."""

from __future__ import annotations

from haoke.conversations import errors
from haoke.conversations.choices import MessageKind
from haoke.conversations.models import Conversation, Message
from haoke.conversations.queries import family_ids
from haoke.core.actor import Actor
from haoke.timeline.choices import Direction


def check_nobody_answered(conversation: Conversation, seen_message_id: int | None, by: Actor) -> None:
    """Raises AnsweredMeanwhile where somebody else answered after the author's page was made.

    `seen_message_id` is the newest message on that page, None for whoever has none, such as a program. The page that
    comes back shows the answer and has seen it, so that sending once more is a decision. The caller holds the
    conversation locked: of two who send at the same moment, the second is stopped here.
    """
    if seen_message_id is None:
        return
    answers = Message.objects.filter(
        conversation_id__in=family_ids(conversation.pk),
        kind=MessageKind.MAIL,
        direction=Direction.OUT,
        is_automatic=False,
        recalled_at=None,
        pk__gt=seen_message_id,
    )
    newest = answers.exclude(author_kind=by.kind, author_id=by.id).order_by("-pk").first()
    if newest is not None:
        raise errors.AnsweredMeanwhile(by=newest.author_name)
