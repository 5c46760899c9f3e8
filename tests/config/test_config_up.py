"""One supervised tree: it starts, mends itself, stops in order, and leaves nothing behind however it dies (S0-68)."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from haoke.config.status import is_healthy, status
from haoke.core.env import load_env

ROOT = Path(__file__).parents[2]
STAND_IN = Path(__file__).with_name("stand_in.py")
# How long a start may take on a machine that does much else; nothing is measured by it.
PATIENCE = 60.0


class Machine:
    """One data folder with ports of its own, and the `up` that runs on it."""

    def __init__(self) -> None:
        self.data = Path(tempfile.mkdtemp(dir=Path(os.environ["DATA"]).parent, prefix="haoke-data-"))
        web, smtp, demo = free_ports(3)
        self.environ = os.environ | {
            "DATA": str(self.data),
            "DATABASE_URL": "",
            "PORT": str(web),
            "HAOKE_SMTP_PORT": str(smtp),
            "HAOKE_DEMO_SMTP_PORT": str(demo),
            "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
        }
        self.ups: list[subprocess.Popen[str]] = []

    def up(self, **changes: str) -> subprocess.Popen[str]:
        """Start `up` and do not wait for it."""
        # A terminal of this width, so that the panel does not wrap.
        environ = self.environ | {"COLUMNS": "120"} | changes
        process = subprocess.Popen(
            [sys.executable, STAND_IN, "up"], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.ups.append(process)
        return process

    def refusal(self, **changes: str) -> str:
        """What `up` says when it will not start."""
        process = self.up(**changes)
        _said, complaint = process.communicate(timeout=PATIENCE)
        assert process.returncode == 2
        assert "Traceback" not in complaint
        return complaint

    def haoke(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "haoke", *arguments], env=self.environ, capture_output=True, text=True, check=False
        )

    def report(self) -> dict[str, Any]:
        report: dict[str, Any] = json.loads((self.data / "up.json").read_text())
        return report

    def pids(self) -> dict[str, int]:
        return {process["name"]: process["pid"] for process in self.report()["processes"]}

    def is_up(self) -> bool:
        return is_healthy(status(load_env(self.environ)))

    def close(self) -> None:
        for process in self.ups:
            if process.poll() is None:
                process.terminate()
            process.communicate()
        shutil.rmtree(self.data)


@pytest.fixture
def machine() -> Iterator[Machine]:
    machine = Machine()
    yield machine
    machine.close()


def test_it_starts_tells_where_to_go_and_stops_on_ctrl_c(machine: Machine) -> None:
    up = machine.up()
    wait_until(machine.is_up)
    pids = machine.pids()

    up.send_signal(signal.SIGINT)
    said, complaint = up.communicate(timeout=PATIENCE)

    assert up.returncode == 0
    assert complaint == ""
    assert f"http://127.0.0.1:{machine.environ['PORT']}" in said
    assert "secret-of-lin" in said
    assert "preparing 好客" in said
    assert "\x1b" not in said
    assert said.rstrip().endswith("database system is shut down")
    assert list(pids) == ["database", "web", "worker", "smtp"]
    assert living(pids) == []
    assert not (machine.data / "up.json").exists()


def test_status_asks_every_door(machine: Machine) -> None:
    machine.up()
    wait_until(machine.is_up)

    answer = machine.haoke("status", "--json")
    found = json.loads(answer.stdout)

    assert answer.returncode == 0
    assert {door: found[door]["ok"] for door in ("web", "smtp", "database")} == dict.fromkeys(
        ("web", "smtp", "database"), True
    )
    assert found["version"]
    assert [process["state"] for process in found["processes"]] == ["running"] * 4
    assert all(process["uptime_seconds"] >= 0 for process in found["processes"])


def test_status_of_a_folder_where_nothing_runs_says_so(machine: Machine) -> None:
    answer = machine.haoke("status", "--json")
    found = json.loads(answer.stdout)

    assert answer.returncode == 1
    assert [found[door]["ok"] for door in ("web", "smtp", "database")] == [False] * 3
    assert found["processes"] == []
    assert list(machine.data.iterdir()) == []


def test_whatever_is_killed_starts_again_and_data_stay(machine: Machine) -> None:
    up = machine.up()
    wait_until(machine.is_up)
    before = machine.pids()
    url = machine.report()["database"]["url"]
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1")

    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not set(before.values()) & set(machine.pids().values()))
    wait_until(machine.is_up)

    assert machine.report()["database"]["url"] == url
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1,)
    assert zombies_of(up.pid) == []


def test_a_killed_supervisor_leaves_nobody_behind_and_the_next_one_starts(machine: Machine) -> None:
    up = machine.up(STUBBORN="yes")
    wait_until(machine.is_up)
    pids = machine.pids()

    up.kill()
    up.wait()

    wait_until(lambda: living(pids) == [])
    machine.up()
    wait_until(machine.is_up)


def test_a_second_ctrl_c_waits_for_nobody(machine: Machine) -> None:
    up = machine.up(STUBBORN="yes")
    wait_until(machine.is_up)
    pids = machine.pids()

    up.send_signal(signal.SIGINT)
    time.sleep(1)
    up.send_signal(signal.SIGINT)
    up.communicate(timeout=5)

    assert living(pids) == []


def test_one_folder_has_one_haoke(machine: Machine) -> None:
    up = machine.up()
    wait_until(machine.is_up)

    assert f"already runs on {machine.data} (process {up.pid})" in machine.refusal()


def test_a_taken_port_is_refused_before_anything_starts(machine: Machine) -> None:
    with socket.create_server(("127.0.0.1", int(machine.environ["PORT"]))):
        complaint = machine.refusal()

    assert complaint.startswith(f"PORT: port {machine.environ['PORT']} on 127.0.0.1 is taken")
    assert not (machine.data / "postgres").exists()


def test_a_given_database_is_used_and_nothing_embedded_starts(machine: Machine) -> None:
    machine.environ["DATABASE_URL"] = os.environ["DATABASE_URL"]
    machine.up()
    wait_until(machine.is_up)

    assert list(machine.pids()) == ["web", "worker", "smtp"]
    assert machine.report()["database"] == {"embedded": False, "url": None}
    assert not (machine.data / "postgres").exists()


def test_an_unreachable_database_is_refused(machine: Machine) -> None:
    (port,) = free_ports(1)

    complaint = machine.refusal(DATABASE_URL=f"postgresql://haoke@127.0.0.1:{port}/haoke")

    assert "The database in DATABASE_URL cannot be reached" in complaint
    assert len(complaint.splitlines()) == 1


def test_commands_that_need_a_database_say_so_in_one_sentence(machine: Machine) -> None:
    answer = machine.haoke("token", "create", "shop", "--role", "agent")

    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr == f"Haoke does not run on {machine.data}: start it with haoke up, or set DATABASE_URL.\n"


def test_every_wrong_variable_is_told_in_a_sentence(machine: Machine) -> None:
    machine.environ |= {"PORT": "http", "HAOKE_TIME_ZONE": "Mars"}

    answer = machine.haoke("up")

    assert answer.returncode == 2
    assert [line.split()[0] for line in answer.stderr.splitlines()] == ["PORT", "HAOKE_TIME_ZONE"]


def wait_until(holds: Callable[[], bool]) -> None:
    patience = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < patience, "waited in vain"
        time.sleep(0.05)


def free_ports(number: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def living(pids: dict[str, int]) -> list[str]:
    """Who of these still runs; a zombie does not."""
    return [name for name, pid in pids.items() if state_of(pid) not in (None, "Z")]


def zombies_of(parent: int) -> list[int]:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in children if state_of(int(pid)) == "Z"]


def state_of(pid: int) -> str | None:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return None
