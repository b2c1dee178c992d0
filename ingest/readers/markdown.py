"""Markdown: its front matter as hints, its marks taken off the text.

Front matter is read as `key: value` lines, because people write titles with colons in
them and YAML refuses those. Does not render: a reader of the archive sees plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from html import unescape

from ingest.document import Document, Hints
from ingest.mending import mend
from ingest.readers import fields
from ingest.readers.encoding import decode
from ingest.readers.sheet import Sheet, foreign
from store.dates import parse_day
from store.records import UnreadableDocument

_FRONT = re.compile(
    r"\A\ufeff?(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<body>.*?)\r?\n(?P=fence)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_PAIR = re.compile(r"([A-Za-zÀ-ÿ_-]+)\s*[:=]\s*(.*)")
_NAMES = {
    "title": ("title", "titre"),
    "date": ("date", "published", "publié", "publie"),
    "issuer": ("issuer", "émetteur", "emetteur", "organisation", "organization"),
    "url": ("url", "link", "lien"),
    "reference": ("reference", "référence", "id", "ref"),
    "language": ("lang", "language", "langue"),
    "contact": ("contact", "contact_presse"),
    "place": ("city", "place", "lieu", "ville"),
    "embargo": ("embargo",),
    "rubric": ("rubric", "rubrique"),
}
_FENCE = re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE)
_SHORTCODE = re.compile(r"\{\{[<%].{0,2000}?[>%]\}\}", re.DOTALL)
_COMMENT = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_RULE = re.compile(r"^[ ]{0,3}(?:[-*_][ \t]*){3,}$", re.MULTILINE)
_HEADING = re.compile(r"^[ ]{0,3}(#{1,6})[ \t]+(.{0,500}?)[ \t]*#*[ \t]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"^(\S.*)\n[ ]{0,3}(?:=+|-{3,})[ \t]*$", re.MULTILINE)
_QUOTED = re.compile(r"^[ ]{0,3}>[ \t]?", re.MULTILINE)
_ITEM = re.compile(r"^([ \t]*)[*+][ \t]+", re.MULTILINE)
_TABLE_RULE = re.compile(
    r"^[ \t]*(?:\|[ \t]*)?:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*(?:\|[ \t]*)?$\n?", re.MULTILINE
)
_TABLE_ROW = re.compile(r"^[ \t]*\|(.*?)\|?[ \t]*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\]\([^()\n]{0,2000}\)")
_LINK = re.compile(
    r"\[(?P<words>[^\[\]]{1,500})\](?:\([ ]?<?(?P<url>(?:[^()\s<>]|\([^()\s]{0,200}\)){0,2000})>?"
    r"(?:[ ](?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?[ ]?\)|\[(?P<label>[^\[\]\n]{0,200})\])"
)
_DEFINED = re.compile(
    r"^[ ]{0,3}\[(?P<label>[^\[\]\n]{1,200})\]:[ \t]{0,9}<?(?P<url>[^\s<>]{1,2000})>?[^\n]{0,500}$\n?", re.MULTILINE
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)?[^\s<>]{1,300}[@/.][^\s<>]{1,300})>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,600}?)(?<=\S)\1", re.DOTALL)
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]{1,300}?)(?<=\S)\1(?![\w*])")
_CODE = re.compile(r"`([^`\n]+)`")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>-])")
_HARD_BREAK = re.compile(r"(?:(?<! ) {2,}|\\)$", re.MULTILINE)


def read_markdown(data: bytes, name: str) -> Document:
    """The text without marks, mended; front matter (title, date, issuer, …) as hints.

    A stated date that does not exist is a doubt. Raises UnreadableDocument for an empty file.
    """
    decoded, doubts = decode(data, name)
    decoded = decoded.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(decoded)
    stated = _stated(front["body"]) if front else {}
    body = decoded[front.end() :] if front else decoded
    hints, front_doubts = _hints(stated, _first_heading(body))
    sheet = Sheet()
    sheet.paragraph(unmarked(foreign(body), sheet.link))
    text, links = sheet.written()
    if not text:
        raise UnreadableDocument(name, "empty: no text in it")
    digest, doubts = sha256(data).hexdigest(), doubts + front_doubts
    return Document(text, name, "text/markdown", digest, hints=hints, doubts=doubts, links=links)


def unmarked(text: str, link: Callable[[str, str], str] = lambda words, url: words) -> str:
    """`text` without Markdown's marks; headings are paragraphs, items start with « - ».

    `link` is given each link's words and address, and says what stands for them.
    """
    urls = {match["label"].casefold(): match["url"] for match in _DEFINED.finditer(text)}
    text = _DEFINED.sub("", text)

    def linked(match: re.Match[str]) -> str:
        label = match["label"] or match["words"]
        return link(match["words"], match["url"] or urls.get(label.casefold(), ""))

    text = _COMMENT.sub("", _SHORTCODE.sub("", text))
    text = _FENCE.sub("", text)
    text = _AUTOLINK.sub(lambda m: m[1].removeprefix("mailto:"), text)
    text = _TAG.sub("", text)
    text = _UNDERLINED.sub(r"\n\1\n", text)
    text = _TABLE_RULE.sub("", text)
    text = _RULE.sub("", text)
    text = _HEADING.sub(r"\n\2\n", text)
    text = _ITEM.sub(r"\1- ", _QUOTED.sub("", text))
    text = _TABLE_ROW.sub(lambda m: " | ".join(cell.strip() for cell in m[1].split("|")), text)
    text = _LINK.sub(linked, _IMAGE.sub("", text))
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = _ESCAPED.sub(r"\1", _HARD_BREAK.sub("", _CODE.sub(r"\1", text)))
    return _ENTITY.sub(lambda match: foreign(unescape(match[0])), text)


def _stated(front: str) -> dict[str, str]:
    """Front matter as text by key; indented lines and « - » items go on with their key."""
    stated: dict[str, str] = {}
    key = ""
    for line in front.split("\n"):
        pair = None if line[:1] in " \t-#" else _PAIR.match(line)
        if pair:
            key = pair[1].casefold()
            stated[key] = pair[2].strip() if pair[2].strip() not in {"|", ">", "|-", ">-"} else ""
        elif key and line.strip():
            stated[key] = f"{stated[key]}\n{line.strip().removeprefix('- ')}".strip()
    return {key: _unquoted(value) for key, value in stated.items()}


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace('\\"', '"').replace("''", "'").strip()
    return value


def _first_heading(body: str) -> str | None:
    for match in _HEADING.finditer(body):
        if match[1] == "#":
            return " ".join(mend(unmarked(match[2])).split()) or None
    return None


def _hints(stated: dict[str, str], heading: str | None) -> tuple[Hints, tuple[str, ...]]:
    def given(field: str) -> str | None:
        values = (stated.get(name) for name in _NAMES[field])
        return next((value for value in values if value and value not in {"null", "~"}), None)

    doubts: list[str] = []
    published = embargo = None
    day, until = given("date"), given("embargo")
    if day:
        try:
            published = parse_day(day)
        except ValueError:
            doubts.append(f"date du préambule illisible : « {day} »")
    if until:
        try:
            embargo = fields.moment(until)
        except ValueError:
            doubts.append(f"embargo du préambule illisible : « {until} »")
    code = given("language")
    hints = Hints(
        title=given("title") or heading,
        published=published,
        issuer=given("issuer"),
        url=given("url"),
        reference=given("reference"),
        language=fields.language(code) if code else None,
        contact=given("contact"),
        place=given("place"),
        embargo=embargo,
        rubric=given("rubric"),
    )
    return hints, tuple(doubts)
