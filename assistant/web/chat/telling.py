"""An answer as a chat tells it: Markdown that grows by verified sentences, each with its numbered links.

Ends with the list of sources, in which a later question finds the releases again. Whether
told at once or streamed, the text is the same. Knows nothing of requests.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assistant.answer import Abstention, Answer, Citation, Event, Evidence, Finished, Sentence, Understood, Wrote
from assistant.paragraphs import BULLET, paragraphs
from assistant.takeaway.letters import clean
from assistant.understood import reachable
from assistant.web import wording
from assistant.web.chat.markdown import escaped, link, opening
from assistant.web.messages import Messages
from store.records import Release, Span, Status

NEAREST = 3
"""Releases that are named where there is no answer."""

Places = Callable[[str, int, str | None, Span | None], str]
"""A link that opens for whoever asks, safe in Markdown: of a release, its version, its own address, the words cited."""
Released = Callable[[Collection[tuple[str, int]]], dict[tuple[str, int], Release]]
"""Versions of releases as whoever asks may see them now (`View.several`)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of the text are a link to `url`, where the words of a citation stand."""

    start: int
    end: int
    url: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Said:
    """What the text goes on with, and the links in it (by characters of the whole text)."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(slots=True)
class Telling:
    """An answer as far as it is told. `places` gives links; `released` looks up what must be marked as embargoed."""

    places: Places
    released: Released
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    _say: Messages = field(default_factory=lambda: Messages("fr"))
    _sentences: list[Sentence] = field(default_factory=list)
    _citations: list[Citation] = field(default_factory=list)

    def took(self, event: Event) -> Said:
        """What an event adds."""
        before, marked = len(self.text), len(self.marks)
        match event:
            case Understood(inferred=inferred):
                self._say = Messages(inferred.language)
            case Wrote(sentence=sentence, citations=citations):
                self._sentences.append(sentence)
                self._citations.extend(citations)
                self._write(sentence)
            case Finished(answer=answer):
                self._end(answer)
        return Said(self.text[before:], tuple(self.marks[marked:]))

    def _write(self, sentence: Sentence) -> None:
        together = paragraphs(self._sentences, self._citations)[-1]
        said = clean(sentence.text)
        item = BULLET.match(said)
        follows = len(together) > 1
        listed = follows and BULLET.match(clean(together[-2].text)) is not None
        lead_in = self._escaped(sentence.lead_in)
        if item:
            if lead_in:
                self._paragraph(opening(lead_in))
            self.text += "\n" if listed else self._gap()
            self.text += f"- {opening(self._escaped(said[item.end() :]))}"
        else:
            words = " ".join(filter(None, (lead_in, self._escaped(said))))
            if follows and not listed:
                self.text += f" {words}"
            else:
                self._paragraph(opening(words))
        self._mark(sentence.citations)

    def _mark(self, numbers: Sequence[int]) -> None:
        cited = {citation.number: citation for citation in self._citations}
        for number in numbers:
            if (citation := cited.get(number)) is not None:
                url = self._place(citation)
                self.text += " "
                start = len(self.text)
                self.text += link(str(number), url)
                self.marks.append(Mark(start, len(self.text), url, citation))

    def _end(self, answer: Answer) -> None:
        say = self._say
        if answer.abstention is not None:
            self._abstain(answer.abstention, answer.evidence)
        for notice in dict.fromkeys(answer.notices):
            self._paragraph(f"> {opening(self._escaped(notice.message))}")
        if answer.citations:
            heading = say("take_sources_one" if len(answer.citations) == 1 else "take_sources_many")
            embargoes = self._embargoes({(one.release_id, one.version) for one in answer.citations})
            lines = [self._source(one, embargoes.get((one.release_id, one.version), "")) for one in answer.citations]
            self._paragraph(f"**{heading}**")
            self._paragraph("\n".join(lines))

    def _abstain(self, abstention: Abstention, evidence: Sequence[Evidence]) -> None:
        say = self._say
        self._paragraph(opening(self._escaped(abstention.message)))
        if evidence:
            self._paragraph(f"**{say('nearest')}**")
            self._paragraph("\n".join(f"- {self._named(one.release)}" for one in evidence[:NEAREST]))
        if abstention.contacts:
            self._paragraph(f"**{say('contact')}**")
            told = (self._escaped(reachable(contact)) for contact in abstention.contacts)
            self._paragraph("\n".join(f"- {opening(one)}" for one in told if one))

    def _source(self, citation: Citation, embargo: str) -> str:
        """« 1. Métropole, 6 mai 2025 : [Titre](…), p. 2 – `2025-05-06-metropole-stade-3f2a` »."""
        say = self._say
        facts = self._facts(citation.issuer, wording.day(citation.published, say))
        title = link(self._escaped(citation.title) or say("untitled"), self._place(citation))
        page = f", {say('take_page_one', pages=citation.page)}" if citation.page is not None else ""
        told = say("take_fact", label=facts, value=f"{title}{page}")
        return f"{citation.number}. {opening(told)}{embargo} – `{citation.release_id}`"

    def _named(self, release: Release) -> str:
        say = self._say
        title = self._escaped(release.title) or say("untitled")
        facts = self._facts(release.issuer, wording.day(release.published, say))
        url = self.places(release.id, release.version, release.url, None)
        return f"{link(title, url)} ({facts}){self._state(release.status, release.embargo)}"

    def _facts(self, issuer: str | None, day: str) -> str:
        return ", ".join(filter(None, (self._escaped(issuer or ""), day)))

    def _embargoes(self, cited: set[tuple[str, int]]) -> dict[tuple[str, int], str]:
        seen = self.released(cited)
        return {one: self._state(release.status, release.embargo) for one, release in seen.items()}

    def _state(self, status: Status, embargo: datetime | None) -> str:
        told = wording.status(status, embargo, self._say)
        return f" – **{told}**" if told else ""

    def _place(self, citation: Citation) -> str:
        return self.places(citation.release_id, citation.version, citation.url, citation.span)

    def _escaped(self, text: str) -> str:
        return escaped(text, self._say.language)

    def _paragraph(self, text: str) -> None:
        self.text += self._gap() + text

    def _gap(self) -> str:
        return "\n\n" if self.text else ""
