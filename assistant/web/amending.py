"""Fields that a person may put right, as a form: what stands in each, and what the document says.

Every value is escaped by markupsafe as it is set in. Knows neither routes nor the archive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from markupsafe import Markup

from assistant.understood import languages
from assistant.web import wording
from assistant.web.around import to_entry
from assistant.web.messages import Messages
from store.amendments import FIELDS, LONGEST, Amendment, BadAmendment
from store.records import Release, Status
from store.view import Related

FIRST = ("title", "issuer", "published", "embargo")
"""What is put right most: the fields of a document that waits."""


def fields(
    release: Release, prefix: str, say: Messages, names: Sequence[str] = FIELDS, laid: Sequence[Amendment] = ()
) -> Markup:
    """An input for each field, named after it; `prefix` makes their ids unique on the page."""
    by_hand = {one.field: one for one in laid}
    return Markup('<div class="fields">{}</div>').format(
        Markup("").join(_field(release, name, f"{prefix}-{name}", by_hand.get(name), say) for name in names)
    )


def refused(error: BadAmendment, say: Messages) -> Markup:
    """Why a value cannot stand."""
    field = say(f"field_{error.field}") if error.reason != "field" else ""
    return failed(say(f"bad_{error.reason}", field=field))


def failed(words: str) -> Markup:
    """What did not work, for the script to set where it was asked."""
    return Markup('<p class="note failed" role="alert">{}</p>').format(words)


def kin(related: Related, say: Messages) -> Markup:
    """The releases of the same words that go on as they are, whatever becomes of this one; nothing where none do."""
    standing = (Status.PUBLISHED, Status.EMBARGOED)
    left = [one for one in (*related.translations, *related.reprints) if one.status in standing]
    if not left:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(to_entry(one, say)) for one in left)
    return Markup('<div class="hint"><p>{}</p><ul>{}</ul></div>').format(say("amend_kin"), items)


def form(release: Release, laid: Sequence[Amendment], related: Related, say: Messages) -> Markup:
    """« Corriger »: all fields of a release on the shelf."""
    return Markup(
        '<form class="amend" data-id="{}" novalidate><h4 tabindex="-1">{}</h4><p class="hint">{}</p>{}'
        '<p class="hint">{}</p>{}<div class="field wide note-field"><label for="{note_id}">{}</label>'
        '<input id="{note_id}" name="note" maxlength="{}"></div><div class="said" role="alert"></div>'
        '<p class="acts"><button type="submit" class="main">{}</button>'
        '<button type="button" data-fold>{}</button></p></form>'
    ).format(
        release.id,
        say("amend_title"),
        say("amend_hint"),
        fields(release, f"a-{release.id}", say, FIELDS, laid),
        say("amend_embargo"),
        kin(related, say),
        say("amend_note"),
        LONGEST["note"],
        say("amend_save"),
        say("amend_cancel"),
        note_id=f"a-{release.id}-note",
    )


def withdrawing(release: Release, cited: int, most: int, related: Related, say: Messages) -> Markup:
    """« Retirer… »: what it means, how many answers cite the release (`most`: or more), and why."""
    if cited >= most:
        counted = say("withdraw_cited_over", count=say.number(most - 1))
    else:
        counted = say.counted("withdraw_cited", cited)
    return Markup(
        '<form class="withdraw" data-id="{}" novalidate><h4 tabindex="-1">{}</h4><p class="hint">{}</p>'
        '<p class="cited">{}</p>{}<div class="field wide"><label for="w-{id}">{}</label>'
        '<input id="w-{id}" name="reason" maxlength="1000" required placeholder="{}"></div>'
        '<div class="said" role="alert"></div><p class="acts"><button type="submit" class="danger">{}</button>'
        '<button type="button" data-fold>{}</button></p></form>'
    ).format(
        release.id,
        say("withdraw_title"),
        say("withdraw_hint"),
        counted,
        kin(related, say),
        say("withdraw_reason"),
        say("withdraw_reason_hint"),
        say("withdraw_do"),
        say("amend_cancel"),
        id=release.id,
    )


def _field(release: Release, name: str, place: str, laid: Amendment | None, say: Messages) -> Markup:
    value = _value(getattr(release, name), say)
    told = f"{place}-was" if laid else ""
    describes = Markup(' aria-describedby="{}"').format(told) if told else Markup("")
    if name == "language":
        known = languages(say.language)
        options = Markup("").join(
            Markup('<option value="{}"{}>{}</option>').format(
                code, Markup(" selected") if code == value else Markup(""), known.get(code, code)
            )
            for code in dict.fromkeys([*known, value])
        )
        entry = Markup('<select id="{}" name="{}"{}>{}</select>').format(place, name, describes, options)
    elif name == "title":
        entry = Markup('<textarea id="{}" name="{}" rows="2" maxlength="{}"{}>\n{}</textarea>').format(
            place, name, LONGEST[name], describes, value
        )
    else:
        # Not the browser's own fields for days and hours: they speak its language, not the page's.
        hint = (
            Markup(' placeholder="{}"').format(say(f"hint_{name}")) if name in ("published", "embargo") else Markup("")
        )
        entry = Markup('<input id="{}" name="{}" value="{}" maxlength="{}"{}{} autocomplete="off">').format(
            place, name, value, LONGEST.get(name, 60), hint, describes
        )
    return Markup('<div class="field {}"><label for="{}">{}</label>{}{}</div>').format(
        "wide" if name == "title" else "", place, say(f"field_{name}"), entry, _was(laid, told, say)
    )


def _was(laid: Amendment | None, place: str, say: Messages) -> Markup:
    """What the document says of a field put right, by whom it was, and the way back."""
    if laid is None:
        return Markup("")
    was = say("amend_was", value=shown(laid.field, laid.was, say)) if laid.was else say("amend_was_nothing")
    day = wording.day(laid.at.astimezone(wording.PARIS).date(), say)
    named = laid.by and laid.by != "local"
    by = say("amend_by", name=laid.by, day=day) if named else say("amend_on", day=day)
    about = say("amend_noted", by=by, note=laid.note) if laid.note else by
    recheck = confirm = Markup("")
    if laid.recheck:
        recheck = Markup('<strong class="recheck">{}</strong> ').format(say("amend_recheck"))
        confirm = Markup('<button type="button" class="link" data-confirm="{}">{}</button>').format(
            laid.field, say("amend_confirm")
        )
    undo = Markup('<button type="button" class="link" data-undo="{}" aria-label="{}">{}</button>').format(
        laid.field, say("amend_undo_it", field=say(f"field_{laid.field}")), say("amend_undo")
    )
    return Markup('<p class="was" id="{}">{}{} <span class="about">{}</span> {} {}</p>').format(
        place, recheck, was, about, undo, confirm
    )


def shown(field: str, value: str | None, say: Messages) -> str:
    """A kept value in the reader's words."""
    if value is None:
        return "–"
    if field == "published":
        return wording.day(date.fromisoformat(value), say)
    if field == "embargo":
        return _moment(datetime.fromisoformat(value), say)
    return languages(say.language).get(value, value) if field == "language" else wording.on_one_line(value)


def changed(release: Release, given: Mapping[str, str], say: Messages) -> dict[str, str | None]:
    """Of the values a form sends, those that are not what stands there already."""
    return {name: value for name, value in given.items() if value.strip() != _value(getattr(release, name), say)}


def _value(value: object, say: Messages) -> str:
    """A field as its input holds it: what `store.amendments` reads again."""
    if isinstance(value, datetime):
        return _moment(value, say)
    if isinstance(value, date):
        return wording.day(value, say)
    return wording.on_one_line(str(value or ""))


def _moment(moment: datetime, say: Messages) -> str:
    local = moment.astimezone(wording.PARIS)
    return f"{wording.day(local.date(), say)}, {wording.time(local, say)}"
