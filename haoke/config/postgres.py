"""Decides how our own PostgreSQL is made, started, entered and stopped."""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from haoke.config.checks import check_database
from haoke.config.postgres_place import Programs, database_folder, find_programs, server_account, socket_folder
from haoke.config.processes import Child, Program, account_arguments
from haoke.config.refusals import CannotStart

SUPERUSER = "keeper"
ROLE = DATABASE = "haoke"
# Seconds: recovery after a crash reads the write-ahead log and may take its time.
START_PATIENCE = 120.0
STOP_PATIENCE = 30.0
# Seconds until servers whose postmaster was killed are asked again, firmly, to go.
STRAY_PATIENCE = 5.0
POLL = 0.05


class EmbeddedPostgres:
    """A PostgreSQL server in DATA/postgres, entered through a Unix socket by our own account alone, without a password.

    `haoke up` runs `program` among its other processes; tests use `start` and `stop`.
    The caller keeps others away from the same DATA (see `haoke.config.lock`).
    """

    def __init__(self, data: Path, *, is_durable: bool = True) -> None:
        self.data = data
        # False only for throw-away test databases: nothing is flushed to the disk.
        self.is_durable = is_durable
        self.account = server_account()
        self.folder = database_folder(data, self.account)
        self.cluster = self.folder / "cluster"
        self.hosts, self.names = self.folder / "hosts.conf", self.folder / "names.conf"
        self.socket = socket_folder(self.folder, self.account)
        self._child: Child | None = None

    @property
    def url(self) -> str:
        """Where all our processes find the database; stable while DATA stays where it is."""
        return self._url(ROLE, DATABASE)

    def prepare(self) -> Program:
        """Make the cluster if there is none, and return the program to run.

        Raises: CannotStart when the machine lacks something, or another server still works on the cluster.
        """
        programs = find_programs(self.folder, self.account, self._major())
        if not self.cluster.exists():
            self._make_cluster(programs)
        self._write_entry_rules()
        self.clear_strays()
        return Program(
            name="database",
            command=(str(programs.folder / "postgres"), "-D", str(self.cluster), *self._options()),
            environ=_environ(),
            account=self.account,
            folder=self.folder,
            # SIGINT is PostgreSQL's fast shutdown: it disconnects everybody and ends cleanly, also if we are killed.
            stop_signal=signal.SIGINT,
            # The immediate shutdown: recovery is left to the next start, but shared memory is given back.
            hurry_signal=signal.SIGQUIT,
            death_signal=signal.SIGINT,
            patience=STOP_PATIENCE,
        )

    def is_ready(self, pid: int | None) -> bool:
        """Whether the server with this process id lets people in; false while it recovers.

        It says so itself in its lock file: knocking too early would fill the log with complaints.
        """
        try:
            lines = (self.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def furnish(self) -> None:
        """Make the application's role and database, once; prove that the server can search Chinese.

        Raises: CannotStart when it cannot.
        """
        with self._connect("postgres") as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                # Not a superuser; test databases need the right to create databases.
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(ROLE)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                create = sql.SQL("CREATE DATABASE {} OWNER {}")
                connection.execute(create.format(sql.Identifier(DATABASE), sql.Identifier(ROLE)))
        check_database(self.url)

    def clear_strays(self) -> None:
        """Wait until no server process of an earlier, killed run works in the cluster; then disown its lock files.

        Raises: CannotStart after two minutes of waiting.
        """
        started = time.monotonic()
        while strays := list(self._server_processes()):
            waited = time.monotonic() - started
            if waited > START_PATIENCE:
                raise CannotStart(
                    f"Another PostgreSQL (process {strays[0]}) still works in {self.cluster}: stop it first."
                )
            if waited > STRAY_PATIENCE:
                for pid in strays:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGQUIT)
            time.sleep(POLL)
        for lock in (self.cluster / "postmaster.pid", self.socket / ".s.PGSQL.5432.lock"):
            _disown(lock)

    def start(self) -> None:
        """Start the server for this process alone and wait until it answers. Its log goes to DATA/postgres/log.

        Raises: CannotStart with the server's last words.
        """
        self._child = Child(self.prepare())
        log = self.folder / "log"
        with log.open("wb") as output:
            process = self._child.start(output=output)
        patience = time.monotonic() + START_PATIENCE
        while not self.is_ready(process.pid):
            if process.poll() is not None or time.monotonic() > patience:
                self.stop()
                words = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
                raise CannotStart(f"The embedded PostgreSQL did not start: {' '.join(words)}")
            time.sleep(POLL)
        self.furnish()

    def stop(self) -> None:
        """Stop the server started by `start`; does nothing if there is none."""
        if self._child is not None:
            self._child.stop()
            self._child = None

    def _url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket), safe='')}"

    def _connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self._url(SUPERUSER, database), autocommit=True, connect_timeout=5)

    def _major(self) -> int | None:
        try:
            return int((self.cluster / "PG_VERSION").read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        except PermissionError:
            raise CannotStart(
                f"The database in {self.cluster} belongs to another account: start Haoke as the one that made it."
            ) from None

    def _make_cluster(self, programs: Programs) -> None:
        # In a folder of its own, then renamed: a half-made cluster is never taken for a whole one.
        fresh = Path(tempfile.mkdtemp(dir=self.folder, prefix="cluster.new-"))
        if self.account is not None:
            os.chown(fresh, self.account.uid, self.account.gid)
        flags = ["--encoding=UTF8", "--auth-local=peer", "--auth-host=reject", "--data-checksums"]
        if not self.is_durable:
            flags.append("--no-sync")
        made = subprocess.run(
            [str(programs.folder / "initdb"), "-D", str(fresh), "-U", SUPERUSER, *_locale(programs.major), *flags],
            capture_output=True,
            text=True,
            check=False,
            env=_environ(),
            cwd=self.folder,
            **account_arguments(self.account),
        )
        if made.returncode != 0:
            shutil.rmtree(fresh, ignore_errors=True)
            words = made.stderr.strip().splitlines() or ["initdb said nothing"]
            raise CannotStart(f"The database could not be made in {self.folder}: {words[-1]}")
        fresh.rename(self.cluster)

    def _write_entry_rules(self) -> None:
        """Only our own account comes in, as the keeper or as the application: no network door, no password."""
        us = getpass.getuser() if self.account is None else "root"
        # In our folder, not in the cluster, whose account could lead our pen elsewhere by a link.
        self.hosts.write_text("local all all peer map=haoke\n", encoding="ascii")
        self.names.write_text("".join(f'haoke "{us}" {role}\n' for role in (SUPERUSER, ROLE)), encoding="utf-8")

    def _options(self) -> Iterator[str]:
        settings = {
            "hba_file": str(self.hosts),
            "ident_file": str(self.names),
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
            "logging_collector": "off",
            "log_destination": "stderr",
            "log_line_prefix": "",
            "log_checkpoints": "off",
            # The rows and statements of an error are somebody's data: they stay out of the log.
            "log_error_verbosity": "terse",
            "log_min_error_statement": "panic",
            "timezone": "UTC",
        }
        if not self.is_durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        for name, value in settings.items():
            yield from ("-c", f"{name}={value}")

    def _server_processes(self) -> Iterator[int]:
        """Processes that work in the cluster: PostgreSQL's have it as their current folder. A zombie has none."""
        cluster = str(self.cluster.resolve())
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if os.readlink(entry / "cwd") == cluster and (entry / "comm").read_text().strip() == "postgres":
                    yield int(entry.name)


def _disown(lock: Path) -> None:
    """Put our own number into a dead server's lock file.

    The old number may belong to a zombie or a foreign process by now, which PostgreSQL takes for a running server.
    Its own parent it knows to be none; and the rest of the file leads it to the shared memory it has to clean up.
    """
    try:
        with os.fdopen(os.open(lock, os.O_RDWR | os.O_NOFOLLOW), "r+b") as file:
            _number, _end, rest = file.read().partition(b"\n")
            file.seek(0)
            file.write(str(os.getpid()).encode() + b"\n" + rest)
            file.truncate()
    except FileNotFoundError:
        pass


def _environ() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _locale(major: int) -> tuple[str, ...]:
    # With LC_CTYPE "C" trigrams of Chinese are silently empty. The builtin provider came with PostgreSQL 17.
    builtin = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8") if major >= 17 else ()
    return (*builtin, "--lc-collate=C", "--lc-ctype=C.UTF-8", "--lc-messages=C")
