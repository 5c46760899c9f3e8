"""Decide which mailbox an address means, and what counts as a mail address where people type one."""

import re

_ADDRESS = re.compile(r"[^\s@<>()\[\]\",;:\\]{1,64}@(?:[^\s@<>()\[\]\",;:\\.]{1,63}\.)*[^\s@<>()\[\]\",;:\\.]{1,63}")


def mailbox_of(address: str) -> str:
    """The mailbox behind an address: lower case, without what follows a plus sign (support+k12@… is support@…)."""
    local, at, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0] or local}{at}{domain}"


def is_mail_address(text: str) -> bool:
    """Whether this is one plain mail address, in any script, without a name around it."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None
