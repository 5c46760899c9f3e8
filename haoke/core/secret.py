"""Decides how a secret of this machine is made once and kept, whoever asks first."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The secret kept in this file; made on first use, readable by its owner alone.

    Several processes may ask at once: exactly one secret survives and all of them get it.
    Raises: OSError where the folder cannot be made, read or written.
    """
    try:
        return _read(path)
    except FileNotFoundError:
        # Open to the owner alone; `haoke up` widens it for the database account where it must.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes the file with mode 600 from its first moment.
    handle, candidate = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        # A link appears whole or not at all, and never replaces the one another process put there first.
        os.link(candidate, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(candidate)
    return _read(path)


def _read(path: Path) -> str:
    secret = path.read_text(encoding="utf-8").strip()
    if not secret:
        raise OSError(0, f"{path.name} is empty: delete it and start again")
    return secret
