"""Rebuilding the search index from the command line, with a bar that tells how far it has come."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from haoke.conversations.services import advance_search_rebuild, start_search_rebuild
from haoke.core.actor import Actor


def rebuild(console: Console) -> None:
    """Starts a rebuild, or joins the one that runs, and works on it until it is finished or cancelled."""
    found = start_search_rebuild(by=Actor.system("haoke search rebuild"))
    columns = (TextColumn("messages"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("", total=found.total, completed=found.done)
        while found.finished_at is None:
            advanced = advance_search_rebuild(rebuild_id=found.pk)
            if advanced is None:
                break
            found = advanced
            progress.update(bar, completed=found.done)
    console.print("Stopped." if found.is_cancelled else f"The words of {found.done} messages were made anew.")
