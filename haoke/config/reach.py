"""Decides whether web, mail listener and database really answer: by asking them as a visitor would."""

from __future__ import annotations

import smtplib
import urllib.request
from urllib.parse import urlsplit

import psycopg

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
PATIENCE = 3.0


def web_trouble(host: str, port: int, *, address: str) -> str | None:
    """None when /healthz answers 200; else what went wrong. `address` is the one people type."""
    place = _shown(EVERYWHERE.get(host, host))
    # Straight to our own machine: a proxy of the environment has nothing to do with it.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        # Asked by the name people use: another one is refused.
        request = urllib.request.Request(f"http://{place}:{port}/healthz", headers={"Host": urlsplit(address).netloc})
        with opener.open(request, timeout=PATIENCE):
            return None
    except (OSError, ValueError) as error:
        return str(error)


def smtp_trouble(host: str, port: int) -> str | None:
    """None when the listener greets with 220 and takes leave; else what went wrong."""
    try:
        with smtplib.SMTP(EVERYWHERE.get(host, host), port, timeout=PATIENCE):
            return None
    except (OSError, smtplib.SMTPException) as error:
        return str(error)


def database_trouble(url: str) -> str | None:
    """None when SELECT 1 is answered; else what went wrong, without the address, which may hold a password."""
    try:
        with psycopg.connect(url, connect_timeout=int(PATIENCE)) as connection:
            connection.execute("SELECT 1")
            return None
    except psycopg.Error as error:
        return (str(error).strip().splitlines() or ["no answer"])[0]


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
