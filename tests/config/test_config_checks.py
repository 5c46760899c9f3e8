"""Each obstacle of the machine is one sentence that names the variable and the way out (S0-68)."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from haoke.config import checks
from haoke.config.refusals import CannotStart


def test_a_taken_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"PORT: port {port} on 127.0.0.1 is taken .* such as PORT="):
            checks.check_port("PORT", "127.0.0.1", port)


def test_a_free_port_stays_free(unused_port: int) -> None:
    checks.check_port("PORT", "127.0.0.1", unused_port)

    with socket.create_server(("127.0.0.1", unused_port)):
        pass


def test_an_address_of_another_machine_is_named(unused_port: int) -> None:
    with pytest.raises(CannotStart, match="is no address of this machine"):
        checks.check_port("HAOKE_SMTP_PORT", "192.0.2.1", unused_port)


def test_the_data_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    checks.check_data_folder(tmp_path / "new" / "var")

    assert (tmp_path / "new" / "var").stat().st_mode & 0o777 == 0o700
    assert list((tmp_path / "new" / "var").iterdir()) == []


def test_a_data_folder_that_takes_no_files_is_named() -> None:
    with pytest.raises(CannotStart, match="DATA is /proc/var, where Haoke cannot write"):
        checks.check_data_folder(Path("/proc/var"))


def test_the_database_of_this_run_is_good() -> None:
    checks.check_database(os.environ["DATABASE_URL"])


def test_an_unreachable_database_is_named_without_its_password(unused_port: int) -> None:
    with pytest.raises(CannotStart, match="cannot be reached") as refused:
        checks.check_database(f"postgresql://haoke:open-sesame@127.0.0.1:{unused_port}/haoke")

    assert "open-sesame" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_old_database_is_named_with_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "OLDEST_POSTGRES", 99)

    with pytest.raises(CannotStart, match=r"leads to PostgreSQL \d+, but Haoke needs 99 or newer"):
        checks.check_database(os.environ["DATABASE_URL"])


@pytest.fixture
def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
