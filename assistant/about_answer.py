"""Answers about the answer before: the sentence it rests on, whole and verbatim, and whose it is.

Title, issuer, day and page stand in the lead-in; the sentence is the release's own. What the
answer cited is taken from its record where there is one, else the question is asked again
within the releases it cited. Knows nothing about how a question about an answer is recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from assistant.answer import Abstention, Claim
from assistant.asked_back import AskedBack
from assistant.asked_back_forms import Asks
from store.language import trimmed
from store.period import day_in_words
from store.records import Quote, Release, ReleaseNotFound, Span, Status
from store.view import View

SENTENCES = 3
"""Sentences shown; an answer rests on few."""
LONGEST = 1_000
"""Characters over which a sentence is not made whole again."""

Source = tuple[Release, Span]


def still_there(view: View, cited: Iterable[tuple[str, int, Span]]) -> tuple[Source, ...]:
    """What an answer cited, where this reader may see those very versions; nothing where one has changed."""
    found: list[Source] = []
    for release_id, version, span in cited:
        with suppress(ReleaseNotFound):
            release = view.release(release_id)
            if release.version == version and release.status in (Status.PUBLISHED, Status.EMBARGOED):
                found.append((release, span))
                continue
        return ()
    return tuple(found)


def visible(view: View, named: Sequence[str]) -> tuple[str, ...]:
    """The ids of those releases (named by id or reference) that this reader may see."""
    ids = []
    for name in named:
        with suppress(ReleaseNotFound):
            ids.append(view.release(name).id)
    return tuple(dict.fromkeys(ids))


def claims(view: View, back: AskedBack, sources: Iterable[Source]) -> Iterator[Claim]:
    """The sentences that an answer rests on, each under its release; those that hold the figure asked about first."""
    whole = list(dict.fromkeys(_whole(view, release, span) for release, span in sources))
    chosen = [one for one in whole if _holds(back, *one)] or whole
    before: Release | None = None
    for release, span in chosen[:SENTENCES]:
        told = _lead_in(back, release, span)
        yield Claim(_flowing(release, span), ((release, span),), "" if release is before else told)
        before = release


def nothing_before(back: AskedBack) -> Abstention:
    """Nothing was asked before, or the answer before cites nothing (any more): what is meant is asked."""
    say = _SAY[back.language]
    if back.before is None:
        return Abstention("no_answer_before", say["none"])
    asked = " ".join(back.before.question.split())
    return Abstention("nothing_cited", say["gone" if back.before.releases else "uncited"].format(asked))


def _whole(view: View, release: Release, span: Span) -> Source:
    """The sentences in which a citation stands, from the first to the last."""
    touched = [
        kept
        for passage in view.passages(release.id)
        for sentence in passage.sentences
        if (kept := trimmed(release.text, sentence)).start < span.end and span.start < kept.end
    ]
    if not touched:
        return release, span
    whole = Span(min(one.start for one in touched), max(one.end for one in touched))
    return release, whole if len(whole) <= max(LONGEST, len(span)) else span


def _holds(back: AskedBack, release: Release, span: Span) -> bool:
    text = span.of(release.text)
    if back.named:
        return back.named in re.sub(r"(?<=\d)[\s'’.,]+(?=\d)", "", text)
    return not back.figure or any(character.isdigit() for character in text)


def _flowing(release: Release, span: Span) -> str:
    return " ".join(span.of(release.text).split())


def _lead_in(back: AskedBack, release: Release, span: Span) -> str:
    """« Dans le communiqué « Titre » (Métropole, 3 mars 2026, p. 2) : », said as what was asked wants it."""
    say = _SAY[back.language]
    title = say["title"].format(_plain_title(release)) if release.title else ""
    day = day_in_words(release.published, back.language) if release.published else say["undated"]
    page = release.page_of(span.start)
    place = [release.issuer, day, say["page"].format(page) if page else None]
    if release.status is Status.EMBARGOED:
        place.append(say["embargoed"])
    speaker = _speaker(release, span) if back.asks is Asks.WHO else None
    if back.asks is Asks.DATE and release.published:
        place = [one for one in place if one != day]
    form = say[back.asks.value if back.asks is not Asks.DATE or release.published else Asks.SOURCE.value]
    if back.asks is Asks.WHO:
        form = say["speaker"] if speaker else say["who"] if release.issuer else say["source"]
        place = place if speaker or not release.issuer else place[1:]
    facts = ", ".join(one for one in place if one)
    told = form.format(
        release=" ".join(filter(None, (title, f"({facts})" if facts else ""))),
        day=day,
        speaker=speaker,
        issuer=release.issuer,
    )
    return f"{told[0].upper()}{told[1:]}{' :' if back.language == 'fr' else ':'}"


def _speaker(release: Release, span: Span) -> str | None:
    """Who says the words cited, with the office, where the release quotes somebody there."""
    said: list[Quote] = [
        quote
        for quote in release.quotes
        if quote.speaker and quote.span.start < span.end and span.start < quote.span.end
    ]
    best = max(said, key=lambda quote: min(quote.span.end, span.end) - max(quote.span.start, span.start), default=None)
    return None if best is None else ", ".join(filter(None, (best.speaker, best.role)))


def _plain_title(release: Release) -> str:
    """The title on a line, its own quotation marks made inner ones."""
    title = " ".join(release.title.split())
    return re.sub(r"\s*[»”]", "”", re.sub(r"[«“„]\s*", "“", title))


_SAY = {
    "fr": {
        "title": "« {} »",
        "page": "p. {}",
        "undated": "sans date",
        "embargoed": "sous embargo",
        "source": "dans le communiqué {release}",
        "exact": "mot pour mot, dans le communiqué {release}",
        "date": "le {day}, dans le communiqué {release}",
        "speaker": "{speaker}, dans le communiqué {release}",
        "who": "{issuer}, dans le communiqué {release}",
        "sure": "c’est écrit mot pour mot dans le communiqué {release}",
        "none": "De quelle réponse parlez-vous ? Posez d’abord une question, puis demandez d’où vient la réponse.",
        "uncited": "La réponse à « {} » ne cite aucun communiqué. De quelle information parlez-vous ?",
        "gone": "Ce que citait la réponse à « {} » ne se trouve pas, ou plus, dans l’archive.",
    },
    "en": {
        "title": "“{}”",
        "page": "p. {}",
        "undated": "undated",
        "embargoed": "under embargo",
        "source": "in the release {release}",
        "exact": "word for word, in the release {release}",
        "date": "on {day}, in the release {release}",
        "speaker": "{speaker}, in the release {release}",
        "who": "{issuer}, in the release {release}",
        "sure": "it is written word for word in the release {release}",
        "none": "Which answer do you mean? Ask a question first, then ask where the answer comes from.",
        "uncited": "The answer to “{}” cites no release. Which statement do you mean?",
        "gone": "What the answer to “{}” cited is not, or no longer, in the archive.",
    },
    "de": {
        "title": "„{}“",
        "page": "S. {}",
        "undated": "ohne Datum",
        "embargoed": "mit Sperrfrist",
        "source": "in der Medienmitteilung {release}",
        "exact": "wörtlich, in der Medienmitteilung {release}",
        "date": "am {day}, in der Medienmitteilung {release}",
        "speaker": "{speaker}, in der Medienmitteilung {release}",
        "who": "{issuer}, in der Medienmitteilung {release}",
        "sure": "so steht es wörtlich in der Medienmitteilung {release}",
        "none": "Welche Antwort meinen Sie? Stellen Sie zuerst eine Frage, dann fragen Sie nach der Quelle.",
        "uncited": "Die Antwort auf „{}“ zitiert keine Medienmitteilung. Welche Aussage meinen Sie?",
        "gone": "Was die Antwort auf „{}“ zitierte, ist nicht oder nicht mehr im Archiv.",
    },
    "it": {
        "title": "«{}»",
        "page": "p. {}",
        "undated": "senza data",
        "embargoed": "sotto embargo",
        "source": "nel comunicato {release}",
        "exact": "parola per parola, nel comunicato {release}",
        "date": "il {day}, nel comunicato {release}",
        "speaker": "{speaker}, nel comunicato {release}",
        "who": "{issuer}, nel comunicato {release}",
        "sure": "è scritto parola per parola nel comunicato {release}",
        "none": "Di quale risposta parla? Faccia prima una domanda, poi chieda da dove viene la risposta.",
        "uncited": "La risposta a «{}» non cita alcun comunicato. Di quale informazione parla?",
        "gone": "Ciò che citava la risposta a «{}» non si trova, o non si trova più, nell’archivio.",
    },
}
