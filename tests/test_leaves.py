"""A release on screen, through the routes that show it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from paper import column, pdf

from assistant.desk import Desk
from assistant.facsimile.facsimiles import Facsimiles
from assistant.web.callers import Everybody
from assistant.web.panes.leaves import routes
from assistant.web.room import Parts, Room
from conftest import NOW, release
from hostile import HOSTILE, Elements
from ingest.passages import cut
from store.archive import Archive
from store.originals import Originals
from store.records import Quote, Release, Source, Span

EMBARGO = datetime(2031, 1, 1, tzinfo=UTC)
LINES = [
    "LE PONT ROUVRE",
    "Le pont de la Varlone rouvre lundi, après deux ans de tra-",
    "vaux. Il a coûté 3 millions d'euros.",
]
TEXT = "LE PONT ROUVRE\n\nLe pont de la Varlone rouvre lundi, après deux ans de travaux. Il a coûté 3 millions d'euros."
QUOTE = "Le pont de la Varlone rouvre lundi, après deux ans de travaux."
PDF = pdf([column(LINES), column(["Contact : presse@sarvelle.example"])])

Put = Callable[..., str]
Visit = Callable[..., TestClient]


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    return Originals(tmp_path / "originals")


@pytest.fixture
def put(archive: Archive, originals: Originals) -> Put:
    """Shelves a release that came as these bytes; gives its id."""

    def shelve(data: bytes, media_type: str, text: str = TEXT, name: str = "/presse/pont.pdf", **facts: object) -> str:
        digest = sha256(data).hexdigest()
        originals.keep(digest, data)
        made = release(text, name=name, **facts)  # type: ignore[arg-type]
        fields = {each: getattr(made, each) for each in Release.__dataclass_fields__}
        whole = Release(**{**fields, "source": Source(name, media_type, digest, made.url, NOW)})
        return archive.add(whole, cut(whole, len)).release_id

    return shelve


@pytest.fixture
def visit(archive: Archive, originals: Originals) -> Iterator[Visit]:
    """A client as the machine's own ("127.0.0.1": archivist) or as the public ("0.0.0.0")."""
    facsimiles = Facsimiles(originals.path)
    parts = Parts(originals=originals, facsimiles=facsimiles)

    def client(bound: str = "127.0.0.1") -> TestClient:
        desk = Desk(archive, lambda: NOW)
        app = FastAPI()
        app.state.room = Room(desk, archive, Everybody(bound), lambda: NOW, parts)
        app.include_router(routes())
        return TestClient(app, base_url="http://127.0.0.1", headers={"X-Porte-Parole": "1"}, follow_redirects=False)

    yield client
    facsimiles.close()


def place(quote: str = QUOTE, within: str = TEXT) -> str:
    start = within.index(quote)
    return f"start={start}&end={start + len(quote)}"


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_a_citation_opens_its_page_with_the_words_marked(put: Put, visit: Visit) -> None:
    """A release read from a PDF offers its page; the page's picture carries a mark on each cited line."""
    shelved = put(PDF, "application/pdf", pages=(Span(0, len(TEXT)),))
    local = visit()
    opened = local.get(f"/room/release/{shelved}?version=1&{place()}").text
    assert f"<mark>{QUOTE}</mark>" in opened
    [where] = re.findall(r'data-sheet="([^"]+)"', opened)
    sheet = local.get(unescape(where)).text
    assert sheet.count("<rect") == 2
    assert "Le passage cité est surligné." in words(sheet)
    assert "Page 1 sur 2" in words(sheet)
    picture = local.get(unescape(re.findall(r'<img src="([^"]+)"', sheet)[0]))
    assert picture.headers["content-type"] == "image/jpeg"
    again = local.get(picture.url.path, params=picture.url.params, headers={"If-None-Match": picture.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Le passage cité est page 1" in words(local.get(unescape(where).replace("/sheet/1", "/sheet/2")).text)


def test_pages_that_are_not_there_are_told_calmly(put: Put, visit: Visit) -> None:
    """No such page, and a document without pages: a word on what to do, never an error of the inside."""
    shelved = put(PDF, "application/pdf")
    told = visit().get(f"/room/release/{shelved}/sheet/9?version=1")
    assert told.status_code == 404
    assert "ne peut pas être montrée" in words(told.text)
    assert visit().get(f"/room/release/{shelved}/page/9.jpg").status_code == 404
    assert visit().get(f"/room/release/{shelved}/page/1.jpg?width=99999").status_code == 422


def test_the_document_is_handed_over_as_it_came(put: Put, visit: Visit) -> None:
    """The original is saved under its own name, and nothing in it can run here."""
    shelved = put(b"<script>alert(1)</script>", "text/html", name='/presse/été "2025"\u202e.html')
    saved = visit().get(f"/room/release/{shelved}/original?version=1")
    assert saved.content == b"<script>alert(1)</script>"
    assert saved.headers["content-disposition"] == (
        "attachment; filename=\"ete _2025__.html\"; filename*=UTF-8''%C3%A9t%C3%A9%20_2025__.html"
    )
    assert saved.headers["x-content-type-options"] == "nosniff"
    assert saved.headers["content-security-policy"].startswith("sandbox")


@pytest.mark.parametrize(
    ("media_type", "public"),
    [("application/pdf", 200), ("text/plain", 200), ("message/rfc822", 404), ("application/x-ndjson", 404),
     ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", 404)],
)  # fmt: skip
def test_what_holds_more_than_its_release_is_not_for_everybody(
    put: Put, visit: Visit, media_type: str, public: int
) -> None:
    """The public has formats that show all they hold; mails, records and word processors' files stay inside."""
    shelved = put(PDF, media_type)
    assert visit("0.0.0.0").get(f"/room/release/{shelved}/original").status_code == public
    opened = visit("0.0.0.0").get(f"/room/release/{shelved}").text
    assert ("réservé" in opened) == (public == 404)
    assert visit().get(f"/room/release/{shelved}/original").status_code == 200


@pytest.mark.parametrize("path", ["", "/original", "/page/1.jpg", "/sheet/1", "/differences?before=1&after=1"])
def test_what_is_hidden_gives_nothing(put: Put, visit: Visit, archive: Archive, path: str) -> None:
    """Neither text, page, document nor differences of an embargoed or withdrawn release reach who may not see it."""
    held = put(PDF, "application/pdf", reference="CP-1", embargo=EMBARGO)
    taken = put(PDF + b"\n", "application/pdf", reference="CP-2", name="/presse/autre.pdf")
    archive.withdraw(taken, "chiffres <b>faux</b>", NOW)
    for shelved in (held, taken):
        told = visit("0.0.0.0").get(f"/room/release/{shelved}{path}")
        assert told.status_code == 404
        assert "Varlone" not in told.text
        assert visit().get(f"/room/release/{shelved}{path}").status_code == 200
    if not path:
        assert "Motif\u00a0: chiffres &lt;b&gt;faux&lt;/b&gt;" in visit().get(f"/room/release/{taken}").text


def test_bytes_shared_with_a_hidden_release_stay_here(put: Put, visit: Visit, archive: Archive) -> None:
    """A document that was also read as a withdrawn release is handed over to archivists alone."""
    shown = put(PDF, "application/pdf", reference="CP-1")
    hidden = put(PDF, "application/pdf", reference="CP-2", title="Autre", name="/presse/autre.pdf")
    assert visit("0.0.0.0").get(f"/room/release/{shown}/original").status_code == 200
    archive.withdraw(hidden, "erreur", NOW)
    assert visit("0.0.0.0").get(f"/room/release/{shown}/original").status_code == 404
    assert visit().get(f"/room/release/{shown}/original").status_code == 200


def test_versions_and_their_differences(put: Put, visit: Visit) -> None:
    """An archivist reads every version and what changed, word by word; others the current one."""
    put(b"1", "text/plain", reference="CP-1", name="/presse/pont.txt")
    corrected = TEXT.replace("3 millions", "3,9 millions")
    shelved = put(b"2", "text/plain", corrected, "/presse/pont.txt", reference="CP-1", title="Un autre titre")
    old = visit().get(f"/room/release/{shelved}?version=1&{place()}").text
    assert f"<mark>{QUOTE}</mark>" in old
    assert "elle n’est plus en vigueur" in old
    [where] = re.findall(r'data-differences="([^"]+)"', old)
    told = visit().get(unescape(where)).text
    assert re.findall(r"<(del|ins)><span class=\"aloud\">.*? </span>(.*?)</\1>", told) == [
        ("del", "Un titre"),
        ("ins", "Un autre titre"),
        ("del", "3"),
        ("ins", "3,9"),
    ]
    public = visit("0.0.0.0").get(f"/room/release/{shelved}?version=1&{place()}").text
    assert "3,9 millions" in public
    assert "<mark>" not in public
    assert "nouvelle version" in public
    assert "data-differences" not in public


@pytest.mark.parametrize("false", ["start=0&end=1000000", "start=9&end=4", "start=3"])
def test_a_false_place_marks_nothing(put: Put, visit: Visit, false: str) -> None:
    """A place that is not in the text opens the release without a mark."""
    opened = visit().get(f"/room/release/{put(PDF, 'application/pdf')}?version=1&{false}").text
    assert QUOTE in opened
    assert "<mark>" not in opened


def test_kin_are_links(put: Put, visit: Visit) -> None:
    """A translation leads to the other language, a correction to what it corrects, and back."""
    one = put(b"1", "text/plain", reference="CP-1", group="G", published=date(2025, 5, 6))
    other = put(b"2", "text/plain", "The bridge reopens on Monday.", "/b.txt", reference="CP-2", group="G",
                title="The <i>bridge</i>", language="en")  # fmt: skip
    opened = visit().get(f"/room/release/{one}").text
    assert "Traductions" in opened
    assert f'data-release="{other}"' in opened
    assert "The &lt;i&gt;bridge&lt;/i&gt;" in opened


def test_nothing_from_a_release_runs(put: Put, visit: Visit, archive: Archive) -> None:
    """Whatever a release has for title, issuer, doubt, quotation, file name or address, it is shown and never run."""
    local = visit()
    for number, (_, hostile) in enumerate(HOSTILE):
        words = hostile.encode("utf-8", "replace").decode()
        said = f"« {words} », a dit le maire. Le pont rouvre."
        quotes = (Quote(Span(2, 2 + len(words)), words, words),)
        data, name = words.encode(), f"/presse/{number}{words}.txt"
        facts = {"issuer": words, "place": words, "rubric": words, "doubts": (words,), "quotes": quotes, "url": words}
        put(data, "text/plain", said + " Vite.", name, reference=f"CP-{number}", title=f"T{words}", **facts)
        shelved = put(data, "text/plain", said, name, reference=f"CP-{number}", title=words, **facts)
        archive.withdraw(shelved, words, NOW)
        for path in ("?version=1&start=0&end=9", "?version=2", "/differences?before=1&after=2"):
            shown = local.get(f"/room/release/{shelved}{path}")
            assert shown.status_code == 200
            assert Elements(shown.text).dangerous == [], hostile
        saved = local.get(f"/room/release/{shelved}/original").headers["content-disposition"]
        assert re.fullmatch(r"attachment; filename=\"[^\"\\\\/]+\"; filename\*=UTF-8''[\w.%~-]+", saved, re.ASCII), (
            saved
        )


def test_a_permanent_link_leads_to_the_page(visit: Visit) -> None:
    """/r/ID with its place leads to the page that opens there, and nowhere else, whatever the id."""
    local = visit("0.0.0.0")
    assert local.get("/r/cp-1?version=2&start=3&end=9").headers["location"] == "/?release=cp-1&version=2&start=3&end=9"
    assert local.get("/r///evil.example/x").headers["location"].startswith("/?release=")
    assert local.get("/r/cp-1?version=x").status_code == 422


def test_a_release_opens_by_its_reference(put: Put, visit: Visit) -> None:
    """A reference opens its release, slashes and all."""
    put(PDF, "application/pdf", reference="CP/2025/7")
    assert QUOTE in visit().get("/room/release/CP%2F2025%2F7").text
    assert visit().get("/room/release/CP-0").status_code == 404
