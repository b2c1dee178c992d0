"""A model fetched into the cache: by name in pieces, from a hub, or a file that is adopted.

What is unfinished lies beside under another name; only what is whole and verified takes the
model's own, by one rename. Knows nothing about running a model.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant.local.gguf import SUFFIX, Progress, digest, folder, found, look, place
from assistant.local.hub import fetch_from_hub
from assistant.local.joining import FETCHING, join, room
from assistant.local.known import KNOWN, Known
from store.records import ModelUnavailable

_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Pulled:
    """A model that is here now, and whether it was before."""

    name: str
    file: Path
    size: int
    sha256: str
    already: bool

    def document(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "path": str(self.file),
            "size": self.size,
            "sha256": self.sha256,
            "already": self.already,
        }


def pull(
    wanted: str, cache: Path, progress: Progress, *, known: Mapping[str, Known] = KNOWN, endpoint: str | None = None
) -> Pulled:
    """Fetch a model: a known name, `hub:OWNER/REPO/FILE.gguf` or `file:PATH`.

    Two that fetch the same one wait for each other. `endpoint` stands in for the hub's own
    address. Raises ModelUnavailable that says what went wrong and what to do.
    """
    kind, _, where = wanted.partition(":")
    try:
        if kind == "file" and where:
            return _adopt(Path(where).expanduser(), cache, progress, known)
        if kind == "hub" and where:
            return _from_hub(where, cache, known, endpoint)
        if wanted in known:
            return _by_name(known[wanted], cache, progress)
        if wanted.endswith(SUFFIX) or place(cache, wanted).is_file():  # adopted before
            return _here(found(cache, wanted), progress)
    except OSError as error:
        raise ModelUnavailable(
            f"{wanted} cannot be put into {folder(cache)}: {error.strerror or error}. Make room, or set "
            "PORTE_PAROLE_CACHE to another folder; what is there is kept, run it again."
        ) from error
    raise ModelUnavailable(
        f"No model « {wanted} » can be fetched by name: {', '.join(known)}; "
        "others with hub:OWNER/REPO/FILE.gguf or file:PATH"
    )


def _by_name(model: Known, cache: Path, progress: Progress) -> Pulled:
    file = place(cache, model.name)
    with _alone(file):
        already = file.is_file() and digest(file, progress) == model.sha256
        if not already:
            part = file.with_suffix(".part")
            join(model, part, progress)
            look(part)
            part.replace(file)
    return Pulled(model.name, file, model.size, model.sha256, already)


def _here(file: Path, progress: Progress) -> Pulled:
    look(file)
    return Pulled(file.stem, file, file.stat().st_size, digest(file, progress), already=True)


def _from_hub(where: str, cache: Path, known: Mapping[str, Known], endpoint: str | None) -> Pulled:
    file = place(cache, _called(where))
    with _alone(file):
        unfinished = file.with_suffix(".hub")
        fetched, sha256 = fetch_from_hub(where, unfinished, endpoint)
        look(fetched)
        file = _named(file, sha256, known)
        fetched.replace(file)
        shutil.rmtree(unfinished)
    return Pulled(file.stem, file, file.stat().st_size, sha256, already=False)


def _adopt(source: Path, cache: Path, progress: Progress, known: Mapping[str, Known]) -> Pulled:
    look(source)
    file, size = place(cache, _called(source.name)), source.stat().st_size
    with _alone(file):
        room(file.parent, size)
        part = file.with_suffix(".copy")
        try:
            sha256 = _copied(source, part, size, progress)
            file = _named(file, sha256, known)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
    return Pulled(file.stem, file, size, sha256, already=False)


def _copied(source: Path, part: Path, size: int, progress: Progress) -> str:
    made, done = hashlib.sha256(), 0
    with source.open("rb") as opened, part.open("wb") as copy:
        while block := opened.read(_BLOCK):
            made.update(block)
            done += copy.write(block)
            progress(done, size)
        copy.flush()
        os.fsync(copy.fileno())
    return made.hexdigest()


def _called(where: str) -> str:
    return Path(where).stem.lower().replace(" ", "-")


def _named(file: Path, sha256: str, known: Mapping[str, Known]) -> Path:
    """A file that is one of the known models takes its name; another may not."""
    for model in known.values():
        if model.sha256 == sha256:
            return file.with_name(f"{model.name}{file.suffix}")
    if file.stem in known:
        raise ModelUnavailable(
            f"« {file.stem} » is the name of a known model, and this file is another one "
            f"(sha256 {sha256}, expected {known[file.stem].sha256}): rename it first"
        )
    return file


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """One at a time for each model; what a killed run left lying about is cleared away."""
    from filelock import FileLock

    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file.with_suffix(".lock")):
        for left in file.parent.glob(f"{FETCHING}{file.stem}~*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
