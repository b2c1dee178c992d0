"""A real Chromium at the real page: what tests in the browser share."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn

from assistant.desk import Desk
from assistant.web.admission import Admission, Keyless
from assistant.web.api import create_app
from assistant.web.callers import Callers, Everybody
from assistant.web.room import Parts
from assistant.web.server import serving
from conftest import NOW
from store.archive import Archive

LARGE, NARROW = (1440, 900), (390, 844)
PATIENCE = 60
"""Seconds: machines that test are shared and slow."""


@contextmanager
def served(
    archive: Archive,
    desk: Desk | None = None,
    parts: Parts = Parts(),
    callers: Callers | None = Everybody("127.0.0.1"),
    patience: int = 1,
    admission: Admission = Keyless(),
) -> Iterator[tuple[str, Callable[[], None]]]:
    """The archive served, to staff where nothing else is said: the address, and how to stop the server.

    Without `callers` the page is left out; `patience` is how many seconds answers in flight
    have when it stops.
    """
    desk = desk or Desk(archive, lambda: NOW)
    app = create_app(desk, archive, clock=lambda: NOW, version="0", callers=callers, admission=admission, parts=parts)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = serving(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=patience))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()

        def stop() -> None:
            server.handle_exit(signal.SIGTERM, None)
            thread.join(PATIENCE)
            assert not thread.is_alive()

        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}", stop
        finally:  # a test that fails would wait for its server for ever
            stop()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Debian's Chromium without a window; where there is none, a skip, and in CI a failure."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="pip install selenium")
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        missing = "no Chromium here: apt-get install -y chromium chromium-driver"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for flag in (
        "headless=new", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
        "disable-component-update", "disable-sync", "lang=fr", "accept-lang=fr",
        f"user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):  # fmt: skip
        options.add_argument(f"--{flag}")
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield chrome
    chrome.quit()


class Page:
    """A reader at the page: what it sees and does."""

    def __init__(self, browser: Any, address: str) -> None:
        self.browser = browser
        self.address = address

    def open(self, size: tuple[int, int] = LARGE, place: str = "") -> Page:
        """The page at `place` (a query and a hash), as soon as it has begun."""
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size == NARROW}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.browser.get("about:blank")
        self.browser.get(f"{self.address}/{place}")
        self.until(lambda: self.js("return document.body && document.body.dataset.begun"), "the page does not begin")
        return self

    def until(self, holds: Callable[[], Any], what: str) -> Any:
        """What `holds` gives once it is true; an element it reads may still be on its way."""
        from selenium.common.exceptions import JavascriptException
        from selenium.webdriver.support.ui import WebDriverWait

        waiting = WebDriverWait(self.browser, PATIENCE, 0.05, ignored_exceptions=[JavascriptException])
        return waiting.until(lambda _: holds(), what)

    def all(self, selector: str, count: int = 1) -> list[Any]:
        def found() -> list[Any] | None:
            elements = self.browser.find_elements("css selector", selector)
            return elements if len(elements) >= count else None

        return list(self.until(found, f"no {selector}"))

    def text(self, selector: str) -> str:
        """What a person reads there; blanks that do not break look like others."""
        return str(self.js(f"return document.querySelector('{selector}').innerText")).replace("\u00a0", " ")

    def js(self, script: str) -> Any:
        return self.browser.execute_script(script)

    def ask(self, question: str) -> None:
        """Type a question, press Enter, wait until the answer is whole."""
        asked = len(self.browser.find_elements("css selector", ".turn"))
        self.all("#question textarea")[0].send_keys(question, "\ue007")
        self.all(".turn", asked + 1)
        self.settled()

    def settled(self) -> None:
        self.until(lambda: not self.browser.find_elements("css selector", ".working"), "the answer does not end")
        self.all("#current :is(.foot, .note)")

    def overflows(self) -> bool:
        return bool(self.js("return document.documentElement.scrollWidth > document.documentElement.clientWidth"))
