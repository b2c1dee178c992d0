"""A release as a source, in the reference style of the language: « Émetteur. *Titre* [communiqué de presse]. Date… ».

After ISO 690 as French newsrooms and universities write it. Knows nothing of formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.answer import Citation
from assistant.takeaway.dossier import Line, Note, Piece
from assistant.takeaway.letters import address, clean, quoted, set_in
from assistant.takeaway.standing import Standing
from assistant.web import wording
from assistant.web.messages import Messages
from store.period import day_in_words
from store.records import Status
from store.schema import PARIS


def reference(
    citation: Citation, pages: Sequence[int], link: str | None, consulted: date, standing: Standing, say: Messages
) -> Line:
    """The source in full. `link` is the permanent link to the release here, used where it has no address of its own."""
    if gone(citation):
        return (Piece(say("take_gone") + "."),)
    issuer = set_in(citation.issuer or "", say.language)
    facts = [
        say("take_undated") if citation.published is None else _day(citation.published, say),
        say("take_reference", reference=clean(citation.reference)) if citation.reference else "",
        say("take_version", version=citation.version) if citation.version > 1 else "",
        paged(pages, say),
    ]
    told = ", ".join(fact for fact in facts if fact)
    line = [
        *([Piece(_ended(issuer) + " ")] if issuer else []),
        _title(citation, standing, say),
        Piece(f" [{say('take_kind')}]. {_ended(told)}"),
    ]
    url = address(citation.url) or link
    if url is not None:
        seen = say("take_consulted", day=_day(consulted, say))
        line += [Piece(" " + say("take_available")), Piece(url, url=url), Piece(f"{seen}.")]
    return tuple(line)


def note(citation: Citation, number: int, standing: Standing, say: Messages) -> Note:
    """What the mark `number` leads to."""
    if gone(citation):
        return Note(number, (Piece(say("take_gone")),), "", ())
    issuer = set_in(citation.issuer or "", say.language)
    day = say("take_undated") if citation.published is None else _day(citation.published, say)
    short = (*([Piece(f"{issuer}, ")] if issuer else []), _title(citation, standing, say), Piece(f", {day}"))
    page = "" if citation.page is None else paged([citation.page], say)
    words = Piece(quoted(citation.quote, say.language), language=_foreign(standing, say))
    return Note(number, short, page, (words,))


def gone(citation: Citation) -> bool:
    """Whether the words cited may not be read (any more): `replay.without` has emptied it."""
    return not citation.quote


def marks(standing: Standing, say: Messages) -> tuple[str, ...]:
    """What must be known of the source today."""
    told = []
    if standing.embargo is not None:
        told.append(f"{wording.status(Status.EMBARGOED, standing.embargo, say)}.")
    if standing.since is not None:
        told.append(_since(standing, say))
    return tuple(told)


def _since(standing: Standing, say: Messages) -> str:
    since = standing.since
    assert since is not None
    by = ", ".join(quoted(title, say.language) if title else say("untitled") for title in standing.by)
    key = f"take_{since.state}"
    if since.moment is not None and since.state in ("corrected", "withdrawn"):
        day = _day(since.moment.astimezone(PARIS).date(), say)
        return say(f"{key}_on", day=day, now=since.version_now)
    return say(key, now=since.version_now, by=by)


def paged(pages: Iterable[int], say: Messages) -> str:
    """« p. 2 », « p. 2 et 4 », "pp. 2 and 4"; "" without pages."""
    numbers = [str(page) for page in sorted(set(pages))]
    if not numbers:
        return ""
    return say("take_page_one" if len(numbers) == 1 else "take_page_many", pages=together(numbers, say))


def together(parts: Sequence[str], say: Messages) -> str:
    """« 1 », « 1 et 2 », « 1, 2 et 3 »."""
    if len(parts) < 2:
        return "".join(parts)
    return say("take_and", some=", ".join(parts[:-1]), last=parts[-1])


def _title(citation: Citation, standing: Standing, say: Messages) -> Piece:
    title = set_in(citation.title, say.language) or say("untitled")
    return Piece(title, italic=True, language=_foreign(standing, say))


def _foreign(standing: Standing, say: Messages) -> str | None:
    return None if standing.language in (None, say.language) else standing.language


def _day(day: date, say: Messages) -> str:
    """A day as it is written, in one piece."""
    return day_in_words(day, say.language).replace(" ", "\u00a0", 1)


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
