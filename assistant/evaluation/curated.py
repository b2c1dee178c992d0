"""How well questions find the curated answer they mean: answered directly, among those offered, or wrongly.

Entries and questions come from files, so that any FAQ can be measured without an archive: all
of its entries, all but the right one (then every direct answer is wrong), and a few of them.
Figures have intervals from questions drawn again and again. Knows nothing about releases.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.matching import Match, Matching
from store.embedding import Embedder
from store.entries import Entry, State
from store.records import SettingsError

DRAWN = 2_000
FEW = (0, 5, 50)
"""How many other entries, drawn by chance, stand beside the right one when there are few."""
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as somebody put it, and the entries (ids) that answer it, none where none does."""

    question: str
    gold: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question got: the entry that answered directly, and those offered, best first."""

    asked: Asked
    direct: Match | None
    offered: tuple[Match, ...]

    @property
    def right(self) -> bool:
        return self.direct is not None and self.direct.entry.id in self.asked.gold

    @property
    def wrong(self) -> bool:
        return self.direct is not None and self.direct.entry.id not in self.asked.gold

    @property
    def among(self) -> bool:
        return any(one.entry.id in self.asked.gold for one in self.offered)


@dataclass
class _Unkept:
    """A shelf of vectors that lasts as long as the measurement."""

    held: dict[bytes, bytes] = field(default_factory=dict)

    def vectors(self, model: str) -> dict[bytes, bytes]:
        return self.held

    def keep_vectors(self, model: str, read: Mapping[bytes, bytes]) -> None:
        self.held = dict(read)


def read_entries(path: Path) -> tuple[Entry, ...]:
    """Entries of a JSONL file: `id`, `question` (or `title`), `answer` (or `text`), `variants`, `language`."""
    found = []
    for number, line in _lines(path):
        try:
            question, answer = line.get("question") or line["title"], line.get("answer") or line.get("text") or ""
            language = str(line.get("language") or line.get("lang") or "fr")
            variants = tuple(str(one) for one in line.get("variants") or ())
            found.append(
                Entry(
                    str(line["id"]), " ".join(str(question).split()), variants, str(answer), language, (), None, "",
                    State.APPROVED, _LONG_AGO, _LONG_AGO, "",
                )
            )  # fmt: skip
        except (KeyError, TypeError) as error:
            raise SettingsError(f"{path}, line {number}: no entry with id, question and answer ({error})") from error
    return tuple(found)


def read_asked(path: Path, limit: int | None = None) -> tuple[Asked, ...]:
    """Questions of a JSONL file: `question`, and `gold` (ids of entries)."""
    found = []
    for number, line in _lines(path):
        try:
            found.append(Asked(str(line["question"]), frozenset(map(str, line.get("gold") or ()))))
        except (KeyError, TypeError) as error:
            raise SettingsError(f"{path}, line {number}: no question with gold ({error})") from error
    return tuple(found[:limit])


def prepared(
    entries: tuple[Entry, ...],
    embed: Callable[[], Embedder],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Matching:
    """A matching that has read these entries."""
    matching = Matching(embed, _Unkept())
    matching.learn(entries, progress)
    return matching


def measure(matching: Matching, entries: tuple[Entry, ...], asked: Sequence[Asked]) -> tuple[Outcome, ...]:
    """What each question gets, as the public would."""
    return tuple(_outcome(matching, entries, one) for one in asked)


@dataclass(frozen=True, slots=True)
class Thinned:
    """What the same questions get from fewer entries, each by the name of what is left."""

    missing: Sequence[Outcome]
    """All entries but the right one."""
    nearest: Sequence[Outcome]
    """The one entry alone that is likeliest of all that are not right."""
    few: Mapping[int, Sequence[Outcome]]
    """The right one among so many others."""


def thinned(matching: Matching, entries: tuple[Entry, ...], asked: Sequence[Asked], seed: int = 2018) -> Thinned:
    """What each question gets where its entry is missing, and where there are few."""
    dice = random.Random(seed)
    missing: dict[int, Outcome] = {}
    # Questions of the same entry together: what is left is indexed once for all of them.
    for at in sorted(range(len(asked)), key=lambda at: sorted(asked[at].gold)):
        missing[at] = _outcome(matching, _others(entries, asked[at]), asked[at])
    nearest: list[Outcome] = []
    few: dict[int, list[Outcome]] = {many: [] for many in FEW}
    for at, one in enumerate(asked):
        others = _others(entries, one)
        right = tuple(entry for entry in entries if entry.id in one.gold)
        nearest.append(_outcome(matching, tuple(match.entry for match in missing[at].offered[:1]), one))
        for many, found in few.items():
            found.append(_outcome(matching, (*right, *dice.sample(others, min(many, len(others)))), one))
    return Thinned([missing[at] for at in range(len(asked))], nearest, few)


def _outcome(matching: Matching, left: tuple[Entry, ...], asked: Asked) -> Outcome:
    matching.learn(left)
    matches = matching.matches(asked.question, left)
    return Outcome(asked, matches[0] if matches and matches[0].direct else None, matches)


def _others(entries: tuple[Entry, ...], asked: Asked) -> tuple[Entry, ...]:
    return tuple(one for one in entries if one.id not in asked.gold)


def document(outcomes: Sequence[Outcome], seed: int = 2018, fewer: Thinned | None = None) -> dict[str, Any]:
    """The figures as JSON, each a share of all questions with its interval (95 %)."""
    told: dict[str, Any] = {"questions": len(outcomes), **_shares(outcomes, seed)}
    if fewer is not None:
        told["right_entry_missing"] = {"wrong_entry_answered": _shares(fewer.missing, seed)["wrong_entry_answered"]}
        told["nearest_alone"] = {"wrong_entry_answered": _shares(fewer.nearest, seed)["wrong_entry_answered"]}
        told["few_entries"] = [{"others": many, **_shares(found, seed)} for many, found in fewer.few.items()]
    return told


def _shares(outcomes: Sequence[Outcome], seed: int) -> dict[str, dict[str, float]]:
    return {
        "answered_directly": _figure([one.right for one in outcomes], seed),
        "among_offered": _figure([one.among for one in outcomes], seed),
        "wrong_entry_answered": _figure([one.wrong for one in outcomes], seed),
    }


def table(outcomes: Sequence[Outcome], seed: int = 2018, fewer: Thinned | None = None) -> str:
    """The figures to read."""
    told = document(outcomes, seed, fewer)
    rows = [
        ("right entry answered directly", told["answered_directly"]),
        ("right entry among three offered", told["among_offered"]),
        ("wrong entry answered", told["wrong_entry_answered"]),
    ]
    if fewer is not None:
        rows.append(("wrong, right entry missing", told["right_entry_missing"]["wrong_entry_answered"]))
        rows.append(("wrong, nearest other entry alone", told["nearest_alone"]["wrong_entry_answered"]))
        for few in told["few_entries"]:
            rows.append((f"right, among {few['others']} others", few["answered_directly"]))
            rows.append((f"wrong, among {few['others']} others", few["wrong_entry_answered"]))
    shown = [f"{name:34}{one['share']:.3f}  ({one['low']:.3f} to {one['high']:.3f})" for name, one in rows]
    return "\n".join([f"{told['questions']} questions", *shown])


def misses(outcomes: Sequence[Outcome]) -> str:
    """Questions a wrong entry answers, then those whose entry is not offered."""
    lines = []
    for one in outcomes:
        if one.wrong and one.direct is not None:
            lines.append(f"wrong   « {one.asked.question} » → « {one.direct.form} » ({one.direct.score:.2f})")
        elif not one.among:
            lines.append(f"missed  « {one.asked.question} » (wanted {', '.join(sorted(one.asked.gold)) or 'none'})")
    return "\n".join(sorted(lines, reverse=True))


def _figure(held: Sequence[bool], seed: int) -> dict[str, float]:
    if not held:
        return {"share": 0.0, "low": 0.0, "high": 0.0}
    dice, size = random.Random(seed), len(held)
    drawn = sorted(sum(dice.choices(held, k=size)) / size for _ in range(DRAWN))
    low, high = drawn[int(0.025 * DRAWN)], drawn[int(0.975 * DRAWN)]
    return {"share": round(sum(held) / size, 4), "low": round(low, 4), "high": round(high, 4)}


def _lines(path: Path) -> list[tuple[int, dict[str, Any]]]:
    try:
        content = path.read_text(encoding="utf-8")
        return [(number, json.loads(line)) for number, line in enumerate(content.splitlines(), 1) if line.strip()]
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: cannot be read as JSONL ({error})") from error
