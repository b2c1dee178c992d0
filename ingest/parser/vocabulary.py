"""The newsroom's words in four languages: banners, organisations, headings of a contact block.

Patterns only, over folded text where they say so. Does not know where in a release they count.
"""

from __future__ import annotations

import re

BANNER = re.compile(
    r"(?:communique|dossier|note|point|information|invitation|alerte?|infos?|avis)s?"
    r"(?: (?:de|a la|aux))? ?(?:presse|medias?|redactions)"
    r"(?: (?:commun|conjoint|officiel))?\b"
    r"|communiques?(?: (?:commun|conjoint|officiel))?(?: de presse| aux medias)?\b"
    r"|(?:joint )?(?:press|news|media) (?:release|statement|advisory|notice|information)\b"
    r"|for (?:immediate|media|press) release|pour diffusion immediate|pour publication immediate"
    r"|a diffuser des reception|(?:gemeinsame )?(?:medien|presse)(?:mitteilung|information|dienst)\b"
    r"|comunicat[oi] (?:stampa|ai media)\b|flash(?: presse)?\b|sofort zur veroffentlichung"
)
"""The banner of a release, over folded text."""

_ORGANISATIONS = r"""
    m[ée]tropole ville villes mairie commune d[ée]partement r[ée]gion pr[ée]fecture sous-pr[ée]fecture conseil
    universit[ée] office agence minist[èe]re association soci[ée]t[ée] syndicat communaut[ée] groupe groupement
    fondation chambre f[ée]d[ée]ration institut [ée]cole h[ôo]pital chu union commission commissions
    secr[ée]tariat comit[ée] tribunal parlement acad[ée]mie mus[ée]e centre r[ée]gie administration chancellerie
    division section direction corporate op[ée]ra th[ée][âa]tre festival club assembl[ée]e collectivit[ée]
    caisse banque canton laboratoire biblioth[èe]que autorit[ée] bureau inspection observatoire coop[ée]rative
    mutuelle conf[ée]d[ée]ration pr[ée]pos[ée] secretariat-general monnaie service services ambassade
    d[ée]l[ée]gation [ée]tablissement soci[ée]t[ée]s etablissement collectif coll[èe]ge lyc[ée]e gouvernement
    pr[ée]sidence cour rectorat plate-?forme organisation surveillance unit[ée] rassemblement alliance ligue
    department ministry council city agency university institute society foundation board authority
    laboratory library chancellery archives treasury bundesamt bundesrat departement eidgen[öo]ssisch\w* kanton
    stadt gemeinde universit[äa]t verband rat verein stiftung gesellschaft kommission
    amt bundeskanzlei staatssekretariat hochschule generalsekretariat
    \w+departement \w+amt \w+kommission \w+verwaltung \w+verband comune citt[àa] ufficio dipartimento consiglio
    universit[àa] agenzia ministero regione provincia fondazione segreteria segretariato istituto
    amministrazione commissione cancelleria
""".split()
ORGANISATION = re.compile(
    r"(?:(?:grand|haute|premi[eè]re|general|state|national|royal|regional|swiss|federal)\s+)?"
    rf"(?:haute\s+autorit[ée]|{'|'.join(_ORGANISATIONS)}"
    r"|(?:port|cit[ée]|parc|maison)(?=\s(?:de|du|d['’]|des|autonome|maritime|naturel)))\b(?!-)",
    re.IGNORECASE,
)
"""How the name of an organisation begins, as written."""

ORGANISED = re.compile(
    r"\b(?:university|council|ministry|department|office|agency|institute|foundation|society|authority|board|federation"
    r"|association|commission|company|group|museum|chamber|port|bank|universität|institut|verband|stiftung|AG|SA|SAS"
    r"|GmbH|Ltd|Inc|plc|développement|métropole|mobilités?|habitat|tourisme)\s*$",
    re.IGNORECASE,
)
"""How the name of an organisation ends, in English above all."""

_MORE = r"(?: [a-z'][\w']*(?: [\w',]+){0,6})?"
_INFORMED = r"(?:complements?|renseignements?|informations?|questions?|demandes?|plus|precisions?)"
_HEADINGS = (
    r"(?:(?:vos|votre|nos|your|our) )?(?:contacts?|interlocut(?:eur|rice)s?|coordonnees"
    r"|(?:personnes?|points?) de contact"
    r"|contact persons?|kontakt(?:e|personen|person|adresse)?)"
    r"(?: ?(?:et|/|&) ?(?:renseignements|informations?|presse))?"
    r"(?: (?:de |avec la |pour (?:la |les )?|fur )?"
    rf"(?:presse|medias?|press|media|communication|redactions|journalistes|utiles?|medien){_MORE})?",
    r"(?:press|media|medien|news|presse) ?-?"
    r"(?:contacts?|office|enquir(?:y|ies)|inquir(?:y|ies)|kontakte?|stelle|relations?|anfragen)",
    r"(?:service|relations?|bureau|attachee?s?|demandes?|questions|point)"
    r"(?: (?:de|avec la|avec les|aupres de la|des|pour la))? (?:presse|medias|journalistes)",
    r"renseignements?(?: (?:complementaires|supplementaires|presse|et contacts?|(?:pour|a l'intention de) "
    r"(?:la presse|les medias)))?",
    r"adresses? pour l'envoi de questions|adressen? fur ruckfragen|indirizz[oi] per domande|address for enquiries",
    r"(?:pour )?(?:tout(?:e)?s?|plus|de plus amples|davantage|obtenir|en savoir|d'autres) ?"
    rf"(?:d'|de |plus |amples |des )?{_INFORMED}{_MORE}",
    r"contatt[oi](?: (?:stampa|per (?:i media|la stampa)))?|per (?:ulteriori|maggiori) informazioni|informazioni"
    r"|ufficio stampa",
    r"(?:for )?(?:further|more|additional) information|enquiries|inquiries|auskunfte?(?: erteil(?:t|en))?|ruckfragen",
    r"(?:fur )?(?:weitere|nahere) (?:informationen|auskunfte)",
    r"presse|medias?|press|medien|stampa",
)
CONTACT_HEADING = re.compile(rf"(?:{'|'.join(_HEADINGS)})(?: ?[:-]+ ?(?P<rest>.*)| ?)")
"""A heading of a contact block, alone or with whom to call after a colon; over folded text."""

_SUBJECTS = """actualites? agenda agriculture alimentation amenagement animations? aides? attractivite banques? budgets?
climat commerces? concertation cultures? dechets? defense democratie developpement durable douanes? eau
ecoles? ecologie economie education egalite emploi energies? enfance enseignement entreprises?
environnement europe evenements? familles? finances? fiscalite formation forets? habitat industrie infos?
innovation institutions? international invitations? jeunesse justice logements? logistique loisirs media
medias mer mobilites? montagne musique nature nominations? numerique patrimoine peche personnalites
police politique population portrait prevention projets? proprete quartiers? recherche ressources
risques? sante sciences? securite seniors services? social sociale societe solidarites? sports?
spectacles? tourisme transports? transition travail travaux urbanisme vie ville voirie wirtschaft umwelt
verkehr kultur gesundheit bildung gesellschaft economy health education transport business environment
culture sport technology science politics economia ambiente cultura sanita trasporti""".split()
SUBJECT = re.compile(rf"^(?:{'|'.join(_SUBJECTS)})\b(?!-)|(?:ites?|tions?|ismes?|iques?|ements?|ures?|ung|heit)$")
"""What a rubric speaks about, so that it is not taken for a place; over folded text."""
