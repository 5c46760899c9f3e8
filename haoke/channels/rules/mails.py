"""Say what a mail is to us once it has been read: plain values, nothing of MIME left."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """A name and a mail address; the address is empty where a sender wrote a name only."""

    name: str
    address: str

    @property
    def local_part(self) -> str:
        return self.address.rpartition("@")[0].lower() or self.address.lower()

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2].lower() if "@" in self.address else ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a mail, under a name that is safe to show and to store."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    content_id: str = ""
    is_inline: bool = False


@dataclass(frozen=True, slots=True)
class Headers:
    """The decoded header fields in their order; names are lower case."""

    fields: tuple[tuple[str, str], ...] = ()

    def first(self, name: str) -> str:
        return next(self.every(name), "")

    def every(self, name: str) -> Iterator[str]:
        return (value for field_name, value in self.fields if field_name == name)

    def __contains__(self, name: object) -> bool:
        return any(field_name == name for field_name, _ in self.fields)


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A mail as people see it, with `defects` naming what had to be repaired on the way."""

    sender: Address | None = None
    reply_to: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    sent_at: datetime | None = None
    text: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    media_type: str = "text/plain"
    report_type: str = ""
    headers: Headers = Headers()
    defects: tuple[str, ...] = ()
