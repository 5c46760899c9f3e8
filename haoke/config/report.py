"""Decides what a running Haoke writes down about itself, for `haoke status` and the other commands."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from haoke.config.lock import FolderLock


def write_report(data: Path, report: dict[str, Any]) -> None:
    """Replace DATA/up.json in one step: readers see the old report or the new one, never half of it."""
    fresh = data / ".up.json.new"
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(report | {"written_at": time.time()}, file, ensure_ascii=False, indent=2)
    fresh.replace(data / "up.json")


def read_report(data: Path) -> dict[str, Any] | None:
    """What the Haoke that runs on this folder wrote; None when none runs, whatever an earlier one left behind."""
    if not FolderLock(data).is_held():
        return None
    try:
        report: dict[str, Any] = json.loads((data / "up.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return report


def running_database_url(data: Path) -> str | None:
    """Where the embedded database of the running Haoke is found; None when there is none."""
    report = read_report(data)
    url = report and report["database"]["url"]
    return str(url) if url else None
