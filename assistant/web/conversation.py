"""One turn of the conversation as HTML: question, what was understood, answer, sources.

Drawn anew from what is known after each event of the desk. Knows nothing of Gradio or of
the archive. Every value is escaped by markupsafe as it is set in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from assistant.answer import (
    Abstention,
    Citation,
    Event,
    Evidence,
    Finished,
    Found,
    Notice,
    Noticed,
    Searched,
    Sentence,
    Understood,
    Wrote,
    filters_document,
)
from assistant.citations import CUT
from assistant.inferred import Inferred
from assistant.paragraphs import BULLET, paragraphs
from assistant.web import chips, judging, tools, wording
from assistant.web.messages import Messages, typeset
from store.judgments import Judgment
from store.records import Contact, Filters, Release, Span

NEAREST = 3
"""How many of the nearest releases an abstention shows."""

_SEVERAL = re.compile(r"\s/\s|[;,]")


@dataclass(frozen=True, slots=True)
class Turn:
    """What is known of one question so far.

    `declined` and `chosen` are what its asker put right (`answer.Question`), `mark` finds
    the turn on the page, `answer` is the id its answer is kept under. A turn that was
    `stopped` or that `failed` has what was shown until then.
    """

    question: str
    standalone: str = ""
    filters: Filters = field(default_factory=Filters)
    inferred: Inferred = field(default_factory=Inferred)
    evidence: tuple[Evidence, ...] = ()
    searched: Searched | None = None
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    abstention: Abstention | None = None
    notices: tuple[Notice, ...] = ()
    finished: bool = False
    failed: bool = False
    conversation: str = ""
    above: Markup = Markup("")  # noqa: RUF009 - immutable
    judgment: Judgment | None = None
    stopped: bool = False
    declined: tuple[str, ...] = ()
    chosen: Filters = field(default_factory=Filters)
    mark: str = ""
    answer: str | None = None

    def after(self, event: Event) -> Turn:
        match event:
            case Understood(standalone=standalone, filters=filters, inferred=inferred, answer_id=told):
                return replace(self, standalone=standalone, filters=filters, inferred=inferred, answer=told)
            case Found(evidence=evidence, searched=searched):
                return replace(self, evidence=evidence, searched=searched)
            case Wrote(sentence=sentence, citations=citations):
                return replace(self, sentences=(*self.sentences, sentence), citations=(*self.citations, *citations))
            case Noticed(notice=notice):
                return replace(self, notices=(*self.notices, notice))
            case Finished(answer=answer):
                return replace(
                    self,
                    standalone=answer.standalone,
                    filters=answer.filters,
                    inferred=answer.inferred,
                    evidence=answer.evidence,
                    searched=answer.searched,
                    sentences=answer.sentences,
                    citations=answer.citations,
                    abstention=answer.abstention,
                    notices=answer.notices,
                    finished=True,
                    answer=answer.id,
                )

    @property
    def state(self) -> str:
        """Either "working" or how it ended: "finished", "stopped", "failed"."""
        ended = {"finished": self.finished, "stopped": self.stopped, "failed": self.failed}
        return next((name for name, so in ended.items() if so), "working")

    @property
    def releases(self) -> tuple[str, ...]:
        """The releases cited, in the order of their first citation."""
        return tuple(dict.fromkeys(citation.release_id for citation in self.citations))


def drawn(turn: Turn, say: Messages) -> Markup:
    """The turn as an `article`; its `data-asked` is what it takes to ask the same again."""
    said = (_understood(turn, say), turn.above, _said(turn, say), _foot(turn, say), _tools(turn, say))
    return Markup(
        '<article class="turn" data-turn="{}" data-state="{}" data-answer="{}" data-conversation="{}" data-asked="{}">'
        '<h2 class="asked" tabindex="-1">{}</h2><div class="columns">'
        '<div class="said" aria-live="polite">{}</div>{}</div></article>'
    ).format(
        turn.mark,
        turn.state,
        turn.answer or "",
        turn.conversation,
        _asked(turn),
        typeset(wording.on_one_line(turn.question)),
        _joined(said),
        _sources(turn, say),
    )


def _asked(turn: Turn) -> str:
    chosen = filters_document(turn.chosen)
    return json.dumps(
        {"question": turn.question, "declined": list(turn.declined), "filters": chosen}, ensure_ascii=False
    )


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _understood(turn: Turn, say: Messages) -> Markup:
    """What was read off the words, once it is known."""
    if not turn.standalone:
        return Markup("")
    return chips.drawn(
        chips.Reading(turn.question, turn.standalone, turn.filters, turn.inferred, turn.declined, turn.chosen), say
    )


def _said(turn: Turn, say: Messages) -> Markup:
    if turn.abstention is not None:
        return _abstained(turn, turn.abstention, say) + _notices(turn, say)
    said = _joined(_paragraph(together, turn, say) for together in paragraphs(turn.sentences, turn.citations))
    answer = Markup('<div class="answer">{}</div>').format(said) if said else Markup("")
    return answer + _notices(turn, say) + _end(turn, say)


def _end(turn: Turn, say: Messages) -> Markup:
    """What goes on below the sentences, or why none follows."""
    said = bool(turn.sentences)
    if turn.failed:
        return _broken_off("alert", say("failed"), say("failed_midway" if said else "failed_advice"), say)
    if turn.stopped:
        return _broken_off("status", say("stopped"), say("stopped_advice" if said else "stopped_empty"), say)
    return Markup("") if turn.finished else _working(turn, say)


def _broken_off(role: str, title: str, advice: str, say: Messages) -> Markup:
    return Markup(
        '<div class="note broken-off" role="{}"><h3>{}</h3><p>{}</p>'
        '<p><button type="button" class="again">{}</button></p></div>'
    ).format(role, title, advice, say("again"))


def _notices(turn: Turn, say: Messages) -> Markup:
    """What must be known beside the answer, with the releases it is about to open."""
    if not turn.notices:
        return Markup("")
    notices = _joined(
        Markup('<li class="notice {}">{}{}</li>').format(
            notice.kind, wording.told(notice.message), _about(notice, turn, say)
        )
        for notice in dict.fromkeys(turn.notices)
    )
    return Markup('<ul class="notices">{}</ul>').format(notices)


def _about(notice: Notice, turn: Turn, say: Messages) -> Markup:
    known = {each.release.id: each.release for each in turn.evidence}
    return _joined(
        _title(release.title, _place(release.id, release.version, Span(0, 0)), release.language, say)
        for release in (known.get(one) for one in notice.releases)
        if release is not None
    )


def _working(turn: Turn, say: Messages) -> Markup:
    doing = say("searching")
    if turn.sentences:
        doing = say("writing")
    elif turn.evidence:
        doing = say.counted("reading", len(turn.evidence))
    return Markup(
        '<div class="working"><p class="doing" role="status">{}</p>'
        '<button type="button" class="stop" data-stopping="{}">{}</button><p class="long" data-own hidden>{}</p></div>'
    ).format(doing, say("stopping"), say("stop"), say("takes_long"))


def _paragraph(together: list[Sentence], turn: Turn, say: Messages) -> Markup:
    """Sentences in a row; those that rest on the same words have their markers once, behind the last."""
    following = [*together[1:], None]
    return Markup("<p>{}</p>").format(
        Markup(" ").join(
            _sentence(one, turn, say, marked=after is None or after.citations != one.citations)
            for one, after in zip(together, following, strict=True)
        )
    )


def _sentence(sentence: Sentence, turn: Turn, say: Messages, *, marked: bool = True) -> Markup:
    text = typeset(wording.on_one_line(sentence.text))
    item = BULLET.match(text)
    words, blank, last = (text[item.end() :] if item else text).rpartition(" ")
    shown = [citation for citation in turn.citations if marked and citation.number in sentence.citations]
    markers = _joined(_marker(citation, say) for citation in shown)
    lead_in = typeset(wording.on_one_line(sentence.lead_in))
    asked_in = lang(turn.inferred.language, say)
    before = Markup('<span class="lead-in"{}>{}</span> ').format(asked_in, lead_in) if lead_in else ""
    kind, end = "sentence item" if item else "sentence", "end" if len(last) <= 20 else ""
    # The last word keeps its markers on its own line, unless it is too long for a narrow screen.
    return Markup('{}<span class="{}"{}>{}<span class="{}">{}{}</span></span>').format(
        before, kind, lang(_spoken(sentence, turn), say), words + blank, end, last, markers
    )


def _spoken(sentence: Sentence, turn: Turn) -> str:
    """The language of a sentence: its release's where it is verbatim, else the asker's."""
    cited = next((one for one in turn.citations if one.number in sentence.citations), None)
    if cited is None or not all(part.strip() in cited.quote for part in sentence.text.split(CUT)):
        return turn.inferred.language
    return next((one.release.language for one in turn.evidence if one.release.id == cited.release_id), "")


def lang(spoken: str, say: Messages) -> Markup:
    """A `lang` attribute where words are in another language than the page, for whoever reads them aloud."""
    return Markup(' lang="{}"').format(spoken) if spoken and spoken != say.language else Markup("")


def _marker(citation: Citation, say: Messages) -> Markup:
    return Markup('<button type="button" class="cite" {} aria-label="{}">{}</button>').format(
        _place(citation.release_id, citation.version, citation.span),
        say("citation", number=citation.number, title=wording.title(citation.title, say)),
        citation.number,
    )


def _place(release_id: str, version: int, span: Span) -> Markup:
    return Markup('data-release="{}" data-version="{}" data-start="{}" data-end="{}"').format(
        release_id, version, span.start, span.end
    )


def _foot(turn: Turn, say: Messages) -> Markup:
    searched = turn.searched
    if not turn.finished or searched is None or turn.abstention is not None:
        return Markup("")
    extent = wording.extent(searched.releases, searched.first, searched.last, say)
    return Markup('<p class="foot">{}</p>').format(say("searched", extent=extent))


def _tools(turn: Turn, say: Messages) -> Markup:
    """What can be done with a finished answer; who has it in a conversation says what it is worth."""
    if not turn.finished or not turn.answer:
        return Markup("")
    judged = judging.buttons(turn.answer, turn.citations, turn.judgment, say) if turn.conversation else Markup("")
    return tools.drawn(turn.answer, say, judged)


def _over_time(turn: Turn) -> Markup:
    """The place of the releases found over time, which a script fills: what was asked, with its filters."""
    if not turn.finished or not turn.evidence:
        return Markup("")
    filters = turn.filters
    first, last = filters.period.first, filters.period.last
    return Markup(
        '<div class="found-over-time" data-own data-question="{}" data-from="{}" data-to="{}" data-issuers="{}" '
        'data-languages="{}"></div>'
    ).format(
        turn.standalone,
        first or "",
        last or "",
        json.dumps(filters.issuers, ensure_ascii=False),
        json.dumps(filters.languages),
    )


def _abstained(turn: Turn, abstention: Abstention, say: Messages) -> Markup:
    """The desk's own words say what was searched."""
    contacts = _joined(Markup("<li>{}</li>").format(_contact(contact)) for contact in abstention.contacts)
    return Markup('<div class="note abstained"><h3>{}</h3><p{}>{}</p>{}</div>').format(
        say("abstained"),
        lang(turn.inferred.language, say),
        wording.told(abstention.message),
        Markup("<h4>{}</h4><ul>{}</ul>").format(say("contact"), contacts) if contacts else "",
    )


def _contact(contact: Contact) -> Markup:
    """Whom to call; a telephone and an address are links where they are plainly what they should be."""
    said = [
        Markup("<span>{}</span>").format(wording.on_one_line(part)) for part in (contact.name, contact.role) if part
    ]
    for phone in _SEVERAL.split(contact.phone or ""):
        if phone.strip():
            said.append(_link(wording.telephone(phone), phone))
    if contact.email:
        said.append(_link(wording.mail(contact.email), contact.email))
    return Markup("\u00a0· ").join(said)


def _link(address: str, shown: str) -> Markup:
    words = wording.on_one_line(shown)
    if not address:
        return Markup("<span>{}</span>").format(words)
    return Markup('<a href="{}">{}</a>').format(address, words)


def _sources(turn: Turn, say: Messages) -> Markup:
    """The column beside the answer: cited releases, or the nearest where none is cited."""
    cited = turn.releases
    rest = tuple(each for each in turn.evidence if each.release.id not in cited)
    if turn.abstention is not None:
        nearest = _joined(_listed(each, say) for each in rest[:NEAREST])
        head, cards, folded = say("nearest"), nearest, Markup("")
    else:
        head = say("cited_one" if len(cited) == 1 else "cited")
        cards = _joined(_card(release_id, turn, say) for release_id in cited)
        folded = _folded(rest, say) if turn.finished and cited else Markup("")
    if not cards:
        return Markup('<div class="sources"></div>')
    return Markup('<div class="sources" role="group" aria-label="{0}"><h3>{0}</h3>{1}{2}{3}</div>').format(
        head, cards, folded, _over_time(turn)
    )


def _card(release_id: str, turn: Turn, say: Messages) -> Markup:
    citations = [citation for citation in turn.citations if citation.release_id == release_id]
    first = citations[0]
    release = next((each.release for each in turn.evidence if each.release.id == release_id), None)
    pages = dict.fromkeys(citation.page for citation in citations if citation.page is not None)
    facts = [first.issuer or "", wording.day(first.published, say), *(say("page", page=page) for page in sorted(pages))]
    return Markup('<section class="card"><p class="numbers">{}</p>{}{}{}</section>').format(
        _joined(_marker(citation, say) for citation in citations),
        _title(
            first.title, _place(first.release_id, first.version, first.span), release.language if release else "", say
        ),
        _facts(facts),
        _badge(release, say),
    )


def _listed(evidence: Evidence, say: Messages) -> Markup:
    release = evidence.release
    start = evidence.span.start
    return Markup('<section class="card">{}{}{}</section>').format(
        _title(release.title, _place(release.id, release.version, Span(start, start)), release.language, say),
        _facts([release.issuer or "", wording.day(release.published, say)]),
        _badge(release, say),
    )


def _folded(rest: tuple[Evidence, ...], say: Messages) -> Markup:
    if not rest:
        return Markup("")
    cards = _joined(_listed(each, say) for each in rest)
    return Markup('<details class="consulted"><summary>{}</summary>{}</details>').format(
        say("consulted", count=len(rest)), cards
    )


def _title(written: str, place: Markup, spoken: str, say: Messages) -> Markup:
    return Markup('<button type="button" class="title" {}{}>{}</button>').format(
        place, lang(spoken, say), wording.title(written, say)
    )


def _facts(facts: list[str]) -> Markup:
    return Markup('<p class="facts">{}</p>').format(wording.listed(facts))


def _badge(release: Release | None, say: Messages) -> Markup:
    words = None if release is None else wording.status(release.status, release.embargo, say)
    return Markup('<p class="badge">{}</p>').format(words) if words else Markup("")
