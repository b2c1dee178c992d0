"""What an answer says on paper, and what it says of its sources today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from taken import EMBARGO, ROOF, STADIUM, TITLE, WORKS, Shelve, abstained, answered, citation, kept, stadium, taken

from assistant.answer import Answer, Question, Sentence, Written
from assistant.desk import Desk
from assistant.takeaway.dossier import Dossier, Kind, words_of
from assistant.takeaway.paragraphs import numbered
from assistant.web.fresh import Fresh
from conftest import NOW
from store.archive import Archive
from store.records import Correction, CorrectionKind, Filters, Scope, Span


def said(dossier: Dossier, kind: Kind) -> list[str]:
    """The blocks of a kind, with their notes' marks in brackets."""
    return [
        "".join(piece.text or "".join(f"[{number}]" for number in piece.notes) for piece in block.line)
        for block in dossier.blocks
        if block.kind is kind
    ]


def test_an_answer_is_told_in_the_order_it_is_read(archive: Archive, shelve: Shelve) -> None:
    """Question, when it was asked, what was understood, the sentences, what to know, what was searched."""
    dossier = taken(archive, answered(stadium(shelve)))
    assert dossier.title == "Combien coûtera le stade\u00a0?"
    assert said(dossier, Kind.FACT) == [
        "Question posée le 2 mars 2026 à 9\u00a0h\u00a030",
        "Compris ainsi\u00a0: Combien coûtera le stade Albert-Fauvel\u00a0?\u00a0· Période\u00a0: 2025\u00a0· "
        "Émetteur\u00a0: Métropole de Sarvelle",
        "Recherche menée dans 45 communiqués, du 9 février 2023 au 4 décembre 2025.",
    ]
    assert said(dossier, Kind.TEXT) == [
        "Selon la Métropole de Sarvelle, 6 mai 2025\u00a0: La toiture du stade Albert-Fauvel coûtera 12 millions "
        "d'euros[1]. Les travaux dureront «\u00a0quatorze mois au plus\u00a0», selon la Métropole[2]. "
        "Le coût est donc connu[1][2]."
    ]
    assert said(dossier, Kind.NOTICE) == ["Le communiqué date du 6 mai 2025."]
    assert dossier.banner == ""
    assert dossier.colophon[0] == "Les phrases sont citées mot pour mot des communiqués."
    assert dossier.colophon[-1] == "Réponse 20260302-0123456789ab."


def test_a_source_is_listed_once_with_all_that_is_cited_of_it(archive: Archive, shelve: Shelve) -> None:
    """In French reference style: issuer, title, kind, day, reference, version, pages, address, day of reading."""
    url = "https://presse.example/cp/7"
    dossier = taken(archive, answered(stadium(shelve), url=url))
    (source,) = dossier.sources
    assert words_of(source.reference) == (
        f"Métropole de Sarvelle. {TITLE} [communiqué de presse]. 6\u00a0mai 2025, réf.\u00a0CP-2025-7, "
        "p.\u00a02 et 4. Disponible sur\u00a0: https://presse.example/cp/7 (consulté le 2\u00a0mars 2026)."
    )
    assert [piece.text for piece in source.reference if piece.italic] == [TITLE]
    assert [piece.url for piece in source.reference if piece.url] == [url]
    assert [(note.number, note.page) for note in source.notes] == [(1, "p.\u00a02"), (2, "p.\u00a04")]
    assert words_of(source.notes[0].words) == f"«\u00a0{ROOF}\u00a0»"
    assert "“quatorze mois au plus”" in words_of(source.notes[1].words)
    assert source.marks == ()
    assert dossier.heading == "Source"


def test_the_reference_is_english_for_the_english(archive: Archive, shelve: Shelve) -> None:
    """And the words of a French release are marked as French."""
    dossier = taken(archive, answered(stadium(shelve), version=1), language="en")
    (source,) = dossier.sources
    assert words_of(source.reference) == (
        f"Métropole de Sarvelle. {TITLE} [press release]. 6\u00a0May 2025, ref.\u00a0CP-2025-7, pp.\u00a02 and 4."
    )
    assert [piece.language for piece in source.reference if piece.italic] == ["fr"]
    assert words_of(source.notes[0].words) == f"“{ROOF}”"
    assert source.notes[0].words[0].language == "fr"


def test_what_is_not_known_of_a_source_is_left_out(archive: Archive, shelve: Shelve) -> None:
    """« s. d. » without a date; without issuer, the title leads; an abbreviation's full stop is the only one."""
    release_id = stadium(shelve)
    bare = answered(release_id, issuer=None, published=None, reference=None)
    assert words_of(taken(archive, bare).sources[0].reference) == (
        f"{TITLE} [communiqué de presse]. s.\u00a0d., p.\u00a02 et 4."
    )
    company = answered(release_id, issuer="Halbran S.A.", published=date(2025, 5, 1))
    told = words_of(taken(archive, company).sources[0].reference)
    assert told.startswith(f"Halbran S.A. {TITLE} [communiqué de presse]. 1er\u00a0mai 2025")


def test_a_source_without_an_address_of_its_own_is_linked_here(archive: Archive, shelve: Shelve) -> None:
    """By the permanent link; where the release has an address that cannot be followed, too."""
    release_id = stadium(shelve)
    for url in (None, "javascript:alert(1)"):
        dossier = taken(archive, answered(release_id, url=url), permanent=lambda one: f"https://a.example/r/{one.page}")
        assert [piece.url for piece in dossier.sources[0].reference if piece.url] == ["https://a.example/r/2"]


def test_an_abstention_stays_one(archive: Archive, shelve: Shelve) -> None:
    """What was searched is said, and the nearest releases are named, under embargo or not."""
    release_id = stadium(shelve, embargo=EMBARGO)
    dossier = taken(archive, abstained(evidence=[(release_id, 1), ("nowhere", 1)]))
    assert said(dossier, Kind.NONE) == ["Aucun communiqué ne le dit"]
    assert said(dossier, Kind.TEXT) == ["Recherche dans 45 communiqués\u00a0: aucun ne parle d'une coupe."]
    (nearest,) = said(dossier, Kind.NEAREST)
    assert nearest.startswith(f"{TITLE} (Métropole de Sarvelle, 6 mai 2025). Sous embargo jusqu’au 1er janvier 2031")
    assert dossier.banner.startswith("Contient des extraits sous embargo")
    assert dossier.sources == ()
    hidden = taken(archive, abstained(evidence=[(release_id, 1)]), scope=Scope.PUBLIC)
    assert said(hidden, Kind.NEAREST) == []


def test_words_under_embargo_are_marked_as_such(archive: Archive, shelve: Shelve) -> None:
    """A banner over the whole, and a line at the source; nothing of either once it is over."""
    dossier = taken(archive, answered(stadium(shelve, embargo=EMBARGO)))
    assert dossier.banner == "Contient des extraits sous embargo jusqu’au 1er janvier 2031 à 10\u00a0h (Paris)"
    assert dossier.sources[0].marks == ("Sous embargo jusqu’au 1er janvier 2031 à 10\u00a0h (Paris).",)


def test_nothing_hidden_leaves(archive: Archive, shelve: Shelve) -> None:
    """Neither words, title nor issuer of a release that this reader may not see."""
    dossier = taken(archive, answered(stadium(shelve, embargo=EMBARGO)), scope=Scope.PUBLIC)
    assert "12 millions" not in str(dossier)
    assert TITLE not in str(dossier)
    assert dossier.banner == ""
    assert words_of(dossier.sources[0].reference) == "Source qui n’est plus consultable."
    assert dossier.sources[0].notes[0].words == ()


def test_a_withdrawal_since_is_told_without_its_words(archive: Archive, shelve: Shelve) -> None:
    """With its day."""
    release_id = stadium(shelve)
    archive.withdraw(release_id, "erreur", NOW)
    dossier = taken(archive, answered(release_id))
    assert dossier.sources[0].marks == ("Retiré le 2\u00a0mars 2026, depuis cette réponse.",)
    assert "12 millions" not in str(dossier)


def test_a_correction_since_is_told(archive: Archive, shelve: Shelve) -> None:
    """By the version in force; the public is not told of one under embargo."""
    release_id = stadium(shelve)
    stadium(shelve, STADIUM.replace("12", "14"))
    dossier = taken(archive, answered(release_id))
    assert dossier.sources[0].marks == (
        "Corrigé le 2\u00a0mars 2026, depuis cette réponse\u00a0: la version 2 est en vigueur.",
    )
    stadium(shelve, STADIUM.replace("12", "16"), embargo=EMBARGO)
    dossier = taken(archive, answered(release_id), scope=Scope.PUBLIC)
    assert dossier.sources[0].marks == ("N’est plus consultable\u00a0: retiré ou remplacé depuis cette réponse.",)


@pytest.mark.parametrize(
    ("kind", "begins"), [(CorrectionKind.CORRECTS, "Rectifié par"), (CorrectionKind.REPLACES, "Remplacé par")]
)
def test_what_corrects_a_source_is_named(archive: Archive, shelve: Shelve, kind: CorrectionKind, begins: str) -> None:
    """To those who may see it; to the public nothing has happened before the embargo ends."""
    release_id = stadium(shelve)
    told = Correction(Span(0, 12), kind, date(2025, 5, 6), "CP-2025-7")
    text = "Rectificatif : la toiture du stade coûtera une tout autre somme, qui sera dite plus tard."
    shelve(text, title="Rectificatif au stade", reference="CP-2025-8", corrects=told, embargo=EMBARGO)
    (mark,) = taken(archive, answered(release_id)).sources[0].marks
    assert mark == f"{begins} un autre communiqué\u00a0: «\u00a0Rectificatif au stade\u00a0»."
    assert taken(archive, answered(release_id), scope=Scope.PUBLIC).sources[0].marks == ()


def test_a_conversation_numbers_its_notes_through(archive: Archive, shelve: Shelve) -> None:
    """And lists each source once for all its answers."""
    release_id = stadium(shelve)
    dossier = taken(archive, answered(release_id), abstained(), answered(release_id), title="Le stade")
    assert dossier.title == "Le stade"
    assert said(dossier, Kind.QUESTION) == [
        "Combien coûtera le stade\u00a0?", "Qui a gagné la coupe\u00a0?", "Combien coûtera le stade\u00a0?",
    ]  # fmt: skip
    assert "d'euros[3]." in said(dossier, Kind.TEXT)[-1]
    (source,) = dossier.sources
    assert [note.number for note in source.notes] == [1, 2, 3, 4]
    assert [note.number for note in dossier.notes] == [1, 2, 3, 4]


def test_items_are_a_list_and_marks_of_the_same_words_stand_once(archive: Archive, shelve: Shelve) -> None:
    """Behind the last of the sentences in a row that rest on them; after the words where no full stop ends them."""
    release_id = stadium(shelve)
    sentences = (
        Sentence("Voici la liste.", (1,)), Sentence("- la toiture", (1,)), Sentence("• les travaux", (2,)),
        Sentence("Est-ce tout ?", (2,)),
    )  # fmt: skip
    citations = (citation(1, release_id, ROOF), citation(2, release_id, WORKS))
    dossier = taken(archive, kept(Answer("Quoi ?", "Quoi ?", Filters(), sentences, citations)))
    assert said(dossier, Kind.TEXT) == ["Voici la liste.", "Est-ce tout\u00a0?[2]"]
    assert said(dossier, Kind.ITEM) == ["la toiture[1]", "les travaux"]


def test_a_model_is_named_as_one_and_a_broken_answer_as_broken(archive: Archive, shelve: Shelve) -> None:
    """Nobody takes a model's words for the release's, nor half an answer for a whole."""
    told = answered(stadium(shelve))
    written = replace(told, answer=replace(told.answer, written=Written("generative", "un-modele")))
    assert taken(archive, written).colophon[0].startswith("Rédigé par un modèle de langue")
    broken = replace(told, record={**told.record, "complete": False})
    assert "La réponse a été interrompue avant la fin." in said(taken(archive, broken), Kind.NOTICE)


def test_notes_have_the_numbers_of_the_page(archive: Archive, shelve: Shelve) -> None:
    """What the desk numbers on the screen is numbered so on paper."""
    stadium(shelve)
    shelve("La navette fluviale coûtera 2 euros. Elle partira chaque matin.", title="La navette", reference="CP-9")
    archive.flush()
    fresh, asked = Fresh(), Question("Combien coûteront le stade et la navette ?")
    *_, finished = (
        fresh.identified(one, asked, Scope.STAFF, NOW)
        for one in Desk(archive, clock=lambda: NOW).events(asked, Scope.STAFF)
    )
    answer = finished.answer  # type: ignore[union-attr]
    assert answer.citations
    assert numbered(answer, 1) == {one.number: one.number for one in answer.citations}
    dossier = taken(archive, fresh.kept(answer.id or ""))
    assert [words_of(note.words) for note in dossier.notes]
    assert dossier.colophon[-1] == f"Réponse {answer.id}."
