"""The writer without a model: what its answers read like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from asked import assignment

from assistant.answer import Claim
from assistant.citations import CUT, verbatim
from assistant.extractive import LIMIT, ExtractiveWriter
from conftest import release
from store.records import Contact, Quote, Release, Section, Span

STADIUM = release(
    "Le stade des Tanneurs rouvrira le 20 septembre 2025. Il comptera 23 400 places. Par ailleurs, le chantier a coûté"
    " 98 millions d'euros à la Ville de Port-Clair.",
    title="Le stade des Tanneurs rouvre",
    issuer="Ville de Port-Clair",
    published=date(2025, 6, 2),
)


def written(question: str, *releases: Release, language: str = "fr", people: Sequence[str] = ()) -> list[Claim]:
    """What the writer says, each claim checked word for word."""
    claims = list(ExtractiveWriter().write(assignment(question, *releases, language=language, people=people)))
    assert all(verbatim(claim) for claim in claims)
    return claims


def quoted(text: str, words: str, speaker: str, role: str, **more: object) -> Release:
    """A release whose `words` someone says."""
    start = text.index(words)
    quote = Quote(Span(start, start + len(words)), speaker, role)
    return replace(release(text, **more), quotes=(quote,))  # type: ignore[arg-type]


def test_the_answer_says_whose_words_it_gives() -> None:
    """Issuer and day before the first sentence; the sentences after it need no such words."""
    first, *others = written("Quand le stade des Tanneurs rouvrira-t-il, et pour combien de places ?", STADIUM)
    assert first.lead_in == "Selon la Ville de Port-Clair, 2 juin 2025 :"
    assert first.text == "Le stade des Tanneurs rouvrira le 20 septembre 2025."
    assert others
    assert all(claim.lead_in == "" for claim in others)


def test_a_lead_in_is_in_the_language_of_the_question() -> None:
    """The quotation stays in its own."""
    first = written("When will the stade des Tanneurs reopen?", STADIUM, language="en")[0]
    assert first.lead_in == "According to the Ville de Port-Clair, 2 June 2025:"
    assert first.text.startswith("Le stade")


def test_a_lead_in_is_withheld_where_the_sentence_says_it() -> None:
    """Issuer and day stand in it."""
    told = release("Le 2 juin 2025, la Ville de Port-Clair a fermé le marché couvert.", issuer="Ville de Port-Clair",
                   published=date(2025, 6, 2))  # fmt: skip
    (claim,) = written("Qui a fermé le marché couvert ?", told)
    assert claim.lead_in == ""


def test_what_leans_is_completed_by_what_it_leans_on() -> None:
    """« Il comptera … » comes after the sentence that says who « il » is."""
    claims = written("combien de places", STADIUM)
    texts = [claim.text for claim in claims]
    assert "Il comptera 23 400 places." in texts
    assert texts.index("Le stade des Tanneurs rouvrira le 20 septembre 2025.") < texts.index(
        "Il comptera 23 400 places."
    )


def test_what_leans_on_too_much_takes_its_subject_from_the_title() -> None:
    """Where the sentence before is too long to be shown as well."""
    before = "Le conseil, réuni jeudi soir, " + "après de longs débats et " * 12 + "a voté."
    told = release(f"{before} Elle comptera 340 berceaux.", title="Une crèche aux Verriers")
    (claim,) = written("Combien de berceaux ?", told)
    assert claim.text == "Elle comptera 340 berceaux."
    assert claim.lead_in.endswith(", à propos de « Une crèche aux Verriers » :")


def test_this_stadium_is_clear_where_the_stadium_is_asked_about() -> None:
    """« Ce stade » needs no title then."""
    told = release("La Ville ouvre. " + "\n\nCe stade comptera 340 places.", title="Ouverture")
    assert all("à propos" not in claim.lead_in for claim in written("Combien de places dans le stade ?", told))


def test_the_same_is_not_said_twice() -> None:
    """A sentence of nearly the same words and figures adds nothing; another figure does."""
    twice = release(
        "Le bac de Port-Clair a transporté 120 000 passagers en 2024. En 2024, le bac de Port-Clair a transporté"
        " quelque 120 000 passagers."
    )
    assert len(written("Combien de passagers le bac a-t-il transportés ?", twice)) == 1
    other = release(
        "Le bac de Port-Clair a transporté 120 000 passagers en 2024. Le bac de Port-Clair a transporté 95 000"
        " passagers en 2023."
    )
    assert len(written("Combien de passagers le bac a-t-il transportés ?", other)) == 2


LISTED = release(
    "La Ville ouvre les inscriptions. Les pièces à fournir sont :\n\n– un acte de naissance ;\n– un justificatif de"
    " domicile ;\n– le carnet de vaccination.\n\nLe guichet ouvre lundi.",
    title="Inscriptions à la crèche",
)


def test_a_list_is_given_as_a_list() -> None:
    """What introduces it, then its items, cited with the whole list."""
    claims = written("Quelles pièces fournir pour l'inscription ?", LISTED)
    texts = [claim.text for claim in claims]
    at = texts.index("Les pièces à fournir sont :")
    assert texts[at + 1 : at + 4] == [
        "– un acte de naissance ;",
        "– un justificatif de domicile ;",
        "– le carnet de vaccination.",
    ]
    assert len({claim.rests_on for claim in claims[at : at + 4]}) == 1


def test_an_item_comes_with_the_line_it_hangs_on() -> None:
    """What introduces the list stands before it, whether the whole list is shown or the item alone."""
    whole = " ".join(claim.text for claim in written("Faut-il un justificatif de domicile ?", LISTED))
    assert "Les pièces à fournir sont : " in whole.split("justificatif de domicile")[0]


def test_headings_are_not_shown() -> None:
    """A section's heading answers nothing."""
    text = "La Ville agit.\n\nDes berceaux pour tous\n\nLa crèche aura 40 berceaux."
    at = text.index("Des berceaux")
    made = replace(release(text), sections=(Section(Span(at, at + 22), Span(at + 24, len(text))),))
    assert all("pour tous" not in claim.text for claim in written("Combien de berceaux ?", made))


def test_someone_s_words_are_not_passed_off_as_the_issuer_s() -> None:
    """A sentence from within a quotation names its speaker."""
    text = (
        "La Ville présente son budget. « Nous avons trop tardé. La digue coûtera 12 millions d'euros. Elle vaut son"
        " prix », annonce le maire."
    )
    words = text[text.index("Nous avons") : text.index(" », annonce")]
    told = quoted(text, words, "Ivo Tarrazin", "maire de Port-Clair")
    said = next(claim for claim in written("Combien la digue coûtera-t-elle ?", told) if "12 millions" in claim.text)
    assert said.lead_in.startswith("Ivo Tarrazin, maire de Port-Clair, dans le communiqué de la Métropole de Sarvelle")


def test_the_end_of_a_quotation_comes_with_its_beginning() -> None:
    """What follows the mark would hang in the air."""
    text = "La Ville ouvre. « Nous avons trop tardé. La digue coûtera 12 millions », annonce le maire."
    claims = written("Combien la digue coûtera-t-elle ?", release(text))
    assert claims[0].text == "« Nous avons trop tardé. La digue coûtera 12 millions », annonce le maire."


MARKET = quoted(
    "Le marché couvert rouvre samedi. « Nous rendons les halles aux habitants. Elles l'attendaient », se réjouit"
    " la maire. La Ville a investi 3 millions d'euros.",
    "Nous rendons les halles aux habitants. Elles l'attendaient",
    "Nadia Lemercanton",
    "maire de Port-Clair",
    issuer="Ville de Port-Clair",
    published=date(2025, 11, 6),
    title="Les halles rouvrent",
)


@pytest.mark.parametrize("question", ["Qu'a dit Nadia Lemercanton sur les halles ?", "Qu'a dit la maire des halles ?"])
def test_the_verbatim_of_the_one_asked_about(question: str) -> None:
    """Her words with their marks, her name and office before them; asked for by name or by office."""
    people = ("Nadia Lemercanton",) if "Nadia" in question else ()
    (claim,) = written(question, MARKET, people=people)
    assert claim.text == "« Nous rendons les halles aux habitants. Elles l'attendaient »"
    told = "Nadia Lemercanton, maire de Port-Clair, dans le communiqué de la Ville de Port-Clair, 6 novembre 2025 :"
    assert claim.lead_in == told


def test_others_words_are_not_given_for_hers() -> None:
    """Who is not quoted is told of, or nothing is said."""
    assert written("Qu'a dit Ivo Tarrazin sur les halles ?", MARKET, people=("Ivo Tarrazin",)) == []
    told = release("Ivo Tarrazin, adjoint, a visité les halles samedi. La halle plaît.", title="Les halles")
    claims = written("Qu'a dit Ivo Tarrazin sur les halles ?", MARKET, told, people=("Ivo Tarrazin",))
    assert [claim.text for claim in claims] == ["Ivo Tarrazin, adjoint, a visité les halles samedi."]


def test_what_a_release_says_is_no_one_s_verbatim() -> None:
    """« Que dit le communiqué » is not asked of a speaker."""
    claims = written("Que dit le communiqué de l'investissement de la Ville en euros ?", MARKET)
    assert claims[0].text == "La Ville a investi 3 millions d'euros."


def test_how_it_went_is_told_by_day() -> None:
    """A line a release, oldest first, its day and issuer before it."""
    years = [
        release(f"Le festival des Digues a accueilli {number} 000 spectateurs.", title="Festival des Digues",
                published=date(year, 7, 9), issuer="Office du tourisme")
        for year, number in ((2025, 64), (2023, 51), (2024, 58))
    ]  # fmt: skip
    claims = written("Comment a évolué le nombre de spectateurs du festival des Digues ?", *years)
    assert [claim.lead_in for claim in claims] == [
        f"9 juillet {year}, Office du tourisme :" for year in (2023, 2024, 2025)
    ]
    assert "51 000" in claims[0].text


def test_a_contact_is_given_whole() -> None:
    """Name, telephone and e-mail of the release that speaks of the subject."""
    text = (
        "La digue est en travaux.\n\nContact presse : Odile Ferrand, 05 36 49 00 11, odile.ferrand@port-clair.example"
    )
    at = text.index("Odile")
    made = replace(
        release(text, title="La digue en travaux"),
        contacts=(Contact("Odile Ferrand", None, "05 36 49 00 11", None, Span(at, len(text))),),
    )
    (claim,) = written("Qui contacter au sujet de la digue ?", made)
    assert claim.text == "Odile Ferrand, 05 36 49 00 11, odile.ferrand@port-clair.example"
    assert claim.lead_in.startswith("Contact indiqué dans le communiqué de la Métropole de Sarvelle")


def test_no_answer_grows_without_end() -> None:
    """Not even a list, nor five lines over time."""
    items = "\n".join(f"– la rue numéro {n} et ses abords immédiats jusqu'à la place du marché ;" for n in range(40))
    made = release(f"Les rues concernées sont :\n\n{items}", title="Rues fermées")
    claims = written("Quelles rues sont concernées ?", made)
    assert sum(len(claim.text) + len(claim.lead_in) + 1 for claim in claims) <= LIMIT
    assert claims[-1].text.endswith(CUT)


def test_nothing_found_says_nothing() -> None:
    """No hits, no claims."""
    assert written("Combien ?") == []


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("Qu'a dit le maire de Sarvelle sur le tram ?", True),
        ("Qu'a dit Paul Odrin sur le tram ?", True),
        ("Qu'a dit le maire de Port-Clair sur le tram ?", False),
        ("Qu'a dit Lise Maréchal sur le tram ?", False),
        ("Qu'a déclaré la conseillère municipale Lise Maréchal sur le tram ?", False),
    ],
)
def test_nobody_s_words_are_given_for_another_s(question: str, answered: bool) -> None:
    """Another town's mayor, or somebody no release quotes, says nothing here."""
    tram = quoted(
        "Le tram avance. « Le tram sera gratuit pour tous », annonce Paul Odrin, maire de Sarvelle.",
        "Le tram sera gratuit pour tous",
        "Paul Odrin",
        "maire de Sarvelle",
        title="Le tram de Sarvelle",
    )
    assert bool(written(question, tram)) is answered
