"""The journalists' pages as whole documents: asking, a question left, a release, a refusal.

A page needs no script to work; with it, answers come sentence by sentence. Knows neither
routes nor the archive. Every value is escaped by markupsafe as it is set in.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from assistant.web import reading, wording
from assistant.web.messages import ENGLISH, FRENCH, Messages
from assistant.web.press import drawn
from assistant.web.press.office import Office
from assistant.web.press.places import ASK, FILES, Places
from store.records import Contact, Release, Span

FOLDER = Path(__file__).parent / "page"
SAID = ("unreached", "failed", "failed_advice", "searching", "done", "cancel")
"""What the script says itself."""
KINDS = {"press.css": "text/css", "press.js": "text/javascript"}


@cache
def file(name: str) -> tuple[str, bytes]:
    """A file of the page and the digest that its address names; KeyError for any other."""
    KINDS[name]
    data = (FOLDER / name).read_bytes()
    return sha256(data).hexdigest()[:16], data


def address(name: str) -> str:
    """Where a file of the page is: another address once it changes, so that it may be kept."""
    return f"{FILES}/{file(name)[0]}/{name}"


def asking(
    turns: Sequence[Markup],
    history: str,
    examples: Sequence[str],
    form: Markup,
    office: Office,
    places: Places,
    say: Messages,
    origins: Sequence[str] = (),
) -> Markup:
    """The page to ask on; `history` is what a follow-up needs of `turns`, as JSON, `form` what leaves a question.

    `origins` are the pages that may frame it, where it is a widget's.
    """
    offered = Markup("")
    if examples and not turns:
        buttons = Markup("").join(
            Markup('<li><button name="question" value="{0}" class="offer">{0}</button></li>').format(one)
            for one in examples
        )
        offered = Markup(
            '<form class="examples" method="post" action="{}">{}<h2 id="examples">{}</h2>'
            '<ul aria-labelledby="examples">{}</ul></form>'
        ).format(ASK, drawn.hidden(places), say("press_examples"), buttons)
    intro = Markup('<div class="intro"><h1>{}</h1><p>{}</p></div>').format(say("press_head"), say("press_about"))
    body = Markup(
        '{}<section class="turns" aria-label="{}">{}</section>{}{}<template id="leave">{}</template>'
        '<div class="unseen" id="announced" role="status" aria-live="polite"></div>'
    ).format(
        intro, say("press_turns"), Markup("").join(turns), _composer(history, places, say), offered, form
    )  # fmt: skip
    kind = "asking asked-something" if turns else "asking"
    return _document(say("press_title"), body, office, places, say, origins, scripted=True, kind=kind)


def telling(
    title: str, body: Markup, office: Office, places: Places, say: Messages, origins: Sequence[str] = ()
) -> Markup:
    """A page that says or asks one thing, and leads back."""
    back = Markup('<p class="back"><a href="{}">{}</a></p>').format(places.page, say("press_back"))
    return _document(title, body + back, office, places, say, origins, scripted=False, kind="telling")


def refused(office: Office, places: Places, say: Messages) -> Markup:
    """What stands in a frame that may not be there: how to reach the press office, nothing else."""
    body = Markup("<h1>{}</h1><p>{}</p>{}").format(
        say("press_not_here"),
        say("press_not_here_advice"),
        drawn.contacts([office.contact] if office.contact else []),
    )
    return _document(say("press_title"), body, office, places, say, ("",), scripted=False, kind="refused")


def release(
    shown: Release, quoted: Span | None, current: bool, office: Office, places: Places, say: Messages
) -> Markup:
    """A release to read, the cited sentence marked; not `current`: the one that was cited is no more."""
    facts = wording.listed([shown.issuer or "", wording.day(shown.published, say), shown.place or ""])
    reference = say("reference", reference=shown.reference) if shown.reference else ""
    note = Markup("")
    if not current:
        note = Markup('<p class="note">{}</p>').format(say("replaced"))
    elif quoted:
        note = Markup('<p class="hint">{} <a href="#quoted">{}</a></p>').format(
            say("press_quoted"), say("press_to_quoted")
        )
    url = shown.source.url or ""
    origin = Markup("")
    if url.startswith(("https://", "http://")):
        origin = Markup('<p class="origin"><a href="{}" rel="noopener noreferrer">{}</a></p>').format(
            url, say("press_original")
        )
    called = drawn.contacts(shown.contacts)
    call = Markup('<section class="call"><h2>{}</h2>{}</section>').format(say("press_contacts"), called)
    body = Markup(
        '<article class="release"><p class="kind">{}</p><h1>{}</h1><p class="facts">{}</p>{}{}'
        '<div class="text" lang="{}">{}</div>{}</article>'
    ).format(
        say("press_release"),
        wording.title(shown.title, say),
        wording.listed([facts, reference]),
        note,
        origin,
        shown.language,
        reading.text(shown, quoted, say),
        call if called else "",
    )
    return telling(wording.title(shown.title, say), body, office, places, say)


def missing(office: Office, places: Places, say: Messages) -> Markup:
    """What stands where a release may not be read: the same whether it exists or not."""
    body = Markup("<h1>{}</h1><p>{}</p>").format(say("press_gone"), say("press_gone_advice"))
    return telling(say("press_gone"), body, office, places, say)


def left(number: str, question: str, say: Messages, heading: int = 3) -> Markup:
    """What confirms that a question was left; `heading` is its heading's level where it stands."""
    return Markup(
        '<div class="left" role="status" tabindex="-1"><h{level}>{}</h{level}><p class="number">{}</p>'
        "<blockquote>{}</blockquote></div>"
    ).format(say("press_left"), say("press_number", number=number), wording.on_one_line(question), level=heading)


def _composer(history: str, places: Places, say: Messages) -> Markup:
    return Markup(
        '<form class="composer" id="composer" method="post" action="{}">{}'
        '<input type="hidden" name="history" value="{}"><label for="question" class="unseen">{}</label>'
        '<textarea id="question" name="question" rows="1" maxlength="2000" required placeholder="{}"></textarea>'
        '<button class="button">{}</button></form>'
    ).format(
        ASK, drawn.hidden(places), history, say("press_question"), say("press_hint"), say("press_ask")
    )  # fmt: skip


def _document(
    title: str,
    body: Markup,
    office: Office,
    places: Places,
    say: Messages,
    origins: Sequence[str],
    *,
    scripted: bool,
    kind: str,
) -> Markup:
    words = {
        key: say(f"press_{key}") for key in ("unreached", "failed", "failed_advice", "searching", "done", "cancel")
    }
    data = Markup("").join(Markup(' data-{}="{}"').format(key.replace("_", "-"), told) for key, told in words.items())
    script = Markup('<script src="{}" defer></script>').format(address("press.js")) if scripted else Markup("")
    framed = bool(origins)
    return Markup(
        '<!doctype html>\n<html lang="{}" class="{}" data-origins="{}"{}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        '<meta name="color-scheme" content="light dark"><title>{}</title><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="{}">{}</head><body>{}<main class="{}">{}</main>{}</body></html>'
    ).format(
        say.language,
        "framed" if framed else "page",
        " ".join(one for one in origins if one not in ("", "*")),
        data if scripted else "",
        wording.listed([title, _named(office, say)]),
        address("press.css"),
        script,
        Markup("") if framed else _head(office, places, say, kind),
        kind,
        body,
        _foot(office, places, say, framed) if kind != "refused" else "",
    )


def _named(office: Office, say: Messages) -> str:
    return say("press_of", house=office.name) if office.name else say("press_office")


def _head(office: Office, places: Places, say: Messages, kind: str) -> Markup:
    asking, skip = kind.startswith("asking"), Markup("")
    if asking:
        skip = Markup('<a class="skip" href="#question">{}</a>').format(say("press_to_question"))
    return Markup('{}<header><p><a href="{}">{}</a></p>{}</header>').format(
        skip, places.page, _named(office, say), _language(places, say) if asking else ""
    )


def _language(places: Places, say: Messages) -> Markup:
    other, name = (ENGLISH, "English") if say.language == FRENCH else (FRENCH, "Français")
    return Markup('<a class="language" href="{}" lang="{}" hreflang="{}">{}</a>').format(
        places.in_language(other), other, other, name
    )


def _foot(office: Office, places: Places, say: Messages, framed: bool) -> Markup:
    """Whom to call, on every page."""
    contact: Contact | None = office.contact
    if contact is None:
        return Markup("")
    told = Markup('<p><span class="office">{}</span> {}</p>').format(say("press_office_is"), drawn.contact(contact))
    return Markup("<footer>{}</footer>").format(told)
