"""Archives too large to encode, made by the ordinary way in: real shelves, generated vectors.

Catalogue, words, Chroma and sentence vectors are those of any archive; only the embedder
is another (`vectors.WordVectors`). Killed and run again, a build goes on where it stopped.
Does not read documents: real texts are handed to it by whoever can.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.benchmark.texts import PASSAGES, Texts
from assistant.benchmark.vectors import WordVectors
from store.archive import Archive
from store.embedding import Embedder
from store.records import Passage, Release, Span

Progress = Callable[[int, int], None]
Cut = Callable[[Release], Sequence[Passage]]
Fill = Callable[[Archive], None]
"""Takes releases into an archive; those that are there already are no work."""

AHEAD = 2_000
"""Releases shelved before their vectors are waited for, so that a build that is cut off loses little."""


def opened(folder: Path, embedder: Embedder | None = None, cut: Cut | None = None) -> Archive:
    """The archive of a folder, with vectors made of words (or by `embedder`)."""
    made = embedder or WordVectors()
    return Archive(folder, model=lambda: made.name, embedder=lambda: made, chunking="benchmark", cut=cut or _whole)


def build(folder: Path, fill: Fill, cut: Cut | None = None) -> int:
    """Fill an archive and wait for its indexes; gives how many releases it has.

    `cut` makes passages anew of a release whose boilerplate the archive learns.
    """
    with opened(folder, cut=cut) as archive:
        archive.keep()
        fill(archive)
        archive.flush()
        return archive.catalogue.releases()


def generated(passages: int, progress: Progress, seed: int = 2026) -> Fill:
    """Fills an archive with generated releases, of so many passages in all."""
    wanted = -(-passages // PASSAGES)

    def fill(archive: Archive) -> None:
        texts = Texts(seed)
        done = archive.catalogue.releases()
        while done < wanted:
            for number in range(done, min(wanted, done + AHEAD)):
                archive.add(*texts.release(number))
            done = min(wanted, done + AHEAD)
            archive.flush()
            progress(done, wanted)

    return fill


def _whole(release: Release) -> Sequence[Passage]:
    """A release as one passage: nothing generated repeats, so nothing of it is cut again."""
    span = Span(0, len(release.text))
    return [Passage(0, span, (span,), release.text)]
