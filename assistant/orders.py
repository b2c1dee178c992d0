"""Sentences of a document that talk to a machine instead of the press: a model is not given them.

A second fence only: what a model says is verified whatever it read, and the prompt marks
its sources as data. Four languages, by closed phrases: no release of 1,801 holds one.
"""

from __future__ import annotations

import re

from store.language import fold

_MARKUP = re.compile(
    r"<\|\w|\|>|</?s>|\[/?INST\]|</?(?:system|sources?|instructions?)\b|[\u202a-\u202e\u2066-\u2069]", re.IGNORECASE
)
_HIDDEN = re.compile(r"(?:\w[\u200b-\u200d\u2060\ufeff]){3}")
_FORGED = re.compile(r"\b(?:source|quelle|fonte|phrase|satz|frase)\s*\[\d{1,3}\]\s*:", re.IGNORECASE)
_ORDERS = re.compile(
    r"""
    \b(?:ignor\w*|oublie[zr]?|forget|disregard|vergiss|dimentica)\b.{0,40}
      \b(?:instructions?|consignes?|anweisungen|istruzioni|regles|rules|regeln|regole)\b
  | \bsystem\s*prompt | ^\W*system\w?\s*: | \bconsigne\ systeme\b | ^\#+\s*(?:new|system|instruction)
  | \b(?:tu\ es|you\ are|du\ bist|sei)\ (?:desormais|maintenant|now|jetzt|ora|un\ altro|dan)\b
  | \bas\ the\ administrator\b | \bnote\ aux\ assistants\b
  | \b(?:reponds|dis|ecris|repete|recopie|decode|affiche)\b\s+(?:que|qu'|le\ mot|ta|ce|cette|puis|\[|en\ latin)
  | \b(?:answer|reply|respond)\ only\b | \breturn\ json\b | \b(?:and|,)\ say\ (?:that|the)\b | \brules\.\ say\b
  | \b(?:schreibe|antworte|sage|wiederhole)\b\s*(?:,|:|nur|endlos|dass)
  | \b(?:rispondi|scrivi|di')\s*(?:che|in\ latino|solo|«)
    """,
    re.VERBOSE | re.MULTILINE,
)


def orders(text: str) -> bool:
    """Whether a sentence gives orders to a model, forges its sources, or hides what it says."""
    if _MARKUP.search(text) or _HIDDEN.search(text) or _FORGED.search(text):
        return True
    return bool(_ORDERS.search(fold(text)))
