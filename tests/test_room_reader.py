"""A release beside what one reads, in a real Chromium: its page, its versions, its address, the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import pytest
from paper import column, pdf

from app import Program
from assistant.facsimile.facsimiles import Facsimiles
from assistant.web.room import Parts
from browsing import LARGE, NARROW, Page, served
from conftest import NOW, release
from ingest.passages import CHUNKING, cut
from store.archive import Archive
from store.originals import Originals
from store.records import Source, Span

LINES = [
    "LE PONT ROUVRE",
    "Le pont de la Varlone rouvre lundi, après deux ans de tra-",
    "vaux. Il a coûté 3 millions d'euros.",
]
QUOTE = "Il a coûté 3 millions d'euros."
TEXT = f"LE PONT ROUVRE\n\nLe pont de la Varlone rouvre lundi, après deux ans de travaux. {QUOTE}\n\n"
PDF = pdf([[], column(LINES)])
FERRY = "La navette fluviale partira du quai des Merles. Le billet de la navette coûtera {} euros."


@dataclass
class Shelf:
    address: str
    bridge: str
    ferry: str


@pytest.fixture(scope="module")
def shelf(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A server for staff over a release read from a PDF, and one corrected since."""
    folder = tmp_path_factory.mktemp("reader")
    archive = Archive(
        folder / "archive",
        model=lambda: program.model.name,
        embedder=lambda: program.embedder,
        chunking=CHUNKING,
        cut=lambda made: cut(made, program.tokens.count),
    )
    originals = Originals(folder / "originals")
    facsimiles = Facsimiles(originals.path)
    digest = sha256(PDF).hexdigest()
    originals.keep(digest, PDF)
    source = Source("/presse/pont.pdf", "application/pdf", digest, None, NOW)
    pages = (Span(0, 0), Span(0, len(TEXT)))

    def shelve(made: Any) -> str:
        return archive.add(made, cut(made, program.tokens.count)).release_id

    with archive:
        bridge = shelve(replace(release(TEXT, title="Le pont rouvre"), source=source, pages=pages))
        for price in ("2", "2,50"):
            ferry = shelve(release(FERRY.format(price), title="La navette arrive", reference="CP-7"))
        archive.flush()
        with served(archive, parts=Parts(originals=originals, facsimiles=facsimiles)) as (address, _):
            yield Shelf(address, bridge, ferry)
    facsimiles.close()


@pytest.fixture
def page(browser: Any, shelf: Shelf) -> Page:
    return Page(browser, shelf.address)


def where(shelf: Shelf, way: str = "?release={}&") -> str:
    start = TEXT.index(QUOTE)
    return f"{way.format(shelf.bridge)}version=1&start={start}&end={start + len(QUOTE)}"


@pytest.mark.parametrize("size", [LARGE, NARROW])
def test_a_permanent_link_opens_at_the_passage(page: Page, shelf: Shelf, size: tuple[int, int]) -> None:
    """A citation's address opens its release with the words marked; Escape closes it and leaves a plain address."""
    page.open(size, where(shelf, "r/{}?"))
    page.all(".reader mark")
    assert page.text(".reader mark") == QUOTE
    assert page.js("return document.activeElement.matches('.reader h2')")
    assert not page.overflows()
    assert page.js("return location.pathname + location.search") == f"/{where(shelf)}"
    assert page.js("return document.querySelector('[data-shown]').dataset.cited") == f"/{where(shelf, 'r/{}?')}"
    page.js("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}))")
    assert page.js("return document.querySelector('.reader').hidden && location.search === ''")


def test_the_page_of_a_pdf_has_the_passage_marked(page: Page, shelf: Shelf) -> None:
    """« Page d'origine » shows the cited page as a picture; the mark lies on the words, and pages can be turned."""
    page.open(place=where(shelf)).all(".reader mark")
    page.js("document.querySelector('[data-shows=page]').click()")
    page.until(
        lambda: page.js("const i = document.querySelector('.drawn img'); return i && i.complete && i.naturalWidth"),
        "no picture",
    )
    assert page.js("return document.querySelector('.drawn img').naturalWidth") == 1100
    marks = page.js(
        "const p = document.querySelector('.drawn img').getBoundingClientRect();"
        "return [...document.querySelectorAll('.drawn rect')].map((it) => { const b = it.getBoundingClientRect();"
        "return [(b.left - p.left) / p.width, (b.top - p.top) / p.height, b.width / p.width, b.height / p.height]; })"
    )
    [(left, top, width, height)] = marks
    assert (0.15 < left < 0.17, 0.11 < top < 0.13, 0.2 < width < 0.35, height < 0.02) == (True,) * 4
    assert page.text(".turning p") == "Page 2 sur 2"
    page.js("document.querySelector('[data-turn][aria-label=\"Page précédente\"]').click()")
    page.until(lambda: page.text(".turning p") == "Page 1 sur 2", "the page does not turn")
    assert "Le passage cité est page 2" in page.text(".reader figcaption")


def test_versions_show_what_changed(page: Page, shelf: Shelf) -> None:
    """An archivist compares a version to the one before: what went and what came stand side by side, and are said."""
    page.open(place=f"?release={shelf.ferry}").all(".reader .versions")
    page.all("[data-differences]")[0].click()
    page.all(".differences ins")
    assert page.text(".differences del").split() == ["Supprimé", ":", "2"]
    assert page.text(".differences ins").split() == ["Ajouté", ":", "2,50"]
    assert page.js("return document.querySelector('[data-differences]').getAttribute('aria-expanded')") == "true"


def test_citations_are_walked_by_keyboard(page: Page) -> None:
    """From one citation of an answer the arrow keys lead to the next; Escape gives the focus back to it."""
    page.open().ask("Combien a coûté le pont de la Varlone et combien coûtera la navette ?")
    cited = page.all("#current .answer .cite", 2)
    cited[0].click()
    page.all(".reader mark")
    first = page.text(".reader mark")
    assert page.text(".reader .which").startswith("Citation 1 sur")
    page.js("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}))")
    page.until(lambda: page.text(".reader .which").startswith("Citation 2 sur"), "no next citation")
    page.until(lambda: page.text(".reader mark") != first, "the next citation does not open")
    page.js("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}))")
    assert page.js("return document.activeElement === document.querySelectorAll('#current .answer .cite')[1]")
