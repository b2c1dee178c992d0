"""Search, verbatims and timelines on the page, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from app import Program
from browsing import LARGE, NARROW, Page, served
from conftest import archive_in, release
from ingest.passages import cut
from store.records import Quote, Span

TRAM = "Le tramway de Sarvelle roulera dès septembre 2024. « Il sera gratuit », dit Ada Morel."
PORT = "Le port de Sarvelle sera dragué. Le tramway n'ira pas jusqu'au port."


@pytest.fixture(scope="module")
def address(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    archive = archive_in(tmp_path_factory.mktemp("room-find") / "archive", program)
    start = TRAM.index("Il sera")
    quote = Quote(Span(start, start + len("Il sera gratuit")), "Ada Morel", "maire de Sarvelle")
    with archive:
        for made in (
            release(TRAM, title="Le tramway arrive", reference="cp-1", published=date(2024, 3, 5), quotes=(quote,)),
            release(PORT, title="Le port sera dragué", reference="cp-2", issuer="Port de Sarvelle"),
            *(release(f"Texte {n}.", title=f"Titre {n}", reference=f"cp-1{n}", issuer="Office") for n in range(21)),
        ):
            archive.add(made, cut(made, program.tokens.count))
        archive.flush()
        with served(archive) as (address, _):
            yield address


@pytest.fixture
def page(browser: object, address: str) -> Page:
    return Page(browser, address)


def shown(page: Page, name: str, heading: str) -> None:
    """Wait until a pane's list is headed so."""
    page.until(
        lambda: (
            page.js(f"return !!document.querySelector('#pane-{name} .list h3')")
            and heading in page.text(f"#pane-{name} .list h3")
        ),
        f"no « {heading} »",
    )


@pytest.mark.parametrize("size", [LARGE, NARROW])
def test_the_list_narrows_by_a_click_and_the_way_back_is_the_browsers(page: Page, size: tuple[int, int]) -> None:
    """Words, then a facet, then back: the address says each, focus is at the list, nothing overflows."""
    page.open(size, "#find")
    shown(page, "find", "23 communiqués")
    assert not page.overflows()
    page.all("#pane-find [name=q]")[0].send_keys("tramway", "\ue007")
    shown(page, "find", "proches de vos mots")
    assert page.all("#pane-find .finding .title")[0].text == "Le tramway arrive"
    assert page.all("#pane-find .finding mark")[0].text.lower() == "tramway"
    page.js("document.querySelector('#pane-find .facets').open = true")
    page.js("[...document.querySelectorAll('#pane-find .facet a')].find((a) => a.textContent.includes('Port')).click()")
    page.until(lambda: len(page.browser.find_elements("css selector", "#pane-find .finding")) == 1, "not narrowed")
    assert "issuer=Port" in page.js("return location.hash")
    assert page.js("return document.activeElement.matches('#pane-find .list h3')")
    page.browser.back()
    page.until(lambda: len(page.browser.find_elements("css selector", "#pane-find .finding")) > 1, "not back")
    assert page.js("return document.querySelector('#pane-find [name=q]').value") == "tramway"
    assert not page.overflows()


def test_pages_and_bars_are_reached_by_keyboard(page: Page) -> None:
    """Arrow keys go along the bars, Enter narrows; the next page begins at its list."""
    page.open(LARGE, "#find")
    shown(page, "find", "23 communiqués")
    page.js("document.querySelector('#pane-find .bar[tabindex=\"0\"]').focus()")
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(page.browser).send_keys("\ue012").perform()
    assert "mars 2024" in page.js("return document.activeElement.getAttribute('aria-label')")
    ActionChains(page.browser).send_keys("\ue007").perform()
    shown(page, "find", "1 communiqué")
    page.open(LARGE, "#find")
    shown(page, "find", "23 communiqués")
    page.all("#pane-find .pages a[rel=next]")[0].click()
    page.until(lambda: len(page.browser.find_elements("css selector", "#pane-find .finding")) == 3, "no second page")
    assert "21 à 23 sur 23" in page.text("#pane-find .pages")


def test_a_verbatim_opens_its_release_at_the_words(page: Page) -> None:
    """A speaker is offered while one types, and chosen; the words are marked in the release."""
    page.open(LARGE, "#verbatims")
    shown(page, "verbatims", "1 citation")
    page.all("#pane-verbatims [name=named]")[0].send_keys("mor")
    page.all("#pane-verbatims .offered a")[0].click()
    page.until(lambda: "speaker=ada+morel" in page.js("return location.hash"), "not chosen")
    shown(page, "verbatims", "1 citation")
    assert "« Il sera gratuit »" in page.text("#pane-verbatims blockquote")
    page.all("#pane-verbatims .saying .title")[0].click()
    assert page.all(".reader mark")[0].text == "Il sera gratuit"


def test_an_answer_shows_when_its_releases_were_published(page: Page) -> None:
    """Bars stand in the answer; one narrows the question to its time."""
    page.open(LARGE).ask("Que dit-on du tramway de Sarvelle ?")
    bars = page.all("#current .found-over-time .bar", 2)
    assert "mars 2024" in bars[0].get_attribute("aria-label")
    page.js("document.querySelector('#current .found-over-time .bar').dispatchEvent(new MouseEvent('click', "
            "{bubbles: true, cancelable: true}))")  # fmt: skip
    page.until(lambda: "mars 2024" in page.text("#current .understood"), "not narrowed")
