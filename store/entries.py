"""An entry of the curated answers: a question the press office answers in its own words.

The record, what may stand in it, and what made it fall back to a draft, said in words.
Knows nothing about tables, nor who may see an entry: `curated` does.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from store.folding import fold
from store.records import PressArchiveError
from store.said import one_line, several_lines

LONGEST = {"question": 500, "answer": 20_000, "owner": 200, "by": 200}
MOST_VARIANTS, MOST_RELEASES = 50, 20


class EntryNotFound(PressArchiveError):
    """No entry of that id."""

    def __init__(self, entry_id: str) -> None:
        super().__init__(f"no curated answer « {entry_id[:80]} »; `porte-parole curated list` lists them.")
        self.entry_id = entry_id


class BadEntry(PressArchiveError):
    """An entry that cannot stand so: `field` says which part of it, `reason` a word for programs.

    Reasons: "empty", "long", "many", "language", "twice" (another entry has that question),
    "releases" (it rests on none), "unknown" (no such release), "gone" (withdrawn, or replaced
    by another), "corrected" (another release corrects it), "expired", "changed" (meanwhile).
    """

    def __init__(self, field: str, reason: str, said: str) -> None:
        super().__init__(f"{field}: {said}")
        self.field = field
        self.reason = reason
        self.said = said


class State(StrEnum):
    """What the press office says of an entry."""

    DRAFT = "draft"
    APPROVED = "approved"


class Standing(StrEnum):
    """What the public gets of an entry at a moment."""

    DRAFT = "draft"
    ANSWERING = "answering"
    WAITING = "waiting"
    """Approved, for when the releases it rests on are published."""
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Fallen:
    """What happened to a release that an entry rests on.

    `kind` is "version" (corrected: another version), "withdrawn", "replaced" or "rectified"
    (by another release, whose title is `detail`) or "amended" (`detail` names the fields).
    """

    kind: str
    release_id: str
    title: str
    detail: str = ""

    def words(self, language: str = "fr") -> str:
        """As it is said to whoever has to look at the entry again."""
        told = _TOLD["en" if language == "en" else "fr"]
        title = _quoted(self.title, language)
        detail = self.detail
        if self.kind in ("replaced", "rectified"):
            detail = _quoted(detail, language)
        elif self.kind == "amended":
            detail = ", ".join(told.get(one, one) for one in detail.split(","))
        return told[self.kind].format(title=title, detail=detail).strip() + " " + told["again"]


def _quoted(title: str, language: str) -> str:
    short = title if len(title) <= 120 else f"{title[:119].rstrip()}…"
    return f"“{short}”" if language == "en" else f"«\u00a0{short}\u00a0»"


_TOLD = {
    "fr": {
        "version": "Le communiqué {title} a été corrigé\u00a0: en voici la version {detail}.",
        "withdrawn": "Le communiqué {title} a été retiré.",
        "replaced": "Le communiqué {title} est remplacé par {detail}.",
        "rectified": "Le communiqué {title} est rectifié par {detail}.",
        "amended": "La fiche du communiqué {title} a été modifiée à la main ({detail}).",
        "again": "Relisez la réponse, puis approuvez-la de nouveau.",
        "title": "titre",
        "issuer": "émetteur",
        "published": "date",
        "embargo": "embargo",
        "place": "lieu",
        "rubric": "rubrique",
        "language": "langue",
    },
    "en": {
        "version": "The release {title} was corrected: this is version {detail}.",
        "withdrawn": "The release {title} was withdrawn.",
        "replaced": "The release {title} is replaced by {detail}.",
        "rectified": "The release {title} is rectified by {detail}.",
        "amended": "The record of the release {title} was put right by hand ({detail}).",
        "again": "Read the answer again, then approve it anew.",
        "published": "date",
    },
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody writes of an entry; `releases` are ids or references. Raises BadEntry.

    `language` is that of the question and the answer, `valid_until` the last day it holds.
    """

    question: str
    answer: str = ""
    variants: tuple[str, ...] = ()
    language: str = "fr"
    releases: tuple[str, ...] = ()
    valid_until: date | None = None
    owner: str = ""

    def __post_init__(self) -> None:
        question = _short("question", self.question)
        if not key_of(question):
            raise BadEntry("question", "empty", "must say something")
        variants = [_short("variants", one) for one in self.variants]
        kept = {key_of(one): one for one in reversed(variants) if key_of(one) not in ("", key_of(question))}
        if len(kept) > MOST_VARIANTS:
            raise BadEntry("variants", "many", f"{len(kept)} ways to ask it, and {MOST_VARIANTS} are kept")
        answer = several_lines(self.answer)
        if len(answer) > LONGEST["answer"]:
            raise BadEntry("answer", "long", f"longer than {LONGEST['answer']} characters")
        if not re.fullmatch(r"[a-z]{2}", self.language):
            raise BadEntry("language", "language", f"« {self.language[:20]} » is no code of two letters, such as fr")
        releases = tuple(dict.fromkeys(one.strip() for one in self.releases if one.strip()))
        if len(releases) > MOST_RELEASES:
            raise BadEntry("releases", "many", f"rests on {len(releases)} releases, and {MOST_RELEASES} are the most")
        for name, value in (
            ("question", question),
            ("answer", answer),
            ("variants", tuple(reversed(kept.values()))),
            ("releases", releases),
            ("owner", one_line(self.owner)[: LONGEST["owner"]]),
        ):
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class Entry:
    """A curated answer. `releases` are the versions it rests on (release id, number).

    `fallen` says why it is a draft again; `by` is who changed it last, at `changed`; `standing`
    is what the public gets of it at the moment it was read for.
    """

    id: str
    question: str
    variants: tuple[str, ...]
    answer: str
    language: str
    releases: tuple[tuple[str, int], ...]
    valid_until: date | None
    owner: str
    state: State
    created: datetime
    changed: datetime
    by: str
    fallen: Fallen | None = None
    standing: Standing = Standing.DRAFT

    @property
    def notice(self) -> str | None:
        """Why it fell back to a draft, in French; `fallen.words("en")` in English."""
        return None if self.fallen is None else self.fallen.words("fr")

    @property
    def asked(self) -> tuple[str, ...]:
        """Every way it is asked, the question first."""
        return (self.question, *self.variants)


def key_of(question: str) -> str:
    """What tells that two questions are one: their letters and digits, folded."""
    return " ".join(re.findall(r"[^\W_]+", fold(question)))


def _short(name: str, text: str) -> str:
    said = unicodedata.normalize("NFC", one_line(text))
    if len(said) > LONGEST["question"]:
        raise BadEntry(name, "long", f"longer than {LONGEST['question']} characters")
    return said
