"""Decides what `haoke status` tells: who runs, and whether each door really answers."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

import haoke
from haoke.config.reach import database_trouble, smtp_trouble, web_trouble
from haoke.config.report import read_report
from haoke.core.env import Env

DOORS = ("web", "smtp", "database")


def status(env: Env) -> dict[str, Any]:
    """The state of the Haoke on this data folder, asked now: `web`, `smtp`, `database`, `version`, `processes`."""
    report = read_report(env.data)
    web: dict[str, Any] = report["web"] if report else {"host": env.host, "port": env.port, "url": env.base_url}
    smtp: dict[str, Any] = report["smtp"] if report else {"host": env.smtp_host, "port": env.smtp_port}
    url = env.database_url or (report["database"]["url"] if report else None)
    not_running = None if report else "haoke up does not run on this data folder"
    return {
        "version": report["version"] if report else haoke.__version__,
        "web": web | _door(not_running or web_trouble(web["host"], web["port"], address=web["url"])),
        "smtp": smtp | _door(not_running or smtp_trouble(smtp["host"], smtp["port"])),
        "database": {"embedded": env.database_url is None}
        | _door(database_trouble(url) if url else "the embedded database does not run"),
        "processes": [_process(entry) for entry in report["processes"]] if report else [],
    }


def is_healthy(found: dict[str, Any]) -> bool:
    """Whether every door answers and every process runs."""
    doors = all(found[door]["ok"] for door in DOORS)
    return doors and all(process["state"] == "running" for process in found["processes"])


def show(found: dict[str, Any], console: Console) -> None:
    """The same for people: a line for each door and each process."""
    table = Table("what", "state", "detail", box=None, pad_edge=False)
    for door in DOORS:
        answer = found[door]
        where = answer.get("url") or (f"{answer['host']}:{answer['port']}" if "port" in answer else "")
        table.add_row(door, "ok" if answer["ok"] else "[red]down", answer["trouble"] or where)
    for process in found["processes"]:
        uptime = f"pid {process['pid']}, {process['uptime_seconds']:.0f} s, {process['restarts']} restarts"
        table.add_row(f"process {process['name']}", process["state"], uptime)
    console.print(f"Haoke 好客 {found['version']}")
    console.print(table)


def _door(trouble: str | None) -> dict[str, Any]:
    return {"ok": trouble is None, "trouble": trouble}


def _process(entry: dict[str, Any]) -> dict[str, Any]:
    is_running = entry["state"] == "running" and _lives(entry["pid"])
    return {
        "name": entry["name"],
        "pid": entry["pid"],
        "state": "running" if is_running else "waiting to restart",
        "uptime_seconds": round(time.time() - entry["started_at"], 1) if is_running else 0.0,
        "restarts": entry["restarts"],
    }


def _lives(pid: int) -> bool:
    """Whether the process is there; a zombie is not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    # The name before the state may itself hold brackets and spaces.
    return state.rpartition(")")[2].split()[0] != "Z"
