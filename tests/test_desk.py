"""The desk from question to citation, over a small real archive of invented releases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.answer import (
    Answer,
    Assignment,
    Claim,
    Count,
    Finished,
    Found,
    Notice,
    Question,
    Turn,
    Understood,
    Wrote,
    document,
)
from assistant.citations import CUT, verbatim
from assistant.desk import AT_ONCE, Desk
from assistant.extractive import ExtractiveWriter
from conftest import NOW, release
from store.amendments import Hand
from store.archive import Archive
from store.catalogue import Added
from store.records import Contact, Filters, Scope, Span

STADIUM = """COMMUNIQUÉ DE PRESSE

LE STADE MARCELLE-AUDOUX ROUVRIRA EN SEPTEMBRE

Le stade Marcelle-Audoux rouvrira le 20 septembre 2025 après vingt mois de travaux. Le chantier a coûté \
98,6 millions d'euros, dont 4 millions d'euros apportés par la Région. Le stade comptera 23 400 places.

« Ce stade appartient d'abord aux clubs amateurs », a déclaré Hélène Vaucresson, présidente de la Métropole.

CONTACT PRESSE
Jules Quéverdon
04 65 71 00 12
presse@sarvelle.example"""
CANTEENS = """Les cantines d'Ormeval servent 9 200 repas par jour. Un repas sur trois est bio. La Ville achète \
ses légumes à quatorze fermes de la vallée."""


@pytest.fixture
def desk(archive: Archive, shelve: Callable[..., Added]) -> Desk:
    contact = Contact("Jules Quéverdon", None, "04 65 71 00 12", "presse@sarvelle.example")
    shelve(
        STADIUM,
        title="LE STADE MARCELLE-AUDOUX ROUVRIRA EN SEPTEMBRE",
        reference="cp-stade",
        published=date(2025, 6, 2),
        contacts=(contact,),
    )
    shelve(CANTEENS, title="Cantines", reference="cp-cantines", issuer="Ville d'Ormeval", published=date(2024, 9, 2))
    shelve(
        "Le port a traité 1,2 million de tonnes.",
        title="Trafic du port",
        reference="cp-port",
        issuer="Port de Sarvelle",
        published=date(2024, 2, 15),
    )
    archive.flush()
    return Desk(archive, clock=lambda: NOW)


def ask(desk: Desk, text: str, *history: Turn, filters: Filters | None = None, scope: Scope = Scope.STAFF) -> Answer:
    return desk.ask(Question(text, history, filters), scope)


@pytest.mark.parametrize(
    ("question", "words", "reference"),
    [
        ("Combien le stade Marcelle-Audoux a-t-il coûté ?", "98,6 millions", "cp-stade"),
        ("Quand rouvrira le stade ?", "20 septembre 2025", "cp-stade"),
        ("Combien de repas les cantines servent-elles ?", "9 200 repas", "cp-cantines"),
        ("How many meals do the canteens of Ormeval serve?", "9 200 repas", "cp-cantines"),
        ("Qu'a dit Hélène Vaucresson ?", "clubs amateurs", "cp-stade"),
        ("combien de tonnes au port", "1,2 million", "cp-port"),
    ],
)
def test_the_sentence_that_answers_is_quoted(desk: Desk, question: str, words: str, reference: str) -> None:
    """The answer holds the fact, verbatim, and cites the release that says it."""
    answer = ask(desk, question)
    assert any(words in sentence.text for sentence in answer.sentences)
    assert answer.citations[0].reference == reference


def test_every_sentence_is_a_verbatim_numbered_quotation(desk: Desk, archive: Archive) -> None:
    """Numbers lead to citations, spans to the text, and quotes are exactly that text."""
    view = archive.view(Scope.STAFF, NOW)
    for question in (
        "Combien le stade a-t-il coûté et quand rouvrira-t-il ?",
        "Combien de repas les cantines servent-elles ?",
    ):
        answer = ask(desk, question)
        assert answer.sentences
        numbers = [citation.number for citation in answer.citations]
        assert numbers == list(range(1, len(numbers) + 1))
        for citation in answer.citations:
            text = view.release(citation.release_id).text
            assert citation.quote == text[citation.span.start : citation.span.end]
        for sentence in answer.sentences:
            assert sentence.citations
            quotes = " ".join(" ".join(answer.citations[n - 1].quote.split()) for n in sentence.citations)
            assert all(part.strip() in quotes for part in sentence.text.split(CUT))


def test_headings_are_no_answers(desk: Desk) -> None:
    """A title repeats the question; the sentence below it answers."""
    answer = ask(desk, "Le stade Marcelle-Audoux rouvrira-t-il ?")
    assert all(sentence.text != "LE STADE MARCELLE-AUDOUX ROUVRIRA EN SEPTEMBRE" for sentence in answer.sentences)


def test_whom_to_call_is_answered_whole(desk: Desk) -> None:
    """Name, telephone and e-mail in one sentence."""
    answer = ask(desk, "Qui contacter ?")
    (sentence,) = answer.sentences
    assert sentence.text == "Jules Quéverdon 04 65 71 00 12 presse@sarvelle.example"


def test_a_follow_up_stays_with_its_release(desk: Desk) -> None:
    """« Et combien de places ? » is about the stadium; unknown references are ignored."""
    turn = Turn("Quand rouvrira le stade Marcelle-Audoux ?", ("cp-stade", "cp-inconnu"))
    answer = ask(desk, "Et combien de places ?", turn)
    assert any("23 400 places" in sentence.text for sentence in answer.sentences)


def test_the_last_release_comes_from_the_catalogue(desk: Desk) -> None:
    """By date, never by resemblance."""
    assert ask(desk, "Quel est le dernier communiqué ?").evidence[0].release.reference == "cp-stade"
    assert ask(desk, "Quel est le premier communiqué ?").evidence[0].release.reference == "cp-port"


def test_an_answer_comes_as_events(desk: Desk) -> None:
    """Understood, Found, the sentences, Finished; what was streamed is what is finished."""
    events = list(desk.events(Question("Combien de repas les cantines servent-elles ?"), Scope.STAFF))
    assert isinstance(events[0], Understood)
    assert isinstance(events[1], Found)
    assert isinstance(events[-1], Finished)
    streamed = [event.sentence for event in events if isinstance(event, Wrote)]
    assert streamed == list(events[-1].answer.sentences)
    assert streamed


@pytest.mark.parametrize(
    ("question", "filters", "reason"),
    [
        ("Quel est le prix du carburant sur la Lune selon Gaspard Zwingelstein ?", None, "not_mentioned"),
        ("Comment fait-on cuire un soufflé au fromage ?", None, "not_in_archive"),
        ("Combien de repas ?", Filters(issuers=("Personne",)), "nothing_in_filters"),
    ],
)
def test_what_no_release_says_is_not_answered(desk: Desk, question: str, filters: Filters | None, reason: str) -> None:
    """An abstention says why, cites nothing, shows the nearest and whom to call."""
    answer = ask(desk, question, filters=filters)
    assert answer.abstention is not None
    assert answer.abstention.reason == reason
    assert answer.sentences == ()
    assert answer.citations == ()
    assert answer.abstention.contacts[0].name == "Jules Quéverdon"


def test_an_empty_archive_says_so(archive: Archive) -> None:
    """The reason is the archive, not the question."""
    answer = Desk(archive, clock=lambda: NOW).ask(Question("Combien ?"), Scope.STAFF)
    assert answer.abstention is not None
    assert answer.abstention.reason == "empty_archive"


def test_the_public_is_not_answered_from_an_embargo(desk: Desk, shelve: Callable[..., Added]) -> None:
    """Staff may read it, marked; to the public it does not exist."""
    shelve(
        "Le musée des Brumes ouvrira le 4 mai 2027.",
        title="Musée des Brumes",
        reference="cp-musee",
        embargo=NOW + timedelta(days=1),
    )
    question = "Quand ouvrira le musée des Brumes ?"
    assert ask(desk, question).citations[0].reference == "cp-musee"
    told = str(document(ask(desk, question, scope=Scope.PUBLIC)))
    assert "4 mai 2027" not in told
    assert "cp-musee" not in told


class Interrupted:
    """The writer that quotes; once its first sentence is said, something happens."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self.written = ExtractiveWriter().written
        self.happens = happens

    def write(self, assignment: Assignment) -> Iterator[Claim | Notice | Count]:
        for place, piece in enumerate(ExtractiveWriter().write(assignment)):
            yield piece
            if place == 0:
                self.happens()


@pytest.mark.parametrize("withdrawn", [True, False])
def test_what_is_held_back_while_an_answer_is_given_is_in_it_no_more(
    desk: Desk, archive: Archive, withdrawn: bool
) -> None:
    """Withdrawn, or held back by hand, in the middle of an answer: no further word of it comes, and none is kept."""

    def happens() -> None:
        if withdrawn:
            archive.withdraw("cp-stade", "erreur", NOW)
        else:
            archive.amend("cp-stade", Hand({"embargo": (NOW + timedelta(days=1)).isoformat()}, "ada", NOW))

    question = Question("Que sait-on du stade Marcelle-Audoux, de son coût et de ses places ?")
    quiet = [one for one in Desk(archive, lambda: NOW).events(question, Scope.PUBLIC) if isinstance(one, Wrote)]
    events = list(Desk(archive, lambda: NOW, writer=Interrupted(happens)).events(question, Scope.PUBLIC))
    assert len(quiet) > 1, "otherwise nothing is left to hold back"
    assert sum(isinstance(one, Wrote) for one in events) == 1
    last = events[-1]
    assert isinstance(last, Finished)
    assert not last.answer.sentences
    assert not last.answer.citations
    assert last.answer.abstention is not None
    assert "cp-stade" not in {one.release.reference for one in last.answer.evidence}


def test_every_key_is_always_there(desk: Desk) -> None:
    """Answered or not, the document has the same keys."""
    answered = document(ask(desk, "Combien de repas les cantines servent-elles ?"))
    abstained = document(ask(desk, "Combien de repas ?", filters=Filters(issuers=("Personne",))))
    assert answered.keys() == abstained.keys()
    assert answered["abstention"] is None
    assert set(abstained["abstention"]) == {"reason", "message", "contacts"}


def test_search_gives_one_hit_a_release_under_any_name_of_its_issuer(desk: Desk) -> None:
    """Best first; an issuer is found without case or accents."""
    found = desk.search("stade", Scope.STAFF)
    assert found[0].release.reference == "cp-stade"
    assert len({hit.release.id for hit in found}) == len(found)
    (only,) = desk.search("tonnes", Scope.STAFF, Filters(issuers=("port de sarvelle",)))
    assert only.text == only.span.of(only.release.text)


def test_a_claim_must_stand_word_for_word() -> None:
    """A changed figure, words out of order, or nothing to rest on do not pass."""
    made = release("Le pont coûtera 40 millions\nd'euros, hors taxes, selon la Métropole.")
    span = Span(0, len(made.text))
    assert verbatim(Claim("Le pont coûtera 40 millions d'euros", ((made, span),)))
    assert verbatim(Claim(f"Le pont coûtera 40 millions d'euros, {CUT} selon la Métropole.", ((made, span),)))
    assert not verbatim(Claim("Le pont coûtera 41 millions d'euros", ((made, span),)))
    assert not verbatim(Claim(f"selon la Métropole {CUT} Le pont", ((made, span),)))
    assert not verbatim(Claim("Le pont coûtera 40 millions", ()))
    assert not verbatim(Claim(CUT, ((made, span),)))


@pytest.mark.parametrize("text", ["", "   ", "?", "%_%", "« _ »"])
def test_a_question_of_no_words_breaks_nothing(desk: Desk, text: str) -> None:
    """Whoever asks nothing gets an answer or an abstention, never an error."""
    assert isinstance(ask(desk, text), Answer)


def test_whoever_is_slow_to_read_holds_up_nobody(desk: Desk) -> None:
    """An answer takes its turn for what is made of it, and none while somebody reads it."""
    begun = [desk.events(Question("Combien le stade a-t-il coûté ?"), Scope.STAFF) for _ in range(AT_ONCE + 1)]
    assert all(isinstance(next(one), Understood) for one in begun)
    assert desk.search("cantines", Scope.STAFF)
    assert all(isinstance(list(one)[-1], Finished) for one in begun)


class Counted(ExtractiveWriter):
    """Counts the answers it was asked to write."""

    asked = 0

    def write(self, assignment: Assignment) -> Iterator[Claim | Notice | Count]:
        self.asked += 1
        yield from super().write(assignment)


def test_the_same_question_of_the_public_is_answered_once(archive: Archive, shelve: Callable[..., Added]) -> None:
    """And anew as soon as a commit, an embargo's minute or a day makes another archive of it."""
    writer, moment = Counted(), [NOW]
    desk = Desk(archive, lambda: moment[0], writer)
    minute = NOW + timedelta(minutes=10)
    shelve(STADIUM, title="Le stade", reference="cp-stade")
    shelve("La patinoire ouvrira le 3 mai. La patinoire a coûté 9 millions d'euros.", title="P", embargo=minute)
    archive.flush()
    rink, stadium = Question("Combien a coûté la patinoire ?"), Question("Combien a coûté le stade ?")

    def cited(question: Question) -> set[str | None]:
        return {one.title for one in desk.ask(question, Scope.PUBLIC).citations}

    def found(words: str) -> set[str]:
        return {one.release.title for one in desk.search(words, Scope.PUBLIC)}

    first = desk.ask(stadium, Scope.PUBLIC)
    assert desk.ask(stadium, Scope.PUBLIC) == first
    assert writer.asked == 1
    assert desk.ask(replace(stadium, door="faq"), Scope.PUBLIC) == first
    assert writer.asked == 1
    assert "P" not in cited(rink) | found("patinoire")
    moment[0] = minute + timedelta(seconds=1)
    assert cited(rink) == {"P"}
    assert "P" in found("patinoire")
    archive.withdraw("cp-stade", "Erreur.", moment[0])
    assert cited(stadium) == set()
    assert "Le stade" not in found("stade")
    asked = writer.asked
    desk.ask(rink, Scope.STAFF)
    desk.ask(rink, Scope.STAFF)
    assert writer.asked == asked + 2, "what staff are answered is found each time"


def test_what_is_withdrawn_while_a_remembered_answer_is_read_is_not_in_its_end(desk: Desk, archive: Archive) -> None:
    """Whoever reads slowly is told the truth of the moment at which it ends."""
    question = Question("Combien a coûté le chantier du stade ?")
    assert desk.ask(question, Scope.PUBLIC).citations
    events = desk.events(question, Scope.PUBLIC)
    assert isinstance(next(events), Understood)
    archive.withdraw("cp-stade", "Erreur.", NOW)
    *_, last = events
    assert isinstance(last, Finished)
    assert all(one.reference != "cp-stade" for one in last.answer.citations)
