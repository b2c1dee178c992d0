"""Questions that journalists leave for the press office, and how they get there."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hostile import HOSTILE
from store.enquiries import Enquiries
from store.enquiry_rows import EnquiryState, Left
from store.records import ArchiveBusy, EnquiryNotFound

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ASKED = Left(
    "Quand rouvre le stade ?",
    name="Ada Brunel",
    medium="La Gazette d'Ormelune",
    email="ada.brunel@gazette.example",
    deadline=NOW + timedelta(hours=6),
    releases=("2025-05-06-stade-1a2b",),
)


@pytest.fixture
def enquiries(tmp_path: Path) -> Iterator[Enquiries]:
    kept = Enquiries(tmp_path / "enquiries.sqlite")
    yield kept
    kept.close()


def test_a_question_left_is_kept_as_it_was_left(enquiries: Enquiries) -> None:
    """Every field comes back, with a number and the moment, and it is open."""
    left = enquiries.leave(ASKED, NOW)
    (found,) = enquiries.listed(EnquiryState.OPEN)
    assert found == left == enquiries.enquiry(left.id)
    assert (found.at, found.question, found.deadline, found.releases) == (
        NOW,
        ASKED.question,
        ASKED.deadline,
        ASKED.releases,
    )
    assert found.id.startswith("20260302-")


def test_nobody_else_on_the_machine_reads_them(enquiries: Enquiries) -> None:
    """The file is its owner's alone."""
    enquiries.leave(ASKED, NOW)
    assert stat.S_IMODE(enquiries.path.stat().st_mode) == 0o600


def test_nothing_is_made_before_somebody_asks(enquiries: Enquiries) -> None:
    """Reading makes no file."""
    assert (enquiries.listed(), enquiries.due(NOW), enquiries.next_due(), enquiries.forget(NOW)) == ([], [], None, 0)
    assert not enquiries.path.exists()


def test_what_became_of_it_is_said_by_somebody(enquiries: Enquiries) -> None:
    """A state has its author and its moment; the lists follow."""
    left = enquiries.leave(ASKED, NOW)
    told = enquiries.set_state(left.id, EnquiryState.ANSWERED, "camille", NOW + timedelta(hours=1))
    assert (told.state, told.changed_by, told.changed) == (EnquiryState.ANSWERED, "camille", NOW + timedelta(hours=1))
    assert enquiries.listed(EnquiryState.OPEN) == []
    with pytest.raises(EnquiryNotFound):
        enquiries.set_state("20260302-NONE2", EnquiryState.CLOSED, "camille", NOW)


def test_they_are_forgotten(enquiries: Enquiries) -> None:
    """What is old goes with what was to be delivered of it; one goes when its author asks."""
    old = enquiries.leave(ASKED, NOW - timedelta(days=31), by=("letter",))
    new, other = enquiries.leave(ASKED, NOW), enquiries.leave(ASKED, NOW)
    assert enquiries.forget(NOW - timedelta(days=30)) == 1
    assert enquiries.due(NOW) == []
    enquiries.forget_one(other.id)
    assert [one.id for one in enquiries.listed()] == [new.id]
    with pytest.raises(EnquiryNotFound):
        enquiries.enquiry(old.id)


def test_a_flood_ends(tmp_path: Path) -> None:
    """Only so many are kept; more are refused, and say so."""
    kept = Enquiries(tmp_path / "few.sqlite", most=2)
    for _ in range(2):
        kept.leave(ASKED, NOW)
    with pytest.raises(ArchiveBusy):
        kept.leave(ASKED, NOW)
    kept.close()


def test_what_waits_to_be_delivered_survives_a_restart(tmp_path: Path) -> None:
    """A failed delivery is due again later, by another process too; what arrived is due no more."""
    first = Enquiries(tmp_path / "enquiries.sqlite")
    left = first.leave(ASKED, NOW, by=("letter", "hook"))
    letter, hook = sorted(first.due(NOW), key=lambda parcel: parcel.by, reverse=True)
    first.undelivered(letter, "no route", NOW + timedelta(minutes=1))
    first.delivered(hook, NOW)
    first.close()

    again = Enquiries(tmp_path / "enquiries.sqlite")
    assert again.due(NOW) == []
    assert again.next_due() == NOW + timedelta(minutes=1)
    (parcel,) = again.due(NOW + timedelta(minutes=1))
    assert (parcel.enquiry.id, parcel.by, parcel.attempts) == (left.id, "letter", 1)
    assert (parcel.enquiry.delivered, parcel.enquiry.trouble) == (NOW, "no route")
    again.undelivered(parcel, "given up", None)
    assert again.next_due() is None
    again.close()


def test_hostile_words_are_only_words(enquiries: Enquiries) -> None:
    """Whatever is written is kept as text, or as what of it is text."""
    left = [enquiries.leave(Left(text, name=text, medium=text), NOW).id for _, text in HOSTILE]
    kept = {one.id: one for one in enquiries.listed()}
    for enquiry_id, (name, text) in zip(left, HOSTILE, strict=True):
        assert kept[enquiry_id].question == text or name in ("control_characters", "not_characters")
