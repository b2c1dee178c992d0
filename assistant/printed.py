"""Answers, hits and releases as the command line prints them.

Knows nothing about how they were found.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import datetime

from assistant.answer import Abstention, Answer, Citation, Evidence, Sentence
from assistant.inferred import understood_in_words
from assistant.understood import facts, field_name, reachable
from assistant.web.messages import typeset
from store.amendments import Amendment
from store.records import Release, Status
from store.view import Related

WIDTH = 96


def printed(answer: Answer) -> str:
    """An answer with its numbered sources, or why there is none; above, what was read off the question."""
    understood = understood_in_words(answer.inferred, "fr")
    read = [_filled(f"Compris : {understood}"), ""] if understood else []
    notices = [line for notice in dict.fromkeys(answer.notices) for line in ("", _filled(f"(i) {notice.message}"))]
    if answer.abstention is not None:
        return "\n".join([*read, *_abstained(answer.abstention, answer.evidence), *notices])
    body = [_filled(_said(sentence)) for sentence in answer.sentences]
    return "\n".join([*read, *body, *notices, "", *(_source(citation) for citation in answer.citations)])


def printed_hits(found: Sequence[tuple[Evidence, Sequence[str]]]) -> str:
    """Releases found, each with its best passage, and why it is there where that was asked for."""
    lines = []
    for number, (hit, why) in enumerate(found, start=1):
        lines.append(f"{number:2}. {_named(hit.release)}")
        lines.append(_filled(" ".join(hit.text.split())[: 3 * WIDTH], "    "))
        lines += [
            textwrap.fill(f"→ {reason}", WIDTH, initial_indent="    ", subsequent_indent="      ") for reason in why
        ]
    return "\n".join(lines) or "Aucun communiqué n'en parle."


def printed_release(
    versions: Sequence[Release],
    withdrawal: tuple[datetime, str] | None,
    related: Related,
    amendments: Sequence[Amendment] = (),
) -> str:
    """What was understood of a release and where it was read, with doubts, then its text."""
    release = versions[-1]
    known: list[tuple[str, object, str]] = [
        ("Id", release.id, ""),
        ("Statut", _status(release, withdrawal), ""),
        ("Version", f"{release.version}" + (f" (sur {len(versions)})" if len(versions) > 1 else ""), ""),
        ("Adresse", release.url, ""),
        ("Source", release.source.name, ""),
        *((fact.field, fact.value, fact.origin) for fact in facts(release, related, "fr")),
    ]
    lines = [
        f"{name + ' ':.<16} {value}" + (f"  [{origin}]" if origin else "") for name, value, origin in known if value
    ]
    return "\n".join([*lines, *(printed_amendment(one) for one in amendments), "", release.text])


def printed_amendment(one: Amendment) -> str:
    """A field put right by hand: what stands, what the document says, who says so."""
    was = f"le document dit « {one.was} »" if one.was else "le document n’en dit rien"
    told = "; ".join(
        filter(None, (was, f"{one.by}, {one.at:%Y-%m-%d}", one.note, "à revérifier" if one.recheck else ""))
    )
    return f"{'Corrigé ':.<16} {field_name(one.field, 'fr')} : {one.value or '–'}  [{told}]"


def _said(sentence: Sentence) -> str:
    """Our words, the sentence, and the numbers of its sources."""
    marks = "".join(f"[{number}]" for number in sentence.citations)
    return typeset(" ".join(filter(None, (sentence.lead_in, sentence.text, marks))))


def _abstained(abstention: Abstention, nearest: Sequence[Evidence]) -> list[str]:
    lines = [_filled(abstention.message)]
    if nearest:
        lines += ["", "Les communiqués les plus proches :"]
        lines += [f"  – {_named(evidence.release)}" for evidence in nearest[:3]]
    if abstention.contacts:
        lines += ["", "Contact presse :", *(f"  {reachable(contact)}" for contact in abstention.contacts)]
    return lines


def _source(citation: Citation) -> str:
    page = f", p. {citation.page}" if citation.page else ""
    facts = f"{citation.issuer or 'émetteur inconnu'}, {citation.published or 'sans date'}{page}"
    return f"[{citation.number}] {citation.title} ({facts})\n    {citation.release_id}"


def _named(release: Release) -> str:
    return f"{release.title} ({release.issuer or 'émetteur inconnu'}, {release.published or 'sans date'}) {release.id}"


def _status(release: Release, withdrawal: tuple[datetime, str] | None) -> str:
    if withdrawal is not None:
        return f"{release.status.value} ({withdrawal[0]:%Y-%m-%d}: {withdrawal[1]})"
    if release.status is Status.EMBARGOED:
        return f"{release.status.value} ({release.embargo:%Y-%m-%d %H:%M} UTC)"
    return release.status.value


def _filled(text: str, indent: str = "") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
