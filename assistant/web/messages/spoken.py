"""Who said what, when."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "said_title": ("Verbatims", "Quotes"),
    "said_told": (
        "Qui a dit quoi, et quand : les paroles mêmes, telles que les communiqués les rapportent.",
        "Who said what, and when: the very words, as the releases give them.",
    ),
    "said_words": ("Mots prononcés", "Words said"),
    "said_by": ("Par qui", "By whom"),
    "said_office": ("Fonction", "Office"),
    "said_speaker": ("Dit par", "Said by"),
    "said_in_office": ("Fonction", "Office"),
    "said_kind": ("Forme", "Form"),
    "kind_direct": ("citations entre guillemets", "words in quotation marks"),
    "kind_reported": ("propos rapportés", "reported speech"),
    "said_reported": ("propos rapporté", "reported"),
    "said_nobody": ("Sans auteur nommé", "Speaker not named"),
    "said_nobody_named": ("Personne de ce nom n’est cité.", "Nobody of this name is quoted."),
    "said_copy": ("Copier avec la référence", "Copy with its reference"),
    "said_newest": ("les plus récentes", "newest"),
    "said_oldest": ("les plus anciennes", "oldest"),
    "said_shown": ("Afficher :", "Show:"),
    "by_saying": ("par citation", "by quote"),
    "by_speaker": ("par personne", "by speaker"),
    "sayings_one": ("1 citation", "1 quote"),
    "sayings_many": ("{count} citations", "{count} quotes"),
    "speakers_one": ("1 personne citée", "1 speaker"),
    "speakers_many": ("{count} personnes et organismes cités", "{count} speakers"),
    "said_none": (
        "Aucune citation ne correspond. Retirez ce qui restreint trop :",
        "No quote fits. Take back what narrows too much:",
    ),
    "said_empty": (
        "Aucun communiqué de l’archive ne cite encore personne. Les citations sont relevées à l’ajout d’un communiqué.",
        "No release of the archive quotes anybody yet. Quotes are read as releases are added.",
    ),
}
