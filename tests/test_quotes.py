"""Quotations: the exact words between the marks, who says them, in which office, with which verb."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.parser.quotes import find_quotes
from store.records import Quote


def read(text: str) -> list[tuple[str, str | None]]:
    """Words and speaker of each direct quotation."""
    return [(quote.span.of(text), quote.speaker) for quote in direct(text)]


def direct(text: str) -> list[Quote]:
    return [quote for quote in find_quotes(text) if not quote.indirect]


def speakers(text: str) -> list[str | None]:
    return [speaker for _, speaker in read(text)]


WORDS = "Les marins rentrent chez eux"

ONE_SPEAKER = {
    "verb after": ("« Les marins rentrent chez eux », déclare Lise Maréchal, maire de Clair.", "maire de Clair"),
    "past": ("« Les marins rentrent chez eux », a déclaré Lise Maréchal.", None),
    "no comma": ("« Les marins rentrent chez eux » explique Lise Maréchal, directrice.", "directrice"),
    "stop inside": ("« Les marins rentrent chez eux. » Ainsi s'est exprimée Lise Maréchal, maire.", "maire"),
    "trade before": ("« Les marins rentrent chez eux », se réjouit l'architecte Lise Maréchal.", "architecte"),
    "office first": ("« Les marins rentrent chez eux », souligne la maire de Clair, Lise Maréchal.", "maire de Clair"),
    "aside": ("« Les marins rentrent chez eux », a tenu à rappeler hier la maire Lise Maréchal.", "maire"),
    "while": ("« Les marins rentrent chez eux », a indiqué, lors du conseil, Mme Lise Maréchal.", None),
    "unlisted verb": ("« Les marins rentrent chez eux », pavoise Lise Maréchal, préfète.", "préfète"),
    "according, after": ("« Les marins rentrent chez eux », selon Lise Maréchal.", None),
    "signed": ("« Les marins rentrent chez eux. »\nLise Maréchal, maire de Clair", "maire de Clair"),
    "signed with a dash": ("« Les marins rentrent chez eux. » — Lise Maréchal, capitaine", "capitaine"),
    "in brackets": ("« Les marins rentrent chez eux » (Lise Maréchal).", None),
    "before": ("Lise Maréchal, maire de Clair, a déclaré : « Les marins rentrent chez eux ».", "maire de Clair"),
    "before, that": ("Lise Maréchal, maire de Clair, assure que « Les marins rentrent chez eux ».", "maire de Clair"),
    "colon alone": ("Lise Maréchal : « Les marins rentrent chez eux. »", None),
    "is glad": ("La préfète Lise Maréchal se félicite de l'accord : « Les marins rentrent chez eux. »", "préfète"),
    "of going on": ("Et Lise Maréchal de conclure : « Les marins rentrent chez eux. »", None),
    "for": ("Pour Lise Maréchal, capitaine du port : « Les marins rentrent chez eux ».", "capitaine du port"),
    "according": ("Selon Lise Maréchal, « Les marins rentrent chez eux ».", None),
    "as she says": ("Comme le dit si bien Lise Maréchal, « Les marins rentrent chez eux ».", None),
    "next line": ("Lise Maréchal, maire de Clair, précise :\n« Les marins rentrent chez eux. »", "maire de Clair"),
    "sentence before": ("La maire Lise Maréchal s'est réjouie de l'accord. « Les marins rentrent chez eux. »", "maire"),
    "curved": ("“Les marins rentrent chez eux”, affirme Lise Maréchal.", None),
    "straight": ('"Les marins rentrent chez eux", affirme Lise Maréchal.', None),
    "shouted": ("« Les marins rentrent chez eux », affirme Lise MARÉCHAL, maire.", "maire"),
    "English": ("“Les marins rentrent chez eux,” said Lise Maréchal, mayor of Clair.", "mayor of Clair"),
    "English, told": ("“Les marins rentrent chez eux,” Lise Maréchal said.", None),
    "English, before": ("Lise Maréchal, mayor of Clair, said: “Les marins rentrent chez eux.”", "mayor of Clair"),
    "German": ("„Les marins rentrent chez eux“, sagte Lise Maréchal.", None),
    "German, so": ("„Les marins rentrent chez eux“, so Lise Maréchal.", None),
    "Italian": ("«Les marins rentrent chez eux», ha dichiarato Lise Maréchal, sindaca di Chiaro.", "sindaca di Chiaro"),
}  # fmt: skip


@pytest.mark.parametrize("style", ONE_SPEAKER)
def test_the_speaker_is_who_the_sentence_names(style: str) -> None:
    """Named after, before or beside, with the office as written; the words are exactly those between the marks."""
    text, role = ONE_SPEAKER[style]
    ((words, speaker),) = read(text)
    assert words.rstrip(",.") == WORDS
    assert (speaker or "").casefold() == "lise maréchal"
    assert direct(text)[0].role == role


def test_the_verb_and_the_name_are_where_they_stand() -> None:
    """`verb` is as written, `named` points at the name."""
    text = "« Nous revenons chez nous », a expliqué hier la maire Lise Maréchal."
    (quote,) = direct(text)
    assert quote.verb == "a expliqué"
    assert quote.named is not None
    assert quote.named.of(text) == "Lise Maréchal"


INTRODUCED_BEFORE = [
    "La maire de Clair, Lise Maréchal, a visité le port. Elle y était. « Nous revenons chez nous », a-t-elle dit.",
    "Lise Maréchal, maire de Clair, a visité le port. « Nous revenons chez nous », souligne la maire.",
    "Lise Maréchal dirige la Régie. Le port rouvre. « Nous revenons chez nous », précise Mme Maréchal.",
    "Lise Maréchal, cheffe du Service des ports (SDP), a visité le quai. Le port rouvre lundi.\n\n"
    "« Nous revenons chez nous », explique la cheffe du SDP à ses équipes.",
    "La préfète Lise Maréchal inaugurait le quai. Selon elle, « nous revenons chez nous ».",
    "« Nous revenons chez nous », a souligné Mme Maréchal. Lise Maréchal préside la Régie depuis mai.",
]


@pytest.mark.parametrize("text", INTRODUCED_BEFORE)
def test_a_speaker_has_the_full_name_the_text_gives(text: str) -> None:
    """« elle », « la maire », « Mme Maréchal » are whom the text introduced."""
    assert speakers(text) == ["Lise Maréchal"]


NOBODY_NAMED = [
    "« Nous revenons chez nous », déclare le porte-parole de la compagnie.",
    "Lise Maréchal et Rose Tallien ont signé l'accord. « Nous revenons chez nous », a déclaré la maire.",
    "« Nous revenons tous chez nous dès lundi », expliquent les habitants.",
    "Rose Tallien, préfète, accueillait le ministre. « Nous revenons chez nous », a déclaré le maire de Brume.",
]


@pytest.mark.parametrize("text", NOBODY_NAMED)
def test_no_speaker_rather_than_a_wrong_one(text: str) -> None:
    """Where the text does not tell, or two may be meant, nobody is named."""
    assert speakers(text) == [None]


def test_an_unnamed_speaker_keeps_the_office() -> None:
    """« le porte-parole de la compagnie » is not a name, but it is an office."""
    (quote,) = direct("« Nous revenons chez nous », déclare le porte-parole de la compagnie.")
    assert (quote.speaker, quote.role) == (None, "porte-parole de la compagnie")


def test_several_speak_in_turn() -> None:
    """Each quotation has its own speaker; a pronoun is the one who spoke last."""
    text = (
        "« Le quai rouvre lundi », annonce Rose Tallien, préfète du Val. « Tout est prêt. » Pour le capitaine Odon "
        "Brémi, « c'est une délivrance ». « Mes équipes ont tenu bon », ajoute-t-il. De son côté, Lise Maréchal, "
        "salue « un travail de longue haleine » et rappelle : « Le port, c'est notre maison commune. »"
    )
    assert speakers(text) == [
        "Rose Tallien", "Rose Tallien", "Odon Brémi", "Odon Brémi", "Lise Maréchal", "Lise Maréchal",
    ]  # fmt: skip


def test_an_incise_belongs_to_the_quotation() -> None:
    """« A, explique X. B » is one quotation with its incise."""
    text = "« Nous revenons, explique Lise Maréchal, maire de Clair. Et nous y resterons. »"
    assert read(text) == [
        ("Nous revenons, explique Lise Maréchal, maire de Clair. Et nous y resterons.", "Lise Maréchal")
    ]


def test_a_second_half_has_the_same_speaker() -> None:
    """« A », dit X. « B » : both are X's; so is « A », dit X, « b »."""
    text = "« Nous revenons chez nous », dit Lise Maréchal, maire. « Et nous y resterons longtemps. »"
    assert speakers(text) == ["Lise Maréchal"] * 2
    assert speakers("« Nous revenons », dit Lise Maréchal, « et nous y resterons longtemps. »") == ["Lise Maréchal"] * 2


def test_two_may_speak_together() -> None:
    """« expliquent A et B » is both."""
    assert speakers("« Nous revenons chez nous », expliquent Lise Maréchal et Odon Brémi.") == [
        "Lise Maréchal et Odon Brémi"
    ]


def test_a_body_may_speak() -> None:
    """By its full name where the text spells its acronym out."""
    text = "L'Office des ports du Val (OPV) a écrit aux riverains. « Le quai sera fermé trois mois », précise l'OPV."
    assert speakers(text) == ["Office des ports du Val"]


NO_SPEECH = [
    "Le navire « Alouette » et la « Belle Étoile » sont à quai.",
    "Le film « Les marins rentrent chez eux » passe mardi.",
    "L'exposition « Le port, une maison commune. » ouvre lundi, explique la maire Lise Maréchal.",
    "Lise Maréchal a présenté le programme « Une ville pour tous ses habitants ».",
    "Dans le cadre du plan « Habiter mieux ensemble demain », 300 logements seront rénovés.",
    "Le rapport intitulé « Vivre au bord de l'eau en 2040 » est paru, annonce Rose Tallien.",
    "Le prix de la « Meilleure interprétation féminine » est allé à Rose Tallien.",
    "Une politique dite « zéro déchet » est lancée par Lise Maréchal.",
    "Ce que l'on appelle la « transition » commence, selon Rose Tallien.",
    'La campagne "Moins de bruit la nuit" reprend.',
    "« Vivre au bord de l'eau : état des lieux »\n\nL'étude porte sur trois communes.",
]


@pytest.mark.parametrize("text", NO_SPEECH)
def test_titles_and_terms_are_no_speech(text: str) -> None:
    """What stands between marks without being said is not returned."""
    assert read(text) == []


def test_a_quotation_goes_on_over_paragraphs() -> None:
    """Opened once, or again at the head of each paragraph, it is one."""
    once = "Lise Maréchal déclare : « Nous revenons chez nous.\n\nNous y resterons. » Le quai rouvre."
    again = "Lise Maréchal déclare : « Nous revenons chez nous.\n\n« Nous y resterons. » Le quai rouvre."
    assert read(once) == [("Nous revenons chez nous.\n\nNous y resterons.", "Lise Maréchal")]
    assert read(again) == [("Nous revenons chez nous.\n\n« Nous y resterons.", "Lise Maréchal")]


def test_marks_within_marks_belong_to_the_outer_ones() -> None:
    """A quotation may quote."""
    text = "« Le plan “Port vif” et le plan « Quai neuf » sont à nous », déclare Lise Maréchal."
    assert read(text) == [("Le plan “Port vif” et le plan « Quai neuf » sont à nous", "Lise Maréchal")]


def test_a_missing_mark_ends_with_its_paragraph() -> None:
    """What follows is not taken for speech."""
    text = "Lise Maréchal déclare : « Nous revenons chez nous.\n\nLe quai rouvre lundi.\n\n« Enfin », dit Rose Tallien."
    assert read(text)[0] == ("Nous revenons chez nous.", "Lise Maréchal")


def test_words_said_may_be_few() -> None:
    """« Enfin ! » is speech where someone says it."""
    assert read("« Enfin ! », s'exclame Odon Brémi, capitaine.") == [("Enfin !", "Odon Brémi")]


def test_a_name_like_an_institution_s_does_not_speak() -> None:
    """« Institut Paul Brix » is no Paul Brix."""
    text = "Anne Roux est chimiste à l'Institut Paul Brix. « La mesure est simple et sûre », précise la chimiste."
    assert speakers(text) == ["Anne Roux"]


def test_quotations_end_where_the_contacts_begin() -> None:
    """Nothing beyond `end` is read."""
    text = "« Nous revenons chez nous », dit Lise Maréchal. « Et nous y restons », dit Rose Tallien."
    assert [quote.speaker for quote in find_quotes(text, 50)] == ["Lise Maréchal"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='« »“”"abA.,:\n', max_size=200))
def test_spans_are_inside_the_marks_and_the_text(text: str) -> None:
    """No blanks at the ends, in order, none within another."""
    last = 0
    for quote in find_quotes(text):
        words = quote.span.of(text)
        assert words
        assert words == words.strip()
        assert quote.indirect or quote.span.start >= last
        last = quote.span.end


@pytest.mark.parametrize(
    "text",
    [
        "« " * 50_000,
        "« a », dit " * 9_000,
        "A " * 50_000,
        "Jean Dupont, maire, " * 5_000,
        "selon " * 16_000,
        '"a" ' * 25_000,
        "« a b c d », a dit en " * 4_500 + "Anne Roux",
        "Anne de " * 12_500,
        "a dit que " * 10_000,
        "le maire, " * 10_000,
    ],
)
def test_hostile_texts_take_no_longer_than_long_ones(text: str) -> None:
    """100,000 characters of marks, names or verbs take a second or two, never minutes."""
    started = time.process_time()
    find_quotes(text)
    assert time.process_time() - started < 60
