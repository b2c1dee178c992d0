"""What on a page is furniture: menus, banners, neighbours, buttons; and the press contacts among it.

Works on roles, on names of classes, on how much of a block is links. Does not choose the
column that holds the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.readers import webphrases as said
from ingest.readers.webtext import BLOCKS, SILENT, flat, hidden, spaced
from ingest.readers.webweights import Weights
from store.folding import fold, word_list

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMES = word_list(
    """nav navbar navigation menu menus submenu megamenu meganav breadcrumb breadcrumbs ariane filariane cookie cookies
    consent rgpd gdpr tarteaucitron axeptio didomi onetrust cookiebot share sharing shares partage partages partager
    social socials reseaux addtoany sharethis addthis sidebar related connexes similar similaires recommended
    recommendations suggestions newsletter subscribe comments respond pagination pager skip skiplink skiplinks toolbar
    topbar search recherche login popup modal advert adverts ads publicite languages langues langswitch tagcloud
    backtotop totop offcanvas hamburger dropdown alire voiraussi sitemap outils noprint tags flyout"""
)
_NEVER_PRESS = word_list(
    """cookie cookies consent rgpd gdpr tarteaucitron axeptio didomi onetrust cookiebot nav navbar menu comments search
    login breadcrumb newsletter share"""
)
_BUTTONS = word_list("btn button bouton cta")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WHOLE = frozenset({"html", "body", "main", "article", "h1"})
_ROLES = frozenset("navigation search dialog alertdialog menu menubar toolbar tablist".split())
_LONGEST_FOOT, _LONGEST_NAME, _LONGEST_HEADING = 2500, 300, 30
_LARGE, _ALMOST_ALL = 0.4, 0.8


class Furniture:
    """Takes furniture out of a page's body. `strong` and `weak` are the contacts found among what was taken."""

    def __init__(self, body: HtmlElement, title: HtmlElement | None) -> None:
        self._body = body
        self._weights = Weights(body)
        self._above_title = set() if title is None else {title, *title.iterancestors()}
        self.strong: list[HtmlElement] = []
        self.weak: list[HtmlElement] = []

    def clear(self) -> None:
        """Furniture leaves the tree; what followed it in its line stays."""
        waiting = [self._body]
        prose_begun = False
        while waiting:
            element = waiting.pop()
            if element is not self._body and element.getparent() is None:
                continue
            if element is not self._body and self._is_furniture(element, prose_begun):
                self._rescue(element)
                out(element)
                continue
            prose_begun = prose_begun or (element.tag == "p" and self._weights[element].prose > 0)
            if _heads_neighbours(element) and element not in self._above_title:
                self._clear_neighbours(element)
                continue
            waiting.extend(child for child in reversed(element) if isinstance(child.tag, str))

    def contacts(self, article: HtmlElement) -> list[HtmlElement]:
        """The press contacts around `article`, which is no longer in the body; any contact where it names none."""
        self._look_into(self._body)
        return self.strong or ([] if said.CALLS.search(spaced(article)) else self.weak)

    def _is_furniture(self, element: HtmlElement, prose_begun: bool) -> bool:
        if element.tag in SILENT or hidden(element):
            return True
        if element.tag == "a":
            return self._is_button(element, prose_begun)
        if element in self._above_title:
            return False
        share = self._weights[element].prose / max(1, self._weights.total)
        if (element.tag in {"nav", "dialog", "aside"} or (element.get("role") or "") in _ROLES) and share < _ALMOST_ALL:
            return True
        inside = any(each.tag in {"article", "main"} for each in element.iterancestors())
        around = element.tag in {"header", "footer"} or element.get("role") in {"banner", "contentinfo"}
        if around and not inside and share < _ALMOST_ALL:
            return True
        if share > _LARGE:
            return False
        if element.tag == "form":
            return True
        if element.tag not in _WHOLE and names_of(element) & _NAMES:
            return True
        return self._is_menu(element) or self._is_cards(element)

    def _is_menu(self, element: HtmlElement) -> bool:
        """Short links and nothing else, three at least."""
        weight = self._weights[element]
        return (
            element.tag in {"ul", "ol", "div", "p", "section", "table"}
            and weight.links >= 3
            and weight.link_share > 0.9
            and weight.linked / weight.links <= 25
            and not said.CALLS.search(spaced(element))
        )

    def _is_cards(self, element: HtmlElement) -> bool:
        """Two headings or more that only lead to other pages."""
        if element.tag not in {"div", "section", "ul", "ol"} or self._weights[element].links < 2:
            return False
        return sum(self._leads_away(each) for each in element.iter("h2", "h3", "h4", "h5", "h6")) >= 2

    def _leads_away(self, heading: HtmlElement) -> bool:
        anchors = heading.xpath("ancestor::a[@href] | .//a[@href and not(starts-with(@href, '#'))]")
        return bool(anchors) and len(flat(anchors[0])) >= 0.9 * len(flat(heading)) > 0

    def _is_button(self, anchor: HtmlElement, prose_begun: bool) -> bool:
        """A link that is a block by itself and says what to do, not what is the case."""
        words, href = flat(anchor), anchor.get("href") or ""
        if not words or len(words) > 60 or words[-1] in ".!;" or said.CALLS.search(words) or "www." in words:
            return False
        if href.startswith(("mailto:", "tel:")) or anchor.get("data-cfemail") or anchor in self._above_title:
            return False
        block = next((each for each in anchor.iterancestors() if each.tag in BLOCKS), self._body)
        if names_of(anchor) & _BUTTONS or said.GO_ON.fullmatch(fold(words)):
            return _own_words(block) <= len(words) + 3
        alone = not (anchor.tail or "").strip() and anchor.getparent() is block and not _text_before(anchor)
        return prose_begun and alone and block.tag in {"div", "section", "article", "main"}

    def _clear_neighbours(self, heading: HtmlElement) -> None:
        """A heading such as « À lire aussi » goes, and with it what it announces."""
        parent = heading.getparent()
        if parent is None:
            return
        first = next((each for each in parent if isinstance(each.tag, str)), None)
        weight = self._weights[parent]
        small = weight.prose <= (0.7 if weight.links > 1 else 0.3) * self._weights.total
        own = parent is not self._body and parent.tag not in _WHOLE and parent not in self._above_title
        if first is heading and own and small:
            self._rescue(parent)
            out(parent)
            return
        for follower in list(heading.itersiblings()):
            weight = self._weights[follower]
            led = follower.tag in {"ul", "ol", "nav"} or weight.link_share > 0.5 or self._is_cards(follower)
            ends = follower.tag in {"h1", "h2"} or follower in self._above_title
            if not isinstance(follower.tag, str) or ends or not led:
                break
            out(follower)
        out(heading)

    def _rescue(self, element: HtmlElement) -> None:
        """Keep the press contact a foot or a side column holds, and only that."""
        silent = element.tag in SILENT or element.tag in {"a", "nav", "form", "dialog"} or hidden(element)
        if not silent and not names_of(element) & _NEVER_PRESS:
            self._look_into(element)

    def _look_into(self, element: HtmlElement) -> None:
        for wanted, found in ((said.PRESS, self.strong), (said.CONTACT, self.weak)):
            place = _smallest(element, wanted)
            if place is not None:
                found.append(place)
                return


def out(element: HtmlElement) -> None:
    """Take an element out of its tree; the words around it stay, and stay apart where it was a block."""
    parent = element.getparent()
    if parent is None:
        return
    tail, element.tail = _UNWRITABLE.sub("", element.tail or ""), None
    if element.tag in BLOCKS:
        gap = parent.makeelement("div")
        parent.replace(element, gap)
        gap.tail = tail
        return
    before = element.getprevious()
    if before is None:
        parent.text = _UNWRITABLE.sub("", parent.text or "") + tail
    else:
        before.tail = _UNWRITABLE.sub("", before.tail or "") + tail
    parent.remove(element)


def names_of(element: HtmlElement) -> set[str]:
    """The words of an element's class and id; from « has-sidebar » nothing follows."""
    written = f"{element.get('class') or ''} {element.get('id') or ''}"
    if len(written) > 500:
        return set()
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", written)
    names = set(re.split(r"[\s_:-]+", parted.casefold()))
    if names & {"no", "without", "sans", "has", "with", "avec"}:
        return set()
    return names | {name.casefold() for name in written.split()}


def _heads_neighbours(element: HtmlElement) -> bool:
    if element.tag not in {"h2", "h3", "h4", "h5", "h6", "p", "div", "strong", "b"} or len(element) > 2:
        return False
    words = flat(element)
    return len(words) < 80 and said.NEIGHBOURS.fullmatch(fold(words)) is not None


def _own_words(block: HtmlElement) -> int:
    """How many characters stand in a block outside the blocks within it."""
    length = len((block.text or "").strip())
    for child in block:
        if isinstance(child.tag, str) and child.tag not in BLOCKS and child.tag not in SILENT:
            length += len(flat(child))
        length += len((child.tail or "").strip())
    return length


def _text_before(anchor: HtmlElement) -> bool:
    before = anchor.getprevious()
    parent = anchor.getparent()
    words = before.tail if before is not None else parent.text if parent is not None else None
    return bool((words or "").strip()) or (before is not None and before.tag not in BLOCKS)


def _smallest(element: HtmlElement, wanted: re.Pattern[str]) -> HtmlElement | None:
    """The least part that holds both what is wanted and a telephone or an address."""

    def holds(each: HtmlElement) -> bool:
        words = fold(spaced(each))
        linked = " ".join(str(href) for href in each.xpath(".//a/@href"))
        if wanted is said.PRESS and said.PRESS_CONTACT.search(words) and len(words) < _LONGEST_NAME:
            return len(words) > _LONGEST_HEADING
        return bool(wanted.search(words)) and bool(said.CALLS.search(words) or "mailto:" in linked or "tel:" in linked)

    if not holds(element):
        return None
    inner = next((child for child in element if isinstance(child.tag, str) and holds(child)), None)
    while inner is not None:
        element = inner
        inner = next((child for child in element if isinstance(child.tag, str) and holds(child)), None)
    for child in list(element):
        if isinstance(child.tag, str) and (said.LEGAL.search(fold(spaced(child))) or child.tag in {"nav", "form"}):
            out(child)
    return element if len(spaced(element)) <= _LONGEST_FOOT else None
