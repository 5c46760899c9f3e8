"""Decides how pages and the live socket are served: one uvicorn process."""

from __future__ import annotations

import uvicorn

from haoke.core.env import Env

# Seconds an open request or socket may take to end after a stop was asked for.
LAST_REQUESTS = 5


def serve(env: Env) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    uvicorn.run(
        "haoke.config.asgi:application",
        host=env.host,
        port=env.port,
        # Addresses of pages name customers: the access log stays off.
        access_log=False,
        log_level=env.log_level.lower(),
        lifespan="on",
        # HTTPS means that a proxy stands before us on this machine: only then its word on who visits counts.
        proxy_headers=env.is_https,
        server_header=False,
        timeout_graceful_shutdown=LAST_REQUESTS,
    )
