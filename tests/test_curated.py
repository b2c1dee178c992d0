"""The specification of the curated answers: kept in the catalogue, and given only while all they rest on stands."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from conftest import release
from store.amendments import Hand
from store.catalogue import Catalogue
from store.curated import BadEntry, Draft, Entry, EntryNotFound, Standing, State
from store.curating import Curating
from store.records import Correction, CorrectionKind, Release, Scope, Span
from store.view import View

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
TEXT = "Le stade de Sarvelle rouvre le 12 mai 2026. Les travaux coûtent 12 millions d'euros."


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path / "catalogue.sqlite")
    yield made
    made.close()


@pytest.fixture
def press(catalogue: Catalogue) -> Curating:
    return Curating(catalogue)


def shelved(catalogue: Catalogue, text: str = TEXT, reference: str = "CP-1", **facts: object) -> str:
    made = release(text, reference=reference, title=f"Communiqué {reference}", **facts)  # type: ignore[arg-type]
    return catalogue.add(made, (), lambda one: ()).release_id


def corrects(reference: str, kind: CorrectionKind = CorrectionKind.REPLACES) -> Correction:
    return Correction(Span(0, 2), kind, None, reference, None)


def given(catalogue: Catalogue, now: datetime = NOW, scope: Scope = Scope.PUBLIC) -> list[str]:
    return [entry.question for entry in View(catalogue, None, scope, now).curated()]  # type: ignore[arg-type]


def approved(press: Curating, *releases: str, question: str = "Quand rouvre le stade ?", **more: object) -> Entry:
    draft = Draft(question, "Le 12 mai 2026.", releases=releases or ("CP-1",), **more)  # type: ignore[arg-type]
    return press.approve(press.add(draft, "Ada", NOW).id, "Ada", NOW)


def test_an_approved_entry_is_given_word_for_word(catalogue: Catalogue, press: Curating) -> None:
    """A draft is given to nobody; once approved, it is, with the versions it rests on."""
    release_id = shelved(catalogue)
    entry = press.add(Draft("Quand rouvre le stade ?", "Le 12 mai.\n\nÀ midi.", releases=("CP-1",)), "Ada", NOW)
    assert (entry.state, entry.standing, given(catalogue)) == (State.DRAFT, Standing.DRAFT, [])
    entry = press.approve(entry.id, "Zoé", TOMORROW)
    assert (entry.standing, entry.by, entry.changed) == (Standing.ANSWERING, "Zoé", TOMORROW)
    (found,) = View(catalogue, None, Scope.PUBLIC, TOMORROW).curated()  # type: ignore[arg-type]
    assert (found.answer, found.releases) == ("Le 12 mai.\n\nÀ midi.", ((release_id, 1),))


def test_what_may_not_be_approved_is_told(catalogue: Catalogue, press: Curating) -> None:
    """No answer, no release, a release withdrawn, replaced or corrected by another, a day gone by: each in words."""
    shelved(catalogue)
    shelved(catalogue, reference="CP-2", name="b")
    catalogue.withdraw("CP-2", "erreur", NOW)

    def refused(draft: Draft) -> tuple[str, str]:
        with pytest.raises(BadEntry) as error:
            press.approve(press.add(draft, "Ada", NOW).id, "Ada", NOW)
        return error.value.field, error.value.reason

    assert refused(Draft("Un ?", "", releases=("CP-1",))) == ("answer", "empty")
    assert refused(Draft("Deux ?", "Oui.")) == ("releases", "releases")
    assert refused(Draft("Trois ?", "Oui.", releases=("CP-2",))) == ("releases", "gone")
    past = Draft("Quatre ?", "Oui.", releases=("CP-1",), valid_until=date(2026, 3, 1))
    assert refused(past) == ("valid_until", "expired")
    assert refused(Draft("Cinq ?", "Oui.", releases=("CP-404",))) == ("releases", "unknown")
    assert refused(Draft("  trois !", "Oui.")) == ("question", "twice")
    shelved(catalogue, "Rectificatif.", "CP-3", name="c", corrects=corrects("CP-1", CorrectionKind.CORRECTS))
    assert refused(Draft("Six ?", "Oui.", releases=("CP-1",))) == ("releases", "corrected")
    assert approved(press, "CP-1", "CP-3").standing is Standing.ANSWERING


@pytest.mark.parametrize("change", ["version", "withdrawn", "replaced", "rectified", "amended"])
def test_an_entry_falls_back_with_what_it_rests_on(catalogue: Catalogue, press: Curating, change: str) -> None:
    """A release corrected, withdrawn, replaced, rectified or put right: the entry is a draft at once, and says why."""
    release_id = shelved(catalogue)
    entry = approved(press)
    if change == "version":
        shelved(catalogue, TEXT + " Errata.")
    elif change == "withdrawn":
        catalogue.withdraw(release_id, "erreur", NOW)
    elif change == "amended":
        catalogue.amend(release_id, Hand({"published": "2025-05-07"}, "Ada", NOW), lambda one: ())
    else:
        kind = CorrectionKind.REPLACES if change == "replaced" else CorrectionKind.CORRECTS
        shelved(catalogue, "Annule et remplace.", "CP-2", name="b", corrects=corrects("CP-1", kind))
    with sqlite3.connect(catalogue.path) as connection:
        assert connection.execute("SELECT state FROM curated").fetchall() == [("draft",)]
    fallen = press.entry(entry.id, NOW)
    assert fallen.fallen is not None
    assert fallen.fallen.kind == change
    assert fallen.notice is not None
    assert "Communiqué CP-1" in fallen.notice
    assert "approuvez" in fallen.notice
    assert "Communiqué CP-1" in fallen.fallen.words("en")
    assert given(catalogue) == []


def test_an_embargo_hides_an_entry_until_its_minute(catalogue: Catalogue, press: Curating) -> None:
    """Approved before the embargo ends, an entry waits; it answers from that very second on, staff earlier."""
    shelved(catalogue, embargo=TOMORROW)
    entry = approved(press)
    before = TOMORROW - timedelta(seconds=1)
    assert press.entry(entry.id, before).standing is Standing.WAITING
    assert (given(catalogue, before), given(catalogue, TOMORROW)) == ([], [entry.question])
    assert given(catalogue, before, Scope.STAFF) == [entry.question]


@pytest.mark.parametrize("kind", [CorrectionKind.REPLACES, CorrectionKind.CORRECTS])
def test_a_correction_under_embargo_shows_nothing(catalogue: Catalogue, press: Curating, kind: CorrectionKind) -> None:
    """Until its minute an embargoed correction changes nothing for the public; from then on the entry is a draft."""
    shelved(catalogue)
    entry = approved(press)
    shelved(catalogue, "Annule et remplace.", "CP-2", name="b", corrects=corrects("CP-1", kind), embargo=TOMORROW)
    assert given(catalogue, TOMORROW - timedelta(seconds=1)) == [entry.question]
    assert given(catalogue, TOMORROW) == []
    after = press.entry(entry.id, TOMORROW)
    assert after.state is State.DRAFT
    assert "Communiqué CP-2" in (after.notice or "")


def test_an_entry_expires(catalogue: Catalogue, press: Curating) -> None:
    """It answers until the last minute of its last day in Paris, and is shown as expired after it."""
    shelved(catalogue)
    entry = approved(press, valid_until=date(2026, 3, 2))
    last = datetime(2026, 3, 2, 22, 59, tzinfo=UTC)
    assert (given(catalogue, last), given(catalogue, last + timedelta(minutes=1))) == ([entry.question], [])
    assert press.entry(entry.id, TOMORROW).standing is Standing.EXPIRED
    later = Draft(entry.question, entry.answer, releases=("CP-1",), valid_until=date(2026, 4, 1))
    assert press.change(entry.id, later, "Ada", TOMORROW).standing is Standing.ANSWERING


def test_other_words_are_to_be_approved_again(catalogue: Catalogue, press: Curating) -> None:
    """An answer written anew is a draft; one that was changed meanwhile is not approved unseen."""
    shelved(catalogue)
    entry = approved(press)
    changed = press.change(entry.id, Draft(entry.question, "Le 13 mai.", releases=("CP-1",)), "Zoé", TOMORROW)
    assert changed.state is State.DRAFT
    assert given(catalogue) == []
    with pytest.raises(BadEntry, match="meanwhile"):
        press.approve(entry.id, "Ada", TOMORROW, seen=entry)
    press.approve(entry.id, "Ada", TOMORROW, seen=changed)
    assert press.withdraw_to_draft(entry.id, "Ada", TOMORROW).state is State.DRAFT
    press.remove(entry.id)
    with pytest.raises(EntryNotFound):
        press.entry(entry.id, NOW)


def test_words_are_cleaned_and_bounded() -> None:
    """What hides or turns others round is left out, paragraphs stay, ways to ask it are kept once."""
    draft = Draft(
        "  Quand\u202e ? ", "Un.\x00\r\n\r\n\r\nDeux.", variants=("quand !", "À quelle heure ?", "A quelle heure")
    )
    assert (draft.question, draft.answer) == ("Quand ?", "Un.\n\nDeux.")
    assert draft.variants == ("À quelle heure ?",)
    for bad in ({"question": " ?! "}, {"question": "x" * 501}, {"answer": "x" * 20_001}, {"language": "FR"}):
        with pytest.raises(BadEntry):
            Draft(**{"question": "Quand ?", **bad})  # type: ignore[arg-type]


def test_an_archive_made_before_is_opened(tmp_path: Path) -> None:
    """An archive of the format before gets its tables, and its releases stay."""
    path = tmp_path / "catalogue.sqlite"
    made = Catalogue(path)
    shelved(made)
    made.close()
    with sqlite3.connect(path) as connection:
        for table in ("curated", "curated_rests_on", "curated_vectors"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE meta SET value = '4' WHERE key = 'schema'")
    again = Catalogue(path)
    assert approved(Curating(again)).standing is Standing.ANSWERING
    assert (again.meta("schema"), len(given(again))) == ("5", 1)
    again.close()


def test_another_process_changes_what_is_given(catalogue: Catalogue, press: Curating) -> None:
    """What a command approves or withdraws beside a running server holds there at once."""
    shelved(catalogue)
    assert given(catalogue) == []
    other = Catalogue(catalogue.path)
    approved(Curating(other))
    assert given(catalogue) == ["Quand rouvre le stade ?"]
    other.withdraw("CP-1", "erreur", NOW)
    other.close()
    assert given(catalogue) == []


@pytest.mark.parametrize("seed", range(4))
def test_no_entry_of_a_hidden_release_is_ever_given(catalogue: Catalogue, press: Curating, seed: int) -> None:
    """Whatever is corrected, withdrawn, replaced or held back, and however the clock moves: only what stands."""
    dice, now = random.Random(seed), NOW
    bodies: dict[str, Release] = {}
    for number in range(4):
        made = release(f"Texte {number}.", reference=f"CP-{number}", title=f"Titre {number}", name=f"n{number}")
        bodies[made.reference or ""] = made
        catalogue.add(made, (), lambda one: ())
    for turn in range(40):
        reference = dice.choice(sorted(bodies))
        step = dice.randrange(7)
        if step == 0:
            bodies[reference] = replace(bodies[reference], text=f"Texte {turn}.")
            catalogue.add(bodies[reference], (), lambda one: ())
        elif step == 1 and dice.random() < 0.3:
            catalogue.withdraw(reference, "erreur", now)
        elif step == 2:
            until = None if dice.random() < 0.4 else (now + timedelta(minutes=dice.randrange(-5, 30))).isoformat()
            catalogue.amend(reference, Hand({"embargo": until}, "Ada", now), lambda one: ())
        elif step == 3 and len(bodies) < 8:
            embargo = now + timedelta(minutes=10) if dice.random() < 0.5 else None
            kind = dice.choice([CorrectionKind.REPLACES, CorrectionKind.CORRECTS])
            new, named = f"CP-{10 + turn}", corrects(reference, kind)
            bodies[new] = release(
                f"Nouveau {turn}.", reference=new, title=f"T {turn}", name=new, corrects=named, embargo=embargo
            )
            catalogue.add(bodies[new], (), lambda one: ())
        elif step == 4:
            now += timedelta(minutes=dice.randrange(1, 20))
        else:
            resting = dice.sample(sorted(bodies), dice.randint(1, 2))
            try:
                entry = press.add(Draft(f"Question {turn} ?", "Réponse.", releases=tuple(resting)), "Ada", now)
                press.approve(entry.id, "Ada", now)
            except BadEntry:
                pass
        view = View(catalogue, None, Scope.PUBLIC, now)  # type: ignore[arg-type]
        current = {one.id for one in view.releases()}
        for entry in view.curated():
            own = {one for one, _ in entry.releases}
            assert own <= current
            assert all(view.release(one).version == version for one, version in entry.releases)
            assert {one.id for about in own for one in view.related(about).corrected_by} <= own
