"""`evaluate --answers`: writers side by side, from the questions to the printed table, over invented releases."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from app import main
from assistant.answer import Question, Turn
from assistant.client import PorteParole
from assistant.desk import Desk
from assistant.evaluation.answering import Answerer, at_the_desk, by_the_api, by_the_tutorial
from assistant.evaluation.comparing import Comparison, collect, compare
from assistant.evaluation.comparison_figures import document, figure
from assistant.evaluation.comparison_misses import misses
from assistant.evaluation.comparison_table import table
from assistant.evaluation.given import Cited, Given, Kept, Read, Told
from assistant.evaluation.gold import GoldQuestion, foreign, read_questions, sampled
from assistant.evaluation.judging import Unborne
from assistant.evaluation.proofs import Proof
from assistant.tutorial import Piece
from assistant.verification import Verifier
from browsing import served
from store.archive import Archive
from store.period import Period
from store.records import Filters, PressArchiveError, Scope
from store.view import View

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TRAM = "La ligne C du tramway ouvrira le 3 mai 2026. Elle comptera quatorze stations entre la gare et le campus."
POOL = "Le centre aquatique des Ormeaux ferme six semaines pour la réfection de son grand bassin de 50 mètres."
OPENS, STATIONS = "La ligne C du tramway ouvrira le 3 mai 2026.", "Elle comptera quatorze stations"
LONG_AGO = Filters(Period(date(1912, 1, 1), date(1912, 12, 31)))

QUESTIONS = (
    GoldQuestion("a", "factoid", Question("Quand ouvrira la ligne C du tramway ?"), ("C-1",), (("3 mai",),),
                 evidence=(Proof("ouvrira le 3 mai  2026", "C-1"),)),
    GoldQuestion("b", "followup", Question("Et combien de stations ?", (Turn("Quand ouvre le tramway C ?", ("C-1",)),)),
                 ("C-1",), (("quatorze", "14"),), evidence=(Proof("Elle comptera quatorze stations"),)),
    GoldQuestion("c", "unanswerable", Question("Quel est le salaire du directeur de l'opéra ?", filters=LONG_AGO), ()),
)  # fmt: skip


@pytest.fixture
def view(archive: Archive, shelve: Callable[..., object]) -> View:
    shelve(TRAM, title="Le tramway C ouvre en mai", reference="C-1", published=date(2026, 2, 3))
    shelve(POOL, title="Le centre aquatique ferme", reference="C-2", published=date(2026, 2, 4))
    archive.flush()
    return archive.view(Scope.STAFF, NOW)


def cited(view: View, quote: str, number: int = 1, reference: str = "C-1") -> Cited:
    release = view.release(reference)
    start = release.text.index(quote)
    return Cited(number, release.id, release.version, start, start + len(quote), quote)


def judged(view: View, *answers: Given, questions: tuple[GoldQuestion, ...] = QUESTIONS) -> Comparison:
    """The first questions, with these answers."""
    asked = questions[: len(answers)]
    given = {gold.id: one for gold, one in zip(asked, answers, strict=True)}
    return compare(asked, {"invented": given}, view, Verifier())


def test_an_answer_that_quotes_the_evidence_is_worth_all(view: View) -> None:
    """Said, cited, supported: a verbatim sentence of the gold release counts in full."""
    worth = judged(view, Given((Told(OPENS, (1,)),), 0.1, 0.2, (cited(view, OPENS),))).worth["invented"]["a"]
    assert (worth.facts, worth.to_gold, worth.to_proof, worth.gold_cited, worth.proof_cited) == (1, 1, 1, 1, 1)
    assert worth.correct
    assert worth.sound
    assert not worth.unsupported
    assert not worth.inexact


def test_a_citation_is_judged_by_release_and_by_evidence(view: View) -> None:
    """Another sentence of the gold release is right by release only; another release is wrong by both."""
    answer = Given(
        (Told(OPENS, (1,)), Told(STATIONS, (2,)), Told(POOL, (3,))),
        0.1,
        0.2,
        (cited(view, OPENS), cited(view, STATIONS, 2), cited(view, POOL, 3, "C-2")),
    )
    worth = judged(view, answer).worth["invented"]["a"]
    assert worth.to_gold == pytest.approx(2 / 3)
    assert worth.to_proof == pytest.approx(1 / 3)
    assert (worth.gold_cited, worth.proof_cited) == (1, 1)


def test_half_of_the_evidence_has_to_be_cited(view: View) -> None:
    """A citation that holds a few letters of the evidence touches it, and does not cover it."""
    worth = judged(view, Given((Told("La ligne C", (1,)),), 0.1, 0.2, (cited(view, "tramway ouvrira"),)))
    assert worth.worth["invented"]["a"].to_proof == 1.0
    assert worth.worth["invented"]["a"].proof_cited == 0.0


def test_a_lead_in_says_nothing(view: View) -> None:
    """A fact that stands only in our own words before a sentence is not said."""
    answer = Given((Told("La ligne C du tramway ouvrira", (1,), "Le 3 mai :"),), 0.1, 0.2, (cited(view, OPENS),))
    assert judged(view, answer).worth["invented"]["a"].facts == 0.0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (OPENS, None),
        ("La ligne C […] ouvrira le 3 mai 2026.", None),
        ("La ligne C du tramway ouvrira le 4 mai 2026.", "date"),
        ("La ligne C ouvrira le 3 mai 2026 pour 80 millions d'euros.", "number"),
        ("La ligne C ouvrira le 3 mai 2026, a promis Odile Brévand.", "name"),
        ("La ligne C du tramway ouvrira sous la pluie et dans la joie générale le 3 mai 2026.", "words"),
    ],
)
def test_a_sentence_is_supported_or_it_is_counted(view: View, text: str, why: str | None) -> None:
    """Words of the citation, cuts marked, are supported; a day, a name or words that it does not hold are not."""
    worth = judged(view, Given((Told(text, (1,)),), 0.1, 0.2, (cited(view, OPENS),))).worth["invented"]["a"]
    assert [sentence.why for sentence in worth.unsupported] == ([] if why is None else [why])
    assert [sentence.invented for sentence in worth.unsupported] == ([] if why is None else [why != "words"])
    assert worth.sound == (worth.correct and why is None)


def test_a_sentence_without_citation_is_free(view: View) -> None:
    """What cites nothing and was read nowhere is unsupported, however true."""
    worth = judged(view, Given((Told(OPENS),), 0.1, 0.2)).worth["invented"]["a"]
    assert worth.unsupported == (Unborne(OPENS, "uncited"),)


def test_a_quote_that_is_not_the_release_s_is_inexact(view: View) -> None:
    """A citation is checked against the very version it names."""
    good = cited(view, OPENS)
    for damaged in (replace(good, quote="La ligne D"), replace(good, version=9), replace(good, release="nowhere")):
        worth = judged(view, Given((Told(OPENS, (1,)),), 0.1, 0.2, (damaged,))).worth["invented"]["a"]
        assert worth.inexact == (1,)


def test_what_the_pipeline_said_is_held_against_what_it_read(view: View) -> None:
    """A writer without citations is supported by its pieces, whether cut after the title or in the text."""
    tram = view.release("C-1")
    read = (Read(tram.id, f"{tram.title}\n\n{TRAM}"), Read(view.release("C-2").id, POOL))
    free = "La ligne C du tramway ouvrira le 12 mai 2026."
    worth = judged(view, Given((Told(OPENS), Told(free)), 0.1, 0.2, read=read)).worth["invented"]["a"]
    assert worth.unsupported == (Unborne(free, "date"),)
    assert worth.to_gold is None
    assert worth.correct
    assert not worth.sound


def test_what_stands_in_what_was_read_needs_no_more(view: View) -> None:
    """Words of a piece are supported however short they are; a number inside a longer one is not there."""
    piece = Read(
        view.release("C-2").id, "Odile Brévand a dit aujourd'hui : « Nous ouvrirons 1 038 places, soit 38 %. »"
    )
    for text, supported in (
        ("Nous ouvrirons 1 038 places", True),
        ("38%", True),
        ("8%", False),
        ("138 places.", False),
    ):
        worth = judged(view, Given((Told(text),), 0.1, 0.2, read=(piece,))).worth["invented"]["a"]
        assert (not worth.unsupported) == supported


@pytest.mark.parametrize("text", ["Je ne sais pas.", "I don't know.", "Le contexte ne précise pas ce salaire."])
def test_a_model_that_does_not_know_abstains(view: View, text: str) -> None:
    """Saying that one does not know is an abstention: right where there is no answer, wrong where there is one."""
    worth = judged(view, *[Given((Told(text),), 0.1, 0.2, read=(Read(view.release("C-1").id, TRAM),))] * 3)
    assert [one.abstained for one in worth.worth["invented"].values()] == [True, True, True]
    assert figure(worth, "invented", "abstained_rightly", QUESTIONS)[0].mean == 1.0  # type: ignore[union-attr]
    assert figure(worth, "invented", "abstained_wrongly", QUESTIONS)[0].mean == 1.0  # type: ignore[union-attr]
    assert not worth.worth["invented"]["a"].unsupported


def test_an_abstention_is_worth_nothing_where_there_is_an_answer(view: View) -> None:
    """Facts and recall are nought, precision is not counted."""
    worth = judged(view, Given((), 0.1, 0.1, reason="nothing", message="Aucun communiqué ne le dit."))
    one = worth.worth["invented"]["a"]
    assert (one.facts, one.proof_cited, one.to_gold, one.to_proof) == (0.0, 0.0, None, None)


def test_evidence_that_stands_nowhere_is_reported(view: View) -> None:
    """A quote that the release does not hold is counted, not silently a miss."""
    wrong = replace(QUESTIONS[0], evidence=(Proof("ouvrira le 4 mai"), Proof("OUVRIRA LE 3 MAI")))
    comparison = judged(view, Given((Told(OPENS, (1,)),), 0.1, 0.2, (cited(view, OPENS),)), questions=(wrong,))
    assert comparison.unproven == 1
    assert comparison.worth["invented"]["a"].proof_cited == 1.0
    assert "1 pieces of evidence were not found" in table(comparison)


class OnePiece:
    """A store of one text."""

    def pieces(self, question: str, k: int = 4) -> tuple[Piece, ...]:
        assert "Quand ouvre le tramway C ?" in question or "stations" not in question
        return (Piece("C-1", TRAM),)


def openings(archive: Archive, *said: str) -> dict[str, Callable[[], AbstractContextManager[Answerer]]]:
    """The desk, and the tutorial pipeline with a model that says these things one after the other."""

    @contextmanager
    def desk() -> Iterator[Answerer]:
        yield at_the_desk(Desk(archive, clock=lambda: NOW), Scope.STAFF)

    @contextmanager
    def tutorial() -> Iterator[Answerer]:
        model = GenericFakeChatModel(messages=iter(map(AIMessage, said)))
        yield by_the_tutorial(OnePiece(), model)  # type: ignore[arg-type]

    return {"extractive": desk, "tutorial:extractive": tutorial}


def test_a_server_is_judged_by_what_it_sends(archive: Archive, view: View) -> None:
    """Over its API a question gets the sentences, citations and abstention that it gets at the desk."""
    with served(archive, Desk(archive, clock=lambda: NOW), callers=None) as (address, _), PorteParole(address) as press:
        api, desk = by_the_api(press), at_the_desk(Desk(archive, clock=lambda: NOW), Scope.PUBLIC)
        for gold in QUESTIONS:
            sent, given = api(gold.question), desk(gold.question)
            assert 0 < sent.first <= sent.last
            assert (sent.sentences, sent.citations) == (given.sentences, given.citations)
            assert (sent.reason, sent.message, sent.searched) == (given.reason, given.message, given.searched)
    with pytest.raises(PressArchiveError, match=r"127\.0\.0\.1"):
        by_the_api(PorteParole(address, patience=0))(QUESTIONS[0].question)


@pytest.fixture
def comparison(archive: Archive, view: View) -> Comparison:
    said = (f"{OPENS} Le maire s'en réjouit.", "Elle comptera 14 stations.", "Je ne sais pas.")
    given = collect(openings(archive, *said), QUESTIONS)
    return compare(QUESTIONS, given, view, Verifier())


def test_writers_are_asked_the_same_and_judged_alike(comparison: Comparison) -> None:
    """The desk's answer is sound; the pipeline's holds the fact beside words that nothing bears."""
    ours, theirs = comparison.worth["extractive"], comparison.worth["tutorial:extractive"]
    assert ours["a"].sound
    assert ours["c"].abstained
    assert theirs["a"].correct
    assert [sentence.text for sentence in theirs["a"].unsupported] == ["Le maire s'en réjouit."]
    assert theirs["c"].abstained
    times = comparison.given["tutorial:extractive"]["a"]
    assert 0 < times.first <= times.last


def test_the_table_fits_a_page_and_gives_the_gain(comparison: Comparison) -> None:
    """Writers stand side by side with intervals, categories under them, within 120 columns."""
    text = table(comparison)
    assert max(map(len, text.splitlines())) <= 120
    for words in (
        "correct, supported",
        "precision, proof",
        "unsupported shown",
        "first ms",
        "followup",
        "unanswerable",
    ):
        assert words in text
    assert "Gained by extractive over tutorial:extractive:\n  correct +0.00 [" in text
    many = {f"local:model-{n}": comparison.given["extractive"] for n in range(7)}
    worth = dict.fromkeys(many, comparison.worth["extractive"])
    wide = table(replace(comparison, given=many, worth=worth))
    assert max(map(len, wide.splitlines())) <= 120
    assert "model-6" in wide


def test_the_document_keeps_every_answer(comparison: Comparison) -> None:
    """The JSON document has each writer's figures by category, and each answer with its worth."""
    whole = json.loads(json.dumps(document(comparison)))
    assert list(whole["writers"]["extractive"]) == ["factoid", "followup", "unanswerable", "all"]
    everything = whole["writers"]["extractive"]["all"]
    assert everything["measures"]["abstained_rightly"] == {"mean": 1.0, "low": 1.0, "high": 1.0, "n": 1}
    assert everything["totals"]["unsupported"] == 0
    assert whole["writers"]["tutorial:extractive"]["all"]["measures"]["precision_release"] is None
    assert whole["gained"]["extractive"]["over"] == "tutorial:extractive"
    assert whole["questions"][0]["answers"]["extractive"]["worth"]["facts"] == 1.0


def test_what_went_wrong_is_told_with_the_answer(comparison: Comparison) -> None:
    """Each miss stands with its question, what was unsaid, the answer, and the sentences nothing bears."""
    told = misses(comparison)
    assert "tutorial:extractive: misses in factoid\n  a  Quand ouvrira la ligne C" in told
    assert ": Le maire s'en réjouit." in told
    assert "extractive: misses in unanswerable" not in told


def test_a_run_that_was_cut_short_goes_on(archive: Archive, view: View, tmp_path: Path) -> None:
    """Answers are in the file one by one; what is there is not asked again, and half a line is dropped."""
    with pytest.raises(RuntimeError, match="StopIteration"):
        collect(openings(archive, OPENS, "Elle comptera 14 stations."), QUESTIONS, tmp_path)
    (file,) = tmp_path.glob("tutorial*.jsonl")
    assert len(file.read_text().splitlines()) == 2
    file.write_text(file.read_text() + '{"name": "c')
    told: list[tuple[int, int]] = []

    given = collect(openings(archive, "Je ne sais pas."), QUESTIONS, tmp_path, lambda *step: told.append(step))

    assert [one.text for one in given["tutorial:extractive"].values()] == [
        OPENS,
        "Elle comptera 14 stations.",
        "Je ne sais pas.",
    ]
    assert told[-1] == (6, 6)
    again = collect(openings(archive), QUESTIONS, tmp_path)
    assert again["tutorial:extractive"] == given["tutorial:extractive"]
    assert again["extractive"]["a"].citations == given["extractive"]["a"].citations


def test_a_question_that_changed_is_asked_anew(archive: Archive, view: View, tmp_path: Path) -> None:
    """The same id with other words is another question."""
    first = collect(openings(archive, "Un."), QUESTIONS[:1], tmp_path)
    changed = replace(QUESTIONS[0], question=Question("Quand ferme le centre aquatique ?"))
    second = collect(openings(archive, "Deux."), (changed,), tmp_path)
    assert (first["tutorial:extractive"]["a"].text, second["tutorial:extractive"]["a"].text) == ("Un.", "Deux.")


def test_a_file_that_holds_no_answers_is_named(tmp_path: Path) -> None:
    """A line that is no answer stops the run and says where it stands."""
    (tmp_path / "w.jsonl").write_text('{"name": "a"}\n')
    with pytest.raises(PressArchiveError, match=r"w\.jsonl line 1"):
        Kept(tmp_path / "w.jsonl")


def test_questions_of_another_archive_have_no_answer_here() -> None:
    """Their gold is forgotten; a sample is drawn with a seed and keeps its order."""
    asked = foreign(QUESTIONS)
    assert not any(gold.answerable or gold.facts or gold.evidence for gold in asked)
    assert [gold.question.text for gold in asked] == [gold.question.text for gold in QUESTIONS]
    assert sampled(QUESTIONS, 2, 7) == sampled(QUESTIONS, 2, 7)
    assert sampled(QUESTIONS, 9, 7) == sampled(QUESTIONS, None, 7) == QUESTIONS


def test_evidence_is_read_in_both_shapes(tmp_path: Path) -> None:
    """Quotes alone, or with their release; anything else is a bad line."""
    file = tmp_path / "q.jsonl"
    line = {"question": "Quand ?", "gold": ["C-1"], "evidence": ["le 3 mai", {"release": "C-1", "quote": "quatorze"}]}
    file.write_text(json.dumps(line))
    (gold,) = read_questions(file)
    assert gold.evidence == (Proof("le 3 mai"), Proof("quatorze", "C-1"))
    file.write_text(json.dumps({**line, "evidence": [3]}))
    with pytest.raises(PressArchiveError, match="line 1"):
        read_questions(file)


def test_the_command_prints_one_table(
    view: View, archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`evaluate FILE --answers` asks the archive; `--as-unanswerable --misses` shows what was answered all the same."""
    file = tmp_path / "q.jsonl"
    line = {"id": "a", "question": "Quand ouvrira la ligne C du tramway ?", "gold": ["C-1"], "answers": ["3 mai"]}
    file.write_text(json.dumps(line))
    archive.close()
    command = ["--archive", str(archive.folder), "evaluate", str(file), "--answers", "--folder", str(tmp_path / "kept")]

    assert main([*command, "--json"]) == 0
    board = json.loads(capsys.readouterr().out)
    assert board["writers"]["extractive"]["question"]["measures"]["sound"]["mean"] == 1.0
    assert (tmp_path / "kept" / "answers" / "extractive.jsonl").is_file()

    assert main([*command, "--as-unanswerable", "--misses"]) == 0
    printed = capsys.readouterr().out
    assert "answered, where the archive holds no answer" in printed
    assert "3 mai 2026" in printed
    assert main([*command, "--writers", "tutorial"]) == 1
    assert "needs a model" in capsys.readouterr().err
