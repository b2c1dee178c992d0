"""What stands around a release's text: what to do with it, doubts, quotations, versions, kin, what was understood.

Every value is escaped by markupsafe as it is set in. Knows nothing of who looks: it is given
what they may see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urlencode, urlsplit

from markupsafe import Markup

from assistant.understood import facts
from assistant.web import wording
from assistant.web.messages import Messages
from assistant.web.originals import Original
from store.records import Quote, Release, Source, Span, Status
from store.view import Entry, Related

NOBODY = Related((), (), (), ())
LONGEST = 220
"""Characters of a quotation in the list of them."""


def doings(release: Release, original: Original, quoted: bool, say: Messages) -> Markup:
    """What can be done with the release: links to copy, the document it came as, the publication, paper."""
    button = Markup('<button type="button" class="plain" data-does="{}">{}</button>')
    items = [button.format("link", say("copy_link"))]
    if quoted:
        items.append(button.format("citation", say("copy_citation_link")))
    if original is Original.HERE:
        where = f"/room/release/{release.id}/original?version={release.version}"
        items.append(Markup('<a href="{}" download>{}</a>').format(where, say("download_original")))
    if publication := _followed(release.url):
        items.append(
            Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(publication, say("original"))
        )
    items.append(button.format("print", say("print")))
    listed = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    return Markup('<ul class="doings">{}</ul>').format(listed)


def around(
    release: Release, related: Related, versions: Sequence[Release], original: Original, say: Messages
) -> Markup:
    """Below the text: doubts first, then what people said, versions, kin, and all that was understood."""
    return Markup("").join(
        (
            _doubts(release, say),
            _quotes(release, say),
            _versions(release, versions, say),
            _kin(related, say),
            _understood(release, say),
            _why_no_original(original, say),
        )
    )


def _why_no_original(original: Original, say: Messages) -> Markup:
    words = {Original.ABSENT: "original_absent", Original.RESERVED: "original_reserved"}.get(original)
    return Markup('<p class="facts">{}</p>').format(say(words)) if words else Markup("")


def to_release(release_id: str, words: str, version: int | None = None, span: Span | None = None) -> Markup:
    """A link that opens a release beside what is read; by itself it is the permanent address."""
    place: dict[str, int] = {} if version is None else {"version": version}
    if span is not None:
        place |= {"start": span.start, "end": span.end}
    data = Markup("").join(Markup(' data-{}="{}"').format(key, value) for key, value in place.items())
    return Markup('<a href="{}" data-release="{}"{}>{}</a>').format(
        f"/r/{release_id}" + (f"?{urlencode(place)}" if place else ""), release_id, data, words
    )


def to_entry(entry: Entry, say: Messages) -> Markup:
    """A release as a link, with who published it and when."""
    said = wording.listed([entry.issuer or "", wording.day(entry.published, say), _status(entry, say)])
    return Markup('{} <span class="facts">{}</span>').format(
        to_release(entry.id, wording.title(entry.title, say)), said
    )


def _status(entry: Entry, say: Messages) -> str:
    return "" if entry.status is Status.PUBLISHED else say(entry.status.value)


def _part(name: str, heading: str, inside: Markup) -> Markup:
    return Markup('<section class="part {}"><h3>{}</h3>{}</section>').format(name, heading, inside)


def _items(items: Sequence[Markup]) -> Markup:
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(item) for item in items))


def _doubts(release: Release, say: Messages) -> Markup:
    if not release.doubts:
        return Markup("")
    doubts = [Markup('<span lang="fr">{}</span>').format(wording.told(doubt)) for doubt in release.doubts]
    return _part("doubts", say("doubts"), _items(doubts))


def _quotes(release: Release, say: Messages) -> Markup:
    """Who said what, each leading to where it stands."""
    direct = [quote for quote in release.quotes if not quote.indirect]
    if not direct:
        return Markup("")
    return _part("said", say("quotes_read"), _items([_quote(release, quote, say) for quote in direct]))


def _quote(release: Release, quote: Quote, say: Messages) -> Markup:
    words = wording.on_one_line(quote.span.of(release.text))
    short = words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"
    who = ", ".join(part for part in (quote.speaker, quote.role) if part) or say("speaker_unknown")
    opened = to_release(release.id, say("quoted_words", words=short), release.version, quote.span)
    return Markup('<span lang="{}">{}</span> <span class="facts">{}</span>').format(release.language, opened, who)


def _versions(release: Release, versions: Sequence[Release], say: Messages) -> Markup:
    """Every version, newest first, and what changed from the one before."""
    if len(versions) < 2:
        return Markup("")
    before = {after.version: one for one, after in pairwise(versions)}
    items = [_version(each, before.get(each.version), release, say) for each in reversed(versions)]
    return _part("versions", say("versions"), _items(items))


def _version(version: Release, before: Release | None, shown: Release, say: Messages) -> Markup:
    name = say("version_number", version=version.version)
    here = version.version == shown.version
    named = Markup('<strong aria-current="true">{}</strong>').format(name) if here else to_release(
        version.id, name, version.version
    )  # fmt: skip
    told = wording.listed([_read_on(version.source, say), _state(version, say), say("shown_here") if here else ""])
    compare = Markup("")
    if before is not None:
        where = (
            f"/room/release/{version.id}/differences?{urlencode({'before': before.version, 'after': version.version})}"
        )
        compare = Markup(
            ' <button type="button" class="plain" data-differences="{}" aria-expanded="false">{}</button>'
            '<div class="differences" hidden></div>'
        ).format(where, say("compare", version=before.version))
    return Markup('{} <span class="facts">{}</span>{}').format(named, told, compare)


def _read_on(source: Source, say: Messages) -> str:
    return say("read_on", day=wording.day(source.received.date(), say)) if source.received else ""


def _state(version: Release, say: Messages) -> str:
    return say("in_force") if version.status in (Status.PUBLISHED, Status.EMBARGOED) else say(version.status.value)


def _kin(related: Related, say: Messages) -> Markup:
    """What it corrects or is corrected by, its translations, the same text elsewhere."""
    kinds = (
        ("corrects", related.corrects),
        ("corrected_by", related.corrected_by),
        ("translations", related.translations),
        ("reprints", related.reprints),
    )
    return Markup("").join(
        _part(f"kin {name}", say(f"kin_{name}"), _items([to_entry(entry, say) for entry in entries]))
        for name, entries in kinds
        if entries
    )


def _understood(release: Release, say: Messages) -> Markup:
    """Every field read in the release, and where it was read."""
    bare = replace(release, doubts=(), quotes=tuple(quote for quote in release.quotes if quote.indirect))
    rows = Markup("").join(
        Markup("<dt>{}</dt><dd>{}{}</dd>").format(
            fact.field, fact.value, Markup(' <span class="origin">{}</span>').format(fact.origin) if fact.origin else ""
        )
        for fact in facts(bare, NOBODY, say.language)
    )
    return Markup('<details class="facts-read"><summary>{}</summary><dl>{}</dl></details>').format(
        say("understood"), rows
    )


def _followed(url: str | None) -> str:
    """The publication's address, where it is one a browser may safely follow; else ""."""
    try:
        return (url or "") if urlsplit(url or "").scheme in ("http", "https") else ""
    except ValueError:
        return ""
