"""When nothing is answered, and which of the reasons is told, over a small real archive of invented releases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from assistant.abstention import Gate
from assistant.answer import Abstention, Question, Turn
from assistant.directory import Directories
from assistant.grounds import Scale
from assistant.question import understand
from assistant.retrieval import gather
from conftest import NOW
from store.archive import Archive
from store.catalogue import Added
from store.embedding import UNRELATED
from store.period import Period
from store.records import Contact, Filters, Quote, Scope, Span

STADIUM = """Le stade Marcelle-Audoux rouvrira le 20 septembre 2025 après vingt mois de travaux. Le chantier a coûté \
98,6 millions d'euros, dont 4 millions d'euros apportés par la Région. Le stade comptera 23 400 places."""
WOLVES = """La Métropole a recensé trois meutes de loups dans le massif d'Ormeval en 2024. Les bergers reçoivent une \
aide de 1 200 euros par troupeau protégé. « Le loup est là pour durer », a déclaré Odile Brassemont, vice-présidente \
chargée de la montagne."""
LEAKS = """Le réseau d'eau potable de Sarvelle perd moins qu'avant. « Chaque fuite réparée est une victoire », a \
souligné Nadia Lemercanton, directrice de la régie. Les fuites représentent 12 % de l'eau distribuée."""


@pytest.fixture
def ask(archive: Archive, shelve: Callable[..., Added]) -> Callable[..., Abstention | None]:
    """Whether a question is declined, and how."""
    contact = Contact("Jules Quéverdon", None, "04 65 71 00 12", "presse@sarvelle.example")
    shelve(STADIUM, title="Le stade Marcelle-Audoux rouvre", published=date(2025, 6, 2), contacts=(contact,))
    shelve(
        WOLVES, title="Les loups du massif d'Ormeval", issuer="Parc d'Ormeval", published=date(2025, 3, 4),
        quotes=(_quoted(WOLVES, "Le loup est là pour durer", "Odile Brassemont"),),
    )  # fmt: skip
    shelve(
        LEAKS, title="Moins de fuites d'eau à Sarvelle", published=date(2024, 9, 2),
        quotes=(_quoted(LEAKS, "Chaque fuite réparée est une victoire", "Nadia Lemercanton"),),
    )  # fmt: skip
    shelve(
        "Le musée des Brumes ouvrira à Valquières le 4 mai 2027.", title="Un musée à Valquières", reference="cp-musee",
        published=date(2026, 3, 1), embargo=datetime(2026, 3, 9, tzinfo=UTC),
    )  # fmt: skip
    archive.flush()
    gate, known = Gate(Scale(UNRELATED)), Directories()

    def ask_it(
        text: str, *history: Turn, filters: Filters | None = None, scope: Scope = Scope.STAFF
    ) -> Abstention | None:
        view = archive.view(scope, NOW)
        asked = understand(Question(text, history, filters), known.of(view), NOW.date())
        return gate.abstain(view, asked, gather(view, asked))

    return ask_it


def _quoted(text: str, words: str, speaker: str) -> Quote:
    start = text.index(words)
    return Quote(Span(start, start + len(words)), speaker)


@pytest.mark.parametrize(
    "question",
    [
        "Combien le stade Marcelle-Audoux a-t-il coûté ?",
        "Quand rouvrira le stade ?",
        "Combien de meutes de loups dans le massif d'Ormeval ?",
        "Quelle aide reçoivent les bergers ?",
        "Qu'a dit Nadia Lemercanton sur l'eau ?",
        "Qui contacter ?",
        "combien de places au stade marcelle audou",
    ],
)
def test_what_the_releases_say_is_not_declined(ask: Callable[..., Abstention | None], question: str) -> None:
    """Nor for a slip, nor for short words."""
    assert ask(question) is None


def test_a_follow_up_is_not_declined_for_its_short_words(ask: Callable[..., Abstention | None]) -> None:
    """« Et combien de places ? » leans on the turn before."""
    assert ask("Et combien de places ?", Turn("Quand rouvrira le stade Marcelle-Audoux ?")) is None


@pytest.mark.parametrize(
    ("question", "reason", "words"),
    [
        ("Quel est le budget du stade Vélodrome ?", "not_mentioned", "« Vélodrome »"),
        ("Quand la Métropole a-t-elle signé avec Shanghai ?", "not_mentioned", "« Shanghai »"),
        ("Qu'a dit Hortense Favrod-Ruchet des loups ?", "not_mentioned", "« Hortense Favrod-Ruchet »"),
        ("Comment fait-on cuire un soufflé au fromage ?", "not_in_archive", "ne le dit"),
        ("Combien de spectateurs au stade Marcelle-Audoux en 2012 ?", "period_not_covered", "2012"),
        ("How many seats does the Wembley stadium have?", "not_in_archive", "No release found says so."),
    ],
)
def test_what_they_do_not_say_is_declined_with_its_reason(
    ask: Callable[..., Abstention | None], question: str, reason: str, words: str
) -> None:
    """An unknown name, another time, a thing not told; in the asker's language, with whom to call."""
    declined = ask(question)
    assert declined is not None
    assert declined.reason == reason
    assert words in declined.message
    assert declined.contacts[0].name == "Jules Quéverdon"


def test_a_name_known_elsewhere_is_told_apart_from_an_unknown_one(ask: Callable[..., Abstention | None]) -> None:
    """Another release speaks of Sarvelle: the nearest do not."""
    declined = ask("Combien de bergers du massif reçoivent une aide à Sarvelle ?")
    assert declined is None or "mentionne « Sarvelle »" not in declined.message


@pytest.mark.parametrize(
    ("filters", "reason", "words"),
    [
        (Filters(Period(date(2015, 1, 1), date(2015, 12, 31))), "period_not_covered", "du 2 septembre 2024 au"),
        (Filters(languages=("de",)), "language_not_covered", "(allemand) : l'archive est en français"),
        (Filters(issuers=("Personne",)), "nothing_in_filters", "On en trouverait 4 sans l'émetteur."),
        (
            Filters(Period(date(2025, 6, 1), date(2025, 6, 30)), issuers=("Parc d'Ormeval",)),
            "nothing_in_filters",
            "1 sans la période, 1 sans l'émetteur",
        ),
    ],
)
def test_filters_that_exclude_everything_are_the_reason(
    ask: Callable[..., Abstention | None], filters: Filters, reason: str, words: str
) -> None:
    """Which of them, and what there would be without it."""
    declined = ask("Combien de places ?", filters=filters)
    assert declined is not None
    assert declined.reason == reason
    assert words in declined.message


def test_an_embargoed_release_is_not_hinted_at(ask: Callable[..., Abstention | None]) -> None:
    """To the public its words are unknown ones, and its day and number are not counted."""
    question = "Quand ouvrira le musée de Valquières ?"
    assert ask(question) is None
    declined = ask(question, scope=Scope.PUBLIC)
    assert declined is not None
    assert declined.reason == "not_mentioned"
    assert "Aucun communiqué ne mentionne « Valquières »." in declined.message
    assert "Communiqués consultés : 3, du 2 septembre 2024 au 2 juin 2025" in declined.message
    alone = ask("Combien ?", filters=Filters(issuers=("Personne",)), scope=Scope.PUBLIC)
    assert alone is not None
    assert "3 sans l'émetteur" in alone.message


def test_an_empty_archive_is_the_reason(archive: Archive) -> None:
    """Nothing was searched."""
    view = archive.view(Scope.STAFF, NOW)
    asked = understand(Question("Combien ?"), Directories().of(view), NOW.date())
    declined = Gate(Scale()).abstain(view, asked, gather(view, asked))
    assert declined is not None
    assert declined.reason == "empty_archive"
