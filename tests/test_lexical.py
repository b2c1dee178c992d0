"""BM25 over passages: what finds what, within which filters, and an index of another time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import tantivy

from conftest import NOW
from store.archive import Archive
from store.lexical import Lexical, LexicalDocument
from store.period import Period
from store.records import Filters, PassageKind, Scope


@pytest.fixture
def lexical(tmp_path: Path) -> Iterator[Lexical]:
    made = Lexical(tmp_path / "words")
    yield made
    made.close()


def passage(number: int, text: str, title: str = "Communiqué", **facts: object) -> LexicalDocument:
    known: dict[str, object] = {"language": "fr", "issuers": ("Ville de Sarvelle",), "published": 20260302, **facts}
    return LexicalDocument(f"{number}:1:0", f"{number}:1", title, text, **known)  # type: ignore[arg-type]


def found(lexical: Lexical, question: str, filters: Filters = Filters(), language: str = "fr") -> list[int]:
    return [int(passage_id.split(":")[0]) for passage_id, _ in lexical.search(question, [language], 10, filters)]


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("budget de 1,9 million", "Un budget de 1 900 000 francs."),
        ("1.9 Mio", "Un coût de 1'900'000."),
        ("1,9 Mrd", "Près de 1.9 milliard."),
        ("84 000 entrées", "Le musée a compté 84'000 billets."),
        ("5,8 pour cent", "Une hausse de 5,8 %."),
        ("trois cents arbres", "Plantation de 300 tilleuls."),
        ("le 1er novembre 2018", "Entrée en vigueur : 01.11.2018."),
        ("à 14h30", "Rendez-vous à 14 h 30."),
        ("XXIe siècle", "Un musée du 21e."),
        ("réunion de l'O.N.U.", "L'ONU se prononce."),
        ("St-Orvel", "La mairie de Saint-Orvel."),
        ("Saint Orvel", "La mairie de St-Orvel."),
        ("la Côte d'Orvel", "Le comité Vallon-Haute-Côte décide."),
        ("ecommerce", "Le e-commerce progresse."),
        ("refection des écoles", "La réfection de l'école."),
        ("OEUVRE", "Une œuvre d'art."),
        ("renovassion", "La rénovation avance."),
    ],
)
def test_however_it_is_written(lexical: Lexical, asked: str, written: str) -> None:
    """Numbers, dates, acronyms, saints, compounds, accents and slips of the pen: the passage is found."""
    lexical.add([passage(1, written), passage(2, "Les vendanges commencent demain.")])
    lexical.commit()
    assert found(lexical, asked) == [1]


def test_the_title_speaks_for_each_passage(lexical: Lexical) -> None:
    """Of two passages alike, the one under a title that names the subject comes first; boilerplate last."""
    lexical.add(
        [
            passage(1, "Les travaux durent un an.", "Marché couvert"),
            passage(2, "Les travaux durent un an.", "Patinoire de Sarvelle"),
            passage(3, "Les travaux durent un an. Patinoire.", "Patinoire", kind=PassageKind.BOILERPLATE),
        ]
    )
    lexical.commit()
    assert found(lexical, "travaux de la patinoire") == [2, 1, 3]


def test_a_word_as_written_counts_more_than_a_corrected_one(lexical: Lexical) -> None:
    """A word the archive knows is never looked up as another."""
    lexical.add([passage(1, "Le port."), passage(2, "Le pont."), passage(3, "Le pont.")])
    lexical.commit()
    assert found(lexical, "port") == [1]


def test_small_words_carry_no_subject_in_any_language_of_the_archive(lexical: Lexical) -> None:
    """In an archive of several languages, « le », « de » and « du » of a French question find nothing."""
    lexical.add(
        [passage(1, "Le maire du village et le chef de la gare."), passage(2, "The tram opens.", language="en")]
    )
    lexical.commit()
    assert lexical.search("Quel est le prix du pain de la ville ?", ["de", "en", "fr", "it"], 10) == []
    assert lexical.attainable("le prix du pain", ["en", "fr"]) == lexical.attainable("prix pain", ["en", "fr"])


def test_neighbouring_words_count_together(lexical: Lexical) -> None:
    """Of two passages of the same words, the one where they stand side by side as asked comes first."""
    lexical.add(
        [passage(1, "Le plan de la ville change ; l'eau monte."), passage(2, "Le plan d'eau de la ville change.")]
    )
    lexical.commit()
    assert found(lexical, "un plan d'eau") == [2, 1]


def test_filters_are_exact(lexical: Lexical) -> None:
    """Day, issuer and language narrow, alone and together; the scores stay what they were."""
    lexical.add(
        [
            passage(1, "Le marché ouvre.", published=20260301),
            passage(2, "Le marché ouvre.", published=20260302, issuers=("Région d'Orvel", "Ville de Sarvelle")),
            passage(3, "Le marché ouvre.", published=20260303, issuers=("Région d'Orvel",)),
            passage(4, "Il marché.", language="it", published=20260303),
            passage(5, "Le marché ouvre.", published=0),
        ]
    )
    lexical.commit()
    second = date(2026, 3, 2)
    assert set(found(lexical, "marché")) == {1, 2, 3, 4, 5}
    assert set(found(lexical, "marché", Filters(Period(second, None)))) == {2, 3, 4}
    assert set(found(lexical, "marché", Filters(Period(None, second)))) == {1, 2}
    assert set(found(lexical, "marché", Filters(issuers=("Région d'Orvel",)))) == {2, 3}
    assert set(found(lexical, "marché", Filters(languages=("it",)))) == {4}
    narrow = Filters(Period(second, second), ("Ville de Sarvelle",), ("fr",))
    assert found(lexical, "marché", narrow) == [2]
    everywhere = dict(lexical.search("marché", ["fr"], 10))
    assert lexical.search("marché", ["fr"], 10, narrow) == [("2:1:0", everywhere["2:1:0"])]
    assert lexical.scores("marché", ["fr"], ["2:1:0", "9:1:0"]) == {"2:1:0": everywhere["2:1:0"]}


def test_what_a_passage_could_attain(lexical: Lexical) -> None:
    """A passage that holds the whole question comes near it; one that shares a word stays far below."""
    lexical.add([passage(1, "La patinoire rouvre samedi."), passage(2, "Le marché rouvre."), passage(3, "La fête.")])
    lexical.commit()
    best = lexical.attainable("La patinoire rouvre samedi", ["fr"])
    scores = dict(lexical.search("La patinoire rouvre samedi", ["fr"], 10))
    assert scores["1:1:0"] > best / 2 > scores["2:1:0"] > 0
    assert lexical.attainable("patinoire", ["fr"]) < lexical.attainable("patinoire velodrome", ["fr"])
    assert lexical.attainable("?", ["fr"]) == 0.0
    assert lexical.search("?", ["fr"], 10) == []


def test_what_is_taken_in_is_found_at_once(lexical: Lexical) -> None:
    """A question asked before and after a commit is looked up anew."""
    assert found(lexical, "renovassion du marché") == []
    lexical.add([passage(1, "La rénovation.")])
    lexical.commit()
    assert found(lexical, "renovassion du marché") == [1]
    lexical.forget("1:1")
    lexical.commit()
    assert found(lexical, "renovassion du marché") == []


def test_an_index_of_another_time_is_made_anew(
    tmp_path: Path, open_archive: Callable[[Path], Archive], shelve: Callable[..., object], archive: Archive
) -> None:
    """An archive whose words were indexed under other fields finds them the first time it is asked."""
    shelve("La patinoire de Sarvelle rouvre samedi.", title="Réouverture")
    archive.flush()
    archive.close()
    (words,) = (tmp_path / "archive").glob("indexes-*/words")
    for file in words.iterdir():
        file.unlink()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body_stem", tokenizer_name="whitespace", index_option="freq")
    tantivy.Index(builder.build(), path=str(words))
    again = open_archive(tmp_path / "archive")
    hits = again.view(Scope.STAFF, NOW).search("patinoire")
    assert [hit.release.title for hit in hits] == ["Réouverture"]
    assert hits[0].why["bm25"] > 0
    assert again.catalogue.owed("vectors") == 0
