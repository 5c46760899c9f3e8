"""Decides whether this machine can carry Haoke, before anything is started: each obstacle is one sentence."""

from __future__ import annotations

import errno
import socket
import tempfile
from pathlib import Path

import psycopg

from haoke.config.refusals import CannotStart

OLDEST_POSTGRES = 15


def check_data_folder(data: Path) -> None:
    """Make the data folder, open to its owner alone, and prove that it takes files.

    Raises: CannotStart when it does not.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=data):
            pass
    except OSError as error:
        raise CannotStart(
            f"DATA is {data}, where Haoke cannot write ({error.strerror}): name a folder you may write to, "
            "such as DATA=./var."
        ) from None


def check_port(variable: str, host: str, port: int) -> None:
    """Prove that we may listen there.

    Raises: CannotStart when another program does, or the address is not ours.
    """
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # Connections of an earlier run that still fade away do not count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = port + 1 if port < 65535 else 8000
            reason = f"is taken by another program: stop it, or choose another port, such as {variable}={other}"
        elif error.errno == errno.EACCES:
            reason = f"needs more rights than this account has: choose a port from 1024 up, such as {variable}=8000"
        else:
            reason = f"is no address of this machine ({error.strerror}): set the host to 127.0.0.1"
        raise CannotStart(f"{variable}: port {port} on {host} {reason}.") from None


def check_database(url: str) -> None:
    """Prove that the database answers, is new enough, and can search Chinese.

    Raises: CannotStart naming what is missing.
    """
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            major = connection.info.server_version // 10000
            if major < OLDEST_POSTGRES:
                raise CannotStart(
                    f"DATABASE_URL leads to PostgreSQL {major}, but Haoke needs {OLDEST_POSTGRES} or newer: upgrade it "
                    "or leave DATABASE_URL out for the embedded one."
                )
            _check_chinese(connection)
            connection.rollback()
    except psycopg.Error as error:
        words = (str(error).strip().splitlines() or ["no answer"])[0]
        raise CannotStart(
            f"The database in DATABASE_URL cannot be reached ({words}): start it, mend the address, "
            "or leave DATABASE_URL out for the embedded one."
        ) from None


def _check_chinese(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """With the wrong LC_CTYPE or encoding, trigrams of Chinese words are silently empty and searches find nothing."""
    encoding = connection.execute("SHOW server_encoding").fetchone()
    if encoding != ("UTF8",):
        raise CannotStart("The database is not in UTF-8: make it again with ENCODING 'UTF8'.")
    try:
        # Rolled back by the caller: the check leaves no trace.
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except psycopg.Error:
        raise CannotStart(
            "The database has no pg_trgm and this account may not add it: have its administrator run "
            "CREATE EXTENSION pg_trgm."
        ) from None
    found = connection.execute("SELECT cardinality(show_trgm('客户服务')) > 0").fetchone()
    if found != (True,):
        raise CannotStart("The database cannot search Chinese: make it again with LC_CTYPE 'C.UTF-8'.")
