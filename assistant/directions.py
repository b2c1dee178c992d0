"""Words that give a sentence its direction or its status: up and down, adopted and refused, proposed and decided.

Closed lists in four languages over folded text; knows nothing about sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from store.folding import fold, word_list

# Each direction with its words; « * » stands for any ending.
_WORDS = r"""
    up: hauss* augment* accro[iî]* croiss* progress* grimp* relev(?:e|es|er|ee|ees|era|ement) increas*
        ris(?:e|es|en|ing) rose gr(?:ow|ew)* climb* erhoh* steig* stieg* gestieg* anstieg* zunahm* zugenomm* zunehm*
        wachs* gewachs* aument* cresc* increment* rialz*
    down: baiss* diminu* recul* redui* reduc* chut* decroi* decru* regress* repli abaiss* decreas* declin* fallen
        falling fell drop* lower(?:ed|s|ing)? sink* sank gesunk* ruckgang* abnahm* abgenomm* reduz* senk* gesenk*
        calo calat* ridu[zc]* ridott* ribass*
    yes: adopt* approuv* approbation accept* ratifi* approv* angenomm* genehmig* gutgeheiss* zugestimmt annahm*
        accett* adott* approvat*
    no: refus* rejet* rejett* repouss* renonc* decline[sd]? reject* abgelehn* ablehn* lehnt verworf* verzicht*
        rifiut* resping* respint* rinunc*
    allow: autoris* permet* permis* allow* authori[sz]* permit* erlaub* bewillig* autorizz*
    forbid: interdi* prohib* forbid* forbad* bann* bans? verbot* verbiet* vieta* proibi* empech*
    open: ouvr* ouvert* rouvr* rouvert* inaugur* open* eroffn* offnet geoffn* apert* apre aprir*
    close: ferm(?:e|es|er|ee|ees|era|eront|ent|eture|etures) clos clotur* clos(?:e|ed|es|ing|ure) schliess*
        geschloss* chius* chiud*
    create: cre(?:e|es|er|ee|ees|era|eront|ent|ation|ations) creat* geschaff* schaff* crea creare creazion*
    abolish: supprim* suppress* aboli* abrog* abolish* abgeschaff* aufgehob* aufheb* soppress* repeal* scrapp*
    begin: debut* commenc* demarr* start* beg[iau]n* begonn* inizi* cominci* lanc(?:e|er|ee|ement|era)
    end: termin(?:e|er|ee|ees|es|era|ent) achev* fini* end(?:s|ed|ing) beend* finis* conclus*
    win: gagn* remport* win wins won gewinn* gewonn* gewann* vince* vint[oaie] profit* benefic*
    lose: perd* perte* lose loses lost loss* verlier* verlor* verlust* pers[oaie] perdit* defic*
    before: avant before prior
    after: apres after following dopo
    less: moins less fewer weniger meno inferieur* lower
    more: davantage more mehr superieur* higher hoher* maggior*
    maximum: maxim* plafon* hochst* massim*
    minimum: minim* mindest*
    support: soutien* souten* soutin* appui* appuy* favorable* support* unterstut* sosten* sostien* befurwort*
        salu(?:e|ent|er)
    oppose: oppos* contest* defavorabl* contre against gegen contrar* critiqu* criticis* kritisier*
    low: faibles? bas basses? petite?s? mineure?s? low small niedrig* tief* klein* bass[oaie] piccol*
    succeed: reuss* succes* succe(?:ed|ss)* erfolg* riusc*
    fail: echou* echec* fail* scheiter* gescheiter* falli*
    import: import(?:ation|ations|er|es|ateur|ateurs|ed|s|ing) importee?s? einfuhr* importazion*
    export: export* ausfuhr* esportazion*
    buy: achet* achat* acquer* acqui* buy* bought purchas* kauf* gekauft acquist*
    sell: vend(?:re|u|us|ue|ues|ent|ra|ita|ono) vente* sell* sold sale sales verkauf*
    receive: recoi(?:t|s|vent) recu(?:e|s|es)? recev* receiv* erhalt* erhielt* ricev*
    arrive: arriv* entree* rejoin* accueil*
    leave: quitt* sorti* departs? demission* resign* rucktritt* dimission* dimett*
    north: nord north*
    south: sud south*
    west: ouest west* ovest
    positive: positi* benefique* excedent*
    negative: negati* nefaste*
    stronger: renforc* strengthen* verstark* rafforz* intensifi* durci*
    weaker: affaibl* weaken* abschwach* indebol* assoupli* alleg* attenu*
    longer: prolong* extend* extension* verlanger* prorog*
    shorter: raccourc* abreg* verkurz*
    sooner: avanc(?:e|er|ee)
    later: report(?:e|er|ee|es|ees|era) postpon* delay* repouss* verschob*
    keep: maint(?:ien|en|ient|iendr)* conserv* maintain* keep* beibehalt* mantien* manten*
    change: modifi* revis* chang* ander(?:n|t|te|ten|ung|ungen) geander* modific* rived*
    stable: stabl* stabil* inchang* unchanged unverandert* invariat*
    decide: decid* decis* tranch* beschloss* beschlies* beschluss* entschied* entscheid*
    propose: propos\w+ vorschlag* vorschlagt vorgeschlag* schlagt propon* propost*
    ask: demand(?:e|er|ent|ait|aient|ee|era) exig* reclam* request* forder* gefordert verlang* chied*
    recommend: recommand* recommend* empf(?:ehl|ohl|iehl)* raccomand*
    must: oblig* obbl* verpflicht* mandatory compulsory obligatoire*
    sign: sign(?:e|er|ee|es|ees|ent|ed|ing|ature|era|eront|ataire|ataires) unterzeichn* unterschrieb* firma*
    appoint: nomm* nomination* appoint* ernannt* ernenn* nomin* elu elue elus elect* gewahlt* elett*
    die: mort morts morte mortes mour* deces decede* dies died dead death* gestorben tote?n? tod mort[oie] decess*
    free: gratuit* free kostenlos* gratis exoner* exempt*
    pay: payant* payer paye* paient pay pays paid paga*
    guilty: coupable* condamn* guilty convict* verurteil* condann*
    innocent: innocen* acquitt* relax* freigesproch* assol*
    suspend: suspen* interromp* sospen* unterbroch*
    resume: repren* reprise* resume[sd]? wiederaufnahm*
    year: an ans annees? years? jahre?n? ann[oi]
    month: mois months? monate?n? mes[ei]
    week: semaines? weeks? wochen? settiman[ae]
    day: jours? journees? days? tage?n? giorn[oi]
    annual: annuel* yearly annual* jahrlich* annua*
    monthly: mensuel* monthly monatlich* mensil*
    weekly: hebdo* weekly wochentlich* settimanal*
    daily: quotidien* daily taglich* quotidian*
"""


def _listed() -> Iterator[tuple[str, str]]:
    """The directions with the expression of their words."""
    name, words = "", list[str]()
    for word in _WORDS.split():
        if word.endswith(":"):
            if words:
                yield name, "|".join(words)
            name, words = word[:-1], []
        else:
            words.append(word.replace("*", r"\w*"))
    yield name, "|".join(words)


_CONTRARIES = (
    "up down, yes no, allow forbid, open close, create abolish, begin end, win lose, before after, less more, maximum"
    " minimum, support oppose, succeed fail, import export, buy sell, arrive leave, north south, positive negative,"
    " stronger weaker, longer shorter, sooner later, keep change, free pay, guilty innocent, suspend resume"
)
CONTRARY: dict[str, str] = {
    one: other for pair in _CONTRARIES.split(", ") for one, other in (pair.split(), reversed(pair.split()))
}
"""What each direction must not be taken for."""
_CHARGED_WORD = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _listed()))
_NEUTRAL = word_list("pays report closely")


@lru_cache(maxsize=4096)
def charged(text: str) -> tuple[tuple[str, int], ...]:
    """The words of a text that give it a direction or a status, by what they mean, and where they stand: ("up", 12)."""
    folded = fold(text)
    found = []
    for match in _WORD.finditer(folded):
        meant = _charge(match[0])
        if meant and not (meant == "less" and _IDLE.search(folded, max(0, match.start() - 4), match.start())):
            found.append((meant, match.start()))
    return tuple(found)


_WORD = re.compile(r"[^\W\d_]+")
_IDLE = re.compile(r"(?:au|du) $")


@lru_cache(maxsize=20_000)
def _charge(word: str) -> str:
    match = None if word in _NEUTRAL else _CHARGED_WORD.fullmatch(word)
    return str(match.lastgroup) if match else ""
