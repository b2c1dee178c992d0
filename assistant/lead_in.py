"""What we say before a release's words: who speaks, when; in the asker's language.

« Selon la Métropole, 6 novembre 2017 : », or the speaker and office before a verbatim. Our
words, never part of what is quoted. Knows nothing about which sentences are chosen.
"""

from __future__ import annotations

import re
from datetime import datetime

from assistant.according import body
from store.folding import fold
from store.period import day_in_words
from store.records import Quote, Release, Span, Status
from store.schema import PARIS

TITLE = 90
"""Characters of a title that a lead-in takes at most."""


def according(release: Release, language: str, *, subject: bool = False) -> str:
    """« Selon la Métropole, 6 novembre 2017 : »; with its `subject`, « …, à propos de « Titre » : »."""
    say = _SAY.get(language, _SAY["fr"])
    if release.issuer is None:
        facts = [_release_of(release, language)]
    elif release.published is None:
        facts = [say["according"].format(body(release.issuer).named(language)) + f" ({say['undated']})"]
    else:
        facts = [say["according"].format(body(release.issuer).named(language)), _day(release, language)]
    if subject and release.title:
        facts.append(say["about"].format(_title(release)))
    return _ended(", ".join(facts) + _embargo(release, language), language)


def dated(release: Release, language: str) -> str:
    """« 6 novembre 2017, Métropole de Sarvelle : », how a line among others of other days begins."""
    say = _SAY.get(language, _SAY["fr"])
    day = _day(release, language) or say["undated"]
    issuer = body(release.issuer).name if release.issuer else ""
    return _ended(", ".join(filter(None, (day, issuer))) + _embargo(release, language), language)


def announced(release: Release, language: str, *, titled: bool = False) -> str:
    """« Communiqué de la Métropole du 6 novembre 2017 : », `titled` « …, « Titre » : »."""
    say = _SAY.get(language, _SAY["fr"])
    told = _release_of(release, language)
    if titled and release.title:
        told = f"{told}, {say['quoted'].format(_title(release))}"
    return _ended(told + _embargo(release, language), language)


def spoken(release: Release, quote: Quote, language: str, *, named: bool = True) -> str:
    """« Nadia Lemercanton, maire de Sarvelle, dans le communiqué de la Ville, 6 novembre 2017 : ».

    `named` False leaves the speaker out, where the words that follow tell who it is.
    """
    say = _SAY.get(language, _SAY["fr"])
    speaker = ", ".join(filter(None, (quote.speaker, quote.role))) if named else ""
    if speaker and quote.indirect:
        speaker += f" ({say['reported']})"
    if release.issuer and release.published:
        place = say["in_release"].format(body(release.issuer).after_of(language)) + f", {_day(release, language)}"
    else:
        place = say["in_release"].format(_facts(release, language))
    told = f"{speaker}, {place}" if speaker else place[:1].upper() + place[1:]
    return _ended(told + _embargo(release, language), language)


def contact_given(release: Release, language: str) -> str:
    """« Contact indiqué dans le communiqué de la Ville, 6 novembre 2017 : »."""
    say = _SAY.get(language, _SAY["fr"])
    place = spoken(release, Quote(Span(0, 0)), language, named=False)
    return f"{say['contact']} {place[:1].lower()}{place[1:]}"


def says_itself(release: Release, text: str, language: str) -> bool:
    """Whether a sentence names the issuer and the day of its release."""
    if release.issuer is None or release.published is None:
        return False
    folded = fold(text)
    days = {day_in_words(release.published, one) for one in (language, release.language)}
    return fold(body(release.issuer).name) in folded and any(fold(day) in folded for day in days)


def _release_of(release: Release, language: str) -> str:
    """« Communiqué de la Métropole du 6 novembre 2017 », « Communiqué sans date »."""
    return f"{_SAY.get(language, _SAY['fr'])['release']} {_facts(release, language)}".rstrip()


def _facts(release: Release, language: str) -> str:
    """« de la Métropole du 6 novembre 2017 »."""
    say = _SAY.get(language, _SAY["fr"])
    issuer = body(release.issuer).after_of(language) if release.issuer else ""
    if release.published is None:
        return f"{issuer} ({say['bare']})" if issuer else say["bare"]
    day = _day(release, language)
    on = "dell'" if language == "it" and re.match(r"(?:8|11) ", day) else say["on"]
    return f"{issuer} {on}{day}".strip()


def _day(release: Release, language: str) -> str:
    return day_in_words(release.published, language) if release.published else ""


def _title(release: Release) -> str:
    """The title on one line, whole words only."""
    title = " ".join(release.title.split()).replace("«\u00a0", "“").replace("\u00a0»", "”").strip()
    title = title.replace("« ", "“").replace(" »", "”").replace("«", "“").replace("»", "”")
    return title if len(title) <= TITLE else title[:TITLE].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def _embargo(release: Release, language: str) -> str:
    if release.status is not Status.EMBARGOED:
        return ""
    say = _SAY.get(language, _SAY["fr"])
    if release.embargo is None:
        return f" ({say['embargoed']})"
    return f" ({say['until'].format(_moment(release.embargo, language))})"


def _moment(moment: datetime, language: str) -> str:
    """« 6 novembre 2017 à 10 h », in Paris."""
    local = moment.astimezone(PARIS)
    day = day_in_words(local.date(), language)
    if language in ("en", "de", "it"):
        return f"{day}, {local:%H:%M}"
    return f"{day} à {local.hour} h" + (f" {local:%M}" if local.minute else "")


def _ended(told: str, language: str) -> str:
    return f"{told}:" if language in ("en", "de", "it") else f"{told} :"


_SAY = {
    "fr": {
        "according": "Selon {}",
        "about": "à propos de « {} »",
        "quoted": "« {} »",
        "release": "Communiqué",
        "on": "du ",
        "bare": "sans date",
        "undated": "communiqué sans date",
        "in_release": "dans le communiqué {}",
        "reported": "propos rapportés",
        "contact": "Contact indiqué",
        "embargoed": "sous embargo",
        "until": "sous embargo jusqu’au {}",
    },
    "en": {
        "according": "According to {}",
        "about": "on “{}”",
        "quoted": "“{}”",
        "release": "Release",
        "on": "of ",
        "bare": "undated",
        "undated": "undated release",
        "in_release": "in the release {}",
        "reported": "reported speech",
        "contact": "Contact given",
        "embargoed": "under embargo",
        "until": "under embargo until {}",
    },
    "de": {
        "according": "Laut {}",
        "about": "zu „{}“",
        "quoted": "„{}“",
        "release": "Medienmitteilung",
        "on": "vom ",
        "bare": "ohne Datum",
        "undated": "Medienmitteilung ohne Datum",
        "in_release": "in der Medienmitteilung {}",
        "reported": "sinngemäss wiedergegeben",
        "contact": "Angegebener Kontakt",
        "embargoed": "mit Sperrfrist",
        "until": "Sperrfrist bis {}",
    },
    "it": {
        "according": "Secondo {}",
        "about": "a proposito di «{}»",
        "quoted": "«{}»",
        "release": "Comunicato",
        "on": "del ",
        "bare": "senza data",
        "undated": "comunicato senza data",
        "in_release": "nel comunicato {}",
        "reported": "parole riferite",
        "contact": "Contatto indicato",
        "embargoed": "sotto embargo",
        "until": "sotto embargo fino al {}",
    },
}
