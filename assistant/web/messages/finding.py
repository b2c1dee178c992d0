"""Finding without asking: search, filters, facets."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "find_title": ("Chercher dans l’archive", "Search the archive"),
    "find_words": ("Mots, noms, dates", "Words, names, dates"),
    "find_hint": ("Par exemple : tramway, budget 2024…", "For example: tramway, budget 2024…"),
    "find_go": ("Chercher", "Search"),
    "find_narrow": ("Affiner", "Narrow down"),
    "find_none": (
        "Aucun communiqué ne correspond. Retirez ce qui restreint trop :",
        "No release fits. Take back what narrows too much:",
    ),
    "narrowed_by": ("Ce qui restreint la liste", "What narrows the list"),
    "period_read": ("Lu dans vos mots : période", "Read in your words: period"),
    "issuer_read": ("Lu dans vos mots : émetteur", "Read in your words: issuer"),
    "read_again": ("Relire « {what} » dans vos mots", "Read “{what}” in your words again"),
    "rubric": ("Rubrique", "Section"),
    "status": ("État", "Status"),
    "status_published": ("publié", "published"),
    "status_embargoed": ("sous embargo", "embargoed"),
    "status_withdrawn": ("retiré", "withdrawn"),
    "status_superseded": ("remplacé", "superseded"),
    "near_one": ("1 communiqué proche de vos mots", "1 release near your words"),
    "near_many": ("{count} communiqués proches de vos mots", "{count} releases near your words"),
    "nearest_many": (
        "Les {count} communiqués les plus proches de vos mots",
        "The {count} releases nearest to your words",
    ),
    "find_empty": (
        "L’archive est vide. Les archivistes y ajoutent des communiqués dans la rubrique « Archive ».",
        "The archive is empty. Archivists add releases under “Archive”.",
    ),
    "sorted_by": ("Trier :", "Sort:"),
    "order_best": ("les plus proches", "nearest"),
    "order_newest": ("les plus récents", "newest"),
    "order_oldest": ("les plus anciens", "oldest"),
    "facet_year": ("Année", "Year"),
    "facet_more": ("{count} de plus", "{count} more"),
    "facet_sift": ("Filtrer cette liste", "Filter this list"),
    "pages": ("Pages de la liste", "Pages of the list"),
    "page_before": ("← Page précédente", "← Previous page"),
    "page_after": ("Page suivante →", "Next page →"),
    "page_of": ("{first} à {last} sur {total}", "{first} to {last} of {total}"),
    "first_page": ("Revenir à la première page", "Back to the first page"),
    "beyond_last": (
        "Cette page n’existe pas : la liste est plus courte.",
        "There is no such page: the list is shorter.",
    ),
    "without": ("Retirer « {what} »", "Remove “{what}”"),
    "without_words": ("Retirer les mots cherchés", "Remove the words"),
    "no_day": (
        "« {day} » n’est pas une date : écrivez-la comme 2024-05-06.",
        "“{day}” is not a date: write it like 2024-05-06.",
    ),
}
