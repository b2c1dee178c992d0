"""The tray: files handed in are read once, told before they count, and counted once, whatever happens meanwhile."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from assistant.tray import Decided, Tray
from conftest import NOW, release
from ingest.arriving import read
from store.archive import Archive
from store.arrival import Accept, Arrival, ArrivalNotFound, Decision, Read, State, TooMuch, plain_name, suffix_of
from store.arrivals import ATTEMPTS, Arrivals
from store.catalogue import Added
from store.originals import Originals
from store.records import Scope

Shelve = Callable[..., Added]
ROOT = Path(__file__).parent.parent
POOL = """Ville de Bréval
Communiqué de presse
Bréval, le 6 mai 2025

La piscine de Bréval rouvre ses portes

La piscine municipale de Bréval rouvre le 12 mai après huit mois de travaux. Le bassin est chauffé par la géothermie.

Contact presse : Ada Morin, 01 99 00 12 34, presse@breval.example
"""
BRIDGE = POOL.replace("piscine municipale", "passerelle").replace("La piscine de Bréval", "La passerelle de Bréval")


@pytest.fixture
def arrivals(tmp_path: Path) -> Iterator[Arrivals]:
    made = Arrivals(tmp_path / "arrivals")
    yield made
    made.close()


@pytest.fixture
def tray(archive: Archive, tmp_path: Path) -> Iterator[Tray]:
    made = Tray(Arrivals(tmp_path / "tray"), archive, read, lambda: NOW, Originals(tmp_path / "originals"))
    made.begin()
    yield made
    made.close()


def hand_in(tray: Tray, name: str, data: bytes | str) -> str:
    place = tray.arrivals.place()
    place.write_bytes(data.encode() if isinstance(data, str) else data)
    return tray.hand_in(place, name, "ada")


def until(holds: Callable[[], bool]) -> None:
    ticking = threading.Event()
    for _ in range(400):
        if holds():
            return
        ticking.wait(0.05)
    raise AssertionError("it does not come to that")


def settled(tray: Tray, arrival_id: str) -> Arrival:
    def is_settled() -> bool:
        arrival = tray.arrivals.arrival(arrival_id)
        return arrival.state is not State.READING and not arrival.counts.get(State.ACCEPTING)

    until(is_settled)
    return tray.arrivals.arrival(arrival_id)


def zipped(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as into:
        for name, text in files.items():
            into.writestr(f"{name}.txt", text)
    return packed.getvalue()


def test_nothing_counts_before_somebody_says_so(tray: Tray, archive: Archive) -> None:
    """What was read is told, the archive stays as it was; accepted, it is there with its original."""
    arrival_id = hand_in(tray, "piscine.txt", POOL)
    assert settled(tray, arrival_id).counts == {State.WAITING: 1}
    (found,) = tray.arrivals.documents(arrival_id)
    assert found.release is not None
    assert found.release.title == "La piscine de Bréval rouvre ses portes"
    assert tray.prospect(found).sure
    assert archive.view(Scope.ARCHIVIST, NOW).releases() == []
    accepted = tray.accept(arrival_id, 0, Decision("ada", NOW))
    assert (accepted.outcome, accepted.state) == ("added", State.ACCEPTED)
    shelved = archive.view(Scope.STAFF, NOW).release(accepted.release_id or "")
    assert (shelved.text, shelved.source.name) == (found.release.text, "dépôt/piscine.txt")
    assert tray._originals is not None
    assert tray._originals.open(sha256(POOL.encode()).hexdigest()) == POOL.encode()
    assert tray.arrivals.waiting() == []
    assert list(tray.arrivals.folder.glob("*/document*")) == []


def test_what_is_put_right_counts_with_it(tray: Tray, archive: Archive) -> None:
    """Values given on acceptance stand from the first moment, beside what was read."""
    arrival_id = hand_in(tray, "piscine.txt", POOL)
    settled(tray, arrival_id)
    decision = Decision("ada", NOW, {"issuer": "Commune de Bréval", "embargo": "2026-03-10T10:00"})
    accepted = tray.accept(arrival_id, 0, decision)
    assert archive.view(Scope.PUBLIC, NOW).releases() == []
    view = archive.view(Scope.STAFF, NOW)
    assert [one.field for one in view.amendments(accepted.release_id or "")] == ["issuer", "embargo"]


def test_a_replacement_is_told_beforehand(tray: Tray, archive: Archive) -> None:
    """A file of the same name would be a new version: which one is said, and one may say it is another release."""
    first = hand_in(tray, "communique.txt", POOL)
    settled(tray, first)
    added = tray.accept(first, 0, Decision("ada", NOW))
    again, other = hand_in(tray, "communique.txt", BRIDGE), hand_in(tray, "communique.txt", f"{BRIDGE}\nBis.")
    settled(tray, again)
    settled(tray, other)
    foreseen = tray.prospect(tray.arrivals.document(again, 0)).foreseen
    assert (foreseen.outcome, foreseen.release_id, foreseen.by) == ("corrected", added.release_id, "name")
    apart = tray.accept(again, 0, Decision("ada", NOW, apart=True))
    assert apart.outcome == "added"
    version = tray.accept(other, 0, Decision("ada", NOW, version_of=apart.release_id))
    assert (version.release_id, version.outcome) == (apart.release_id, "corrected")
    assert len(archive.view(Scope.STAFF, NOW).releases()) == 2


def test_what_is_there_already_is_told(tray: Tray, shelve: Shelve) -> None:
    """The same bytes are « unchanged »; the same title of the same day may be another copy."""
    first = hand_in(tray, "a.txt", POOL)
    settled(tray, first)
    added = tray.accept(first, 0, Decision("ada", NOW))
    second, like = (
        hand_in(tray, "b.txt", POOL),
        hand_in(tray, "c.txt", POOL.replace("géothermie", "chaufferie au bois")),
    )
    settled(tray, second)
    settled(tray, like)
    assert tray.prospect(tray.arrivals.document(second, 0)).foreseen.release_id == added.release_id
    told = tray.prospect(tray.arrivals.document(like, 0))
    assert (told.foreseen.outcome, told.resembling, told.sure) == ("added", (added.release_id,), False)
    assert tray.accept(second, 0, Decision("ada", NOW)).outcome == "unchanged"


def test_one_document_is_counted_once(tray: Tray, archive: Archive) -> None:
    """Two people who accept the same document at once: one does, the other is told."""
    arrival_id = hand_in(tray, "piscine.txt", POOL)
    settled(tray, arrival_id)
    told: list[str] = []

    def accept() -> None:
        try:
            told.append(str(tray.accept(arrival_id, 0, Decision("ada", NOW)).outcome))
        except Decided:
            told.append("decided")

    threads = [threading.Thread(target=accept) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["added", "decided", "decided", "decided"]
    assert len(archive.view(Scope.STAFF, NOW).releases()) == 1


def test_many_documents_are_accepted_together_but_for_the_doubtful(tray: Tray, archive: Archive) -> None:
    """Of a packed file, what is simply new counts; what is doubtful or resembles something waits."""
    undated = "Une note sans date ni titre, écrite à la main, sans autre indication que ces mots."
    packed = zipped(piscine=POOL, passerelle=BRIDGE, doubtful=undated)
    arrival_id = hand_in(tray, "lot.zip", packed)
    assert settled(tray, arrival_id).counts == {State.WAITING: 3}
    assert tray.accept_sure(arrival_id, "ada") == 3
    assert settled(tray, arrival_id).counts == {State.ACCEPTED: 2, State.WAITING: 1}
    assert len(archive.view(Scope.STAFF, NOW).releases()) == 2
    (left,) = (one for one in tray.arrivals.documents(arrival_id) if one.state is State.WAITING)
    assert left.name == "dépôt/lot.zip#doubtful.txt"
    assert tray.arrivals.discard(arrival_id, [left.ordinal]) == 1
    assert tray.arrivals.waiting() == []


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("virus.exe", b"MZ\x00\x01", "format not read"),
        ("vide.txt", b"   ", "empty"),
        ("faux.pdf", b"%PDF-1.4 rien", "PDF"),
        ("lot.zip", b"PK\x03\x04 rien", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(tray: Tray, name: str, data: bytes, reason: str) -> None:
    """The file waits with its reason until somebody takes it away."""
    arrival_id = hand_in(tray, name, data)
    arrival = settled(tray, arrival_id)
    assert arrival.state is State.UNREADABLE
    assert reason in (arrival.reason or "")
    tray.arrivals.discard(arrival_id)
    assert tray.arrivals.waiting() == []
    assert not (tray.arrivals.folder / arrival_id).exists()


def test_a_program_killed_while_it_reads_reads_again(tmp_path: Path) -> None:
    """After kill -9 the file is still there, is read again, and is there once."""
    code = f"""
import sys, time
sys.path.insert(0, {str(ROOT / "tests")!r})
from pathlib import Path
from conftest import NOW
from assistant.tray import Tray
from store.arrivals import Arrivals

def read(path, name, now):
    print("reading", flush=True)
    time.sleep(60)
    yield

tray = Tray(Arrivals(Path({str(tmp_path / "tray")!r})), None, read, lambda: NOW)
place = tray.arrivals.place()
place.write_text("Un texte.")
tray.hand_in(place, "texte.txt", "ada")
tray.begin()
tray._thread.join()
"""
    killed = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
    assert killed.stdout is not None
    assert killed.stdout.readline() == b"reading\n"
    killed.kill()
    killed.wait()
    killed.stdout.close()
    arrivals = Arrivals(tmp_path / "tray")
    (arrival,) = arrivals.waiting()
    assert arrival.state is State.READING
    due = arrivals.next()
    assert due is not None
    assert due[1].read_text() == "Un texte."
    found = [Read("dépôt/texte.txt", release("Un texte."))]
    arrivals.has_read(arrival.id, found)
    arrivals.has_read(arrival.id, found)
    assert arrivals.arrival(arrival.id).counts == {State.WAITING: 1}
    arrivals.close()


def test_of_two_programs_at_one_archive_one_reads(archive: Archive, tmp_path: Path) -> None:
    """An upload under way at one is left alone by the other, and each file is read once, whoever took it."""
    heard: list[str] = []

    def hear(path: Path, name: str, now: datetime) -> Iterator[Read]:
        heard.append(name)
        yield from read(path, name, now)

    first, second = (Tray(Arrivals(tmp_path / "tray"), archive, hear, lambda: datetime.now(UTC)) for _ in range(2))
    under_way = first.arrivals.place()
    under_way.write_text(POOL)
    old = first.arrivals.place()
    old.write_text(POOL)
    os.utime(old, (0, 0))
    try:
        second.begin()
        ids = [hand_in(second, "piscine.txt", POOL)]
        settled(second, ids[0])
        assert not old.exists()
        first.begin()
        ids.append(first.hand_in(under_way, "passerelle.txt", "ada"))
        settled(first, ids[1])
        assert sorted(heard) == ["dépôt/passerelle.txt", "dépôt/piscine.txt"]
        assert not first.arrivals.own()
    finally:
        second.close()
        assert first.arrivals.own()
        first.close()


def test_what_was_decided_before_a_crash_counts_after_it(archive: Archive, tmp_path: Path) -> None:
    """A document accepted and not yet shelved is shelved at the next start."""
    arrivals = Arrivals(tmp_path / "tray")
    place = arrivals.place()
    place.write_text(POOL)
    arrival_id = arrivals.take(place, "piscine.txt", "ada", NOW)
    arrivals.has_read(arrival_id, read(tmp_path / "tray" / arrival_id / "document.txt", "dépôt/piscine.txt", NOW))
    assert arrivals.decide(arrival_id, [0], Decision("ada", NOW, {"place": "Bréval"})) == 1
    arrivals.close()
    tray = Tray(Arrivals(tmp_path / "tray"), archive, read, lambda: NOW)
    tray.begin()
    until(lambda: tray.arrivals.document(arrival_id, 0).state is State.ACCEPTED)
    tray.close()
    assert [entry.title for entry in archive.view(Scope.STAFF, NOW).releases()] == [
        "La piscine de Bréval rouvre ses portes"
    ]


def test_a_file_that_ends_the_program_is_given_up(arrivals: Arrivals) -> None:
    """Read several times without an end, it is unreadable; others go on."""
    place = arrivals.place()
    place.write_text("Un texte.")
    arrival_id = arrivals.take(place, "texte.txt", "ada", NOW)
    for _ in range(ATTEMPTS):
        assert arrivals.next() is not None
    assert arrivals.next() is None
    assert arrivals.arrival(arrival_id).state is State.UNREADABLE


def test_a_failing_reader_stays_with_its_file(archive: Archive, tmp_path: Path) -> None:
    """A reader that breaks leaves the tray able to read the next file."""

    def breaking(path: Path, name: str, now: datetime) -> Iterator[Read]:
        if "bad" in name:
            raise MemoryError
        yield Read(name, reason="empty")

    tray = Tray(Arrivals(tmp_path / "tray"), archive, breaking, lambda: NOW)
    bad, good = hand_in(tray, "bad.txt", "x"), hand_in(tray, "good.txt", "x")
    for _ in range(ATTEMPTS):
        with pytest.raises(MemoryError):
            tray._read_next()
    tray._read_next()
    assert tray.arrivals.arrival(bad).state is State.UNREADABLE
    assert tray.arrivals.arrival(good).reason == "empty"
    tray.close()


def test_a_release_that_waits_is_kept_as_it_was_read(arrivals: Arrivals, tmp_path: Path) -> None:
    """Quotations, contacts, doubts and spans come back from the tray as the parser gave them."""
    place = arrivals.place()
    place.write_text(POOL)
    arrival_id = arrivals.take(place, "piscine.txt", "ada", NOW)
    kept = list(read(arrivals.folder / arrival_id / "document.txt", "dépôt/piscine.txt", NOW))
    arrivals.has_read(arrival_id, kept)
    assert arrivals.document(arrival_id, 0).release == kept[0].release


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\communiqué.pdf", "communiqué.pdf"),
        ("a\u202efdp.exe", "a fdp.exe"),
        ("..", "document"),
        ("", "document"),
        ("\x00\n\t", "document"),
        ("<img src=x onerror=alert(1)>.pdf", "img src=x onerror=alert(1) .pdf"),
        ("é" * 400 + ".pdf", "é" * 176 + ".pdf"),
    ],
)
def test_names_lead_nowhere(arrivals: Arrivals, name: str, plain: str) -> None:
    """Whatever a file is called, it stays in its own folder, and its name is one plain line."""
    assert plain_name(name) == plain
    place = arrivals.place()
    place.write_text("x")
    arrival_id = arrivals.take(place, name, "ada", NOW)
    due = arrivals.next()
    assert due is not None
    assert due[1].parent == arrivals.folder / arrival_id
    assert due[1].name == f"document{suffix_of(plain)}"


def test_suffixes_are_plain() -> None:
    """What a reader is chosen by is letters and figures, and two suffixes where there are two."""
    told = {name: suffix_of(name) for name in ("a.PDF", "b.jsonl.gz", "c.tar.gz", "d", "e.é", "f.../x", "g.p d f")}
    assert told == {
        "a.PDF": ".pdf", "b.jsonl.gz": ".jsonl.gz", "c.tar.gz": ".tar.gz", "d": "", "e.é": "", "f.../x": "",
        "g.p d f": ".pdf",
    }  # fmt: skip


def test_there_are_limits(tmp_path: Path) -> None:
    """A file too large, too many that wait, and one without a byte are refused, each with its reason."""
    arrivals = Arrivals(tmp_path / "arrivals", largest=10, waiting=2)

    def take(data: bytes) -> str:
        place = arrivals.place()
        place.write_bytes(data)
        return arrivals.take(place, "a.txt", "ada", NOW)

    reasons = []
    for data in (b"", b"x" * 11, b"x", b"x", b"x"):
        try:
            take(data)
        except TooMuch as refused:
            reasons.append(refused.reason)
    assert reasons == ["empty", "large", "many"]
    with pytest.raises(ArrivalNotFound):
        arrivals.arrival("../secret")
    arrivals.close()


def test_a_bomb_is_refused_as_ingestion_refuses_it(tray: Tray) -> None:
    """A packed file that unpacks without end costs a reason, not the machine."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr("a.txt", b"0" * (120 << 20))
    arrival = settled(tray, hand_in(tray, "bombe.zip", packed.getvalue()))
    assert arrival.state is State.UNREADABLE


def test_an_export_of_many_is_read_whole(tray: Tray) -> None:
    """Each record of an export is a document of its own; one that is broken is named."""
    records = [
        {"id": f"cp-{n}", "title": f"Titre {n}", "text": f"Le texte numéro {n}.", "date": "2025-05-06"} for n in (1, 2)
    ]
    lines = "\n".join([*(json.dumps(record) for record in records), "{"])
    arrival_id = hand_in(tray, "export.jsonl", lines)
    assert settled(tray, arrival_id).counts == {State.WAITING: 2, State.UNREADABLE: 1}


def test_a_file_may_be_handed_in_as_counting(tray: Tray, archive: Archive) -> None:
    """What was said to count when a file was handed in counts once it is read: what is sure, or all of it."""

    def sent(name: str, text: str, accept: Accept) -> Arrival:
        place = tray.arrivals.place()
        place.write_text(text)
        return settled(tray, tray.hand_in(place, name, "programme", accept))

    undated = BRIDGE.replace("Bréval, le 6 mai 2025", "")
    assert sent("pool.txt", POOL, Accept.SURE).counts == {State.ACCEPTED: 1}
    doubtful = sent("bridge.txt", undated, Accept.SURE)
    assert doubtful.counts == {State.WAITING: 1}
    assert sent("again.txt", undated.replace("passerelle", "place"), Accept.ALL).counts == {State.ACCEPTED: 1}
    assert archive.view(Scope.STAFF, NOW).extent().releases == 2
