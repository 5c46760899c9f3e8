"""The environment is read whole or refused whole (S0-68: two commands on a bare machine, clear mistakes)."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from haoke.core.env import BadEnvironment, load_env
from haoke.core.secret import kept_secret


def test_an_empty_environment_is_a_whole_one(tmp_path: Path) -> None:
    env = load_env({"DATA": str(tmp_path)})

    assert (env.host, env.port, env.base_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert (env.smtp_host, env.smtp_port, env.demo_smtp_port) == ("127.0.0.1", 2525, 2526)
    assert env.database_url is None
    assert env.allowed_hosts == ("127.0.0.1", "localhost", "[::1]")
    assert (env.log_level, env.time_zone, env.is_https) == ("INFO", "Asia/Shanghai", False)


def test_an_empty_variable_counts_as_absent(tmp_path: Path) -> None:
    env = load_env({"DATA": str(tmp_path), "PORT": "", "DATABASE_URL": " ", "HAOKE_SECRET_KEY": ""})

    assert (env.port, env.database_url, env.given_secret) == (8000, None, None)


def test_the_data_folder_is_absolute_and_not_made_by_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    env = load_env({"DATA": "./new/place"})

    assert env.data == tmp_path / "new" / "place"
    assert not env.data.exists()


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("0.0.0.0", "http://localhost:9000"),
        ("::1", "http://[::1]:9000"),
        ("care.example.com", "http://care.example.com:9000"),
    ],
)
def test_the_address_of_people_follows_the_host(tmp_path: Path, host: str, address: str) -> None:
    assert load_env({"DATA": str(tmp_path), "HAOKE_HOST": host, "PORT": "9000"}).base_url == address


def test_https_and_its_host_come_from_the_base_url(tmp_path: Path) -> None:
    env = load_env({"DATA": str(tmp_path), "HAOKE_BASE_URL": "https://care.example.com/"})

    assert env.is_https
    assert env.base_url == "https://care.example.com"
    assert env.allowed_hosts[0] == "care.example.com"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "８０００"),
        ("HAOKE_SMTP_PORT", "-1"),
        ("HAOKE_HOST", "two words"),
        ("HAOKE_BASE_URL", "care.example.com"),
        ("HAOKE_BASE_URL", "https://care.example.com/path"),
        ("HAOKE_BASE_URL", "https://care.example.com:port"),
        ("HAOKE_ALLOWED_HOSTS", "care.example.com,http://other"),
        ("DATABASE_URL", "mysql://localhost/haoke"),
        ("HAOKE_SECRET_KEY", "short"),
        ("HAOKE_LOG_LEVEL", "LOUD"),
        ("HAOKE_TIME_ZONE", "Asia/Nowhere"),
        ("HAOKE_TIME_ZONE", "../etc/passwd"),
    ],
)
def test_one_mistake_is_one_sentence_with_its_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(BadEnvironment) as refused:
        load_env({"DATA": str(tmp_path), name: value})

    (mistake,) = refused.value.mistakes
    assert mistake.startswith(name)
    assert mistake.endswith(".")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadEnvironment) as refused:
        load_env({"DATA": str(tmp_path), "PORT": "x", "HAOKE_TIME_ZONE": "Mars", "DATABASE_URL": "sqlite:///a"})

    assert [mistake.split()[0] for mistake in refused.value.mistakes] == ["PORT", "DATABASE_URL", "HAOKE_TIME_ZONE"]


def test_a_database_password_is_never_repeated(tmp_path: Path) -> None:
    with pytest.raises(BadEnvironment) as refused:
        load_env({"DATA": str(tmp_path), "DATABASE_URL": "mysql://haoke:open-sesame@host/db"})

    assert "open-sesame" not in str(refused.value)


def test_two_doors_do_not_share_a_port(tmp_path: Path) -> None:
    with pytest.raises(BadEnvironment, match="PORT and HAOKE_SMTP_PORT are 2525"):
        load_env({"DATA": str(tmp_path), "PORT": "2525"})


def test_a_read_only_data_folder_is_refused_for_root_too(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(BadEnvironment, match="is read-only: name one you may write to"):
            load_env({"DATA": str(tmp_path / "var")})
    finally:
        tmp_path.chmod(0o700)


def test_a_file_is_no_data_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(BadEnvironment, match="is a file"):
        load_env({"DATA": str(tmp_path / "file" / "var")})


def test_the_secret_is_made_once_by_whoever_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret.key"
    with ThreadPoolExecutor(16) as pool:
        secrets = set(pool.map(kept_secret, [path] * 64))

    assert secrets == {path.read_text()}
    assert len(secrets.pop()) >= 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_given_secret_makes_no_file(tmp_path: Path) -> None:
    env = load_env({"DATA": str(tmp_path), "HAOKE_SECRET_KEY": "k" * 32})

    assert env.secret_key == "k" * 32
    assert not (tmp_path / "secret.key").exists()


def test_an_emptied_secret_file_is_refused_rather_than_used(tmp_path: Path) -> None:
    (tmp_path / "secret.key").touch()

    with pytest.raises(OSError, match="is empty"):
        kept_secret(tmp_path / "secret.key")
