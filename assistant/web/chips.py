"""What was understood of a question, as chips: each can be taken back, or changed where that makes sense.

A chip's buttons say in `data-` attributes what they take back (a name of
`assistant.declined`) or open. Knows nothing about how a question is asked again.
Every value is escaped by markupsafe as it is set in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from markupsafe import Markup

from assistant.answer import filters_document
from assistant.inferred import Inferred
from assistant.web import wording
from assistant.web.messages import Messages, typeset
from store.period import Period, in_words
from store.records import Filters

_CROSS = Markup(
    '<svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" '
    'fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing understood. `part` is the field of `Filters` or "standalone" that it changes, "" where none.

    `declined` is what it is taken back by; `by_hand` where the asker chose it.
    """

    label: str
    value: str
    declined: str
    part: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question was read: as it was put and as it was made whole, and what the asker put right."""

    question: str
    standalone: str
    filters: Filters
    inferred: Inferred
    declined: tuple[str, ...] = ()
    chosen: Filters = field(default_factory=Filters)


def drawn(reading: Reading, say: Messages) -> Markup:
    """The chips, a button that adds a filter, and one that takes every change back; a place to change them in."""
    chips = Markup("").join(_drawn(chip, say) for chip in told(reading, say))
    add = Markup('<li><button type="button" class="add-filter" data-edit="period" aria-expanded="false">{}</button>')
    chips += add.format(say("add_filter")) + Markup("</li>")
    if reading.declined or reading.chosen != Filters():
        chips += Markup('<li><button type="button" class="restore">{}</button></li>').format(say("restore"))
    return Markup(
        '<ul class="understood" aria-label="{}">{}</ul>'
        '<div class="put-right" data-own data-filters="{}" data-standalone="{}"></div>'
    ).format(
        say("understood"), chips, json.dumps(filters_document(reading.filters), ensure_ascii=False), reading.standalone
    )


def told(reading: Reading, say: Messages) -> Iterator[Chip]:
    """What was read off the words, or chosen."""
    filters, inferred, chosen = reading.filters, reading.inferred, reading.chosen
    standalone = wording.on_one_line(reading.standalone)
    if standalone and standalone != wording.on_one_line(reading.question):
        yield Chip(say("standalone"), typeset(standalone), "standalone", "standalone")
    for written, meant in inferred.corrections:
        yield Chip(say("meant"), typeset(f"{written} → {meant}"), f"spelling:{written}")
    if filters.period != Period():
        by_hand = chosen.period != Period()
        label = say("period_chosen" if by_hand else "period")
        yield Chip(label, in_words(filters.period, say.language), "period", "period", by_hand)
    elif inferred.topic is not None:
        yield Chip(say("topic"), in_words(inferred.topic, say.language), "topic")
    label = say("issuer_chosen" if chosen.issuers else "issuer")
    for issuer in filters.issuers:
        yield Chip(label, wording.on_one_line(issuer), f"issuer:{issuer}", "issuers", bool(chosen.issuers))
    for code in filters.languages:
        label = say("language_chosen" if chosen.languages else "language")
        yield Chip(label, language(code, say), f"language:{code}", "languages", bool(chosen.languages))
    if inferred.language != say.language:
        yield Chip(say("asked_in"), language(inferred.language, say), "language")
    if inferred.count:
        yield Chip(say("wanted"), say("count"), "count")
    elif inferred.order is not None:
        several = inferred.limit is not None and inferred.limit > 1
        yield Chip(say("order"), say(f"{inferred.order}_first" if several else inferred.order), "order")
    elif filters.newest_first:
        yield Chip(say("order"), say("newest_first"), "order")
    if inferred.subject:
        yield Chip(say("subject"), typeset(wording.on_one_line(inferred.subject)), "subject")


def language(code: str, say: Messages) -> str:
    return say(f"language_{code}") if code in ("fr", "en", "de", "it") else code


def _drawn(chip: Chip, say: Messages) -> Markup:
    named = wording.on_one_line(f"{chip.label} {chip.value}")
    words = Markup('<span class="what">{}</span> {}').format(chip.label, chip.value)
    if chip.part:
        button = Markup(
            '<button type="button" class="words" data-edit="{}" aria-expanded="false" aria-label="{}">{}</button>'
        )
        words = button.format(chip.part, say("change", what=named), words)
    else:
        words = Markup('<span class="words">{}</span>').format(words)
    off = Markup(
        '<button type="button" class="off" data-decline="{}" data-part="{}" aria-label="{}" title="{}">{}</button>'
    )
    return Markup('<li class="{}">{}{}</li>').format(
        "chip by-hand" if chip.by_hand else "chip",
        words,
        off.format(chip.declined, chip.part, say("take_back", what=named), say("take_back_short"), _CROSS),
    )
