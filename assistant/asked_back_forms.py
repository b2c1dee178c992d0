"""How people ask about the answer just given, as patterns over folded text, in four languages.

Each is matched as a whole. Knows nothing about conversations.
"""

from __future__ import annotations

from enum import StrEnum


class Asks(StrEnum):
    """What is asked of the answer: where it stands, its words, its day, who says so, whether it is sure."""

    SOURCE = "source"
    EXACT = "exact"
    DATE = "date"
    WHO = "who"
    SURE = "sure"


Forms = tuple[tuple[Asks, tuple[str, ...]], ...]

_FIGURE = r"(?:chiffres?|nombres?|montants?|sommes?|pourcentages?|taux|prix|statistiques?)"

_SAID = (
    r"(?:(?:informations?|infos?|donnees?|dates?|reponses?|phrases?|citations?|affirmations?|propos"
    rf"|declarations?|noms?|details?|elements?|mots?|renseignements?)|{_FIGURE})"
)

_NAMED = r"(?: d[e']? ?(?:\d[^?]{0,30}))?"

_THIS = rf"(?:ce|cet|cette|ces|ta|ton|tes|votre|vos) (?:derniere? )?{_SAID}(?:-la)?{_NAMED}"

_IT = rf"(?:ca|cela|ceci|{_THIS})"

_ME = (
    r"(?:(?:peux-tu|pouvez-vous|pourrais-tu|pourriez-vous|tu peux|vous pouvez|est-ce que (?:tu peux"
    r"|vous pouvez)) (?:me |nous )?)"
)

_GIVE = (
    r"(?:(?:cite|citez|donne|donnez|montre|montrez|recopie|recopiez|copie|affiche|affichez|indique"
    rf"|indiquez)(?:[- ](?:moi|nous))?|{_ME}(?:citer|donner|montrer|recopier|afficher|indiquer|redonner)"
    r"|je (?:veux|voudrais|souhaite)(?: (?:voir|lire|avoir))?)"
)

_EXACT = (
    r"(?:exacte?s?|precise?s?|complete?s?|originale?s?|d'origine|entiere?s?|integrale?s?|correspondante?s?"
    r"|litterale?s?)"
)

_WORDS = r"(?:phrases?|passages?|extraits?|citations?|mots?|termes?|textes?|formulations?|verbatims?)"

_SURELY = r"(?:vraiment |bien |absolument |tout a fait )?"

FRENCH: Forms = (
    (
        Asks.SOURCE,
        (
            (
                r"d'ou (?:(?:tiens|tires|sors)-tu|(?:tenez|tirez|sortez)-vous|(?:est-ce que )?(?:tu (?:tiens"
                r"|tires|sors)|vous (?:tenez|tirez|sortez))|(?:re)?(?:vient|viennent|provient|proviennent|sort"
                rf"|sortent)) {_IT}"
            ),
            r"d'ou (?:ca|cela) (?:vient|sort|provient)",
            r"(?:ca|cela) (?:vient|sort|provient) d'ou",
            r"(?:tu (?:tiens|tires|sors)|vous (?:tenez|tirez|sortez)) (?:ca|cela) d'ou",
            r"d'ou (?:vient|provient)-(?:il|elle)",
            rf"{_THIS},? (?:ca |il |elle )?(?:vient|sort|provient)(?:-(?:il|elle))? d'ou",
            (
                rf"(?:(?:quelle|quelles) (?:est|sont)|c'est quoi|{_GIVE}) (?:la|ta|votre|les|tes|vos|sa"
                rf"|une) (?:sources?|references?)(?: {_EXACT})?(?: (?:de |pour )(?:{_IT}|(?:ta|votre|cette"
                r"|la) reponse|l'information))?"
            ),
            r"(?:(?:une|la|ta|tes|vos|votre|les|quelle|quelles) )?(?:sources?|references?)(?: {_EXACT})?",
            (
                r"(?:c'est|ca vient|cela vient|ca se trouve|(?:ca|cela) figure|c'est (?:ecrit|dit|indique)"
                rf"|{_THIS} (?:est|vient|figure)) (?:dans|de) (?:quel|lequel|quels) ?(?:communiques?|documents?"
                r"|textes?|sources?)?"
            ),
            (
                r"(?:dans|de) quels? (?:communiques?|documents?|textes?)(?: (?:(?:est-ce|c'est"
                r"|est-ce que c'est)(?: (?:ecrit|dit|indique))?|(?:vient|se trouve|figure|est|as-tu (?:trouve"
                r"|lu|vu)|avez-vous (?:trouve|lu|vu)|lit-on|trouve-t-on|as-tu pris)(?:-(?:il"
                rf"|elle))?(?: {_IT})?|(?:parles-tu|parlez-vous|s'agit-il)))?"
            ),
            (
                r"(?:quel|lequel|quels) ?(?:communiques?|documents?|textes?)(?: (?:le|l'a|l') ?(?:dit|affirme"
                r"|annonce|indique|precise))"
            ),
            r"c'est quel communique",
            r"quel est (?:le|ce) communique(?: (?:en question|cite))?",
            r"ou (?:est-ce|c'est|est-ce que c'est)(?: que c'est)? (?:ecrit|dit|indique|mentionne|marque)",
            r"c'est (?:ecrit|dit|indique|marque) ou",
            rf"ou (?:as-tu|avez-vous|tu as|vous avez) (?:lu|trouve|vu|pris|peche) {_IT}",
            (
                r"comment (?:le )?(?:sais-tu|savez-vous|tu sais|vous savez|tu le sais|vous le savez)(?: (?:ca"
                r"|cela))?"
            ),
            (
                r"sur quoi (?:te (?:bases|fondes)-tu|vous (?:basez|fondez)-vous|tu te bases|vous vous basez"
                rf"|repose {_IT}|se base {_IT})"
            ),
        ),
    ),
    (
        Asks.EXACT,
        (
            (
                rf"(?:{_GIVE} |(?:quel(?:le)?s? (?:est|sont)|c'est quoi) )(?:la|le|les|l'|ta|ce"
                rf"|cette) ?{_WORDS}(?: {_EXACT}| en question)*(?: (?:du communique|de la source|d'origine"
                r"|de l'original|qui (?:le )?dit (?:ca|cela)))?"
            ),
            rf"(?:la|le|les) {_WORDS} {_EXACT}",
            rf"{_WORDS} {_EXACT}",
            r"mot (?:pour|a) mot",
            r"textuellement",
            r"verbatim",
            rf"{_GIVE} (?:ca |cela )?mot (?:pour|a) mot",
            (
                r"(?:que|qu'est-ce que|qu') ?(?:dit|ecrit)(?:-on)? (?:exactement|precisement"
                r"|mot pour mot) (?:le|ce) (?:communique|texte|document)"
            ),
            (
                r"(?:que|qu'est-ce que) ?(?:dit|ecrit) (?:(?:le|ce) )?(?:communique|texte"
                r"|document)? ?(?:exactement|precisement|mot pour mot)"
            ),
            r"qu'est-ce qui (?:est|y est) (?:dit|ecrit) (?:exactement|precisement)",
            r"(?:tu peux|vous pouvez|peux-tu|pouvez-vous) (?:me )?citer",
        ),
    ),
    (
        Asks.DATE,
        (
            (
                rf"de quand (?:date|datent|est|sont|vient|viennent)(?:-t-(?:il|elle|ils|elles))?(?: ?(?:{_IT}"
                rf"|(?:l'|la |le |les ?){_SAID}))?"
            ),
            r"de quand (?:ca|cela) (?:date|vient)",
            r"de quand (?:date|datent)-(?:il|elle|ils|elles)",
            rf"(?:ca|cela|c'|il|elle) ?(?:date|est|remonte)(?: a| de) quand(?:,? {_IT})?",
            r"(?:ca|cela) (?:date|est) de quand",
            rf"c'est de quand(?: {_IT})?",
            (
                rf"quelle est la date (?:de |du |d')(?:{_IT}|(?:l'|la |le |ce |cette )?(?:{_SAID}|communique"
                r"|publication|source))"
            ),
            r"c'est quelle date",
            r"de quelle date",
            (
                r"quand (?:est-ce que )?(?:(?:cela|ca|c') ?(?:a-t-il ete|a ete|est)|(?:l'"
                r"|le )?communique a-t-il ete) (?:publie|dit|annonce|communique|ecrit|paru)"
            ),
            (
                rf"(?:c'est|est-ce|est-ce que c'est|{_THIS} (?:est|sont)(?:-(?:il|elle)s?)?) (?:encore "
                r"|toujours |bien )?(?:recente?s?|a jour|valables?|actuelle?s?|d'actualite|vieux"
                r"|ancien(?:ne)?)"
            ),
        ),
    ),
    (
        Asks.WHO,
        (
            (
                r"qui (?:le dit|l'a dit|dit (?:ca|cela|ceci)|a (?:dit|ecrit|publie|annonce|affirme"
                r"|declare) (?:ca|cela|ceci|ce communique)|l'(?:affirme|annonce|a annonce|a affirme|a ecrit"
                r"|a declare|ecrit)|le (?:pretend|declare)|affirme (?:ca|cela)|annonce (?:ca|cela)|(?:te"
                r"|vous) (?:l'a dit|a dit (?:ca|cela))|en est l'auteur)"
            ),
            r"(?:selon|d'apres) qui",
            r"c'est qui qui (?:le )?dit(?: (?:ca|cela))?",
            rf"de qui (?:est|sont|vient|viennent) {_IT}",
            r"c'est de qui",
            r"qui est l'(?:emetteur|auteur)(?: du communique)?",
        ),
    ),
    (
        Asks.SURE,
        (
            (
                r"(?:t'es|tu es|vous etes|es-tu|etes-vous|est-ce que (?:tu es|vous etes"
                rf"|t'es)) {_SURELY}(?:sure?s?|certaine?s?)(?: (?:de (?:toi|vous|ton coup|votre coup|{_IT})"
                r"|que c'est (?:vrai|exact|ca)))?"
            ),
            rf"(?:t'en es|tu en es|vous en etes|en es-tu|en etes-vous) {_SURELY}(?:sure?s?|certaine?s?)",
            (
                rf"(?:c'est|est-ce|est-ce que c'est) {_SURELY}(?:sur|certain|vrai|exact|correct|fiable|verifie"
                rf"|juste)(?: (?:ca|cela|{_THIS}))?"
            ),
            rf"{_SURELY.replace('?', '')}",
            r"vraiment",
            r"ah bon",
            r"serieux",
            r"serieusement",
            (
                rf"{_THIS} est(?:-(?:il|elle))? {_SURELY}(?:sure?|certaine?|vraie?|exacte?|correcte?|fiable"
                r"|verifiee?|juste)"
            ),
        ),
    ),
)

_EN_FIGURE = r"(?:figures?|numbers?|amounts?|sums?|percentages?|prices?|statistics?)"

_EN_SAID = (
    r"(?:(?:information|info|facts?|data|dates?|answers?|sentences?|quotes?|quotations?|statements?"
    rf"|claims?|words|names?)|{_EN_FIGURE})"
)

_EN_THIS = rf"(?:this|that|these|those|your|the) {_EN_SAID}(?: of (?:\d[^?]{{0,30}}))?"

_EN_IT = rf"(?:this|that|it|these|those|{_EN_THIS})"

_EN_GIVE = (
    r"(?:(?:(?:can|could|would) you )?(?:please )?(?:quote|give(?: me)?|show(?: me)?|cite"
    r"|tell me)(?: me)?)"
)

_EN_WORDS = r"(?:sentences?|passages?|wording|words|quotes?|quotations?|text|excerpt)"

ENGLISH: Forms = (
    (
        Asks.SOURCE,
        (
            rf"where (?:did|do) you (?:get|find|take|read|see) {_EN_IT}(?: from)?",
            rf"where (?:does|do|did) {_EN_IT} come from",
            rf"where (?:is|are) {_EN_IT} from",
            (
                rf"(?:what(?:'s| is| are)|{_EN_GIVE}) (?:the|your|its|a) (?:exact )?(?:sources?"
                rf"|references?)(?: (?:of|for) {_EN_IT})?"
            ),
            r"(?:your |the )?(?:sources?|references?)",
            (
                r"(?:in )?(?:which|what) (?:press |news )?(?:release|document|text)s?(?: (?:is|was"
                rf"|are) {_EN_IT}(?: (?:in|from))?| says? (?:so|that|this|it)| said (?:so|that|this)| (?:does"
                rf"|did) {_EN_IT} come from| did you (?:find|read) {_EN_IT}(?: in)?)?"
            ),
            r"how do you know(?: (?:this|that))?",
            rf"where (?:is|was) {_EN_IT} (?:written|said|stated)",
            rf"what is {_EN_IT} based on",
        ),
    ),
    (
        Asks.EXACT,
        (
            (
                rf"{_EN_GIVE} (?:the |its )?(?:exact |full |original |precise "
                rf"|complete )*{_EN_WORDS}(?: (?:exactly|in full|from the release))?"
            ),
            rf"what (?:is|are|was|were) the (?:exact |full |original |precise )+{_EN_WORDS}",
            rf"(?:the )?exact {_EN_WORDS}",
            r"word for word",
            r"verbatim",
            r"what (?:exactly )?does (?:the|that|this) (?:release|text|document) (?:say )?(?:exactly|say)",
        ),
    ),
    (
        Asks.DATE,
        (
            (
                rf"(?:when|what date) (?:is|was|were|are) {_EN_IT}(?: (?:from|published|said|announced|dated"
                r"|released|issued))?"
            ),
            rf"when (?:does|do) {_EN_IT} date from",
            rf"how (?:old|recent) (?:is|are) {_EN_IT}",
            rf"what(?:'s| is) the date of {_EN_IT}",
            rf"(?:is|are) {_EN_IT} (?:still )?(?:recent|up to date|up-to-date|current|valid)",
        ),
    ),
    (
        Asks.WHO,
        (
            r"who (?:says?|said|claims?|claimed|wrote|announced|stated) (?:so|that|this|it)",
            r"says who",
            r"according to whom",
            r"who told you(?: (?:so|that|this))?",
            r"whose (?:words|statement) (?:are|is) (?:these|those|this|that)",
        ),
    ),
    (
        Asks.SURE,
        (
            rf"are you (?:really |quite |absolutely )?(?:sure|certain|positive)(?: (?:about|of) {_EN_IT})?",
            rf"is {_EN_IT} (?:really )?(?:true|right|correct|certain|reliable)",
            r"really",
            r"seriously",
        ),
    ),
)

_DE_FIGURE = r"(?:zahl(?:en)?|betrage?|summe|prozentsatz|angaben?|wert)"

_DE_THIS = (
    r"(?:diese[rsnm]?|deine|ihre|die|der|das) (?:(?:information|auskunft|aussage|antwort|datum|zitat|satz)"
    rf"|{_DE_FIGURE})(?: von (?:\d[^?]{{0,30}}))?"
)

_DE_IT = rf"(?:das|dies|es|{_DE_THIS})"

_DE_GIVE = (
    r"(?:(?:zitier(?:e|en sie)?|gib|geben sie|zeige?|zeigen sie|nenne?|nennen sie)(?: mir"
    r"| uns)?(?: bitte)?|(?:kannst du|konnen sie)(?: mir)?(?: bitte)?)"
)

GERMAN: Forms = (
    (
        Asks.SOURCE,
        (
            rf"woher (?:stammt|stammen|kommt|kommen|hast du|haben sie|weisst du|wissen sie) {_DE_IT}",
            (
                rf"(?:(?:was|welche[s]?|wie lautet|wer) (?:ist|sind)?|{_DE_GIVE}) ?(?:die|deine|ihre"
                r"|eine) quellen?(?: (?:dafur|dieser \w+|nennen|angeben))?"
            ),
            r"(?:deine |ihre |die |welche )?quellen?(?:angabe)?",
            rf"(?:in|aus) welcher (?:medien|presse)?mitteilung(?: (?:steht|stammt|ist|kommt) {_DE_IT})?",
            r"welche (?:medien|presse)?mitteilung (?:sagt|ist) das",
            rf"wo (?:steht|stehen) {_DE_IT}(?: geschrieben)?",
            rf"worauf (?:stutzt|beruht|basiert) (?:sich )?{_DE_IT}",
        ),
    ),
    (
        Asks.EXACT,
        (
            (
                rf"{_DE_GIVE} (?:den|die|das) (?:genauen?|exakten?|vollstandigen?|wortlichen?"
                r"|ganzen?)? ?(?:satz|stelle|wortlaut|text|textstelle|passage|zitat)(?: zitieren| zeigen"
                r"| nennen)?"
            ),
            (
                r"wie (?:lautet|heisst) (?:der|die|das) (?:genaue|exakte|vollstandige) (?:satz|wortlaut|stelle"
                r"|zitat)"
            ),
            r"(?:der )?(?:genaue|exakte) (?:satz|wortlaut)",
            r"wortlich",
            r"wort fur wort",
            r"was (?:steht|sagt die mitteilung) (?:dort |da )?(?:genau|wortlich)",
        ),
    ),
    (
        Asks.DATE,
        (
            rf"von wann (?:ist|sind|stammt|stammen|datiert) {_DE_IT}",
            rf"wie (?:alt|aktuell|neu) (?:ist|sind) {_DE_IT}",
            rf"(?:ist|sind) {_DE_IT} (?:noch )?(?:aktuell|gultig)",
            rf"wann wurde {_DE_IT} (?:gesagt|veroffentlicht|publiziert|mitgeteilt)",
        ),
    ),
    (
        Asks.WHO,
        (
            r"wer (?:sagt|behauptet|schreibt)(?: das| dies| es)?",
            r"wer hat (?:das|dies|es) (?:gesagt|geschrieben|mitgeteilt)",
            r"(?:laut|gemass) wem",
            r"von wem (?:ist|stammt) (?:das|dies)",
        ),
    ),
    (
        Asks.SURE,
        (
            r"(?:bist du|sind sie) (?:dir |sich )?(?:da |dessen |wirklich |ganz )*sicher",
            rf"stimmt {_DE_IT}(?: wirklich)?",
            rf"(?:ist|sind) {_DE_IT} (?:wirklich )?(?:wahr|richtig|sicher|korrekt)",
            r"wirklich",
            r"im ernst",
        ),
    ),
)

_IT_FIGURE = r"(?:cifr[ae]|numer[oi]|import[oi]|somm[ae]|percentual[ei]|prezz[oi]|dat[oi])"

_IT_THIS = (
    r"(?:quest[oaie]|quell[oaie]|quel|la tua|la sua|il|la|l') ?(?:(?:informazion[ei]|data|rispost[ae]"
    rf"|fras[ei]|citazion[ei]|affermazion[ei])|{_IT_FIGURE})(?: di (?:\d[^?]{{0,30}}))?"
)

_IT_IT = rf"(?:questo|cio|quello|{_IT_THIS})"

_IT_GIVE = (
    r"(?:(?:cita|citi|da|dia|mostra|mostri|riporta|indica|indichi)(?:mi|ci)?|dammi|mi (?:dia|citi|mostri"
    r"|indichi|dai|puoi (?:citare|dare|mostrare)|puo (?:citare|dare|mostrare))|puoi (?:citarmi|darmi"
    r"|mostrarmi)|puo (?:citarmi|darmi|mostrarmi))"
)

ITALIAN: Forms = (
    (
        Asks.SOURCE,
        (
            (
                r"da dove (?:viene|vengono|proviene|provengono|arriva|hai preso|ha preso|prendi|prende"
                rf"|salta fuori)(?: {_IT_IT})?"
            ),
            (
                rf"(?:(?:qual|quale|quali) ?'?(?:e|sono)|{_IT_GIVE}) (?:la |le |una )?(?:tua |sua |tue "
                rf"|sue )?font[ei](?: di {_IT_IT})?"
            ),
            r"(?:la |le |tua |sua |la tua |la sua )?font[ei]",
            (
                r"(?:in|da) quale comunicato(?: (?:e|viene|si trova|sta scritto|lo dice|e scritto"
                rf"|si legge)(?: {_IT_IT})?)?"
            ),
            r"quale comunicato lo dice",
            rf"dove (?:e|sta|sono) scritt[oaie](?: {_IT_IT})?",
            r"come (?:lo )?(?:sai|sa)",
            r"su cosa si basa(?: (?:questo|la risposta))?",
        ),
    ),
    (
        Asks.EXACT,
        (
            (
                rf"{_IT_GIVE} (?:la|il|le|l') ?(?:frase|passaggio|citazione|parole|testo"
                r"|estratto)(?: (?:esatt[aoe]|precis[aoe]|complet[aoe]|original[ei]))*"
            ),
            (
                r"qual(?:e|i)? ?'?(?:e|sono) (?:la|le|il) (?:frase|parole|testo|citazione) (?:esatt[aoe]"
                r"|precis[aoe])"
            ),
            r"(?:la )?frase esatta",
            r"parola per parola",
            r"testualmente",
            r"(?:che )?cosa dice esattamente(?: il (?:comunicato|testo))?",
        ),
    ),
    (
        Asks.DATE,
        (
            rf"(?:di|a) quando (?:e|sono|risale|risalgono)(?: {_IT_IT})?",
            rf"quanto (?:e|sono) (?:recent[ei]|vecchi[oae]|attual[ei])(?: {_IT_IT})?",
            rf"(?:e|sono) (?:ancora )?(?:recent[ei]|attual[ei]|aggiornat[oaie]|valid[oaie])(?: {_IT_IT})?",
            rf"qual ?'?e la data di {_IT_IT}",
        ),
    ),
    (
        Asks.WHO,
        (
            (
                r"chi (?:lo )?(?:dice|ha detto|afferma|sostiene|ha scritto|l'ha detto)(?: (?:questo|cio"
                r"|cosi))?"
            ),
            r"chi l'ha (?:detto|scritto)",
            r"secondo chi",
            r"di chi (?:e|sono) (?:questa|queste) (?:frase|parole)",
        ),
    ),
    (
        Asks.SURE,
        (
            rf"(?:(?:ne )?(?:sei|e)|lei e) (?:davvero |proprio )?(?:sicur[oa]|cert[oa])(?: di {_IT_IT})?",
            r"e (?:davvero |proprio )?(?:vero|giusto|corretto|esatto|sicuro)",
            r"davvero",
            r"sul serio",
        ),
    ),
)

FORMS = {"fr": FRENCH, "en": ENGLISH, "de": GERMAN, "it": ITALIAN}
FIGURES = rf"(?:{_FIGURE}|{_EN_FIGURE}|{_DE_FIGURE}|{_IT_FIGURE})"
"""Words for a figure."""
