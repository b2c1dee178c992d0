"""Every place of the page, in a real Chromium, to axe-core's rules for WCAG 2.2 AA."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest

from app import Program
from browsing import LARGE, NARROW, Page, served
from conftest import archive_in, release
from ingest.passages import cut

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STADIUM = (
    "Ormelune, le 6 mai 2025\n\nLe conseil a voté hier la rénovation du stade. Le coût des travaux s'élève à 48,6 "
    "millions d'euros. « Nous tiendrons le délai », a déclaré Inès Valdor, maire d'Ormelune."
)


@pytest.fixture(scope="module")
def address(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    archive = archive_in(tmp_path_factory.mktemp("accessible") / "archive", program)
    with archive:
        made = release(STADIUM, title="Le stade Albert-Fauvel sera rénové", reference="CP-2025-7")
        archive.add(made, cut(made, program.tokens.count))
        archive.flush()
        with served(archive) as (address, _):
            yield address


def found(page: Page) -> list[tuple[str, str, str]]:
    """What axe-core finds: how serious, which rule, the first element."""
    page.js((files("axe_playwright_python") / "axe.min.js").read_text())
    page.browser.set_script_timeout(60)
    run = "const done = arguments[1]; axe.run(document, {runOnly: arguments[0]}).then(done)"
    told: dict[str, Any] = page.browser.execute_async_script(run, RULES)
    return [(one["impact"], one["id"], one["nodes"][0]["html"][:200]) for one in told["violations"]]


def asked(page: Page) -> None:
    page.ask("Combien coûtent les travaux du stade ?")


def opened(page: Page) -> None:
    asked(page)
    page.all(".cite")[0].click()
    page.all(".reader mark")


def shown(name: str) -> Callable[[Page], None]:
    return lambda page: page.all(f"#pane-{name} h2") and None


PLACES = {
    "first screen": ("", lambda page: None),
    "answer": ("", asked),
    "release": ("", opened),
    "find": ("#find", shown("find")),
    "verbatims": ("#verbatims", shown("verbatims")),
    "conversations": ("#conversations", shown("conversations")),
    "archive": ("#archive", shown("archive")),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("size", [LARGE, NARROW], ids=["large", "narrow"])
def test_axe_finds_nothing(browser: Any, address: str, place: str, size: tuple[int, int]) -> None:
    """Light on a large screen, dark on a narrow one: nothing that axe-core would mend, and no scrolling sideways."""
    scheme = "light" if size == LARGE else "dark"
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    try:
        where, do = PLACES[place]
        page = Page(browser, address).open(size, where)
        do(page)
        assert found(page) == []
        assert not page.overflows()
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
