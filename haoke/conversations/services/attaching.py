"""Attachments: what came with a mail, and what we send along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from haoke.channels import queries as channels
from haoke.channels.queries import ParsedMail
from haoke.conversations.models import Attachment, Message
from haoke.conversations.queries import picture_addresses
from haoke.core import clock
from haoke.files.errors import FileTooLarge
from haoke.files.queries import StoredFile
from haoke.files.services import store_file
from haoke.policies import queries as policies


@dataclass(frozen=True)
class Upload:
    """A file somebody attached to what they wrote."""

    name: str
    content: bytes


def attach_received(message: Message, parsed: ParsedMail) -> list[Attachment]:
    """Stores every part that is a file, then the HTML with its own pictures in place and all others blocked."""
    attachments = [
        Attachment.objects.create(
            message=message,
            file=store_file(content=part.content, name=part.name),
            content_id=part.content_id[:300],
            is_inline=part.is_inline,
        )
        for part in parsed.attachments
    ]
    if message.html:
        shown = channels.safe_html(message.html, image_url=picture_addresses(attachments).get)
        message.safe_html, message.safe_quoted_html = shown.visible, shown.quoted
        message.blocked_images = shown.blocked_images
        message.save(update_fields=["safe_html", "safe_quoted_html", "blocked_images"])
    return attachments


def attach_uploads(message: Message, uploads: Iterable[Upload], *, kept_ids: Sequence[int] = ()) -> list[int]:
    """Attaches what was kept with the draft, then what comes only now; returns the file ids. Raises FileTooLarge."""
    file_ids = [*kept_ids, *(store_upload(upload).pk for upload in uploads)]
    Attachment.objects.bulk_create([Attachment(message=message, file_id=file_id) for file_id in file_ids])
    return file_ids


def store_upload(upload: Upload) -> StoredFile:
    """Keeps a file somebody attached; its type is read from its content. Raises FileTooLarge."""
    limit = policies.as_of("attachment_limit", at=clock.now()).bytes
    if len(upload.content) > limit:
        raise FileTooLarge(field="attachments", name=upload.name, limit=f"{limit // 1_000_000} MB")
    return store_file(content=upload.content, name=upload.name)
