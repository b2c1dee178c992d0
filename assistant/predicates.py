"""The words that say what happened: « a vendu », "was demolished", « wurde verkauft », « è stato venduto ».

A question may lend its words to an answer, but not what it supposes was done. By auxiliaries and
endings, in four languages; knows nothing about sources.
"""

from __future__ import annotations

import re

from store.folding import fold, word_list
from store.language import stem

_AFTER = {
    "fr": (
        word_list("a ont avait avaient aura auront aurait auraient ete est sont etait etaient sera seront fut furent"),
        re.compile(r"\w{2,}(?:e|ee|es|ees|i|ie|is|ies|it|ite|its|ites|u|ue|us|ues|ert|erte|aint|eint|einte)"),
    ),
    "en": (
        word_list("has have had was were been is are be being"),
        re.compile(r"\w{2,}(?:ed|en|wn|ld|ght|nt|pt|lt|de|ut|un)"),
    ),
    "de": (
        word_list("hat haben hatte hatten wurde wurden wird werden worden ist sind"),
        re.compile(r"(?:\w{0,4}ge\w{2,}(?:t|en)|(?:be|ver|er|ent|zer)\w{2,}(?:t|en)|\w{3,}iert)"),
    ),
    "it": (
        word_list("ha hanno aveva avevano e sono era erano stato stata stati state sara saranno verra"),
        re.compile(r"\w{2,}(?:at[oaie]|ut[oaie]|it[oaie]|s[oaie]|tt[oaie]|rt[oaie])"),
    ),
}
_WORD = re.compile(r"[^\W\d_]+|[.,;:!?]")
_BETWEEN = word_list(
    """pas plus jamais aussi egalement deja ete bien tout toujours encore recemment ainsi donc en le la les y se s n ne
    not also already been being recently never finally still non anche gia stato stata stati state poi sempre"""
)
_REACH = {"de": 12}
_NONE = word_list(
    """tres plus tous toutes toute cette ces une les des ses leurs nos trois sous puis lors vers dans chez grace
    situe situee situes situees compose composee prevue prevu the then een den kein"""
)


def predicates(text: str, language: str) -> frozenset[str]:
    """The stems of the participles of a text; of other languages than the four, none."""
    if language not in _AFTER:
        return frozenset()
    auxiliaries, ending = _AFTER[language]
    words: list[str] = _WORD.findall(fold(text))
    found = set()
    for at, word in enumerate(words):
        if word not in auxiliaries:
            continue
        reach = _REACH.get(language)
        for following in words[at + 1 : at + 1 + (reach or 4)]:
            if following in ".,;:!?":
                break
            if following in _BETWEEN:
                continue
            if ending.fullmatch(following) and following not in _NONE and following not in auxiliaries:
                found.add(stem(following, language))
            if reach is None:
                break
    return frozenset(found)
