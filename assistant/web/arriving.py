"""Files handed in, as HTML: the place to drop them, how far each is, and a card for each document found.

Every value is escaped by markupsafe as it is set in. Knows neither routes nor the tray.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.tray import Prospect
from assistant.web import amending, wording
from assistant.web.messages import Messages
from assistant.web.unreadable import kind
from store.arrival import Arrival, Found, State
from store.records import Release, Status
from store.view import Entry

PREVIEW = 3_000
"""Characters of a text that are shown before it is in the archive."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A document found, what would become of it, and the releases that this speaks of, by id."""

    found: Found
    prospect: Prospect | None = None
    entries: Mapping[str, Entry] | None = None


def section(arrivals: Markup, largest: int, say: Messages) -> Markup:
    """Where files are dropped, and those that wait."""
    limit = size(largest, say)
    texts = {
        "large": say("add_large", name="{name}", size=limit),
        "lost": say("add_lost", name="{name}"),
        "sending": say("add_sending"),
        "cancel": say("add_cancel"),
        "read": say("add_read", name="{name}"),
    }
    told = Markup("").join(Markup(' data-{}="{}"').format(key, text) for key, text in texts.items())
    return Markup(
        '<section class="adding" aria-labelledby="adding-title"><h3 id="adding-title">{}</h3>'
        '<div class="drop" data-largest="{}"{}><p><strong>{}</strong> {} '
        '<label class="pick">{}<input type="file" multiple class="unseen"></label></p><p class="hint">{}</p></div>'
        '<ul class="coming" aria-label="{}"></ul><div class="arrivals" aria-label="{}" role="region">{}</div></section>'
    ).format(
        say("add_title"),
        largest,
        told,
        say("add_drop"),
        say("add_or"),
        say("add_choose"),
        say("add_hint", size=limit),
        say("add_coming"),
        say("add_waiting"),
        arrivals,
    )


def stamp(arrival: Arrival, progress: int) -> str:
    """Another text as soon as a file would be drawn otherwise by itself; decisions on single cards are drawn there."""
    return f"{arrival.state}-{arrival.counts.get(State.ACCEPTING, 0)}-{progress}"


def article(arrival: Arrival, progress: int, inside: Markup, say: Messages) -> Markup:
    """One file: its name, who handed it in, and how far it is."""
    local = arrival.at.astimezone(wording.PARIS)
    values = {"day": wording.day(local.date(), say), "time": wording.time(local, say)}
    named = arrival.by and arrival.by != "local"
    by = say("add_by", name=arrival.by, **values) if named else say("add_on", **values)
    facts = [size(arrival.size, say), by]
    if arrival.documents > 1:
        facts.insert(0, say.counted("add_holds", arrival.documents))
    return Markup(
        '<article class="arrival {}" data-arrival="{}" data-stamp="{}" data-name="{}"><header><h4 tabindex="-1">{}</h4>'
        '<p class="facts">{}</p></header>{}</article>'
    ).format(
        arrival.state,
        arrival.id,
        stamp(arrival, progress),
        arrival.name,
        arrival.name,
        wording.listed(facts),
        inside,
    )


def reading(progress: int, say: Messages) -> Markup:
    """A file that is being read."""
    so_far = Markup(" <span>{}</span>").format(say.counted("add_so_far", progress)) if progress else Markup("")
    return Markup('<p class="state busy" role="status">{}{}</p>').format(say("add_reading"), so_far)


def unreadable(reason: str | None, say: Messages) -> Markup:
    """Why a whole file could not be read, and what to do."""
    return Markup('<div class="why"><p><strong>{}</strong></p>{}</div><p class="acts">{}</p>').format(
        say("add_unreadable"),
        _why(reason or "", say),
        Markup('<button type="button" data-discard>{}</button>').format(say("add_take_away")),
    )


def listing(documents: Sequence[Weighed], arrival: Arrival, first: int, say: Messages) -> Markup:
    """Several documents of one file: a line each, which opens its card; and what can be done with all."""
    lines = Markup("").join(line(each, say) for each in documents)
    return Markup('{}<div class="lines">{}</div>{}').format(
        _together(arrival, say) if not first else Markup(""),
        lines,
        _more(arrival, first + len(documents), say),
    )


def line(each: Weighed, say: Messages) -> Markup:
    """A document of several as a line."""
    found = each.found
    if found.state is not State.WAITING:
        return Markup('<div class="line">{}</div>').format(outcome(each, say))
    assert found.release is not None
    release = found.release
    facts = [release.issuer or "", wording.day(release.published, say), _verdict(each, say)]
    doubts = Markup("")
    if release.doubts:
        doubts = Markup(' <span class="doubts">{}</span>').format(say.counted("add_doubts", len(release.doubts)))
    return Markup(
        '<details class="line" data-card="{}"><summary><span class="title">{}</span> <span class="facts">{}{}</span>'
        '</summary><div class="inside"></div></details>'
    ).format(f"{found.arrival_id}/{found.ordinal}", wording.title(release.title, say), wording.listed(facts), doubts)


def card(each: Weighed, say: Messages) -> Markup:
    """A document that waits: what would become of it, what was understood, and fields to put right."""
    found, release = each.found, each.found.release
    assert release is not None
    if each.prospect is not None and each.prospect.foreseen.outcome == "unchanged":
        return _known(each, say)
    place = f"c-{found.arrival_id}-{found.ordinal}"
    before = ""
    if found.reason:
        before = amending.failed(say("add_failed_before", reason=found.reason))
    return Markup(
        '<form class="card" data-card="{}" novalidate>{}{}{}{}<p class="facts">{}</p>{}{}'
        '<div class="said" role="alert"></div><p class="acts"><button type="submit" class="main">{}</button>'
        '<button type="button" data-discard aria-label="{}">{}</button></p></form>'
    ).format(
        f"{found.arrival_id}/{found.ordinal}",
        before,
        _foreseen(each, place, say),
        _doubts(release, say),
        amending.fields(release, place, say, amending.FIRST),
        wording.listed(_understood(release, say)),
        _revoked(found, say),
        _preview(release, say),
        say("add_accept"),
        say("add_discard_it", name=wording.title(release.title, say)),
        say("add_discard"),
    )


def outcome(each: Weighed, say: Messages) -> Markup:
    """What became of a document."""
    found = each.found
    if found.state is State.UNREADABLE:
        return Markup('<div class="why"><p class="title">{}</p>{}</div>').format(
            _short(found.name, say), _why(found.reason or "", say)
        )
    if found.state is State.ACCEPTING:
        return Markup('<p class="state busy" role="status">{}</p>').format(say("add_accepting"))
    if found.state is State.DISCARDED:
        return Markup('<p class="done" role="status">{}</p>').format(say("add_done_discarded"))
    entry = (each.entries or {}).get(found.release_id or "")
    return Markup('<p class="done" role="status">{} {}</p>').format(
        say(f"add_done_{found.outcome}"), opener(found.release_id or "", entry, say)
    )


def opener(release_id: str, entry: Entry | None, say: Messages) -> Markup:
    """A release's title, which opens it."""
    words = wording.title(entry.title, say) if entry else release_id
    return Markup('<button type="button" class="link" data-release="{}">{}</button>').format(release_id, words)


def size(count: int, say: Messages) -> str:
    """« 1,2 Mo »."""
    if count < 1_000:
        return say("bytes", size=count)
    unit, many = ("kilobytes", count / 1024) if count < 1_000_000 else ("megabytes", count / 1024**2)
    written = f"{many:.1f}" if many < 10 else f"{many:.0f}"
    written = written.removesuffix(".0")
    return say(unit, size=written.replace(".", ",") if say.language == "fr" else written)


def _together(arrival: Arrival, say: Messages) -> Markup:
    if not arrival.counts.get(State.WAITING):
        return Markup("")
    return Markup(
        '<p class="acts together"><button type="button" class="main" data-accept-sure>{}</button>'
        '<button type="button" data-discard data-sure="{}">{}</button></p>'
    ).format(say("add_accept_sure"), say("add_sure_discard"), say("add_discard_all"))


def _more(arrival: Arrival, shown: int, say: Messages) -> Markup:
    if shown >= arrival.documents:
        return Markup("")
    return Markup('<p class="acts"><button type="button" data-more="{}">{}</button></p>').format(shown, say("add_more"))


def _verdict(each: Weighed, say: Messages) -> str:
    if each.prospect is None:
        return ""
    foreseen = each.prospect.foreseen
    if foreseen.outcome == "added":
        return say("add_resembles").rstrip(" :\u00a0") if each.prospect.resembling else say("add_new")
    words = say("add_known") if foreseen.outcome == "unchanged" else say("add_version", version=foreseen.version)
    return words.rstrip(" :\u00a0")


def _foreseen(each: Weighed, place: str, say: Messages) -> Markup:
    """What would become of a document, and what a person may say instead."""
    prospect, entries = each.prospect, each.entries or {}
    if prospect is None or (prospect.sure and prospect.foreseen.outcome == "added"):
        return Markup('<p class="fate new">{}</p>').format(say("add_new"))
    foreseen = prospect.foreseen
    if foreseen.outcome == "added":
        told = Markup(", ").join(opener(one, entries.get(one), say) for one in prospect.resembling)
        choices = Markup("").join(
            [
                _choice(place, "apart", say("add_as_new"), True),
                *(_choice(place, one, _as_version(entries.get(one), one, say), False) for one in prospect.resembling),
            ]
        )
        return Markup('<p class="fate like">{} {}</p>{}').format(say("add_resembles"), told, _choices(choices, say))
    entry = entries.get(foreseen.release_id or "")
    link = opener(foreseen.release_id or "", entry, say)
    why = say(f"add_by_{foreseen.by}") if foreseen.by else ""
    withdrawn = entry is not None and entry.status is Status.WITHDRAWN
    more = say("add_stays_withdrawn") if withdrawn else say("add_replaces")
    told = Markup('<p class="fate version">{} {} <span class="about">({})</span><br>{}</p>').format(
        say("add_version", version=foreseen.version), link, why, more
    )
    if foreseen.by != "name":
        return told
    version = _choice(place, foreseen.release_id or "", _as_version(entry, foreseen.release_id or "", say), True)
    return told + _choices(version + _choice(place, "apart", say("add_as_new"), False), say)


def _known(each: Weighed, say: Messages) -> Markup:
    """A document that is in the archive already: nothing is to be decided."""
    known = each.prospect.foreseen.release_id if each.prospect else None
    link = opener(known or "", (each.entries or {}).get(known or ""), say)
    return Markup(
        '<form class="card" data-card="{}"><p class="fate known">{} {}</p><div class="said" role="alert"></div>'
        '<p class="acts"><button type="button" data-discard>{}</button></p></form>'
    ).format(f"{each.found.arrival_id}/{each.found.ordinal}", say("add_known"), link, say("add_take_away"))


def _choices(choices: Markup, say: Messages) -> Markup:
    return Markup('<fieldset class="choices"><legend>{}</legend>{}</fieldset>').format(say("add_as"), choices)


def _choice(place: str, value: str, words: str, chosen: bool) -> Markup:
    return Markup('<label><input type="radio" name="{}-as" data-as value="{}"{}> {}</label>').format(
        place, value, Markup(" checked") if chosen else Markup(""), words
    )


def _as_version(entry: Entry | None, release_id: str, say: Messages) -> str:
    return say("add_as_version", title=wording.title(entry.title, say) if entry else release_id)


def _doubts(release: Release, say: Messages) -> Markup:
    if not release.doubts:
        return Markup("")
    lines = Markup("").join(Markup("<li>{}</li>").format(wording.told(doubt)) for doubt in release.doubts)
    return Markup('<div class="doubted"><p><strong>{}</strong></p><ul>{}</ul></div>').format(
        say("add_doubts_title"), lines
    )


def _understood(release: Release, say: Messages) -> list[str]:
    facts = [release.place or "", release.rubric or ""]
    if release.reference:
        facts.append(say("reference", reference=release.reference))
    facts += [say.counted("add_quotes", len(release.quotes)), say.counted("add_contacts", len(release.contacts))]
    if release.pages:
        facts.append(say.counted("add_pages", len(release.pages)))
    return facts


def _revoked(found: Found, say: Messages) -> Markup:
    if found.revoked is None:
        return Markup("")
    return Markup('<p class="fate version">{}</p>').format(say("add_revoked", reason=found.revoked))


def _preview(release: Release, say: Messages) -> Markup:
    cut = Markup('<p class="hint">{}</p>').format(say("add_cut")) if len(release.text) > PREVIEW else Markup("")
    return Markup(
        '<details class="preview"><summary>{}</summary><div class="text" lang="{}">{}</div>{}</details>'
    ).format(say("add_preview"), release.language, release.text[:PREVIEW].strip(), cut)


def _why(reason: str, say: Messages) -> Markup:
    family = kind(reason)
    return Markup('<p>{} {}</p><details class="technical"><summary>{}</summary><p lang="en">{}</p></details>').format(
        say(f"why_{family}"), say(f"why_{family}_advice"), say("add_technical"), reason
    )


def _short(name: str, say: Messages) -> str:
    """A document's name without what the tray puts before it; a line of a file in the reader's words."""
    short = name.partition("/")[2] or name
    file, line, number = short.rpartition(" line ")
    return say("add_line", name=file, line=number) if line and number.isdigit() else short
