"""One analysis of text for shelving and for asking: sentences, words, stems, languages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.language import (
    content_terms,
    detect,
    fold,
    folded_with_map,
    sentences,
    terms,
    trimmed,
    words,
)
from store.records import Span


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


def tokens(text: str) -> list[str]:
    return [token for token, _, _ in words(text)]


def stems(text: str, language: str = "fr") -> list[str]:
    return [term.stem for term in terms(text, language)]


PRESS_TEXT = st.text(alphabet="aB1é. !?…»«\"'’)(\n-•:;,\t²|@/", max_size=200)


@given(st.one_of(PRESS_TEXT, st.text(max_size=200)))
def test_sentences_tile_any_text(text: str) -> None:
    """Every character belongs to exactly one sentence, and no sentence is empty."""
    spans = sentences(text)
    assert "".join(span.of(text) for span in spans) == text
    assert all(len(span) > 0 for span in spans)
    assert [span.start for span in spans[1:]] == [span.end for span in spans[:-1]]


@given(PRESS_TEXT)
def test_trimming_stays_within_the_sentence(text: str) -> None:
    """A trimmed sentence lies in its sentence and has no blanks around it."""
    for span in sentences(text):
        inner = trimmed(text, span)
        assert span.start <= inner.start <= inner.end <= span.end
        assert inner.of(text) == inner.of(text).strip()


@pytest.mark.parametrize(
    "whole",
    [
        "M. Dupont, Mme Durand et le Dr. Petit ont signé.",
        "MM. Dupont et Durand ont vu Mgr. Petit à St. Jean.",
        "J. Dupont et J.-C. Martin étaient là.",
        "Johann N. Martin-Petit parlera.",
        "Voir l'art. 3, al. 2, p. ex. la let. b, cf. p. 12.",
        "Das gilt z.B. für die Gemeinde.",
        "Das Fest findet am 9. November statt.",
        "Der Rat tagt am 12. Oktober 2018 in der 3. Etage.",
        "Le n° 3 et le No. 4 ont paru à 22.10 heures.",
        "Soit 3.5 % de 1.9 million, c'est-à-dire env. 66 500.",
        "Écrire à presse@ville-exemple.fr ou voir www.ville-exemple.fr/presse.",
        "Elle hésite... puis accepte… enfin.",
        "« Que faire ? », demande-t-elle à tous.",
        "« Allons-y ! » a dit le maire.",
        "Le texte [...] Suite du texte.",
        "Appeler le tél. 01 02 03 04 05.",
        "La S.N.C.F. transporte les voyageurs.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(whole: str) -> None:
    """Abbreviations, initials, figures, addresses, ordinals and hesitations do not end a sentence."""
    assert split(whole) == [whole]


@pytest.mark.parametrize(
    "parts",
    [
        ["La ville signe. ", "Le port attend."],
        ["Est-ce sûr ? ", "Oui ! ", "Elle l'affirme."],
        ["« Nous sommes prêts. ", "Nous irons loin. » ", "Elle sourit."],
        ['Il a dit "oui." ', "Puis il est parti."],
        ["Le taux monte.* ", "Les prix aussi."],
        ["Le taux monte.1 ", "Les prix aussi."],
        ["Le taux monte. [2] ".replace(" [2]", "[2]"), "Les prix aussi."],
        ["Il y a des parcs, des places, etc. ", "La ville les entretient."],
        ["Le texte date de l'an 50 av. J.-C. ", "Il est court."],
        ["On verra bien… ", "La suite demain."],
        ["Le prix est de 12. ", "La ville paie."],
        ["Ainsi fait-on. ", "Le reste suivra."],
        ["• Un parc ", "• Une place ", "• Un port"],
    ],
)
def test_sentences_end_where_a_reader_would_stop(parts: list[str]) -> None:
    """Closing quotes and footnote marks stay with the sentence they end."""
    assert split("".join(parts)) == parts


def test_headings_list_items_and_rows_end_sentences() -> None:
    """A line break that the writer wanted ends a sentence, with or without a full stop."""
    parts = [
        "COMMUNIQUE DE PRESSE\n\n",
        "Lundi 6 mars 2017\n",
        "LA VILLE OUVRE UN PARC\n",
        "Trois projets sont retenus:\n",
        "- Le parc, avec la région;\n",
        "- la place ;\n",
        "1. Le port\n",
        "2. La gare\n\n",
        "Zone A | 12\n",
        "Zone B | 13\n\n",
        "Parc\t120\n",
        "Port\t130",
    ]
    assert split("".join(parts)) == parts


def test_the_lines_of_hard_wrapped_prose_do_not() -> None:
    """A line break that only the width of the page made is inside its sentence."""
    first = (
        "La ville a ouvert ce matin le plus grand parc de la région, en présence\n"
        "de nombreux habitants et de Jeanne Martin, présidente de la Métropole de\n"
        "Valmer, qui soutient ce projet depuis ses débuts et qui a rappelé que le\n"
        "12 mars serait une date importante. "
    )
    second = "Le parc compte trois jardins et deux étangs où nichent des\noiseaux rares."
    assert split(first + second) == [first, second]


def test_a_heading_over_hard_wrapped_prose_stands_alone() -> None:
    """A short line over prose ended because its writer ended it."""
    heading = "Un parc pour tous\n"
    body = (
        "La ville a ouvert ce matin le plus grand parc de la région, en présence\n"
        "de nombreux habitants venus de toute la vallée malgré la pluie."
    )
    assert split(heading + body) == [heading, body]


def test_blanks_before_the_text_belong_to_its_first_sentence() -> None:
    """Leading blanks are kept, with the first sentence."""
    assert split("\n\n  Le parc. Le port.\n") == ["\n\n  Le parc. ", "Le port.\n"]
    assert sentences("") == []


def test_a_trimmed_sentence_has_no_bullet() -> None:
    """What is shown of a list item is its words."""
    text = "- Le parc, avec la région;\n"
    assert trimmed(text, Span(0, len(text))).of(text) == "Le parc, avec la région;"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Œuvre à l’Été", "oeuvre a l'ete"),
        ("«\u00a0NON\u202f»", '" non "'),
        ("co\u00adopé\u200bration", "cooperation"),
        ("1 – 2—3", "1 - 2-3"),
        ("e\u0301te\u0301", "ete"),
        ("Straße, km²", "strasse, km2"),
    ],
)
def test_folding_leaves_what_a_hurried_reader_types(written: str, folded: str) -> None:
    """Capitals, accents, ligatures and typography are folded away."""
    assert fold(written) == folded


@given(st.text(max_size=80))
def test_each_folded_character_knows_where_it_stood(text: str) -> None:
    """The map has one offset per folded character, in order, and folding that character gives it."""
    folded, offsets = folded_with_map(text)
    assert len(folded) == len(offsets)
    assert offsets == sorted(offsets)
    assert all(letter in fold(text[offset]) for letter, offset in zip(folded, offsets, strict=True))


def test_words_stand_where_they_say() -> None:
    """A word's offsets are those of the text as written, beyond letters that fold to two."""
    text = "L’œuvre de S.N.C.F. : 1,9 million"
    assert [(token, text[start:end]) for token, start, end in words(text)] == [
        ("oeuvre", "œuvre"),
        ("de", "de"),
        ("sncf", "S.N.C.F."),
        ("1900000", "1,9 million"),
        ("1.9", "1,9"),
        ("million", "million"),
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("l'accord qu’elle n'a pas", ["accord", "elle", "a", "pas"]),
        ("jusqu'à aujourd'hui", ["a", "aujourd'hui"]),
        ("dell'acqua e un'idea", ["acqua", "e", "idea"]),
        ("the council's vote", ["the", "council", "vote"]),
        ("Aix-les-Dunes", ["aix-les-dunes", "aix", "les", "dunes"]),
        ("avons-nous", ["avons", "nous"]),
        ("l'O.M.S. et l’U.E.", ["oms", "et", "ue"]),
        ("rendez-vous", ["rendez-vous"]),
        ("la 2^{ème} et le 1er", ["la", "2e", "2", "et", "le", "1e", "1"]),
        ("5040 km²", ["5040", "km2"]),
        ("17 % ou 17 pour cent", ["17", "17%", "ou", "17", "17%"]),
        ("le 06.11.2017 à 22.10", ["le", "06", "11", "2017", "a", "22.10", "22.1"]),
        ("2017-2018", ["2017", "2018"]),
    ],
)
def test_words_are_what_one_would_look_up(written: str, expected: list[str]) -> None:
    """Elided articles fall away, names are whole and in parts, figures have one spelling."""
    assert tokens(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "1,9 million",
        "1.9 million",
        "1 900 000",
        "1\u202f900\u202f000",
        "1'900'000",
        "1’900’000",
        "1.900.000",
        "1,900,000",
    ],
)
def test_a_number_is_one_word_however_it_is_written(written: str) -> None:
    """All spellings of 1900000 meet."""
    assert "1900000" in tokens(f"Elle compte {written} habitants")


@given(st.text(alphabet="aé1 2.,'’-%@²ᵉ^{}œ\n", max_size=80))
def test_words_lie_in_the_text(text: str) -> None:
    """Whatever the text, words are folded, not empty, and in order of their start."""
    found = words(text)
    assert all(token and token == fold(token) and 0 <= start < end <= len(text) for token, start, end in found)
    assert [start for _, start, _ in found] == sorted(start for _, start, _ in found)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("frequentation", "fréquentation"),
        ("generaux", "généraux"),
        ("general", "généraux"),
        ("dechet", "déchets"),
        ("premiere", "premier"),
        ("decide", "décidées"),
        ("annonce", "annoncé"),
        ("OEUVRE", "œuvres"),
    ],
)
def test_an_unaccented_question_meets_the_accented_text(asked: str, written: str) -> None:
    """A stem depends on the folded word alone."""
    assert stems(asked) == stems(written)


@given(st.text(alphabet="aeéèêiïoôuùçtmnrslœ", min_size=1, max_size=14))
def test_accents_never_change_a_stem(word: str) -> None:
    """Any word and its unaccented form share their stem."""
    assert stems(word) == stems(fold(word))


def test_each_language_has_its_stems() -> None:
    """Inflections meet in English, German and Italian as well."""
    assert stems("announced", "en") == stems("announces", "en")
    assert stems("Gemeinden", "de") == stems("Gemeinde", "de")
    assert stems("comunicati", "it") == stems("comunicato", "it")


def test_content_terms_are_the_subject_of_a_question() -> None:
    """Question words, articles and auxiliaries carry nothing to look for; names and figures do."""
    question = "Combien d'habitants la Métropole de Valmer comptait-elle en 2017, selon le maire ?"
    assert [term.raw for term in content_terms(question, "fr")] == [
        "habitants",
        "metropole",
        "valmer",
        "comptait",
        "2017",
        "maire",
    ]
    assert content_terms("Qui est-ce, et pourquoi ?", "fr") == []
    assert [term.raw for term in content_terms("Who signed the agreement?", "en")] == ["signed", "agreement"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Qui a signé l'accord avec Valmer ?", "fr"),
        ("combien de logements a rehabilite la ville", "fr"),
        ("Quel est le numero du service presse", "fr"),
        ("Who signed the agreement with Valmer?", "en"),
        ("How many homes did the city build?", "en"),
        ("Wer hat das Abkommen mit Valmer unterzeichnet?", "de"),
        ("Wie viele Wohnungen baut die Stadt?", "de"),
        ("Chi ha firmato l'accordo con la città?", "it"),
        ("Quanti alloggi ha costruito il comune?", "it"),
    ],
)
def test_a_short_question_tells_its_language(text: str, language: str) -> None:
    """Six words are enough, accents or not."""
    assert detect(text) == language


def test_where_nothing_tells_the_language_the_default_holds() -> None:
    """Figures and names belong to no language."""
    assert detect("2017 Valmer 12") == "fr"
    assert detect("", default="de") == "de"


@pytest.mark.parametrize(
    "debris", ["." * 20_000, " " * 20_000, "»" * 20_000, "- " * 10_000, "a." * 10_000, "123 " * 5_000]
)
def test_debris_costs_no_time(debris: str) -> None:
    """Leaders, blanks and dashes of a conversion are passed over in linear time."""
    assert "".join(split(f"Le parc {debris} ouvre.")) == f"Le parc {debris} ouvre."
    assert re.match("le", tokens(f"Le parc {debris} ouvre.")[0])
