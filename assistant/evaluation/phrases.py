"""How people ask a press archive for its last, first and several releases, for lists and counts.

Templates by kind and language. {of} is « de l'Office … » and {by} « par l'Office … », each
with a blank before it or empty; {the} the issuer with its article, {bare} without, {it}
« il » or « elle »; {when} a period with a blank before it, or empty, {key} its shortest form;
{n} a number, {subject} what the release is to be about. Knows nothing about releases.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from assistant.evaluation.spoken_names import Named
from assistant.evaluation.whens import ENGLISH, FRENCH, GERMAN, ITALIAN, When

LAST, FIRST, NEWEST, OLDEST, COUNT, LIST = "last", "first", "newest", "oldest", "count", "list"

TEMPLATES: dict[str, dict[str, tuple[str, ...]]] = {
    LAST: {
        FRENCH: (
            "Quel est le dernier communiqué{of}{when} ?",
            "C'est quoi le dernier communiqué{of}{when} ?",
            "Quel a été le tout dernier communiqué publié{by}{when} ?",
            "Montre-moi le communiqué le plus récent{of}{when}.",
            "dernier communiqué{of}{when}",
            "De quoi parlait le dernier communiqué de presse{of}{when} ?",
            "Je cherche la dernière publication{of}{when}",
            "Qu'a publié {the} en dernier ?",
            "Que dit le dernier communiqué{of}{when} ?",
            "le plus récent communiqué{of} svp",
            "De quand date le dernier communiqué{of} ?",
            "Quelle est la dernière annonce{of}{when} ?",
            "Quel est le communiqué de presse le plus récent que {the} ait publié{when} ?",
            "Pouvez-vous me retrouver le dernier communiqué{of}{when} ?",
            "Sur quoi portait le communiqué le plus récent{of} ?",
            "À quand remonte le dernier communiqué{of} ?",
            "Qu'est-ce qui a été publié en dernier{by}{when} ?",
            "{the} : dernier communiqué ?",
            "Quelle est la dernière chose que {the} a publiée{when} ?",
            "dernier communiqué {bare} {key}",
            "Affiche la plus récente des publications{of}",
        ),
        ENGLISH: (
            "What is the latest press release{from}{when}?",
            "Show me the most recent press release{from}{when}",
            "What was the last release{from}{when} about?",
        ),
        GERMAN: (
            "Welches ist die neueste Medienmitteilung{von}{when}?",
            "Was steht in der letzten Medienmitteilung{von}{when}?",
        ),
        ITALIAN: ("Qual è l'ultimo comunicato{di}{when}?", "Di cosa parla l'ultimo comunicato stampa{di}{when}?"),
    },
    FIRST: {
        FRENCH: (
            "Quel est le premier communiqué{of}{when} ?",
            "Quel a été le tout premier communiqué de presse{of}{when} ?",
            "Quel est le plus ancien communiqué{of} de vos archives ?",
            "Quel communiqué a été publié en premier{by}{when} ?",
            "premier communiqué{of}{when}",
            "Quand {the} a-t-{it} publié son premier communiqué{when} ?",
            "De quoi traitait le premier communiqué paru{when}{by} ?",
            "Retrouve le communiqué le plus ancien{of}{when}",
            "Quelle a été la première annonce{of}{when} ?",
            "premier communiqué {bare} {key}",
        ),
        ENGLISH: ("What was the first press release{from}{when}?", "the earliest press release{from}{when}"),
        GERMAN: ("Welches war die erste Medienmitteilung{von}{when}?",),
        ITALIAN: ("Qual è stato il primo comunicato{di}{when}?",),
    },
    NEWEST: {
        FRENCH: (
            "Quels sont les {n} derniers communiqués{of}{when} ?",
            "les {n} derniers communiqués{of}{when}",
            "Donne-moi les {n} communiqués les plus récents{of}{when}.",
            "Liste-moi les {n} dernières publications{of}{when}",
            "Pouvez-vous me montrer les {n} derniers communiqués de presse{of}{when} ?",
            "J'aimerais voir les {n} plus récents communiqués{of}{when}",
            "Résume les {n} derniers communiqués publiés{by}{when}",
            "{n} derniers communiqués {bare}",
            "Que disent les {n} dernières annonces{of} ?",
            "Envoie-moi les {n} communiqués les plus récents{of}{when}, stp",
        ),
        ENGLISH: (
            "What are the last {n} press releases{from}{when}?",
            "the {n} most recent press releases{from}{when}",
        ),
        GERMAN: ("Zeig mir die letzten {n} Medienmitteilungen{von}{when}",),
        ITALIAN: ("Quali sono gli ultimi {n} comunicati{di}{when}?",),
    },
    OLDEST: {
        FRENCH: (
            "Quels sont les {n} premiers communiqués{of}{when} ?",
            "les {n} plus anciens communiqués{of}{when}",
            "Montre-moi les {n} premiers communiqués publiés{by}{when}.",
        ),
        ENGLISH: ("What were the first {n} press releases{from}{when}?",),
        GERMAN: ("Die ersten {n} Medienmitteilungen{von}{when}",),
        ITALIAN: ("I primi {n} comunicati{di}{when}",),
    },
    COUNT: {
        FRENCH: (
            "Combien de communiqués {the} a-t-{it} publiés{when} ?",
            "Combien de communiqués de presse{of} ont paru{when} ?",
            "Combien y a-t-il eu de communiqués{of}{when} ?",
            "Quel est le nombre de communiqués publiés{by}{when} ?",
            "nombre de communiqués{of}{when}",
            "Combien de fois {the} a-t-{it} communiqué{when} ?",
            "Combien a-t-on publié de communiqués{of}{when} ?",
            "Combien de communiqués ont été publiés{by}{when} ?",
            "Peux-tu compter les communiqués{of}{when} ?",
            "combien de communiqués {bare} {key}",
            "Combien d'annonces {the} a-t-{it} faites{when} ?",
            "Quel est le total des communiqués parus{when}{by} ?",
            "{the} a publié combien de communiqués{when} ?",
        ),
        ENGLISH: (
            "How many press releases did {bare} publish{when}?",
            "How many press releases{from} are there{when}?",
            "Number of press releases{from}{when}",
        ),
        GERMAN: (
            "Wie viele Medienmitteilungen{von} gibt es{when}?",
            "Wie viele Mitteilungen hat {bare}{when} publiziert?",
        ),
        ITALIAN: ("Quanti comunicati{di} ci sono{when}?", "Quanti comunicati ha pubblicato {bare}{when}?"),
    },
    LIST: {
        FRENCH: (
            "Quels communiqués {the} a-t-{it} publiés{when} ?",
            "Donne-moi tous les communiqués{of}{when}.",
            "Liste des communiqués{of}{when}",
            "Qu'a publié {the}{when} ?",
            "Quels sont les communiqués{of} parus{when} ?",
            "Qu'est-ce que {the} a annoncé{when} ?",
            "communiqués{of}{when}",
            "Je voudrais la liste complète des communiqués de presse{of}{when}",
            "Est-ce que {the} a publié quelque chose{when} ?",
            "Y a-t-il eu des communiqués{of}{when} ?",
            "communiqués {bare} {key}",
            "Sur quoi {the} a-t-{it} communiqué{when} ?",
            "Tout ce que {the} a publié{when}",
        ),
        ENGLISH: ("Which press releases did {bare} publish{when}?", "List all press releases{from}{when}"),
        GERMAN: ("Welche Medienmitteilungen hat {bare}{when} veröffentlicht?",),
        ITALIAN: ("Quali comunicati ha pubblicato {bare}{when}?",),
    },
}  # fmt: skip

ABOUT = {
    FRENCH: (
        "Qu'avons-nous publié{when} sur « {subject} » ?",
        "Que disait-on{when} à propos de {subject} ?",
        "communiqué{of}{when} : {subject}",
        "Je cherche un communiqué paru{when} qui parle de : {subject}",
    ),
    ENGLISH: ("What was published{when} about « {subject} »?",),
}

ON = {
    FRENCH: (
        "Quel est le dernier communiqué sur {subject} ?",
        "dernier communiqué qui parle de {subject}",
        "Quel est le communiqué le plus récent à propos de {subject} ?",
    ),
    ENGLISH: ("What is the latest press release on {subject}?",),
}
"""The last release on a subject that few titles name."""

TRAPS = (
    "Que prévoit le budget {after} ?",
    "Que disent les comptes {before} ?",
    "Quels objectifs sont fixés pour {later} ?",
    "Qu'est-il prévu à l'horizon {later} ?",
    "Que contient le rapport annuel {before} ?",
    "Que dit-on du recensement {later} ?",
    "Quelle est la stratégie {after}-{later} ?",
    "Quelles mesures entreront en vigueur le 1er janvier {after} ?",
    "Qui a signé l'accord de {before} ?",
    "Que sait-on des élections de {after} ?",
    "Quel est le programme de législature {before}-{later} ?",
    "De combien la prime augmente-t-elle en {after} ?",
    "What is in the {after} budget?",
    "Was steht im Voranschlag {after}?",
)
"""Years that belong to what is asked about, and say nothing of when it was published."""

TRAPS_WITHIN = (
    "Qu'a-t-on publié{when} sur le budget {after} ?",
    "Que disions-nous{when} du rapport annuel {before} ?",
    "Quels communiqués parus{when} parlent des comptes {before} ?",
)

_NUMBERS = {
    FRENCH: {2: "deux", 3: "trois", 4: "quatre", 5: "cinq"},
    ENGLISH: {2: "two", 3: "three", 4: "four", 5: "five"},
    GERMAN: {2: "zwei", 3: "drei", 4: "vier", 5: "fünf"},
    ITALIAN: {2: "due", 3: "tre", 4: "quattro", 5: "cinque"},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in words, and what of issuer and period it really says."""

    text: str
    named: Named | None
    when: When | None


def ask(rng: Random, kind: str, language: str, named: Named | None, when: When | None, n: int = 0) -> Asked:
    """A question of that kind in words that fit: every template without an issuer needs none of its forms."""
    fitting = [
        template
        for template in TEMPLATES[kind][language]
        if (named is not None or not any(mark in template for mark in ("{the}", "{bare}", "{it}")))
        and (named is None or _names(template))
        and (named is None or named.article != "les " or "{it}" not in template)
        and (named is None or named.article or language != FRENCH or "{the} a-t" not in template)
        and (kind not in (COUNT, LIST) or when is None or "{when}" in template or "{key}" in template)
        and ("{key}" not in template or (when is not None and bool(when.key)))
    ]
    template = rng.choice(fitting)
    text = fill(template, named, when, n=_NUMBERS[language].get(n, str(n)) if rng.random() < 0.6 else str(n))
    return Asked(text, named, when if "{when}" in template or "{key}" in template else None)


def fill(template: str, named: Named | None, when: When | None, **more: object) -> str:
    """The template in words."""
    forms = {
        "of": f" {named.of}" if named else "",
        "by": f" par {named.the}" if named else "",
        "from": f" from {named.bare}" if named else "",
        "von": f" von {named.bare}" if named else "",
        "di": f" di {named.bare}" if named else "",
        "the": named.the if named else "",
        "bare": named.bare if named else "",
        "it": "elle" if named and named.feminine else "il",
        "when": f" {when.words}" if when else "",
        "key": when.key if when else "",
    }
    text = template.format(**forms, **more)
    return text[0].upper() + text[1:] if template[0].isupper() or template[0] == "{" else text


def _names(template: str) -> bool:
    return any(mark in template for mark in ("{of}", "{by}", "{from}", "{von}", "{di}", "{the}", "{bare}"))
