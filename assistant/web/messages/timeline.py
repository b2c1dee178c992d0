"""Releases over time."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "bars_title": ("Les communiqués dans le temps", "Releases over time"),
    "bars_told": (
        "Une barre pour chaque période, de {first} à {last}. Chaque barre est un lien qui restreint à sa période ; "
        "les flèches passent de l’une à l’autre. Le tableau qui suit dit la même chose.",
        "One bar for each period, from {first} to {last}. Each bar is a link that narrows to its period; "
        "the arrow keys go from one to the next. The table below says the same.",
    ),
    "bar": ("{when} : {count}", "{when}: {count}"),
    "bars_per_day": ("Par jour, {count} au plus", "By day, {count} at most"),
    "bars_per_month": ("Par mois, {count} au plus", "By month, {count} at most"),
    "bars_per_year": ("Par année, {count} au plus", "By year, {count} at most"),
    "bars_undated_one": ("1 communiqué sans date n’y figure pas", "1 undated release is not shown"),
    "bars_undated_many": ("{count} communiqués sans date n’y figurent pas", "{count} undated releases are not shown"),
    "bars_others": ("autres émetteurs", "other issuers"),
    "bars_legend": ("Émetteurs", "Issuers"),
    "bars_when": ("Quand", "When"),
    "bars_count": ("Communiqués", "Releases"),
    "bars_table": ("En tableau", "As a table"),
    "bars_found_one": ("1 communiqué proche de la question", "1 release near the question"),
    "bars_found_many": (
        "Les {count} communiqués les plus proches de la question, dans le temps",
        "The {count} releases nearest to the question, over time",
    ),
    "bars_listed_one": ("1 communiqué répond à ces critères", "1 release fits these criteria"),
    "bars_listed_many": (
        "Les {count} communiqués qui répondent à ces critères, dans le temps",
        "The {count} releases that fit these criteria, over time",
    ),
    "bars_none": ("Aucun communiqué daté à montrer.", "No dated release to show."),
}
