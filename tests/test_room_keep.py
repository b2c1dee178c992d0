"""Conversations and judgments in a real browser: what only a browser shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.desk import Desk
from assistant.records import Recorder
from assistant.web.room import Parts
from browsing import NARROW, Page, served
from browsing import browser as browser
from conftest import NOW
from store.answers import Answers
from store.archive import Archive
from store.catalogue import Added
from store.conversations import Conversations
from store.judgments import Judgments

Shelve = Callable[..., Added]
BRIDGE = "Le pont de la Varlone rouvre lundi. Sa réfection a coûté 3,4 millions d'euros."
FERRY = "La navette fluviale coûtera 2 euros. Elle partira du quai chaque matin."
ASKED = "Combien a coûté la réfection du pont de la Varlone ?"


@pytest.fixture
def page(archive: Archive, shelve: Shelve, browser: Any, tmp_path: Path) -> Iterator[Page]:
    shelve(BRIDGE, title="Le pont rouvre lundi", reference="cp-pont")
    shelve(FERRY, title="La navette arrive")
    archive.flush()
    answers = Answers(tmp_path / "answers.sqlite")
    parts = Parts(answers=answers, conversations=Conversations(answers.notebook), judgments=Judgments(answers.notebook))
    desk = Desk(archive, lambda: NOW, recorder=Recorder(answers, lambda: NOW))
    with served(archive, desk, parts) as (address, _):
        yield Page(browser, address)
    answers.close()


def conversation(page: Page) -> str:
    """The address of the conversation on the page, as soon as it says so."""
    page.until(lambda: "c=" in page.js("return location.hash"), "the address does not name the conversation")
    return str(page.js("return location.hash"))


def press(page: Page, selector: str, at: int = 0) -> None:
    page.browser.execute_script("arguments[0].click()", page.all(selector, at + 1)[at])


def test_a_conversation_is_found_by_its_address(page: Page, archive: Archive) -> None:
    """Loaded anew it stands there and goes on; withdrawn since, it says so, and is asked for again at a click."""
    page.open().ask(ASKED)
    address = conversation(page)
    page.ask("Combien coûtera la navette fluviale ?")
    assert conversation(page) == address
    page.open(place=address)
    shown = [turn.text for turn in page.all(".turn .asked", 2)]
    assert shown == [ASKED, "Combien coûtera la navette fluviale ?"]
    page.ask("Quand rouvre le pont de la Varlone ?")
    assert conversation(page) == address
    archive.withdraw("cp-pont", "erreur", NOW)
    page.open(place=address)
    flags = page.all(".since", 2)
    assert "Communiqué retiré le 2 mars 2026" in flags[0].text
    press(page, ".ask-afresh")
    page.all(".turn", 4)
    page.settled()
    press(page, "#new")
    page.all(".welcome")
    assert page.js("return location.hash") == "#ask"


def test_the_list_is_searched_renamed_and_emptied(page: Page) -> None:
    """With the keyboard's focus where the eye goes: into the title, back to the line, to the next one."""
    page.open().ask(ASKED)
    bridge = conversation(page)
    press(page, "#new")
    page.all(".welcome")
    assert page.js("return location.hash") == "#ask"
    page.ask("Combien coûtera la navette fluviale ?")
    page.until(lambda: conversation(page) != bridge, "the second conversation is the first")
    page.js("document.querySelector('[data-place=conversations]').click()")
    page.all(".conversation", 2)
    field = page.all(".seek input")[0]
    field.send_keys("refection")
    page.until(lambda: len(page.browser.find_elements("css selector", ".conversation")) == 1, "nothing is found")
    assert page.js("return location.hash") == "#conversations?q=refection"
    press(page, ".rename")
    assert page.js("return document.activeElement.name") == "title"
    page.browser.switch_to.active_element.send_keys("Le pont\ue007")
    page.until(lambda: page.text(".conversation a") == "Le pont", "it is not renamed")
    assert page.js("return document.activeElement.innerText") == "Le pont"
    press(page, ".delete")
    page.browser.switch_to.active_element.send_keys("\ue00c")
    assert not page.js("return document.querySelector('.sure:not([hidden])')")
    press(page, ".delete")
    press(page, ".really")
    page.until(lambda: not page.browser.find_elements("css selector", ".conversation"), "it is not deleted")
    page.open(NARROW, place="#conversations")
    page.all(".conversation")
    assert not page.overflows()
    page.open(place=bridge)
    assert "n’est pas ici" in page.all(".not-here")[0].text


def test_an_answer_is_judged_and_seen_to(page: Page) -> None:
    """The judgment stays where it was given when the next question is asked, and reaches the archivist."""
    page.open().ask(ASKED)
    address = conversation(page)
    press(page, ".verdict[data-verdict=wrong_source]")
    assert page.js("return document.activeElement.dataset.citation") == "1"
    press(page, ".which button")
    page.all(".judging form.why textarea")[0].send_keys("Autre pont")
    press(page, ".judging form.why button")
    page.until(lambda: "Autre pont" in page.text(".judging .word"), "the word why is not kept")
    page.ask("Combien coûtera la navette fluviale ?")
    assert "Mauvaise source [1]" in page.text("#earlier .verdict[aria-pressed=true]")
    page.open(place=address)
    page.all("#earlier .turn")
    assert "Mauvaise source [1]" in page.text("#earlier .verdict[aria-pressed=true]")
    page.open(place="#archive")
    assert "Autre pont" in page.all("#judgments .judgment")[0].text
    press(page, "#judgments .handle summary")
    press(page, "#judgments .handle button")
    assert "Traité par cet ordinateur" in page.all(".judgment .handled")[0].text
    page.until(lambda: "Traités (1)" in page.text(".which-judgments"), "the counts do not follow")
