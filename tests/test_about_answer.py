"""Questions about the answer before, answered over a real archive of invented releases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.answer import Answer, Question, Turn
from assistant.desk import Desk
from assistant.records import Recorder
from conftest import NOW
from store.answers import Answers
from store.archive import Archive
from store.catalogue import Added
from store.embedding import UNRELATED
from store.records import Quote, Scope, Span

STADIUM = """Le stade Marcelle-Audoux rouvrira le 20 septembre 2025 après vingt mois de travaux.

Le chantier a coûté 98,6 millions d'euros, dont 4 millions d'euros apportés par la Région. Le stade comptera \
23 400 places.

« Ce stade appartient d'abord aux clubs amateurs », a déclaré Hélène Vaucresson, présidente de la Métropole."""
CANTEENS = "Les cantines d'Ormeval servent 9 200 repas par jour. Un repas sur trois est bio."
SAID = "Ce stade appartient d'abord aux clubs amateurs"


@pytest.fixture
def desk(archive: Archive, shelve: Callable[..., Added]) -> Desk:
    said = STADIUM.index(SAID)
    shelve(
        STADIUM,
        title="Le stade « Marcelle-Audoux » rouvre",
        reference="cp-stade",
        published=date(2025, 6, 2),
        pages=(Span(0, page := STADIUM.index("Le chantier")), Span(page, len(STADIUM))),
        quotes=(Quote(Span(said, said + len(SAID)), "Hélène Vaucresson", "présidente de la Métropole"),),
    )
    shelve(CANTEENS, title="Cantines", reference="cp-cantines", issuer="Ville d'Ormeval", published=date(2024, 9, 2))
    archive.flush()
    return Desk(archive, clock=lambda: NOW, unrelated=UNRELATED)


def ask(desk: Desk, text: str, *history: Turn, scope: Scope = Scope.STAFF) -> Answer:
    return desk.ask(Question(text, history), scope)


COST = "Combien le stade Marcelle-Audoux a-t-il coûté ?"
SENTENCE = "Le chantier a coûté 98,6 millions d'euros, dont 4 millions d'euros apportés par la Région."


@pytest.mark.parametrize(
    ("question", "lead_in"),
    [
        (
            "D'où tiens-tu ce chiffre ?",
            "Dans le communiqué « Le stade “Marcelle-Audoux” rouvre » (Métropole de Sarvelle, 2 juin 2025, p. 2) :",
        ),
        (
            "Cite-moi la phrase exacte",
            "Mot pour mot, dans le communiqué « Le stade “Marcelle-Audoux” rouvre » (Métropole de Sarvelle, "
            "2 juin 2025, p. 2) :",
        ),
        (
            "De quand date cette information ?",
            "Le 2 juin 2025, dans le communiqué « Le stade “Marcelle-Audoux” rouvre » (Métropole de Sarvelle, p. 2) :",
        ),
        (
            "Qui le dit ?",
            "Métropole de Sarvelle, dans le communiqué « Le stade “Marcelle-Audoux” rouvre » (2 juin 2025, p. 2) :",
        ),
        (
            "T'es sûr ?",
            "C’est écrit mot pour mot dans le communiqué « Le stade “Marcelle-Audoux” rouvre » (Métropole de Sarvelle, "
            "2 juin 2025, p. 2) :",
        ),
        (
            "Which release is that from?",
            "In the release “Le stade “Marcelle-Audoux” rouvre” (Métropole de Sarvelle, 2 June 2025, p. 2):",
        ),
        (
            "Woher stammt diese Zahl?",
            "In der Medienmitteilung „Le stade “Marcelle-Audoux” rouvre“ (Métropole de Sarvelle, 2. Juni 2025, S. 2):",
        ),
        (
            "Qual è la fonte?",
            "Nel comunicato «Le stade “Marcelle-Audoux” rouvre» (Métropole de Sarvelle, 2 giugno 2025, p. 2):",
        ),
    ],
)
def test_the_sentence_is_given_whole_with_its_release(desk: Desk, question: str, lead_in: str) -> None:
    """Verbatim; title, issuer, day and page before it, in the words of what was asked."""
    answer = ask(desk, question, Turn(COST, ("cp-stade",)))
    assert answer.abstention is None
    assert (answer.sentences[0].text, answer.sentences[0].lead_in) == (SENTENCE, lead_in)
    assert answer.citations[0].quote == SENTENCE
    assert {citation.reference for citation in answer.citations} == {"cp-stade"}
    assert answer.standalone == f"{COST} {question}"


def test_only_what_the_answer_cited_is_looked_at(desk: Desk) -> None:
    """A release that speaks of the same, or a better one, is not where the answer came from."""
    answer = ask(desk, "Quelle est la source ?", Turn("Combien de repas par jour ?", ("cp-cantines",)))
    assert {citation.reference for citation in answer.citations} == {"cp-cantines"}


def test_the_figure_asked_about_comes_first(desk: Desk) -> None:
    """« Ce chiffre de 23 400 »: the sentence that holds it, and no other."""
    turn = Turn("Combien a coûté le stade et combien de places aura-t-il ?", ("cp-stade",))
    answer = ask(desk, "D'où vient ce nombre de 23 400 ?", turn)
    assert [sentence.text for sentence in answer.sentences] == ["Le stade comptera 23 400 places."]


def test_whoever_is_quoted_says_it(desk: Desk) -> None:
    """The speaker with the office, where the words are quoted."""
    answer = ask(desk, "Qui le dit ?", Turn("Qu'a dit la présidente sur les clubs amateurs ?", ("cp-stade",)))
    assert answer.sentences[0].lead_in.startswith("Hélène Vaucresson, présidente de la Métropole, dans le communiqué")


def test_it_may_be_asked_twice(desk: Desk) -> None:
    """« Et de quand date-t-elle ? » after « quelle est la source ? », and a follow-up after both."""
    turns = (Turn(COST, ("cp-stade",)), Turn("Quelle est la source ?", ("cp-stade",)))
    assert ask(desk, "Et de quand date-t-elle ?", *turns).sentences[0].text == SENTENCE
    assert any("23 400" in one.text for one in ask(desk, "Et combien de places ?", *turns).sentences)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Quelle est la source ?", "De quelle réponse"),
        ("Are you sure?", "Which answer"),
        ("Wer sagt das?", "Welche"),
    ],
)
def test_without_an_answer_before_one_is_asked_what_is_meant(desk: Desk, question: str, words: str) -> None:
    """An abstention in the asker's language, that cites nothing."""
    answer = ask(desk, question)
    assert answer.abstention is not None
    assert answer.abstention.reason == "no_answer_before"
    assert answer.abstention.message.startswith(words)
    assert answer.citations == ()


def test_an_abstention_before_has_no_source(desk: Desk) -> None:
    """What was not answered rests on nothing."""
    unanswered = "Qui a gagné la finale de tennis à Paris ?"
    assert ask(desk, unanswered).abstention is not None
    answer = ask(desk, "Quelle est la source ?", Turn(unanswered))
    assert answer.abstention is not None
    assert answer.abstention.reason == "nothing_cited"


def test_where_the_caller_did_not_keep_what_was_cited_it_is_found_again(desk: Desk) -> None:
    """A history of questions alone is enough."""
    assert ask(desk, "Cite-moi la phrase exacte", Turn(COST)).sentences[0].text == SENTENCE


def test_what_may_not_be_seen_is_no_source(desk: Desk, archive: Archive, shelve: Callable[..., Added]) -> None:
    """Withdrawn or under embargo, named by whoever asks: nothing is said of it."""
    held = shelve("Le musée ouvrira le 4 mai 2027.", title="Musée", embargo=NOW + timedelta(days=1)).release_id
    archive.withdraw("cp-cantines", "erreur", NOW)
    for named in (held, "cp-cantines", "nowhere"):
        answer = ask(desk, "Quelle est la source ?", Turn("Quand ?", (named,)), scope=Scope.PUBLIC)
        assert answer.abstention is not None
        assert answer.sentences == ()
        assert answer.evidence == ()


def test_a_kept_answer_is_asked_about_by_its_id(desk: Desk, archive: Archive, tmp_path: Path) -> None:
    """What it cited is known then, whatever would be found today; a changed release is looked at anew."""
    shelf = Answers(tmp_path / "answers.sqlite")
    recorded = Desk(archive, clock=lambda: NOW, unrelated=None, recorder=Recorder(shelf, lambda: NOW))
    first = ask(recorded, "Que dit-on des cantines ?")
    assert first.id is not None
    question = Turn("Que dit-on des cantines ?", ("cp-cantines", "cp-stade"), first.id)
    answer = ask(recorded, "Cite-moi la phrase exacte", question)
    assert {one.quote for one in answer.citations} == {one.quote for one in first.citations}
    # An id opens nothing to who was not given the answer.
    assert Recorder(shelf, lambda: NOW).cited(Turn("Une autre question ?", (), first.id)) == ()
    shelf.close()
