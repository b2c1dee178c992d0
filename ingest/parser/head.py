"""What the head of a communiqué says, noted as it is met: values, where they stand, headings still to be told apart.

Does not know what any line means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ingest.parser.dateline import Dateline
from ingest.parser.letterhead import Heading, ends_open, parts_of
from ingest.parser.lines import Line
from store.records import Span


@dataclass(slots=True)
class Masthead:
    """What the first lines say; `body` is where the text proper begins.

    Values as written; `spans` say where each stands, by the name of its field. `sure`: the
    letterhead reads like an issuer, not merely a first line. `corrects` is the line that
    announces a correction.
    """

    published: date | None = None
    place: str | None = None
    rubric: str | None = None
    title: str | None = None
    subtitle: str | None = None
    letterhead: str | None = None
    sure: bool = False
    co_issuers: tuple[str, ...] = ()
    reference: str | None = None
    embargo: str | None = None
    corrects: str | None = None
    body: int = 0
    doubts: list[str] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)

    def set(self, name: str, text: str, start: int, end: int) -> None:
        """Note a value where none is noted yet."""
        if name not in self.spans:
            setattr(self, name, " ".join(text[start:end].split()))
            self.spans[name] = Span(start, end)


@dataclass(slots=True)
class TopLines:
    """The head's lines as they are met: `headings` still to be told apart.

    `banner` is where the banner starts, `first_mark` the number of the first line that is no
    heading, `last_mark` where the last of them ends.
    """

    headings: list[Heading] = field(default_factory=list)
    banner: int | None = None
    first_mark: int | None = None
    dates: list[tuple[int, Line, bool]] = field(default_factory=list)
    last_mark: int = 0


def note_issuers(text: str, head: Masthead, spans: list[tuple[int, int]]) -> None:
    """Note who issues the release and who signs with it, where nobody is noted yet."""
    if "letterhead" in head.spans:
        return
    head.set("letterhead", text, *spans[0])
    head.sure = True
    head.co_issuers = tuple(" ".join(text[a:b].split()) for a, b in spans[1:])


def note_place(text: str, head: Masthead, span: Span) -> None:
    head.set("place", text, span.start, span.end)


def note_date(text: str, line: Line, head: Masthead, dateline: Dateline) -> None:
    mention = dateline.mention
    head.published = mention.period.first
    head.spans["published"] = Span(line.start + mention.start, line.start + mention.end)
    if dateline.placed is not None:
        note_place(text, head, Span(line.start + dateline.placed.start, line.start + dateline.placed.end))
    if not mention.year_given:
        head.doubts.append(f"année absente de la date, supposée : {mention.period.first:%Y}")
    if head.published and mention.weekday is not None and mention.weekday != head.published.weekday():
        head.doubts.append("le jour de la semaine ne correspond pas à la date")


def add_heading(met: TopLines, heading: Heading) -> None:
    """One more heading; a running head that only says it before, or its beginning, gives way."""
    met.headings = [each for each in met.headings if not _says_before(each.line, heading.line)]
    met.headings.append(heading)


def _says_before(above: Line, line: Line) -> bool:
    running, words = above.folded, line.folded
    if running == words or (words.startswith(running) and parts_of(line.text)[0][1] == len(running)):
        return True
    cut = words.startswith(running) and len(running) > 20 and len(words) > len(running)
    return cut and (words[len(running)].isalnum() or ends_open(running))
