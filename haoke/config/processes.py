"""Decides how a process of ours is started, dies with its parent, is restarted and is stopped."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
# A process that lived this long (seconds) starts again with the first pause.
STEADY_AFTER = 60.0

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Account:
    """An operating-system account a program runs under."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What to run, and how it wants to be ended."""

    name: str
    command: tuple[str, ...]
    environ: Mapping[str, str]
    account: Account | None = None
    folder: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    # What is sent when somebody asks to stop for a second time.
    hurry_signal: signal.Signals = signal.SIGKILL
    # What the kernel sends when the parent is gone, even by kill -9.
    death_signal: signal.Signals = signal.SIGTERM
    # Seconds between the request to stop and SIGKILL.
    patience: float = 10.0
    # Whether standard output is an answer to be read, not a log to be shown.
    answers: bool = False


@dataclass(slots=True)
class Child:
    """One program as it runs now, with its history of restarts."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restarts: int = 0
    retry_at: float | None = None
    pause: float = field(default=FIRST_PAUSE)

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process else None

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self, *, output: IO[bytes] | int = subprocess.PIPE) -> subprocess.Popen[bytes]:
        """Start the program. Call it from the main thread: the death signal follows the thread that forked."""
        account = self.program.account
        self.process = subprocess.Popen(
            self.program.command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE if self.program.answers else subprocess.STDOUT,
            env=dict(self.program.environ),
            cwd=self.program.folder,
            # A session of its own: Ctrl-C reaches the supervisor alone, which then stops everything in order.
            start_new_session=True,
            preexec_fn=_die_with_parent(self.program.death_signal, os.getpid()),
            **account_arguments(account),
        )
        self.started_at = time.time()
        self.retry_at = None
        return self.process

    def plan_restart(self) -> float:
        """Choose when to start again after a death: pauses double, and shrink again after a steady life."""
        if time.time() - self.started_at >= STEADY_AFTER:
            self.pause = FIRST_PAUSE
        pause, self.pause = self.pause, min(self.pause * 2, LONGEST_PAUSE)
        self.restarts += 1
        self.retry_at = time.monotonic() + pause
        return pause

    def stop(self) -> None:
        """Ask the process to end, wait as long as it was promised, then end it."""
        if self.process is None:
            return
        self.process.send_signal(self.program.stop_signal)
        try:
            self.process.wait(self.program.patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def account_arguments(account: Account | None) -> dict[str, Any]:
    """What `subprocess` needs to run something under this account; nothing for our own."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def adopt_orphans() -> None:
    """Become the parent of grandchildren whose parent dies, so that none stays behind as a zombie."""
    with contextlib.suppress(AttributeError):
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def bury_orphans(own: set[int]) -> None:
    """Collect adopted processes that ended; our `own` children are collected where they are watched."""
    with contextlib.suppress(ChildProcessError):
        while dead := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            if dead.si_pid in own:
                return
            os.waitpid(dead.si_pid, 0)


def _die_with_parent(death_signal: signal.Signals, parent: int) -> Callable[[], None]:
    def before_exec() -> None:
        if hasattr(_libc, "prctl"):
            _libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        # The parent may have died between fork and the line above: nobody would send the signal then.
        if os.getppid() != parent:
            os._exit(1)

    return before_exec
