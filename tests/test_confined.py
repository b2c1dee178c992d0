"""Confinement: what a reader does to its process, the caller only reads about."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from paper import column, pdf

from ingest.document import Document
from ingest.readers.confined import confined, end_idle
from store.records import UnreadableDocument

ROOT = Path(__file__).parent.parent
confinement = importlib.import_module("ingest.readers.confined")
"""The module; the package gives its function by the same name."""


def ended(process: int) -> bool:
    """Whether a process is gone, or waits only to be buried."""
    try:
        os.kill(process, 0)
        return "\nState:\tZ" in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return not Path(f"/proc/{process}").exists()


@pytest.fixture(autouse=True)
def with_trial_readers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The real child process, with one more row in its table."""
    row = "import ingest.readers.cell as cell; cell.TABLE['trial'] = 'trial:read_trial'; cell.PATIENT.add('trial'); "
    end_idle()
    monkeypatch.setattr(confinement, "_START", confinement._START.replace("from ingest", row + "from ingest"))
    yield
    end_idle()


def trial(words: str, seconds: float = 20.0, memory: int = 1 << 30) -> Document:
    return confined("trial", words.encode(), "a.pdf", seconds=seconds, memory=memory)


def test_a_process_is_kept_for_the_next_document() -> None:
    """Two documents in a row are read by the same process, which is not ours."""
    assert trial("").text == trial("").text != str(os.getpid())


def test_a_document_that_hangs_is_named() -> None:
    """Time up: the document is refused by name, its process ended, and the next one is read."""
    first = trial("").text
    with pytest.raises(UnreadableDocument, match=r"a\.pdf: took longer than 0 s to read"):
        trial("hang", seconds=0.3)
    assert ended(int(first))
    assert trial("").text != first


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("crash", r"the reader broke down on it \(SIGSEGV\); please report it"),
        ("exit", r"the reader broke down on it \(exit code 3\)"),
        ("raise", r"the reader broke down on it \(LookupError: no such page\)"),
        ("refuse", r"^a\.pdf: not to be read$"),
    ],
)
def test_what_goes_wrong_is_named(words: str, reason: str) -> None:
    """A crash, an exit, a defect and a refusal each become an UnreadableDocument that says so."""
    with pytest.raises(UnreadableDocument, match=reason):
        trial(words)
    assert trial("").text


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit a process's memory")
def test_a_document_that_needs_too_much_memory_is_named() -> None:
    """Memory is limited as told, and the next document finds room again."""
    with pytest.raises(UnreadableDocument, match=r"needed more than 1 GB of memory"):
        trial("fill")
    assert trial("").text


def test_a_reader_that_talks_does_not_garble_the_answer() -> None:
    """What a library prints does not reach the wire."""
    assert trial("babble").text.isdigit()


def test_more_time_is_given_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader may ask for more time, which counts from then, and in all not for ever."""
    assert trial("wait 30", seconds=5).text
    with pytest.raises(UnreadableDocument, match="took longer than"):
        trial("beg 0.3", seconds=20)
    monkeypatch.setattr(confinement, "PATIENCE", 0.5)
    with pytest.raises(UnreadableDocument, match="took longer than"):
        trial("beg 600")


def test_threads_read_side_by_side() -> None:
    """A document that takes its time does not keep another thread waiting, and one process stays."""

    def hang() -> None:
        with pytest.raises(UnreadableDocument):
            trial("hang", seconds=2.0)

    slow = threading.Thread(target=hang)
    slow.start()
    assert trial("").text
    assert slow.is_alive()
    slow.join()
    assert len(confinement._idle) == 1


def test_a_dead_process_is_replaced() -> None:
    """One that was ended behind our back costs no document."""
    os.kill(int(trial("").text), signal.SIGKILL)
    assert trial("").text


def test_the_process_ends_with_its_parent(tmp_path: Path) -> None:
    """Even when the parent is killed, and from wherever it was started."""
    code = (
        f"import importlib, sys, time; sys.path.insert(0, {str(ROOT)!r})\n"
        "c = importlib.import_module('ingest.readers.confined')\n"
        "c._kept(c._Cell()); print(c._idle[0]._process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert not ended(child)
        parent.kill()
    assert any(ended(child) for _ in range(200) if not threading.Event().wait(0.05))


def test_a_real_reader_is_confined() -> None:
    """The table's rows lead to readers: a PDF is read, and a hopeless limit is told."""
    paper = pdf([column(["La criée de Port-Clair rouvre mardi."])])
    assert confined("pdf", paper, "a.pdf").text == "La criée de Port-Clair rouvre mardi."
