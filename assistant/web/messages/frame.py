"""The frame and the first screen."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # The page
    "title": ("Porte-parole", "Porte-parole"),
    "welcome": ("Que voulez-vous savoir ?", "What would you like to know?"),
    "promise": (
        "Chaque phrase de la réponse est citée mot pour mot d’un communiqué, qui s’ouvre à l’endroit cité.",
        "Every sentence of the answer is quoted word for word from a release, which opens at the quoted place.",
    ),
    "examples": ("Par exemple", "For example"),
    "latest_of": (
        "Quel est le dernier communiqué publié par « {issuer} » ?",
        "What is the latest release by {issuer}?",
    ),
    "announced_in": ("Qu’avons-nous annoncé en {month} ?", "What did we announce in {month}?"),
    "placeholder": ("Posez votre question…", "Ask a question…"),
    "question": ("Votre question", "Your question"),
    "ask": ("Demander", "Ask"),
    "new": ("Nouvelle conversation", "New conversation"),
    "staff": ("Accès interne : les communiqués sous embargo sont visibles.", "Staff: embargoed releases are visible."),
    # The archive
    "extent_none": ("Aucun communiqué", "No releases"),
    "extent_one": ("1 communiqué", "1 release"),
    "extent_many": ("{count} communiqués", "{count} releases"),
    "between": ("du {first} au {last}", "from {first} to {last}"),
    "on": ("du {day}", "of {day}"),
    "empty": ("L’archive est vide", "The archive is empty"),
    "empty_public": ("Aucun communiqué n’est encore publié ici.", "No release has been published here yet."),
    "empty_staff": (
        "Ajoutez des communiqués, puis rechargez cette page :",
        "Add releases, then reload this page:",
    ),
}
