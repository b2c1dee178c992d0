"""An issuer's name as a sentence takes it: « la Métropole », « du Réseau Cadence », « d’Innosuisse ».

The article comes from the noun that names the body (« Office », « Ville »); a name that is
no noun (« Marseille Habitat ») has none. French, English, German and Italian around names
of any of them. Knows nothing about releases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from store.folding import fold


class Article(StrEnum):
    """How a body is named: gender and number, or without any article."""

    MASCULINE = "masculine"
    FEMININE = "feminine"
    PLURAL = "plural"
    FEMININE_PLURAL = "feminine_plural"
    ENGLISH = "english"
    """An English name: "the City of …" in English, no article in other languages."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Body:
    """An issuer's name without its own article, and the article it takes."""

    name: str
    article: Article

    def after_of(self, language: str) -> str:
        """« de la Métropole », « du Réseau », « d’Innosuisse »; "of the …", „des …“, « della … »."""
        if language == "en":
            return f"of {self.named(language)}"
        if language == "de":
            return f"{_GERMAN_OF.get(self.article, 'von')} {self.name}"
        if language == "it":
            return self._italian(("del ", "dello ", "della ", "dell'", "dei ", "degli ", "delle ", "di "))
        if self.article in (Article.NONE, Article.ENGLISH):
            return f"d’{self.name}" if self._elides else f"de {self.name}"
        if self.article in (Article.PLURAL, Article.FEMININE_PLURAL):
            return f"des {self.name}"
        if self._elides:
            return f"de l’{self.name}"
        return f"{'du' if self.article is Article.MASCULINE else 'de la'} {self.name}"

    def named(self, language: str) -> str:
        """« la Métropole », « l’Office », "the Office", „Bundesamt“ (as after « laut »), « il Consiglio »."""
        if language == "en":
            return self.name if self.article is Article.NONE else f"the {self.name}"
        if language == "de":
            return self.name
        if language == "it":
            return self._italian(("il ", "lo ", "la ", "l'", "i ", "gli ", "le ", ""))
        if self.article in (Article.NONE, Article.ENGLISH):
            return self.name
        if self.article in (Article.PLURAL, Article.FEMININE_PLURAL):
            return f"les {self.name}"
        if self._elides:
            return f"l’{self.name}"
        return f"{'le' if self.article is Article.MASCULINE else 'la'} {self.name}"

    @property
    def _elides(self) -> bool:
        folded = fold(self.name)
        return folded[:1] in tuple("aeiouh") and _BREATHED.match(folded) is None

    def _italian(self, forms: tuple[str, str, str, str, str, str, str, str]) -> str:
        before_impure, vowel = _IMPURE.match(fold(self.name)), self._elides
        masculine, impure, feminine, elided, plural, impure_plural, feminine_plural, none = forms
        match self.article:
            case Article.MASCULINE:
                form = elided if vowel else impure if before_impure else masculine
            case Article.FEMININE:
                form = elided if vowel else feminine
            case Article.PLURAL:
                form = impure_plural if vowel or before_impure else plural
            case Article.FEMININE_PLURAL:
                form = feminine_plural
            case Article.NONE | Article.ENGLISH:
                form = none
        return form + self.name


def body(issuer: str) -> Body:
    """The body that an issuer's name names; what explains a name (« Eawag: L’Institut… ») is left out."""
    name = " ".join(issuer.split())
    own = _OWN_ARTICLE.match(name)
    if own is not None:
        rest = name[own.end() :]
        return Body(_short(rest), _article(rest, own["article"].lower().rstrip("’' ")))
    article = _article(name)
    return Body(_short(name, named_only=article is Article.NONE), article)


def _short(name: str, *, named_only: bool = False) -> str:
    """A name without what is in brackets, or after a colon or dash; a mere name, without its apposition too."""
    borders = r"\s+\(|:\s|\s+[–—]\s" + (r"|,\s" if named_only else "")
    kept = re.split(borders, name, maxsplit=1)[0].strip()
    return kept or name


def _article(name: str, own: str = "") -> Article:
    words = re.findall(r"[^\W\d_]+", fold(name))
    if not words:
        return Article.NONE
    head = words[0]
    if head in _BEFORE_NOUNS and len(words) > 1:
        head = words[1]
    for article, nouns in _NOUNS.items():
        if head in nouns:
            return article
    if own:
        return _OWN.get(own, Article.MASCULINE)
    if any(word in _ENGLISH for word in words):
        return Article.ENGLISH
    # A noun of an institution, told by its ending and by the complement that follows it.
    if len(words) > 1 and words[1] in _COMPLEMENTS:
        if head.endswith(_FEMININE_ENDINGS):
            return Article.FEMININE
        if head.endswith(_MASCULINE_ENDINGS):
            return Article.MASCULINE
    return Article.NONE


_OWN_ARTICLE = re.compile(r"(?P<article>l[ae] |les |l['’]|il |lo |gli |the |der |die |das )(?=\S)", re.IGNORECASE)
_OWN = {"la": Article.FEMININE, "les": Article.PLURAL, "die": Article.FEMININE, "gli": Article.PLURAL}
_GERMAN_OF = {
    Article.MASCULINE: "des",
    Article.FEMININE: "der",
    Article.PLURAL: "der",
    Article.FEMININE_PLURAL: "der",
}
_BREATHED = re.compile(r"(?:haut|halle|hockey|hamea|havre|handi|hangar|hors|huit|onz|uni\b|ulm\b|yacht)")
_IMPURE = re.compile(r"(?:s[bcdfgklmnpqrtv]|z|gn|ps|x|y)")
_BEFORE_NOUNS = frozenset("haut haute hauts hautes grand grande grands grandes petit petite nouveau nouvelle".split())
_COMPLEMENTS = frozenset(
    "de du des d la le les national nationale federal federale regional regionale cantonal cantonale municipal"
    " municipale"
    " departemental departementale general generale suisse francaise francais interministerielle centrale"
    " central".split()
)
_FEMININE_ENDINGS = ("tion", "sion", "ite", "ance", "ence", "erie", "ure", "ade")
_MASCULINE_ENDINGS = ("ment", "age", "isme", "ariat", "orat", "eau", "toire")
_NOUNS = {
    Article.MASCULINE: frozenset(
        # French
        "aeroport atelier barreau bureau cabinet canton centre cercle chantier chateau cirque club college"
        " collectif comite"
        " commissariat commandement conseil conservatoire consortium consulat controle corps defenseur"
        " departement district"
        " domaine etablissement etat festival fonds forum gouvernement groupe groupement haras hopital institut"
        " jardin"
        " laboratoire lycee mediateur ministere mouvement mouv musee observatoire office opera orchestre palais parc"
        " parlement parquet parti pole port prefet prepose president programme projet reseau rectorat salon"
        " secretariat senat service siege stade syndicat technopole theatre tresor tribunal village zoo chu chru sdis"
        # Italian and German
        " consiglio dipartimento ministero ufficio istituto comune governo museo servizio centro cantone comitato"
        " tribunale"
        " bundesamt bundesrat bundesgericht staatssekretariat departement eidgenossisches".split()
    ),
    Article.FEMININE: frozenset(
        "academie administration agence agglomeration ambassade antenne assemblee association autorite banque"
        " bibliotheque"
        " bourse caisse cathedrale cellule centrale chaire chambre chancellerie cite collectivite commission commune"
        " communaute compagnie confederation conference cooperative coordination cour croix delegation direction"
        " division"
        " ecole eglise entreprise equipe faculte federation filiale fondation force garde gendarmerie gare halle"
        " inspection"
        " institution intercommunalite ligue mairie maison manufacture mediatheque metropole mission monnaie"
        " municipalite"
        " mutuelle organisation philharmonie piscine plateforme plate police poste prefecture presidence presidente"
        " protection radio ratp region regie sncf salle section securite senatrice societe station surveillance table"
        " tour union unite universite usine ville zone"
        " segreteria commissione direzione cancelleria amministrazione agenzia citta regione banca fondazione polizia"
        " bundeskanzlei kommission eidgenossische".split()
    ),
    Article.PLURAL: frozenset(
        "amis aeroports ateliers bains chemins chantiers elus hopitaux hospices instituts jardins laboratoires"
        " musees offices ports reseaux services syndicats theatres transports uffici servizi".split()
    ),
    Article.FEMININE_PLURAL: frozenset(
        "archives autorites bibliotheques brigades caisses commissions communes ecoles editions eaux entreprises"
        " facultes"
        " forces industries lignes societes universites villes ferrovie".split()
    ),
}
_ENGLISH = frozenset(
    "agency administration authority board bureau city commission committee council court department directorate"
    " federation foundation institute ministry museum office police secretariat service university union".split()
)
