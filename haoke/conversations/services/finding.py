"""Finding the conversation that a mail continues, wherever merges and splits have taken it since."""

from __future__ import annotations

from haoke.channels import services as mail
from haoke.conversations import rules
from haoke.conversations.models import Conversation, Message, Participant, Split
from haoke.conversations.queries import families, merged_roots


def conversation_for(received: mail.ReceivedMail, address: str) -> Conversation | None:
    """The conversation the mail from this address continues, locked; None for a new one."""
    known = _known_messages(received)
    signed_id = _home_of_our_mail(received)
    named = [*(each.conversation_id for each in known), signed_id, received.named_conversation_id]
    goes_on_in = merged_roots({each for each in named if each})
    clues = rules.Clues(
        signed_id=goes_on_in.get(signed_id or 0),
        moved_id=goes_on_in[known[0].conversation_id] if known and _was_split_off(known[0]) else None,
        referenced_ids=[goes_on_in[each.conversation_id] for each in known],
        token_id=goes_on_in.get(received.named_conversation_id or 0),
    )
    conversation_id = rules.conversation_of(clues, taking_part=_taking_part(address, set(goes_on_in.values())))
    return _locked_root(conversation_id) if conversation_id else None


def _known_messages(received: mail.ReceivedMail) -> list[Message]:
    """The messages the mail refers to, the nearest first."""
    found = Message.objects.filter(header_id__in=received.thread_ids).only("pk", "header_id", "conversation_id")
    by_header = {each.header_id: each for each in found.order_by("pk")}
    return [by_header[each] for each in received.thread_ids if each in by_header]


def _home_of_our_mail(received: mail.ReceivedMail) -> int | None:
    """Where the mail of ours that it answers stands now; our signature names the conversation it was written in."""
    if received.answered_outbound_id is None:
        return None
    home = Message.objects.filter(outbound_id=received.answered_outbound_id).values_list("conversation_id", flat=True)
    return home.first() or received.answered_conversation_id


def _was_split_off(message: Message) -> bool:
    return Split.objects.filter(conversation_id=message.conversation_id, message_ids__contains=[message.pk]).exists()


def _taking_part(address: str, root_ids: set[int]) -> frozenset[int]:
    """Those of the conversations in which, or in what was merged into them, the address takes part."""
    members = {member: root for root, family in families(root_ids).items() for member in family}
    known = Participant.objects.filter(address=address.lower(), conversation_id__in=members)
    return frozenset(members[each] for each in known.values_list("conversation_id", flat=True))


def _locked_root(conversation_id: int) -> Conversation | None:
    found = Conversation.objects.select_for_update().filter(pk=conversation_id).first()
    while found is not None and found.merged_into_id is not None:
        # Merged between the question and the lock.
        found = Conversation.objects.select_for_update().get(pk=found.merged_into_id)
    return found
