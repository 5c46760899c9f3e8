"""Taking a reply back before it leaves: the words become a draft again, and all else is as it was."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haoke.channels import services as mail
from haoke.conversations import events
from haoke.conversations.models import Conversation, Message, ReplyBefore
from haoke.conversations.queries import DraftPlace, addressees, merged_root
from haoke.conversations.services.assigning import give_back_untouched
from haoke.conversations.services.drafting import Written, keep_as_draft
from haoke.conversations.services.loading import locked_of_message, save_changes
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.errors import Forbidden, NotFound
from haoke.ledger.services import correct_minutes


@transaction.atomic
def recall_reply(*, message_id: int, by: Actor) -> Message:
    """Takes back a reply of one's own that has not left; its words and files are the author's draft again.

    State and assignee go back too, unless somebody has changed the conversation since. Taken back twice is taken back.
    Raises Forbidden, NotFound, ReadOnly, channels.errors.MailHasLeft.
    """
    now = clock.now()
    by.require("conversations.answer")
    found = Message.objects.filter(pk=message_id, outbound__isnull=False, is_automatic=False).first()
    if found is None:
        raise NotFound()
    conversation = locked_of_message(found, by)
    message = Message.objects.select_for_update(of=("self",)).get(pk=message_id)
    if message.author_kind != "staff" or message.author_id != by.staff_id:
        # Nobody puts words back into another's mouth.
        raise Forbidden()
    if message.recalled_at is not None:
        return message
    mail.recall_mail(message.outbound_id or 0, by=by)
    message.recalled_at = now
    message.save(update_fields=["recalled_at"])
    keep_as_draft(
        DraftPlace.conversation(merged_root(conversation.pk)),
        by,
        written=_words_of(message, conversation),
        file_ids=list(message.attachments.order_by("pk").values_list("file_id", flat=True)),
    )
    entry_id = tell(conversation, events.ReplyRecalled, by=by, at=now, message_id=message.pk)
    _give_minutes_back(conversation, message, entry_id, by)
    _put_back(conversation, message, now, by)
    return message


def _words_of(message: Message, conversation: Conversation) -> Written:
    """What was typed: addresses that the house had filled in are left to the house again, and stay masked."""
    offered = addressees(conversation)
    others = set(offered.others)
    return Written(
        text=message.text,
        recipients=[] if message.recipients == offered.to else message.recipients,
        cc=[each for each in message.cc if each not in others],
        bcc=message.bcc,
        is_to_all=bool(others & set(message.cc)),
    )


def _give_minutes_back(conversation: Conversation, message: Message, entry_id: int, by: Actor) -> None:
    """They are counted when the words are sent after all."""
    correct_minutes(
        minutes=0,
        entry_id=entry_id,
        customer_id=conversation.customer_id,
        subject_kind="message",
        subject_id=message.pk,
        by=by,
    )


def _put_back(conversation: Conversation, message: Message, now: datetime, by: Actor) -> None:
    """Undoes what the reply changed beside sending, where nobody has decided anything since."""
    before = ReplyBefore.objects.filter(message=message, version_after=conversation.version).first()
    if before is None:
        save_changes(conversation, by=by)
        return
    old, conversation.state = conversation.state, before.state
    conversation.last_message_at = before.last_message_at
    save_changes(conversation, "state", "last_message_at", by=by)
    give_back_untouched(conversation, assignee_id=before.assignee_id, by=by, at=now)
    if conversation.state != old:
        tell(conversation, events.StateChanged, by=by, at=now, old=old, new=conversation.state)
