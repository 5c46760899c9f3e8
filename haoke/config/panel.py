"""Decides what a person sees when Haoke is up: where to go, who to be, where mail goes, how to stop."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

import haoke
from haoke.core.env import Env


def start_panel(env: Env, logins: list[dict[str, str]], seconds: float) -> RenderableType:
    """The panel for this environment; `logins` are the demo's, empty where there is no demo."""
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim")
    facts.add_column(overflow="fold")
    facts.add_row("Address 地址", Text(env.base_url, style="bold green"))
    facts.add_row("Mail in 收信", f"SMTP {env.smtp_host}:{env.smtp_port}")
    facts.add_row("Data 数据", str(env.data))
    facts.add_row("Stop 停止", "Ctrl-C")
    parts: list[RenderableType] = [facts]
    if logins:
        facts.add_row("Play a customer 扮演客户", f"{env.base_url}/demo/mailbox")
        parts += [Text(), _logins(logins)]
    else:
        parts += [Text(), Text("Open the address to sign in, or to create the first administrator. 打开地址登录。")]
    title = f"Haoke 好客 {haoke.__version__} · ready in {seconds:.1f} s"
    return Panel(Group(*parts), title=title, title_align="left", border_style="green", expand=False, padding=(1, 2))


def _logins(logins: list[dict[str, str]]) -> Table:
    table = Table(title="Demo sign-ins 演示账号", title_justify="left", box=None, pad_edge=False, title_style="bold")
    columns = list(logins[0])
    for column in columns:
        table.add_column(column, style="bold" if column == columns[0] else "", overflow="fold")
    for login in logins:
        table.add_row(*(str(login.get(column, "")) for column in columns))
    return table
