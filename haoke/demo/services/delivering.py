"""Bringing the mails of the told history to the customers: every written step of sending, without the wire."""

from __future__ import annotations

from haoke.channels import queries as channels
from haoke.channels import services as mail
from haoke.core.actor import Actor
from haoke.demo.rules import answer_to
from haoke.demo.services.mailbox import keep_mail
from haoke.timeline.services import react_now


def deliver_queued() -> None:
    """Delivers or refuses every mail that waits, as the demo's customers' servers do; their jobs find nothing left."""
    waiting, _next_place = channels.outbound_page(Actor.system(), state="queued")
    for outbound in waiting:
        letter = mail.begin_delivery(outbound.pk)
        if letter is None:
            continue
        taken = tuple(each for each in letter.recipients if answer_to(each) is None)
        refusals = {each: _refusal(answer_to(each) or "") for each in letter.recipients if each not in taken}
        if taken:
            mail.claim_delivery(outbound.pk, taken, refusals)
            keep_mail(raw=letter.content, recipients=taken)
        words = next((each["text"] for each in refusals.values()), "")
        mail.finish_delivery(
            outbound.pk,
            mail.HandOver(taken=taken, refusals=refusals, cause="" if taken else "recipients", failure=words),
        )
    react_now()


def _refusal(answer: str) -> mail.Refused:
    code, _space, text = answer.partition(" ")
    return mail.Refused(code=int(code), text=text, is_final=code.startswith("5"))
