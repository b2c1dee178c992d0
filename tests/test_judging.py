"""Judgments on the page and in the terminal: given by whom an answer was given to, seen to by an archivist."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from kept import ANNE, BRUNO, CAROLE, NOBODY, KeptRoom, words

from app import main
from assistant.judged import judgment_document, listed, noted
from assistant.web.callers import Role, Visitor
from conftest import NOW
from hostile import HOSTILE, Elements
from store.answers import Answers, Told
from store.archive import Archive
from store.catalogue import Added
from store.judgments import Judgment, Judgments, Verdict
from store.notebook import Notebook

Shelve = Callable[..., Added]
BRIDGE = "Le pont de la Varlone rouvre lundi. Sa réfection a coûté 3,4 millions d'euros."
ASKED = "Combien a coûté la réfection du pont de la Varlone ?"


@pytest.fixture
def kept(archive: Archive, tmp_path: Path) -> Iterator[KeptRoom]:
    room = KeptRoom(archive, tmp_path)
    yield room
    room.notebook.close()


@pytest.fixture
def answer(kept: KeptRoom, shelve: Shelve) -> str:
    """An answer that Anne got."""
    shelve(BRIDGE, title="Le pont rouvre lundi", reference="cp-pont")
    return kept.ask(ASKED).answer or ""


def judge(kept: KeptRoom, answer: str, visitor: Visitor = ANNE, **opinion: object) -> str:
    got = kept.as_(visitor).post(f"/room/judging/{answer}", json=opinion)
    assert got.status_code == 200, got.text
    return got.text


def pressed(html: str) -> list[str]:
    attributes = Elements(html).attributes
    verdicts = [value for _, name, value in attributes if name == "data-verdict"]
    states = [value for _, name, value in attributes if name == "aria-pressed"]
    return [verdict for verdict, state in zip(verdicts, states, strict=True) if state == "true"]


def test_an_answer_is_judged_where_it_stands(kept: KeptRoom, answer: str) -> None:
    """One click is enough; a word why may follow; another verdict takes its place; it can be taken back."""
    shown = kept.room.reopened("c1", ANNE) or ()
    assert pressed(shown[0].html) == []
    first = judge(kept, answer, verdict="useful")
    assert pressed(first) == ["useful"]
    assert "Merci, c’est noté." in words(first)
    second = judge(kept, answer, verdict="wrong", why="Le montant a changé.")
    assert pressed(second) == ["wrong"]
    assert "Le montant a changé." in words(second)
    assert pressed(judge(kept, answer, verdict=None)) == []
    assert kept.judgments.listed(NOW) == []


def test_it_is_still_there_when_the_conversation_is_opened_again(kept: KeptRoom, answer: str) -> None:
    """With the number of the source, for the one who judged."""
    judge(kept, answer, verdict="wrong_source", citation=1, why="Autre pont.")
    [turn] = kept.room.reopened("c1", ANNE) or ()
    assert pressed(turn.html) == ["wrong_source"]
    assert "Mauvaise source [1]" in words(turn.html)
    assert "« Autre pont. »" in words(turn.html)


@pytest.mark.parametrize(
    "opinion",
    [
        {"verdict": "wrong_source"},
        {"verdict": "wrong_source", "citation": 99},
        {"verdict": "splendid"},
        {"verdict": "wrong", "why": "x" * 2_001},
        {"verdict": "wrong", "judge": "bruno"},
    ],
)
def test_what_is_no_judgment_is_refused(kept: KeptRoom, answer: str, opinion: dict[str, object]) -> None:
    """A source the answer does not have, a verdict nobody knows, a novel, somebody else's name."""
    assert kept.as_(ANNE).post(f"/room/judging/{answer}", json=opinion).status_code == 422
    assert kept.judgments.listed(NOW) == []


def test_only_who_got_an_answer_judges_it(kept: KeptRoom, answer: str) -> None:
    """For another reader it is not there; the public judges nothing; an archivist sees to all of them."""
    assert kept.as_(BRUNO).post(f"/room/judging/{answer}", json={"verdict": "wrong"}).status_code == 404
    assert kept.as_(ANNE).post("/room/judging/unknown", json={"verdict": "wrong"}).status_code == 404
    assert kept.as_(NOBODY).post(f"/room/judging/{answer}", json={"verdict": "wrong"}).status_code == 403
    stranger = kept.as_(ANNE)
    del stranger.headers["x-porte-parole"]
    assert stranger.post(f"/room/judging/{answer}", json={"verdict": "wrong"}).status_code == 403
    judge(kept, answer, CAROLE, verdict="wrong")
    assert [one.judge for one in kept.judgments.listed(NOW)] == ["carole"]


def test_the_archivist_reads_what_is_wrong(kept: KeptRoom, answer: str) -> None:
    """The question, the sentence, the source to open, who and why; and the answer as it was."""
    judge(kept, answer, verdict="wrong_source", citation=1, why="Autre pont.")
    carole = kept.as_(CAROLE)
    page = carole.get("/room/judgments").text
    for part in (ASKED, "Mauvaise source [1]", "anne", "Autre pont.", "Le pont rouvre lundi", "À traiter (1)"):
        assert part in words(page)
    assert 'data-version="1"' in page
    was = carole.get(f"/room/judgments/{answer}/answer").text
    assert "3,4 millions" in words(was)
    assert 'class="judging"' not in was
    assert carole.get("/room/judgments/unknown/answer").status_code == 404


def test_only_archivists_see_the_list(kept: KeptRoom, answer: str) -> None:
    """Neither readers nor the public see what others asked."""
    judge(kept, answer, verdict="wrong")
    for visitor in (ANNE, NOBODY):
        client = kept.as_(visitor)
        for path in ("/room/judgments", "/room/judgments.jsonl", f"/room/judgments/{answer}/answer"):
            assert client.get(path).status_code == 403
        seen = {"judge": "anne", "handled": True}
        assert client.post(f"/room/judgments/{answer}/handled", json=seen).status_code == 403


def test_it_is_seen_to_with_a_note(kept: KeptRoom, answer: str) -> None:
    """Then it leaves what is to be seen to, and can be opened again."""
    judge(kept, answer, verdict="wrong")
    carole = kept.as_(CAROLE)
    line = carole.post(f"/room/judgments/{answer}/handled", json={"judge": "anne", "note": "Date corrigée."})
    assert "Traité par carole, le 2 mars 2026" in words(line.text)
    assert "Date corrigée." in words(line.text)
    assert ASKED not in words(carole.get("/room/judgments").text)
    assert ASKED in words(carole.get("/room/judgments?handled=true").text)
    assert ASKED in words(carole.get("/room/judgments?every=true&verdict=wrong").text)
    assert ASKED not in words(carole.get("/room/judgments?every=true&verdict=useful").text)
    carole.post(f"/room/judgments/{answer}/handled", json={"judge": "anne", "handled": False})
    assert ASKED in words(carole.get("/room/judgments").text)
    assert carole.post(f"/room/judgments/{answer}/handled", json={"judge": "bruno"}).status_code == 404


def test_no_judgment_is_no_empty_page(kept: KeptRoom) -> None:
    """It says where they will come from."""
    assert "Personne n’a encore jugé de réponse." in words(kept.as_(CAROLE).get("/room/judgments").text)


def test_they_are_taken_away_as_json_lines(kept: KeptRoom, answer: str) -> None:
    """Where the words stand that are called in question, never the words themselves."""
    judge(kept, answer, verdict="wrong_source", citation=1, why="Autre pont.")
    got = kept.as_(CAROLE).get("/room/judgments.jsonl")
    assert 'filename="judgments.jsonl"' in got.headers["content-disposition"]
    [line] = [json.loads(each) for each in got.text.splitlines()]
    assert line["release"].keys() == {"release_id", "version", "start", "end"}
    assert (line["answer_id"], line["verdict"], line["citation"]) == (answer, "wrong_source", 1)
    assert (line["question"], line["why"], line["judge"], line["handled"]) == (ASKED, "Autre pont.", "anne", None)
    assert "3,4 millions" not in got.text


def test_the_list_keeps_what_is_hidden_hidden(kept: KeptRoom, archive: Archive, answer: str) -> None:
    """The archivist may read a withdrawn release, and sees that it was; one that is gone leaves no words."""
    judge(kept, answer, verdict="wrong")
    archive.withdraw("cp-pont", "erreur", datetime(2026, 3, 1, 12, tzinfo=UTC))
    was = words(kept.as_(CAROLE).get(f"/room/judgments/{answer}/answer").text)
    assert "Communiqué retiré le 1er mars 2026." in was


def test_nothing_said_in_a_judgment_becomes_more_than_words(kept: KeptRoom, answer: str) -> None:
    """A word why, a note, an account's name: whatever they hold."""
    carole = kept.as_(CAROLE)
    kept.judgments.judge(Judgment(answer, "calm", Verdict.WRONG, NOW, None, "calm"))
    calm = _made_of(carole.get("/room/judgments?every=true").text) | {
        ("q", ""),
        ("q", "class"),
        ("p", ""),
        ("button", ""),
    }
    calm |= {("button", name) for name in ("type", "class", "data-offset")} | {("p", "class")}
    for _name, text in HOSTILE:
        kept.judgments.judge(Judgment(answer, text, Verdict.WRONG, NOW, None, text))
        plain = text.encode("utf-8", "replace").decode()
        carole.post(f"/room/judgments/{answer}/handled", json={"judge": plain, "note": plain[:2_000]})
    for offset in (0, 20, 40):
        page = carole.get(f"/room/judgments?every=true&offset={offset}").text
        assert _made_of(page) <= calm
        assert Elements(page).dangerous == ["form"] * page.count("<form")


def _made_of(page: str) -> set[tuple[str, str]]:
    found = Elements(page)
    return {(tag, "") for tag in found.tags} | {(tag, name) for tag, name, _ in found.attributes}


def test_the_command_lists_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two lines each, or one JSON document; those nobody saw to yet with --open."""
    moment = datetime.now(UTC)
    notebook = Notebook(tmp_path / "answers.sqlite")
    Answers(notebook).keep(Told("a-1", moment, "staff", "Une question\x1b[31m ?", (), {}))
    Judgments(notebook).judge(Judgment("a-1", "anne", Verdict.WRONG, moment, None, "Faux\x1b[0m."))
    notebook.close()
    assert main(["--archive", str(tmp_path), "judgments", "--open"]) == 0
    told = capsys.readouterr().out
    assert "faux  (anne)  Une question" in told
    assert "« Faux [0m. »" in told
    assert "\x1b" not in told
    assert main(["--archive", str(tmp_path), "judgments", "--json"]) == 0
    [found] = json.loads(capsys.readouterr().out)["judgments"]
    assert (found["answer_id"], found["verdict"], found["release"]) == ("a-1", "wrong", None)


def test_a_judgment_of_a_damaged_record_is_listed(tmp_path: Path) -> None:
    """With its question; what was wrong cannot be shown."""
    notebook = Notebook(tmp_path / "answers.sqlite")
    answers = Answers(notebook)
    answers.keep(Told("a-1", NOW, "staff", "Une question ?", (), {"half": True}))
    [found] = noted([Judgment("a-1", "anne", Verdict.WRONG_SOURCE, NOW, 1)], answers, NOW)
    assert judgment_document(found)["release"] is None
    assert "mauvaise source [1]" in listed([found])
    assert listed([]) == "Aucun avis."
    notebook.close()


def test_roles_are_as_this_file_believes() -> None:
    """Anne reads, Carole sees to the archive."""
    assert not ANNE.may(Role.ARCHIVIST)
    assert CAROLE.may(Role.ARCHIVIST)
