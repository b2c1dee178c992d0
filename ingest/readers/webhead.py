"""The head of an article as a page shows it: its title, its day, and lines that are neither.

A title counts as known when the page states it and shows it. Does not choose the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from ingest.readers import webphrases as said
from ingest.readers.webfacts import day_of
from ingest.readers.webfurniture import names_of, out
from ingest.readers.webtext import BLOCKS, flat
from store.dates import find_dates
from store.folding import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PARTED = re.compile(r"\s*(?:[|–—·•»«]|::| - |: )\s*")
_NO_TITLE = re.compile(
    r"(?:les |nos |tous les )?(?:communiques?(?: de presse)?|actualites?|espace presse|presse|salle de presse|accueil"
    r"|home|news|press(?: releases?)?|medias?|medienmitteilung(?:en)?|communiques? aux medias)"
)
_TIME = re.compile(r"\b(?:a|at)?\s*\d{1,2}\s*[h:]\s*(?:\d\d)?(?::\d\d)?(?:\s*(?:cet|cest|gmt|utc|heures?))?\b")
_LONGEST_TITLE, _LONGEST_LINE, _PROSE, _LINES_OF_A_HEAD = 300, 120, 100, 40


@dataclass(frozen=True, slots=True)
class Title:
    """`words`, and the `element` that shows them; `certain` where the page says so twice."""

    words: str | None = None
    element: HtmlElement | None = None
    certain: bool = False


def find_title(body: HtmlElement, stated: tuple[str, ...]) -> Title:
    """The title of the article among what the page states, and where it stands."""
    shown = [(each, flat(each)) for each in _short_blocks(body)]
    for words in stated:
        for headings in (True, False):
            for element, line in shown:
                if _is_heading(element) == headings and _same(line, words) and not _NO_TITLE.fullmatch(fold(line)):
                    return Title(line, element, certain=True)
    first = next((each for each in shown if each[0].tag == "h1" and not _is_sites(*each, stated)), None)
    if first is not None:
        return Title(first[1], first[0])
    return Title(next((own for own in (_own(words) for words in stated) if not _NO_TITLE.fullmatch(fold(own))), None))


def find_day(article: HtmlElement) -> tuple[date | None, str | None]:
    """The day a page shows as that of the release, and the line it stands in."""
    for element in article.iter("time", "p", "div", "span", "li", "td", "dd"):
        names = names_of(element)
        marked = element.tag == "time" or names & {"date", "dateline", "published", "pubdate", "posted"}
        block = _block_of(element)
        line = flat(block) if marked and "updated" not in names else ""
        line = flat(element) if len(line) > _LONGEST_LINE and block.tag != "p" else line
        before = fold(line[: line.find(flat(element))])
        if not line and element.tag in BLOCKS and said.PUBLISHED.match(fold((element.text or "").strip())):
            line = flat(element)
        if not line or len(line) > _LONGEST_LINE or said.CHANGED.search(before):
            continue
        stated = day_of(element.get("datetime") or "")
        shown = [mention.period.first for mention in find_dates(flat(element)) if mention.precise]
        if stated or shown:
            return stated or shown[0], line if re.search(r"\d", line) else None
    return None, None


def clear_lines(article: HtmlElement, day_known: bool) -> None:
    """Take out what stands before the first prose and only tells the page's day, or asks for a click."""
    for element in list(islice(_short_blocks(article), _LINES_OF_A_HEAD)):
        line = fold(flat(element))
        if len(line) >= _PROSE:
            return
        about_the_page = (said.GO_ON, said.NEIGHBOURS, said.ABOUT_THE_PAGE)
        if _tells_only_the_day(line, day_known) or any(pattern.fullmatch(line) for pattern in about_the_page):
            out(element)


def _tells_only_the_day(line: str, day_known: bool) -> bool:
    """« Publié le 13 mai 2024 à 10h », « 13 mai – lecture en 2 min »; a day by itself may belong to a dateline."""
    rest = said.READING_TIME.sub(" ", line)
    if rest == line and not said.SHOWN_DATE.match(line):
        return False
    mentions = find_dates(rest)
    for mention in reversed(mentions):
        rest = rest[: mention.start] + rest[mention.end :]
    if mentions:
        rest = said.SHOWN_DATE.sub(" ", _TIME.sub(" ", rest))
    return not re.search(r"[^\W_]", re.sub(r"\ble\b", " ", rest)) and (day_known or not mentions)


def _short_blocks(root: HtmlElement) -> Iterator[HtmlElement]:
    """Blocks that hold words and no other block."""
    for element in root.iter():
        if (
            element.tag in BLOCKS
            and not any(each.tag in BLOCKS for each in element.iterdescendants())
            and flat(element)
        ):
            yield element


def _is_heading(element: HtmlElement) -> bool:
    return element.tag in {"h1", "h2", "h3"}


def _same(line: str, stated: str) -> bool:
    """Whether a page states in its head what it shows: whole, cut short, or with its own name."""
    shown, said_of_it = fold(line), fold(stated)
    if not 3 <= len(shown) <= _LONGEST_TITLE:
        return False
    cut = said_of_it.rstrip(". …")
    if shown == said_of_it or (len(cut) >= 25 and cut != said_of_it and shown.startswith(cut)):
        return True
    if len(shown) < 8:
        return False
    rest = said_of_it.removeprefix(shown) if said_of_it.startswith(shown) else said_of_it.removesuffix(shown)
    return rest != said_of_it and re.match(r"\s*[|–—·•»\-:(]|.*[|–—·•»\-:]\s*$", rest) is not None


def _is_sites(element: HtmlElement, line: str, stated: tuple[str, ...]) -> bool:
    """Whether a first heading names the site or the section rather than the article."""
    home = any(str(href) in {"/", "#", "./"} for href in element.xpath(".//a/@href | ancestor::a/@href"))
    words = fold(line)
    return home or _NO_TITLE.fullmatch(words) is not None or any(_sites(each) == words for each in stated)


def _sites(stated: str) -> str:
    return fold(_PARTED.split(stated)[-1])


def _own(stated: str) -> str:
    """A stated title without the site's name behind it."""
    parts = _PARTED.split(stated)
    return stated if len(parts) < 2 else stated[: stated.rfind(parts[-1])].rstrip(" |–—·•»:-") or stated


def _block_of(element: HtmlElement) -> HtmlElement:
    return next((each for each in (element, *element.iterancestors()) if each.tag in BLOCKS), element)
