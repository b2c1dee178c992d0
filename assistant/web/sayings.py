"""The verbatims tab: who said what, when; by quotation, or by speaker.

The words are shown as the release has them: between quotation marks where it quotes, and
told as reported where it reports. Knows nothing about how they are found. Every value is
escaped by markupsafe as it is set in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from assistant.web import choosing, wording
from assistant.web.addresses import Address
from assistant.web.excerpts import marked, matches
from assistant.web.messages import FRENCH, Messages, typeset
from store.period import Period, in_words
from store.sayings import Heard, Saying, Sought, Speaker, Speakers

PAGE = 20
"""Quotations, or speakers, of a page."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a page of the tab shows: quotations, or speakers; `speaker` is the one who was chosen."""

    sought: Sought
    heard: Heard
    sayings: Sequence[Saying] = ()
    speakers: Speakers | None = None
    speaker: Speaker | None = None
    named: str = ""
    page: int = 1
    newest_first: bool = True


def pane(said: Said, here: Address, say: Messages) -> Markup:
    """The whole tab; `here` is its address."""
    return Markup('<h2>{}</h2><p class="says">{}</p>{}<div class="found">{}{}</div>').format(
        say("said_title"), say("said_told"), _form(said, here, say), _chips(said, here, say), _results(said, here, say)
    )


def _form(said: Said, here: Address, say: Messages) -> Markup:
    field = Markup(
        '<label class="{0}"><span>{1}</span><input type="search" name="{0}" value="{2}" maxlength="{3}" '
        'autocomplete="off"></label>'
    )
    return Markup(
        '<form class="seeking" data-place="verbatims" role="search" aria-label="{}">{}{}{}{}{}'
        '<button type="submit" class="primary">{}</button></form>'
    ).format(
        say("said_title"),
        field.format("words", say("said_words"), said.sought.words, 500),
        field.format("named", say("said_by"), said.named, 200),
        field.format("office", say("said_office"), said.sought.office, 200),
        choosing.days(said.sought.within.period, say),
        choosing.kept(here, ("words", "named", "office", "from", "to", "speaker", "by")),
        say("find_go"),
    )


def _chips(said: Said, here: Address, say: Messages) -> Markup:
    return choosing.chips(_narrowing(said, here, say), say)


def _narrowing(said: Said, here: Address, say: Messages) -> Iterator[Markup]:
    sought = said.sought
    if sought.speaker:
        name = said.speaker.name if said.speaker else sought.speaker
        yield choosing.chip(say("said_speaker"), name, here.without("speaker"), say)
    if sought.office:
        yield choosing.chip(say("said_in_office"), sought.office, here.without("office"), say)
    if sought.within.period != Period():
        off = here.without("from").without("to")
        yield choosing.chip(say("period"), in_words(sought.within.period, say.language), off, say)
    for issuer in sought.within.issuers:
        yield choosing.chip(say("issuer"), issuer, here.without("issuer", issuer), say)
    if sought.indirect is not None:
        yield choosing.chip(say("said_kind"), say(_kind(sought.indirect)), here.without("kind"), say)


def _results(said: Said, here: Address, say: Messages) -> Markup:
    by_speaker = said.speakers is not None
    total = said.speakers.total if said.speakers is not None else said.heard.sayings
    listed = _speakers(said, here, say) if by_speaker else _sayings(said, here, say)
    if not total:
        ways_out = list(_ways_out(said, here, say))
        listed = choosing.nothing(say("said_none" if ways_out else "said_empty"), ways_out)
    elif said.page > 1 and (said.page - 1) * PAGE >= total:
        listed = choosing.nothing(say("beyond_last"), [(here.at_page(1), say("first_page"))])
    return Markup('<div class="columns">{}<div class="list">{}{}{}</div></div>').format(
        _facets(said, here, say),
        _head(said, here, say) if total else "",
        listed,
        choosing.pages(total, said.page, PAGE, here, say),
    )


def _head(said: Said, here: Address, say: Messages) -> Markup:
    """How many there are; by quotation or by speaker, and in which order."""
    if said.speakers is not None:
        counted = say.counted("speakers", said.speakers.total)
        ways = _ways(here.without("by"), here, by_speaker=True, say=say)
        return Markup('<div class="head"><h3 tabindex="-1">{}</h3>{}</div>').format(counted, ways)
    order = "newest" if said.newest_first else "oldest"
    orders = choosing.orders((("newest", "said_newest"), ("oldest", "said_oldest")), order, here, say)
    ways = _ways(here, here.without("speaker").having(by="speaker"), by_speaker=False, say=say)
    return Markup('<div class="head"><h3 tabindex="-1">{}</h3>{}{}</div>').format(
        say.counted("sayings", said.heard.sayings), ways, orders
    )


def _ways(sayings: Address, speakers: Address, *, by_speaker: bool, say: Messages) -> Markup:
    current = Markup(' aria-current="true"')
    return Markup('<p class="orders ways"><span>{}</span><a href="{}"{}>{}</a><a href="{}"{}>{}</a></p>').format(
        say("said_shown"), sayings, "" if by_speaker else current, say("by_saying"),
        speakers, current if by_speaker else "", say("by_speaker"),
    )  # fmt: skip


def _sayings(said: Said, here: Address, say: Messages) -> Markup:
    lines = Markup("").join(_saying(one, said.sought.words, say) for one in said.sayings)
    return Markup('<ol class="findings sayings" start="{}">{}</ol>').format((said.page - 1) * PAGE + 1, lines)


def _saying(one: Saying, words: str, say: Messages) -> Markup:
    """The words first, then whose they are, then where they stand."""
    kind = Markup("") if not one.indirect else Markup('<span class="kind">{}</span>').format(say("said_reported"))
    shown = marked(one.words, (0, len(one.words)), matches(one.words, words, one.language) if words else ())
    opened, closed = ("", "") if one.indirect else ("«\u00a0", "\u00a0»") if one.language == FRENCH else ("“", "”")
    badge = wording.status(one.status, one.embargo, say)
    day = wording.listed([wording.day(one.published, say), one.issuer or ""])
    return Markup(
        '<li class="finding saying {}"><blockquote lang="{}">{}{}{}</blockquote><p class="whose">{}{}{}</p>'
        '<p class="facts">{}<span>{}</span></p>{}<p class="row">{}</p></li>'
    ).format(
        "reported" if one.indirect else "direct",
        one.language,
        opened,
        shown,
        closed,
        Markup("<strong>{}</strong>").format(typeset(wording.on_one_line(one.speaker or say("said_nobody")))),
        typeset(f", {wording.on_one_line(one.role)}") if one.role else "",
        kind,
        choosing.titled(one.release_id, one.version, one.span.start, one.span.end, wording.title(one.title, say)),
        day,
        Markup('<p class="badge">{}</p>').format(badge) if badge else "",
        Markup('<button type="button" class="copy" data-copy="{}">{}</button>').format(
            reference(one, say), say("said_copy")
        ),
    )


def reference(one: Saying, say: Messages) -> str:
    """A quotation with its reference, as it is copied."""
    words = wording.on_one_line(one.words)
    french = say.language == FRENCH
    said = words if one.indirect else f"«\u00a0{words}\u00a0»" if french else f"“{words}”"
    whose = ", ".join(wording.on_one_line(part) for part in (one.speaker or say("said_nobody"), one.role or "") if part)
    reported = f" ({say('said_reported')})" if one.indirect else ""
    title = wording.title(one.title, say)
    source = ", ".join(
        part
        for part in (
            wording.on_one_line(one.issuer or ""),
            f"«\u00a0{title}\u00a0»" if french else f"“{title}”",
            wording.day(one.published, say),
            say("reference", reference=wording.on_one_line(one.reference)) if one.reference else "",
        )
        if part
    )
    badge = wording.status(one.status, one.embargo, say)
    return typeset(f"{said}\n{whose}{reported}. {source}." + (f" {badge}." if badge else ""))


def _speakers(said: Said, here: Address, say: Messages) -> Markup:
    assert said.speakers is not None
    lines = Markup("").join(_speaker(one, here, say) for one in said.speakers.first)
    return Markup('<ol class="findings speakers" start="{}">{}</ol>').format((said.page - 1) * PAGE + 1, lines)


def _speaker(one: Speaker, here: Address, say: Messages) -> Markup:
    href = here.without("by").without("named").having(speaker=one.key)
    when = _when(one.first, one.last, say)
    return Markup(
        '<li class="finding speaker"><h4><a class="title" href="{}">{}</a></h4><p class="facts">{}</p></li>'
    ).format(
        href,
        typeset(wording.on_one_line(one.name)),
        wording.listed([one.role or "", say.counted("sayings", one.sayings), when]),
    )


def _when(first: date | None, last: date | None, say: Messages) -> str:
    if first is None or last is None:
        return ""
    return (
        in_words(Period(first, first), say.language) if first == last else in_words(Period(first, last), say.language)
    )


def offered(speakers: Speakers, here: Address, say: Messages) -> Markup:
    """Those whose name begins so, as one types it."""
    if not speakers.first:
        return Markup('<p class="none">{}</p>').format(say("said_nobody_named"))
    items = Markup("").join(
        Markup('<li><a href="{}"><span class="name">{}</span> <span class="counted">{}</span></a></li>').format(
            here.without("by").without("named").having(speaker=one.key),
            typeset(wording.listed([one.name, one.role or ""])),
            say.number(one.sayings),
        )
        for one in speakers.first
    )
    return Markup('<ul aria-label="{}">{}</ul>').format(say.counted("speakers", speakers.total), items)


def _facets(said: Said, here: Address, say: Messages) -> Markup:
    sought, heard = said.sought, said.heard
    here = here.without("by")
    kinds = {"direct": heard.direct, "reported": heard.indirect}
    kind = "" if sought.indirect is None else "reported" if sought.indirect else "direct"
    speakers = {one.key: one.sayings for one in heard.speakers.first}
    names = {one.key: one.name for one in heard.speakers.first}
    if said.speaker is not None:
        names[said.speaker.key] = said.speaker.name
    groups = (
        (
            "said_by",
            _one_of("speaker", speakers, sought.speaker, here, lambda key: names.get(key, key)),
        ),
        ("said_office", _one_of("office", heard.offices, sought.office, here, wording.on_one_line)),
        (
            "said_kind",
            _one_of("kind", {k: n for k, n in kinds.items() if n}, kind, here, lambda k: say(_kind(k == "reported"))),
        ),
        ("facet_year", choosing.years(heard.years, sought.within.period, here)),
        ("issuer", choosing.choices("issuer", heard.issuers, sought.within.issuers, here)),
    )
    return choosing.facets(((say(key), values) for key, values in groups), say("find_narrow"), say)


def _kind(indirect: bool) -> str:
    return "kind_reported" if indirect else "kind_direct"


def _one_of(
    key: str, counted: Mapping[str, int], chosen: str, here: Address, name: Callable[[str], str]
) -> list[choosing.Choice]:
    """The values of a parameter that has one at most."""
    every = {**({chosen: 0} if chosen and chosen not in counted else {}), **counted}
    return [
        choosing.Choice(
            name(one), count, here.without(key) if one == chosen else here.having(**{key: one}), one == chosen
        )
        for one, count in every.items()
    ]


def _ways_out(said: Said, here: Address, say: Messages) -> Iterator[tuple[Address, str]]:
    """What to take back where nothing is left."""
    sought = said.sought
    if sought.words:
        yield here.without("words"), say("without", what=sought.words)
    if said.named:
        yield here.without("named"), say("without", what=said.named)
    if sought.speaker:
        yield here.without("speaker"), say("without", what=said.speaker.name if said.speaker else sought.speaker)
    if sought.office:
        yield here.without("office"), say("without", what=sought.office)
    if sought.within.period != Period():
        off = here.without("from").without("to")
        yield off, say("without", what=in_words(sought.within.period, say.language))
    for issuer in sought.within.issuers:
        yield here.without("issuer", issuer), say("without", what=wording.on_one_line(issuer))
    if sought.indirect is not None:
        yield here.without("kind"), say("without", what=say(_kind(sought.indirect)))
