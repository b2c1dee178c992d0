"""What is to be known beside an answer, over a real archive of invented releases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from assistant.answer import Answer, Noticed, Question
from assistant.corrected import Told
from assistant.desk import Desk
from conftest import NOW
from ingest.parser.figures import find_figures
from store.archive import Archive
from store.catalogue import Added
from store.embedding import UNRELATED
from store.records import Correction, CorrectionKind, Filters, Scope, Span

COST = (
    "Les travaux du pont des Brumes coûteront {} millions d'euros à la Métropole. Le pont aura deux pistes cyclables."
)
QUESTION = "Combien coûteront les travaux du pont des Brumes ?"

Shelve = Callable[..., Added]


@pytest.fixture
def desk(archive: Archive) -> Desk:
    return Desk(archive, clock=lambda: NOW, unrelated=UNRELATED)


def ask(desk: Desk, text: str, scope: Scope = Scope.STAFF, filters: Filters | None = None) -> Answer:
    return desk.ask(Question(text, filters=filters), scope)


def notices(answer: Answer) -> dict[str, str]:
    return {notice.kind: notice.message for notice in answer.notices}


def bridge(shelve: Shelve, millions: str, published: date, reference: str, title: str, **facts: object) -> str:
    text = COST.format(millions)
    facts = {"figures": find_figures(text), **facts}
    return shelve(text, title=title, reference=reference, published=published, **facts).release_id


def test_a_new_version_answers_and_says_that_it_was_corrected(desk: Desk, archive: Archive, shelve: Shelve) -> None:
    """The new figure alone, and that the passage cited has changed; what was superseded is never shown."""
    bridge(shelve, "3,2", date(2025, 3, 3), "cp-1", "Le pont des Brumes sera refait")
    archive.flush()
    assert notices(ask(desk, QUESTION)) == {}
    bridge(shelve, "4,1", date(2025, 3, 3), "cp-1", "Le pont des Brumes sera refait")
    archive.flush()
    for scope in Scope:
        answer = ask(desk, QUESTION, scope)
        assert answer.citations[0].version == 2
        assert "3,2" not in str(answer.sentences) + str(answer.notices)
        assert notices(answer)["corrected"] == (
            "Corrigé le 2 mars 2026 : la version 2 du communiqué « Le pont des Brumes sera refait » du 3 mars 2025 "
            "remplace la précédente ; le passage cité a changé."
        )
    english = notices(ask(desk, "How many cycle lanes will the pont des Brumes have?"))
    assert english["corrected"].startswith("Corrected on 2 March 2026: version 2 of the release “Le pont des Brumes")
    view, whole = archive.view(Scope.STAFF, NOW), archive.view(Scope.ARCHIVIST, NOW)
    release = view.release("cp-1")
    lanes = Span(release.text.index("Le pont aura"), len(release.text))
    (unchanged,) = Told(view, whole, "en").notices([(release, lanes)], {})
    assert unchanged.message.endswith("replaces the one before; the passage cited is unchanged.")


def test_what_was_put_right_under_embargo_is_no_correction_to_the_public(
    desk: Desk, archive: Archive, shelve: Shelve
) -> None:
    """Nobody outside saw the first figure: neither that there was one nor whether it changed is told."""
    for millions, embargo in (("3,2", NOW + timedelta(days=2)), ("4,1", NOW - timedelta(hours=1))):
        bridge(shelve, millions, date(2026, 3, 1), "cp-1", "Le pont des Brumes sera refait", embargo=embargo)
    archive.flush()
    assert ask(desk, QUESTION, Scope.PUBLIC).citations[0].version == 2
    assert notices(ask(desk, QUESTION, Scope.PUBLIC)) == {}
    assert "a changé" in notices(ask(desk, QUESTION, Scope.STAFF))["corrected"]


def test_what_rectifies_a_release_speaks_beside_it(desk: Desk, archive: Archive, shelve: Shelve) -> None:
    """An erratum of other words, which leaves the release standing, is shown and told."""
    bridge(shelve, "3,2", date(2025, 3, 3), "cp-1", "Le pont des Brumes sera refait")
    text = (
        "Rectificatif au communiqué du 3 mars 2025. Il fallait lire : le coût du pont des Brumes est de 4,1 millions."
    )
    shelve(
        text,
        title="Rectificatif : pont des Brumes",
        reference="cp-2",
        published=date(2025, 3, 12),
        corrects=Correction(Span(0, 42), CorrectionKind.CORRECTS, date(2025, 3, 3), "cp-1"),
    )
    archive.flush()
    answer = ask(desk, QUESTION)
    assert any("4,1 millions" in sentence.text for sentence in answer.sentences)
    assert notices(answer) == {
        "corrected": "Corrigé le 12 mars 2025 : « Rectificatif : pont des Brumes » rectifie le communiqué "
        "du 3 mars 2025 (« Le pont des Brumes sera refait »)."
    }
    assert answer.evidence[0].release.reference == "cp-2"


def test_what_replaces_a_release_says_so(desk: Desk, archive: Archive, shelve: Shelve) -> None:
    """« Annule et remplace »: what is replaced is neither cited nor contradicted."""
    bridge(shelve, "3,2", date(2025, 3, 3), "cp-1", "Le pont des Brumes sera refait")
    correction = Correction(Span(0, 20), CorrectionKind.REPLACES, date(2025, 3, 3), "cp-1")
    bridge(shelve, "4,1", date(2025, 3, 12), "cp-2", "Pont des Brumes", corrects=correction)
    archive.flush()
    answer = ask(desk, QUESTION)
    assert {citation.reference for citation in answer.citations} == {"cp-2"}
    assert notices(answer) == {
        "corrected": "Corrigé le 12 mars 2025 : « Pont des Brumes » remplace le communiqué du 3 mars 2025."
    }


def test_releases_that_contradict_each_other_are_both_shown(desk: Desk, archive: Archive, shelve: Shelve) -> None:
    """Both sentences cited, both values with their days, newest first; as an event and in the answer."""
    bridge(shelve, "3,2", date(2024, 11, 6), "cp-1", "Le pont des Brumes sera refait")
    bridge(shelve, "4,1", date(2025, 3, 3), "cp-2", "Pont des Brumes : où en sont les travaux")
    archive.flush()
    answer = ask(desk, QUESTION)
    assert {citation.reference for citation in answer.citations} == {"cp-1", "cp-2"}
    assert notices(answer)["contradiction"] == (
        "Les communiqués ne disent pas la même chose : 4,1 millions d'euros (3 mars 2025), "
        "3,2 millions d'euros (6 novembre 2024)."
    )
    events = list(desk.events(Question(QUESTION), Scope.STAFF))
    assert [event.notice for event in events if isinstance(event, Noticed)] == list(answer.notices)
    assert notices(ask(desk, QUESTION, Scope.PUBLIC))["contradiction"] == notices(answer)["contradiction"]


def test_today_has_a_day(desk: Desk, archive: Archive, shelve: Shelve) -> None:
    """The newest of two that answer as well speaks first, and the day it is of is told."""
    for year in (2023, 2025, 2024):
        text = f"La police de Sarvelle emploie {year - 1900} agents de terrain."
        shelve(text, title="La police de Sarvelle", reference=f"cp-{year}", published=date(year, 5, 6))
    archive.flush()
    answer = ask(desk, "Combien d'agents de terrain la police de Sarvelle emploie-t-elle actuellement ?")
    assert answer.citations[0].reference == "cp-2025"
    assert notices(answer)["as_of"] == "D’après le communiqué le plus récent sur ce point, du 6 mai 2025."
    english = ask(desk, "How many field officers does the police of Sarvelle currently employ?")
    assert notices(english)["as_of"] == "As of the latest release on this point, of 6 May 2025."


def test_the_catalogue_needs_no_notice(desk: Desk, archive: Archive, shelve: Shelve) -> None:
    """How many releases there are today, and which is the last, is as the archive stands."""
    bridge(shelve, "3,2", date(2024, 11, 6), "cp-1", "Le pont des Brumes sera refait")
    bridge(shelve, "4,1", date(2025, 3, 3), "cp-2", "Pont des Brumes : où en sont les travaux")
    archive.flush()
    assert notices(ask(desk, "Combien de communiqués y a-t-il aujourd'hui ?")) == {}
    assert "as_of" not in notices(ask(desk, "Quel est actuellement le dernier communiqué ?"))
