"""Answers given, made into a dossier to take away, as the one who takes it may see them today.

Nothing hidden leaves: each answer goes through `replay.without` first. Asks views; knows
nothing of formats.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from assistant.answer import Citation
from assistant.records import Kept
from assistant.replay import told_of, without
from assistant.takeaway.dossier import Block, Dossier, Kind, Listed, Note, Piece
from assistant.takeaway.letters import address, clean, set_in
from assistant.takeaway.paragraphs import blocks, numbered
from assistant.takeaway.references import gone, marks, note, reference
from assistant.takeaway.standing import Standing, standings
from assistant.web import wording
from assistant.web.messages import Messages
from store.period import Period, in_words
from store.records import Release, Status
from store.rows import day_of
from store.schema import PARIS
from store.view import View

NEAREST = 3
"""How many of the nearest releases an abstention names."""

Permanent = Callable[[Citation], str]
"""The permanent link to what is cited."""


@dataclass(slots=True)
class _Sources:
    """The sources so far: each with the citations that lead to it, by their notes' numbers."""

    found: dict[tuple[str, int], list[tuple[int, Citation, date]]] = field(default_factory=dict)
    notes: int = 0


def dossier(
    answers: Sequence[Kept],
    view: View,
    whole: View,
    say: Messages,
    *,
    title: str = "",
    permanent: Permanent | None = None,
) -> Dossier:
    """One answer, or the answers of a conversation under its `title`, as `view` may show them.

    `whole` is the archivist's view: versions are compared with it, no words are taken of it.
    """
    told = {version for kept in answers for version in told_of(kept)}
    seen = view.several(told)
    visible = [without(kept, told - seen.keys()) for kept in answers]
    standing = standings(_cited(visible), seen, view, whole)
    embargoes = [one.embargo for one in standing.values()]
    made: list[Block] = []
    sources = _Sources()
    for kept in visible:
        if title or len(visible) > 1:
            made.append(Block(Kind.QUESTION, (Piece(_question(kept, say)),)))
        nearest = _nearest(kept, seen) if kept.answer.abstention is not None else []
        embargoes += [one.embargo for one in nearest if one.status is Status.EMBARGOED]
        made += _turn(kept, nearest, sources, say)
    one = visible[0] if len(visible) == 1 else None
    heading = set_in(title, say.language) or (_question(one, say) if one else say("take_conversation_name"))
    listed = tuple(_listed(found, standing[key], permanent, say) for key, found in sources.found.items())
    return Dossier(
        title=heading,
        language=say.language,
        blocks=tuple(made),
        sources=listed,
        banner=_banner([moment for moment in embargoes if moment is not None], say),
        heading=say("take_sources_one" if len(listed) == 1 else "take_sources_many"),
        colophon=tuple(_colophon(visible, view.now, say)),
    )


def _cited(visible: Sequence[Kept]) -> list[tuple[str, int]]:
    return [(one.release_id, one.version) for kept in visible for one in kept.answer.citations]


def _question(kept: Kept, say: Messages) -> str:
    return set_in(kept.question.text, say.language) or say("question")


def _turn(kept: Kept, nearest: Sequence[Release], sources: _Sources, say: Messages) -> list[Block]:
    answer = kept.answer
    local = kept.given.astimezone(PARIS)
    asked = say("take_asked", day=wording.day(local.date(), say), time=wording.time(local, say))
    made = [Block(Kind.FACT, (Piece(asked),)), *_understood(kept, say)]
    if answer.abstention is not None:
        made.append(Block(Kind.NONE, (Piece(say("take_abstained")),)))
        made.append(Block(Kind.TEXT, (Piece(set_in(answer.abstention.message, say.language)),)))
    else:
        numbers = numbered(answer, sources.notes + 1)
        sources.notes += len(numbers)
        for citation in answer.citations:
            if citation.number in numbers:
                entry = (numbers[citation.number], citation, local.date())
                sources.found.setdefault((citation.release_id, citation.version), []).append(entry)
        made += blocks(answer, numbers, say.language)
    if not kept.record.get("complete", True):
        made.append(Block(Kind.NOTICE, (Piece(say("take_broken")),)))
    for notice in dict.fromkeys(answer.notices):
        made.append(Block(Kind.NOTICE, (Piece(set_in(notice.message, say.language)),)))
    if nearest:
        made.append(Block(Kind.HEADING, (Piece(say("nearest")),)))
        made += [Block(Kind.NEAREST, _named(release, say)) for release in nearest]
    if answer.abstention is None and (extent := _searched(kept, say)):
        made.append(Block(Kind.FACT, (Piece(extent),)))
    return made


def _understood(kept: Kept, say: Messages) -> list[Block]:
    """What was read off the question's words, as the page shows it."""
    answer, read = kept.answer, kept.record.get("understood") or {}
    facts: list[tuple[str, str]] = []
    if answer.standalone and clean(answer.standalone) != clean(kept.question.text):
        facts.append((say("standalone"), answer.standalone))
    facts += [(say("meant"), f"{one['written']} → {one['meant']}") for one in read.get("corrections") or ()]
    if answer.filters.period != Period():
        facts.append((say("period"), in_words(answer.filters.period, say.language)))
    elif topic := read.get("topic"):
        period = Period(day_of(topic["from"]), day_of(topic["to"]))
        facts.append((say("topic"), in_words(period, say.language)))
    facts += [(say("issuer"), issuer) for issuer in answer.filters.issuers]
    facts += [(say("language"), _language(code, say)) for code in answer.filters.languages]
    told = [say("take_fact", label=label, value=set_in(value, say.language)) for label, value in facts]
    return [Block(Kind.FACT, (Piece("\u00a0· ".join(told)),))] if told else []


def _language(code: str, say: Messages) -> str:
    return say(f"language_{code}") if code in ("fr", "en", "de", "it") else clean(code)


def _searched(kept: Kept, say: Messages) -> str:
    told = kept.record.get("searched")
    if not told or not told["releases"]:
        return ""
    return say("searched", extent=wording.extent(told["releases"], day_of(told["from"]), day_of(told["to"]), say))


def _nearest(kept: Kept, seen: Mapping[tuple[str, int], Release]) -> list[Release]:
    """The first releases consulted that this reader may still see."""
    return [seen[one] for one in kept.evidence if one in seen][:NEAREST]


def _named(release: Release, say: Messages) -> tuple[Piece, ...]:
    facts = [set_in(release.issuer or "", say.language), wording.day(release.published, say)]
    state = wording.status(release.status, release.embargo, say)
    title = Piece(set_in(release.title, say.language) or say("untitled"), italic=True)
    told = ", ".join(fact for fact in facts if fact)
    return (title, Piece(f" ({told})" + (f". {state}." if state else "")))


def _listed(
    found: Sequence[tuple[int, Citation, date]], standing: Standing, permanent: Permanent | None, say: Messages
) -> Listed:
    _, first, consulted = found[0]
    pages = sorted({citation.page for _, citation, _ in found if citation.page is not None})
    notes: list[Note] = [note(citation, number, standing, say) for number, citation, _ in found]
    link = address(permanent(first)) if permanent is not None and not gone(first) else None
    return Listed(reference(first, pages, link, consulted, standing, say), marks(standing, say), tuple(notes))


def _banner(embargoes: Sequence[datetime], say: Messages) -> str:
    if not embargoes:
        return ""
    local = max(embargoes).astimezone(PARIS)
    return say("take_banner", day=wording.day(local.date(), say), time=wording.time(local, say))


def _colophon(visible: Sequence[Kept], now: datetime, say: Messages) -> list[str]:
    """How the sentences were written, when this was made, and of which answer."""
    written = {kept.answer.written.name for kept in visible if kept.answer.sentences}
    local = now.astimezone(PARIS)
    made = [say("take_extractive" if written == {"extractive"} else "take_generative")] if written else []
    made.append(say("take_made", day=wording.day(local.date(), say), time=wording.time(local, say)))
    ids = {kept.answer.id for kept in visible if kept.answer.id}
    return [*made, say("take_number", id=clean(ids.pop()))] if len(ids) == 1 else made
