"""What a reader is told when a model did not write the answer, or not all of it; in four languages.

No word of the model's or its provider's is in it. Knows nothing about who failed, or why.
"""

from __future__ import annotations

from assistant.answer import Notice
from assistant.listening import Reason

_WHY: dict[str, dict[str, str]] = {
    "fr": {
        Reason.LATE: "Le modèle n’a pas répondu à temps ; {instead}",
        Reason.BUSY: "Le modèle est trop sollicité en ce moment ; {instead}",
        Reason.REFUSED: "Le modèle a refusé de répondre ; {instead}",
        Reason.CUT: "Le modèle n’a pas répondu clairement ; {instead}",
        Reason.FAILED: "Le modèle ne répond pas ; {instead}",
        "unborne": "Ce que le modèle a écrit n’était pas dans les communiqués ; {instead}",
        "declined": "Le modèle n’a pas trouvé la réponse ; {instead}",
        "withheld": "Un communiqué sous embargo n’est pas confié au modèle distant ; {instead}",
        "instead": "voici les phrases des communiqués.",
        "interrupted": "Le modèle s’est interrompu ; la réponse est peut-être incomplète.",
        "dropped_one": "Une phrase du modèle n’était pas dans les communiqués ; elle a été retirée.",
        "dropped_many": "{count} phrases du modèle n’étaient pas dans les communiqués ; elles ont été retirées.",
    },
    "en": {
        Reason.LATE: "The model did not answer in time; {instead}",
        Reason.BUSY: "The model is too busy at the moment; {instead}",
        Reason.REFUSED: "The model refused to answer; {instead}",
        Reason.CUT: "The model did not answer clearly; {instead}",
        Reason.FAILED: "The model does not respond; {instead}",
        "unborne": "What the model wrote was not in the releases; {instead}",
        "declined": "The model did not find the answer; {instead}",
        "withheld": "An embargoed release is not handed to the remote model; {instead}",
        "instead": "here are the releases’ own sentences.",
        "interrupted": "The model broke off; the answer may be incomplete.",
        "dropped_one": "One sentence of the model was not in the releases; it has been left out.",
        "dropped_many": "{count} sentences of the model were not in the releases; they have been left out.",
    },
    "de": {
        Reason.LATE: "Das Modell hat nicht rechtzeitig geantwortet; {instead}",
        Reason.BUSY: "Das Modell ist derzeit überlastet; {instead}",
        Reason.REFUSED: "Das Modell hat die Antwort verweigert; {instead}",
        Reason.CUT: "Das Modell hat nicht klar geantwortet; {instead}",
        Reason.FAILED: "Das Modell antwortet nicht; {instead}",
        "unborne": "Was das Modell schrieb, stand nicht in den Medienmitteilungen; {instead}",
        "declined": "Das Modell hat die Antwort nicht gefunden; {instead}",
        "withheld": "Eine Mitteilung mit Sperrfrist wird dem entfernten Modell nicht übergeben; {instead}",
        "instead": "hier die Sätze der Medienmitteilungen.",
        "interrupted": "Das Modell hat abgebrochen; die Antwort ist vielleicht unvollständig.",
        "dropped_one": "Ein Satz des Modells stand nicht in den Medienmitteilungen; er wurde weggelassen.",
        "dropped_many": "{count} Sätze des Modells standen nicht in den Medienmitteilungen; sie wurden weggelassen.",
    },
    "it": {
        Reason.LATE: "Il modello non ha risposto in tempo; {instead}",
        Reason.BUSY: "Il modello è troppo sollecitato in questo momento; {instead}",
        Reason.REFUSED: "Il modello ha rifiutato di rispondere; {instead}",
        Reason.CUT: "Il modello non ha risposto chiaramente; {instead}",
        Reason.FAILED: "Il modello non risponde; {instead}",
        "unborne": "Ciò che il modello ha scritto non era nei comunicati; {instead}",
        "declined": "Il modello non ha trovato la risposta; {instead}",
        "withheld": "Un comunicato sotto embargo non viene affidato al modello remoto; {instead}",
        "instead": "ecco le frasi dei comunicati.",
        "interrupted": "Il modello si è interrotto; la risposta è forse incompleta.",
        "dropped_one": "Una frase del modello non era nei comunicati; è stata tolta.",
        "dropped_many": "{count} frasi del modello non erano nei comunicati; sono state tolte.",
    },
}


def instead(why: str, language: str) -> Notice:
    """Why the releases' own sentences are shown in place of the model's: a Reason, or a word of this file."""
    say = _WHY.get(language, _WHY["fr"])
    return Notice("writer", say[why].format(instead=say["instead"]))


def interrupted(language: str) -> Notice:
    return Notice("writer", _WHY.get(language, _WHY["fr"])["interrupted"])


def dropped(count: int, language: str) -> Notice:
    """That `count` sentences of the model (at least one) were left out."""
    say = _WHY.get(language, _WHY["fr"])
    return Notice("dropped", say["dropped_one"] if count == 1 else say["dropped_many"].format(count=count))
