"""The search tab: its form, what narrows the list and how to take it back, facets, and the list itself.

Whatever can be chosen is a link whose address says it whole. Knows nothing about how
releases are found. Every value is escaped by markupsafe as it is set in.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from assistant.declined import PLAIN
from assistant.finding import NEAREST, PAGE, Finding, Findings, Search
from assistant.web import bars, choosing, wording
from assistant.web.addresses import Address
from assistant.web.chips import language
from assistant.web.excerpts import excerpt
from assistant.web.messages import Messages, typeset
from store.period import Period, in_words
from store.records import Release, Span


def pane(search: Search, found: Findings, here: Address, say: Messages) -> Markup:
    """The whole tab; `here` is its address."""
    return Markup('<h2>{}</h2>{}<div class="found">{}</div>').format(
        say("find_title"), form(search, here, say), results(search, found, here, say)
    )


def form(search: Search, here: Address, say: Messages) -> Markup:
    """Words and a period; what else narrows stays as the address says."""
    return Markup(
        '<form class="seeking" data-place="find" role="search" aria-label="{}"><label class="words"><span>{}</span>'
        '<input type="search" name="q" value="{}" maxlength="500" autocomplete="off" placeholder="{}"></label>{}{}'
        '<button type="submit" class="primary">{}</button></form>'
    ).format(
        say("find_title"),
        say("find_words"),
        search.words,
        say("find_hint"),
        choosing.days(search.filters.period, say),
        choosing.kept(here, ("q", "from", "to", "no", "order")),
        say("find_go"),
    )


def results(search: Search, found: Findings, here: Address, say: Messages) -> Markup:
    """Everything below the form."""
    drawn = bars.drawn(found.over_time, "found-bars", lambda period: str(choosing.dated(here, period)), say)
    return Markup('{}{}<div class="columns">{}<div class="list">{}{}{}</div></div>').format(
        choosing.chips(_chips(search, found, here, say), say),
        drawn,
        _facets(search, found, here, say),
        _head(found, here, say),
        _list(search, found, here, say),
        choosing.pages(found.total, search.page, PAGE, here, say),
    )


def _chips(search: Search, found: Findings, here: Address, say: Messages) -> Iterator[Markup]:
    """What narrows the list: chosen, or read in the words; each can be taken back."""
    chosen, filters = search.filters, found.filters
    if filters.period != Period():
        label = say("period" if chosen.period != Period() else "period_read")
        yield choosing.chip(label, in_words(filters.period, say.language), _any_time(search, here), say)
    for issuer in filters.issuers:
        label = say("issuer" if chosen.issuers else "issuer_read")
        yield choosing.chip(label, issuer, _without_issuer(search, issuer, here), say)
    for code in filters.languages:
        yield choosing.chip(say("language"), language(code, say), here.without("language", code), say)
    for rubric in filters.rubrics:
        yield choosing.chip(say("rubric"), rubric, here.without("rubric", rubric), say)
    for status in search.statuses:
        yield choosing.chip(say("status"), say(f"status_{status}"), here.without("status", status), say)
    for written, meant in found.inferred.corrections:
        off = here.adding("no", f"spelling:{written}")
        yield choosing.chip(say("meant"), typeset(f"{written} → {meant}"), off, say)
    for name in search.declined:
        yield Markup('<li class="restored"><a href="{}">{}</a></li>').format(
            here.without("no", name), say("read_again", what=_declined(name, say))
        )


def _any_time(search: Search, here: Address) -> Address:
    """The address without a period, whoever set it."""
    without = here.without("from").without("to")
    return without if search.filters.period != Period() else without.adding("no", "period")


def _without_issuer(search: Search, issuer: str, here: Address) -> Address:
    return here.without("issuer", issuer) if search.filters.issuers else here.adding("no", f"issuer:{issuer}")


def _declined(name: str, say: Messages) -> str:
    kind, _, of = name.partition(":")
    return wording.on_one_line(of) if of else say(kind) if kind in PLAIN else wording.on_one_line(name)


def _head(found: Findings, here: Address, say: Messages) -> Markup:
    """How many there are, and the order they are in."""
    if not found.total:
        return Markup("")
    names = [("best", "order_best")] if found.ranked else []
    names += [("newest", "order_newest"), ("oldest", "order_oldest")]
    key = "extent" if not found.ranked else "nearest" if found.total >= NEAREST else "near"
    counted = say.counted(key, found.total)
    return Markup('<div class="head"><h3 tabindex="-1">{}</h3>{}</div>').format(
        counted, choosing.orders(names, found.order, here, say)
    )


def _list(search: Search, found: Findings, here: Address, say: Messages) -> Markup:
    if found.lines:
        lines = Markup("").join(_line(one, found, say) for one in found.lines)
        return Markup('<ol class="findings" start="{}">{}</ol>').format((search.page - 1) * PAGE + 1, lines)
    if found.total:
        return choosing.nothing(say("beyond_last"), [(here.at_page(1), say("first_page"))])
    ways_out = list(_ways_out(search, found, here, say))
    return choosing.nothing(say("find_none" if ways_out else "find_empty"), ways_out)


def _line(one: Finding, found: Findings, say: Messages) -> Markup:
    release = one.release
    start = _told_from(release, one.span)
    badge = wording.status(release.status, release.embargo, say)
    foreign = language(release.language, say) if release.language != say.language else ""
    facts = [wording.day(release.published, say), release.issuer or "", release.rubric or "", foreign]
    title = wording.title(release.title, say)
    return Markup(
        '<li class="finding"><h4>{}</h4><p class="facts">{}</p>{}<p class="passage" lang="{}">{}</p>{}</li>'
    ).format(
        choosing.titled(release.id, release.version, one.span.start, one.span.end, title),
        wording.listed(facts),
        Markup('<p class="badge">{}</p>').format(badge) if badge else "",
        release.language,
        excerpt(release.text[start : one.span.end], found.sought, release.language),
        Markup('<p class="why">{}</p>').format(typeset(wording.listed(one.why))) if one.why else "",
    )


def _told_from(release: Release, span: Span) -> int:
    """Where a passage begins to tell: behind what stands above the lead."""
    lead = release.lead.start if release.lead else span.start
    return lead if span.start < lead < span.end else span.start


def _ways_out(search: Search, found: Findings, here: Address, say: Messages) -> Iterator[tuple[Address, str]]:
    """What to take back where nothing is left."""
    filters = found.filters
    if filters.period != Period():
        yield _any_time(search, here), say("without", what=in_words(filters.period, say.language))
    for issuer in filters.issuers:
        yield _without_issuer(search, issuer, here), say("without", what=wording.on_one_line(issuer))
    for code in filters.languages:
        yield here.without("language", code), say("without", what=language(code, say))
    for rubric in filters.rubrics:
        yield here.without("rubric", rubric), say("without", what=wording.on_one_line(rubric))
    for status in search.statuses:
        yield here.without("status", status), say("without", what=say(f"status_{status}"))
    if search.words:
        yield here.without("q").without("no"), say("without_words")


def _facets(search: Search, found: Findings, here: Address, say: Messages) -> Markup:
    facets, chosen = found.facets, found.filters
    statuses = {str(status): count for status, count in facets.statuses.items()}
    groups = (
        ("facet_year", choosing.years(facets.years, chosen.period, here)),
        ("issuer", choosing.choices("issuer", facets.issuers, search.filters.issuers, here)),
        (
            "language",
            choosing.choices(
                "language", facets.languages, chosen.languages, here, name=lambda code: language(code, say)
            ),
        ),
        ("rubric", choosing.choices("rubric", facets.rubrics, chosen.rubrics, here)),
        (
            "status",
            choosing.choices("status", statuses, search.statuses, here, name=lambda one: say(f"status_{one}")),
        ),
    )
    return choosing.facets(((say(key), values) for key, values in groups), say("find_narrow"), say)
