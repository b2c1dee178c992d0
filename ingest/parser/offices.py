"""Words for what people are: civilities, offices, trades; and for what is nobody's name.

Word lists only, French first, then English, German and Italian: no names of persons or
places beyond a few first names that tell a woman from a man.
"""

from __future__ import annotations

import re
from functools import lru_cache

from store.folding import fold, word_list

CIVILITIES = {
    "m.": "m", "mr": "m", "mr.": "m", "monsieur": "m", "herr": "m", "signor": "m", "sig.": "m", "messieurs": "m",
    "mme": "f", "mme.": "f", "madame": "f", "mlle": "f", "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f", "frau": "f",
    "signora": "f", "mesdames": "f", "dr": "", "dr.": "", "docteur": "", "pr": "", "pr.": "", "prof.": "", "me": "",
    "maître": "", "mm.": "m", "mmes": "f", "sir": "m", "lady": "f", "lord": "m", "miss": "f", "dott.": "", "ing.": "",
    "son": "", "altesse": "", "excellence": "", "mgr": "m", "père": "m", "sœur": "f",
}  # fmt: skip

_OFFICES = """
maire adjoint ministre president directeur directrice directeu chef cheffe conseiller conseillere secretaire
porte-parole
responsable delegue commissaire prefet sous-prefet depute senateur senatrice ambassadeur ambassadrice professeur prof
chercheur chercheuse scientifique docteur medecin ingenieur architecte avocat juge procureur commandant colonel general
capitaine lieutenant divisionnaire brigadier amiral major officier gerant fondateur fondatrice cofondateur cofondatrice
co-fondateur co-fondatrice pdg ceo coordinateur coordinatrice coordonnateur coordonnatrice animateur animatrice auteur
autrice co-auteur coauteur ecrivain artiste realisateur realisatrice comedien musicien journaliste economiste sociologue
geographe historien biologiste ecologue ecologiste physicien chimiste suppleant membre representant expert specialiste
consultant elu doyen recteur rectrice doctorant postdoctorant agriculteur agricultrice paysan viticulteur viticultrice
entrepreneur patron dirigeant eveque pape roi reine prince princesse chancelier gouverneur charge attache laureat
collaborateur collaboratrice homologue syndic municipal landamman associe partenaire curateur conservateur conservatrice
commissaire educateur educatrice enseignant instituteur infirmier pharmacien veterinaire psychologue pompier gendarme
policier soldat militaire benevole militant habitant riverain etudiant eleve temoin victime parent pere mere fils fille
candidat vainqueur champion entraineur athlete joueur capitaine chimiste physicien mathematicien geologue hydrologue
hydrogeologue climatologue meteorologue microbiologiste virologue epidemiologiste botaniste zoologue ornithologue
entomologue toxicologue neurologue cardiologue statisticien informaticien philosophe theologien caricaturiste humoriste
socio-anthropologue anthropologue ethnologue linguiste juriste notaire mediateur mediatrice prepose inspecteur
inspectrice contremaitre artisan commercant restaurateur hotelier armateur pilote marin pecheur eleveur forestier
garde-forestier ministre-president vice-president vice-presidente vice-directeur sous-directeur directeur-adjoint
premier-ministre metallurgiste archeometallurgiste costumiere scenographe graphiste designer peintre sculpteur
compositeur chanteur danseur choregraphe metteur editeur libraire bibliothecaire archiviste archeologue urbaniste
paysagiste apprenti ouvrier salarie syndicaliste negociateur facteur createur creatrice producteur productrice
organisateur organisatrice initiateur initiatrice promoteur diplomate consul negociateur observateur analyste
skieur skieuse sportif sportive nageur coureur cycliste
orateur oratrice intervenant intervenante conferencier conferenciere
astronome emissaire mandataire
laborantin postdoc referent tresorier
minister mayor director head president chair chairman chairwoman chairperson spokesperson spokesman spokeswoman
secretary officer manager professor researcher commissioner councillor senator governor founder cofounder executive
author scientist engineer lead leader deputy ambassador chancellor treasurer
ministerin prasident prasidentin direktor direktorin leiter leiterin sprecher sprecherin burgermeister burgermeisterin
bundesrat bundesratin vorsitzende vorsitzender geschaftsfuhrer geschaftsfuhrerin professorin chefin staatssekretar
staatssekretarin projektleiter projektleiterin bundesprasident bundesprasidentin regierungsrat regierungsratin
ministro ministra sindaco sindaca presidente direttore direttrice responsabile portavoce segretario segretaria
consigliere consigliera assessore assessora capo
"""
OFFICES = word_list(_OFFICES)
_SUFFIXED = re.compile(
    r".{4,}iste|.{3,}(?:ologue|ologiste|ographe|icien|icienne|ologist|prasident|prasidentin|direktor"
    r"|direktorin|leiter|leiterin|sprecher"
    r"|sprecherin|ratin|minister|ministerin|meister|meisterin|forscher|forscherin|fuhrer|fuhrerin)"
)

_NO_OFFICE = word_list(
    """terroriste terroristes extremiste raciste touriste touristes realiste optimiste pessimiste liste capitaliste"""
)
_FEMININE = re.compile(
    r".*(?:trice|euse|iere|ere|ienne|esse|ante|ente|ointe|erte|eure|elle|cheffe|ee|fete|elue|ivaine|icate|cate|ate"
    r"|erin|orin|entin|ratin|aisse)"
)
_MASCULINE = re.compile(
    r".*(?:teur|eur|ier|ien|ant|ent|chef|elu|avocat|adjoint|expert|prefet|depute|delegue|charge|attache)"
)
_EPICENE = word_list(
    "maire ministre secretaire porte-parole responsable commissaire scientifique architecte juge membre"
)

_WOMEN = """
anne marie jeanne claire sophie julie camille lea emma louise alice chloe sarah laura nathalie isabelle catherine
sylvie martine christine francoise monique nicole valerie sandrine veronique celine stephanie virginie florence
caroline audrey emilie aurelie pauline charlotte mathilde lucie manon elise helene agnes brigitte corinne patricia
delphine laurence karine melanie vanessa fanny estelle gaelle josiane jacqueline simone simonetta eveline doris ruth
viola karin elisabeth ursula monika martina barbara sabine petra claudia andrea maria giulia francesca chiara elena
silvia paola laetitia marion justine margaux ines nadia fatima amina leila samira yasmine aicha khadija mary jane
susan linda jennifer elizabeth margaret karen nancy lisa emily hannah kate helen rachel rebecca olivia sandra ingrid
heidi birgit anna eva lena nina katharina cristina miriam rosa carmen lucia adele adrienne adelheid cornelia regula
"""
_MEN = """
jean pierre michel andre philippe alain bernard jacques daniel patrick christian francois laurent nicolas olivier
thierry pascal eric frederic stephane christophe david julien thomas alexandre sebastien antoine guillaume vincent
mathieu matthieu maxime romain benoit arnaud fabrice bruno didier dominique gerard gilles guy herve hugues jerome joel
laurent louis luc lucas ludovic marc marcel mario martin maurice mickael mohamed ahmed karim ali omar youssef hassan
ibrahim paul peter hans ueli rolf urs beat kurt markus stefan andreas werner walter heinz rene reto christoph
matthias jurg johann joseph josef moritz samuel simon robert richard raymond roger roland yves yvan xavier victor
hugo gabriel raphael adam noah leo jules arthur james john william george charles henry michael mark steven edward
brian kevin jason giovanni giuseppe marco luca andrea paolo franco claudio fabio ignazio albert alfred ernst
friedrich wilhelm karl otto emmanuel edouard etienne gregoire tristan quentin cedric cyril damien florian loic yann
"""
WOMEN, MEN = word_list(_WOMEN), word_list(_MEN)

# Capitalised words that begin no person's name: what institutions, places, plans and days are called.
_NOBODY = """
le la les l un une des du de d ce cet cette ces il ils elle elles on nous vous je tu selon pour dans avec sans sous sur
lors en au aux a par mais ou et si son sa ses leur leurs notre nos votre vos mon ma mes quant comme ainsi depuis apres
avant entre vers chez contre malgre grace suite afin alors aussi encore enfin outre plus moins tout tous toute toutes
chaque plusieurs certains autre autres quel quelle qui que quoi dont ou quand comment pourquoi combien voici voila
oui non ne pas jusqu des lorsque puisque parce bien tres trop meme memes interviewe interroge invite orateur present
c est sont etait sera a ont aura avait
conseil office ministere departement direction secretariat service commission comite agence institut institution
universite ecole hopital centre musee bibliotheque theatre opera festival association societe fondation federation
union confederation syndicat chambre groupe entreprise banque caisse ville mairie metropole commune communaute region
canton etat etats republique parlement assemblee senat gouvernement prefecture tribunal cour police armee forces
laboratoire observatoire organisation organisme haute haut hautes grand grande grands grandes nouveau nouvelle
nouveaux nouvelles plan projet programme strategie loi ordonnance rapport journee journees semaine prix concours
suisse france europe belgique allemagne italie espagne autriche luxembourg angleterre afrique asie amerique
francais francaise suisses europeen europeenne europeennes europeens federal federale international internationale
national nationale nationaux nations unies monde mondial mondiale public publique
nord sud est ouest saint sainte san santa los las new lac mont rue avenue boulevard place quai pont gare aeroport port
stade parc jardin maison palais chateau eglise rive quartier lyon paris marseille berne geneve zurich bale lausanne
bruxelles londres berlin rome madrid vienne washington
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi
vendredi samedi dimanche noel paques
january february march april june july august september october november december monday tuesday wednesday thursday
friday saturday sunday the this that these those and but or if for from with without about after before while
according our their his her its my your we they he she it i you who what when where why how
der die das den dem des ein eine und oder aber wenn fur von mit nach bei aus im am zum zur seit laut gemass wir sie er
es ich ihr bund bundesamt bundesrates stadt
il lo gli i una uno nel nella per con secondo dal della delle dei
citation citations verbatim parole paroles interview entretien portrait discours message temoignage propos reaction
reactions mot quote legende credit photo source titre
article annexe communique contact presse internet web euro euros francs franc covid conclusion resultat objectif
information informations communication communications environnement energie sante recherche developpement
technologie technologies transport transports culture economie formation travail securite
mesure mesures action actions conference congres forum salon exposition rencontre rencontres initiative accord
convention charte declaration traite protocole constitution code
agglo agglomeration intercommunale territoire territoires pays terre mer ocean soleil
"""
NOBODY = word_list(_NOBODY)

# After these, a person's name is an institution's, a street's or a prize's.
EPONYMS = word_list(
    """institut fondation prix rue avenue boulevard place quai square allee pont stade gymnase lycee college ecole
    hopital centre musee theatre espace salle maison parc jardin universite laboratoire concours trophee coupe medaille
    bourse festival groupe societe entreprise editions librairie mediatheque bibliotheque loi amendement motion postulat
    rapport methode maladie syndrome effet station gare port aeroport clinique residence cite dit dite film
    institute foundation prize award street stiftung preis strasse istituto fondazione premio via piazza"""
)


# After these it is something's name, unless it begins with a first name.
BRANDED = word_list(
    """programme initiative start-up marque plateforme campagne label reseau consortium agence cabinet studio magazine
    journal revue site collectif fonds compagnie hotel restaurant logiciel application operation dispositif"""
)


@lru_cache(maxsize=1 << 14)
def is_office(word: str) -> bool:
    """Whether a word (as written) names an office or trade, in any gender or number."""
    key = fold(word).strip(".")
    if key in _NO_OFFICE:
        return False
    if key in OFFICES or _SUFFIXED.fullmatch(key):
        return True
    for end in ("s", "e", "es", "ne", "nes"):
        if key.endswith(end) and key[: -len(end)] in OFFICES:
            return True
    plain = re.sub(r"(?:euse|rice|ere)s?$", lambda m: {"e": "eur", "r": "eur"}.get(m[0][0], "er"), key)
    if "-" in key and not key.startswith(("sous-", "vice-", "porte-")) and is_office(key.split("-")[0]):
        return True
    return plain != key and (plain in OFFICES or (key.endswith(("ere", "eres")) and plain[:-2] + "er" in OFFICES))


def office_gender(word: str) -> str | None:
    """ "f" or "m" where the form of an office tells, None where it does not."""
    key = fold(word)
    if key in _EPICENE:
        return None
    if _FEMININE.fullmatch(key) and not key.endswith(("ologue", "iste")):
        return "f"
    return "m" if _MASCULINE.fullmatch(key) else None


def first_name_gender(word: str) -> str | None:
    """ "f" or "m" for a common first name, "" for one of both, None for any other word."""
    key = fold(word).split("-")[0]
    woman, man = key in WOMEN, key in MEN
    if fold(word).startswith("jean-") or fold(word).startswith("hans-"):
        return "m"
    return ("" if man else "f") if woman else ("m" if man else None)
