"""Decides how a handful of processes run as one: their logs in one stream, the dead restarted, the stop in order."""

from __future__ import annotations

import os
import selectors
import subprocess
import time
from collections.abc import Callable
from typing import IO

from rich.console import Console
from rich.text import Text

from haoke.config.processes import Child, Program, adopt_orphans, bury_orphans

COLOURS = {"database": "blue", "prepare": "yellow", "web": "green", "worker": "magenta", "smtp": "cyan"}
NAME_WIDTH = 9
# A line longer than this (bytes) is shown in pieces rather than kept.
LONGEST_LINE = 16_384


class Supervisor:
    """Runs programs and shows what they say, all in one thread: death signals follow the thread that forks."""

    def __init__(self, console: Console, *, when_changed: Callable[[], None]) -> None:
        self.console = console
        self.children: dict[str, Child] = {}
        # Set when somebody asks to stop for a second time: nobody is waited for any more.
        self.is_hurried = False
        # Called before a dead program starts again, by name.
        self.before_restart: dict[str, Callable[[], None]] = {}
        self._when_changed = when_changed
        self._selector = selectors.DefaultSelector()
        self._stopping: set[str] = set()
        # The program that is being asked: its exit code is its own answer, not an orphan's.
        self._asked_pid = 0
        adopt_orphans()

    def run(self, program: Program) -> None:
        """Start a program and keep it running until `stop`."""
        child = self.children[program.name] = Child(program)
        self._start(child)

    def ask(self, program: Program, *, unless: Callable[[], bool]) -> tuple[int, bytes]:
        """Run a program to its end and return its exit code and what it answered on standard output.

        Stops it early once `unless` is true.
        """
        child = Child(program)
        process = child.start()
        self._asked_pid = process.pid
        answer = bytearray()
        assert process.stdout
        assert process.stderr
        self._listen(process.stdout, answer.extend)
        self._listen(process.stderr, _Lines(lambda line: self.say(program.name, line)).take)
        while process.poll() is None:
            self.turn()
            if unless():
                child.stop()
        self._drain(process.stdout, process.stderr)
        return process.returncode, bytes(answer)

    def turn(self, seconds: float = 0.1) -> None:
        """Show what was said within these seconds, notice the dead and start again whose pause is over."""
        for key, _events in self._selector.select(seconds):
            self._hear(key)
        for name, child in self.children.items():
            if name in self._stopping or child.is_running:
                continue
            if child.retry_at is None:
                self._mourn(child)
            elif time.monotonic() >= child.retry_at:
                self.before_restart.get(name, lambda: None)()
                self._start(child)
        bury_orphans({self._asked_pid, *(child.pid for child in self.children.values() if child.pid)})

    def stop(self, *names: str) -> None:
        """Stop these programs, all at once, and wait until they are gone."""
        children = [self.children[name] for name in names if name in self.children]
        self._stopping.update(names)
        for child in children:
            if child.process:
                child.process.send_signal(child.program.stop_signal)
        asked_at = time.monotonic()
        while alive := [child for child in children if child.is_running]:
            self.turn(0.02)
            for child in alive:
                waited = time.monotonic() - asked_at
                if child.process and self.is_hurried:
                    child.process.send_signal(child.program.hurry_signal)
                elif child.process and waited > child.program.patience:
                    self.say(child.program.name, f"does not stop within {waited:.0f} s: killed", style="bold red")
                    child.process.kill()
                    child.process.wait()
        self._drain(*(child.process.stdout for child in children if child.process and child.process.stdout))
        self._when_changed()

    def say(self, name: str, line: str, *, style: str = "") -> None:
        """Print one line under the name of who said it."""
        readable = "".join(letter if letter.isprintable() else " " for letter in line.replace("\t", "    "))
        prefix = Text(f"{name:<{NAME_WIDTH}}│ ", style=COLOURS.get(name, "bold"))
        self.console.print(prefix + Text(readable, style=style), soft_wrap=True, highlight=False)

    def _start(self, child: Child) -> None:
        process = child.start()
        assert process.stdout
        self._listen(process.stdout, _Lines(lambda line: self.say(child.program.name, line)).take)
        self._when_changed()

    def _mourn(self, child: Child) -> None:
        assert child.process
        pause = child.plan_restart()
        self.say(child.program.name, f"{_ending(child.process)}; starts again in {pause:g} s", style="bold red")
        self._when_changed()

    def _listen(self, stream: IO[bytes], take: Callable[[bytes], None]) -> None:
        os.set_blocking(stream.fileno(), False)
        self._selector.register(stream, selectors.EVENT_READ, take)

    def _hear(self, key: selectors.SelectorKey) -> bool:
        """Take what is there; false when there is nothing more for now or for ever."""
        try:
            heard = os.read(key.fd, 65_536)
        except BlockingIOError:
            return False
        key.data(heard)
        if not heard:
            self._selector.unregister(key.fileobj)
            # A stream we registered; the type of a selector's key is wider.
            key.fileobj.close()  # type: ignore[union-attr]
        return bool(heard)

    def _drain(self, *streams: IO[bytes]) -> None:
        """Read the last words of programs that ended, without waiting for grandchildren that hold the pipe."""
        for stream in streams:
            while not stream.closed and self._hear(self._selector.get_key(stream)):
                pass


class _Lines:
    """Cuts what a process says into lines; an empty read ends the last one."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._rest = b""

    def take(self, heard: bytes) -> None:
        *lines, self._rest = (self._rest + heard).split(b"\n")
        if self._rest and (not heard or len(self._rest) > LONGEST_LINE):
            lines.append(self._rest)
            self._rest = b""
        for line in lines:
            if text := line.decode("utf-8", errors="replace").rstrip():
                self._show(text)


def _ending(process: subprocess.Popen[bytes]) -> str:
    code = process.returncode
    return f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
