"""One curated answer as HTML: its state, and the form it is written in.

Every value is escaped by markupsafe as it is set in. Knows neither routes nor the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from markupsafe import Markup

from assistant.understood import languages
from assistant.web import wording
from assistant.web.asked import opener
from assistant.web.entries import facts, fallen, state_of
from assistant.web.messages import Messages, typeset
from store.entries import LONGEST, MOST_RELEASES, MOST_VARIANTS, Entry, State
from store.inventory import Kept

NEW = "new"
"""The id, in the page's addresses, of an entry that is not kept yet."""
OFFERED = 6
"""Releases that are offered for a few words."""
SPOKEN = ("fr", "en", "de", "it")


@dataclass(frozen=True, slots=True)
class Sheet:
    """An entry with the releases it rests on, as the visitor may see them; `said` tells what was just done."""

    entry: Entry | None
    releases: Mapping[str, Kept]
    said: str = ""


def edition(entry: Entry) -> str:
    """Another text once the entry, or what it rests on, is another."""
    told = (entry.changed.isoformat(), entry.releases, entry.fallen, entry.state)
    return blake2b(repr(told).encode(), digest_size=8).hexdigest()


def page(sheet: Sheet, writes: bool, say: Messages) -> Markup:
    """The entry in a page of its own: its state, the form, and room for what the press will read."""
    entry = sheet.entry
    back = Markup('<p class="back"><a href="#press?view=entries">{}</a></p>').format(say("entry_back"))
    title = say("entry_title_new") if entry is None else say("entry_title")
    return Markup(
        '<div class="one-entry" data-entry="{}">{}<h3 tabindex="-1">{}</h3>{}{}{}<div class="public"></div></div>'
    ).format(
        NEW if entry is None else entry.id,
        back,
        title,
        _state(entry, say),
        _done(sheet.said),
        _form(sheet, writes, say),
    )


def _state(entry: Entry | None, say: Messages) -> Markup:
    if entry is None:
        return Markup("")
    return Markup('<p class="facts"><strong class="badge {}">{}</strong> {}</p>{}').format(
        state_of(entry),
        say(f"entry_{state_of(entry)}"),
        wording.listed(facts(entry, say)),
        fallen(entry, False, say),
    )


def _done(said: str) -> Markup:
    return Markup('<p class="done" role="status">{}</p>').format(said) if said else Markup("")


def unseen(entry: Entry, say: Messages) -> Markup:
    """What stands there for a visitor who may not read it."""
    return Markup(
        '<div class="one-entry"><p class="back"><a href="#press?view=entries">{}</a></p><h3 tabindex="-1">{}</h3>'
        '<p class="nothing">{}</p></div>'
    ).format(say("entry_back"), typeset(entry.question), say("entry_hidden"))


def _form(sheet: Sheet, writes: bool, say: Messages) -> Markup:
    entry = sheet.entry
    read_only = Markup("") if writes else Markup(" readonly")
    cited = [] if entry is None else [release_id for release_id, _ in entry.releases]
    return Markup(
        '<form class="entry-form" data-entry="{}" data-edition="{}" novalidate>{}{}{}{}<div class="fields">{}{}{}</div>'
        '<div class="said" role="alert"></div>{}</form>'
    ).format(
        NEW if entry is None else entry.id,
        "" if entry is None else edition(entry),
        _line("question", "" if entry is None else entry.question, read_only, say),
        _area("variants", "\n".join(() if entry is None else entry.variants), 3, read_only, say),
        _area("answer", "" if entry is None else entry.answer, 10, read_only, say),
        _releases(cited, sheet.releases, writes, say),
        _valid(entry, read_only, say),
        _owner(entry, read_only, say),
        _language("fr" if entry is None else entry.language, writes, say),
        _acts(entry, writes, say),
    )


def _line(name: str, value: str, read_only: Markup, say: Messages) -> Markup:
    return Markup(
        '<div class="field wide"><label for="entry-{0}">{1}</label><input id="entry-{0}" name="{0}" value="{2}" '
        'maxlength="{3}" autocomplete="off"{4}></div>'
    ).format(name, say(f"entry_{name}"), value, LONGEST[name], read_only)


def _area(name: str, value: str, rows: int, read_only: Markup, say: Messages) -> Markup:
    most = LONGEST["answer"] if name == "answer" else MOST_VARIANTS * (LONGEST["question"] + 1)
    hint = Markup('<p class="hint" id="entry-answer-hint">{}</p>').format(say("entry_answer_hint"))
    described = Markup(' aria-describedby="entry-answer-hint"') if name == "answer" else Markup("")
    return Markup(
        '<div class="field wide"><label for="entry-{0}">{1}</label><textarea id="entry-{0}" name="{0}" rows="{2}" '
        'maxlength="{3}"{4}{5}>\n{6}</textarea>{7}</div>'
    ).format(name, say(f"entry_{name}"), rows, most, read_only, described, value, hint if name == "answer" else "")


def _releases(cited: Sequence[str], known: Mapping[str, Kept], writes: bool, say: Messages) -> Markup:
    chosen = Markup("").join(chosen_release(one, known.get(one), writes, say) for one in cited)
    field = Markup("")
    if writes:
        field = Markup(
            '<div class="field"><label for="entry-find">{}</label><input id="entry-find" type="search" '
            'class="find-release" maxlength="200" autocomplete="off" data-most="{}"></div>'
            '<div class="offered" aria-live="polite"></div>'
        ).format(say("entry_releases_find"), MOST_RELEASES)
    return Markup(
        '<fieldset class="rests-on"><legend>{}</legend><p class="hint">{}</p><ul class="chosen">{}</ul>{}</fieldset>'
    ).format(say("entry_releases"), say("entry_releases_hint"), chosen, field)


def chosen_release(release_id: str, known: Kept | None, writes: bool, say: Messages) -> Markup:
    """A release an entry rests on: its title, which opens it, its state, and how to take it off."""
    title = say("entry_release_gone") if known is None else typeset(wording.title(known.entry.title, say))
    shown = Markup("<span>{}</span>").format(title) if known is None else opener(known.entry, say)
    off = Markup('<button type="button" class="off" aria-label="{}">×</button>').format(
        say("entry_release_off", title=title)
    )
    return Markup('<li data-id="{}"><div>{}{}</div>{}</li>').format(
        release_id, shown, Markup("") if known is None else _about(known, say), off if writes else ""
    )


def _about(known: Kept, say: Messages) -> Markup:
    entry = known.entry
    told = [
        wording.day(entry.published, say),
        entry.issuer or "",
        wording.status(entry.status, known.embargo, say) or "",
    ]
    return Markup('<p class="facts">{}</p>').format(wording.listed(told))


def offered(found: Sequence[Kept], say: Messages) -> Markup:
    """Releases that a few words name, each to be added."""
    lines = Markup("").join(
        Markup('<li><button type="button" class="add" data-id="{}" aria-label="{}">{}{}</button>'
               "<template>{}</template></li>").format(
            one.entry.id,
            say("entry_release_add", title=wording.title(one.entry.title, say)),
            Markup('<span class="title">{}</span>').format(typeset(wording.title(one.entry.title, say))),
            _about(one, say),
            chosen_release(one.entry.id, one, True, say),
        )
        for one in found
    )  # fmt: skip
    return Markup('<p class="hint">{}</p><ul>{}</ul>').format(say.counted("entry_releases_found", len(found)), lines)


def _valid(entry: Entry | None, read_only: Markup, say: Messages) -> Markup:
    day = "" if entry is None or entry.valid_until is None else entry.valid_until.isoformat()
    return Markup(
        '<div class="field"><label for="entry-valid">{}</label><input id="entry-valid" name="valid_until" type="date" '
        'value="{}" min="2000-01-01" max="2200-12-31"{}></div>'
    ).format(say("entry_valid"), day, read_only)


def _owner(entry: Entry | None, read_only: Markup, say: Messages) -> Markup:
    return Markup(
        '<div class="field"><label for="entry-owner">{}</label><input id="entry-owner" name="owner" value="{}" '
        'maxlength="{}" autocomplete="off"{}></div>'
    ).format(say("entry_by"), "" if entry is None else entry.owner, LONGEST["owner"], read_only)


def _language(language: str, writes: bool, say: Messages) -> Markup:
    names = languages(say.language)
    options = Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            one, Markup(" selected") if one == language else "", names.get(one, one)
        )
        for one in dict.fromkeys((*SPOKEN, language))
    )
    return Markup(
        '<div class="field"><label for="entry-language">{}</label><select id="entry-language" name="language"{}>{}'
        "</select></div>"
    ).format(say("entry_language"), "" if writes else Markup(" disabled"), options)


def _acts(entry: Entry | None, writes: bool, say: Messages) -> Markup:
    if not writes:
        return Markup("")
    more, online = Markup(""), entry is not None and entry.state is State.APPROVED
    if online:
        more += Markup('<button type="button" data-act="draft">{}</button>').format(say("entry_to_draft"))
    if entry is not None:
        more += Markup('<button type="button" class="danger-last" data-act="remove" data-sure="{}">{}</button>').format(
            say("entry_remove_sure"), say("entry_remove")
        )
    return Markup(
        '<p class="acts"><button type="button" class="main" data-act="review">{}</button>'
        '<button type="submit">{}</button>{}</p>'
    ).format(say("entry_read" if online else "entry_review"), say("entry_save"), more)
