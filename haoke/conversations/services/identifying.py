"""Putting a conversation on the right archive, known or newly registered (S0-69)."""

from __future__ import annotations

from django.db import transaction

from haoke.conversations import errors, events
from haoke.conversations.models import Conversation, Identification
from haoke.conversations.services.loading import decided, locked_conversation, save_changes
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.customers import queries as customers
from haoke.customers import services as archive


@transaction.atomic
def identify(*, conversation_id: int, customer_id: int, version: int | None = None, by: Actor) -> Conversation:
    """Raises Forbidden, NotFound (also for a customer out of reach), ReadOnly, VersionConflict."""
    now = clock.now()
    by.require("conversations.answer")
    conversation = locked_conversation(conversation_id, by, version=version)
    customer = customers.customer_by_id(customer_id, by)
    if conversation.customer_id == customer.pk:
        return conversation
    conversation.customer_id = customer.pk
    save_changes(conversation, "customer", by=by)
    Identification.objects.create(conversation=conversation, at=now, customer_id=customer.pk, **decided(by))
    tell(conversation, events.CustomerIdentified, by=by, at=now)
    return conversation


@transaction.atomic
def register_sender(*, conversation_id: int, by: Actor) -> Conversation:
    """Opens an archive for whoever wrote and puts the conversation on it, unless it stands on one already.

    Raises Forbidden, NotFound, ReadOnly, NoAddress.
    """
    by.require("customers.create")
    conversation = locked_conversation(conversation_id, by)
    if conversation.customer_id is not None:
        # Pressed twice, or by two colleagues: one person gets one archive.
        return conversation
    if not conversation.sender_address:
        raise errors.NoAddress()
    customer = archive.register_customer(
        kind="person",
        name=conversation.sender_name or conversation.sender_address,
        contact_points=[("mail", conversation.sender_address, "")],
        by=by,
    )
    return identify(conversation_id=conversation_id, customer_id=customer.pk, by=by)
