"""What is put to the press office and asks nothing: a greeting, somebody trying the keys, an insult.

Closed lists; whatever else is said counts as a question. Knows nothing about answers.
"""

from __future__ import annotations

import re

from store.folding import fold, word_list
from store.language import is_small

_CHATTER = word_list(
    """bonjour bonsoir salut coucou hello hi hey yo allo bjr slt ciao hallo merci mercis thanks thank thx please svp stp
    oui non ok okay d'accord daccord yes no nope super cool bravo parfait genial bien ca va aide help
    test tests teste tester essai essais essayer testing toto titi tata foo bar baz lorem ipsum dolor blabla bla
    azerty azertyuiop qwerty qsdf qsdfg asdf asdfg qwertz wxcvbn aaa abc abcd xxx xyz zzz
    robot bot chatbot ia ai chatgpt gpt"""
)
_RUDE = word_list(
    """con conne cons connard connards connasse connasses conneries encule encules enculer pute putes putain salope
    salopes salaud salauds merde merdes merdique batard batards bite bites couille couilles nique niquer niques ntm fdp
    pd pede pedes tapette enfoire enfoires abruti abrutis debile debiles cretin cretins imbecile imbeciles gueule
    fuck fucks fucking fucker shit shitty asshole assholes bitch bitches cunt cunts dick dickhead bastard bastards
    idiot idiots idiote moron morons wanker twat scheisse arschloch stronzo cazzo"""
)
"""Words that leave no doubt how they are meant."""
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]")
_VOWEL = re.compile(r"[aeiouy]|[^\x00-\x7f]")


def asks_nothing(text: str) -> bool:
    """Whether nothing is asked: no letters, words of greeting or trial alone, an insult alone."""
    said = _WORD.findall(fold(text))
    return not any(_says(word) for word in said)


def rude(text: str) -> bool:
    """Whether a question says more than it asks."""
    return not _RUDE.isdisjoint(_WORD.findall(fold(text)))


def _says(word: str) -> bool:
    if not _LETTERS.search(word) or len(word) == 1 or word in _CHATTER or word in _RUDE or _is_small(word):
        return False
    return len(word) < 5 or (bool(_VOWEL.search(word)) and len(set(word)) > 2)


def _is_small(word: str) -> bool:
    return any(is_small(word, language) for language in ("fr", "en"))
