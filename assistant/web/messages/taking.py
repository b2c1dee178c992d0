"""Taking away: copies and exports."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # The tools under an answer
    "take_tools": ("Emporter cette réponse", "Take this answer away"),
    "take_copy": ("Copier", "Copy"),
    "take_copied": ("Réponse copiée, avec ses notes.", "Answer copied, with its notes."),
    "take_copied_short": ("Copié", "Copied"),
    "take_by_hand": (
        "Ce navigateur ne permet pas la copie ici : le texte est sélectionné, copiez-le (Ctrl\u00a0+\u00a0C).",
        "This browser does not allow copying here: the text is selected, copy it (Ctrl\u00a0+\u00a0C).",
    ),
    "take_copy_text": ("Texte à copier", "Text to copy"),
    "take_export": ("Exporter", "Export"),
    "take_word": ("Word (.docx)", "Word (.docx)"),
    "take_markdown": ("Markdown (.md)", "Markdown (.md)"),
    "take_text": ("Texte (.txt)", "Text (.txt)"),
    "take_page": ("Page à imprimer", "Page to print"),
    "take_failed": (
        "La réponse n’a pas pu être copiée : le serveur ne répond pas. Réessayez dans un instant.",
        "The answer could not be copied: the server does not respond. Try again in a moment.",
    ),
    "take_unkept": (
        "Cette réponse n’est plus conservée : reposez la question pour l’emporter.",
        "This answer is no longer kept: ask again to take it away.",
    ),
    "take_no_conversation": (
        "Cette conversation n’existe pas, ou n’est plus conservée.",
        "This conversation does not exist, or is no longer kept.",
    ),
    "take_answer_name": ("reponse", "answer"),
    "take_conversation_name": ("conversation", "conversation"),
    # On paper
    "take_asked": ("Question posée le {day} à {time}", "Asked on {day} at {time}"),
    "take_fact": ("{label} : {value}", "{label}: {value}"),
    "take_abstained": ("Aucun communiqué ne le dit", "No release says so"),
    "take_broken": ("La réponse a été interrompue avant la fin.", "The answer was broken off before its end."),
    "take_sources_one": ("Source", "Source"),
    "take_sources_many": ("Sources", "Sources"),
    "take_note_one": ("Note {numbers}", "Note {numbers}"),
    "take_note_many": ("Notes {numbers}", "Notes {numbers}"),
    "take_kind": ("communiqué de presse", "press release"),
    "take_undated": ("s.\u00a0d.", "n.d."),
    "take_reference": ("réf.\u00a0{reference}", "ref.\u00a0{reference}"),
    "take_version": ("version\u00a0{version}", "version\u00a0{version}"),
    "take_page_one": ("p.\u00a0{pages}", "p.\u00a0{pages}"),
    "take_page_many": ("p.\u00a0{pages}", "pp.\u00a0{pages}"),
    "take_and": ("{some} et {last}", "{some} and {last}"),
    "take_available": ("Disponible sur : ", "Available at: "),
    "take_consulted": (" (consulté le {day})", " (accessed {day})"),
    "take_gone": ("Source qui n’est plus consultable", "Source that can no longer be read"),
    "take_banner": (
        "Contient des extraits sous embargo jusqu’au {day} à {time} (Paris)",
        "Contains extracts under embargo until {day}, {time} (Paris)",
    ),
    "take_corrected": (
        "Corrigé depuis cette réponse : la version {now} est en vigueur.",
        "Corrected since this answer: version {now} is in force.",
    ),
    "take_corrected_on": (
        "Corrigé le {day}, depuis cette réponse : la version {now} est en vigueur.",
        "Corrected on {day}, since this answer: version {now} is in force.",
    ),
    "take_rectified": ("Rectifié par un autre communiqué : {by}.", "Rectified by another release: {by}."),
    "take_superseded": ("Remplacé par un autre communiqué : {by}.", "Replaced by another release: {by}."),
    "take_withdrawn": ("Retiré depuis cette réponse.", "Withdrawn since this answer."),
    "take_withdrawn_on": ("Retiré le {day}, depuis cette réponse.", "Withdrawn on {day}, since this answer."),
    "take_missing": (
        "N’est plus consultable : retiré ou remplacé depuis cette réponse.",
        "Can no longer be read: withdrawn or replaced since this answer.",
    ),
    "take_extractive": (
        "Les phrases sont citées mot pour mot des communiqués.",
        "The sentences are quoted word for word from the releases.",
    ),
    "take_generative": (
        "Rédigé par un modèle de langue ; chaque phrase a été vérifiée dans les communiqués cités.",
        "Written by a language model; each sentence was verified in the releases cited.",
    ),
    "take_made": ("Établi par Porte-parole le {day} à {time}.", "Made by Porte-parole on {day} at {time}."),
    "take_number": ("Réponse {id}.", "Answer {id}."),
    # Styles of the Word file
    "take_style_fact": ("Précisions", "Particulars"),
    "take_style_notice": ("Avertissement", "Notice"),
    "take_style_reference": ("Référence", "Reference"),
    "take_style_colophon": ("Colophon", "Colophon"),
    "take_style_banner": ("Embargo", "Embargo"),
}
