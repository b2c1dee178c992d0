"""A conversation opened again: its turns drawn from the records of its answers, as they may be seen today.

Words of releases that this visitor may not see (any more) are left out; what became of the
releases cited is told above the answer, with what to do. Asks shelves and views. Every value
is escaped by markupsafe as it is set in.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from assistant.answer import Evidence, Searched
from assistant.inferred import inferred_from
from assistant.records import Kept, read
from assistant.replay import rectified_before, told_of, without
from assistant.takeaway.standing import Standing, standings
from assistant.web import wording
from assistant.web.conversation import Turn
from assistant.web.messages import Messages, typeset
from store.answers import Answers
from store.conversations import Exchange
from store.judgments import Judgments
from store.period import day_in_words
from store.records import ArchiveError, Filters, Release, ReleaseNotFound, Span
from store.view import View

log = logging.getLogger(__name__)

_FINAL = ("withdrawn", "superseded", "missing")
"""What became of a release so that its answer is not to be quoted any more; else it is to be checked."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where records are, and what the visitor thought of them."""

    answers: Answers
    judgments: Judgments | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """The archive as the visitor sees it, and `whole` as the archivist does, of which no words are taken."""

    view: View
    whole: View

    def of(self, kept: Sequence[Kept]) -> Known:
        wanted = set().union(*map(told_of, kept))
        cited = {(one.release_id, one.version) for each in kept for one in each.answer.citations}
        readable = self.view.several(wanted)
        return Known(readable, standings(cited, readable, self.view, self.whole))


@dataclass(frozen=True, slots=True)
class Known:
    """Of versions that records name: those that may be read, and what became of those cited."""

    readable: dict[tuple[str, int], Release]
    became: dict[tuple[str, int], Standing]


def turns(
    exchanges: Sequence[Exchange], talk: str, judge: str, shelves: Shelves, sight: Sight, say: Messages
) -> tuple[Turn, ...]:
    """The turns of the conversation `talk`, to be drawn for `judge`. Raises ArchiveError."""
    ids = [one.answer_id for one in exchanges if one.answer_id]
    now = sight.view.now
    told = shelves.answers.several(ids, now)
    judged = {} if shelves.judgments is None else shelves.judgments.standing(judge, ids, now)
    kept: dict[str, Kept] = {}
    for answer_id, one in told.items():
        try:
            kept[answer_id] = read(one)
        except ArchiveError:  # a damaged record: that turn alone is not shown
            continue
    known = sight.of(tuple(kept.values()))
    return tuple(
        replace(
            _drawn(one, kept.get(one.answer_id or ""), known, sight, say),
            conversation=talk,
            judgment=judged.get(one.answer_id or ""),
        )
        for one in exchanges
    )


def _drawn(exchange: Exchange, kept: Kept | None, known: Known, sight: Sight, say: Messages) -> Turn:
    try:
        return _lost(exchange, say) if kept is None else turn(kept, known, sight, say)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        log.warning("the record of the answer %s is damaged: %r", exchange.answer_id, error)
        return _lost(exchange, say)


def turn(kept: Kept, known: Known, sight: Sight, say: Messages) -> Turn:
    """The turn of one record."""
    shown = without(kept, told_of(kept) - known.readable.keys())
    answer, record = shown.answer, shown.record
    cut = shown is not kept
    return Turn(
        kept.question.text,
        standalone=answer.standalone,
        filters=Filters() if cut else answer.filters,
        inferred=inferred_from(record.get("understood"), record.get("answered_in") or record.get("language") or "fr"),
        evidence=_evidence(record, known),
        searched=_searched(record),
        sentences=answer.sentences,
        citations=answer.citations,
        abstention=answer.abstention,
        notices=answer.notices,
        declined=kept.question.declined,
        chosen=Filters() if cut else kept.question.chosen,
        finished=True,
        mark=kept.id,
        answer=kept.id,
        above=above(kept, known, sight, say),
    )


def above(kept: Kept, known: Known, sight: Sight, say: Messages) -> Markup:
    """What became of the releases cited, and what to do; nothing where all stand as they were."""
    became = []
    for cited in dict.fromkeys((one.release_id, one.version) for one in kept.answer.citations):
        standing = known.became[cited]
        since = standing.since
        if cited in known.readable and (since is None or rectified_before(sight.whole, since, kept.given)):
            continue
        numbers = [one.number for one in kept.answer.citations if (one.release_id, one.version) == cited]
        became.append((numbers, standing))
    broken = not kept.record.get("complete", True)
    if not became:
        return _note([say("since_broken")], "", say) if broken else Markup("")
    final = any(one.since is None or one.since.state in _FINAL for _, one in became)
    hidden = any((one.release_id, one.version) not in known.readable for one in kept.answer.citations)
    told = [_became(numbers, standing, sight.view, say) for numbers, standing in became]
    return _note(told, say("since_final" if final else "since_check"), say, say("since_cut") if hidden else "")


def gone(say: Messages) -> Markup:
    """What stands where a conversation cannot be opened."""
    return Markup('<div class="since not-here"><p>{}</p><p class="advice">{}</p></div>').format(
        say("keep_gone"), say("keep_gone_advice")
    )


def _lost(exchange: Exchange, say: Messages) -> Turn:
    note = Markup('<div class="since" role="note"><p>{}</p>{}</div>')
    return Turn(exchange.question, finished=True, above=note.format(say("since_unkept"), _again(say)))


def _note(told: Sequence[Markup | str], advice: str, say: Messages, cut: str = "") -> Markup:
    lines = Markup("").join(Markup("<li>{}</li>").format(one) for one in told)
    said = Markup('<p class="advice">{}</p>').format(advice) if advice else Markup("")
    said += Markup("<p>{}</p>").format(cut) if cut else Markup("")
    return Markup('<div class="since" role="note"><ul>{}</ul>{}{}</div>').format(lines, said, _again(say))


def _again(say: Messages) -> Markup:
    return Markup('<button type="button" class="ask-afresh">{}</button>').format(say("ask_afresh"))


def _became(numbers: Sequence[int], standing: Standing, view: View, say: Messages) -> Markup:
    marks = " ".join(f"[{number}]" for number in numbers)
    since = standing.since
    state = "missing" if since is None else since.state
    day = ""
    if since is not None and since.moment is not None:
        day = say("since_day", day=day_in_words(since.moment.astimezone(wording.PARIS).date(), say.language))
    version = "" if since is None or since.version_now is None else since.version_now
    words = typeset(say(f"since_{state}", day=day, version=version))
    by = () if since is None else since.by
    links = Markup("").join(_open(one, view, say) for one in by)
    if since is not None and since.state == "corrected":
        links = _open(since.release_id, view, say)
    return Markup('<span class="numbers">{}</span> {}{}').format(marks, words, links)


def _open(release_id: str, view: View, say: Messages) -> Markup:
    """A button that opens the release that stands now; nothing where this visitor may not see it."""
    try:
        release = view.release(release_id)
    except ReleaseNotFound:
        return Markup("")
    place = Markup('data-release="{}" data-version="{}" data-start="0" data-end="0"').format(
        release.id, release.version
    )
    return Markup(' <button type="button" class="title" {}>{}</button>').format(
        place, wording.title(release.title, say)
    )


def _evidence(record: dict[str, Any], known: Known) -> tuple[Evidence, ...]:
    found = []
    for one in record.get("evidence", ()):
        release = known.readable.get((one["release_id"], one["version"]))
        if release is not None:
            span = Span(one["start"], one["end"])
            found.append(Evidence(release, one["score"], span.of(release.text), span))
    return tuple(found)


def _searched(record: dict[str, Any]) -> Searched | None:
    told = record.get("searched")
    if not told:
        return None
    first, last = (date.fromisoformat(told[key]) if told[key] else None for key in ("from", "to"))
    return Searched(told["releases"], first, last)
