"""A release, opened, and what it is."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # A release, opened
    "release": ("Communiqué", "Release"),
    "close": ("Fermer", "Close"),
    "previous_citation": ("Citation précédente", "Previous citation"),
    "next_citation": ("Citation suivante", "Next citation"),
    "which_citation": ("Citation {n} sur {all}", "Citation {n} of {all}"),
    "reference": ("Référence {reference}", "Reference {reference}"),
    "version": ("version {version}", "version {version}"),
    "version_of": ("version {version} sur {last}", "version {version} of {last}"),
    "original": ("Voir en ligne", "See online"),
    "gone": ("Ce communiqué n’est pas consultable.", "This release cannot be read."),
    "gone_advice": (
        "Il a été retiré ou remplacé, ou il n’est pas pour vous. L’adresse est peut-être incomplète.",
        "It has been withdrawn or replaced, or it is not for you. The address may be incomplete.",
    ),
    "replaced": (
        "Une nouvelle version remplace celle qui était citée ; voici le texte en vigueur.",
        "A new version replaces the one that was cited; this is the current text.",
    ),
    "not_current": (
        "Ceci est la version {version} : elle n’est plus en vigueur, la version {last} la remplace.",
        "This is version {version}: it is no longer current, version {last} replaces it.",
    ),
    "read_current": ("Lire la version en vigueur", "Read the current version"),
    "withdrawn_on": (
        "Retiré le {when}. Aucune réponse ne s’y appuie plus ; seuls les archivistes le voient.",
        "Withdrawn on {when}. No answer rests on it any more; only archivists see it.",
    ),
    "reason": ("Motif : {reason}", "Reason: {reason}"),
    "corrected_since": ("Corrigé depuis par :", "Corrected since by:"),
    "day_at_time": ("{day} à {time}", "{day}, {time}"),
    "loading": ("Ouverture…", "Opening…"),
    "unreachable": (
        "Le serveur ne répond pas. Vérifiez la connexion, puis réessayez.",
        "The server does not answer. Check the connection, then try again.",
    ),
    "lost": (
        "Le serveur ne répond pas. Rien n’est perdu : reposez la question dans un instant.",
        "The server does not answer. Nothing is lost: ask again in a moment.",
    ),
    # What can be done with it
    "copy_link": ("Copier le lien", "Copy link"),
    "copy_citation_link": ("Lien vers ce passage", "Link to this passage"),
    "download_original": ("Télécharger l’original", "Download original"),
    "original_absent": (
        "Le document d’origine n’est pas conservé ici : le texte vient d’un export, ou d’une ingestion "
        "antérieure. Ingérer de nouveau le fichier le conserve.",
        "The original document is not kept here: the text comes from an export, or was read by an earlier "
        "version. Ingesting the file again keeps it.",
    ),
    "original_reserved": (
        "Le document d’origine est réservé : il peut contenir autre chose que ce communiqué.",
        "The original document is reserved: it may hold more than this release.",
    ),
    "print": ("Imprimer", "Print"),
    # Text and page
    "faces": ("Présentation", "Presentation"),
    "face_text": ("Texte", "Text"),
    "face_page": ("Page d’origine", "Original page"),
    "sheet_of": ("Page {page} sur {pages}", "Page {page} of {pages}"),
    "previous_page": ("Page précédente", "Previous page"),
    "next_page": ("Page suivante", "Next page"),
    "page_picture": ("Page {page}, à faire défiler", "Page {page}, scrollable"),
    "page_alternative": (
        "Page {page} telle qu’elle a été publiée ; son texte se lit sous « Texte ».",
        "Page {page} as it was published; its text can be read under “Text”.",
    ),
    "zoom": ("Agrandir", "Zoom in"),
    "marked": ("Le passage cité est surligné.", "The cited passage is highlighted."),
    "marked_goes_on": (
        "Le passage cité est surligné ; il se poursuit page {page}.",
        "The cited passage is highlighted; it goes on on page {page}.",
    ),
    "scanned": (
        "Cette page est une image : le passage n’y est pas surligné. Il l’est sous « Texte ».",
        "This page is a picture: the passage is not highlighted on it. It is under “Text”.",
    ),
    "not_marked": (
        "Le passage n’a pas été retrouvé avec certitude sur cette page. Il est surligné sous « Texte ».",
        "The passage was not found on this page with certainty. It is highlighted under “Text”.",
    ),
    "cited_elsewhere": ("Le passage cité est page {page}", "The cited passage is on page {page}"),
    "undrawable": (
        "Cette page ne peut pas être montrée. Le texte se lit sous « Texte » ; le document d’origine se "
        "télécharge ci-dessus.",
        "This page cannot be shown. Its text is under “Text”; the original document can be downloaded above.",
    ),
    # Around the text
    "doubts": ("À vérifier", "To be checked"),
    "quotes_read": ("Propos relevés", "Quotes found"),
    "quoted_words": ("« {words} »", "“{words}”"),
    "speaker_unknown": ("Auteur non identifié", "Speaker not identified"),
    "versions": ("Versions", "Versions"),
    "version_number": ("Version {version}", "Version {version}"),
    "read_on": ("lue le {day}", "read on {day}"),
    "in_force": ("en vigueur", "current"),
    "shown_here": ("affichée ici", "shown here"),
    "compare": ("Comparer à la version {version}", "Compare with version {version}"),
    "kin_corrects": ("Corrige", "Corrects"),
    "kin_corrected_by": ("Corrigé par", "Corrected by"),
    "kin_translations": ("Traductions", "Translations"),
    "kin_reprints": ("Même texte ailleurs", "Same text elsewhere"),
    # Differences between two versions
    "no_differences": (
        "Aucune différence dans le texte ni dans les informations lues.",
        "No difference in the text or in what was read of it.",
    ),
    "taken_out": ("Supprimé :", "Removed:"),
    "put_in": ("Ajouté :", "Added:"),
    "unchanged_one": ("1 paragraphe inchangé", "1 unchanged paragraph"),
    "unchanged_many": ("{count} paragraphes inchangés", "{count} unchanged paragraphs"),
    "fact_title": ("Titre", "Title"),
    "fact_issuer": ("Émetteur", "Issuer"),
    "fact_published": ("Publié", "Published"),
    "fact_embargo": ("Embargo", "Embargo"),
    "fact_place": ("Lieu", "Place"),
    # Statuses
    "embargoed": ("Sous embargo", "Embargoed"),
    "embargoed_until": ("Sous embargo jusqu’au {day} à {time} (Paris)", "Embargoed until {day}, {time} (Paris)"),
    "withdrawn": ("Retiré", "Withdrawn"),
    "superseded": ("Remplacé", "Superseded"),
}
