"""Decides whose word it is that came: the archive behind an address, nobody's where several match, or a new one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from haoke.core.actor import Actor
from haoke.core.database import lock_name
from haoke.core.errors import Invalid
from haoke.core.text.direction import without_overrides
from haoke.customers import queries as customers
from haoke.customers import services as archive


@dataclass(frozen=True)
class Sender:
    """Who wrote: the archive where exactly one matches, and what the mail or form calls them."""

    customer_id: int | None
    name: str
    address: str

    @property
    def actor(self) -> Actor:
        """As whom the facts name them."""
        return Actor.customer(self.customer_id, self.name or self.address)


def sender_of(*, address: str, name: str, registers: bool, source: str, language: str = "", phone: str = "") -> Sender:
    """The customer behind the address: one match is the customer, several propose, none may register a new archive."""
    name = without_overrides(name).strip() or _name_in(address)
    if address:
        # Of two first words at the same moment, the second finds the archive that the first opens.
        lock_name(f"conversations.sender:{address.lower()}")
    matches = customers.matches_for_address("mail", address) if address else []
    if len(matches) == 1:
        known = customers.names(matches)[matches[0]]
        # An organisation writes through people, who keep their own names.
        return Sender(matches[0], known.name if known.kind == "person" else name or known.name, address)
    if matches or not address or not registers:
        return Sender(None, name, address)
    reached_by = [("mail", address, "")]
    registered = None
    if phone:
        registered = _registered(name, [*reached_by, ("phone", phone, "")], source, language)
    if registered is None:
        # A phone that no archive would take is still in the text.
        registered = _registered(name, reached_by, source, language)
    return Sender(*registered, address) if registered else Sender(None, name, address)


def _registered(
    name: str, contact_points: list[tuple[str, str, str]], source: str, language: str
) -> tuple[int, str] | None:
    """Id and name of the new archive; None where none was opened."""
    try:
        with transaction.atomic():
            customer = archive.register_customer(
                kind="person",
                name=name,
                contact_points=contact_points,
                source=source,
                language=language,
                by=Actor.system(),
            )
    except Invalid:
        # A name or address no archive would take must not hold up the word itself: a person decides whose it is.
        return None
    return customer.pk, customer.name


def _name_in(address: str) -> str:
    """What an address says of its owner's name; a mere number is their phone or account and stays covered as such."""
    local = address.partition("@")[0]
    is_name = any(letter.isalpha() for letter in local)
    return local if is_name or not local else customers.shown_contact(address, "mail", Actor.nobody())
