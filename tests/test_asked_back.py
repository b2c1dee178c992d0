"""Questions about the answer just given, told from questions about the archive."""

from __future__ import annotations

import pytest

from assistant.answer import Turn
from assistant.asked_back import asked_back, asked_of_the_archive
from assistant.asked_back_forms import Asks

BEFORE = Turn("Combien le stade a-t-il coûté ?", ("cp-stade",), "an-id")


@pytest.mark.parametrize(
    ("asks", "language", "questions"),
    [
        (
            Asks.SOURCE,
            "fr",
            "d'où tiens-tu ce chiffre ?|D’où vient ce chiffre de 98,6 millions ?|Quelle est la source ?"
            "|Et tes sources ?|source svp|C'est dans quel communiqué ?|Dans quel communiqué ?"
            "|Tu sors ça d'où ?|Comment le sais-tu ?"
            "|Où avez-vous lu cela ?|Sur quoi vous basez-vous ?|Donnez-moi la référence exacte, s'il vous plaît.",
        ),
        (
            Asks.EXACT,
            "fr",
            "cite-moi la phrase exacte|Peux-tu me citer le passage exact ?|Mot pour mot ?|Et la phrase exacte ?"
            "|Que dit exactement le communiqué ?|Quels sont les mots exacts ?|Recopie le passage",
        ),
        (
            Asks.DATE,
            "fr",
            "De quand date cette information ?|C'est de quand ?|De quand date-t-elle ?|C'est toujours d'actualité ?"
            "|Quelle est la date de ce communiqué ?|Il date de quand, ce chiffre ?",
        ),
        (Asks.WHO, "fr", "Qui le dit ?|qui a dit ça|Selon qui ?|De qui est cette citation ?|Qui l'affirme ?"),
        (Asks.SURE, "fr", "t'es sûr ?|Êtes-vous certaine ?|Tu es sûr de toi ?|Vraiment ?|C'est vrai, ça ?|Ah bon ?"),
        (
            Asks.SOURCE,
            "en",
            "Where did you get that figure?|What's your source?|Which release is that from?|Your sources?!",
        ),
        (Asks.EXACT, "en", "Quote the exact sentence, please.|Can you give me the exact wording?|Word for word?"),
        (Asks.DATE, "en", "How old is this information?|When was that published?|Is it still valid?"),
        (Asks.WHO, "en", "Who says so?|Says who?|Who said that?"),
        (Asks.SURE, "en", "Are you sure?|Is that true?|Really?"),
        (Asks.SOURCE, "de", "Woher stammt diese Zahl?|Was ist die Quelle?|In welcher Medienmitteilung steht das?"),
        (Asks.EXACT, "de", "Zitieren Sie bitte den genauen Satz|Wie lautet der genaue Wortlaut?"),
        (Asks.DATE, "de", "Von wann ist diese Information?|Ist das noch aktuell?"),
        (Asks.WHO, "de", "Wer sagt das?|Wer hat das gesagt?"),
        (Asks.SURE, "de", "Bist du sicher?|Sind Sie sicher?|Stimmt das?"),
        (Asks.SOURCE, "it", "Da dove viene questa cifra?|Qual è la fonte?|In quale comunicato?"),
        (Asks.EXACT, "it", "Citami la frase esatta|Parola per parola?"),
        (Asks.DATE, "it", "Di quando è questa informazione?|È ancora valida?"),
        (Asks.WHO, "it", "Chi lo dice?|Chi l’ha detto?"),
        (Asks.SURE, "it", "Sei sicuro?|È vero?|Davvero?"),
    ],
)
def test_what_is_asked_of_an_answer_is_recognised(asks: Asks, language: str, questions: str) -> None:
    """Said politely or curtly, with or without accents, in four languages."""
    for question in questions.split("|"):
        found = asked_back(question, (BEFORE,))
        assert found is not None, question
        assert (found.asks, found.language, found.before) == (asks, language, BEFORE), question


@pytest.mark.parametrize(
    "question",
    "Quelle est la source de la pollution ?|D'où vient le lait des cantines ?|De quand date le pont des Brumes ?"
    "|Qui a dit que le pont rouvrirait ?|Quel communiqué parle du pont ?|Qui est la présidente ?|Et en 2016 ?|Quand ?"
    "|Quelles sont les sources d'énergie de la ville ?|Quel est le montant exact de la subvention ?|Pourquoi ?"
    "|Quelle est la date de la réouverture ?|Est-il vrai que le stade rouvre ?|Quels sont les termes de l'accord ?"
    "|Qu'a dit Hélène Vaucresson ?|Where does the milk come from?|When was the bridge built?|Wer sagt das Konzert ab?"
    "|Quel est le dernier communiqué ?|Da dove viene il latte?|Is the bridge open?|".split("|"),
)
def test_a_question_of_the_archive_is_not_one_about_the_answer(question: str) -> None:
    """The same words with a subject of their own ask the archive."""
    assert asked_back(question, (BEFORE,)) is None


def test_questions_in_a_row_are_about_the_same_answer() -> None:
    """« Quelle est la source ? », « et de quand date-t-elle ? »: what was asked before both."""
    found = asked_back(
        "Et de quand date-t-elle ?", (Turn("Où ?"), BEFORE, Turn("Quelle est la source ?", ("cp-stade",)))
    )
    assert found is not None
    assert (found.before, found.earlier) == (BEFORE, (Turn("Où ?"),))


def test_a_figure_is_told() -> None:
    """Whether a figure is meant, and which."""
    found = asked_back("D'où vient ce chiffre de 98,6 millions ?", (BEFORE,))
    assert found is not None
    assert (found.figure, found.named) == (True, "986")
    found = asked_back("Qui le dit ?", (BEFORE,))
    assert found is not None
    assert (found.figure, found.named) == (False, "")


def test_without_a_question_before_nothing_is_meant() -> None:
    """It is recognised all the same, so that one can ask what is meant."""
    found = asked_back("Quelle est la source ?", ())
    assert found is not None
    assert found.before is None


def test_a_follow_up_leans_on_no_question_about_an_answer() -> None:
    """« Et combien de places ? » is about the stadium, though the source was asked for in between."""
    assert asked_of_the_archive((BEFORE, Turn("Quelle est la source ?"))) == (BEFORE,)
