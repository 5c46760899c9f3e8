"""Writing a letter to a colleague: everything that waits for them, queued and marked in one transaction."""

from __future__ import annotations

from django.db import transaction

from haoke.accounts import queries as accounts
from haoke.channels import queries as channels
from haoke.channels import services as mail
from haoke.channels.choices import Purpose
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.notifications.letters import letter_to
from haoke.notifications.models import Correspondence
from haoke.notifications.queries import lines_of, reader, undeliverable_since, waiting_rows, within_reach

MOST_LINES = 30


@transaction.atomic
def write_letter(*, staff_id: int) -> int | None:
    """Queues one mail with all that a colleague is to be written about; the mail's id, or None where none is due.

    However often it is asked for, and wherever it breaks off, each notification is mailed once: it is marked in the
    transaction that queues the mail. Nothing is sent to an address that sent our last mail back.
    """
    now = clock.now()
    correspondence, _is_new = Correspondence.objects.select_for_update().get_or_create(staff_id=staff_id)
    due = reader(staff_id)
    channel = channels.default_channel()
    if due is None or not due.is_due or channel is None or undeliverable_since(due.email):
        return None
    actor = accounts.actor_of_staff(staff_id)
    waiting = waiting_rows(now).filter(recipient_id=staff_id)
    ids = list(within_reach(waiting, actor).order_by("-at", "-pk").values_list("pk", flat=True))
    outbound_id = None
    if ids:
        lines = lines_of(list(waiting.filter(pk__in=ids[:MOST_LINES]).order_by("-at", "-pk")), actor)
        letter = letter_to(actor, lines, total=len(ids))
        outbound_id = mail.queue_mail(
            channel_id=channel.pk,
            conversation_id=None,
            recipients=[due.email],
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            is_automatic=True,
            purpose=Purpose.NOTIFICATION,
            by=Actor.system(),
        ).pk
    # What the reader may not see any more is not told, and does not wait for ever either.
    waiting.update(mailed_at=now)
    correspondence.written_at = now
    if due.is_digest:
        correspondence.digested_at = now
    correspondence.save(update_fields=["written_at", "digested_at"])
    return outbound_id
