"""How much of the addresses in mails somebody is shown: as much as of any other contact point."""

from __future__ import annotations

import re
from collections.abc import Callable

from haoke.channels.queries.mailboxes import own_addresses
from haoke.channels.rules.mailboxes import mailbox_of
from haoke.core.actor import Actor
from haoke.customers.queries import shown_contact

_ADDRESS = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@[^\s@<>\"(),:;\[\]\\]+")


def addresses_shown_to(actor: Actor) -> Callable[[str], str]:
    """Masks the addresses in a text, except our own mailboxes; who sees contact points reads it as it is."""
    if actor.may("contact_points.see"):
        return str
    own = own_addresses()

    def shown(found: re.Match[str]) -> str:
        return found[0] if mailbox_of(found[0]) in own else shown_contact(found[0], "mail", actor)

    return lambda text: _ADDRESS.sub(shown, text)
