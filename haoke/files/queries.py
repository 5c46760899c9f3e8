"""Reading stored files; who may read one is decided by the domain it hangs on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from haoke.files.errors import FileMissing
from haoke.files.models import StoredFile


def stored_files(file_ids: Iterable[int]) -> dict[int, StoredFile]:
    """The rows by id, in one query."""
    return StoredFile.objects.in_bulk(list(file_ids))


def path_of(sha256: str) -> Path:
    """Where bytes of this digest lie: under the data folder, never under a served one."""
    return Path(settings.DATA) / "files" / sha256[:2] / sha256[2:4] / sha256


def content_of(stored_file: StoredFile) -> bytes:
    """Raises FileMissing where the store lost the bytes."""
    try:
        return path_of(stored_file.sha256).read_bytes()
    except FileNotFoundError as error:
        raise FileMissing() from error
