"""The archive's own pane: arrivals, corrections by hand, withdrawals."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # Handing in
    "add_title": ("Ajouter des documents", "Add documents"),
    "add_drop": ("Déposez des fichiers ici", "Drop files here"),
    "add_or": ("ou", "or"),
    "add_choose": ("Choisir des fichiers", "Choose files"),
    "add_hint": (
        "PDF, Word, OpenDocument, courriels, pages web, images, exports, archives zip… jusqu’à {size} par fichier. "
        "Rien n’entre dans l’archive sans votre accord.",
        "PDF, Word, OpenDocument, mail, web pages, pictures, exports, zip files… up to {size} a file. "
        "Nothing enters the archive without your consent.",
    ),
    "add_coming": ("Fichiers en cours d’envoi", "Files being sent"),
    "add_sending": ("Envoi", "Sending"),
    "add_cancel": ("Annuler l’envoi", "Cancel"),
    "add_waiting": ("En attente de votre décision", "Waiting for your decision"),
    "add_reading": ("Lecture en cours…", "Being read…"),
    "add_so_far_one": ("1 document lu", "1 document read"),
    "add_so_far_many": ("{count} documents lus", "{count} documents read"),
    "add_accepting": ("Ajout en cours…", "Being added…"),
    "add_read": ("{name} : lecture terminée.", "{name} has been read."),
    "add_by": ("déposé par {name} le {day} à {time}", "handed in by {name} on {day} at {time}"),
    "add_on": ("déposé le {day} à {time}", "handed in on {day} at {time}"),
    "add_line": ("{name}, ligne {line}", "{name}, line {line}"),
    "add_holds_one": ("1 document", "1 document"),
    "add_holds_many": ("{count} documents", "{count} documents"),
    "add_off": (
        "Le dépôt de fichiers n’est pas ouvert sur ce serveur ; « porte-parole ingest » ajoute des documents.",
        "Files cannot be handed in on this server; “porte-parole ingest” adds documents.",
    ),
    # What would become of a document
    "add_new": ("Nouveau communiqué", "New release"),
    "add_version": ("Nouvelle version ({version}) de :", "New version ({version}) of:"),
    "add_known": ("Déjà dans l’archive :", "In the archive already:"),
    "add_by_reference": ("même référence", "same reference"),
    "add_by_url": ("même adresse", "same address"),
    "add_by_name": ("même nom de fichier", "same file name"),
    "add_resembles": ("Ressemble à un communiqué de l’archive :", "Resembles a release of the archive:"),
    "add_as": ("L’ajouter comme", "Add it as"),
    "add_as_new": ("un autre communiqué", "another release"),
    "add_as_version": ("une nouvelle version de « {title} »", "a new version of “{title}”"),
    "add_replaces": (
        "La version précédente ne sera plus citée dans les réponses.",
        "The version before will no longer be cited in answers.",
    ),
    "add_stays_withdrawn": (
        "Ce communiqué a été retiré : sa nouvelle version le restera.",
        "This release was withdrawn: its new version will stay so.",
    ),
    "add_revoked": (
        "Sa source l’a retiré ({reason}) : il sera retiré dès son ajout.",
        "Its source has taken it back ({reason}): it will be withdrawn as it is added.",
    ),
    # What was understood
    "add_doubts_one": ("1 doute", "1 doubt"),
    "add_doubts_many": ("{count} doutes", "{count} doubts"),
    "add_doubts_title": ("À vérifier", "To check"),
    "add_quotes_none": ("aucune citation", "no quotation"),
    "add_quotes_one": ("1 citation", "1 quotation"),
    "add_quotes_many": ("{count} citations", "{count} quotations"),
    "add_contacts_none": ("aucun contact", "no contact"),
    "add_contacts_one": ("1 contact", "1 contact"),
    "add_contacts_many": ("{count} contacts", "{count} contacts"),
    "add_pages_one": ("1 page", "1 page"),
    "add_pages_many": ("{count} pages", "{count} pages"),
    "add_preview": ("Lire le texte", "Read the text"),
    "add_cut": ("Le texte continue ; il sera lisible en entier dans l’archive.", "The text goes on in the archive."),
    "add_accept": ("Ajouter à l’archive", "Add to the archive"),
    "add_discard": ("Écarter", "Discard"),
    "add_discard_it": ("Écarter « {name} »", "Discard “{name}”"),
    "add_accept_sure": ("Tout ajouter, sauf ce qui est douteux", "Add all but the doubtful"),
    "add_discard_all": ("Écarter tout ce qui reste", "Discard all that is left"),
    "add_sure_discard": ("Écarter pour de bon ?", "Discard for good?"),
    "add_more": ("Voir les documents suivants", "Show more documents"),
    # What became of it
    "add_done_added": ("Ajouté à l’archive :", "Added to the archive:"),
    "add_done_corrected": ("Ajouté comme nouvelle version de :", "Added as a new version of:"),
    "add_done_unchanged": ("Déjà dans l’archive, rien n’a changé :", "In the archive already, nothing changed:"),
    "add_done_discarded": ("Écarté.", "Discarded."),
    "add_decided": (
        "Quelqu’un a déjà décidé de ce document ; rechargez la page pour voir ce qu’il est devenu.",
        "Somebody has decided on this document already; reload the page to see what became of it.",
    ),
    "add_failed": (
        "Le document n’a pas pu être ajouté : {reason}",
        "The document could not be added: {reason}",
    ),
    "add_failed_before": ("Dernier essai d’ajout : {reason}", "When it was last added: {reason}"),
    # What cannot be taken or read
    "add_large": (
        "« {name} » est trop volumineux : {size} au plus par fichier. Découpez-le, ou ajoutez-le avec "
        "« porte-parole ingest ».",
        "“{name}” is too large: {size} a file at most. Split it, or add it with “porte-parole ingest”.",
    ),
    "add_many": (
        "« {name} » n’a pas été pris : trop de fichiers attendent déjà une décision. Décidez-en quelques-uns d’abord.",
        "“{name}” was not taken: too many files wait for a decision already. Decide on some first.",
    ),
    "add_empty": ("« {name} » est vide : 0 octet.", "“{name}” is empty: 0 bytes."),
    "add_lost": (
        "« {name} » n’est pas arrivé : la connexion a été coupée. Déposez-le de nouveau.",
        "“{name}” did not arrive: the connection was lost. Hand it in again.",
    ),
    "add_disk": (
        "« {name} » n’a pas été pris : le disque du serveur refuse d’écrire. Prévenez la personne qui l’administre, "
        "puis déposez-le de nouveau.",
        "“{name}” was not taken: the server’s disk refuses to write. Tell whoever runs it, then hand it in again.",
    ),
    "add_unreadable": ("Ce fichier n’a pas pu être lu", "This file could not be read"),
    "add_technical": ("Détail technique", "Technical detail"),
    "add_take_away": ("Retirer de la liste", "Take off the list"),
    "why_scan": ("C’est une image : il n’y a pas de texte à lire.", "It is a picture: there is no text to read."),
    "why_scan_advice": (
        "Demandez le fichier d’origine (Word ou PDF avec texte), ou installez la reconnaissance de caractères sur le "
        "serveur.",
        "Ask for the original (Word, or a PDF with text), or install character recognition on the server.",
    ),
    "why_empty": ("Il n’y a rien à lire dans ce fichier.", "There is nothing to read in this file."),
    "why_empty_advice": (
        "Ouvrez-le pour vérifier que c’est le bon, puis déposez-le de nouveau.",
        "Open it to see that it is the right one, then hand it in again.",
    ),
    "why_locked": ("Il est protégé par un mot de passe ou chiffré.", "It is protected by a password, or encrypted."),
    "why_locked_advice": (
        "Enregistrez-en une copie sans protection, puis déposez-la.",
        "Save a copy without protection, then hand that in.",
    ),
    "why_format": ("Ce n’est pas un format que l’archive sait lire.", "This is no format the archive can read."),
    "why_format_advice": (
        "Déposez plutôt un PDF, un document Word ou OpenDocument, une page web, un courriel ou un texte.",
        "Hand in a PDF, a Word or OpenDocument file, a web page, a mail or plain text instead.",
    ),
    "why_damaged": ("Il est abîmé ou incomplet.", "It is damaged or incomplete."),
    "why_damaged_advice": (
        "Copiez-le de nouveau depuis son origine, ou ouvrez-le et enregistrez-le à neuf, puis déposez-le.",
        "Copy it again from its origin, or open it and save it anew, then hand it in.",
    ),
    "why_large": ("Il est trop grand, ou trop long à lire.", "It is too large, or takes too long to read."),
    "why_large_advice": (
        "Découpez-le en plusieurs fichiers, ou ajoutez-le avec « porte-parole ingest ».",
        "Split it into several files, or add it with “porte-parole ingest”.",
    ),
    "why_other": ("Il n’a pas pu être lu.", "It could not be read."),
    "why_other_advice": (
        "Essayez dans un autre format (PDF avec texte ou Word). Le détail ci-dessous aidera à comprendre.",
        "Try another format (a PDF with text, or Word). The detail below will help to understand.",
    ),
    # Fields
    "field_title": ("Titre", "Title"),
    "field_issuer": ("Émetteur", "Issuer"),
    "field_published": ("Publié le", "Published on"),
    "field_embargo": ("Embargo jusqu’au (heure de Paris)", "Embargo until (Paris time)"),
    "hint_published": ("par exemple 14 janvier 2026", "such as 14 January 2026"),
    "hint_embargo": ("par exemple 14 janvier 2026, 10 h", "such as 14 January 2026, 10:00"),
    "field_place": ("Lieu", "Place"),
    "field_rubric": ("Rubrique", "Rubric"),
    "field_language": ("Langue", "Language"),
    "bad_field": ("Ce champ ne se corrige pas ici.", "This field cannot be corrected here."),
    "bad_empty": ("{field} : ce champ ne peut pas rester vide.", "{field}: this field cannot stay empty."),
    "bad_long": ("{field} : c’est trop long.", "{field}: this is too long."),
    "bad_day": (
        "{field} : ce n’est pas une date ; écrivez-la comme « 12 mars 2026 ».",
        "{field}: this is no day; write it like 12 March 2026.",
    ),
    "bad_moment": (
        "{field} : ce n’est pas un jour et une heure ; écrivez-les comme « 12 mars 2026, 10 h 30 ».",
        "{field}: this is no day and hour; write them like 12 March 2026, 10:30.",
    ),
    "bad_language": ("{field} : choisissez une langue de la liste.", "{field}: choose a language of the list."),
    # The shelf
    "shelf_title": ("Les communiqués de l’archive", "The releases of the archive"),
    "shelf_search": ("Titre, émetteur ou référence", "Title, issuer or reference"),
    "shelf_find": ("Chercher", "Search"),
    "shelf_state": ("État", "Status"),
    "shelf_all": ("Tous", "All"),
    "shelf_published": ("Publiés", "Published"),
    "shelf_embargoed": ("Sous embargo", "Embargoed"),
    "shelf_withdrawn": ("Retirés", "Withdrawn"),
    "shelf_superseded": ("Remplacés", "Superseded"),
    "shelf_count_none": ("Aucun communiqué ne correspond.", "No release matches."),
    "shelf_count_one": ("1 communiqué", "1 release"),
    "shelf_count_many": ("{count} communiqués", "{count} releases"),
    "shelf_empty": (
        "L’archive est vide : déposez un premier document ci-dessus.",
        "The archive is empty: hand in a first document above.",
    ),
    "shelf_before": ("Page précédente", "Previous page"),
    "shelf_after": ("Page suivante", "Next page"),
    "shelf_page": ("Page {page} sur {pages}", "Page {page} of {pages}"),
    "shelf_amend": ("Corriger", "Correct"),
    "shelf_amend_it": ("Corriger « {title} »", "Correct “{title}”"),
    "shelf_withdraw": ("Retirer…", "Withdraw…"),
    "shelf_withdraw_it": ("Retirer « {title} »", "Withdraw “{title}”"),
    "shelf_by_hand": ("corrigé à la main", "corrected by hand"),
    "shelf_recheck": ("À revérifier", "To recheck"),
    "shelf_recheck_one": (
        "1 communiqué corrigé à la main est à revérifier : sa nouvelle version dit autre chose.",
        "1 release corrected by hand is to be rechecked: its new version says something else.",
    ),
    "shelf_recheck_many": (
        "{count} communiqués corrigés à la main sont à revérifier : leur nouvelle version dit autre chose.",
        "{count} releases corrected by hand are to be rechecked: their new version says something else.",
    ),
    "shelf_withdrawn_for": ("Retiré le {day} : {reason}", "Withdrawn on {day}: {reason}"),
    # Correcting
    "amend_title": ("Corriger à la main", "Correct by hand"),
    "amend_hint": (
        "Ce que vous corrigez vaut partout et tout de suite, et reste quand le document est relu. Ce que dit le "
        "document est gardé à côté.",
        "What you correct holds everywhere at once, and stays when the document is read again. What the document says "
        "is kept beside it.",
    ),
    "amend_was": ("Le document dit : {value}", "The document says: {value}"),
    "amend_was_nothing": ("Le document n’en dit rien.", "The document says nothing of it."),
    "amend_by": ("Corrigé par {name} le {day}", "Corrected by {name} on {day}"),
    "amend_on": ("Corrigé le {day}", "Corrected on {day}"),
    "amend_noted": ("{by} : « {note} »", "{by}: “{note}”"),
    "amend_undo": ("Rétablir", "Restore"),
    "amend_undo_it": ("Rétablir ce que dit le document : {field}", "Restore what the document says: {field}"),
    "amend_recheck": (
        "À revérifier : la dernière version du document dit autre chose qu’avant.",
        "To recheck: the last version of the document says something else than before.",
    ),
    "amend_confirm": ("Garder ma correction", "Keep my correction"),
    "amend_note": ("Pourquoi (facultatif)", "Why (optional)"),
    "amend_save": ("Enregistrer", "Save"),
    "amend_cancel": ("Annuler", "Cancel"),
    "amend_saved": ("Correction enregistrée.", "Correction saved."),
    "amend_nothing": ("Rien n’a changé.", "Nothing has changed."),
    "amend_embargo": (
        "Enregistrer un embargo masque ce communiqué au public immédiatement ; l’effacer le publie.",
        "Saving an embargo hides this release from the public at once; clearing it publishes the release.",
    ),
    # Withdrawing
    "withdraw_title": ("Retirer ce communiqué ?", "Withdraw this release?"),
    "amend_kin": (
        "Ces traductions et ces reprises du même texte ne changent pas avec lui :",
        "These translations and reprints of the same text do not change with it:",
    ),
    "withdraw_hint": (
        "Plus aucune réponse, recherche ou liste ne le montrera, immédiatement et pour tous. Seuls les archivistes le "
        "verront encore, avec ce motif.",
        "No answer, search or list will show it any more, at once and for everybody. Only archivists will still see "
        "it, with this reason.",
    ),
    "withdraw_cited_none": ("Aucune réponse gardée ne le cite.", "No kept answer cites it."),
    "withdraw_cited_one": (
        "1 réponse gardée le cite ; elle sera signalée.", "1 kept answer cites it and will be flagged.",
    ),
    "withdraw_cited_many": (
        "{count} réponses gardées le citent ; elles seront signalées.",
        "{count} kept answers cite it and will be flagged.",
    ),
    "withdraw_cited_over": (
        "Plus de {count} réponses gardées le citent ; elles seront signalées.",
        "Over {count} kept answers cite it and will be flagged.",
    ),
    "withdraw_reason": ("Motif du retrait", "Reason"),
    "withdraw_reason_hint": ("Par exemple : date erronée, remplacé par…", "For instance: wrong date, replaced by…"),
    "withdraw_no_reason": ("Écrivez un motif : il explique le retrait.", "Write a reason: it explains the withdrawal."),
    "withdraw_do": ("Retirer", "Withdraw"),
    "withdraw_done": ("Communiqué retiré.", "Release withdrawn."),
    "bytes": ("{size} octets", "{size} bytes"),
    "kilobytes": ("{size} Ko", "{size} KB"),
    "megabytes": ("{size} Mo", "{size} MB"),
}  # fmt: skip
