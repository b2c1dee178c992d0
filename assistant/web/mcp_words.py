"""What our tools say in words, beside their documents: sentences with numbered sources and links.

Every word of a release stands on one line, so that nothing in it can pass for a heading or
a source of ours. Knows neither tools nor protocol; reads the documents every door gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from assistant.takeaway.letters import address, clean

RELEASE = "release://"
_NEAREST = 3


def answer(told: dict[str, Any], held: Mapping[str, datetime | None]) -> str:
    """An answer's sentences with the numbers of their sources, or why there is none; then the sources.

    `held` are the releases under embargo (ids), each with the end of it.
    """
    lines = [notice_line(notice) for notice in told["notices"]]
    if told["abstention"] is not None:
        return "\n".join([clean(told["abstention"]["message"]), *lines, *_instead(told)])
    sentences = " ".join(_sentence(sentence) for sentence in told["sentences"])
    sources = (_source(citation, held) for citation in told["citations"])
    return "\n".join([sentences, *lines, "", "Sources:", *sources])


def notice_line(notice: dict[str, Any]) -> str:
    return f"Note: {clean(notice['message'])}"


def hits(found: list[dict[str, Any]]) -> str:
    """Releases found, each with its best passage."""
    if not found:
        return "No release found. Other words, or fewer filters, may find one."
    return "\n".join(
        f"{number}. {release(hit)}\n   {clean(hit['passage']['text'])}" for number, hit in enumerate(found, start=1)
    )


def excerpt(read: dict[str, Any]) -> str:
    """What is known of a release, then its text as it stands, marked off."""
    facts = [
        release(read),
        f"Status: {under_embargo(read['embargo']) if read['status'] == 'embargoed' else read['status']}",
        f"Version: {read['version']}",
        *(f"Corrected by: {release(one)}" for one in read["corrected_by"]),
        *(f"Corrects: {release(one)}" for one in read["corrects"]),
        *(f"Press contact: {contact}" for contact in contacts(read["contacts"])),
    ]
    on = "" if read["next"] is None else f"; read on with start={read['next']}"
    head = f"Text, characters {read['start']} to {read['end']} of {read['length']}{on}:"
    return "\n".join([*facts, "", head, "", read["text"]])


def issuers(listed: list[dict[str, Any]], total: int) -> str:
    if not listed:
        return "No issuer of that name."
    more = [f"… and {total - len(listed)} more"] if total > len(listed) else []
    return "\n".join([*(f"{clean(one['name'])} ({one['releases']})" for one in listed), *more])


def release(known: dict[str, Any]) -> str:
    """A release in a line: its title, who issued it when, its id."""
    facts = (known["issuer"] or "unknown issuer", known["published"] or "undated", known["reference"] or "")
    told = ", ".join(clean(fact) for fact in facts if fact)
    return f"{clean(known['title']) or 'Untitled'} ({told}) <{RELEASE}{known['release_id']}>"


def contacts(known: Iterable[dict[str, Any]]) -> list[str]:
    lines = (", ".join(clean(one[key]) for key in ("name", "role", "phone", "email") if one[key]) for one in known)
    return [line for line in lines if line]


def under_embargo(until: str) -> str:
    return f"embargoed until {until}: not to be made public before"


def _sentence(sentence: dict[str, Any]) -> str:
    marks = "".join(f"[{number}]" for number in sentence["citations"])
    return " ".join(clean(part) for part in (sentence["lead_in"], sentence["text"], marks) if part)


def _source(citation: dict[str, Any], held: Mapping[str, datetime | None]) -> str:
    until = held.get(citation["release_id"])
    secret = f"\n    {under_embargo(until.isoformat())}" if until else ""
    page = f", p. {citation['page']}" if citation["page"] else ""
    link = address(citation["url"])
    own = f" {link}" if link else ""
    return f"[{citation['number']}] {release(citation)}{page}{own}{secret}\n    Quote: {clean(citation['quote'])}"


def _instead(told: dict[str, Any]) -> list[str]:
    """What an abstention leads on to: the nearest releases, and whom to call."""
    near = [f"- {one['release_id']}: {clean(one['text'])[:200]}" for one in told["evidence"][:_NEAREST]]
    whom = contacts(told["abstention"]["contacts"])
    return [
        *(["", "Nearest releases, which do not answer it:", *near] if near else []),
        *(["", "Press contacts:", *whom] if whom else []),
    ]
