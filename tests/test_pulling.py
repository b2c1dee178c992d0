"""Models are fetched whole or not at all, from what an index, a hub or a file gives."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from invented_wheels import known, path, pieces_of, shelve, wheel

from assistant.local.gguf import found, listed
from assistant.local.known import KNOWN
from assistant.local.pulling import Pulled, pull
from store.records import ModelUnavailable

NAME = "sarvelle"
PIECES = pieces_of(NAME, 2)
MODEL = known(NAME, PIECES)
WHOLE = b"".join(PIECES)


class Steps(list[tuple[int, int]]):
    def __call__(self, done: int, size: int) -> None:
        self.append((done, size))


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index that is a folder: pip's own settings say so, and nothing of ours."""
    folder = tmp_path / "index"
    shelve(folder, NAME, PIECES)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def pulled(cache: Path) -> Pulled:
    return pull(NAME, cache, Steps(), known={NAME: MODEL})


def begun(cache: Path, content: bytes) -> Path:
    """As if an earlier run had come so far."""
    part = cache / "models" / f"{NAME}.part"
    part.parent.mkdir(exist_ok=True)
    part.write_bytes(content)
    return part


def lying(cache: Path) -> set[str]:
    return {file.name for file in (cache / "models").iterdir() if file.suffix != ".lock"}


def test_pieces_become_the_model(index: Path, tmp_path: Path) -> None:
    """Every piece in order, nothing left beside it, progress from nothing to all; then nothing is asked for."""
    steps = Steps()
    model = pull(NAME, tmp_path, steps, known={NAME: MODEL})
    assert model.file.read_bytes() == WHOLE
    assert (model.name, model.sha256, model.size, model.already) == (NAME, MODEL.sha256, len(WHOLE), False)
    assert lying(tmp_path) == {f"{NAME}.gguf"}
    assert steps == sorted(steps)
    assert steps[-1] == (len(WHOLE), len(WHOLE))
    for file in index.iterdir():
        file.unlink()
    assert pulled(tmp_path).already


def test_killed_in_the_middle_it_goes_on(index: Path, tmp_path: Path) -> None:
    """kill -9 in the second piece: the first is kept and verified, nothing has the model's name."""
    code = f"""
import os, signal, sys
sys.path.insert(0, "tests")
from pathlib import Path
from assistant.local.pulling import pull
from test_pulling import MODEL, NAME, PIECES
def progress(done, size):
    if done > len(PIECES[0]):
        os.kill(os.getpid(), signal.SIGKILL)
pull(NAME, Path({str(tmp_path)!r}), progress, known={{NAME: MODEL}})
"""
    root = Path(__file__).parent.parent
    assert subprocess.run([sys.executable, "-c", code], cwd=root).returncode == -signal.SIGKILL
    assert f"{NAME}.gguf" not in lying(tmp_path)
    (index / f"{NAME}_part1-1.0-py3-none-any.whl").unlink()
    assert pulled(tmp_path).file.read_bytes() == WHOLE
    assert lying(tmp_path) == {f"{NAME}.gguf"}


def test_a_damaged_model_is_mended(tmp_path: Path) -> None:
    """A bit that turned over on the disk is found by pulling again."""
    begun(tmp_path, WHOLE)
    file = tmp_path / "models" / f"{NAME}.gguf"
    file.write_bytes(WHOLE[:-1] + bytes([WHOLE[-1] ^ 1]))
    assert not pulled(tmp_path).already
    assert file.read_bytes() == WHOLE


def test_pieces_kept_are_verified_again(index: Path, tmp_path: Path) -> None:
    """What an interrupted run left is not trusted: a damaged piece and all after it are fetched anew."""
    begun(tmp_path, PIECES[0] + b"?" + PIECES[1][1:] + b"and more")
    assert pulled(tmp_path).file.read_bytes() == WHOLE


def test_another_content_is_refused(index: Path, tmp_path: Path) -> None:
    """A wheel of the right name with other bytes: named, refused, the pieces before it kept."""
    part = begun(tmp_path, PIECES[0])
    wheel(index, f"{NAME}_part2", path(NAME, 2), bytes(len(PIECES[1])))
    with pytest.raises(ModelUnavailable, match=r"sarvelle-part2 1\.0 is not what was pinned.*sha256") as told:
        pulled(tmp_path)
    assert MODEL.pieces[1].sha256 in str(told.value)
    assert lying(tmp_path) == {f"{NAME}.part"}
    assert part.read_bytes() == PIECES[0]


def test_a_missing_piece_is_told_with_pips_reason(index: Path, tmp_path: Path) -> None:
    """Which piece, pip's own words, that a file can be adopted; a source archive, which would run its
    setup, is not taken in a wheel's place."""
    part = begun(tmp_path, PIECES[0])
    (index / f"{NAME}_part2-1.0-py3-none-any.whl").unlink()
    (index / f"{NAME}_part2-1.0.tar.gz").write_bytes(b"a setup that would be run")
    with pytest.raises(ModelUnavailable, match=r"sarvelle-part2==1\.0: No matching distribution.*file:PATH"):
        pulled(tmp_path)
    assert part.read_bytes() == PIECES[0]


def test_a_full_disk_is_told_before(index: Path, tmp_path: Path) -> None:
    """More than the disk has: how much is needed, how much there is, before anything is fetched."""
    huge = known("huge", [b"GGUF"])
    piece = type(huge.pieces[0])("huge-part1", "1.0", "x", 10**18, "")
    huge = type(huge)(huge.name, huge.title, huge.licence, huge.sha256, (piece,))
    with pytest.raises(ModelUnavailable, match=r"3000000000\.\d GB are needed in .*models, .* GB are free"):
        pull("huge", tmp_path, Steps(), known={"huge": huge})


def test_a_folder_that_cannot_be_written(index: Path, tmp_path: Path) -> None:
    """A cache that is a file: said with its path and the setting."""
    (tmp_path / "cache").write_text("no folder")
    with pytest.raises(ModelUnavailable, match=r"PORTE_PAROLE_CACHE"):
        pulled(tmp_path / "cache")


def test_a_file_is_adopted(tmp_path: Path) -> None:
    """A copy under its own name, listed from then on, whatever becomes of the original."""
    source = tmp_path / "Mon Modèle-7B.gguf"
    source.write_bytes(WHOLE)
    with pytest.raises(ModelUnavailable, match="no name of a model"):
        pull(f"file:{source}", tmp_path / "cache", Steps())
    source = source.rename(tmp_path / "Mon Modele-7B.gguf")
    adopted = pull(f"file:{source}", tmp_path / "cache", Steps())
    source.unlink()
    assert adopted.name == "mon-modele-7b"
    assert found(tmp_path / "cache", "mon-modele-7b").read_bytes() == WHOLE
    assert listed(tmp_path / "cache")[-1].name == "mon-modele-7b"
    assert pull("mon-modele-7b", tmp_path / "cache", Steps()).already


def test_a_known_file_is_recognised(tmp_path: Path) -> None:
    """A known model fetched by other means takes its own name; another one may not take it."""
    source = tmp_path / "downloaded.gguf"
    source.write_bytes(WHOLE)
    assert pull(f"file:{source}", tmp_path / "cache", Steps(), known={NAME: MODEL}).name == NAME
    other = tmp_path / f"{NAME}.gguf"
    other.write_bytes(WHOLE[:-1])
    with pytest.raises(ModelUnavailable, match="is the name of a known model"):
        pull(f"file:{other}", tmp_path / "cache", Steps(), known={NAME: MODEL})
    assert found(tmp_path / "cache", NAME).read_bytes() == WHOLE


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"", b"GGU"])
def test_what_is_no_gguf_is_not_adopted(tmp_path: Path, content: bytes) -> None:
    """A file that does not begin as GGUF files do stays where it is."""
    source = tmp_path / "model.gguf"
    source.write_bytes(content)
    with pytest.raises(ModelUnavailable, match="no GGUF file"):
        pull(f"file:{source}", tmp_path / "cache", Steps())
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("wanted", ["nothing", "../../etc/passwd", "", "hub:", "file:", "hub:owner/repo", "Ä"])
def test_what_is_no_model_is_told(tmp_path: Path, wanted: str) -> None:
    """A name that none has: said with those there are, and nothing is made."""
    with pytest.raises(ModelUnavailable, match=r"hub:OWNER/REPO/FILE\.gguf"):
        pull(wanted, tmp_path, Steps())
    assert not [file for file in tmp_path.rglob("*") if file.suffix == ".gguf"]


def test_every_known_model_is_pinned() -> None:
    """Names, sizes and a digest for each piece; two pieces never the same."""
    for name, model in KNOWN.items():
        assert name == model.name
        assert len({piece.sha256 for piece in model.pieces}) == len(model.pieces)
        assert all(len(piece.sha256) == 64 and piece.size for piece in model.pieces)
    assert [KNOWN[name].size for name in KNOWN] == [1_117_320_768, 491_400_064, 98_362_432]
