"""A release, opened, and what it is."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # A release, opened
    "release": ("Communiqué", "Release"),
    "close": ("Fermer", "Close"),
    "reference": ("Référence {reference}", "Reference {reference}"),
    "version": ("version {version}", "version {version}"),
    "original": ("Voir la publication d’origine", "See the original publication"),
    "gone": ("Ce communiqué n’est plus consultable.", "This release can no longer be read."),
    "gone_advice": (
        "Il a été retiré ou remplacé depuis la réponse.",
        "It has been withdrawn or replaced since the answer.",
    ),
    "replaced": (
        "Une nouvelle version remplace celle qui était citée ; voici le texte en vigueur.",
        "A new version replaces the one that was cited; this is the current text.",
    ),
    "loading": ("Ouverture…", "Opening…"),
    "unreachable": (
        "Le serveur ne répond pas. Vérifiez la connexion, puis rouvrez la citation.",
        "The server does not answer. Check the connection, then open the citation again.",
    ),
    "lost": (
        "Le serveur ne répond pas. Rien n’est perdu : reposez la question dans un instant.",
        "The server does not answer. Nothing is lost: ask again in a moment.",
    ),
    # Statuses
    "embargoed": ("Sous embargo", "Embargoed"),
    "embargoed_until": ("Sous embargo jusqu’au {day} à {time} (Paris)", "Embargoed until {day}, {time} (Paris)"),
    "withdrawn": ("Retiré", "Withdrawn"),
    "superseded": ("Remplacé", "Superseded"),
}
