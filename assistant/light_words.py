"""Words that carry little by themselves: « montant », « comprend », « certains ».

A claim may say them where its source does not. Knows no rule that reads them.
"""

from __future__ import annotations

from store.folding import word_list
from store.language import stem

_LIGHT = word_list(
    """fort forte forts fortes eleve elevee eleves elevees grand grande grands grandes important importante importants
    importantes high large great hoch hohe gross grosse alto alta grande elevato
    oui non devez devoir faut faudra faudrait necessaire necessaires recoit recu recue recus yes ja nein si
    represente representent s'eleve eleve elevent compte comptent comprend comprennent concerne concernent porte
    portent atteint atteignent lieu deroule deroulent tenu tenue situe situee trouve trouvent montant nombre total
    raison raisons but objectif realise realisee effectue effectuee mis mise pris prise donne donnent suivant suivante
    suivants suivantes plusieurs certains certaines differents differentes grace partie ensemble cadre agit permet
    permettre afin consiste constitue constituent inclut incluent contient correspond
    amounts represents includes concerns number place located reason purpose consists total several various
    betragt umfasst betrifft anzahl zahl grund zweck befindet besteht verschiedene mehrere insgesamt
    ammonta comprende riguarda numero luogo trova motivo scopo consiste totale diversi diverse"""
)


LIGHT_STEMS = frozenset(stem(word, language) for word in _LIGHT for language in ("fr", "en", "de", "it"))
