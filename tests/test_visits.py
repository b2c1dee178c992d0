"""What is remembered of web addresses: across runs, and never at the price of a run."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.visits import Visit, Visits

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
URL = "https://presse.example/fil"


def test_the_last_visit_is_remembered(tmp_path: Path) -> None:
    """By another process too, bodies included."""
    first = Visits(tmp_path / "visits.sqlite")
    assert first.last(URL) is None
    first.keep(URL, Visit("aa", NOW, '"1"', None, b"<rss>" * 100))
    first.keep(URL, Visit("bb", NOW, None, "Mon, 02 Mar 2026 09:00:00 GMT", b"<rss/>"))
    first.close()
    again = Visits(tmp_path / "visits.sqlite")
    assert again.last(URL) == Visit("bb", NOW, None, "Mon, 02 Mar 2026 09:00:00 GMT", b"<rss/>")


@pytest.mark.parametrize("damage", [b"not a database, but long enough to be taken for one" * 50, b""])
def test_a_damaged_memory_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    """It is told, and what is remembered next holds."""
    path = tmp_path / "visits.sqlite"
    path.write_bytes(damage)
    told: list[str] = []
    visits = Visits(path, told.append)
    assert visits.last(URL) is None
    visits.keep(URL, Visit("aa", NOW))
    assert visits.last(URL) == Visit("aa", NOW)
    assert len(told) == (1 if damage else 0)
    assert all("damaged" in words and "asked for anew" in words for words in told)


def test_damage_in_the_middle_of_the_file_is_survived(tmp_path: Path) -> None:
    """Where the header is sound and the pages are not."""
    path = tmp_path / "visits.sqlite"
    visits = Visits(path)
    for number in range(300):
        visits.keep(f"{URL}/{number}", Visit("aa", NOW, body=bytes(range(256))))
    visits.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\x99" * (len(data) - 4096)
    path.write_bytes(data)
    told: list[str] = []
    again = Visits(path, told.append)
    assert again.last(f"{URL}/7") is None
    again.keep(URL, Visit("bb", NOW))
    assert again.last(URL) == Visit("bb", NOW)
    assert told


def test_a_folder_that_cannot_be_written_costs_the_memory_alone(tmp_path: Path) -> None:
    """Nothing is raised."""
    told: list[str] = []
    visits = Visits(tmp_path / "absent" / "visits.sqlite", told.append)
    visits.keep(URL, Visit("aa", NOW))
    assert visits.last(URL) is None
    assert told


def test_a_killed_process_leaves_a_sound_memory(tmp_path: Path) -> None:
    """What it kept before it was killed is there."""
    code = (
        "import os, signal, sys; from datetime import UTC, datetime; from pathlib import Path;"
        "from ingest.visits import Visit, Visits; visits = Visits(Path(sys.argv[1]));"
        "[visits.keep(f'https://a.example/{n}', Visit('aa', datetime.now(UTC))) for n in range(20)];"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    path = tmp_path / "visits.sqlite"
    subprocess.run([sys.executable, "-c", code, str(path)], cwd=Path(__file__).parent.parent, check=False)
    told: list[str] = []
    assert Visits(path, told.append).last("https://a.example/19") is not None
    assert not told
