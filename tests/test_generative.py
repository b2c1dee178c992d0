"""A model writes, through the real desk over a real small archive: what stands is shown, nothing else ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, repeat
from pathlib import Path
from threading import Event

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from scripted import Piece, Scripted, ended, obeying, scripted

from app import Program
from assistant.answer import Answer, Notice, Question, Turn, Wrote
from assistant.desk import Desk
from assistant.extractive import ExtractiveWriter
from assistant.generative import GenerativeWriter
from assistant.listening import Patience
from assistant.meaning import Meaning
from assistant.verification import Verifier
from conftest import NOW, release
from ingest.passages import CHUNKING, cut
from store.archive import Archive
from store.embedding import UNRELATED
from store.records import Contact, Scope

STADIUM = """COMMUNIQUÉ DE PRESSE

Le stade Marcelle-Audoux rouvrira le 20 septembre 2025 après vingt mois de travaux. Le chantier a coûté \
98,6 millions d'euros, dont 4 millions d'euros apportés par la Région. Le stade comptera 23 400 places.

« Ce stade appartient d'abord aux clubs amateurs », a déclaré Hélène Vaucresson, présidente de la Métropole."""
CANTEENS = """Les cantines d'Ormeval servent 9 200 repas par jour. Un repas sur trois est bio. La Ville achète \
ses légumes à quatorze fermes de la vallée."""
SECRET = (
    """La ligne C du tramway ouvrira le 3 mai 2026. Elle comptera quatorze stations et coûtera 412 millions d'euros."""
)
WHEN = "Quand le stade Marcelle-Audoux rouvrira-t-il ?"
COST = "Combien le chantier du stade a-t-il coûté ?"
COSTS = "Le chantier a coûté 98,6 millions d'euros, dont 4 millions d'euros apportés par la Région."
REOPENS = "Le stade Marcelle-Audoux rouvrira le 20 septembre 2025."


@pytest.fixture(scope="module")
def shelved(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("generative")
    archive = Archive(
        folder,
        model=lambda: program.model.name,
        embedder=lambda: program.embedder,
        chunking=CHUNKING,
        cut=lambda one: cut(one, program.tokens.count),
    )
    contact = Contact("Jules Quéverdon", None, "04 65 71 00 12", "presse@sarvelle.example")
    for made in (
        release(STADIUM, title="Le stade rouvre", reference="stade", published=date(2025, 6, 2), contacts=(contact,)),
        release(CANTEENS, title="Les cantines", reference="cantines", issuer="Ville d'Ormeval"),
        release(SECRET, title="La ligne C", reference="tram", issuer="Métropole", embargo=NOW + timedelta(days=5)),
    ):
        archive.add(made, cut(made, program.tokens.count))
    archive.flush()
    yield archive
    archive.close()


@pytest.fixture(scope="module")
def verifier(program: Program) -> Verifier:
    return Verifier(Meaning(program.embedder))


@pytest.fixture
def desk_of(shelved: Archive, verifier: Verifier) -> Callable[..., Desk]:
    """The desk with a model's writer."""

    def made(model: Scripted | GenericFakeChatModel, patience: Patience = Patience(), remote: bool = False) -> Desk:
        writer = GenerativeWriter(model, "scripted:one", verifier, patience=patience, remote=remote)
        return Desk(shelved, clock=lambda: NOW, writer=writer, unrelated=UNRELATED)

    return made


@pytest.fixture
def ask(desk_of: Callable[..., Desk]) -> Callable[..., Answer]:
    def asked(question: str, *pieces: Piece, **how: object) -> Answer:
        return desk_of(scripted(*pieces), **how).ask(Question(question), Scope.STAFF)

    return asked


@pytest.fixture
def extractive(shelved: Archive) -> Callable[[str], Answer]:
    desk = Desk(shelved, clock=lambda: NOW, unrelated=UNRELATED)
    return lambda question: desk.ask(Question(question), Scope.STAFF)


def texts(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


def kinds(answer: Answer) -> list[str]:
    return [notice.kind for notice in answer.notices]


def test_a_sentence_that_stands_is_shown_with_what_bears_it(ask: Callable[..., Answer]) -> None:
    """A model's own words, its mark made a citation whose quote is the release's text."""
    answer = ask(COST, "Le chantier a coûté 98,6 millions d'euros [2].", ended("stop"))
    assert texts(answer) == ["Le chantier a coûté 98,6 millions d'euros."]
    assert [citation.quote for citation in answer.citations] == [COSTS]
    assert answer.sentences[0].lead_in == "Selon la Métropole de Sarvelle, 2 juin 2025 :"
    assert (answer.written.name, answer.written.model, answer.notices) == ("generative", "scripted:one", ())


def test_langchains_own_fake_model_will_do(desk_of: Callable[..., Desk]) -> None:
    """Any chat model of LangChain's writes."""
    model = GenericFakeChatModel(messages=iter([AIMessage(f"{REOPENS[:-1]} [1].")]))
    assert texts(desk_of(model).ask(Question(WHEN), Scope.STAFF)) == [REOPENS]


@pytest.mark.parametrize("mark", ["", " [99]", " [0]", " [2][7]", " (source 3)"])
def test_wrong_or_missing_marks_are_put_right(ask: Callable[..., Answer], mark: str) -> None:
    """A model that writes no marks, or points at nothing, gets the marks of what bears its sentence."""
    answer = ask(WHEN, f"{REOPENS[:-1]}{mark}.")
    assert texts(answer) == [REOPENS]
    assert all(REOPENS[:-1] in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "invented",
    [
        "Le chantier a coûté 99,6 millions d'euros [2].",
        "Le chantier a coûté 98,6 millions de francs [2].",
        "Le stade rouvrira le 21 septembre 2025 [1].",
        "Le stade Gaston-Perrault rouvrira le 20 septembre 2025 [1].",
        "« Ce stade appartient aux supporters », a déclaré Hélène Vaucresson [4].",
        "La Région a payé 98,6 millions d'euros [2].",
        "Le stade ne rouvrira pas le 20 septembre 2025 [1].",
    ],
)
def test_what_is_changed_never_reaches_the_reader(ask: Callable[..., Answer], invented: str) -> None:
    """Another figure, currency, day, name, quotation, payer or sense: mended in the release's words, or left out."""
    answer = ask(COST, invented)
    assert answer.sentences
    assert all(text in " ".join(STADIUM.split()) for text in texts(answer))
    assert answer.written.repaired + answer.written.dropped == 1


def test_a_mended_sentence_is_the_releases_own(ask: Callable[..., Answer]) -> None:
    """What the model meant is clear: the source's sentence stands in its place, and is counted."""
    answer = ask(COST, "Le chantier a coûté 99,6 millions d'euros, dont 4 millions apportés par la Région [2].")
    assert texts(answer) == [
        "Le chantier a coûté 98,6 millions d'euros, dont 4 millions d'euros apportés par la Région."
    ]
    assert (answer.written.repaired, answer.written.dropped) == (1, 0)


def test_some_left_out_is_said(ask: Callable[..., Answer]) -> None:
    """One sentence stands, one does not: the reader is told that one was taken out."""
    answer = ask(WHEN, REOPENS, " Les billets du zoo de Paris sont gratuits pour les licornes.")
    assert texts(answer) == [REOPENS]
    assert answer.notices == (
        Notice("dropped", "Une phrase du modèle n’était pas dans les communiqués ; elle a été retirée."),
    )
    assert answer.written.dropped == 1


def test_all_left_out_is_the_releases_answer(ask: Callable[..., Answer], extractive: Callable[[str], Answer]) -> None:
    """Nothing of the model's stands: the answer is the one given without a model, with a notice."""
    answer = ask(WHEN, "Les licornes mangent du nougat. ", "Leur zoo ferme en 1999.")
    assert texts(answer) == texts(extractive(WHEN))
    assert kinds(answer) == ["writer"]
    assert answer.written.dropped == 2


def test_an_answer_in_a_word_is_the_sentence_it_was_taken_from(ask: Callable[..., Answer]) -> None:
    """« 98,6 millions » and « Oui [1] » say nothing by themselves."""
    cost = texts(ask(COST, "98,6 millions d'euros."))
    assert cost == [COSTS]
    assert all("rouvrira le 20 septembre 2025" in text for text in texts(ask(WHEN, "Oui [1].")))


@pytest.mark.parametrize("said", ["Aucun communiqué ne le dit.", "[1] Aucun communiqué ne le dit.", "I don't know."])
def test_a_model_that_finds_nothing_is_believed(
    ask: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """« Aucun communiqué ne le dit. »: an abstention, not the nearest sentences."""
    monkeypatch.setattr("assistant.generative.DOUBTED", 2.0)
    answer = ask(WHEN, said)
    assert answer.abstention is not None
    assert (answer.sentences, answer.citations) == ((), ())


def test_a_model_that_overlooks_the_answer_is_not_believed(
    ask: Callable[..., Answer], extractive: Callable[[str], Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the releases' sentences very likely answer, they do, and the reader is told that the model did not."""
    monkeypatch.setattr("assistant.generative.DOUBTED", 0.0)
    answer = ask(WHEN, "Aucun communiqué ne le dit.")
    assert texts(answer) == texts(extractive(WHEN))
    assert answer.notices[0].message.startswith("Le modèle n’a pas trouvé la réponse ;")


def test_what_stands_beside_a_refusal_is_kept(ask: Callable[..., Answer]) -> None:
    """A model that answers and then doubts has answered."""
    assert texts(ask(WHEN, f"{REOPENS} Aucun communiqué ne dit le reste.")) == [REOPENS]


class RateLimitError(Exception):
    status_code = 429


class BadRequestError(Exception):
    status_code = 404


@pytest.mark.parametrize(
    ("pieces", "message"),
    [
        ([RateLimitError("key sk-secret")], "Le modèle est trop sollicité en ce moment ;"),
        ([BadRequestError("no model at https://example.org")], "Le modèle ne répond pas ;"),
        ([ConnectionRefusedError()], "Le modèle ne répond pas ;"),
        ([TimeoutError()], "Le modèle n’a pas répondu à temps ;"),
        ([ended("content_filter")], "Le modèle a refusé de répondre ;"),
        ([ended("length", "Le stade rouvr")], "Le modèle n’a pas répondu clairement ;"),
        ([], "Le modèle ne répond pas ;"),
        (["   \n"], "Le modèle n’a pas répondu clairement ;"),
        (["Voici la réponse :"], "Le modèle n’a pas répondu clairement ;"),
        (["<think>Le stade rouvrira le 20 septembre 2025."], "Le modèle n’a pas répondu clairement ;"),
        (['{"answer": "Le stade rouvrira le 20 septembre 2025."}'], "Ce que le modèle a écrit"),
        (["<b>Le stade rouvrira le 20 septembre 2025.</b>"], "Ce que le modèle a écrit"),
        (["\x00\ufffd\u202e %%% ~~~ 0x1f @@"], "Le modèle n’a pas répondu clairement ;"),
    ],
    ids=lambda value: "",
)
def test_every_bad_end_is_the_releases_answer(
    ask: Callable[..., Answer], extractive: Callable[[str], Answer], pieces: list[Piece], message: str
) -> None:
    """Rate limit, unknown model, dead server, silence, filter, cut, emptiness, garbage: never an error."""
    answer = ask(WHEN, *pieces)
    assert texts(answer) == texts(extractive(WHEN))
    assert kinds(answer) == ["writer"]
    told = answer.notices[0].message
    assert told.startswith(message)
    assert told.endswith("; voici les phrases des communiqués.")
    assert not any(crumb in told for crumb in ("sk-", "http", "429", "Error"))


def test_silence_is_not_waited_for(ask: Callable[..., Answer], extractive: Callable[[str], Answer]) -> None:
    """A model that never says a word costs the reader its patience, no more."""
    wait = Event()
    answer = ask(WHEN, wait, "trop tard", patience=Patience(0.05, 0.1))
    wait.set()
    assert texts(answer) == texts(extractive(WHEN))
    assert answer.notices[0].message.startswith("Le modèle n’a pas répondu à temps")


@pytest.mark.parametrize("error", [ConnectionResetError(), RateLimitError(), TimeoutError()])
def test_what_stood_before_a_break_stays(ask: Callable[..., Answer], error: Exception) -> None:
    """A server that dies in the middle: the whole sentences are kept, half of one is not, the reader is told."""
    answer = ask(WHEN, f"{REOPENS} Le chantier a coûté 98", error)
    assert texts(answer) == [REOPENS]
    assert answer.notices == (Notice("writer", "Le modèle s’est interrompu ; la réponse est peut-être incomplète."),)


def test_a_number_cut_in_two_is_not_shown(ask: Callable[..., Answer]) -> None:
    """« 4 » of « 4 millions », when the provider cuts the text at its limit."""
    answer = ask(WHEN, f"{REOPENS} La Région a apporté 4", ended("length"))
    assert texts(answer) == [REOPENS]


def test_what_a_model_left_unsaid_follows_word_for_word(ask: Callable[..., Answer]) -> None:
    """A model that answers beside the question: the sentence that likely answers is added, verbatim."""
    answer = ask(COST, REOPENS)
    assert texts(answer) == [REOPENS, COSTS]
    assert [sentence.lead_in for sentence in answer.sentences] == ["Selon la Métropole de Sarvelle, 2 juin 2025 :", ""]


def test_the_same_twice_is_said_once(ask: Callable[..., Answer]) -> None:
    """Word for word, or mended into what was already said."""
    assert texts(ask(WHEN, f"{REOPENS} {REOPENS} {REOPENS}")) == [REOPENS]


def test_a_model_that_never_stops_is_stopped(desk_of: Callable[..., Desk]) -> None:
    """Endless repetition, endless invention, and a sentence without an end: the model is left to itself."""
    for words in (repeat(f"{REOPENS} "), (f"La licorne {n} mange du nougat. " for n in count()), repeat("le stade ")):
        model = obeying(lambda told, words=words: words)  # type: ignore[misc]
        answer = desk_of(model).ask(Question(WHEN), Scope.STAFF)
        assert answer.sentences
        assert model.said < 20_000


def test_an_answer_is_short(ask: Callable[..., Answer]) -> None:
    """A model that copies all it was given is stopped after four sentences."""
    everything = " ".join(f"{sentence}." for sentence in " ".join((STADIUM + " " + CANTEENS).split()).split(". "))
    answer = ask("Que dit-on du stade, des cantines et des repas ?", everything)
    assert 0 < len(answer.sentences) <= 4


def test_sentences_come_one_by_one(desk_of: Callable[..., Desk]) -> None:
    """The first verified sentence reaches the reader while the model still writes; an unverified word never."""
    wait = Event()
    model = scripted(f"{REOPENS} Les licornes ", wait, "chantent.")
    events = desk_of(model).events(Question(WHEN), Scope.STAFF)
    first = next(event for event in events if isinstance(event, Wrote))
    assert first.sentence.text == REOPENS
    assert not wait.is_set()
    wait.set()
    assert [event.sentence.text for event in events if isinstance(event, Wrote)] == []


def test_contacts_and_verbatims_are_never_reworded(desk_of: Callable[..., Desk]) -> None:
    """Whom to call and what someone said are the release's own words: the model is not asked."""
    model = scripted("Appelez le 06 00 00 00 00.")
    for question in ("Qui contacter au service de presse ?", "Qu'a dit Hélène Vaucresson du stade ?"):
        answer = desk_of(model).ask(Question(question), Scope.STAFF)
        assert "06 00" not in answer.text
    assert model.heard == []


def test_the_model_hears_only_numbered_sentences_and_the_question(desk_of: Callable[..., Desk]) -> None:
    """The rules come first and the question last, so that what two questions share is read once."""
    model = scripted(REOPENS)
    desk_of(model).ask(Question(WHEN), Scope.STAFF)
    told = model.heard[0]
    assert told.index("Tu réponds") < told.index("<sources>\n") < told.index("\n[1] ") < told.index("\n</sources>")
    assert told.endswith(f"Question : {WHEN}")


def test_a_follow_up_is_asked_whole(desk_of: Callable[..., Desk]) -> None:
    """The model has no history to be led by: it gets the question made whole."""
    model = scripted("Le chantier a coûté 98,6 millions d'euros.")
    answer = desk_of(model).ask(Question("Et combien a-t-il coûté ?", (Turn(WHEN, ("stade",)),)), Scope.STAFF)
    assert model.heard[0].endswith(answer.standalone)


def test_a_remote_model_is_not_given_embargoed_words(desk_of: Callable[..., Desk]) -> None:
    """What is under embargo stays here: the release speaks for itself, and the reader is told why."""
    question, model = "Combien coûtera la ligne C du tramway ?", scripted("412 millions.")
    answer = desk_of(model, remote=True).ask(Question(question), Scope.STAFF)
    assert model.heard == []
    assert "412 millions d'euros" in answer.text
    assert answer.notices[0].message.startswith("Un communiqué sous embargo n’est pas confié au modèle distant ;")


def test_a_remote_model_reads_what_is_published(desk_of: Callable[..., Desk]) -> None:
    """An embargoed release among others is left out of what a remote model reads."""
    model = scripted(REOPENS)
    desk_of(model, remote=True).ask(Question(WHEN), Scope.STAFF)
    assert model.heard
    assert "412 millions" not in model.heard[0]


def test_a_local_model_reads_what_staff_may(desk_of: Callable[..., Desk]) -> None:
    """Nothing leaves the machine: the lead-in says until when the words are held back."""
    model = scripted("La ligne C coûtera 412 millions d'euros.")
    answer = desk_of(model).ask(Question("Combien coûtera la ligne C du tramway ?"), Scope.STAFF)
    assert "412 millions" in model.heard[0]
    assert "sous embargo jusqu’au" in answer.sentences[0].lead_in


@pytest.mark.parametrize(
    ("question", "starts"),
    [
        ("When will the Marcelle-Audoux stadium reopen?", "The model"),
        ("Wann wird das Stadion Marcelle-Audoux wieder geöffnet?", "Das Modell"),
        ("Quando riaprirà lo stadio Marcelle-Audoux?", "Il modello"),
    ],
)
def test_the_reader_is_told_in_their_language(ask: Callable[..., Answer], question: str, starts: str) -> None:
    """A notice is in the asker's language."""
    answer = ask(question, ConnectionRefusedError())
    assert [notice.message.startswith(starts) for notice in answer.notices] == [True]


def test_addresses_are_never_reworded(ask: Callable[..., Answer]) -> None:
    """An address of the web or of a mailbox that no source holds is left out with its sentence."""
    answer = ask(WHEN, f"{REOPENS} Les billets sont sur https://stade.example et chez billets@stade.example [1].")
    assert texts(answer) == [REOPENS]
    assert answer.written.dropped == 1


def test_another_writer_may_stand_in(shelved: Archive, verifier: Verifier, desk_of: Callable[..., Desk]) -> None:
    """What stands in for the model is a writer like any other."""
    writer = GenerativeWriter(scripted(), "m", verifier, otherwise=ExtractiveWriter())
    answer = Desk(shelved, clock=lambda: NOW, writer=writer, unrelated=UNRELATED).ask(Question(WHEN), Scope.STAFF)
    assert answer.sentences
    assert replace(writer.written, model=None).name == "generative"


def test_stand_ins_are_verbatim(ask: Callable[..., Answer]) -> None:
    """Whatever the model did, each sentence shown is the release's own or was verified."""
    answer = ask(WHEN, "Les licornes chantent.")
    for sentence in answer.sentences:
        quotes = " ".join(citation.quote for citation in answer.citations if citation.number in sentence.citations)
        assert sentence.text in " ".join(quotes.split())
