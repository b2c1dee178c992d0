"""Sentences of a model that claim nothing: that it does not know, or that here comes the answer.

Knows nothing about sources; four languages at once, by closed phrases.
"""

from __future__ import annotations

import re

from store.language import content_terms, fold

_DECLINES = re.compile(
    r"""
    \bje\ (?:ne\ (?:le\ )?(?:sais|peux|trouve|dispose|connais|suis|vois)|n'(?:ai|en|y|arrive))\b
  | \bil\ (?:ne\ m'est\ pas|m'est\ impossible|n'(?:est|y\ a)\ pas\s
      (?:possible|d'information|de\ reponse|indique|precise))
  | \b(?:aucun[e]?|nul)\ (?:communique|source|phrase|document|extrait|texte|information|passage)s?\b
    .{0,60}\b(?:ne|n')\ ?(?:le|la|les|y|l')?\ ?(?:dit|mentionne|precise|indique|contient|repond|donne|fournit
      |permet|parle|est|sont|figure)
  | \b(?:les?|la|ces?|cette)\ (?:communiques?|sources?|phrases?|documents?|textes?|informations?|extraits?|contexte)\b
    .{0,40}\b(?:ne|n')\ ?(?:le|la|les|l'|y)?\ ?
      (?:dit|disent|mentionne|precise|indique|contien|repond|donne|fourni|perme|parle|comporte)
  | \b(?:l'information|la\ reponse|cette\ information|ce\ (?:point|chiffre))\b.{0,30}
    \bn(?:e|')\ ?(?:est|figure|apparait)
  | \bdesole\b | \bje\ m'excuse\b
  | \bi\ (?:do\ not|don't|cannot|can't|can\ not|am\ (?:not|unable|sorry)|have\ no)\b
  | \bi'm\ (?:sorry|unable|not|afraid)
  | \b(?:no|none\ of\ the)\ (?:\w+\ ){0,2}(?:releases?|sources?|sentences?|documents?|information)\b
    .{0,50}\b(?:say|says|mention|mentions|state|states|contain|contains|provide|provides|provided|given|available|found)
  | \b(?:the|these)\ (?:\w+\ ){0,2}(?:releases?|sources?|sentences?|documents?|texts?|context|information)\b
    .{0,30}\b(?:do|does|did|is|are)(?:\ not|n't)\b
  | \bas\ an\ ai\b | \ben\ tant\ qu'(?:ia|intelligence|assistant|modele) | \bals\ ki\b
  | \bich\ (?:weiss|kann|habe|finde|bin)\b.{0,40}\b(?:nicht|keine|kein|leider)\b | \bleider\b.{0,40}\b(?:nicht|keine?)\b
  | \bkeine?\ (?:medienmitteilung|quelle|angaben?|information(?:en)?)\b
  | \bdie\ (?:\w+\ )?(?:medienmitteilung(?:en)?|quellen?|texte?|satze)\b.{0,30}\b(?:nicht|keine?)\b
  | \bnon\ (?:lo\ so|so|posso|trovo|dispongo|ho\ (?:informazion|trovato)|sono\ in\ grado)
  | \bnessun[ao]?\ (?:comunicato|fonte|informazion\w+|documento|testo)\b | \bmi\ dispiace\b
  | \b(?:il|i|le|la)\ (?:comunicat[oi]|font[ei]|test[oi])\ non\b
    """,
    re.VERBOSE,
)
_EMPTY = frozenset(
    """
    selon apres source communique phrase document texte extrait information suivant present voici reponse repond
    question resume conclusion bref bonjour merci espere aide note dessous dessus numero cite citation fourni donne
    according source release sentence document text information following answer question summary conclusion hello
    hope help note below above provided given based
    laut quelle medienmitteilung satz dokument text information folgend antwort frage hier nachstehend zusammenfassung
    hallo hilfe
    secondo fonte comunicato frase documento testo informazione seguente risposta domanda riassunto conclusione ecco
    sure here certainly bien sur
    """.split()
)
_LONGEST_REFUSAL = 260


def declines(text: str) -> bool:
    """Whether a sentence only says that nothing is known: « Aucun communiqué ne le dit. », "I don't know"."""
    folded = " ".join(fold(text).split())
    return len(folded) <= _LONGEST_REFUSAL and bool(_DECLINES.search(folded))


def says_nothing(text: str, language: str) -> bool:
    """Whether a sentence claims nothing: « Voici la réponse : », « Selon les sources, »."""
    if any(character.isdigit() for character in re.sub(r"\[\d+\]|\(\d+\)", "", text)):
        return False
    if not any(character.isalpha() for character in text):
        return True
    said = {term.raw.rstrip("s") for term in content_terms(text, language)}
    return said <= {word.rstrip("s") for word in _EMPTY}
