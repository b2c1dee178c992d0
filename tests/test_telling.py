"""Which words of a question tell what it is about, and which texts hold them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.question import Understanding
from assistant.telling import Rarities, Rarity, Word, matcher, misspelt, plain, telling
from conftest import NOW
from store.archive import Archive
from store.catalogue import Added
from store.records import Filters, Scope

TODAY = date(2026, 3, 2)
NONE = Rarity((), "fr")


def words(question: str, language: str = "fr", *before: str) -> dict[str, Word]:
    parts = ((question, 1.0), *((turn, 0.5) for turn in before))
    asked = Understanding(question, Filters(), language, parts=parts)
    return {word.written: word for word in telling(asked, NONE, TODAY)}


def test_small_words_and_dates_do_not_tell() -> None:
    """Neither « combien » nor the month asked about says what a question is about."""
    told = words("Combien de soudeurs le port a-t-il embauchés en mars 2024 ?")
    assert list(told) == ["soudeurs", "port", "embauchés"]


def test_names_and_figures_are_told_apart() -> None:
    """A capital inside the sentence makes a name, and so do capitals throughout; a figure is a number."""
    told = words("Que dit la CTEO de Castelbrun et des 45 bus ? Ormeval le sait.")
    assert {written for written, word in told.items() if word.name} == {"CTEO", "Castelbrun"}
    assert {written for written, word in told.items() if word.number} == {"45"}


def test_words_that_only_say_what_kind_of_answer_is_wanted_weigh_little() -> None:
    """« Le numéro du service » is not what the releases must speak of."""
    told = words("Quel est le numéro du capitaine ?")
    assert told["numéro"].weight < told["capitaine"].weight / 2


def test_words_of_the_turns_before_weigh_less() -> None:
    """A follow-up is judged by its own words first."""
    told = words("Et les soudeurs ?", "fr", "Combien d'emplois au chantier naval ?")
    assert told["soudeurs"].weight == 2 * told["chantier"].weight


def test_a_word_is_the_rarer_the_fewer_texts_hold_it() -> None:
    """And one that stands in none of few texts is not yet a rare one."""
    few = Rarity(["Le port de Sarvelle", "Le stade", "Le port"], "fr")
    many = Rarity(["Le port de Sarvelle", *["Le stade"] * 299], "fr")
    assert few.of(["port"]) < few.of(["stad"]) < few.of(["tramway"]) < many.of(["tramway"]) == 1.0


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        ("Les soudeurs embauchés", "elle embauche un soudeur", {"soudeurs", "embauchés"}),
        ("L'accord sur le port", "un accordeon et un portail", set()),
        ("Le lac d'Ägeri", "au bord du lac d'Aegeri", {"lac", "Ägeri"}),
        ("Les 9200 repas", "on sert 9 200 repas", {"9200", "repas"}),
        ("Les 92 repas", "on sert 9 200 repas", {"repas"}),
    ],
)
def test_a_text_holds_a_word_in_any_inflection(question: str, text: str, held: set[str]) -> None:
    """But not a word that only begins alike, nor a part of a figure."""
    found = matcher(words(question).values(), "fr")(plain(text))
    assert {word.written for word in found} == held


@pytest.mark.parametrize(
    ("written", "known", "expected"),
    [("tronconeuse", "tronconneuse", True), ("port", "pont", False), ("Vélodrome", "aerodrome", False)],
)
def test_a_word_one_slip_away_is_a_misspelling(written: str, known: str, expected: bool) -> None:
    """Short words and other beginnings are words of their own."""
    (word,) = words(f"le {written}").values()
    assert misspelt(word, ["autre", known]) is expected


def test_words_are_counted_in_what_the_reader_may_see(archive: Archive, shelve: Callable[..., Added]) -> None:
    """An embargoed release makes no word better known to the public."""
    shelve("Le tramway roulera. Le tramway ira loin.", reference="a", embargo=NOW.replace(year=2027))
    shelve("Le port a fermé.", reference="b")
    rarities = Rarities()
    staff, public = (rarities.of(archive.view(scope, NOW), "fr") for scope in (Scope.STAFF, Scope.PUBLIC))
    assert staff.of(["tramway"]) < public.of(["tramway"])
    assert public.of(["port"]) < public.of(["tramway"])


def test_a_trade_mark_stands_beside_its_name() -> None:
    """« LUMIVELLA™ » in a release is « Lumivella » in a question."""
    asked = words("Que sait-on des gants Lumivella ?")["Lumivella"]
    assert matcher((asked,), "fr")(plain("Les gants «LUMIVELLA™ Dermal» sont rappelés.")) == {asked}
