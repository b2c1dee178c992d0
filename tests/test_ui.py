"""What the chat page promises, in a real Chromium on a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from app import Program
from browsing import LARGE, NARROW, Page, served
from conftest import archive_in, release
from ingest.passages import cut
from store.archive import Archive

STADIUM = (
    "Ormelune, le 6 mai 2025\n\nLe conseil a voté hier la rénovation du stade. Le coût des travaux s'élève à 48,6\n"
    "millions d'euros hors taxes. La réouverture est prévue le 6 septembre 2026.\n\n"
    + "\n\n".join(f"La tranche numéro {n} des aménagements extérieurs sera suivie par les services." for n in range(40))
    + "\n\nLe parvis accueillera 320 arbres plantés par les habitants d'Ormelune."
)
HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script> ${window.hacked=1} {{7*7}} <b>gras</b>'
POOL = "Le prix d'entrée de la piscine Zéphyrine sera de 4,20 euros dès l'ouverture du bassin."


@pytest.fixture(scope="module")
def address(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server for staff over three invented releases, one hostile and one under embargo."""
    archive = archive_in(tmp_path_factory.mktemp("page") / "archive", program)
    embargo = datetime(2031, 3, 12, 9, 0, tzinfo=UTC)
    with archive:
        for made in (
            release(STADIUM, title="Le stade Albert-Fauvel sera rénové", reference="CP-2025-7"),
            release(f"Le marché de la mode {HOSTILE} ouvrira en juin.", title=HOSTILE, issuer=HOSTILE),
            release(POOL, title="La piscine Zéphyrine", published=date(2026, 3, 1), embargo=embargo),
        ):
            archive.add(made, cut(made, program.tokens.count))
        archive.flush()
        with served(archive) as (address, _):
            yield address


@pytest.fixture
def page(browser: Any, address: str) -> Page:
    return Page(browser, address)


@pytest.mark.parametrize("size", [LARGE, NARROW])
def test_a_question_is_answered_and_its_citation_opens(page: Page, size: tuple[int, int]) -> None:
    """A citation opens its release at the quoted sentence, marked and in sight."""
    page.open(size).ask("Combien d'arbres accueillera le parvis du stade ?")
    sentences = [element.text for element in page.all(".sentence")]
    place = next(n for n, sentence in enumerate(sentences) if "320 arbres" in sentence)
    page.all(".sentence .cite")[place].click()
    mark = page.all(".reader mark")[0]
    assert mark.text == "Le parvis accueillera 320 arbres plantés par les habitants d'Ormelune."
    assert page.js(
        "const m = document.querySelector('.reader mark').getBoundingClientRect();"
        "const l = document.querySelector('.reader .leaves').getBoundingClientRect();"
        "return m.top >= l.top && m.bottom <= l.bottom && m.right <= innerWidth"
    )
    assert "Le stade Albert-Fauvel sera rénové" in page.text(".reader h2")
    assert "6 mai 2025" in page.text(".reader")
    assert not page.overflows()
    page.all(".reader .close")[0].click()
    assert page.js("return document.querySelector('.reader').hidden")
    assert page.js("return document.activeElement.classList.contains('cite')")


def test_a_quotation_broken_over_lines_is_marked_whole(page: Page) -> None:
    """A sentence that the release breaks over two lines is read, and marked, as one."""
    page.open().ask("Quel est le coût des travaux du stade Albert-Fauvel ?")
    sentences = [element.text for element in page.all(".sentence")]
    place = next(n for n, sentence in enumerate(sentences) if "48,6" in sentence)
    page.all(".sentence .cite")[place].click()
    assert page.all(".reader mark")[0].text == "Le coût des travaux s'élève à 48,6 millions d'euros hors taxes."


def test_turns_stay_and_the_newest_is_last(page: Page) -> None:
    """Earlier turns stay above the newest; a new conversation begins with none."""
    page.open()
    page.ask("Combien coûtent les travaux du stade ?")
    page.ask("Et quand rouvrira-t-il ?")
    assert [element.text for element in page.all(".asked", 2)] == [
        "Combien coûtent les travaux du stade ?",
        "Et quand rouvrira-t-il ?",
    ]
    assert page.js(
        "return Math.abs(document.querySelector('#current .turn').getBoundingClientRect().top) < innerHeight"
    )
    page.all("#new")[0].click()
    page.all(".example")
    assert page.js("return document.querySelectorAll('.turn').length") == 0


def test_an_example_is_asked_by_a_click(page: Page) -> None:
    """The first screen offers questions drawn from the archive; a click asks one."""
    example = page.open().all(".example")[0]
    words = example.text
    example.click()
    page.all(".turn")
    page.settled()
    assert page.text(".asked") == words


def test_no_answer_has_its_own_card(page: Page) -> None:
    """Where nothing answers, the page says so calmly, and cites nothing."""
    page.open().ask("Qu'avons-nous annoncé en mai 2019 ?")
    assert "Pas de réponse" in page.text(".abstained")
    assert "mai 2019" in page.text(".understood")
    assert page.js("return document.querySelectorAll('.cite').length") == 0


def test_an_embargoed_release_is_marked_for_staff(page: Page) -> None:
    """Staff see an embargoed release, and until when it is embargoed."""
    page.open().ask("Quel est le prix d'entrée de la piscine Zéphyrine ?")
    assert "4,20 euros" in page.text(".answer")
    assert page.text(".card .badge") == "Sous embargo jusqu’au 12 mars 2031 à 10 h (Paris)"


def test_nothing_from_a_release_or_a_question_runs(page: Page) -> None:
    """Markup and templates in a release or a question are shown as text."""
    page.open().ask(f"Quand ouvrira le marché de la mode ? {HOSTILE}")
    page.all(".card .title")[0].click()
    page.all(".reader .text")
    assert page.js("return [window.hacked, document.querySelectorAll('.talk :is(img, b, script)').length]") == [None, 0]
    assert page.js("return document.querySelectorAll('.reader :is(img, b, script)').length") == 0
    assert "${window.hacked=1} {{7*7}}" in page.text(".asked")
    assert "<script>" in page.text(".reader")


def test_the_page_speaks_to_no_other_host(page: Page) -> None:
    """Looking, asking and reading make no request to another host, and no error."""
    page.browser.get_log("performance")
    page.browser.get_log("browser")
    page.open().ask("Combien coûtent les travaux du stade ?")
    page.all(".cite")[0].click()
    page.all(".reader mark")
    messages = [json.loads(entry["message"])["message"] for entry in page.browser.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert any(url.startswith(page.address) for url in urls)
    assert [url for url in urls if not url.startswith((page.address, "data:", "blob:", "chrome:"))] == []
    assert [entry for entry in page.browser.get_log("browser") if entry["level"] == "SEVERE"] == []


@pytest.mark.parametrize("size", [LARGE, NARROW])
def test_the_page_is_french_and_fits(page: Page, size: tuple[int, int]) -> None:
    """The page speaks French only, names its language, and never scrolls sideways."""
    page.open(size)
    assert not page.overflows()
    page.ask("Combien coûtent les travaux du stade ?")
    assert not page.overflows()
    seen = page.js("return document.body.innerText")
    assert page.js("return document.documentElement.lang") == "fr"
    for crumb in ("Built with", "Gradio", "Settings", "Use via API", "Loading", "Submit", "undefined", "null", '{"'):
        assert crumb not in seen, crumb


def test_an_empty_archive_and_a_stopped_server_say_what_to_do(browser: Any, archive: Archive) -> None:
    """An empty archive names the command that fills it; a server that is gone is said in French."""
    with served(archive) as (address, stop):
        page = Page(browser, address)
        page.browser.get(address)
        page.all(".welcome pre")
        assert "porte-parole ingest" in page.text(".welcome")
        stop()
        page.all("#question textarea")[0].send_keys("Encore ?", "\ue007")
        page.until(lambda: page.all(".lost")[0].is_displayed(), "nothing says that the server is gone")
        assert "Connection" not in page.js("return document.body.innerText")


def test_gradio_opens_nothing_else(address: str) -> None:
    """Of Gradio's routes only those of the page answer: no uploads, no files, no own API."""
    import httpx

    with httpx.Client(base_url=address) as client:
        assert client.get("/").status_code == 200
        for path in ("gradio_api/upload", "gradio_api/call/ask", "gradio_api/vibe-edit", "login", "gradio_api/run/ask"):
            assert client.post(f"/{path}", json={}).status_code == 404, path
        for path in ("gradio_api/file=/etc/hostname", "monitoring", "gradio_api/proxy=http://127.0.0.1/", "docs"):
            assert client.get(f"/{path}").status_code == 404, path


def test_the_staff_page_answers_only_to_this_machine(address: str) -> None:
    """The staff's server refuses other host names, and other sites' scripts."""
    import httpx

    with httpx.Client(base_url=address) as client:
        assert client.get("/", headers={"host": "press.example"}).status_code == 403
        assert client.get("/v1/releases", headers={"host": "press.example:7860"}).status_code == 403
        assert client.get("/config", headers={"sec-fetch-site": "cross-site"}).status_code == 403
        followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
        assert client.get("/", headers=followed).status_code == 200


def test_page_files_are_with_the_package() -> None:
    """Style, script and icon lie beside the page's module."""
    from assistant.web import ui

    for name in ("page/frame.css", "page/frame.js", "pictures/icon.svg"):
        assert (Path(ui.__file__).parent / name).is_file()
