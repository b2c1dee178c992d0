"""What is said instead of an answer: which of the reasons it is, what was searched, how fresh that is.

In the asker's language: French, English, German, Italian. Knows nothing about how the
reason was found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from assistant.answer import Searched
from store.period import Period, day_in_words, in_words
from store.records import Filters


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Why nothing is answered, by a stable word.

    "empty_archive", "nothing_in_filters", "period_not_covered", "language_not_covered",
    "not_mentioned" (no release names `word`), "not_together" (the nearest speak of `known`
    and not of `word`), "not_in_archive" (no release found says it; `word`, where there is
    one, stands in none). `otherwise` counts the releases there are without each filter.
    """

    reason: str
    word: str = ""
    known: tuple[str, ...] = ()
    period: Period = field(default_factory=Period)
    otherwise: tuple[tuple[str, int], ...] = ()
    languages: tuple[str, ...] = ()


_SAY = {
    "fr": {
        "empty_archive": "L'archive ne contient encore aucun communiqué.",
        "nothing_in_filters": "Aucun communiqué ne correspond à {filters}.",
        "otherwise": "On en trouverait {counts}.",
        "period": "{count} sans la période",
        "issuers": "{count} sans l'émetteur",
        "languages": "{count} sans la langue",
        "period_not_covered": "L'archive n'a aucun communiqué de cette période ({period}) : elle va du {first} "
        "au {last}.",
        "period_asked": "La question porte sur une autre période ({period}) que l'archive, qui va du {first} au "
        "{last}.",
        "language_not_covered": "Aucun communiqué n'est dans cette langue ({asked}) : l'archive est en {languages}.",
        "not_in_archive": "Aucun communiqué trouvé ne le dit.",
        "word": "Aucun n'emploie le mot « {word} ».",
        "not_mentioned": "Aucun communiqué ne mentionne « {word} ».",
        "known": "D'autres mots de la question, eux, y sont : {known}.",
        "not_together": "Les communiqués les plus proches parlent de {known}, mais pas de « {word} ».",
        "searched": "Communiqués consultés : {count}, du {first} au {last}, date du plus récent.",
        "searched_undated": "Communiqués consultés : {count}.",
        "and": " et ",
    },
    "en": {
        "empty_archive": "The archive holds no release yet.",
        "nothing_in_filters": "No release matches {filters}.",
        "otherwise": "There would be {counts}.",
        "period": "{count} without the period",
        "issuers": "{count} without the issuer",
        "languages": "{count} without the language",
        "period_not_covered": "The archive holds no release of that time ({period}): it runs from {first} to {last}.",
        "period_asked": "The question is about another time ({period}) than the archive, which runs from {first} to "
        "{last}.",
        "language_not_covered": "No release is in that language ({asked}): the archive is in {languages}.",
        "not_in_archive": "No release found says so.",
        "word": "None uses the word “{word}”.",
        "not_mentioned": "No release mentions “{word}”.",
        "known": "Other words of the question are there: {known}.",
        "not_together": "The nearest releases speak of {known}, but not of “{word}”.",
        "searched": "Releases searched: {count}, from {first} to {last}, the date of the newest.",
        "searched_undated": "Releases searched: {count}.",
        "and": " and ",
    },
    "de": {
        "empty_archive": "Das Archiv enthält noch keine Medienmitteilung.",
        "nothing_in_filters": "Keine Medienmitteilung entspricht {filters}.",
        "otherwise": "Es gäbe {counts}.",
        "period": "{count} ohne den Zeitraum",
        "issuers": "{count} ohne den Absender",
        "languages": "{count} ohne die Sprache",
        "period_not_covered": "Das Archiv enthält keine Medienmitteilung aus dieser Zeit ({period}): Es reicht vom "
        "{first} bis zum {last}.",
        "period_asked": "Die Frage betrifft eine andere Zeit ({period}) als das Archiv, das vom {first} bis zum {last} "
        "reicht.",
        "language_not_covered": "Keine Medienmitteilung ist in dieser Sprache ({asked}): Das Archiv enthält "
        "{languages}.",
        "not_in_archive": "Keine gefundene Medienmitteilung sagt das.",
        "word": "Keine verwendet das Wort «{word}».",
        "not_mentioned": "Keine Medienmitteilung erwähnt «{word}».",
        "known": "Andere Wörter der Frage kommen vor: {known}.",
        "not_together": "Die nächstliegenden Medienmitteilungen sprechen von {known}, aber nicht von «{word}».",
        "searched": "Durchsuchte Medienmitteilungen: {count}, vom {first} bis zum {last}, dem Datum der neuesten.",
        "searched_undated": "Durchsuchte Medienmitteilungen: {count}.",
        "and": " und ",
    },
    "it": {
        "empty_archive": "L'archivio non contiene ancora alcun comunicato.",
        "nothing_in_filters": "Nessun comunicato corrisponde a {filters}.",
        "otherwise": "Se ne troverebbero {counts}.",
        "period": "{count} senza il periodo",
        "issuers": "{count} senza l'emittente",
        "languages": "{count} senza la lingua",
        "period_not_covered": "L'archivio non ha comunicati di quel periodo ({period}): va dal {first} al {last}.",
        "period_asked": "La domanda riguarda un periodo ({period}) diverso da quello dell'archivio, che va dal "
        "{first} al {last}.",
        "language_not_covered": "Nessun comunicato è in quella lingua ({asked}): l'archivio è in {languages}.",
        "not_in_archive": "Nessun comunicato trovato lo dice.",
        "word": "Nessuno usa la parola «{word}».",
        "not_mentioned": "Nessun comunicato menziona «{word}».",
        "known": "Altre parole della domanda invece ci sono: {known}.",
        "not_together": "I comunicati più vicini parlano di {known}, ma non di «{word}».",
        "searched": "Comunicati consultati: {count}, dal {first} al {last}, data del più recente.",
        "searched_undated": "Comunicati consultati: {count}.",
        "and": " e ",
    },
}
_QUOTED = {"fr": "« {} »", "en": "“{}”", "de": "«{}»", "it": "«{}»"}
_LANGUAGES = {
    "fr": {"fr": "français", "en": "anglais", "de": "allemand", "it": "italien"},
    "en": {"fr": "French", "en": "English", "de": "German", "it": "Italian"},
    "de": {"fr": "Französisch", "en": "Englisch", "de": "Deutsch", "it": "Italienisch"},
    "it": {"fr": "francese", "en": "inglese", "de": "tedesco", "it": "italiano"},
}


def in_full(unsaid: Unsaid, filters: Filters, searched: Searched, extent: Searched, language: str) -> str:
    """The whole message. `searched` is what the filters left, `extent` all that the reader may see."""
    language = language if language in _SAY else "fr"
    parts = [_reason(unsaid, filters, extent, language)]
    say = _SAY[language]
    if unsaid.reason == "nothing_in_filters" and unsaid.otherwise:
        counts = [say[name].format(count=_number(count, language)) for name, count in unsaid.otherwise]
        parts.append(say["otherwise"].format(counts=", ".join(counts)))
    if unsaid.reason == "not_in_archive" and unsaid.word:
        parts.append(say["word"].format(word=unsaid.word))
    if unsaid.reason == "not_mentioned" and unsaid.known:
        parts.append(say["known"].format(known=_listed(unsaid.known, language)))
    if unsaid.reason.startswith("not_") and searched.releases:
        parts.append(_searched(searched, language))
    return " ".join(parts)


def _reason(unsaid: Unsaid, filters: Filters, extent: Searched, language: str) -> str:
    say, reason = _SAY[language], unsaid.reason
    first = day_in_words(extent.first, language) if extent.first else "?"
    last = day_in_words(extent.last, language) if extent.last else "?"
    if reason == "period_not_covered" and filters.period != unsaid.period:
        reason = "period_asked"
    return say[reason].format(
        filters=_filters_in_words(filters, language),
        period=in_words(unsaid.period, language),
        first=first,
        last=last,
        word=unsaid.word,
        known=_listed(unsaid.known, language),
        asked=", ".join(_language(one, language) for one in filters.languages),
        languages=", ".join(_language(one, language) for one in unsaid.languages),
    )


def _searched(searched: Searched, language: str) -> str:
    say, count = _SAY[language], _number(searched.releases, language)
    if searched.first is None or searched.last is None:
        return say["searched_undated"].format(count=count)
    return say["searched"].format(count=count, first=_day(searched.first, language), last=_day(searched.last, language))


def _filters_in_words(filters: Filters, language: str) -> str:
    parts = [*filters.issuers, *(_language(one, language) for one in filters.languages)]
    if filters.period != Period():
        parts.append(in_words(filters.period, language))
    return _QUOTED[language].format(", ".join(parts))


def _listed(words: tuple[str, ...], language: str) -> str:
    return _SAY[language]["and"].join(_QUOTED[language].format(word) for word in words)


def _language(code: str, language: str) -> str:
    return _LANGUAGES[language].get(code, code)


def _number(count: int, language: str) -> str:
    return f"{count:,}".replace(",", "," if language == "en" else "\u202f")


def _day(day: date, language: str) -> str:
    return day_in_words(day, language)
