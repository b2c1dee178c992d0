"""The words by which pages of the web say that something is no part of the article.

All patterns are for folded text (`store.folding`). Knows no HTML.
"""

from __future__ import annotations

import re


def _any_of(phrases: str, after: str = "") -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(phrase.strip() for phrase in phrases.strip().splitlines())}){after}")


NEIGHBOURS = _any_of(
    r"""
    a lire (?:aussi|egalement|ensuite)
    lire aussi
    voir (?:aussi|egalement)
    (?:articles?|contenus?|actualites?|pages?|communiques?|sujets?) (?:lie|similaire|associe|connexe|recent)e?s?
    (?:sur le meme|dans la meme|sur ce|autour du meme) (?:sujet|theme|rubrique|categorie)
    (?:nos |les |toutes (?:les|nos) )?(?:autres|dernieres?|derniers) (?:actualites?|articles?|infos?)
    (?:nos |les |tous (?:les|nos) )?(?:autres|derniers) (?:communiques?|publications?)(?: de presse)?
    vous aimerez aussi|ces? (?:articles?|contenus?|actualites?) (?:peuvent|pourraient|pourrait).{0,40}
    a decouvrir aussi|decouvrez aussi|plus d'(?:actualites|articles|infos)
    partager(?: (?:sur|cet|cette|la|le|ce).{0,40})?|partagez.{0,40}
    suivez[ -]nous.{0,40}|retrouvez[ -]nous sur.{0,40}
    (?:abonnez|inscrivez)[ -]vous.{0,60}|s'(?:abonner|inscrire) a .{0,40}|newsletter|restez informe.{0,40}
    commentaires?|laisser un commentaire|reagir a cet article|comments?|leave a (?:reply|comment)
    related (?:articles|news|posts|links|content|stories)|read (?:more|also|next)|see also
    share(?: this.{0,30}| on.{0,30})?|you (?:may|might) also like.{0,30}|(?:latest|more|recent) (?:news|posts|stories)
    weitere (?:meldungen|artikel|nachrichten)|teilen|das konnte sie auch interessieren|condividi|leggi anche
    """,
    r"\s*(?:\(\d+\))?\s*[:…]?",
)
"""Headings of what leads to other pages."""

GO_ON = _any_of(
    r"""
    en savoir plus.{0,30}|lire (?:la suite|plus).{0,30}|(?:re)?voir (?:le|la|les|l'|tou).{0,50}|decouvrir.{0,40}
    telecharger.{0,60}|imprimer.{0,30}|retour.{0,40}|haut de page|s'inscrire.{0,40}|ecouter.{0,30}
    envoyer (?:par (?:e-?mail|courriel)|a un ami)|copier le lien|tout accepter|tout refuser|aller au contenu.{0,20}
    read more|download.{0,60}|print.{0,20}|back to.{0,40}|skip to .{0,30}
    accueil|home|menu|startseite
    facebook|twitter|x|linkedin|whatsapp|instagram|youtube|mastodon|bluesky
    """
)
"""Links that ask for a click."""

ABOUT_THE_PAGE = _any_of(
    r"""
    (?:affichages|vues|clics|lectures|hits|views)\s*:?\s*\d[\d ]*(?:fois)?|lu \d+ fois|\d+ (?:vues|commentaires?)
    (?:ecrit|redige) par\s*:?.{0,60}|(?:details|imprimer|envoyer)
    (?:categories?|mots[ -]cles|etiquettes|tags|classe dans)\s*:.{0,120}
    """
)
"""Lines of a head that speak of the page, not of the release."""

READING_TIME = re.compile(
    r"\W*(?:lecture en|temps de lecture|duree de lecture)\s*:?\s*(?:environ )?\d+\s*min(?:ute)?s?\W*"
    r"|\W*\d+\s*min(?:ute)?s?\.? (?:de lecture|read)\W*"
)
PUBLISHED = re.compile(r"(?:publie|mis en ligne|poste|paru|diffuse|published|posted)e?(?: le| on)?\s*:?")
SHOWN_DATE = re.compile(PUBLISHED.pattern + r"|(?:mise? a jour|modifie|actualise|updated|last modified)e?(?: le| on)?")
"""What stands before the day of the page, and of its last change."""

CHANGED = re.compile(r"(?:mise? a jour|modifie|actualise|updated|last modified)")
LEGAL = re.compile(
    r"©|mentions legales|plan du site|tous droits|accessibilite\b|politique de confidentialite|copyright"
)
CALLS = re.compile(r"[\w.+-]+@[\w-]+\.\w|\[at\]|\(at\)|\[email|(?:\+|\b0)\d[\d .()/-]{7,16}\d")
PRESS = re.compile(r"\bpresse\b|\bmedias?\b|\bpress\b|porte-parole|medienstelle|stampa")
PRESS_CONTACT = re.compile(
    r"\bcontacts? (?:de )?(?:la )?(?:presse|medias?)|(?:service|relations) (?:de )?presse|press contact"
)
CONTACT = re.compile(r"\bcontacts?\b|renseignement|information|kontakt|contatt")
"""What a contact the press may call says of itself; CALLS also needs a number or an address."""
