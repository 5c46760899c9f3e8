"""A Haoke without pages: the real supervisor over small stand-ins for web, worker and mail listener, quick to start."""

from __future__ import annotations

import http.server
import json
import os
import signal
import socketserver
import sys
import time

from haoke.config.refusals import CannotStart
from haoke.config.up import run_up
from haoke.core.env import Env, load_env


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        print(f"page {self.path}", flush=True)


class Greeting(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 stand-in\r\n")
        for _line in self.rfile:
            self.wfile.write(b"221 bye\r\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def play(part: str, env: Env) -> None:
    if part == "prepare":
        print("preparing 好客", file=sys.stderr)
        print(json.dumps({"is_demo": True, "logins": [{"sign-in": "lin", "password": "secret-of-lin"}]}))
    elif part == "web":
        Server((env.host, env.port), Page).serve_forever()
    elif part == "smtp":
        Server((env.smtp_host, env.smtp_port), Greeting).serve_forever()
    elif part == "worker":
        # The hardest case: a worker that hangs when asked to stop.
        if os.environ.get("STUBBORN"):
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(3600)


def main() -> None:
    env = load_env(os.environ)
    if sys.argv[1] != "up":
        play(sys.argv[1], env)
        return
    try:
        run_up(env, empty=False, haoke_command=(sys.executable, __file__))
    except CannotStart as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(2)


main()
