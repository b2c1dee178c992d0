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
    r"(?:Ville|Mairie|Métropole|Commune|Département|Région|Canton|Préfecture|Sous-préfecture|Ministère|Secrétariat|Office|"
    r"Agence|Conseil|Association|Société|Syndicat|Chambre|Fondation|Groupe|Université|École|Ecole|Institut|Centre|Port|"
    r"Direction|Administration|Commission|Comité|Fédération|Union|Confédération|Conférence|Communauté|Coopérative|Régie|"
    r"Banque|Caisse|Laboratoire|Observatoire|Autorité|Haute-École|Musée|Bibliothèque|Théâtre|Opéra|Hôpital|Chancellerie|"
    r"Tribunal|Cour|Police|Parlement|Assemblée|Sénat|Académie|Bureau|Service|Organisation|Compagnie|Entreprise|Ligue|"
    r"Forces|Services|Transports|Chambres|Autorités|Offices|Villes|Croix-Rouge|Réseau|Collectif|Mission|Établissement|Etablissement|Inspection|Commissariat|Collectivité|Club|Cité|"
    r"Department|Ministry|Agency|Institute|University|Council|Committee|Board|Foundation|Association|Society|"
    r"Bundesamt|Bundesrat|Departement|Amt|Stadt|Verband|Verein|Gesellschaft|Ministero|Dipartimento|Ufficio|Comune)"
)
_LINK = rf"(?:d[eu]s?|de la|de l[’']|d[’']|et (?:d[eu]s?|de la|de l[’'])?|pour la|pour le|pour les|à la|à l[’']|aux|au|en|la|les|l[’']|of|of the|for|for the|and|für|der|des|di|del|della)"
_ADJECTIVE = (
    r"(?:fédéra\w+|nationa\w+|régiona\w+|départementa\w+|municipa\w+|cantona\w+|intercommuna\w+|internationa\w+|"
    r"européen\w*|suisses?|français\w*|générale?s?|publi\w+|supérieure?s?|métropolitain\w*|urbaine?s?|rurale?s?|"
    r"économique|agricoles?|sociale?s?|culturel\w*|technique|mondiale?|centrale?|aérien\w*|armées|terrestres?|sociaux|romande?s?|vaudoise?)"
)
_WORD = rf"(?:[{UPPER}][\w&]*(?:[’'-][\w&]+)*)"
_ORGANISATION = re.compile(
    rf"(?<![\w’'-])(?:{_HEADS})(?![\w’'-])"
    rf"(?:{_GAP}{_ADJECTIVE}(?!\w))*"
    rf"(?:{_GAP}(?:{_LINK}{_GAP}?)?(?:{_WORD}|[^\W\d_]{{5,}}(?:{_GAP}{_ADJECTIVE}(?!\w))?)){{0,8}}"
)
_HEAD = re.compile(rf"{_HEADS}(?![\w’'-])")
_ACRONYM = re.compile(rf"\((?:[^()\n]{{2,50}}, )?(?P<short>[{UPPER}][\w&-]{{1,11}})\)")
_CAPITAL = re.compile(rf"(?<![\w’'-])(?:[LlDd][’'])?(?P<word>[{UPPER}][\w-]*)")
_BODY = re.compile(
    rf"(?:(?P<det>[Ll][ea]s?|[Ll][’'])[ \u00a0]?)?(?P<name>(?![LDJSCNTM][’']){_WORD}(?:{_GAP}(?:{_ADJECTIVE}|(?:{_LINK}{_GAP}?)*{_WORD})){{0,6}})"
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
    """Whether an acronym's letters are the initials of the words that end an office (« chef du département des eaux », DDE)."""
    words = re.findall(r"[^\W\d_]+", title)
    starts = [number for number, word in enumerate(words) if fold(word[0]) == fold(short[0])]
    return any(_initials(" ".join(words[number:]), short) for number in starts)


def body_at(text: str, at: int, end: int) -> Span | None:
    """The name of a body that begins at `at` (« Swissmetal », « la Ville de Clair », « l'OFROU »), without its article."""
    match = _BODY.match(text, at, end)
    if match is None or len(match["name"]) < 2:
        return None
    return Span(match.start("name"), match.end("name"))


def organisations(text: str, end: int) -> Iterator[Span]:
    """Names that begin with a word of institutions, as far as they can be told from the sentence around them."""
    for match in _ORGANISATION.finditer(text, 0, end):
        yield Span(match.start(), match.end())


def is_body(name: str) -> bool:
    """Whether a name is an institution's by its first word, or an acronym."""
    first = name.split()[0].strip("’'") if name.split() else ""
    return bool(_HEAD.match(name)) or (first.isupper() and len(first) > 1)


_COMMON = re.compile(
    r"(?:[Ll]a\s|[Ll]e\s|[Ll][’'])(?P<head>association|société|groupe|mairie|ville|syndicat|collectif|métropole|fédération|fondation"
    r"|entreprise|région|département|préfecture|ministère|office|agence|commission|comité|conseil|institut|université|ligue|ONG"
    r"|coopérative|commune|canton|chambre|banque|union|compagnie|centre|musée|festival|club|régie|réseau)\b(?![’'-])(?!\s(?:d[eu]s?|d[’'])\b)"
    rf"(?P<own>(?:{_GAP}{_WORD}){{0,4}})"
)


def common_body(text: str, at: int, end: int) -> tuple[Span | None, int] | None:
    """(the name last given to « l'association », « la Ville » of `at`, where those words end); None where no such word stands."""
    match = _COMMON.match(text, at, end)
    if match is None:
        return None
    head = match["head"]
    if match["own"]:
        return Span(match.start("head"), match.end()), match.end()
    before = text[max(0, at - 6000) : at]
    names = re.compile(
        rf"\b{head}{_GAP}(?:(?:{_LINK}){_GAP}?)?{_WORD}(?:{_GAP}(?:{_LINK}{_GAP}?)?{_WORD}){{0,4}}", re.IGNORECASE
    )
    last = None
    for last in names.finditer(before):
        pass
    base = max(0, at - 6000)
    return (Span(base + last.start(), base + last.end()) if last else None), match.end()
