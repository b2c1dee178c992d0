"""The pane for the press in a real browser: what only a browser shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app import Program
from assistant.answer import Question
from assistant.desk import Desk
from assistant.gathered import Gathering
from assistant.records import Recorder
from assistant.web.room import Parts
from browsing import NARROW, Page, served
from browsing import browser as browser
from conftest import NOW
from store.answers import Answers
from store.archive import Archive
from store.catalogue import Added
from store.enquiries import Enquiries
from store.enquiry_rows import Left
from store.records import Scope

Shelve = Callable[..., Added]
POOL = "Quand rouvre la piscine de Bréval ?"


@pytest.fixture
def page(archive: Archive, shelve: Shelve, browser: Any, tmp_path: Path, program: Program) -> Iterator[Page]:
    shelve("La piscine de Bréval rouvre lundi 9 mars.", title="La piscine de Bréval rouvre", reference="PISCINE-1")
    shelve("La navette fluviale coûte 2 euros.", title="La navette arrive")
    archive.flush()
    answers, enquiries = Answers(tmp_path / "answers.sqlite"), Enquiries(tmp_path / "enquiries.sqlite")
    desk = Desk(archive, lambda: NOW, recorder=Recorder(answers, lambda: NOW))
    for question in (POOL, "Quand va rouvrir la piscine de Bréval ?", "Qui dirige l'opéra de Novarrive ?"):
        desk.ask(Question(question), Scope.PUBLIC)
    enquiries.leave(Left("Qui dirige l'opéra ?", name="Ida", email="ida@journal.example"), NOW)
    gathering = Gathering(answers, enquiries, program.embedder.embed_query, program.model.unrelated)
    with served(archive, desk, Parts(answers=answers, enquiries=enquiries, gathering=gathering)) as (address, _):
        yield Page(browser, address)
    answers.close()
    enquiries.close()


def press(page: Page, selector: str, at: int = 0) -> None:
    page.browser.execute_script("arguments[0].click()", page.all(selector, at + 1)[at])


def test_a_question_becomes_an_answer_at_the_pane(page: Page) -> None:
    """Proposed, put right, reviewed and approved; what was not saved stands there again; the count follows."""
    page.open(place="#press")
    waiting = page.all('.places [data-place="press"] .waiting')[0]
    before = int(waiting.text)
    press(page, f'.asked[data-question="{POOL}"] .propose')
    answer = page.all(".entry-form textarea[name=answer]")[0]
    assert "lundi 9 mars" in answer.get_attribute("value")
    assert "entry=" in page.js("return location.hash")
    assert page.js("return document.activeElement.tagName") == "H3"
    answer.send_keys(" À 9 heures.")
    press(page, ".back a")
    page.all(".entries .entry")
    press(page, ".entries .entry a")
    kept = "return document.querySelector('[name=answer]').value.includes('À 9 heures.')"
    page.until(lambda: page.js(kept), "what was written is lost")
    field = page.all(".find-release")[0]
    field.send_keys("navette")
    press(page, ".offered .add")
    assert len(page.all(".chosen li", 2)) == 2
    assert page.js("return document.activeElement.className") == "find-release"
    press(page, ".chosen .off", 1)
    press(page, "[data-act=review]")
    assert "À 9 heures." in page.all(".what-is-read .paragraph")[0].text
    press(page, "[data-act=approve]")
    page.until(lambda: "la presse la lit" in page.text(".one-entry .done"), "it is not approved")
    assert "En ligne" in page.text(".one-entry .badge")
    page.open(NARROW, place="#press?view=enquiries")
    press(page, "[data-prepare]")
    letter = page.all(".reply textarea")[0]
    letter.send_keys(" Bien à vous.")
    assert "Bien%20%C3%A0%20vous." in page.js("return document.querySelector('a.mail').href")
    assert not page.overflows()
    press(page, "[data-set=answered]")
    assert "Répondue" in page.all(".enquiry.answered .acts")[0].text
    counted = '.places [data-place="press"] .waiting'
    page.until(lambda: int(page.text(counted)) < before, "the count does not follow")
