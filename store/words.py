"""Word tokens with their offsets: elisions dropped, acronyms closed up, numbers normalised.

One tokenizer for four languages; it knows no dictionary, no stems and no stopwords.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from store.folding import folded_with_map, word_list

Word = tuple[str, int, int]

# « billion » is a thousand million in English, a million million in French: both are meant.
_MAGNITUDES: dict[str, tuple[int, ...]] = {
    name: values
    for values, names in (
        ((10**3,), "mille thousand tausend mila"),
        ((10**6,), "million millions millionen milione milioni mio"),
        ((10**9,), "milliard milliards milliarde milliarden miliardo miliardi mrd bn"),
        ((10**9, 10**12), "billion billions"),
    )
    for name in names.split()
}
_TOKEN = re.compile(
    r"""
    (?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
  | (?P<acronym>(?<![\w.])(?:(?:[ldjnscmt]|qu)')?(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![\w.]))?)
  | (?P<word>[^\W\d_][^\W_]*(?:['-][^\W_]+)*)
  | (?P<ordinal>\d{1,3}(?:\^\{?)?(?:ere|er|re|eme|e|nde|nd|st|rd|th|o|°)\}?(?![^\W_]))
  | (?P<number>\d{1,3}(?:[ ']\d{3}){1,4}(?![\d']|\ \d)(?:[.,]\d+)?
             | \d{1,3}(?:\.\d{3}){2,}(?![\d.])(?:,\d+)?
             | \d{1,3}(?:,\d{3}){2,}(?![\d,])(?:\.\d+)?
             | (?<!\d[.,/])\d+(?:[.,]\d+)?(?![.,/]\d|[^\W_]))
    (?:\s?(?P<percent>%|(?:pour\ cent|pourcents?|percent|per\ cent|prozent|per\ cento|percento)\b)
      |\s(?P<magnitude>MAGNITUDES)\b)?
  | (?P<other>\d[^\W_]*)
    """.replace("MAGNITUDES", "|".join(sorted(_MAGNITUDES, key=len, reverse=True))),
    re.VERBOSE,
)
_ELIDED = re.compile(
    r"(?:[ldjnscmt]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu"
    r"|(?:a|da|ne|de|su|co|que)ll|(?:a|da|ne|de|su)gl|un|gl|quest|quant|com|dov|cos|nient)'(?=\w)"
)
_WHOLE = frozenset({"rendez-vous", "aujourd'hui"})
_CLITIC = word_list("je tu il elle on nous vous ils elles ce t y en le la les lui leur moi toi ci la meme memes")


def words(text: str) -> list[Word]:
    """The words of a text, folded, each with the offsets of what it stands for in `text`.

    Elided articles are dropped (« l'accord » gives "accord"); a hyphenated name is given
    whole and in parts, S.N.C.F. as "sncf", 2^{ème} as "2" and "2e". « 1,9 million »,
    « 1 900 000 » and « 1'900'000 » all give "1900000" besides their parts, « 17 % » gives
    "17" and "17%". In order of their start; a whole comes before its parts.
    """
    folded, offsets = folded_with_map(text)
    return [(token, offsets[start], offsets[end - 1] + 1) for token, start, end in tokens(folded)]


def tokens(folded: str) -> list[Word]:
    """`words` of a text already folded, with offsets into it: cheaper where none are needed in the original."""
    found: list[Word] = []
    add = found.append
    for match in _TOKEN.finditer(folded):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "word":
            token = match[0]
            if "'" in token or "-" in token:
                found.extend(_joined(token, start))
            else:
                add((token, start, end))
        elif kind == "acronym":
            elided = match[0].find("'") + 1
            add((match[0][elided:].replace(".", ""), start + elided, end))
        elif kind == "email":
            add((match[0], start, end))
            found.extend((part[0], start + part.start(), start + part.end()) for part in _PART.finditer(match[0]))
        elif kind == "ordinal":
            figure = re.match(r"\d+", match[0])
            digits = figure[0] if figure else match[0]
            add((digits + "e", start, end))
            add((digits, start, start + len(digits)))
        elif kind == "other":
            add((match[0], start, end))
        else:
            found.extend(_number(match))
    return found


_PART = re.compile(r"[^\W_]+")


def _joined(token: str, start: int) -> list[Word]:
    """The words of a token that holds an apostrophe or a hyphen."""
    if token in _WHOLE:
        return [(token, start, start + len(token))]
    elision = _ELIDED.match(token)
    while elision:
        start, token = start + elision.end(), token[elision.end() :]
        elision = _ELIDED.match(token)
    if token.endswith("'s"):
        token = token[:-2]
    found = [(token, start, start + len(token))] if token else []
    if "-" not in token or token in _WHOLE:
        return found
    parts = token.split("-")
    if parts[-1] in _CLITIC and parts[0] not in _CLITIC:
        found.clear()
    for part in parts:
        inner = _ELIDED.match(part)
        skip = inner.end() if inner else 0
        found.append((part[skip:], start + skip, start + len(part)))
        start += len(part) + 1
    return found


def _number(match: re.Match[str]) -> list[Word]:
    """A number as written (its decimal mark a point), in parts, and as the value it has."""
    written, (start, end) = match["number"], match.span("number")
    whole_start, whole_end = match.span()
    found: list[Word] = []
    spellings = dict.fromkeys(_values(written))
    if match["magnitude"]:
        value = Decimal(next(iter(spellings)))
        scales = _MAGNITUDES[match["magnitude"]]
        found.extend((_plain(value * scale), whole_start, whole_end) for scale in scales)
    found.extend((value, start, end) for value in spellings)
    if " " in written or "'" in written:
        found.extend((part[0], start + part.start(), start + part.end()) for part in re.finditer(r"\d+", written))
    if match["percent"]:
        found.append((next(iter(spellings)) + "%", whole_start, whole_end))
    if match["magnitude"]:
        found.append((match["magnitude"], *match.span("magnitude")))
    return found


def _values(written: str) -> list[str]:
    """The values a number may have: « 5.040 » is read both as a decimal and as thousands."""
    closed = re.sub(r"[ ']", "", written)
    if len(re.findall(r"[.,]", closed)) > 1:
        decimal_mark = closed[-1 - len(re.split(r"[.,]", closed)[-1])]
        if closed.count(decimal_mark) == 1:
            grouping = "," if decimal_mark == "." else "."
            return [_canonical(closed.replace(grouping, "").replace(decimal_mark, "."))]
        return [_canonical(closed.replace(decimal_mark, ""))]
    decimal = closed.replace(",", ".")
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", closed) and closed == written:
        return [decimal, re.sub(r"[.,]", "", closed)]
    return [decimal, _canonical(decimal)]


def _canonical(number: str) -> str:
    """The figure as written unless it is a decimal, then without idle zeros."""
    if "." not in number:
        return number
    try:
        return _plain(Decimal(number))
    except InvalidOperation:
        return number


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
