"""An answer as a chat tells it: Markdown that grows by verified sentences, each with its numbered links.

Ends with the list of sources, in which a later question finds the releases again. Whether
told at once or streamed, the text is the same. Knows nothing of requests.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assistant.answer import Abstention, Answer, Citation, Event, Evidence, Finished, Sentence, Understood, Wrote
from assistant.paragraphs import BULLET, paragraphs
from assistant.takeaway.letters import clean
from assistant.takeaway.references import paged
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
                if not set(self._sentences) <= set(answer.sentences):
                    self._paragraph(f"**{self._say('gone_meanwhile')}**")
                self._end(answer)
        return Said(self.text[before:], tuple(self.marks[marked:]))

    def whole(self, answer: Answer) -> None:
        """All of an answer at once, as it stands now."""
        self.took(Understood(answer.standalone, answer.filters, answer.inferred))
        self._citations.extend(answer.citations)
        for sentence in answer.sentences:
            self.took(Wrote(sentence, ()))
        self.took(Finished(answer))

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
            self._paragraph(f"> {opening(self._escaped(wording.told(notice.message)))}")
        if answer.citations:
            heading = say("take_sources_one" if len(answer.citations) == 1 else "take_sources_many")
            self._paragraph(f"**{heading}**")
            self._paragraph("\n".join(self._sources(answer.citations)))

    def _abstain(self, abstention: Abstention, evidence: Sequence[Evidence]) -> None:
        say = self._say
        self._paragraph(opening(self._escaped(wording.told(abstention.message))))
        if evidence:
            self._paragraph(f"**{say('nearest')}**")
            self._paragraph("\n".join(f"- {self._named(one.release)}" for one in evidence[:NEAREST]))
        if abstention.contacts:
            self._paragraph(f"**{say('contact')}**")
            told = (self._escaped(reachable(contact)) for contact in abstention.contacts)
            self._paragraph("\n".join(f"- {opening(one)}" for one in told if one))

    def _sources(self, citations: Sequence[Citation]) -> Iterator[str]:
        """A line a release: « - **1, 2** · Métropole, 6 mai 2025 : [Titre](…), p. 2 – `2025-05-06-stade-3f2a` »."""
        say = self._say
        cited: dict[tuple[str, int], list[Citation]] = {}
        for citation in citations:
            cited.setdefault((citation.release_id, citation.version), []).append(citation)
        seen = self.released(cited.keys())
        for version, found in cited.items():
            first = found[0]
            numbers = ", ".join(str(citation.number) for citation in found)
            facts = self._facts(first.issuer, wording.day(first.published, say))
            title = link(self._escaped(first.title) or say("untitled"), self._place(first))
            page = paged([one.page for one in found if one.page is not None], say)
            told = say("take_fact", label=facts, value=", ".join(filter(None, (title, page))))
            embargo = self._state(seen[version].status, seen[version].embargo) if version in seen else ""
            yield f"- **{numbers}** · {told}{embargo} – `{first.release_id}`"

    def _named(self, release: Release) -> str:
        say = self._say
        title = self._escaped(release.title) or say("untitled")
        facts = self._facts(release.issuer, wording.day(release.published, say))
        url = self.places(release.id, release.version, release.url, None)
        return f"{link(title, url)} ({facts}){self._state(release.status, release.embargo)}"

    def _facts(self, issuer: str | None, day: str) -> str:
        return ", ".join(filter(None, (self._escaped(issuer or ""), day)))

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
