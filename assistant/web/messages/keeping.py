"""Conversations that are kept."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "keep_search": ("Chercher dans vos conversations", "Search your conversations"),
    "keep_search_hint": ("un mot d’une question ou réponse", "a word of a question or answer"),
    "keep_today": ("Aujourd’hui", "Today"),
    "keep_yesterday": ("Hier", "Yesterday"),
    "keep_week": ("Cette semaine", "This week"),
    "keep_older": ("Plus ancien", "Earlier"),
    "keep_questions_one": ("1 question", "1 question"),
    "keep_questions_many": ("{count} questions", "{count} questions"),
    "keep_changed": ("À revoir : un communiqué cité a changé depuis", "To check: a release it cites has changed since"),
    "keep_rename": ("Renommer", "Rename"),
    "keep_rename_it": ("Renommer « {title} »", "Rename “{title}”"),
    "keep_title": ("Titre de la conversation", "Title of the conversation"),
    "keep_save": ("Enregistrer", "Save"),
    "keep_cancel": ("Annuler", "Cancel"),
    "keep_renamed": ("Conversation renommée.", "Conversation renamed."),
    "keep_delete": ("Supprimer", "Delete"),
    "keep_delete_it": ("Supprimer « {title} »", "Delete “{title}”"),
    "keep_sure": ("Supprimer cette conversation ?", "Delete this conversation?"),
    "keep_sure_more": (
        "Son titre, ses questions et le lien avec vous disparaissent tout de suite. Le registre garde encore chaque "
        "réponse, sans dire qui l’a demandée, jusqu’à la fin de ses {days}.",
        "Its title, its questions and the link to you are gone at once. The register still keeps each answer, without "
        "saying who asked, until the end of its {days}.",
    ),
    "keep_days_one": ("24 heures", "24 hours"),
    "keep_days_many": ("{count} jours", "{count} days"),
    "keep_keep": ("Garder", "Keep"),
    "keep_deleted": ("Conversation supprimée.", "Conversation deleted."),
    "keep_more": ("Afficher les suivantes", "Show more"),
    "keep_found_none": ("Aucune conversation trouvée", "No conversation found"),
    "keep_found_one": ("1 conversation trouvée", "1 conversation found"),
    "keep_found_many": ("{count} conversations trouvées", "{count} conversations found"),
    "keep_none_with": ("Aucune conversation ne contient « {words} ».", "No conversation holds “{words}”."),
    "keep_none_advice": (
        "La recherche porte sur les titres, les questions et les réponses ; tous les mots doivent s’y trouver.",
        "Titles, questions and answers are searched; every word must be there.",
    ),
    "keep_empty": ("Pas encore de conversation", "No conversations yet"),
    "keep_empty_advice": (
        "Posez une question : elle sera gardée ici avec sa réponse, pour vous seul.",
        "Ask a question: it will be kept here with its answer, for you alone.",
    ),
    "keep_first": ("Poser une question", "Ask a question"),
    "keep_off": ("Ici, les conversations ne sont pas gardées", "Conversations are not kept here"),
    "keep_off_advice": (
        "Aucune réponse n’est conservée, parce que PORTE_PAROLE_RECORDS_DAYS vaut 0. Ce qui est à l’écran disparaît "
        "avec la page ; exportez ce dont vous avez besoin.",
        "No answer is kept, because PORTE_PAROLE_RECORDS_DAYS is 0. What is on the screen is gone with the page; "
        "export what you need.",
    ),
    "keep_how_long": (
        "Chaque question est gardée {days} avec sa réponse, puis oubliée. Vous seul voyez vos conversations.",
        "Each question is kept for {days} with its answer, then forgotten. Only you see your conversations.",
    ),
    "keep_gone": ("Cette conversation n’est pas ici.", "This conversation is not here."),
    "keep_gone_advice": (
        "Elle a été supprimée, oubliée avec le temps, ou n’est pas la vôtre. Vous pouvez poser une question.",
        "It was deleted, forgotten in time, or is not yours. You can ask a question.",
    ),
    "keep_opening": ("Ouverture de la conversation…", "Opening the conversation…"),
    "keep_opened": ("Conversation ouverte.", "Conversation opened."),
    # Above an answer given before
    "since_withdrawn": ("Communiqué retiré{day}.", "Release withdrawn{day}."),
    "since_corrected": (
        "Communiqué corrigé{day} ; version {version} :",
        "Release corrected{day}; version {version}:",
    ),
    "since_rectified": ("Communiqué rectifié par :", "Release corrected by:"),
    "since_superseded": ("Communiqué annulé et remplacé par :", "Release annulled and replaced by:"),
    "since_missing": ("Ce communiqué ne peut plus être montré.", "This release can no longer be shown."),
    "since_day": (" le {day}", " on {day}"),
    "since_final": (
        "Ne citez plus cette réponse : reposez la question.",
        "Do not quote this answer any more: ask again.",
    ),
    "since_check": (
        "Vérifiez avant de citer cette réponse, ou reposez la question.",
        "Check before you quote this answer, or ask again.",
    ),
    "since_cut": (
        "Là où il y a […], les mots de ce communiqué ne sont plus montrés.",
        "Where you see […], the words of that release are no longer shown.",
    ),
    "since_broken": ("Cette réponse a été interrompue.", "This answer was broken off."),
    "since_unkept": ("Cette réponse n’est pas conservée.", "This answer is not kept."),
    "ask_afresh": ("Reposer la question", "Ask again"),
}
