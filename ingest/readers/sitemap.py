"""Sitemaps: the addresses a site lists of its own pages, or of more sitemaps.

Does not fetch. A sitemap cut short gives what it lists before the cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urljoin, urlsplit

from ingest.readers import fields
from store.records import UnreadableDocument

SITEMAPS = frozenset({"urlset", "sitemapindex"})
LARGEST = 50 * 1024 * 1024
MOST_TAGS = 2_000_000
_ADDRESS = re.compile(rb"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class Listed:
    """An address a sitemap lists; `modified` is the first moment its page has its present content (UTC)."""

    url: str
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages and the further sitemaps a sitemap lists, of its own site only; `foreign` counts the others."""

    pages: tuple[Listed, ...]
    sitemaps: tuple[Listed, ...]
    foreign: int = 0


def read_sitemap(data: bytes, name: str, url: str) -> Sitemap:
    """What the sitemap found at `url` lists. Raises UnreadableDocument where it lists nothing."""
    from lxml import etree

    if len(data) > LARGEST:
        raise UnreadableDocument(name, f"a sitemap larger than {LARGEST >> 20} MB")
    if data.count(b"<") > MOST_TAGS:
        raise UnreadableDocument(name, f"a sitemap of more than {MOST_TAGS} tags")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableDocument(name, f"a sitemap that is not XML: {error}") from error
    pages: list[Listed] = []
    sitemaps: list[Listed] = []
    foreign = 0
    for element in root.iter("{*}url", "{*}sitemap") if root is not None else ():
        listed = _listed(element.findtext("{*}loc"), element.findtext("{*}lastmod"), url)
        if listed is None:
            continue
        if not same_site(listed.url, url):
            foreign += 1
        else:
            (sitemaps if str(element.tag).endswith("}sitemap") or element.tag == "sitemap" else pages).append(listed)
    if not pages and not sitemaps:
        raise UnreadableDocument(name, f"a sitemap without a page of its own site ({foreign} of others)")
    return Sitemap(_once(pages), _once(sitemaps), foreign)


def is_list(data: bytes) -> bool:
    """Whether a plain text is a sitemap too: nothing but one address a line."""
    lines = data[:65536].split(b"\n")[: None if len(data) <= 65536 else -1]
    filled = [line.strip() for line in lines if line.strip()]
    return len(filled) > 1 and all(_ADDRESS.fullmatch(line.removeprefix(b"\xef\xbb\xbf")) for line in filled)


def read_list(data: bytes, url: str) -> Sitemap:
    """A sitemap in plain text."""
    found = [Listed(line.decode("utf-8", "replace")) for line in _ADDRESS.findall(data)]
    pages = [listed for listed in found if same_site(listed.url, url)]
    return Sitemap(_once(pages), (), len(found) - len(pages))


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site: one host, « www. » or not."""
    try:
        hosts = [(urlsplit(url).netloc.rpartition("@")[2].casefold()).removeprefix("www.") for url in (one, other)]
    except ValueError:
        return False
    return hosts[0] == hosts[1]


def _listed(loc: str | None, lastmod: str | None, base: str) -> Listed | None:
    try:
        url = urljoin(base, (loc or "").strip())
    except ValueError:
        return None
    if not loc or not url.startswith(("http://", "https://")):
        return None
    return Listed(url, _modified((lastmod or "").strip()))


def _modified(stated: str) -> datetime | None:
    """A day alone may be any moment of it, so it counts from its end."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", stated):
            day = date.fromisoformat(stated)
            return fields.moment(f"{day.isoformat()}T23:59:59")
        return fields.moment(stated) if stated else None
    except (ValueError, OverflowError):
        return None


def _once(listed: list[Listed]) -> tuple[Listed, ...]:
    return tuple({each.url: each for each in listed}.values())
