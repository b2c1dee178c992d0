"""A conversation on the page, in a real Chromium: answers that come slowly, and what was understood put right."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from app import Program
from assistant.answer import Assignment, Claim, Count, Notice, Written
from assistant.desk import Desk
from assistant.extractive import ExtractiveWriter
from browsing import LARGE, NARROW, PATIENCE, Page, served
from conftest import NOW, archive_in, release
from hostile import HOSTILE
from ingest.passages import cut
from store.archive import Archive
from store.catalogue import Added

CHARTER = '<b>Syndicat</b> "des eaux" de l\'Orme'


class Patient:
    """A writer that waits after each sentence until it is let go on."""

    def __init__(self) -> None:
        self.go_on = threading.Semaphore(10**6)
        self._writer = ExtractiveWriter()

    @property
    def written(self) -> Written:
        return self._writer.written

    def write(self, assignment: Assignment) -> Iterator[Claim | Notice | Count]:
        for piece in self._writer.write(assignment):
            yield piece
            self.go_on.acquire(timeout=PATIENCE)

    def hold(self) -> None:
        self.go_on = threading.Semaphore(0)


@pytest.fixture(scope="module")
def writer() -> Patient:
    return Patient()


@pytest.fixture(scope="module")
def address(program: Program, writer: Patient, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    archive = archive_in(tmp_path_factory.mktemp("room-ask") / "archive", program)
    made = (
        release(
            "Le pont Zéphyrin rouvrira le 3 juin 2025. La réfection du pont Zéphyrin a coûté 3 millions d'euros.",
            title="Le pont Zéphyrin rouvre",
        ),
        release(
            "La réfection du pont Zéphyrin durera neuf mois. Les piétons passeront par le quai.",
            title="Le pont Zéphyrin ferme",
            issuer="Ville d'Ormeval",
            published=date(2024, 9, 2),
        ),
        release("Le syndicat vend l'eau au prix de 3,10 euros.", title="L'eau", issuer=CHARTER),
    )
    with archive:
        for one in made:
            archive.add(one, cut(one, program.tokens.count))
        archive.flush()
        with served(archive, Desk(archive, lambda: NOW, writer)) as (address, _):
            yield address


@pytest.fixture
def page(browser: Any, address: str, writer: Patient) -> Iterator[Page]:
    writer.go_on = threading.Semaphore(10**6)
    yield Page(browser, address)
    writer.go_on.release(10**6)


def typed(page: Page, question: str) -> None:
    page.all("#question textarea")[0].send_keys(question, "\ue007")


def chips(page: Page) -> list[str]:
    return [" ".join(chip.text.split()) for chip in page.all("#current .understood li")]


def said(page: Page) -> list[str]:
    """The sentences on the page, of which there is at least one; also those that are still fading in."""
    page.all(".sentence")
    return list(page.js("return [...document.querySelectorAll('.sentence')].map((one) => one.innerText)"))


def test_a_sentence_that_stands_stays_as_it_is(page: Page, writer: Patient) -> None:
    """The next sentence is added to the first, which is neither drawn anew nor loses what is selected in it."""
    writer.hold()
    page.open()
    typed(page, "Qu'a-t-on dit de la réfection du pont Zéphyrin ?")
    page.all(".sentence")
    page.js("const s = document.querySelector('.sentence'); s.seen = true; getSelection().selectAllChildren(s)")
    selected = page.js("return getSelection().toString()")
    assert page.js("return document.querySelector('.turn').dataset.state") == "working"
    writer.go_on.release(10**6)
    page.settled()
    page.all(".sentence", 2)
    assert page.js("return document.querySelector('.sentence').seen")
    assert page.js("return getSelection().toString()") == selected != ""


def test_an_answer_stops_when_it_is_told_to(page: Page, writer: Patient) -> None:
    """What was shown stays, marked as incomplete; one button asks again, in its place."""
    writer.hold()
    page.open()
    typed(page, "Qu'a-t-on dit de la réfection du pont Zéphyrin ?")
    first = said(page)
    page.all(".working .stop")[0].click()
    page.all(".broken-off")
    assert "interrompue" in page.text(".broken-off")
    assert said(page) == first
    assert page.js("return document.activeElement.className") == "again"
    writer.go_on.release(10**6)
    page.all(".again")[0].click()
    page.all('.turn[data-state="finished"]')
    assert page.js("return document.querySelectorAll('.turn').length") == 1


def test_a_question_typed_meanwhile_waits_in_its_box(page: Page, writer: Patient) -> None:
    """While an answer is being given, Enter asks nothing, says so, and loses nothing."""
    writer.hold()
    page.open()
    typed(page, "Qu'a-t-on dit de la réfection du pont Zéphyrin ?")
    page.all(".sentence")
    typed(page, "Et les piétons ?")
    page.until(lambda: "en cours" in page.js("return document.querySelector('.spoken').textContent"), "nothing is said")
    assert page.js("return document.querySelector('#question textarea').value") == "Et les piétons ?"
    writer.go_on.release(10**6)
    page.settled()
    assert page.js("return document.querySelectorAll('.turn').length") == 1


@pytest.mark.parametrize("size", [LARGE, NARROW])
def test_what_was_understood_is_taken_back(page: Page, size: tuple[int, int]) -> None:
    """Without the period that was understood the question is answered in place; it can be had back."""
    page.open(size).ask("Qu'avons-nous annoncé sur la réfection du pont Zéphyrin en mars 2019 ?")
    assert "Pas de réponse" in page.text(".abstained")
    assert chips(page)[0].startswith("Période mars 2019")
    page.all('.understood .off[data-decline="period"]')[0].send_keys("\ue007")
    page.all('.turn[data-state="finished"] .answer')
    assert not any("2019" in chip for chip in chips(page))
    assert page.js("return document.querySelectorAll('.turn').length") == 1
    assert page.js("return document.activeElement.className") == "asked"
    assert not page.overflows()
    page.all(".understood .restore")[0].click()
    page.all(".abstained")
    assert chips(page)[0].startswith("Période mars 2019")


def test_a_period_and_an_issuer_are_chosen(page: Page) -> None:
    """What is chosen by hand is in force, looks chosen, and holds for what follows from it."""
    page.open().ask("Qu'a-t-on dit de la réfection du pont Zéphyrin ?")
    page.all(".add-filter")[0].click()
    page.all(".filtering")
    assert page.js("return document.activeElement.name") == "from"
    page.js("document.querySelector('.filtering [name=from]').value = '2024-01-01'")
    page.js("document.querySelector('.filtering [name=to]').value = '2024-12-31'")
    page.all(".filtering .primary")[0].click()
    page.all(".chip.by-hand")
    page.settled()
    assert chips(page)[0] == "Période choisie 2024"
    assert "neuf mois" in page.text(".answer")
    assert "millions" not in page.text(".answer")
    page.ask("Et combien de mois cela dure-t-il ?")
    assert any(chip.startswith("Période 2024") for chip in chips(page))


def test_the_form_is_left_by_escape(page: Page) -> None:
    """Escape closes the form and leads back to what opened it; a hostile issuer's name is only text."""
    page.open().ask("Combien coûte l'eau du syndicat ?")
    page.all(".add-filter")[0].click()
    page.all(".filtering")
    assert CHARTER in page.text(".filtering .who")
    assert page.js("return document.querySelectorAll('.filtering b').length") == 0
    page.js("document.querySelector('.filtering [name=issuer]').focus()")
    page.browser.switch_to.active_element.send_keys("\ue00c")
    page.until(lambda: not page.browser.find_elements("css selector", ".filtering"), "the form stays")
    assert page.js("return document.activeElement.className") == "add-filter"


def test_a_question_is_said_otherwise(page: Page) -> None:
    """The question made whole can be written anew; it then leans on nothing."""
    page.open().ask("Quand rouvrira le pont Zéphyrin ?")
    page.ask("Et combien cela a-t-il coûté ?")
    page.all('#current [data-edit="standalone"]')[0].click()
    box = page.all(".rewording textarea")[0]
    box.clear()
    box.send_keys("Combien de mois durera la réfection du pont Zéphyrin ?")
    page.all(".rewording .primary")[0].click()
    page.until(lambda: "Combien de mois" in page.text("#current .asked"), "the question stays")
    page.settled()
    assert "neuf mois" in page.text("#current .answer")
    assert page.js("return document.querySelectorAll('.turn').length") == 2


def test_what_was_opened_stays_open(page: Page) -> None:
    """An earlier answer stays as its reader left it when the next question is asked."""
    page.open().ask("Qu'a-t-on dit de la réfection du pont Zéphyrin ?")
    page.js("const t = document.querySelector('.turn'); t.seen = true; t.append(document.createElement('details'))")
    page.js("document.querySelector('.turn details').open = true")
    page.ask("Combien coûte l'eau du syndicat ?")
    assert page.js("return document.querySelector('#earlier .turn').seen")
    assert page.js("return document.querySelector('#earlier .turn details').open")
    assert page.js("return document.querySelector('#earlier .add-filter').disabled")


def test_no_hostile_question_runs(page: Page) -> None:
    """Whatever is asked is text, in the heading, the chips and what is kept to ask it again."""
    page.open()
    for _, text in HOSTILE[::8]:
        words = "".join(char for char in text if "\u0020" <= char < "\ud800")[:120]
        page.ask(f"Combien coûte l'eau ? {words}")
        page.js("document.querySelector('#current .add-filter').click()")
        page.all(".filtering")
    assert page.js("return window.hostile") is None
    assert page.js("return document.querySelectorAll('.turn :is(script, img, iframe, base, meta)').length") == 0


def test_a_lost_answer_says_so_and_nothing_typed_is_lost(
    browser: Any, archive: Archive, shelve: Callable[..., Added]
) -> None:
    """A server that goes in mid-answer is told at once; what was shown stays, and what was asked outlasts a reload."""
    shelve("Le pont Zéphyrin rouvrira le 3 juin. La réfection du pont Zéphyrin a coûté 3 millions.", title="Le pont")
    archive.flush()
    writer = Patient()
    writer.hold()
    with served(archive, Desk(archive, lambda: NOW, writer)) as (address, stop):
        page = Page(browser, address).open()
        typed(page, "Qu'a-t-on dit de la réfection du pont Zéphyrin ?")
        first = said(page)
        stop()
        page.all(".broken-off .again")
        assert "connexion est perdue" in page.text(".broken-off")
        assert said(page) == first
        assert page.js("return sessionStorage.getItem('porte-parole.asked')").startswith("Qu'a-t-on dit")
        assert "ne répond pas" in page.text(".lost")
        assert "Connection" not in page.js("return document.body.innerText")
        writer.go_on.release(10**6)
