"""Reading mailboxes: which one an address means, and which addresses are our own."""

from __future__ import annotations

from collections.abc import Iterable

from haoke.channels.models import Channel
from haoke.channels.rules.mailboxes import mailbox_of
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.core.text.folding import fold


def channels(actor: Actor) -> list[Channel]:
    """The mailboxes within reach, active ones first, with their teams; one query."""
    return list(Channel.objects.visible_to(actor).select_related("team"))


def channel_by_id(channel_id: int, actor: Actor) -> Channel:
    """Raises NotFound, also where the mailbox is another team's."""
    found = Channel.objects.visible_to(actor).select_related("team").filter(pk=channel_id).first()
    if found is None:
        raise NotFound()
    return found


def channel_for_address(addresses: Iterable[str]) -> Channel | None:
    """The active mailbox that the first matching address means; support+anything@ means support@."""
    wanted = [mailbox_of(address) for address in addresses]
    # A mailbox may itself be written with a plus sign: its own spelling wins.
    exact = [address.strip().lower() for address in addresses]
    found = {each.address: each for each in Channel.objects.active().filter(address__in={*wanted, *exact})}
    matches = (found.get(each) or found.get(base) for each, base in zip(exact, wanted, strict=True))
    return next((each for each in matches if each is not None), None)


def accepts(address: str) -> bool:
    """Whether mail to this address is ours to take."""
    return channel_for_address([address]) is not None


def default_channel() -> Channel | None:
    """The mailbox that writes where no other is meant: the oldest active one."""
    return Channel.objects.active().order_by("pk").first()


def without_own(addresses: Iterable[str]) -> list[str]:
    """The addresses that are none of our mailboxes'; one query."""
    given = list(addresses)
    own = own_addresses() if given else frozenset()
    return [each for each in given if mailbox_of(each) not in own and each.strip().lower() not in own]


def own_addresses() -> frozenset[str]:
    """The addresses of all our mailboxes, also of those switched off."""
    return frozenset(Channel.objects.values_list("address", flat=True))


def channels_called(text: str) -> list[Channel]:
    """Mailboxes whose address or name is the text, else those whose address or name holds it."""
    wanted = fold(text).strip()
    named = [(each, (each.address, fold(each.name))) for each in Channel.objects.all()]
    exact = [each for each, names in named if wanted in names]
    return exact or [each for each, names in named if any(wanted and wanted in name for name in names)]
