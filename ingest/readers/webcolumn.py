"""The column of a page that holds the release, once furniture is gone.

Where prose is densest, together with the title's surroundings and with what after it reads
like a contact, a signature or more of the text. Knows neither fields nor furniture by name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.readers import webphrases as said
from ingest.readers.webtext import spaced
from ingest.readers.webweights import Weights
from store.folding import fold, word_list

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LABELS = word_list(
    """content contenu article post entry body corps texte text release communique news main principal story actualite
    detail richtext wysiwyg"""
)
_LEAVES = frozenset("p blockquote li ul ol dl dt dd h1 h2 h3 h4 h5 h6 pre figure span b".split())
_TABLES = frozenset("table tbody tr".split())
_BELONGS = re.compile(
    r"[\w.+-]+@[\w-]+\.\w|\[at\]|(?:\+|\b0)\d[\d .()/-]{7,16}\d|\bcontacts?\b|\ba propos d|\babout\b|\bfait a\b"
    r"|^.{0,40}\b\d{1,2}(?:er)? \w{3,9} (?:19|20)\d\d\W{0,3}$"
)
_ALL = 0.92
_MOST = 0.5
_LONGEST_MASTHEAD = 400


def column(body: HtmlElement, title: HtmlElement | None) -> HtmlElement:
    """One element that holds all the release's own, in order, its title included; it has left the page."""
    chosen = _chosen(body, title)
    if chosen == [body]:
        return body
    whole: HtmlElement = body.makeelement("div")
    for element in chosen:
        whole.append(element)
    return whole


def _chosen(body: HtmlElement, title: HtmlElement | None) -> list[HtmlElement]:
    weights = Weights(body)
    if not weights.total:
        return [body]
    above_title = [] if title is None else [title, *title.iterancestors()]
    title = title if body in above_title else None
    dense = _dense(body, title, weights)
    if title is None:
        return [_labelled_around(dense)]
    root = next(each for each in (dense, *dense.iterancestors()) if each in above_title)
    path = {dense, title, *dense.iterancestors(), *above_title} - {root, *root.iterancestors()}
    return [root] if root is dense else _along(root, path, dense, title, weights)


def _dense(body: HtmlElement, title: HtmlElement | None, weights: Weights) -> HtmlElement:
    """Down from the body as long as one child holds nearly all prose, or most of it under a fitting name."""
    element, whole = body, weights.total
    above_title = set() if title is None else set(title.iterancestors())
    while True:
        children = [child for child in element if isinstance(child.tag, str)]
        best = max(children, key=lambda child: weights[child].prose, default=None)
        if best is None or best.tag in _LEAVES:
            break
        share = weights[best].prose / whole
        fits = best in above_title or best.tag in {"main", "article"} or bool(_words(best) & _LABELS)
        if share < _ALL and not (share >= _MOST and fits):
            break
        element, whole = best, whole if share >= _ALL else weights[best].prose
    while element.tag in _LEAVES | _TABLES and element is not body and (parent := element.getparent()) is not None:
        element = parent
    return element


def _along(
    root: HtmlElement, path: set[HtmlElement], dense: HtmlElement, title: HtmlElement, weights: Weights
) -> list[HtmlElement]:
    """`dense` and `title`, and of what stands around them what belongs to the release."""
    chosen: list[HtmlElement] = []
    seen: set[HtmlElement] = set()

    def walk(parent: HtmlElement) -> None:
        for child in parent:
            if not isinstance(child.tag, str):
                continue
            if child is dense or child is title:
                chosen.append(child)
                seen.add(child)
            elif child in path:
                walk(child)
            elif _belongs(child, weights, after=dense in seen, between=title in seen):
                chosen.append(child)

    walk(root)
    return chosen


def _belongs(element: HtmlElement, weights: Weights, *, after: bool, between: bool) -> bool:
    weight = weights[element]
    words = spaced(element)
    if between and not after:
        return weight.link_share <= 0.1 or (weight.links <= 1 and weight.link_share < 0.9)
    if not after:
        return weight.link_share <= 0.5 and len(words) <= _LONGEST_MASTHEAD
    if weight.link_share <= 0.25 and weight.prose > 0:
        return True
    return len(words) <= 2500 and weight.link_share <= 0.6 and _reads_on(fold(words))


def _reads_on(words: str) -> bool:
    """Whether lines after the text sign it or say whom to call, and are no foot of the site."""
    return _BELONGS.search(words) is not None and said.LEGAL.search(words) is None


def _labelled_around(dense: HtmlElement) -> HtmlElement:
    """The article or main part around the densest block: short lines around it belong to it."""
    return next((each for each in (dense, *dense.iterancestors()) if each.tag in {"article", "main"}), dense)


def _words(element: HtmlElement) -> set[str]:
    return set(re.split(r"[\s_-]+", f"{element.get('class') or ''} {element.get('id') or ''}".casefold()))
