"""Where model files lie, what they are called, and whether one is whole.

A model is `models/NAME.gguf` in the cache. What lies under that name was verified when it
was fetched and took it by one rename. Nothing here fetches, and nothing runs a model.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant.local.known import DEFAULT, KNOWN, Known
from store.records import ModelUnavailable

MAGIC: Final = b"GGUF"
SUFFIX: Final = ".gguf"

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all."""

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A model that can be fetched or is here; `title` and `licence` are None of an adopted one."""

    name: str
    title: str | None
    licence: str | None
    size: int
    here: bool

    def document(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "title": self.title,
            "licence": self.licence,
            "size": self.size,
            "here": self.here,
            "default": self.name == DEFAULT,
        }


def folder(cache: Path) -> Path:
    return cache / "models"


def place(cache: Path, name: str) -> Path:
    """Where a model of that name lies or will. Raises ModelUnavailable of a name that is none."""
    if not _NAME.fullmatch(name):
        raise ModelUnavailable(f"« {name} » is no name of a model: {_choices()}")
    return folder(cache) / f"{name}{SUFFIX}"


def listed(cache: Path, known: Mapping[str, Known] = KNOWN) -> list[Listed]:
    """The known models, then the adopted ones by name."""
    here = {file.stem: file.stat().st_size for file in sorted(folder(cache).glob(f"*{SUFFIX}"))}
    models = [Listed(one.name, one.title, one.licence, one.size, one.name in here) for one in known.values()]
    return models + [Listed(name, None, None, size, True) for name, size in here.items() if name not in known]


def found(cache: Path, name: str) -> Path:
    """The file of a model that is here: a name, or a path of a `.gguf` file. "" is the default one.

    Raises ModelUnavailable that says how to fetch it.
    """
    if name.endswith(SUFFIX) and Path(name).expanduser().is_file():
        return Path(name).expanduser()
    name = name or DEFAULT
    file, known = place(cache, name), KNOWN.get(name)
    if file.is_file() and (known is None or file.stat().st_size == known.size):
        return file
    if known is None:
        raise ModelUnavailable(f"No model « {name} » here: {_choices()}")
    raise ModelUnavailable(f"{name} is not here yet: porte-parole models pull {name} ({human(known.size)})")


def look(file: Path) -> None:
    """Raises ModelUnavailable of a file that is not there or does not begin as GGUF files do."""
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(MAGIC))
    except OSError as error:
        raise ModelUnavailable(f"{file}: {error.strerror or error}. What is here: porte-parole models list") from error
    if begins != MAGIC:
        raise ModelUnavailable(f"{file} is no GGUF file. Choose another one: porte-parole models list")


def digest(file: Path, progress: Progress | None = None) -> str:
    """The file's sha256, in hexadecimal."""
    made, done, size = hashlib.sha256(), 0, file.stat().st_size
    with file.open("rb") as opened:
        while block := opened.read(_BLOCK):
            made.update(block)
            done += len(block)
            if progress is not None:
                progress(done, size)
    return made.hexdigest()


def human(size: int) -> str:
    """« 93 MB », « 1.1 GB »: decimal, as disks are sold."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(1, round(size / 1e6))} MB"


def _choices() -> str:
    return (
        f"{', '.join(KNOWN)} can be fetched (porte-parole models pull NAME); "
        "others with hub:OWNER/REPO/FILE.gguf or file:PATH"
    )
