"""Ingestion: every document told, a broken one named, the others on the shelf."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from paper import column, pdf
from website import Page, article, serving

from ingest.pipeline import Line, Outcome, ingest
from ingest.visits import Visits
from store.archive import Archive
from store.embedding import Tokens
from store.records import Scope
from store.view import Entry

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEXT = "COMMUNIQUE DE PRESSE\n\nLundi 13 mai 2024\n\nLA CRIEE DE {} ROUVRE\n\nElle rouvre mardi, après deux ans.\n"

Take = Callable[..., tuple[Outcome, list[Line]]]


@pytest.fixture
def archive(tmp_path: Path, open_archive: Callable[[Path], Archive]) -> Archive:
    return open_archive(tmp_path / "archive")


@pytest.fixture
def take(archive: Archive, tokens: Tokens) -> Take:
    """Ingests paths into the test's archive."""

    def run(*paths: Path | str, count_tokens: Callable[[str], int] = tokens.count) -> tuple[Outcome, list[Line]]:
        lines: list[Line] = []
        return ingest(paths, archive, count_tokens, NOW, lines.append), lines

    return run


@pytest.fixture
def press(tmp_path: Path) -> Path:
    folder = tmp_path / "presse"
    folder.mkdir()
    (folder / "belmar.txt").write_text(TEXT.format("BELMAR"))
    (folder / "dossier").mkdir()
    (folder / "dossier" / "clair.md").write_text(f"# La criée de Clair rouvre\n\n{TEXT.format('CLAIR')}")
    return folder


def shelved(archive: Archive) -> list[Entry]:
    return archive.view(Scope.ARCHIVIST, NOW).releases()


def outcomes(lines: list[Line]) -> list[tuple[str, str]]:
    return [(line.outcome, Path(line.name).name) for line in lines]


def test_a_folder_is_taken_in_and_told(press: Path, archive: Archive, take: Take) -> None:
    """One line per document, in sorted order, and everything is indexed when it returns."""
    outcome, lines = take(press)
    assert outcomes(lines) == [("added", "belmar.txt"), ("added", "clair.md")]
    assert str(lines[0]).startswith("added 2024-05-13-")
    assert str(lines[0]).split(" ← ")[1].startswith(str(press / "belmar.txt"))
    assert not outcome.failed
    assert archive.pending() == 0
    assert len(shelved(archive)) == 2


def test_the_same_bytes_are_unchanged(press: Path, archive: Archive, take: Take) -> None:
    """Here or elsewhere, and without being read again."""
    take(press)
    (press / "copie.txt").write_bytes((press / "belmar.txt").read_bytes())

    def never(text: str) -> int:
        raise AssertionError(text)

    outcome, lines = take(press, count_tokens=never)
    assert outcome.counts["unchanged"] == len(lines) == 3
    assert len(shelved(archive)) == 2


def test_another_text_at_the_same_path_is_a_correction(press: Path, archive: Archive, take: Take) -> None:
    """A new version of the same release."""
    take(press)
    path = press / "belmar.txt"
    path.write_text(path.read_text() + "\nErratum : elle rouvre jeudi.\n")
    _, lines = take(path)
    assert outcomes(lines) == [("corrected", "belmar.txt")]
    assert lines[0].release_id is not None
    assert [version.version for version in archive.view(Scope.ARCHIVIST, NOW).versions(lines[0].release_id)] == [1, 2]


def test_records_of_an_export_keep_their_identity(tmp_path: Path, archive: Archive, take: Take) -> None:
    """By their reference, wherever their line stands and whatever file brings them."""
    first = {"id": "pc-1", "title": "Un", "date": "2024-05-13", "text": "La criée rouvre."}
    other = {"id": "pc-2", "title": "Deux", "date": "2024-05-14", "text": "Le port ferme."}
    (tmp_path / "a.jsonl").write_text(json.dumps(first))
    take(tmp_path / "a.jsonl")
    (tmp_path / "b.jsonl").write_text("\n".join(json.dumps(r) for r in (other, first | {"text": "Elle rouvre jeudi."})))
    _, lines = take(tmp_path / "b.jsonl")
    assert [line.outcome for line in lines] == ["added", "corrected"]
    assert len(shelved(archive)) == 2


def test_bad_documents_are_named_and_the_others_go_on(press: Path, archive: Archive, take: Take) -> None:
    """Empty, binary, locked, truncated, wordless, of another format: each its line, nothing lost."""
    (press / "a_vide.txt").write_bytes(b"")
    (press / "b_binaire.txt").write_bytes(bytes(range(256)))
    (press / "c_secret.pdf").write_bytes(pdf([column(["Texte"])], encrypted=True))
    (press / "d_demi.pdf").write_bytes(pdf([column(["Texte"])])[:300])
    (press / "e_page.html").write_text("<html><body></body></html>")
    (press / "f_export.jsonl").write_text(
        '{"title": "x"}\n{"text": "Le port ferme."}\n{"text": "a", "date": "2018-02-31"}'
    )
    (press / "g_lettre.docx").write_bytes(b"x")
    outcome, lines = take(press)
    assert outcome.failed
    assert outcome.counts == {"added": 3, "corrected": 0, "unchanged": 0, "unreadable": 8}
    assert [name for what, name in outcomes(lines) if what == "unreadable"] == [
        "a_vide.txt", "b_binaire.txt", "c_secret.pdf", "d_demi.pdf", "e_page.html", "f_export.jsonl line 1",
        "f_export.jsonl line 3", "g_lettre.docx",
    ]  # fmt: skip
    assert all(line.reason and line.reason in str(line) for line in outcome.unreadable)
    assert len(shelved(archive)) == 3
    assert len(outcome.document()["errors"]) == 8


def test_a_defect_of_ours_costs_one_document(press: Path, archive: Archive, take: Take, tokens: Tokens) -> None:
    """Whatever a document provokes is told, with its name, and the next is read."""

    def fails_on_belmar(text: str) -> int:
        if "BELMAR" in text:
            raise ZeroDivisionError("division by zero")
        return tokens.count(text)

    outcome, lines = take(press, count_tokens=fails_on_belmar)
    assert outcomes(lines) == [("unreadable", "belmar.txt"), ("added", "clair.md")]
    assert "ZeroDivisionError" in str(lines[0])
    assert outcome.failed
    assert len(shelved(archive)) == 1


def test_a_missing_path_is_an_error_and_the_others_go_on(press: Path, take: Take) -> None:
    """A typing mistake is named."""
    outcome, lines = take(press / "absent.txt", press / "belmar.txt")
    assert outcomes(lines) == [("unreadable", "absent.txt"), ("added", "belmar.txt")]
    assert "no such file or folder" in str(lines[0])
    assert outcome.failed


def test_a_folder_without_a_readable_file_is_an_error(tmp_path: Path, take: Take) -> None:
    """« Success » over nothing would be a lie; what is read is said."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.mp3").write_bytes(b"x")
    outcome, lines = take(tmp_path / "photos")
    assert "without a readable file" in str(lines[0])
    assert ".pdf" in str(lines[0])
    assert outcome.failed


def test_hidden_files_are_left_alone(press: Path, take: Take) -> None:
    """Neither read nor complained about."""
    (press / ".cache").mkdir()
    (press / ".cache" / "a.txt").write_text("x")
    (press / ".DS_Store").write_bytes(b"x")
    outcome, _ = take(press)
    assert outcome.counts["added"] == 2
    assert not outcome.failed


def test_an_export_that_repeats_a_record_changes_nothing_the_second_time(
    tmp_path: Path, archive: Archive, take: Take
) -> None:
    """The last of one id counts, each time."""
    one = {"id": "pc-1", "title": "Un", "date": "2024-05-13", "text": "La criée rouvre mardi."}
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in (one, one | {"text": "Elle rouvre jeudi."})))
    assert [line.outcome for line in take(path)[1]] == ["added"]
    assert [line.outcome for line in take(path)[1]] == ["unchanged"]
    (entry,) = shelved(archive)
    assert archive.view(Scope.ARCHIVIST, NOW).release(entry.id).text == "Elle rouvre jeudi."


def test_what_its_source_takes_back_is_withdrawn(tmp_path: Path, archive: Archive, take: Take) -> None:
    """Whether it was on the shelf before or not, and told with its line."""
    message = (
        "<messages><message id='7' revoked='{}'><pubdate>2024-05-13</pubdate><content lang='fr'><title>La criée</title>"
        "<lead>La criée de Port-Clair rouvre mardi.</lead><text>Elle a coûté quatorze millions.</text></content>"
        "</message></messages>"
    )
    path = tmp_path / "7.xml"
    path.write_text(message.format("no"), encoding="utf-8")
    (added,) = take(path)[1]
    assert (added.outcome, added.withdrawn) == ("added", None)
    path.write_text(message.format("yes"), encoding="utf-8")
    (taken_back,) = take(path)[1]
    assert taken_back.release_id == added.release_id
    assert taken_back.withdrawn
    assert "withdrawn" in str(taken_back)
    assert archive.view(Scope.PUBLIC, NOW).releases() == []
    assert take(path)[1][0].withdrawn


def test_a_website_is_taken_in_and_remembered(tmp_path: Path, archive: Archive, tokens: Tokens) -> None:
    """Its pages are unchanged the second time, without being sent again."""
    with serving() as site:
        site.pages["/cp/1"] = Page(article("La criée rouvre", "Elle rouvre mardi."), etag='"1"')
        site.pages["/fil"] = Page(b"<rss version='2.0'><channel><item><link>/cp/1</link></item></channel></rss>")
        runs = []
        for _ in range(2):
            lines: list[Line] = []
            visits = Visits(tmp_path / "visits.sqlite")
            ingest(
                [f"{site.url}/fil"],
                archive,
                tokens.count,
                NOW,
                lines.append,
                private_addresses=True,
                visits=visits,
                sleep=lambda seconds: None,
            )
            visits.close()
            runs.append(outcomes(lines))
        assert runs == [[("added", "1")], [("unchanged", "1")]]
        assert site.asked[-1][1]["if-none-match"] == '"1"'


@pytest.mark.skipif(os.name == "nt", reason="names there are always Unicode")
def test_a_name_in_another_encoding_is_kept_readable(tmp_path: Path, archive: Archive, take: Take) -> None:
    """As old archives have them; its bytes stand for themselves."""
    path = os.fsencode(tmp_path) + b"/cri\xe9e.txt"
    try:
        Path(os.fsdecode(path)).write_text(TEXT.format("BELMAR"))
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    outcome, lines = take(Path(os.fsdecode(path)))
    assert [(line.outcome, line.name[-13:]) for line in lines] == [("added", "/cri\\xe9e.txt")]
    assert not outcome.failed
    assert len(shelved(archive)) == 1


def test_a_text_longer_than_any_release_is_named(tmp_path: Path, take: Take) -> None:
    """Its parser would keep the others waiting; they are taken in."""
    (tmp_path / "a.txt").write_text("Le port a traité trois tonnes de blé. " * 30_000, encoding="utf-8")
    (tmp_path / "b.txt").write_text("La criée de Port-Clair rouvre lundi.", encoding="utf-8")
    outcome, lines = take(tmp_path)
    assert outcome.counts["added"] == 1
    assert "split it" in str(lines[0])
