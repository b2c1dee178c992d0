"""Bodies a text names: ministries, towns, societies, by the words such names begin with; and their acronyms.

Rules and short word lists, no directory. Does not know persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.folding import fold
from store.records import Span

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŸŹŻŽȘȚ"
_GAP = "[ \u00a0\u202f]"
_HEADS = (
    r"(?:(?:Grand|Grande|Haut|Haute|Premier|Secrétariat|Nouvelle)[ -])?"
    r"(?:Ville|Mairie|Métropole|Commune|Département|Région|Canton|Préfecture|Sous-préfecture|Ministère"
    r"|Secrétariat|Office|"
    r"Agence|Conseil|Association|Société|Syndicat|Chambre|Fondation|Groupe|Université|École|Ecole|Institut|Centre|Port|"
    r"Direction|Administration|Commission|Comité|Fédération|Union|Confédération|Conférence|Communauté"
    r"|Coopérative|Régie|"
    r"Banque|Caisse|Laboratoire|Observatoire|Autorité|Haute-École|Musée|Bibliothèque|Théâtre|Opéra|Hôpital"
    r"|Chancellerie|"
    r"Tribunal|Cour|Police|Parlement|Assemblée|Sénat|Académie|Bureau|Service|Organisation|Compagnie|Entreprise|Ligue|"
    r"Forces|Services|Transports|Chambres|Autorités|Offices|Villes|Croix-Rouge|Réseau|Collectif|Mission"
    r"|Établissement|Etablissement|Inspection|Commissariat|Collectivité|Club|Cité|"
    r"Department|Ministry|Agency|Institute|University|Council|Committee|Board|Foundation|Association|Society|"
    r"Bundesamt|Bundesrat|Departement|Amt|Stadt|Verband|Verein|Gesellschaft|Ministero|Dipartimento|Ufficio|Comune)"
)
_LINK = (
    r"(?:d[eu]s?|de la|de l[’']|d[’']|et (?:d[eu]s?|de la|de l[’'])?|pour la|pour le|pour les|à la|à l[’']|aux"
    r"|au|en|la|les|l[’']|of|of the|for|for the|and|für|der|des|di|del|della)"
)
_ADJECTIVE = (
    r"(?:fédéra\w+|nationa\w+|régiona\w+|départementa\w+|municipa\w+|cantona\w+|intercommuna\w+|internationa\w+|"
    r"européen\w*|suisses?|français\w*|générale?s?|publi\w+|supérieure?s?|métropolitain\w*|urbaine?s?|rurale?s?|"
    r"économique|agricoles?|sociale?s?|culturel\w*|technique|mondiale?|centrale?|aérien\w*|armées"
    r"|terrestres?|sociaux|romande?s?|vaudoise?)"
)
_WORD = rf"(?:[{UPPER}][\w&]*(?:[’'-][\w&]+)*)"
_TELLING = (
    rf"(?:{_ADJECTIVE}|[a-zà-ÿ][^\W\d_]*(?:al|ale|aux|ales|ique|iques|if|ive|ifs|ives|aires?|iels?|ielles?|ien|ienne"
    rf"|aise?|oise?|elles?|imes?))(?![\w-])"
)
_NOUN = (
    rf"(?!bien\b)(?![^\W\d_]{{2,}}(?:[^i\W\d_]er|oir"
    rf"|[^aio\W\d_]ir)(?!\w))[a-zà-ÿ][^\W\d_]{{2,}}(?:-[^\W\d_]+)*(?:{_GAP}{_TELLING})?"
)
_PROPER = rf"{_WORD}(?:{_GAP}{_WORD})*"
_OF = r"(?:d[eu]s?|de la|de l[’']|d[’']|of|of the|der|des|di|del|della)"
_NAMED_HEADS = _HEADS.replace("|Confédération", "").replace("|Villes", "").replace("|Services|", "|")
_ORGANISATION = re.compile(
    rf"(?<![\w-])(?:{_NAMED_HEADS})(?![\w’'-])"
    rf"(?:{_GAP}{_TELLING})*(?:{_GAP}{_PROPER})?"
    rf"(?:{_GAP}(?!et )(?:{_LINK}(?:{_GAP}|(?<=[’'])){_PROPER}|(?!en |au ){_LINK}(?:{_GAP}|(?<=[’'])){_NOUN}))?"
    rf"(?:{_GAP}{_OF}(?:{_GAP}|(?<=[’']))(?:{_PROPER}|{_NOUN})){{0,3}}"
    rf"(?:(?:,{_GAP}{_OF}(?:{_GAP}|(?<=[’'])){_NOUN}){{1,4}})?"
    rf"(?:{_GAP}et{_GAP}{_OF}(?:{_GAP}|(?<=[’'])){_NOUN})?"
    rf"(?:{_GAP}{_OF}(?:{_GAP}|(?<=[’'])){_PROPER})?"
)
_COMPANY = re.compile(
    rf"(?<![\w’'-]){_WORD}(?:{_GAP}(?:&{_GAP})?{_WORD}){{0,4}}{_GAP}(?:SA|AG|SAS|SARL|Sàrl|sàrl|GmbH|Ltd"
    rf"|Inc|PLC|plc|SpA|Srl|SE|NV)(?!\w)"
)
_HEAD = re.compile(rf"{_HEADS}(?![\w’'-])")
_ACRONYM = re.compile(rf"\((?:[^()\n]{{2,50}}, )?(?P<short>[{UPPER}][\w&-]{{1,11}})\)")
_CAPITAL = re.compile(rf"(?<![\w’'-])(?:[LlDd][’'])?(?P<word>[{UPPER}][\w-]*)")
_BODY = re.compile(
    rf"(?:(?P<det>[Ll][ea]s?"
    rf"|[Ll][’'])[ \u00a0]?)?(?P<name>(?![LDJSCNTM][’']){_WORD}(?:{_GAP}(?:{_ADJECTIVE}"
    rf"|(?:{_LINK}{_GAP}?)*{_WORD})){{0,6}})"
)


def acronyms(text: str, end: int) -> dict[str, str]:
    """« Office fédéral des routes (OFROU) » → {"OFROU": "Office fédéral des routes"}."""
    found: dict[str, str] = {}
    for match in _ACRONYM.finditer(text, 0, end):
        short = match["short"]
        if short in found or sum(letter.isupper() for letter in short) < 2:
            continue
        name = spelled_out(text, match.start(), short)
        if name is not None:
            found[short] = name.of(text)
    return found


def spelled_out(text: str, at: int, short: str) -> Span | None:
    """The name whose acronym stands in brackets at `at`: from the nearest capital of its first letter."""
    begin = max(text.rfind("\n", 0, at) + 1, at - 160)
    stop = max(text.rfind(mark, begin, at) for mark in ".;:«»()")
    begin = stop + 1 if stop >= begin else begin
    written = text[begin:at].rstrip()
    capitals = [m for m in _CAPITAL.finditer(written) if fold(m["word"][0]) == fold(short[0])]
    if not capitals or len(written) - capitals[-1].start("word") > 120:
        return None
    best = capitals[-1]
    for earlier in reversed(capitals[:-1]):
        if len(written[earlier.start("word") :].split()) <= 2 * len(short) + 2 and _initials(
            written[earlier.start("word") :], short
        ):
            best = earlier
    if len(written) - best.start("word") < len(short):
        return None
    return Span(begin + best.start("word"), begin + len(written))


def _initials(name: str, short: str) -> bool:
    """Whether the letters of an acronym stand in order at the beginnings of a name's words."""
    letters = iter(fold(word[0]) for word in re.findall(r"[^\W\d_]+", name))
    return all(letter in letters for letter in fold(short) if letter.isalpha())


def spells(title: str, short: str) -> bool:
    """Whether an acronym's letters begin the words that end an office (« chef du département des eaux », DDE)."""
    words = re.findall(r"[^\W\d_]+", title)
    starts = [number for number, word in enumerate(words) if fold(word[0]) == fold(short[0])]
    return any(_initials(" ".join(words[number:]), short) for number in starts)


def body_at(text: str, at: int, end: int) -> Span | None:
    """The name of a body at `at` (« Navalis », « la Ville de Clair », « l'OPV »), without its article."""
    match = _BODY.match(text, at, end)
    if match is None or len(match["name"]) < 2:
        return None
    return Span(match.start("name"), match.end("name"))


def organisations(text: str, end: int) -> Iterator[Span]:
    """Names of bodies in full: by the word they begin with, by their acronym, or by « SA », in order of kind."""
    for match in _ACRONYM.finditer(text, 0, end):
        span = spelled_out(text, match.start(), match["short"])
        if span is not None and _HEAD.match(text, span.start):
            yield span
    for match in _ORGANISATION.finditer(text, 0, end):
        span = _whole(text, match)
        if span is not None:
            yield span
    for match in _COMPANY.finditer(text, 0, end):
        if match[0].isupper() and len(match[0].split()) > 2:
            continue
        yield Span(match.start(), match.end())


_ARTICLED = re.compile(r"(?:\b(?:l[ea]s?|d[eu]s?|aux?|the|der|die|das|il|lo)[ \u00a0]|[LlDd][’'])$", re.IGNORECASE)
_CAPITAL_BEFORE = re.compile(
    r"(?!(?:Les?|La|Des|Du|Aux?|The|Der|Die|Il|Lo|Une?|Ce|Cette)\b)"
    rf"(?<![.!?:»] )(?<![\w’'-])[{UPPER}][a-zà-ÿ]+[ \u00a0]$"
)
_LISTING = re.compile(
    r"(?:Département|Ministère|Direction|Institut|Office|Secrétariat|Commission|Conseil|Union|Fédération)\b"
)
_TOO_COMMON = re.compile(
    r"(?:Groupe de travail|Service de|Centre de|Mission de|Comité mixte|Bureau de|Port de|Cours? de)\b"
)


def _whole(text: str, match: re.Match[str]) -> Span | None:
    """A match that names one body: more than its first word, with an article or a further capital."""
    if _CAPITAL_BEFORE.search(text, max(0, match.start() - 24), match.start()):
        return None
    written = match[0].rstrip(" ,")
    if "," in written and not _LISTING.match(written):
        written = written[: written.index(",")]
    words = written.split()
    while words and re.fullmatch(_LINK + r"|et|,", words[-1].strip(",")):
        words.pop()
    written = written[: written.rfind(words[-1]) + len(words[-1])] if words else ""
    if len(words) < 2:
        return None
    capitals = sum(word[:1].isupper() for word in re.findall(r"[^\W\d_]+", written))
    articled = _ARTICLED.search(text, max(0, match.start() - 5), match.start())
    if capitals < 2 and (not articled or _TOO_COMMON.match(written)):
        return None
    return Span(match.start(), match.start() + len(written.rstrip(",")))


def is_body(name: str) -> bool:
    """Whether a name is an institution's by its first word, or an acronym."""
    first = name.split()[0].strip("’'") if name.split() else ""
    return bool(_HEAD.match(name)) or (first.isupper() and len(first) > 1)


_COMMON = re.compile(
    r"(?:[Ll]a\s|[Ll]e\s|[Ll][’'])(?P<head>association|société|groupe|mairie|ville|syndicat|collectif"
    r"|métropole|fédération|fondation"
    r"|entreprise|région|département|préfecture|ministère|office|agence|commission|comité|conseil|institut"
    r"|université|ligue|ONG"
    r"|coopérative|commune|canton|chambre|banque|union|compagnie|centre|musée|festival|club|régie"
    r"|réseau)\b(?![’'-])(?!\s(?:d[eu]s?|d[’'])\b)"
    rf"(?P<own>(?:{_GAP}{_WORD}){{0,4}})"
)


def common_body(text: str, at: int, end: int) -> tuple[Span | None, int] | None:
    """Whom « l'association », « la Ville » at `at` means: the name last given to one, and where those words end."""
    match = _COMMON.match(text, at, end)
    if match is None:
        return None
    head = match["head"]
    if match["own"]:
        return Span(match.start("head"), match.end()), match.end()
    before = text[max(0, at - 6000) : at]
    either = f"[{head[0].lower()}{head[0].upper()}]{head[1:]}"
    names = re.compile(
        rf"\b{either}{_GAP}(?:(?:{_LINK})(?:{_GAP}|(?<=[’'])))?{_WORD}"
        rf"(?:{_GAP}(?:{_LINK}(?:{_GAP}|(?<=[’'])))?{_WORD}){{0,4}}"
    )
    found = list(names.finditer(before))
    last = found[-1] if found else None
    base = max(0, at - 6000)
    return (Span(base + last.start(), base + last.end()) if last else None), match.end()
