"""A title in another language, and the release it is the title of: questions across languages.

Gold is what the source itself says: translations of one release share its group. Knows
nothing about how a title is looked for.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from assistant.answer import Question
from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.shelf import Shelved
from store.language import detect
from store.records import PressArchiveError


def read_titles(export: Path, shelf: Iterable[Shelved], count: int | None, seed: int) -> tuple[GoldQuestion, ...]:
    """`count` titles of an export drawn with `seed` (all for None), each with the releases of its group here.

    A release in the title's own language is no gold. Raises PressArchiveError where the export
    cannot be read, or no title in it belongs to a release of the archive.
    """
    by_group: dict[str, list[Shelved]] = {}
    for release in shelf:
        if release.group:
            by_group.setdefault(release.group, []).append(release)
    found: list[GoldQuestion] = []
    for record in _records(export):
        title, group = record.get("title"), record.get("group")
        if not isinstance(title, str) or not title.strip() or group is None:
            continue
        language = str(record.get("lang") or detect(title))
        gold = tuple(release.id for release in by_group.get(str(group), ()) if release.language != language)
        if gold:
            id = str(record.get("id") or f"t{len(found) + 1:05}")
            found.append(GoldQuestion(id, f"{language} titles", Question(" ".join(title.split())), gold))
    if not found:
        raise PressArchiveError(
            f"{export}: none of its titles has the group of a release in this archive; "
            "an export in another language with the same `group` is expected"
        )
    if count is None or count >= len(found):
        return tuple(found)
    drawn = sorted(Random(seed).sample(range(len(found)), count))
    return tuple(found[place] for place in drawn)


def _records(export: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if export.suffix == ".gz" else open
    read = 0
    try:
        with opened(export, "rt", encoding="utf-8") as lines:
            for read, line in enumerate(lines, start=1):  # noqa: B007 - named in the error
                if line.strip():
                    record = json.loads(line)
                    if isinstance(record, dict):
                        yield record
    except (OSError, EOFError, ValueError) as error:
        raise PressArchiveError(f"{export} line {max(read, 1)}: cannot be read ({error})") from error
