"""Words that carry no subject, by language: articles, pronouns, auxiliaries, question words.

Word lists only. Folded (no accents), as `store.folding.fold` gives them; elided articles
are split off before anyone looks here.
"""

from __future__ import annotations

from store.folding import word_list

FRENCH = word_list(
    """
    a ai aie ainsi alors apres as au aucun aucune aura aurait auront aussi autre autres aux avaient avait avant avec
    avez avoir avons ayant beaucoup bien c ca car ce ceci cela celle celles celui cent cependant ces cet cette ceux
    chacun chacune chaque chez ci comme comment d dans de depuis des deja dernier derniere derniers dernieres donc dont
    du durant e elle elles en encore enfin entre es est et etaient etait etant ete etes etre eu eux fait faire fait-il
    faut fois font fut furent hors ici il ils j je jusque l la laquelle le lequel les lesquelles lesquels leur leurs
    lors lorsque lui m ma mais me meme memes mes moi moins mon n ne ni non nos notre nous on ont or ou par parce parmi
    pas pendant peu peut peuvent plus plusieurs plutot pour pourquoi pourra pourrait puis puisque qu quand que quel
    quelle quelles quelque quelques quels qui quoi quoique sa sans sauf se selon sera serait seront ses seulement
    si sinon sois soit sommes son sont sous suis sur t ta tandis te tel telle telles tels tes toi ton tous tout toute
    toutes tres tu un une va vers via voici voila vont vos votre vous vraiment y
    combien est-ce dit dire dis disent parle parler parlait svp merci exactement juste quoi
    """
)

ENGLISH = word_list(
    """
    a about above after again against all also am an and any are as at be because been before being below between both
    but by can cannot could did do does doing down during each few for from further had has have having he her here
    hers herself him himself his how i if in into is it its itself just me more most my myself no nor not now of off on
    once only or other our ours out over own per please said same say says she should so some such than that the their
    theirs them themselves then there these they this those through to too under until up upon us very was we were what
    when where whether which while who whom whose why will with within without would you your yours according many much
    last latest tell s t
    """
)

GERMAN = word_list(
    """
    ab aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei beim bereits bin bis bist
    bitte da dabei dadurch dafur damit danach dann das dass dazu dein dem den denen denn der deren des dessen die dies
    diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etwa etwas fur gegen
    gemass gibt hat hatte hatten habe haben ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja jede jedem
    jeden jeder jedes jetzt kann kein keine keinem keinen keiner konnen konnte laut letzte letzten letzter man mehr mein
    mit muss mussen nach nicht noch nun nur ob oder ohne sagt sagte sehr sein seine seinem seinen seiner seit sich sie
    sind so soll sollen sowie sondern uber um und uns unser unter viel viele vom von vor war waren warum was wegen
    welche welchem welchen welcher welches wem wen wenn wer werden weshalb wessen wie wieso wieviel wieviele wir wird
    wo wurde wurden wahrend zu zum zur zwischen
    """
)

ITALIAN = word_list(
    """
    a ad agli ai al all alla alle allo anche ancora avere aveva c che chi ci cio come con cosa cui d da dagli dai dal
    dall dalla dalle dallo degli dei del dell della delle dello detto di dice dove dopo dunque e ed era erano essere fa
    fra gia gli ha hanno ho i il in io l la le lei li lo loro lui ma mentre mi molto ne negli nei nel nell nella nelle
    nello no noi non nostro o ogni oggi oppure per perche pero piu poi prima qual quale quali quando quanta quante
    quanti quanto quella quelle quelli quello questa queste questi questo qui se secondo sei si sia siamo sono sta
    stata state stati stato su sua sue sugli sui sul sull sulla sulle suo suoi tra tutti tutto ultima ultimo un una uno
    vi viene voi
    """
)

STOPWORDS: dict[str, frozenset[str]] = {"fr": FRENCH, "en": ENGLISH, "de": GERMAN, "it": ITALIAN}
