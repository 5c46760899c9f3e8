"""Gives every test run a PostgreSQL of its own before Django's settings are read, and takes it away afterwards.

Loaded early by `-p tests.database_plugin`. TEST_DATABASE_URL names another server to test on, such as Debian's 15.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from types import FrameType

import pytest

from haoke.config.checks import check_database
from haoke.config.lock import FolderLock
from haoke.config.postgres import EmbeddedPostgres
from haoke.config.refusals import CannotStart

MEMORY = Path("/dev/shm")
NEEDED_MEMORY = 1024**3
PREFIX = "haoke-test-"
# Seconds: younger folders may belong to a run that is just starting.
STALE_AFTER = 60

# Undone in reverse when the process ends, whether or not pytest came as far as its own farewell.
_leave = contextlib.ExitStack()
atexit.register(_leave.close)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """Runs before pytest-django reads the settings, whatever the order of plugins."""
    # A developer's own settings do not reach the tests.
    for name in [name for name in os.environ if name.startswith("HAOKE_") or name in ("PORT", "DATABASE_URL")]:
        del os.environ[name]
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        _lend_database()
    except CannotStart as refusal:
        raise pytest.UsageError(str(refusal)) from None
    return (yield)


def _lend_database() -> None:
    data = _fresh_folder()
    os.environ["DATA"] = str(data)
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        check_database(given)
        os.environ["DATABASE_URL"] = given
        return
    postgres = EmbeddedPostgres(data, is_durable=False)
    _leave.callback(postgres.stop)
    postgres.start()
    os.environ["DATABASE_URL"] = postgres.url


def _fresh_folder() -> Path:
    has_memory = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > NEEDED_MEMORY
    parent = MEMORY if has_memory else Path(tempfile.gettempdir())
    _sweep(parent)
    data = Path(tempfile.mkdtemp(dir=parent, prefix=PREFIX))
    _leave.callback(shutil.rmtree, data, ignore_errors=True)
    _leave.enter_context(FolderLock(data))
    return data


def _sweep(parent: Path) -> None:
    """Remove what runs killed by SIGKILL left behind."""
    for folder in parent.glob(f"{PREFIX}*"):
        lock = FolderLock(folder)
        is_ours = folder.stat().st_uid == os.geteuid()
        if is_ours and time.time() - folder.stat().st_mtime > STALE_AFTER and not lock.is_held():
            shutil.rmtree(folder, ignore_errors=True)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """SIGTERM ends the run as Ctrl-C does: with its clean-up."""
    raise KeyboardInterrupt
