"""The frame and the first screen."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # The page
    "title": ("Porte-parole", "Porte-parole"),
    "welcome": ("Que voulez-vous savoir ?", "What would you like to know?"),
    "promise": (
        "Chaque phrase de la réponse renvoie à un communiqué, qui s’ouvre aux mots cités.",
        "Every sentence of the answer points to a release, which opens at the words quoted.",
    ),
    "examples": ("Par exemple", "For example"),
    "placeholder": ("Posez votre question…", "Ask a question…"),
    "question": ("Votre question", "Your question"),
    "ask": ("Demander", "Ask"),
    "new": ("Nouvelle conversation", "New conversation"),
    "staff": ("Accès interne : les communiqués sous embargo sont visibles.", "Staff: embargoed releases are visible."),
    "places": ("Rubriques", "Sections"),
    "place_ask": ("Demander", "Ask"),
    "place_find": ("Chercher", "Search"),
    "place_verbatims": ("Verbatims", "Quotes"),
    "place_conversations": ("Conversations", "Conversations"),
    "place_archive": ("Archive", "Archive"),
    # What scripts say
    "signed_out": (
        "Votre session est terminée : reconnectez-vous. Rien de ce que vous avez écrit n’est perdu.",
        "Your session has ended: sign in again. Nothing you typed is lost.",
    ),
    "forbidden": ("Vous n’avez pas le droit de faire cela.", "You are not allowed to do this."),
    "too_large": ("C’est trop volumineux pour être envoyé.", "This is too large to be sent."),
    "copied": ("Copié.", "Copied."),
    # The archive
    "extent_none": ("Aucun communiqué", "No releases"),
    "extent_one": ("1 communiqué", "1 release"),
    "extent_many": ("{count} communiqués", "{count} releases"),
    "between": ("du {first} au {last}", "from {first} to {last}"),
    "on": ("du {day}", "of {day}"),
    "empty": ("L’archive est vide", "The archive is empty"),
    "empty_public": ("Aucun communiqué n’est encore publié ici.", "No release has been published here yet."),
}
