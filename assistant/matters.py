"""What is asked of a subject: who owns it, who built it, what it costs, when it opens…

Two questions about one stadium are near to an encoder whatever each of them asks; a kind of
answer (who, when, how much) and a matter that differ tell them apart, with one question kept
as with a thousand. Closed lists in French and English over folded text; knows nothing about
scores.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.kinds import Kind, kinds
from store.folding import fold

# Each matter with its words; « * » stands for any ending.
_WORDS = r"""
    own: appartien* appartenan* proprietaire* possed* detien* owns? owner* belong* possess*
    build: constru* bati(?:r|e|es|s|t|ment)? edifi* erig* build* built
    cost: cout(?:e|er|s|ent|era|eront|ait|eux|euse)? prix tarif* montant* cher(?:e|s)? cost* price* fees? amount*
    pay: financ* pai(?:e|ent|era|ement) paye* pays paid paying fund*
    open: ouvr* ouvert* open(?:s|ed|ing|ings)? horaires?
    reopen: rouvr* rouvert* reouv* reopen*
    close: ferme(?:r|e|es|nt|ra|ront|ture|tures)? clos clotur* clos(?:e|ed|es|ing|ure)
    lead: dirig* direct(?:eur|rice|or)s? chef* tete patron* president* runs? head(?:s|ed)?
    manage: ger(?:e|er|ee|es|ent|era) gestion* exploit(?:e|er|ant|ee|ent|ation) manag* operat*
    design: dessin* architect* concev* concu* design*
    stand: trouve(?:nt)? situ(?:e|ee|es|ees) adresse* localis* emplacement* located address* location
    last: dur(?:e|er|ee|ees|ent|era|eront) lasts? duration* long
    hold: accueill* capacites? places? contenir jauge hold(?:s)? capacity seats?
    measure: surface* superficie* metres? hectares? area metre metres
    staff: salarie* employe(?:s|es|e)? effectifs? staff employees? jobs? emplois?
    reach: rendre aller bus tramway metro venir reach*
    park: garer? stationne* parkings? park(?:ing)?
    sell: vend(?:re|u|us|ue|ues|ent|ra|ez)? ventes? cession sell* sold sale
    buy: achat* achet* acquer* acqui(?:s|se|sition) buy* bought purchas*
    hire: reserv(?:er|e|ation|ations|ez) lou(?:er|e|ez) book(?:ed|ing)? rent(?:ed|ing|al)? hire*
    name: noms? nomme* baptis* names? named called
    inaugurate: inaugur*
    maintain: entreti(?:en|ent|ennent) entretenir entretenu* maintain* maintenance
    renovate: renov* restaur(?:er|e|ee|ation) travaux chantiers? works? renovat* refurbish*
    apply: demand(?:er|e|es|ez) postul* apply* application* claim*
    papers: documents? pieces? justificatifs? papers? paperwork
    refuse: refus* rejet* recours refused? reject* appeal*
    abolish: supprim* suppression abolish* scrap*
    entitle: beneficie(?:r|nt)? beneficiaires? eligib* toucher droit entitl*
    vote: vot(?:e|er|ee|es|ent) adopte?r? voted? adopted?
    propose: propos(?:er|e|ee|ent|ition)? propos(?:ed|es|al)
    receive: recevoir recoi(?:t|s|vent) verse(?:e|r|ment|nt)? receiv*
    phone: telephon* contacter joindre phone* contact
    tax: impots? imposable* impose(?:e|s)? taxable
    combine: cumul* combin*
    events: programmes? evenements? expositions? programme events? exhibitions?
    result: bilan* efficac* resultats? results? effective*
    animals: chiens? chats? animaux dogs? pets? animals?
    disabled: handicap* fauteuils? wheelchair* disab*
    ask: pens(?:e|ent|er|ez) avis opinion* think* view(?:s)?
    safe: danger* dangereu* securite safe* risks? risques?
    pilot: reussi* echoue* succe(?:s|ss|ed)* fail*
"""
_MATTERS = tuple(
    (name.strip(), re.compile(rf"\b(?:{'|'.join(word.replace('*', '[a-z]*') for word in words.split())})\b"))
    for name, _, words in (line.partition(":") for line in _WORDS.strip().splitlines())
)
_ASKED = {
    Kind.PERSON: "who",
    Kind.ORGANISATION: "who",
    Kind.DATE: "when",
    Kind.HOUR: "hour",
    Kind.DURATION: "long",
    Kind.COUNT: "figure",
    Kind.MEASURE: "figure",
    Kind.PERCENT: "figure",
    Kind.MONEY: "money",
    Kind.PLACE: "where",
    Kind.REASON: "why",
}
_OPEN = {Kind.MANNER: "how", Kind.YES_NO: "whether", Kind.CONTACT: "contact", Kind.DEFINITION: "what"}


@lru_cache(maxsize=4_096)
def matters(question: str) -> frozenset[str]:
    """What is asked of its subject, as far as the lists tell."""
    folded = fold(question)
    return frozenset(name for name, pattern in _MATTERS if pattern.search(folded))


@lru_cache(maxsize=4_096)
def sought(question: str, language: str) -> tuple[frozenset[str], frozenset[str]]:
    """What kinds of thing a question seeks: those that exclude one another (who, when…), and the looser ones."""
    found = kinds(question, language)
    closed = {_ASKED[kind] for kind in found.asked if kind in _ASKED}
    if Kind.COUNT in found and not found.counted:
        closed.add("money")
    return frozenset(closed), frozenset(_OPEN[kind] for kind in found.asked if kind in _OPEN)


def at_odds(one: str, other: str, language: str, *, among_many: bool = False) -> bool:
    """Whether two questions surely ask for different things, whatever they are about.

    A matter that only one of them names counts, unless the other stood out `among_many`.
    """
    (closed, loose), (closed_too, loose_too) = sought(one, language), sought(other, language)
    if closed and closed_too:
        if closed.isdisjoint(closed_too):
            return True
    elif (closed and loose_too) or (closed_too and loose):
        return True
    mine, theirs = matters(one), matters(other)
    if among_many:
        return bool(mine and theirs) and mine.isdisjoint(theirs)
    return mine != theirs
