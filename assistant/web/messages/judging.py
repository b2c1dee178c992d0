"""Judgments on answers."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # Under an answer
    "judging": ("Que vaut cette réponse ?", "What is this answer worth?"),
    "judged_useful": ("Utile", "Useful"),
    "judged_wrong": ("Faux", "Wrong"),
    "judged_wrong_source": ("Mauvaise source", "Wrong source"),
    "judge_which": ("Quelle source ne convient pas ?", "Which source does not fit?"),
    "judge_thanks": ("Merci, c’est noté.", "Thank you, it is noted."),
    "judge_why": ("Pourquoi ? (facultatif)", "Why? (optional)"),
    "judge_send": ("Envoyer", "Send"),
    "judge_add": ("Dire pourquoi", "Say why"),
    "judge_wrote": ("« {why} »", "“{why}”"),
    "judge_taken_back": ("Votre avis est retiré.", "Your judgment is taken back."),
    "judge_lost": (
        "Cette réponse n’est plus conservée : elle ne peut plus être jugée.",
        "This answer is no longer kept: it cannot be judged any more.",
    ),
    # What the archivist sees to
    "judgments": ("Avis sur les réponses", "Judgments of answers"),
    "judgments_which": ("Avis à montrer", "Judgments to show"),
    "judgments_open": ("À traiter", "To see to"),
    "judgments_handled": ("Traités", "Seen to"),
    "judgments_all": ("Tous", "All"),
    "judgments_verdict": ("Verdict", "Verdict"),
    "judgments_any": ("Tous les verdicts", "Any verdict"),
    "judgments_none": ("Aucun avis de cette sorte.", "No judgments of this kind."),
    "judgments_empty": (
        "Personne n’a encore jugé de réponse. Les avis donnés sous les réponses arrivent ici.",
        "Nobody has judged an answer yet. What people say under the answers arrives here.",
    ),
    "judgments_export": ("Télécharger (JSON, une ligne par avis)", "Download (JSON, one line each)"),
    "judgments_more": ("Afficher les suivants", "Show more"),
    "judgment_by": ("{who}, le {when}", "{who}, {when}"),
    "judge_here": ("cet ordinateur", "this computer"),
    "judgment_source": ("Source mise en cause", "Source called in question"),
    "judgment_see": ("Voir la réponse telle qu’elle était", "See the answer as it was"),
    "judgment_handle": ("Traiter", "See to it"),
    "judgment_note": ("Ce qui a été fait (facultatif)", "What was done (optional)"),
    "judgment_done": ("Marquer comme traité", "Mark as seen to"),
    "judgment_handled": ("Traité par {who}, le {when}", "Seen to by {who}, {when}"),
    "judgment_reopen": ("Rouvrir", "Open again"),
    "judgment_is_handled": ("Avis traité.", "Seen to."),
    "judgment_is_open": ("Avis rouvert.", "Open again."),
}
