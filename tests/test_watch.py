"""Watching: what changes on a real disk and a real website is taken in, what vanishes is told."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue

import pytest
from website import Page, article, serving

from ingest.watch import watch

PATIENCE = 20.0


@dataclass
class Watching:
    """A watch in a thread of its own: what it takes in and what it tells, in order."""

    paths: tuple[str, ...]
    settling: float = 0.05
    interval: float = 3600.0
    heard: Queue[str] = field(default_factory=Queue)
    stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def begin(self) -> None:
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        def take(paths: list[str]) -> None:
            for path in paths:
                self.heard.put(f"take {Path(path).name}")

        watch(
            self.paths, take, self.heard.put, stop=self.stop, interval=self.interval, settling=self.settling,
            rescanning=1.0,
        )  # fmt: skip

    def next(self) -> str:
        """What it does next, but for saying once that all is up to date."""
        heard = self.heard.get(timeout=PATIENCE)
        return self.next() if heard.startswith("à jour") else heard

    def end(self) -> None:
        """It ends by itself once it is told to."""
        self.stop.set()
        assert self._thread is not None
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


Watch = Callable[..., Watching]


@pytest.fixture
def begin() -> Iterator[Watch]:
    begun: list[Watching] = []

    def begin_one(*paths: Path | str, **more: float) -> Watching:
        watching = Watching(tuple(str(path) for path in paths), **more)  # type: ignore[arg-type]
        watching.begin()
        begun.append(watching)
        return watching

    yield begin_one
    for watching in begun:
        watching.end()


@pytest.fixture
def press(tmp_path: Path) -> Path:
    folder = tmp_path / "presse"
    folder.mkdir()
    (folder / "a.txt").write_text("La criée rouvre.")
    return folder


def test_everything_is_taken_in_at_the_start(press: Path, begin: Watch) -> None:
    """As it was given."""
    watching = begin(press)
    assert watching.next() == "take presse"
    assert watching.heard.get(timeout=PATIENCE) == f"à jour ; sous surveillance : {press}"


def test_a_new_file_is_taken_in(press: Path, begin: Watch) -> None:
    """In a folder made meanwhile too; what is hidden or unfinished is left alone."""
    watching = begin(press)
    watching.next()
    (press / ".b.txt").write_text("x")
    (press / "b.txt.part").write_text("x")
    (press / "~$b.docx").write_text("x")
    (press / "mai").mkdir()
    (press / "mai" / "b.txt").write_text("Le port ferme.")
    assert watching.next() == "take b.txt"
    (press / "b.txt.part").rename(press / "c.txt")
    assert watching.next() == "take c.txt"


def test_a_changed_file_is_taken_in_again(press: Path, begin: Watch) -> None:
    """Also where an editor puts another file in its place."""
    watching = begin(press)
    watching.next()
    (press / "a.txt").write_text("La criée rouvre jeudi.")
    assert watching.next() == "take a.txt"
    (press / "a.tmp").write_text("La criée rouvre vendredi.")
    os.replace(press / "a.tmp", press / "a.txt")
    assert watching.next() == "take a.txt"


def test_a_file_still_being_written_is_waited_for(press: Path, begin: Watch) -> None:
    """It is taken in once, whole."""
    watching = begin(press, settling=1.5)
    watching.next()
    written = threading.Event()

    def write() -> None:
        with (press / "b.txt").open("w") as file:
            for number in range(8):
                file.write(f"Ligne {number}.\n")
                file.flush()
                written.wait(0.1)

    writing = threading.Thread(target=write)
    writing.start()
    assert watching.next() == "take b.txt"
    assert not writing.is_alive()


def test_a_vanished_file_is_told(press: Path, begin: Watch) -> None:
    """Its release stays: nothing is withdrawn by itself."""
    watching = begin(press)
    watching.next()
    (press / "a.txt").unlink()
    assert watching.next() == f"disparu : {press / 'a.txt'} ; le communiqué reste aux archives"


def test_a_moved_file_is_told_as_moved(press: Path, begin: Watch) -> None:
    """It has not vanished, and is found unchanged where it went."""
    watching = begin(press)
    watching.next()
    (press / "mai").mkdir()
    (press / "a.txt").rename(press / "mai" / "z.txt")
    assert watching.next() == f"déplacé : {press / 'a.txt'} → {press / 'mai' / 'z.txt'}"
    assert watching.next() == "take z.txt"


def test_a_vanished_folder_is_told_once(press: Path, begin: Watch) -> None:
    """And watched again when it is back."""
    (press / "b.txt").write_text("Le port ferme.")
    watching = begin(press)
    watching.next()
    shutil.rmtree(press)
    assert watching.next() == f"disparu : {press} (2 fichiers) ; leurs communiqués restent aux archives"
    press.mkdir()
    (press / "c.txt").write_text("La digue tient.")
    assert watching.next() == "take c.txt"


def test_one_file_may_be_watched(press: Path, begin: Watch) -> None:
    """Its neighbours are not."""
    watching = begin(press / "a.txt")
    assert watching.next() == "take a.txt"
    (press / "b.txt").write_text("Le port ferme.")
    (press / "a.txt").write_text("La criée rouvre jeudi.")
    assert watching.next() == "take a.txt"


def test_a_folder_may_come_later(tmp_path: Path, begin: Watch) -> None:
    """A disk that is not mounted yet."""
    watching = begin(tmp_path / "disque")
    assert watching.next() == "take disque"
    (tmp_path / "disque").mkdir()
    (tmp_path / "disque" / "a.txt").write_text("La criée rouvre.")
    assert watching.next() == "take a.txt"


def test_addresses_are_asked_from_time_to_time(press: Path, begin: Watch) -> None:
    """Beside the folders, or alone."""
    for paths in ((press, "https://port-clair.example/fil"), ("https://port-clair.example/fil",)):
        watching = begin(*paths, interval=0.2)
        heard = [watching.next() for _ in range(4)]
        assert heard.count("take fil") >= 3


def test_a_website_that_changes_is_taken_in_again(press: Path) -> None:
    """By whoever takes in, at the next look."""
    from ingest.readers.site import Round
    from ingest.readers.visitor import Visitor

    stop = threading.Event()
    heard: list[str] = []
    with serving() as site:
        site.pages["/cp"] = Page(article("La criée", "Elle rouvre mardi."))

        def take(paths: list[str]) -> None:
            from datetime import UTC, datetime

            visitor = Visitor(private_addresses=True, sleep=lambda seconds: None)
            walk = Round(visitor, lambda sha256, name: None, datetime(2026, 3, 2, tzinfo=UTC))
            heard.extend(str(getattr(found, "text", found))[:18] for path in paths for found in walk.read(path))
            site.pages["/cp"] = Page(article("La criée", "Elle rouvre jeudi."))
            if "Elle rouvre jeudi." in heard:
                stop.set()

        watch([f"{site.url}/cp"], take, heard.append, stop=stop, interval=0.0)
    assert [words for words in heard if not words.startswith("à jour")] == ["Elle rouvre mardi.", "Elle rouvre jeudi."]


def test_an_interruption_is_let_through(press: Path) -> None:
    """Ctrl-C ends it from whatever it does."""

    def take(paths: list[str]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watch([str(press)], take, print, stop=threading.Event())
