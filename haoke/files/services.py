"""Storing files: the bytes are safely on disk before the row that names them commits."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.db import transaction

from haoke.core import clock
from haoke.files import rules
from haoke.files.models import StoredFile
from haoke.files.queries import path_of


@transaction.atomic
def store_file(*, content: bytes, name: str) -> StoredFile:
    """Keeps a file and returns its row; equal bytes are kept once.

    A crash before the caller commits leaves at most bytes that no row names, never a row without bytes.
    """
    digest = hashlib.sha256(content).hexdigest()
    _write_once(path_of(digest), content)
    return StoredFile.objects.create(
        name=rules.safe_name(name),
        media_type=rules.detect_media_type(content, name),
        size_bytes=len(content),
        sha256=digest,
        stored_at=clock.now(),
    )


def _write_once(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    # A digest folder may be new as well, and its name stands in the folder above.
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
