"""Every text of the chat page, in French and in English.

Words only; knows nothing of HTML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

FRENCH, ENGLISH = "fr", "en"

_CATALOGUE: dict[str, tuple[str, str]] = {
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
    # What was understood
    "understood": ("Ce qui a été compris", "What was understood"),
    "period": ("Période", "Period"),
    "issuer": ("Émetteur", "Issuer"),
    "language": ("Langue", "Language"),
    "order": ("Ordre", "Order"),
    "newest_first": ("du plus récent au plus ancien", "newest first"),
    "oldest_first": ("du plus ancien au plus récent", "oldest first"),
    "newest": ("le plus récent", "the latest"),
    "oldest": ("le plus ancien", "the earliest"),
    "topic": ("Époque", "Time"),
    "wanted": ("Demandé", "Asked for"),
    "count": ("combien", "how many"),
    "subject": ("Sujet", "Subject"),
    "meant": ("Orthographe", "Spelling"),
    "standalone": ("Compris ainsi", "Understood as"),
    "language_fr": ("français", "French"),
    "language_en": ("anglais", "English"),
    "language_de": ("allemand", "German"),
    "language_it": ("italien", "Italian"),
    # The answer
    "searching": ("Recherche dans l’archive…", "Searching the archive…"),
    "reading_one": ("Lecture d’un communiqué…", "Reading one release…"),
    "reading_many": ("Lecture de {count} communiqués…", "Reading {count} releases…"),
    "answer": ("Réponse", "Answer"),
    "cited": ("Communiqués cités", "Releases cited"),
    "cited_one": ("Communiqué cité", "Release cited"),
    "consulted": ("Consultés ({count})", "Consulted ({count})"),
    "citation": ("Citation {number} : ouvrir « {title} »", "Citation {number}: open “{title}”"),
    "open": ("Ouvrir le communiqué", "Open the release"),
    "page": ("page\u00a0{page}", "page\u00a0{page}"),
    "undated": ("sans date", "undated"),
    "untitled": ("Communiqué sans titre", "Untitled release"),
    "searched": ("Recherche menée dans {extent}.", "Searched {extent}."),
    # No answer
    "abstained": ("Pas de réponse dans l’archive", "No answer in the archive"),
    "nearest": ("Les plus proches, sans y répondre", "The nearest, which do not answer"),
    "contact": ("Contact presse", "Press contact"),
    "failed": ("La réponse n’a pas pu être donnée", "The answer could not be given"),
    "failed_advice": (
        "Rien n’est perdu : reposez la question dans un instant. Si cela persiste, le journal du serveur dit pourquoi.",
        "Nothing is lost: ask again in a moment. If it persists, the server’s log says why.",
    ),
    "too_long": (
        "La question dépasse {count} caractères : raccourcissez-la.",
        "The question is over {count} characters: shorten it.",
    ),
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


_BEFORE_MARK = re.compile(r" (?=[?!:;»])|(?<=«) |(?<=\d) (?=\d{3}(?!\d))|(?<=\d) (?=%)")


def typeset(text: str) -> str:
    """The text with the blanks of French punctuation, and those within a number, made unbreakable."""
    return _BEFORE_MARK.sub("\u00a0", text)


class Messages:
    """The page's texts in one language (French where the language is not known)."""

    def __init__(self, language: str) -> None:
        self.language = language if language in (FRENCH, ENGLISH) else FRENCH
        column = (FRENCH, ENGLISH).index(self.language)
        self._texts: Mapping[str, str] = MappingProxyType(
            {key: typeset(texts[column]) for key, texts in _CATALOGUE.items()}
        )

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key`, its fields filled in. Raises KeyError for an unknown key."""
        text = self._texts[key]
        return text.format(**values) if values else text

    def counted(self, key: str, count: int) -> str:
        """`key_one` or `key_many`, with the count written as the language writes it."""
        if count == 0 and f"{key}_none" in self._texts:
            return self(f"{key}_none")
        return self(f"{key}_one") if count == 1 else self(f"{key}_many", count=self.number(count))

    def number(self, count: int) -> str:
        return f"{count:,}".replace(",", "\u202f" if self.language == FRENCH else ",")
