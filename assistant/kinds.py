"""What kind of answer a question asks for, and whether a text holds it.

A person, a date, a sum of money, a place, a reason…; several at once (« où et quand ») where
a question asks several things. French, English, German and Italian. Patterns over folded
text; knows nothing about releases or about weighing them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from store.folding import fold
from store.language import stem


class Kind(StrEnum):
    """A kind of answer. COUNT is any figure that counts; MEASURE a length, weight, volume, speed…"""

    PERSON = "person"
    ORGANISATION = "organisation"
    DATE = "date"
    HOUR = "hour"
    DURATION = "duration"
    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    MEASURE = "measure"
    PLACE = "place"
    REASON = "reason"
    MANNER = "manner"
    LIST = "list"
    QUOTATION = "quotation"
    CONTACT = "contact"
    DEFINITION = "definition"
    YES_NO = "yes_no"


FIGURES = frozenset({Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.MEASURE, Kind.DURATION})
"""The kinds whose answer is a number."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds asked for, in the order they are asked; none where nothing tells.

    `counted` is the stem of what is counted (« combien de candidatures »), `noun` that of what
    is chosen (« quel canton »); "" where the question names none.
    """

    asked: tuple[Kind, ...] = ()
    counted: str = ""
    noun: str = ""

    def __contains__(self, kind: Kind) -> bool:
        return kind in self.asked


# In each of the four languages: « quel est le », « quels sont les », "what is the", „welches ist der“, «qual è il».
_QUEL = (
    r"(?:quel(?:le)?s?(?: (?:est|sont|etait|etaient|sera|seront|fut))?(?: (?:le|la|les|l'))?|what(?: (?:is|are|was"
    r"|were))?(?: the)?|which|welche[mnrs]?|qual[ei]?(?: (?:e|sono))?(?: (?:il|la|i|le|l'))?)(?: |(?<='))"
)
_SUMS = (
    r"(?:montant|somme|budget|prix|cout|credit|plafond|tarif|amende|subvention|revenu|salaire|enveloppe|economie"
    r"|depense|recette|excedent|deficit|contribution|loyer|indemnite|taxe|redevance|chiffre d'affaires|amount|sum"
    r"|price|cost|fine|salary|income|betrag|preis|kosten|summe|busse|lohn|importo|prezzo|costo|somma|multa)s?"
)
_SHARES = (
    r"(?:part|proportion|pourcentage|taux|quote-part|pour-cent|share|percentage|proportion|rate|anteil|prozentsatz"
    r"|quote|quota|percentuale|tasso|degre de couverture)s?"
)
_COUNTS = r"(?:nombre|nb|total|effectif|number|anzahl|zahl|numero)"
_MEASURES = (
    r"(?:volume|poids|longueur|largeur|hauteur|surface|superficie|distance|vitesse|temperature|puissance|quantite"
    r"|profondeur|debit|capacite|weight|length|height|speed|area|gewicht|lange|hohe|flache|geschwindigkeit|peso"
    r"|lunghezza|altezza|superficie|velocita)s?"
)
_UNITS = (
    r"(?:km|kilometres?|metres?|m2|m3|hectares?|ha|kg|kilos?|grammes?|tonnes?|litres?|kwh|gwh|mwh|watts?|mw|degres"
    r"|kilometers?|meters?|tons?|kilogramm|meter|tonnen|liter|chilometri|metri|tonnellate|litri)"
)
_TIMES = (
    r"(?:temps|mois|jours?|ans?|annees?|semaines?|heures?|minutes?|years?|months?|days?|weeks?|hours?|jahre?"
    r"|monate?|tage?|wochen?|anni|mesi|giorni|settimane|ore)"
)
_COINS = (
    r"(?:francs?|chf|euros?|eur|dollars?|argent|sous|millions(?! d['e](?!u))|milliards(?! d['e](?!u))|money|geld"
    r"|franken|soldi|franchi)"
)
_WORTH = (
    r"(?:cout\w*|pai\w*|pay\w*|vers\w*|touch\w*|gagn\w*|rapport\w*|depens\w*|financ\w*|garanti\w*|rembours\w*"
    r"|verse-t\w*|vaut|valent|investi\w*|debours\w*|rend\w*|recoi\w*|cost\w*|spend\w*|earn\w*|pays?|kost\w*"
    r"|zahl\w*|verdien\w*|cost[ai]\w*|pag[ah]\w*|guadagn\w*)"
)
_PEOPLE = (
    r"(?:personne|president|ministre|directeur|directrice|chef|cheffe|conseill\w*|ambassad\w*|artiste|skieu\w+"
    r"|officier|patron\w*|diplomate|expert\w*|historien\w*|chercheu\w+|responsable|secretaire|porte-parole|maire"
    r"|elu\w*|sportif|sportive|suisse(?:sse)?|juge|procureur\w*|professeur\w*|candidat\w*|laureat\w*|auteur\w*"
    r"|minister|president|director|ambassador|official|person|ministro|direttore|direttrice|presidente"
    r"|ambasciat\w*|botschafter\w*|direktor\w*|prasident\w*|leiter\w*)s?"
)
_BODIES = (
    r"(?:entreprise|societe|office|departement|magasin|marque|distributeur|organisation|association|commission"
    r"|service|banque|groupe|institut|institution|fondation|autorite|fabricant|firme|ministere|parti|federation"
    r"|entite|company|firm|brand|office|agency|authority|institution|commission|organi[sz]ation|unternehmen|firma"
    r"|marke|amt|behorde|kommission|societa|azienda|ditta|marca|ufficio|commissione|ente)s?"
)
_PLACES = (
    r"(?:ville|region|canton|pays|commune|lieu|site|capitale|endroit|gare|aeroport|district|quartier|adresse|route"
    r"|troncon|village|vallee|musee|departement(?= (?:francais|d'outre))|city|town|place|country|region|location"
    r"|station|stadt|ort|land|gemeinde|kanton|citta|luogo|paese|comune|cantone)s?"
)

_ASKS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.CONTACT,
        r"\b(?:contact(?:er|ez|s)?|joindre|telephone\w*|tel\.?(?= )|appeler|e-?mails?|mail|courriels?"
        r"|coordonnees|s'adresser"
        r"|adresse (?:electronique|mail|e-mail)|quel numero|a qui (?:ecrire|telephoner)|service (?:de presse"
        r"|medias)|s'inscrire"
        r"|(?:attache|charge)e?s? (?:de |des )(?:presse|medias)"
        r"|ou (?:ecrire|appeler|telephoner)"
        r"|numero (?:de|du) (?:tel\w*|service|contact)|whom? (?:to|can i|should i) (?:call|contact|write)|phone|reach"
        r"|kontakt\w*|telefon\w*|erreichen|contatt\w*|rivolger\w*)\b",
    ),
    (
        Kind.QUOTATION,
        r"\bqu(?:'|e |oi )(?:a|ont|avait|avaient|dit|disent|repond|repondent|declare|declarent|pense|estime"
        r"|affirme)\b"
        r"(?:[^?]{0,60}\b(?:dit|declare|affirme|lance|explique|repondu|pense|souligne|annonce|ajoute|rappele"
        r"|deplore)\w*\b"
        r"|(?<=dit)|(?<=disent)|(?<=repond)|(?<=repondent)|(?<=declare)|(?<=pense)|(?<=estime)|(?<=affirme))"
        r"|\b(?:citations?|cite[rz]?(?= )|(?:que )?dit-(?:il|elle)|reactions?|declarations? d\w*|propos d\w*"
        r"|mot pour mot|formule"
        r"|verbatim|quotes?|what (?:did|does|has|have)\b[^?]{0,60}\b(?:say|said|declare)|zitat\w*|was sagt\w*"
        r"|gesagt|erklarte"
        r"|che cosa ha detto|cosa ha (?:detto|dichiarato)|dichiarat\w+|detto)\b|\bcomment\b[^?]{0,60}\bdecri\w+",
    ),
    (
        Kind.DURATION,
        rf"\b(?:combien de {_TIMES}|(?:quelle )?duree|how long|how many {_TIMES}|wie lange|wie ?viele {_TIMES}"
        rf"|quanto (?:tempo|dura)|quant[ie] {_TIMES})\b",
    ),
    (Kind.HOUR, r"\b(?:quelle heure|quelles heures|a kel heure|what time|wie ?viel uhr|um welche zeit|che ora)\b"),
    (
        Kind.DATE,
        r"\b(?:quand(?! (?:on|un|une|le|la|les|il|elle|ils|elles|des|je|nous|vous|meme|l')\b)|c'est quand"
        r"|quand\b[^?,;]{1,80}-(?:t-)?(?:ils?|elles?|on)"
        r"|quelle date|quel jour"
        r"|quelle annee|en quelle annee|quel mois|quel week-?end|quelle semaine|quelle periode|quelle echeance"
        r"|quel delai"
        r"|date d[eu']\w*|jusqu'a quand|depuis quand|kel date|a partir de quand|when|what (?:date|day|year"
        r"|month)|which (?:date|day|year)"
        r"|wann|welche[mns]? (?:datum|tag|jahr|monat)|bis wann|seit wann|quando|che (?:giorno|anno|data)"
        r"|quale (?:giorno|anno|data))\b",
    ),
    (
        Kind.PERCENT,
        rf"\b(?:{_QUEL}(?:\w+ )?{_SHARES}|quel pourcentage|a quel taux)\b|^{_SHARES} (?:d[eu']|of|der|di|hypo\w+)",
    ),
    (
        Kind.MONEY,
        rf"\b(?:combien (?:de |d'){_COINS}|(?:combien|how much|wie ?viel|quanto)\b(?! (?:de"
        rf"|d')\b)[^?,;:]{{0,50}}?\b{_WORTH}\b"
        rf"|(?:how much|wie ?viel|quanto) {_COINS}|{_QUEL}(?:\w+ )?{_SUMS}|des? quelle somme)\b"
        rf"|^{_SUMS} (?:\w+ )?(?:d[eu']|of|der|di)\b|^{_SUMS} ",
    ),
    (
        Kind.MEASURE,
        rf"\b(?:combien de {_UNITS}|{_QUEL}{_MEASURES}|quelle? {_MEASURES}|how many {_UNITS}"
        rf"|wie ?viele {_UNITS}|quant[ie] {_UNITS})\b",
    ),
    (
        Kind.COUNT,
        rf"\b(?:combien|how (?:many|much)|wie ?viele?|quant[ieao]|{_QUEL}{_COUNTS}|cb)\b|^(?:le )?{_COUNTS} d"
        rf"|\b{_COUNTS} d[e']",
    ),
    (
        Kind.PLACE,
        rf"\b(?:(?:dans|en|a|de|vers|sur|sous|par|pour) {_QUEL}(?:\w+ )?{_PLACES}|{_QUEL}{_PLACES}|where|wohin"
        r"|woher|wo(?! die)|dove|c'est ou|d'ou"
        rf"|quels? endroits?)\b|^(?:et )?ou (?!bien)",
    ),
    (
        Kind.REASON,
        r"\b(?:pourquoi|why|warum|wieso|weshalb|perche|(?:quelle|quelles|pour quelles?) raisons?"
        r"|pour quel motif|quels? motifs?|a cause de quoi"
        r"|quelle est la cause|what reason|aus welche[mn] gr[uo]nd\w*|per quale motivo)\b",
    ),
    (
        Kind.PERSON,
        r"(?:^|[,:;(] ?|\b(?:et|mais|alors|and|und|e) )(?:(?:a|avec|par|pour|de|chez|vers|contre|sur|to|with"
        r"|by|for) )?(?:qui|who|whom|whose|wer|wem|wen|wessen|chi)\b"
        rf"|\bc'est qui\b|\b(?:a|avec|par|chez) qui\b|\bqui (?:est|sont)\b(?=[^?]{{0,30}}\?)"
        rf"|\b{_QUEL}(?:\w+ )?{_PEOPLE}\b"
        rf"|\bnom d(?:u|e la|es) |\bname of the\b|^nouvel(?:le)? {_PEOPLE}\b",
    ),
    (Kind.ORGANISATION, rf"\b{_QUEL}(?:\w+ )?{_BODIES}\b"),
    (
        Kind.DEFINITION,
        r"\b(?:qu'est-ce qu(?:e |')(?!a\b|il|elle|on|s)|c(?:'est| est)? (?:quoi|koi)|(?:ca|sa) sert a (?:quoi"
        r"|koi)|que signifie|definition|en quoi consiste"
        r"|what (?:is|are) (?:an? |the )?\w+\s*\?|was (?:ist|sind|bedeutet)|che (?:cos'e|cosa e|cosa sono)"
        r"|what does \w+ mean)\b",
    ),
    (
        Kind.MANNER,
        r"\b(?:comment|de quelle (?:maniere|facon)|par quel(?:le)?s? moyens?|how(?! (?:many|much|long|often"
        r"|old|far))|wie(?! ?viel| lange| oft| hoch)|come)\b",
    ),
    (
        Kind.LIST,
        r"\b(?:quels|quelles|lesquel(?:le)?s|liste[rz]?|quelles? (?:etapes|mesures)|tous les|toutes les"
        r"|which \w+s\b|what \w+s are|welche \w+(?:en|er|e)\b|quali"
        r"|tout ce qu)\b",
    ),
)
_YES_NO = re.compile(
    r"(?:^|[,:;] ?|\bet )(?:est-ce qu[e']|(?:is|are|was|were|did|does|do|has|have|will|can|could|should) \w"
    r"|(?:ist|sind|hat|haben|wird|werden|kann|darf|soll) \w|(?:e vero|ha|hanno|puo|sara) \w)|\boui ou non\b"
    r"|\bou pas\b"
    r"|\b\w+-(?:t-)?(?:il|elle|on|ils|elles|je|tu|vous|nous)\b"
)
_WHERE = re.compile(r"\bo[ùÙ]\b", re.IGNORECASE)
_RELATIVE_WHERE = re.compile(r"\b(?:cas|jour|moment|annee|mesure|pays|ville|lieu|la) ou\b")
_COUNTED = re.compile(
    r"\b(?:combien|cb|nombre|nb|effectif) (?:de |d'|des )(?P<fr>[\w'-]+)|\bhow many (?P<en>[\w'-]+)"
    r"|\bnumber of (?P<en2>[\w'-]+)"
    r"|\bwie ?viele (?P<de>[\w'-]+)|\bquant[ie] (?P<it>[\w'-]+)"
)
_NOUN = re.compile(rf"\b{_QUEL}(?P<noun>[\w-]{{3,}})")
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _ASKS)
_NARROWER: dict[Kind, frozenset[Kind]] = {
    Kind.COUNT: frozenset({Kind.MONEY, Kind.PERCENT, Kind.MEASURE, Kind.DURATION}),
    Kind.MANNER: frozenset({Kind.QUOTATION}),
    Kind.DEFINITION: frozenset({Kind.QUOTATION, Kind.PERSON}),
    Kind.PERSON: frozenset({Kind.CONTACT}),
    Kind.PLACE: frozenset({Kind.CONTACT}),
}


def kinds(question: str, language: str = "fr") -> Kinds:
    """The kinds of answer that a question asks for; `language` is what it is written in."""
    folded = " ".join(fold(question).split())
    places: dict[Kind, int] = {}
    for kind, pattern in _PATTERNS:
        if (match := pattern.search(folded)) is not None:
            places[kind] = match.start()
    if Kind.PLACE not in places and (where := _WHERE.search(question)) and not _RELATIVE_WHERE.search(folded):
        places[Kind.PLACE] = where.start()
    for kind, narrower in _NARROWER.items():
        if kind in places and any(abs(places[one] - places[kind]) < 12 for one in narrower & places.keys()):
            del places[kind]
    noun = _NOUN.search(folded)
    if not places and not noun and _YES_NO.search(folded):
        places[Kind.YES_NO] = 0
    counted = _COUNTED.search(folded)
    return Kinds(
        tuple(sorted(places, key=lambda kind: places[kind])),
        stem(next(word for word in counted.groups() if word), language) if counted else "",
        stem(noun["noun"], language) if noun else "",
    )


_NUMERAL = (
    r"(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente"
    r"|quarante|cinquante|soixante"
    r"|septante|huitante|nonante|cents?|mille|milliers?|millions?|milliards?|moitie|tiers|quarts?|double"
    r"|triple|dizaine|douzaine|centaine|aucune?"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|hundred|thousand|billion|zwei|drei|vier"
    r"|funf|sechs|sieben|acht|neun|zehn|elf|zwolf"
    r"|hundert|tausend|million(?:en|i)|milliarden|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|cento|mila"
    r"|miliardi|meta)"
)
_NUMBER = rf"(?:\d[\d.,' ]*|\b{_NUMERAL}\b)"
_MONTH = (
    r"(?:janv\w*|jan\w*|fevr?\w*|feb\w*|mars|marz\w*|march|avr\w*|apr\w*|mai|may|maggio|juin|june?|juni|giugno"
    r"|juil\w*|july?|juli|luglio"
    r"|aout|aug\w*|agosto|sept\w*|settembre|oct\w*|okt\w*|ottobre|nov\w*|dec\w*|dez\w*|dicembre)"
)
_DATED = (
    rf"\b\d{{1,2}}(?:er|[.]|st|nd|rd|th|º)? {_MONTH}\b(?: (?:19|20)\d\d)?|\b{_MONTH} \d{{1,2}}(?:st|nd|rd"
    r"|th)?,? (?:19|20)\d\d"
    rf"|\b{_MONTH} (?:19|20)\d\d|\b\d{{1,2}}[./]\d{{1,2}}[./](?:19|20)\d\d\b|\b(?:19|20)\d\d[-/]\d\d(?:\d\d)?\b"
    r"|\b(?:19|20)\d\d\b"
)
_HOLDS = {
    Kind.DATE: re.compile(
        rf"{_DATED}|\b(?:debut|mi-?|fin|d'ici|courant|anfang|mitte|ende|inizio|fine|early|mid"
            rf"|late)[ -]{_MONTH}\b|\ben {_MONTH}\b"
        r"|\b(?:printemps|ete|automne|hiver|spring|summer|autumn|winter|fruhling|sommer|herbst|primavera"
            r"|estate|autunno|inverno) (?:19|20)?\d\d"
        r"|\baujourd'hui\b|\btoday\b|\bheute\b|\boggi\b|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
    ),
    Kind.HOUR: re.compile(r"\b\d{1,2} ?(?:h(?:eures?)?|uhr|am|pm|ore)\b|\b\d{1,2}[h:]\d\d\b|\b\d{1,2}\.\d\d (?:h|uhr)"),
    Kind.DURATION: re.compile(
        rf"{_NUMBER} ?(?:mois|jours?|ans?|annees?|semaines?|heures?|minutes?|years?|months?|days?|weeks?|hours?"
            r"|jahre?n?|monate?n?|tage?n?|wochen?|stunden?"
        r"|anni|mesi|giorni|settimane|ore)\b|\b(?:une? (?:an|annee|mois|semaine|jour|journee|heure)|a (?:year"
            r"|month|week|day))\b|\bjusqu'"
    ),
    Kind.PERCENT: re.compile(
        r"\d ?%|\b(?:pour ?cents?|pourcents?|percent|per cent|prozent|per cento|percento)\b|\b(?:moitie|tiers"
            r"|quarts?|half|thirds?|quarters?|halfte|drittel"
        rf"|viertel|meta|terzo)\b|\b(?:un|une|{_NUMERAL}|\d+) (?:\w+ )?sur (?:{_NUMERAL}|\d+)\b"
    ),
    Kind.MONEY: re.compile(
        rf"{_NUMBER} ?(?:(?:de |d')?(?:francs?|chf|fr\b|frs\b|euros?|eur\b|€|dollars?|usd|\$|centimes?|livres"
            r"|yens?|roubles|franken|euro\b|franchi|dollari)"
        r"|(?:millions?|milliards?|mio|mrd|mia|millionen|milliarden|milioni|miliardi|billion) (?:de |d'|di "
            r"|von )?(?:francs?|euros?|dollars?|chf|eur|usd|franken|franchi))"
        r"|\b(?:chf|fr\.|eur|usd|us\$|€|\$) ?\d|\bpremier franc\b|\b(?:gratuit|gratuitement|free of charge"
            r"|kostenlos|gratis)\b"
    ),
    Kind.MEASURE: re.compile(
        rf"{_NUMBER} ?(?:km|kilometres?|metres?|m|cm|mm|m2|m3|m²|m³|hectares?|ha|kg|kilos?|kilogrammes?"
            r"|grammes?|g|mg|tonnes?|t|litres?|l|[kmgt]wh?|watts?|degres|°c?|"
        r"kilometers?|meters?|tons?|kilogramm|meter|tonnen|liter|chilometri|metri|tonnellate|litri|noeuds"
            r"|hertz|volts?|v|bars?|fois|times|mal|volte)\b"
    ),
    Kind.PLACE: re.compile(r"(?!)"),
    Kind.REASON: re.compile(
        r"\b(?:parce qu|car\b|en raison d|a cause d|du fait|grace a|puisqu|afin d|afin qu|pour (?:que|eviter"
            r"|garantir|permettre|proteger|assurer|renforcer|\w+er\b|\w+ir\b)|dans le but|motif|raison|"
        r"s'explique|explique par|permet\w*|vise\w*|entraine|provoqu\w*|du a|due a|dus a|suite a|en effet"
            r"|ainsi|because|due to|owing to|in order to|since|reason|"
        r"weil|wegen|aufgrund|damit|grund|um .{3,60} zu|perche|a causa d|grazie a|affinche|motivo)"
    ),
    Kind.MANNER: re.compile(
        r"\b(?:en \w+ant\b|grace a|au moyen|a l'aide|par (?:le biais|l'intermediaire)|mesures?|methode|procede"
            r"|consiste|permet\w*|prevoi\w*|doit|doivent|by \w+ing\b|through|using|"
        r"indem|durch|mittels|mediante|attraverso|tramite|grazie)"
    ),
    Kind.LIST: re.compile(r"(?:[^,;]{3,},){2,}|(?:^|\n)\s*[-–•*·]|:\s*$|, (?:\w+ ){1,6}(?:et|and|und|e|ainsi que) "),
    Kind.QUOTATION: re.compile(r"\""),
    Kind.CONTACT: re.compile(r"[\w.+-]+@[\w-]+|(?:\+\d\d|\b0\d{1,2})(?:[ ./-]?(?:\(0\))?\d{2,3}){3,}"),
    Kind.DEFINITION: re.compile(
        r"\b(?:est une?|sont des|designe|consiste|il s'agit|c'est-a-dire|vise a|sert a|permet|a pour (?:but"
            r"|objectif|mission)|charge d|is an?|are|means|"
        r"ist ein|sind|bezeichnet|dient|e un[ao]?|sono|serve)\b"
    ),
    Kind.YES_NO: re.compile(
        r"\b(?:oui|non|ne .{1,20} pas|n'\w+ (?:pas|plus|aucun\w*)|rejette|refuse|approuve|accepte|propose"
            r"|decide|peut|peuvent|pourra|pourront|doit|doivent|yes|no|not|nicht|kein\w*|non)\b"
    ),
}  # fmt: skip
_A_NAME = r"[A-ZÀ-ÝŠŽ][\w'’.-]*[\wà-ÿ]"
_NAME = re.compile(
    rf"(?<![\w-]){_A_NAME}(?: (?:(?:de|du|des|d'|d’|von|van|di|da|della|le|la|el|al|ben)\s?){{0,2}}{_A_NAME})+"
)
_PROPER = re.compile(rf"(?<!^)(?<![.!?:«\"(] )(?<!\w)(?:{_A_NAME})")
_PREPOSED = re.compile(
    r"(?:\b(?:[àÀ]|[Aa]ux?|[Ee]n|[Dd]ans|[Vv]ers|[Pp]rès|[Dd]epuis|[Ss]ur|[Ee]ntre|[Dd]e|[Dd]u|[Ii]n|[Aa]t"
    r"|[Nn]ear|[Ff]rom|[Bb]ei|[Nn]ach|[Aa]us|[Ii]m|[Aa]m|[Nn]el|[Nn]ella)"
    r"(?: (?:la|le|les|ville d[e']|commune d[e']|canton d[e'u]|région d[e']|région|lac d[e']|the|der|den"
    r"|dem))?[  ]|\b[dl]['’])(?:[A-ZÀ-Ý][\w’'-]+)"
)
_BODY = re.compile(
    r"\b(?:[A-ZÀ-Ý]{2,}\w*|(?:Office|Département|Direction|Commission|Conseil|Institut|Fondation|Société"
    r"|Groupe|Banque|Association|Ministère|Secrétariat|Université|École"
    r"|Bundesamt|Ufficio|Department|Council|University)\b|[A-ZÀ-Ý][\w-]+ (?:SA|AG|Sàrl|GmbH|Ltd|Inc|SpA))"
)


def holds(text: str, folded: str, kind: Kind) -> bool:
    """Whether a text holds an answer of a kind. `folded` is `store.folding.fold(text)`."""
    if kind is Kind.PERSON:
        return _NAME.search(text) is not None
    if kind is Kind.ORGANISATION:
        return _BODY.search(text) is not None or _PROPER.search(text) is not None
    if kind is Kind.PLACE:
        return _PREPOSED.search(text) is not None
    if kind is Kind.COUNT:
        return re.search(_NUMBER, _undated(folded)) is not None
    return _HOLDS[kind].search(folded) is not None


_UNDATED = re.compile(_DATED)


def _undated(folded: str) -> str:
    """A text without its dates and years: what is left of figures counts or measures something."""
    return _UNDATED.sub(" ", folded)


def counts(folded: str, counted: str, language: str) -> bool:
    """Whether a number stands within four words before what is counted (a stem), or right after it."""
    if not counted:
        return False
    words = re.findall(r"[\w'.,-]+", folded)
    figures = [place for place, word in enumerate(words) if re.match(_NUMBER, word)]
    nouns = [place for place, word in enumerate(words) if stem(word.strip("'.,-").split("'")[-1], language) == counted]
    return any(0 < noun - figure <= 4 or 0 < figure - noun <= 2 for figure in figures for noun in nouns)
