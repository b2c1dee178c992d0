"""A question and what is answered, as HTML: sentences with numbered marks, the sources they stand in, whom to call.

Drawn on the server, for the page with a script and without. Every value is escaped by
markupsafe as it is set in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

from assistant.answer import Citation, Notice, Sentence
from assistant.citations import CUT
from assistant.paragraphs import BULLET, paragraphs
from assistant.web import wording
from assistant.web.messages import Messages, typeset
from assistant.web.press.office import Office
from assistant.web.press.places import Places
from assistant.web.press.turn import Turn
from store.entries import key_of
from store.records import Contact, Span

TOLD = frozenset({"corrected", "contradiction", "as_of", "writer"})
"""Notices that a journalist must know of; how a sentence was mended is the house's own business."""

_SEVERAL = re.compile(r"\s/\s|[;,]")


def turn(shown: Turn, office: Office, places: Places, say: Messages) -> Markup:
    """The turn as an `article`."""
    told = (_curated(shown, say), _said(shown, say), _notices(shown, say), _sources(shown, places, say))
    more = (_beyond(shown, places, say), _offered(shown, places, say), _foot(shown, office, places, say))
    body = Markup("").join((*told, *more))
    return Markup(
        '<article class="turn" id="{}" data-state="{}"><h2 class="asked" tabindex="-1"><span class="unseen">{} '
        "</span>{}</h2>{}</article>"
    ).format(
        shown.mark,
        "finished" if shown.finished else "working",
        say("press_you"),
        typeset(wording.on_one_line(shown.question)),
        body,
    )


def failed(question: str, mark: str, told: str, office: Office, places: Places, say: Messages) -> Markup:
    """A turn that could not be answered, why, and whom to call."""
    return Markup(
        '<article class="turn" id="{}" data-state="failed"><h2 class="asked" tabindex="-1">{}</h2>'
        '<div class="note" role="alert"><h3>{}</h3><p>{}</p></div>{}</article>'
    ).format(
        mark, typeset(wording.on_one_line(question)), say("press_failed"), told, over(shown=None, question=question,
        office=office, places=places, say=say),
    )  # fmt: skip


def contact(one: Contact) -> Markup:
    """Whom to call; a telephone and an address are links where they are plainly what they should be."""
    said = [Markup("<strong>{}</strong>").format(wording.on_one_line(one.name))] if one.name else []
    said += [Markup("<span>{}</span>").format(wording.on_one_line(one.role))] if one.role else []
    for phone in _SEVERAL.split(one.phone or ""):
        if phone.strip():
            said.append(_link(wording.telephone(phone), phone))
    if one.email:
        said.append(_link(wording.mail(one.email), one.email))
    return Markup("\u00a0· ").join(said)


def contacts(all_: Iterable[Contact]) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(contact(one)) for one in dict.fromkeys(all_))
    return Markup('<ul class="contacts">{}</ul>').format(items) if items else Markup("")


def over(
    *, shown: Turn | None, question: str, office: Office, places: Places, say: Messages, inviting: bool = True
) -> Markup:
    """Whom to call, and the way to the form."""
    named = [*(shown.contacts if shown else ())][:3] + ([office.contact] if office.contact else [])
    call = Markup("<h3>{}</h3>{}").format(say("press_call"), contacts(named)) if named and inviting else Markup("")
    about = shown.said.answer if shown is not None else None
    near = " ".join(shown.near) if shown is not None else ""
    return call + Markup(
        '<p class="over"><a class="{}" href="{}" data-leave="{}" data-answer="{}" data-releases="{}">{}</a></p>'
    ).format(
        "button" if inviting else "quiet",
        places.enquiry(question),
        question,
        about or "",
        near,
        say("press_write" if inviting else "press_unanswered"),
    )


def _curated(shown: Turn, say: Messages) -> Markup:
    """The press office's own answer, word for word, and since when it says so."""
    entry = shown.entry
    if entry is None:
        return Markup("")
    words = Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(line.strip() for line in block.splitlines() if line.strip()))
        for block in entry.answer.split("\n\n")
        if block.strip()
    )
    day = wording.day(entry.changed.astimezone(wording.PARIS).date(), say)
    lang = Markup(' lang="{}"').format(entry.language) if entry.language != say.language else ""
    question = Markup("")
    if key_of(entry.question) != key_of(shown.question):
        told = say("press_to_question_of", question=wording.on_one_line(entry.question))
        question = Markup('<p class="from">{}</p>').format(told)
    return Markup('<div class="answer curated"><p class="from">{}</p>{}<div{}>{}</div></div>').format(
        say("press_curated_on", day=day), question, lang, words
    )


def _beyond(shown: Turn, places: Places, say: Messages) -> Markup:
    """The way on where the press office's own answer is to another question: the releases, asked the same."""
    if shown.entry is None or not shown.finished or key_of(shown.entry.question) == key_of(shown.question):
        return Markup("")
    return Markup(
        '<form class="beyond" method="post" action="/faq/ask">{}<input type="hidden" name="beyond" value="1">'
        '<button name="question" value="{}" class="quiet">{}</button></form>'
    ).format(hidden(places), shown.question, say("press_beyond"))


def _offered(shown: Turn, places: Places, say: Messages) -> Markup:
    """Questions that the press office has answered and that may be meant: each asks itself."""
    if not shown.offered or not shown.finished:
        return Markup("")
    items = Markup("").join(
        Markup('<li><button name="question" value="{0}" class="offer"{1}>{0}</button></li>').format(
            wording.on_one_line(one.question), _lang(one.language, say)
        )
        for one in shown.offered
    )
    return Markup(
        '<form class="offered" method="post" action="/faq/ask">{}<p id="{}-o">{}</p><ul aria-labelledby="{}-o">{}</ul>'
        "</form>"
    ).format(hidden(places), shown.mark, say("press_offered"), shown.mark, items)


def hidden(places: Places) -> Markup:
    """What a form says of where it stands."""
    return Markup(
        '<input type="hidden" name="lang" value="{}"><input type="hidden" name="widget" value="{}">'
    ).format(places.language, places.widget)  # fmt: skip


def _said(shown: Turn, say: Messages) -> Markup:
    said = shown.said
    if shown.entry is not None:
        return Markup("")
    if said.abstention is not None:
        spoken = _lang(said.inferred.language, say)
        return Markup('<div class="note abstained"><h3>{}</h3><p{}>{}</p></div>').format(
            say("press_abstained"), spoken, wording.told(said.abstention.message)
        )
    words = Markup("").join(_paragraph(one, shown, say) for one in paragraphs(said.sentences, said.citations))
    if words:
        return Markup('<div class="answer">{}</div>').format(words)
    if shown.finished:
        return Markup("")
    return Markup('<p class="working"><span class="dots" aria-hidden="true"></span>{}</p>').format(
        say("press_searching")
    )


def _paragraph(together: list[Sentence], shown: Turn, say: Messages) -> Markup:
    """Sentences in a row; those that rest on the same words have their marks once, behind the last."""
    following = [*together[1:], None]
    return Markup("<p>{}</p>").format(
        Markup(" ").join(
            _sentence(one, shown, say, marked=after is None or after.citations != one.citations)
            for one, after in zip(together, following, strict=True)
        )
    )


def _sentence(sentence: Sentence, shown: Turn, say: Messages, *, marked: bool) -> Markup:
    text = typeset(wording.on_one_line(sentence.text))
    item = BULLET.match(text)
    cited = [one for one in shown.said.citations if one.number in sentence.citations]
    marks = Markup("").join(_mark(one, shown.mark, say) for one in cited) if marked else Markup("")
    lead_in = typeset(wording.on_one_line(sentence.lead_in))
    before = Markup('<span class="lead-in">{}</span> ').format(lead_in) if lead_in else Markup("")
    return before + Markup('<span class="{}"{}>{}\u2060{}</span>').format(
        "sentence item" if item else "sentence",
        _lang(_spoken(sentence, cited, shown), say),
        text[item.end() :] if item else text,
        marks,
    )


def _spoken(sentence: Sentence, cited: list[Citation], shown: Turn) -> str:
    """The language of a sentence: its release's where it is verbatim, else the asker's."""
    verbatim = cited and all(part.strip() in cited[0].quote for part in sentence.text.split(CUT))
    if not verbatim:
        return shown.said.inferred.language
    return next((e.release.language for e in shown.said.evidence if e.release.id == cited[0].release_id), "")


def _lang(spoken: str, say: Messages) -> Markup:
    return Markup(' lang="{}"').format(spoken) if spoken and spoken != say.language else Markup("")


def _mark(citation: Citation, mark: str, say: Messages) -> Markup:
    label = say("press_source", number=citation.number, title=wording.title(citation.title, say))
    return Markup('<a class="cite" href="#{}-{}" aria-label="{}">{}</a>').format(
        mark, citation.number, label, citation.number
    )


def _notices(shown: Turn, say: Messages) -> Markup:
    told = [one for one in dict.fromkeys(shown.said.notices) if one.kind in TOLD]
    items = Markup("").join(_notice(one, say) for one in told)
    return Markup('<ul class="notices">{}</ul>').format(items) if items else Markup("")


def _notice(notice: Notice, say: Messages) -> Markup:
    return Markup("<li>{}</li>").format(wording.told(notice.message))


def _sources(shown: Turn, places: Places, say: Messages) -> Markup:
    """The releases cited, each with the exact sentences."""
    cards = Markup("").join(_card(one, shown, places, say) for one in shown.releases)
    if not cards:
        return Markup("")
    head = say("press_rests_on") if shown.entry is not None else say("press_sources")
    return Markup('<section class="sources" aria-label="{0}"><h3>{0}</h3>{1}</section>').format(head, cards)


def _card(release_id: str, shown: Turn, places: Places, say: Messages) -> Markup:
    citations = [one for one in shown.citations if one.release_id == release_id]
    first = citations[0]
    numbers = Markup(" ").join(Markup("<b>{}</b>").format(one.number) for one in citations)
    quotes = Markup("").join(_quote(one, shown.mark, places, say) for one in citations)
    facts = wording.listed([first.issuer or "", wording.day(first.published, say)])
    return Markup(
        '<details class="card"><summary><span class="numbers" aria-hidden="true">{}</span><span class="what">'
        '<span class="title">{}</span><span class="facts">{}</span></span></summary>{}</details>'
    ).format(numbers, wording.title(first.title, say), facts, quotes)


def _quote(citation: Citation, mark: str, places: Places, say: Messages) -> Markup:
    span: Span | None = citation.span if citation.quote else None
    words = Markup("<blockquote>{}</blockquote>").format(typeset(wording.on_one_line(citation.quote)))
    page = say("page", page=citation.page) + "\u00a0· " if citation.page is not None else ""
    read = say("press_read_there" if span else "press_read")
    return Markup(
        '<div class="quote" id="{}-{}" tabindex="-1">{}<p class="there">{}<a href="{}" target="_blank" rel="noopener">'
        '{}<span class="unseen"> {}</span></a></p></div>'
    ).format(
        mark,
        citation.number,
        words if citation.quote.strip() else "",
        page,
        places.release(citation.release_id, citation.version, span),
        read,
        say("press_new_tab"),
    )  # fmt: skip


def _foot(shown: Turn, office: Office, places: Places, say: Messages) -> Markup:
    """What was searched; whom to call, at once where nothing answers."""
    if not shown.finished:
        return Markup("")
    said = shown.said
    silent = said.abstention is not None and shown.entry is None
    handed = over(shown=shown, question=shown.question, office=office, places=places, say=say, inviting=silent)
    searched = Markup("")
    if said.searched is not None and not silent and shown.entry is None:
        extent = wording.extent(said.searched.releases, said.searched.first, said.searched.last, say)
        searched = Markup('<p class="searched">{}</p>').format(say("searched", extent=extent))
    return Markup('<div class="foot">{}{}</div>').format(searched, handed)


def _link(address: str, shown: str) -> Markup:
    words = wording.on_one_line(shown)
    return Markup('<a href="{}">{}</a>').format(address, words) if address else Markup("<span>{}</span>").format(words)
