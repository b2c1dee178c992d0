"""The archive's pane in a real browser: what only a browser shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from test_tray import POOL

from assistant.tray import Tray
from assistant.web.room import Parts
from browsing import LARGE, NARROW, Page, served
from browsing import browser as browser
from conftest import NOW
from ingest.arriving import read
from store.archive import Archive
from store.arrivals import Arrivals
from store.catalogue import Added
from store.records import Scope

Shelve = Callable[..., Added]


@pytest.fixture
def page(archive: Archive, shelve: Shelve, browser: Any, tmp_path: Path) -> Iterator[Page]:
    shelve("Le pont de la Varlone rouvre lundi.", title="Le pont rouvre lundi", reference="cp-pont")
    tray = Tray(Arrivals(tmp_path / "tray", largest=100_000), archive, read, lambda: NOW)
    tray.begin()
    with served(archive, parts=Parts(tray=tray)) as (address, _):
        yield Page(browser, address)
    tray.close()


def press(page: Page, selector: str) -> None:
    page.js(f"document.querySelector({selector!r}).click()")


def hand_in(page: Page, *files: Path) -> None:
    page.all(".drop input[type=file]")[0].send_keys("\n".join(str(file) for file in files))


def told(page: Page, selector: str, words: str) -> None:
    page.all(selector)
    page.until(lambda: words in page.text(selector), f"{selector} does not say {words}")


def test_a_file_is_watched_corrected_and_added(page: Page, archive: Archive, tmp_path: Path) -> None:
    """Chosen, it is sent and read; a value typed over stands when it is added; the list shows it without a reload."""
    (tmp_path / "piscine.txt").write_text(POOL)
    (tmp_path / "vide.txt").write_text("")
    (tmp_path / "gros.txt").write_text("x" * 200_000)
    page.open(place="#archive")
    page.all("#pane-archive .entry")
    hand_in(page, tmp_path / "piscine.txt", tmp_path / "vide.txt", tmp_path / "gros.txt")
    page.all("form.card")
    told(page, ".coming", "« vide.txt » est vide")
    told(page, ".coming", "« gros.txt » est trop volumineux")
    (place,) = page.all("form.card [name=issuer]")
    place.clear()
    place.send_keys("Commune de Bréval", "\ue007")
    told(page, ".arrival .done", "Ajouté à l’archive")
    assert page.js("return document.activeElement.className") == "done"
    page.all("#pane-archive .entry", 2)
    assert {entry.issuer for entry in archive.view(Scope.STAFF, NOW).releases()} == {
        "Commune de Bréval", "Métropole de Sarvelle",
    }  # fmt: skip
    press(page, ".arrival .done [data-release]")
    told(page, ".reader", "Le bassin est chauffé par la géothermie.")


def test_a_release_is_corrected_and_withdrawn_by_keyboard(page: Page, archive: Archive) -> None:
    """Focus goes into the form, and back to its button when nothing is done; a withdrawal needs a reason."""
    page.open(place="#archive")
    (amend,) = page.all(".entry [data-amend]")
    amend.send_keys("\ue007")
    page.all("form.amend")
    page.until(lambda: page.js("return document.activeElement.tagName") == "H4", "the form does not take the focus")
    press(page, "form.amend [data-fold]")
    assert page.js("return 'amend' in document.activeElement.dataset")
    page.all(".entry [data-amend]")[0].send_keys("\ue007")
    (place,) = page.all("form.amend [name=issuer]")
    place.clear()
    place.send_keys("Ville de Bréval", "\ue007")
    told(page, ".entry", "Correction enregistrée")
    told(page, ".entry .facts", "Ville de Bréval")
    page.all(".entry [data-amend]")[0].send_keys("\ue007")
    page.all("form.amend [data-undo=issuer]")[0].send_keys("\ue007")
    told(page, ".entry .facts", "Métropole de Sarvelle")
    page.all("form.amend")
    press(page, ".entry [data-withdraw]")
    page.all("form.withdraw [type=submit]")[0].send_keys("\ue007")
    told(page, "form.withdraw .said", "Écrivez un motif")
    page.all("form.withdraw [name=reason]")[0].send_keys("date erronée", "\ue007")
    told(page, ".entry", "Retiré le 2 mars 2026 : date erronée")
    assert archive.view(Scope.STAFF, NOW).releases() == []


def test_nothing_overflows(page: Page, tmp_path: Path) -> None:
    """Neither a card nor a form is wider than a narrow screen, whatever a file is called."""
    long = tmp_path / f"{'communique' * 12}.txt"
    long.write_text(POOL.replace("géothermie", "Anticonstitutionnellement" * 20))
    page.open(NARROW, "#archive")
    hand_in(page, long)
    page.all("form.card")
    press(page, ".entry [data-amend]")
    page.all("form.amend")
    assert not page.overflows()
    page.open(LARGE, "#archive")
    page.all("form.card")
    assert not page.overflows()
