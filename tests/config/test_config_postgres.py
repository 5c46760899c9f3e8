"""Our own PostgreSQL: made once, entered by us alone, whole again after every kind of death (S0-68)."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from haoke.config import postgres_place
from haoke.config.checks import check_database
from haoke.config.postgres import EmbeddedPostgres
from haoke.config.processes import Account
from haoke.config.refusals import CannotStart


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder beside the test run's own: pytest's are closed to the database's account."""
    folder = Path(tempfile.mkdtemp(dir=Path(os.environ["DATA"]).parent, prefix="haoke-data-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def postgres(data: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(data, is_durable=False)
    server.start()
    yield server
    server.stop()


def test_rows_survive_a_stop_and_a_start(postgres: EmbeddedPostgres) -> None:
    write(postgres, 100)

    postgres.stop()
    postgres.start()

    assert rows(postgres) == 100


def test_rows_survive_a_killed_server(data: Path) -> None:
    first = EmbeddedPostgres(data)
    first.start()
    write(first, 100)
    os.kill(server_pid(first), signal.SIGKILL)

    # The next run, as another process would start it: strays are waited for, the log is replayed.
    second = EmbeddedPostgres(data)
    try:
        second.start()
        assert rows(second) == 100
    finally:
        second.stop()
        first.stop()


def test_a_foreign_process_with_the_number_of_a_dead_server_is_left_alone(postgres: EmbeddedPostgres) -> None:
    postgres.stop()
    bystander = subprocess.Popen(["sleep", "60"])
    try:
        (postgres.cluster / "postmaster.pid").write_text(f"{bystander.pid}\n{postgres.cluster}\n")

        postgres.start()

        assert rows(postgres) is None
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_the_application_is_no_superuser_and_there_is_no_network_door(postgres: EmbeddedPostgres) -> None:
    with psycopg.connect(postgres.url) as connection:
        superuser = connection.execute("SELECT usesuper FROM pg_user WHERE usename = current_user").fetchone()
        door = connection.execute("SHOW listen_addresses").fetchone()

    assert superuser == (False,)
    assert door == ("",)


def test_nobody_else_comes_in(postgres: EmbeddedPostgres) -> None:
    assert stat.S_IMODE(postgres.socket.stat().st_mode) == 0o700
    assert stat.S_IMODE(postgres.cluster.stat().st_mode) == 0o700
    assert stat.S_IMODE(postgres.data.stat().st_mode) & 0o007 == 0
    with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
        psycopg.connect(postgres.url.replace("haoke@", "postgres@"))


def test_parents_of_the_data_folder_keep_their_modes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Started by root under a closed folder, the database goes where its account can follow, and says so by a link."""
    closed = tmp_path / "closed"
    data = closed / "var"
    data.mkdir(parents=True)
    closed.chmod(0o700)
    outside = Path(tempfile.mkdtemp(dir=Path(os.environ["DATA"]).parent, prefix="haoke-outside-"))
    outside.chmod(0o755)
    monkeypatch.setattr(postgres_place, "OUTSIDE", outside)
    try:
        server = EmbeddedPostgres(data, is_durable=False)
        server.start()
        server.stop()

        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        assert (data / "postgres").is_symlink() == (os.geteuid() == 0)
        assert (data / "postgres" / "cluster" / "PG_VERSION").exists()
    finally:
        shutil.rmtree(outside)


def test_programs_out_of_reach_are_copied(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A virtual environment under /root: the server runs from a copy, moved as a whole."""
    server = EmbeddedPostgres(data, is_durable=False)
    stranger = Account("nobody", 65534, 65534)
    monkeypatch.setattr(postgres_place, "_may", lambda _account, *_command: False)
    copied = postgres_place.find_programs(server.folder, stranger, None)
    monkeypatch.setattr("haoke.config.postgres.find_programs", lambda *_: copied)
    try:
        server.start()
        command = Path(f"/proc/{server_pid(server)}/cmdline").read_bytes().split(b"\0")[0]
    finally:
        server.stop()

    assert Path(os.fsdecode(command)).is_relative_to(data)


def test_a_deep_folder_gets_a_short_socket(data: Path) -> None:
    deep = data / ("深" * 40)
    deep.mkdir()
    for folder in (data, deep):
        folder.chmod(0o755)
    server = EmbeddedPostgres(deep, is_durable=False)
    try:
        server.start()
        assert rows(server) is None
        assert len(os.fsencode(server.socket)) < 90
    finally:
        server.stop()
        shutil.rmtree(server.socket)


def test_a_cluster_of_another_version_is_refused_by_name(postgres: EmbeddedPostgres) -> None:
    postgres.stop()
    (postgres.cluster / "PG_VERSION").write_text("9\n")

    with pytest.raises(CannotStart, match="was made by PostgreSQL 9, which is not installed here"):
        postgres.start()


def test_a_lost_link_is_refused_rather_than_replaced_by_an_empty_database(data: Path) -> None:
    (data / "postgres").symlink_to(data / "gone")

    with pytest.raises(CannotStart, match="which is gone"):
        EmbeddedPostgres(data)


def test_a_database_that_cannot_search_chinese_is_refused(postgres: EmbeddedPostgres) -> None:
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE deaf OWNER haoke TEMPLATE template0 LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'"
        )

    check_database(postgres.url)
    with pytest.raises(CannotStart, match="cannot search Chinese"):
        check_database(postgres.url.replace("/haoke?", "/deaf?"))


def write(server: EmbeddedPostgres, number: int) -> None:
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, %s) AS n", [number])


def rows(server: EmbeddedPostgres) -> int | None:
    """How many rows were kept; None where there never was a table."""
    with psycopg.connect(server.url) as connection:
        if connection.execute("SELECT to_regclass('kept')").fetchone() == (None,):
            return None
        found = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert found
    return int(found[0])


def server_pid(server: EmbeddedPostgres) -> int:
    return int((server.cluster / "postmaster.pid").read_text().splitlines()[0])
