"""Decides that one data folder has one running Haoke, however the last one ended."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from haoke.config.refusals import CannotStart


class FolderLock:
    """Held inside its `with` block; the kernel lets go even after kill -9."""

    def __init__(self, data: Path) -> None:
        self.path = data / "up.lock"
        self._file: IO[str] | None = None

    def __enter__(self) -> FolderLock:
        """Claim the folder.

        Raises: CannotStart when another Haoke runs on it.
        """
        file = self.path.open("a+", encoding="ascii")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            pid = file.read().strip() or "unknown"
            file.close()
            raise CannotStart(
                f"Haoke already runs on {self.path.parent} (process {pid}): stop it, or name another folder in DATA."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file
        return self

    def __exit__(self, *_error: object) -> None:
        if self._file:
            self._file.close()
            self._file = None

    def is_held(self) -> bool:
        """Whether some process holds the folder now."""
        try:
            with self.path.open("r", encoding="ascii") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except FileNotFoundError:
            return False
        return False
