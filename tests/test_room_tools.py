"""Taking an answer away, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from browsing import LARGE, NARROW, Page, served
from store.archive import Archive
from store.catalogue import Added

Shelve = Callable[..., Added]
BRIDGE = "Le pont de la Varlone rouvre lundi. Sa réfection a coûté 3,4 millions d'euros."
ASKED = "Combien a coûté la réfection du pont de la Varlone ?"
COPIED = "window.copied = {}; navigator.clipboard.write = async ([item]) => { for (const type of item.types) "
COPIED += "window.copied[type] = await (await item.getType(type)).text(); };"


def test_an_answer_is_taken_away(archive: Archive, shelve: Shelve, browser: Any) -> None:
    """Copied with its notes, which is said; where that is not allowed, put there to be copied; exported by links."""
    shelve(BRIDGE, title="Le pont rouvre", reference="CP-1")
    archive.flush()
    with served(archive) as (address, stop):
        page = Page(browser, address).open(LARGE)
        page.ask(ASKED)
        page.js(COPIED)
        page.all(".tools .copy")[0].click()
        copied = page.until(lambda: page.js("return window.copied['text/html'] && window.copied"), "nothing is copied")
        assert re.search(r"3,4.millions d'euros \[\d\]\.", copied["text/plain"])
        assert "<sup>1</sup>" in copied["text/html"]
        page.until(lambda: "copiée" in page.text(".spoken"), "nothing is said of it")

        page.all(".export summary")[0].click()
        links = page.all(".export a", 4)
        assert page.js("return document.querySelector('.export').open")
        link = "document.querySelector('.export a').href"
        fetched = page.js(f"return fetch({link}).then((got) => got.headers.get('content-disposition'))")
        assert "combien-a-coute" in fetched
        links[0].send_keys("\ue00c")
        assert not page.js("return document.querySelector('.export').open")
        assert page.js("return document.activeElement.textContent") == "Exporter"

        page.open(NARROW)
        page.ask(ASKED)
        page.js(
            "navigator.clipboard.write = async () => { throw new Error('no'); }; document.execCommand = () => false;"
        )
        page.all(".tools .copy")[0].click()
        page.all(".tool-told textarea")
        assert "[1]" in page.js("return getSelection().toString() || document.activeElement.value")
        assert not page.overflows()
        targets = "[...document.querySelectorAll('.tools button, .tools summary')]"
        sizes = page.js(f"return {targets}.map((target) => target.getBoundingClientRect().height)")
        assert min(sizes) >= 44
        stop()
        page.js("document.querySelector('.tools .copy').removeAttribute('aria-disabled')")
        page.all(".tools .copy")[0].click()
        page.until(lambda: "ne répond pas" in page.text(".tool-told"), "a lost server is not told")
