"""Hostile words in every place of the page that shows words, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from app import Program, Settings
from browsing import Page, served
from conftest import release
from hostile import HOSTILE
from ingest.passages import cut
from store.records import Contact, Quote, Span

WRITABLE = tuple(text for _, text in HOSTILE if "\ud800" not in text)
"""All but the one that no database takes."""

RUNS = """
return [
  window.hostile === undefined,
  [...document.querySelectorAll('body :is(iframe, object, embed, base, meta, form[action*=hostile], img[src=x])')]
    .map((it) => it.outerHTML.slice(0, 200)),
  [...document.querySelectorAll('main script, main style:not([data-gradio])')]
    .filter((it) => /hostile|display:none/.test(it.textContent)).map((it) => it.outerHTML.slice(0, 200)),
  [...document.querySelectorAll('body *')].filter((it) =>
    [...it.attributes].some((one) => /^on(error|load|focus|mouseover)$/.test(one.name) && /hostile/.test(one.value)))
    .map((it) => it.outerHTML.slice(0, 200)),
  [...document.querySelectorAll('a[href], [src]')].map((it) => it.getAttribute('href') || it.getAttribute('src'))
    .filter((it) => /^\\s*(java\\s*script|data:text|vbscript)/i.test(it)),
]
"""


@pytest.fixture(scope="module")
def address(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose releases, files, conversations, judgments and reasons all say hostile things."""
    folder = tmp_path_factory.mktemp("hostile")
    made = Program(Settings.read({}, str(folder / "archive")))
    made.__dict__.update(model=program.model, tokens=program.tokens, embedder=program.embedder)
    for number, text in enumerate(WRITABLE):
        body = f"Le marché numéro {number} ouvre lundi. « {text} », a déclaré {text}. Le marché fermera mardi soir."
        start = body.index(text)
        one = release(
            body,
            title=f"{text} {number}",
            issuer=text,
            place=text,
            rubric=text,
            reference=f"CP-{number}",
            url="javascript:window.hostile=1",
            doubts=(text,),
            quotes=(Quote(Span(start, start + len(text)), text, text),),
            contacts=(Contact(text, text, "01 99 00 00 00", f"{number}@ormelune.example"),),
        )
        made.archive.add(one, cut(one, program.tokens.count))
    made.archive.flush()
    made.tray.begin()
    with served(made.archive, made.desk, made.parts) as (address, _):
        spoil(address)
        yield address
    made.close()


def spoil(address: str) -> None:
    """Hand in files of hostile names, withdraw and put right for hostile reasons."""
    header = {"x-porte-parole": "1"}
    with httpx.Client(base_url=address, headers=header, timeout=30) as client:
        for text in WRITABLE[:8]:
            name = quote(f"{text}.txt", safe="")
            content = f"{text}\n\nOrmelune, le 6 mai 2025\n\n{text}".encode()
            client.post(f"/room/arrivals?name={name}", content=content).raise_for_status()
        listed = client.get("/v1/releases?limit=5").json()["releases"]
        for one, text in zip(listed, WRITABLE, strict=False):
            path = f"/room/archive/{one['release_id']}/withdraw"
            client.post(path, json={"reason": text}).raise_for_status()


@pytest.fixture(scope="module")
def walked(browser: Any, address: str) -> Page:
    return Page(browser, address)


PLACES = {
    "#find": ".pane:not([hidden]) [data-release]",
    "#find?q=march%C3%A9": ".pane:not([hidden]) [data-release]",
    "#verbatims": ".pane:not([hidden]) [data-release]",
    "#archive": ".pane:not([hidden]) [data-release]",
}


@pytest.mark.parametrize("place", PLACES)
def test_nothing_runs_in_a_place(walked: Page, place: str) -> None:
    """What releases, files and people say is shown as words, wherever it is listed."""
    walked.open(place=place)
    walked.all(PLACES[place])
    assert walked.js(RUNS) == [True, [], [], [], []]


def test_nothing_runs_in_a_conversation(walked: Page) -> None:
    """Nor where it is asked, answered, judged, kept and opened."""
    walked.open()
    walked.ask("<img src=x onerror=window.hostile=1> marché ?")
    walked.ask("Quand ouvre le marché numéro 3 ? ${window.hostile=1}")
    walked.all(".turn [data-release]")[0].click()
    walked.all(".reader h2")
    assert walked.js(RUNS) == [True, [], [], [], []]
    walked.open(place="#conversations")
    walked.all("#pane-conversations h2")
    walked.until(lambda: "onerror" in walked.text("#pane-conversations"), "the conversation is not listed")
    assert walked.js(RUNS) == [True, [], [], [], []]
