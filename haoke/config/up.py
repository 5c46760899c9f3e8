"""Decides how Haoke starts, stays up and stops as one tree: database, then web, worker and mail listener."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from types import FrameType
from typing import Any

from rich.console import Console

import haoke
from haoke.config.checks import check_data_folder, check_database, check_port
from haoke.config.lock import FolderLock
from haoke.config.panel import start_panel
from haoke.config.postgres import START_PATIENCE, EmbeddedPostgres
from haoke.config.processes import Program
from haoke.config.reach import web_trouble
from haoke.config.refusals import CannotStart
from haoke.config.report import write_report
from haoke.config.supervisor import Supervisor
from haoke.core.env import Env

HAOKE = (sys.executable, "-m", "haoke")
WEB_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `haoke prepare` found after migrating: is there demo data, and who may sign in to look at it."""

    is_demo: bool
    logins: list[dict[str, str]]


def run_up(env: Env, *, empty: bool, haoke_command: tuple[str, ...] = HAOKE) -> None:
    """Start everything, keep it running, and stop it in order on SIGINT or SIGTERM.

    `haoke_command` is how our own processes are called.
    Raises: CannotStart with one sentence when this machine or its database does not allow it.
    """
    check_data_folder(env.data)
    with FolderLock(env.data):
        check_port("PORT", env.host, env.port)
        check_port("HAOKE_SMTP_PORT", env.smtp_host, env.smtp_port)
        if env.database_url:
            check_database(env.database_url)
        Tree(env, Console(), haoke_command).live(empty=empty)


class Tree:
    """The process tree of one data folder."""

    def __init__(self, env: Env, console: Console, haoke_command: tuple[str, ...]) -> None:
        self.env = env
        self.haoke_command = haoke_command
        self.console = console
        self.supervisor = Supervisor(console, when_changed=self._report)
        self.database = None if env.database_url else EmbeddedPostgres(env.data)
        self._requests_to_stop = 0

    def live(self, *, empty: bool) -> None:
        """From the first process to the last."""
        signal.signal(signal.SIGINT, self._ask_to_stop)
        signal.signal(signal.SIGTERM, self._ask_to_stop)
        try:
            started_at = time.monotonic()
            self._start_database()
            prepared = self._prepare(empty=empty)
            for name in ("web", "worker", "smtp"):
                if not self.is_stopping():
                    self.supervisor.run(self._program(name))
            self._await_web()
            if not self.is_stopping():
                self.console.print(start_panel(self.env, prepared.logins, time.monotonic() - started_at))
            while not self.is_stopping():
                self.supervisor.turn()
        finally:
            self._stop()

    def is_stopping(self) -> bool:
        """Whether somebody asked us to stop."""
        return self._requests_to_stop > 0

    def _start_database(self) -> None:
        if self.database is None:
            return
        self.supervisor.say("database", "starting PostgreSQL")
        program = self.database.prepare()
        self.supervisor.before_restart["database"] = self.database.clear_strays
        self.supervisor.run(program)
        patience = time.monotonic() + START_PATIENCE
        child = self.supervisor.children["database"]
        while not self.is_stopping() and not self.database.is_ready(child.pid):
            self.supervisor.turn()
            if time.monotonic() > patience or child.restarts:
                raise CannotStart("The embedded PostgreSQL did not start: its last words stand above.")
        if not self.is_stopping():
            self.database.furnish()

    def _prepare(self, *, empty: bool) -> Prepared:
        """Migrate and fill the database in a process of its own, so that the supervisor stays small."""
        if self.is_stopping():
            return Prepared(False, [])
        self.supervisor.say("prepare", "bringing the database up to date")
        code, answer = self.supervisor.ask(
            self._program("prepare", *(["--empty"] if empty else []), answers=True), unless=self.is_stopping
        )
        if self.is_stopping():
            return Prepared(False, [])
        if code != 0:
            raise CannotStart("The database could not be brought up to date: the reason stands above.")
        found: dict[str, Any] = json.loads(answer.splitlines()[-1])
        if found["is_demo"]:
            # Only the demo's playing customer listens there.
            check_port("HAOKE_DEMO_SMTP_PORT", self.env.smtp_host, self.env.demo_smtp_port)
        return Prepared(found["is_demo"], found["logins"])

    def _await_web(self) -> None:
        """Wait until pages are served, so that the address we print works when it is read."""
        patience = time.monotonic() + WEB_PATIENCE
        while not self.is_stopping() and time.monotonic() < patience:
            self.supervisor.turn()
            if web_trouble(self.env.host, self.env.port, address=self.env.base_url) is None:
                return

    def _program(self, name: str, *arguments: str, answers: bool = False) -> Program:
        return Program(
            name=name,
            command=(*self.haoke_command, name, *arguments),
            environ=self._environ(),
            # A worker waits for ever for a database that went before it: if we die, it must not ask anybody.
            death_signal=signal.SIGKILL if name == "worker" else signal.SIGTERM,
            patience=15.0 if name == "worker" else 10.0,
            answers=answers,
        )

    def _environ(self) -> dict[str, str]:
        url = self.database.url if self.database else self.env.database_url
        return os.environ | {"DATA": str(self.env.data), "DATABASE_URL": url or "", "PYTHONUNBUFFERED": "1"}

    def _stop(self) -> None:
        """The order matters: nobody may come in, then running jobs end, and the database goes last."""
        self.supervisor.say("haoke", "stopping")
        self.supervisor.stop("web", "smtp")
        self.supervisor.stop("worker")
        self.supervisor.stop("database")
        (self.env.data / "up.json").unlink(missing_ok=True)

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        # A signal handler may interrupt anything, printing too: it only leaves word.
        self._requests_to_stop += 1
        self.supervisor.is_hurried = self._requests_to_stop > 1

    def _report(self) -> None:
        write_report(
            self.env.data,
            {
                "version": haoke.__version__,
                "pid": os.getpid(),
                "web": {"host": self.env.host, "port": self.env.port, "url": self.env.base_url},
                "smtp": {"host": self.env.smtp_host, "port": self.env.smtp_port},
                # The address of a foreign database may hold a password: it stays in the environment.
                "database": {"embedded": self.database is not None, "url": self.database and self.database.url},
                "processes": [
                    {
                        "name": name,
                        "pid": child.pid,
                        "state": "running" if child.is_running else "waiting to restart",
                        "started_at": child.started_at,
                        "restarts": child.restarts,
                    }
                    for name, child in self.supervisor.children.items()
                ],
            },
        )
