"""A running Haoke, the customers' mail server, and real browser windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.houses import CustomersServer, House, running_house

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def customers_server() -> Iterator[CustomersServer]:
    server = CustomersServer()
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    yield server
    controller.stop()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One for each module, from an empty database: the first administrator can move in only once."""
    with running_house(tmp_path_factory.mktemp("house")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For one module only: while it is open, no other test could run an event loop of its own."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking", "--disable-quic"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A fresh window, as another person at another machine would have; errors on the page fail the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def window(*, width: int = 1440, height: int = 900, locale: str = "en-GB", dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            color_scheme="dark" if dark else "light",
            # What fades in has no contrast yet.
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda said: errors.append(said.text) if said.type == "error" and "status of 4" not in said.text else None,
        )
        return page

    yield window
    for context in contexts:
        context.close()
    assert errors == []
