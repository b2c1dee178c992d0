"""Signing in and out, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.web.sessions import SignedIn
from browsing import LARGE, NARROW, Page, served
from conftest import NOW
from store.accounts import Accounts
from store.archive import Archive
from store.passwords import Passwords

pytest.importorskip("selenium.webdriver", reason="pip install selenium")

PASSWORD = "douze lettres au moins"
STADIUM = "Le conseil a voté la rénovation du stade Albert-Fauvel. Le coût des travaux s'élève à 48,6 millions d'euros."


@pytest.fixture
def house(archive: Archive, shelve: Any, tmp_path: Path) -> Iterator[tuple[str, Accounts]]:
    """A server that asks for accounts: its address, and the accounts."""
    shelve(STADIUM, title="Le stade Albert-Fauvel sera rénové")
    archive.flush()
    accounts = Accounts(tmp_path / "accounts.sqlite", Passwords(time=1, memory=8, lanes=1))
    accounts.add("Hélène Varenne", "admin", PASSWORD, NOW)
    accounts.add("Bruno", "reader", PASSWORD, NOW)
    with served(archive, callers=SignedIn(accounts, lambda: NOW)) as (address, _):
        yield address, accounts
    accounts.close()


class Door(Page):
    """A person before the page."""

    def knock(self, place: str, size: tuple[int, int]) -> None:
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size == NARROW}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.browser.get("about:blank")
        self.browser.get(f"{self.address}/{place}")
        self.all(".sign-in #name")

    def enter(self, name: str, password: str) -> None:
        field = self.all("#name")[0]
        field.clear()
        field.send_keys(name)
        self.all("#password")[0].send_keys(password, "\ue007")

    def begun(self) -> None:
        self.until(lambda: self.js("return document.body && document.body.dataset.begun"), "the page does not begin")

    def focused(self) -> str:
        return str(self.js("return document.activeElement.id"))


@pytest.mark.parametrize("size", [LARGE, NARROW])
def test_one_signs_in_where_one_wanted_to_go_and_out_again(
    browser: Any, house: tuple[str, Accounts], size: tuple[int, int]
) -> None:
    """Signing in leads to the place one wanted, with one's name in the heading; signing out leaves nothing behind."""
    address, _ = house
    page = Door(browser, address)
    page.knock("#account", size)
    assert page.focused() == "name"
    assert not page.overflows()
    page.enter("Hélène Varenne", "un mauvais secret")
    page.all(".error")
    assert page.focused() == "password"
    assert page.js("return document.querySelector('#name').value") == "Hélène Varenne"
    assert not page.overflows()
    page.all("#password")[0].send_keys(PASSWORD, "\ue007")
    page.begun()
    assert page.text(".menu summary") == "Hélène Varenne"
    assert "cette session" in page.until(lambda: page.text("#pane-account"), "no sessions")
    assert not page.overflows()
    page.all(".menu summary")[0].click()
    assert not page.overflows()
    page.all(".menu [data-place=accounts]")[0].click()
    page.all(".everybody tbody tr", 2)
    assert not page.overflows()
    page.all(".menu summary")[0].click()
    page.all(".menu form button")[0].click()
    page.all(".sign-in .told")
    browser.back()
    page.until(lambda: page.browser.find_elements("css selector", ".sign-in #name"), "the page is shown again")
    assert page.js("return document.querySelectorAll('.menu, .pane').length") == 0
    assert page.js("return document.cookie") == ""


def test_an_account_is_changed_and_its_open_page_ends(browser: Any, house: tuple[str, Accounts]) -> None:
    """Who is disabled reads on the open page that the session is over, and gets no further answer."""
    address, accounts = house
    page = Door(browser, address)
    page.knock("#accounts", LARGE)
    page.enter("Hélène Varenne", PASSWORD)
    page.begun()
    page.all("tr[data-name=Bruno] button[data-change=disable]")[0].click()
    page.all("tr[data-name=Bruno] button[data-change=enable]")
    assert "désactivé" in page.text(".everybody .told")
    assert page.js("return document.activeElement.dataset.change") == "enable"
    assert accounts.account("Bruno").disabled is not None
    page.all("[data-place=ask]")[0].click()
    accounts.disable("Hélène Varenne", NOW)
    asked = "Combien coûtent les travaux du stade ?"
    page.all("#question textarea")[0].send_keys(asked, "\ue007")
    page.until(lambda: page.all(".session-over")[0].is_displayed(), "nothing says that the session is over")
    assert "48,6" not in page.text("body")
    assert (
        page.js("return document.querySelector('#question textarea').value") == "Combien coûtent les travaux du stade ?"
    )
    accounts.enable("Hélène Varenne")
    page.all(".session-over a")[0].click()
    browser.switch_to.window(browser.window_handles[-1])
    page.all("#name")
    page.enter("Hélène Varenne", PASSWORD)
    page.begun()
    browser.close()
    browser.switch_to.window(browser.window_handles[0])
    page.until(lambda: not page.all(".session-over")[0].is_displayed(), "the notice stays")
    browser.delete_all_cookies()
