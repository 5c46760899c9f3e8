"""What the supervisor is told by the programs it asks."""

from __future__ import annotations

import os
import sys

from rich.console import Console

from haoke.config.processes import Program
from haoke.config.supervisor import Supervisor


def test_a_program_that_fails_is_heard_to_fail() -> None:
    """Its exit code was lost when it died between two looks and was buried as an orphan."""
    supervisor = Supervisor(Console(quiet=True), when_changed=lambda: None)
    program = Program(
        name="prepare",
        command=(sys.executable, "-c", "print('half'); raise SystemExit(3)"),
        environ=dict(os.environ),
        answers=True,
    )
    for _each in range(5):
        assert supervisor.ask(program, unless=lambda: False) == (3, b"half\n")
