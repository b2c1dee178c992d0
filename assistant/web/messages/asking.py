"""A question, what was understood of it, its answer or none."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
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
}
