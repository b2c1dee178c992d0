"""The journalists' page, the widget, and the question left for the press office."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # The page
    "press_title": ("Questions à la presse", "Press questions"),
    "press_office": ("Service de presse", "Press office"),
    "press_office_is": ("Service de presse :", "Press office:"),
    "press_of": ("Service de presse — {house}", "Press office — {house}"),
    "press_head": ("Posez votre question", "Ask your question"),
    "press_about": (
        "Les réponses viennent des communiqués publiés : chacune montre la phrase exacte sur laquelle elle s’appuie. "
        "Quand aucun communiqué ne répond, vous êtes mis en relation avec le service de presse.",
        "Answers come from published releases: each shows the exact sentence it rests on. "
        "Where no release answers, you are put in touch with the press office.",
    ),
    "press_question": ("Votre question", "Your question"),
    "press_hint": ("Une question…", "A question…"),
    "press_ask": ("Demander", "Ask"),
    "press_examples": ("Par exemple", "For instance"),
    "press_to_question": ("Aller à la question", "Skip to the question"),
    "press_turns": ("Questions et réponses", "Questions and answers"),
    "press_again": ("Poser une autre question", "Ask another question"),
    "press_you": ("Vous avez demandé :", "You asked:"),
    # An answer
    "press_searching": ("Recherche dans les communiqués…", "Searching the releases…"),
    "press_done": ("Réponse complète.", "The answer is complete."),
    "press_curated": ("Réponse du service de presse", "Answer of the press office"),
    "press_curated_on": (
        "Réponse du service de presse, mise à jour le {day}",
        "Answer of the press office, updated on {day}",
    ),
    "press_to_question_of": ("À la question « {question} »", "To the question “{question}”"),
    "press_beyond": (
        "Ce n’est pas votre question ? Chercher dans les communiqués",
        "Not your question? Search the releases",
    ),
    "press_rests_on": ("Elle s’appuie sur", "It rests on"),
    "press_offered": ("Votre question est-elle l’une de celles-ci ?", "Is your question one of these?"),
    "press_sources": ("Sources", "Sources"),
    "press_source": ("Source {number} : {title}", "Source {number}: {title}"),
    "press_read": ("Lire le communiqué", "Read the release"),
    "press_read_there": ("Lire dans le communiqué", "Read it in the release"),
    "press_new_tab": ("(nouvel onglet)", "(new tab)"),
    "press_abstained": ("Aucun communiqué publié ne répond", "No published release answers"),
    "press_call": ("Contacter le service de presse", "Contact the press office"),
    "press_write": ("Laisser votre question au service de presse", "Leave your question for the press office"),
    "press_unanswered": (
        "Cela ne répond pas ? Laissez votre question au service de presse",
        "Not what you asked? Leave your question for the press office",
    ),
    "press_failed": ("La réponse n’a pas pu être donnée.", "The answer could not be given."),
    "press_failed_advice": (
        "Réessayez dans un instant, ou contactez le service de presse.",
        "Try again in a moment, or contact the press office.",
    ),
    "press_unreached": (
        "Le serveur ne répond pas. Vérifiez votre connexion, puis réessayez.",
        "The server does not answer. Check your connection, then try again.",
    ),
    "press_too_often": (
        "Vous avez posé beaucoup de questions en peu de temps. Réessayez dans {wait}.",
        "You have asked many questions in a short time. Try again in {wait}.",
    ),
    "press_too_long": (
        "La question est vide ou trop longue : écrivez-la en {count} caractères au plus.",
        "The question is empty or too long: write it in {count} characters at most.",
    ),
    # A release
    "press_release": ("Communiqué de presse", "Press release"),
    "press_gone": ("Ce communiqué n’est pas consultable", "This release cannot be read"),
    "press_gone_advice": (
        "Il n’est pas ici, ou il n’y est plus. Vérifiez l’adresse, ou demandez-le au service de presse.",
        "It is not here, or not any more. Check the address, or ask the press office for it.",
    ),
    "press_back": ("Poser une question sur nos communiqués", "Ask a question about our releases"),
    "press_quoted": ("La phrase citée est surlignée.", "The cited sentence is highlighted."),
    "press_to_quoted": ("Aller à la phrase citée", "Go to the cited sentence"),
    "press_original": ("Page d’origine", "Original page"),
    "press_contacts": ("Contacts presse", "Press contacts"),
    # The form
    "press_form": ("Votre question au service de presse", "Your question for the press office"),
    "press_form_about": (
        "Le service de presse vous répondra directement. Donnez au moins un moyen de vous joindre.",
        "The press office will answer you directly. Give at least one way to reach you.",
    ),
    "press_name": ("Nom", "Name"),
    "press_medium": ("Média", "Media outlet"),
    "press_email": ("Courriel", "E-mail"),
    "press_phone": ("Téléphone", "Telephone"),
    "press_deadline": ("Votre délai (heure de Paris)", "Your deadline (Paris time)"),
    "press_optional": ("facultatif", "optional"),
    "press_trap": ("Laissez ce champ vide", "Leave this field empty"),
    "press_data": (
        "Ces informations servent seulement à vous répondre. Seul le service de presse les voit ; elles sont effacées "
        "au bout de {days} jours, ou plus tôt si vous le lui demandez.",
        "This information only serves to answer you. Only the press office sees it; it is erased after {days} days, "
        "or sooner if you ask the press office.",
    ),
    "press_send": ("Envoyer au service de presse", "Send to the press office"),
    "press_cancel": ("Annuler", "Cancel"),
    "press_left": (
        "Votre question est transmise au service de presse.",
        "Your question has been left for the press office.",
    ),
    "press_number": ("Numéro à rappeler : {number}", "Reference to quote: {number}"),
    "press_refused": (
        "La question n’est pas encore envoyée : corrigez ce qui est signalé.",
        "The question has not been sent yet: put right what is marked.",
    ),
    "press_missing": ("À remplir.", "Please fill in."),
    "press_long": ("{count} caractères au plus.", "{count} characters at most."),
    "press_reach": ("Donnez un courriel ou un téléphone.", "Give an e-mail address or a telephone number."),
    "press_bad_email": (
        "Ce n’est pas une adresse de courriel, comme prenom.nom@media.fr.",
        "This is no e-mail address, such as name@media.com.",
    ),
    "press_bad_phone": (
        "Ce n’est pas un numéro de téléphone, comme 01 23 45 67 89.",
        "This is no telephone number, such as +33 1 23 45 67 89.",
    ),
    "press_bad_deadline": (
        "Ce n’est pas une date et une heure à venir.",
        "This is no date and time to come.",
    ),
    "press_trapped": ("Ce champ doit rester vide.", "This field must stay empty."),
    "press_too_quick": (
        "Relisez votre question, puis envoyez-la de nouveau.",
        "Read your question again, then send it once more.",
    ),
    "press_left_too_often": (
        "Plusieurs questions viennent déjà d’être laissées d’ici. Réessayez plus tard ou contactez le service de "
        "presse.",
        "Several questions have just been left from here. Try again later or contact the press office.",
    ),
    "press_not_kept": (
        "Votre question n’a pas pu être gardée. Contactez le service de presse.",
        "Your question could not be kept. Contact the press office.",
    ),
    # The widget
    "press_open": ("Une question ? Service de presse", "A question? Press office"),
    "press_close": ("Fermer", "Close"),
    "press_whole_page": ("Ouvrir en pleine page", "Open as a page"),
    "press_unopened": (
        "Le service de presse n’a pas pu être ouvert ici.",
        "The press office could not be opened here.",
    ),
    "press_not_here": (
        "Ce service de questions n’est pas disponible sur cette page.",
        "This question service is not available on this page.",
    ),
    "press_not_here_advice": (
        "Contactez directement le service de presse.",
        "Contact the press office directly.",
    ),
}
