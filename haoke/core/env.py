"""Decides what Haoke reads from its environment: one typed value, or every mistake at once."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from haoke.core.secret import kept_secret

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
SHORTEST_SECRET = 32
EVERYWHERE = ("0.0.0.0", "::")
HOST_NAME = re.compile(r"\A[A-Za-z0-9._:-]+\Z")
ALLOWED_HOST = re.compile(r"\A(\*|\.?[A-Za-z0-9_-][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])\Z")


class BadEnvironment(Exception):
    """The environment cannot be used; `mistakes` holds one plain sentence for each variable to mend."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Env:
    """Everything the machine decides; what a manager decides is a policy instead."""

    host: str
    port: int
    base_url: str
    allowed_hosts: tuple[str, ...]
    data: Path
    # None means: our own embedded PostgreSQL, started by `haoke up`.
    database_url: str | None
    smtp_host: str
    smtp_port: int
    demo_smtp_port: int
    given_secret: str | None
    log_level: str
    time_zone: str

    @property
    def secret_key(self) -> str:
        """The key of all signatures: the given one, else one made once and kept in the data folder."""
        return self.given_secret or kept_secret(self.data / "secret.key")

    @property
    def is_https(self) -> bool:
        """Whether people reach us by HTTPS, so that cookies may be marked secure."""
        return self.base_url.startswith("https://")


def load_env(environ: Mapping[str, str]) -> Env:
    """Read and check all variables; an empty variable counts as absent.

    Raises: BadEnvironment naming every mistake, each with its way out.
    """
    read = _Reader(environ)
    host = read.host("HAOKE_HOST", "127.0.0.1")
    port = read.port("PORT", 8000)
    smtp_port = read.port("HAOKE_SMTP_PORT", 2525)
    demo_smtp_port = read.port("HAOKE_DEMO_SMTP_PORT", 2526)
    read.refuse_shared_ports({"PORT": port, "HAOKE_SMTP_PORT": smtp_port, "HAOKE_DEMO_SMTP_PORT": demo_smtp_port})
    base_url = read.base_url("HAOKE_BASE_URL", _own_address(host, port))
    data = read.folder("DATA", "var")
    env = Env(
        host=host,
        port=port,
        base_url=base_url,
        allowed_hosts=read.allowed_hosts("HAOKE_ALLOWED_HOSTS", _default_hosts(base_url)),
        data=data,
        database_url=read.database_url("DATABASE_URL"),
        smtp_host=read.host("HAOKE_SMTP_HOST", "127.0.0.1"),
        smtp_port=smtp_port,
        demo_smtp_port=demo_smtp_port,
        given_secret=read.secret("HAOKE_SECRET_KEY"),
        log_level=read.choice("HAOKE_LOG_LEVEL", "INFO", LOG_LEVELS),
        time_zone=read.time_zone("HAOKE_TIME_ZONE", "Asia/Shanghai"),
    )
    if read.mistakes:
        raise BadEnvironment(read.mistakes)
    return env


class _Reader:
    """Reads one variable after the other and collects the mistakes instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.mistakes: list[str] = []

    def text(self, name: str, default: str) -> str:
        return self.environ.get(name, "").strip() or default

    def port(self, name: str, default: int) -> int:
        text = self.text(name, str(default))
        if text.isascii() and text.isdecimal() and len(text) <= 5 and 1 <= int(text) <= 65535:
            return int(text)
        self.mistakes.append(f"{name} is {text!r}, but a port is a whole number from 1 to 65535, such as {default}.")
        return default

    def refuse_shared_ports(self, ports: Mapping[str, int]) -> None:
        names_by_port: dict[int, list[str]] = {}
        for name, port in ports.items():
            names_by_port.setdefault(port, []).append(name)
        for port, names in names_by_port.items():
            if len(names) > 1:
                self.mistakes.append(f"{' and '.join(names)} are {port}: give each a port of its own.")

    def host(self, name: str, default: str) -> str:
        text = self.text(name, default).removeprefix("[").removesuffix("]")
        if HOST_NAME.match(text):
            return text
        self.mistakes.append(f"{name} is {text!r}, but must be one address or host name, such as {default}.")
        return default

    def base_url(self, name: str, default: str) -> str:
        text = self.text(name, default).rstrip("/")
        url = _split(text)
        if url and url.scheme in ("http", "https") and url.hostname and not (url.path or url.query or url.fragment):
            return text
        self.mistakes.append(
            f"{name} is {text!r}, but must be the address people type, without a path, such as https://care.example.com."
        )
        return default

    def allowed_hosts(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        hosts = tuple(part.strip() for part in self.text(name, ",".join(default)).split(",") if part.strip())
        wrong = [host for host in hosts if not ALLOWED_HOST.match(host)]
        if wrong:
            self.mistakes.append(
                f"{name} holds {', '.join(map(repr, wrong))}: write names between commas, without http:// and port."
            )
        return hosts

    def folder(self, name: str, default: str) -> Path:
        text = self.text(name, default)
        folder = Path(text).expanduser().absolute()
        existing = next(place for place in (folder, *folder.parents) if place.exists())
        if not existing.is_dir():
            self.mistakes.append(f"{name} is {folder}, but {existing} is a file: name a folder, such as {name}=./var.")
        elif not _is_writable(existing):
            self.mistakes.append(
                f"{name} is {folder}, but {existing} is read-only: name one you may write to, such as {name}=./var."
            )
        return folder

    def database_url(self, name: str) -> str | None:
        text = self.text(name, "")
        url = _split(text)
        if not text or (url and url.scheme in ("postgres", "postgresql")):
            return text or None
        # The value is not repeated: it may hold a password.
        self.mistakes.append(
            f"{name} must look like postgresql://user:password@host:5432/haoke; leave it out for the embedded database."
        )
        return None

    def secret(self, name: str) -> str | None:
        given = self.text(name, "")
        if given and len(given) < SHORTEST_SECRET:
            self.mistakes.append(
                f"{name} has {len(given)} characters, but needs {SHORTEST_SECRET}; leave it out to have one made."
            )
        return given or None

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        text = self.text(name, default).upper()
        if text not in choices:
            self.mistakes.append(f"{name} is {text!r}, but must be one of {', '.join(choices)}.")
        return text

    def time_zone(self, name: str, default: str) -> str:
        text = self.text(name, default)
        try:
            ZoneInfo(text)
        except (OSError, ValueError, LookupError):
            self.mistakes.append(f"{name} is {text!r}, which is no known time zone; write one such as {default}.")
        return text


def _split(text: str) -> SplitResult | None:
    try:
        url = urlsplit(text)
        # Reading the port is what checks it.
        _ = url.port
    except ValueError:
        return None
    return url


def _is_writable(folder: Path) -> bool:
    # Root may write anywhere; a folder marked read-only for its owner is meant to stay as it is all the same.
    return os.access(folder, os.W_OK | os.X_OK) and bool(folder.stat().st_mode & stat.S_IWUSR)


def _own_address(host: str, port: int) -> str:
    reachable = "localhost" if host in EVERYWHERE else host
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


def _default_hosts(base_url: str) -> tuple[str, ...]:
    host = urlsplit(base_url).hostname or "localhost"
    shown = f"[{host}]" if ":" in host else host
    return tuple(dict.fromkeys((shown, "localhost", "127.0.0.1", "[::1]")))
