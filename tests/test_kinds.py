"""What kind of answer is asked for, and whether a text holds it: four languages."""

from __future__ import annotations

import pytest

from assistant.kinds import Kind, counts, holds, kinds
from store.language import fold


@pytest.mark.parametrize(
    ("question", "language", "asked"),
    [
        ("Qui dirige le chantier du pont des Verriers ?", "fr", (Kind.PERSON,)),
        ("Quand rouvre la piscine, et où ?", "fr", (Kind.DATE, Kind.PLACE)),
        ("Où et quand aura lieu la fête du port ?", "fr", (Kind.PLACE, Kind.DATE)),
        ("Combien coûte l'abonnement ?", "fr", (Kind.MONEY,)),
        ("Combien de francs la Ville a-t-elle versés ?", "fr", (Kind.MONEY,)),
        ("Combien d'emplois sont créés ?", "fr", (Kind.COUNT,)),
        ("Quel pourcentage des foyers trie ses déchets ?", "fr", (Kind.PERCENT,)),
        ("Part des foyers qui trient leurs déchets", "fr", (Kind.PERCENT,)),
        ("Combien de temps durera le chantier ?", "fr", (Kind.DURATION,)),
        ("À quelle heure ferme le parc ?", "fr", (Kind.HOUR,)),
        ("Pourquoi la passerelle est-elle fermée ?", "fr", (Kind.REASON,)),
        ("Comment la Ville compte-t-elle réduire le bruit ?", "fr", (Kind.MANNER,)),
        ("Quelles rues sont fermées ?", "fr", (Kind.LIST,)),
        ("Qu'a dit Maud Perrigny du chantier ?", "fr", (Kind.QUOTATION,)),
        ("Qui contacter au service de presse ?", "fr", (Kind.CONTACT,)),
        ("Où écrire aux chargés de presse du Port ?", "fr", (Kind.CONTACT,)),
        ("Quelle entreprise construit la halle ?", "fr", (Kind.ORGANISATION,)),
        ("Le stade sera-t-il agrandi ?", "fr", (Kind.YES_NO,)),
        ("How much does the season ticket cost?", "en", (Kind.MONEY,)),
        ("How many jobs will be created?", "en", (Kind.COUNT,)),
        ("Who runs the harbour, and why was it closed?", "en", (Kind.PERSON, Kind.REASON)),
        ("When does the swimming pool reopen?", "en", (Kind.DATE,)),
        ("Wie viele Arbeitsplätze entstehen?", "de", (Kind.COUNT,)),
        ("Wann öffnet das Hallenbad?", "de", (Kind.DATE,)),
        ("Warum ist die Brücke gesperrt?", "de", (Kind.REASON,)),
        ("Quando riapre la piscina?", "it", (Kind.DATE,)),
        ("Perché il ponte è chiuso?", "it", (Kind.REASON,)),
        ("Quanti posti di lavoro saranno creati?", "it", (Kind.COUNT,)),
    ],
)
def test_a_question_tells_what_kind_of_answer_it_wants(question: str, language: str, asked: tuple[Kind, ...]) -> None:
    """Several where it asks several things, in the order they are asked."""
    assert kinds(question, language).asked == asked


def test_a_topic_wants_no_kind() -> None:
    """Words without a question leave every sentence its chance."""
    assert kinds("rénovation de la halle aux poissons").asked == ()


def test_what_is_counted_and_what_is_chosen_are_named() -> None:
    """By their stems, so that « candidature » meets « candidatures »."""
    assert kinds("Combien de candidatures ont été reçues ?").counted == kinds("nombre de candidature").counted != ""
    assert kinds("Dans quel canton se trouve l'usine ?").noun == "canton"


@pytest.mark.parametrize(
    ("kind", "does", "does_not"),
    [
        (Kind.MONEY, "Le chantier coûte 98 millions d'euros.", "Le chantier occupe 98 personnes."),
        (Kind.PERCENT, "Près de 17 % des foyers sont concernés.", "17 foyers sont concernés."),
        (Kind.PERCENT, "Un foyer sur dix est concerné.", "Un foyer est concerné."),
        (Kind.COUNT, "La halle compte 23 étals.", "La halle ouvre le 3 mars 2031."),
        (Kind.DATE, "La halle ouvre le 3 mars 2031.", "La halle compte 23 étals."),
        (Kind.HOUR, "Le parc ferme à 20h30.", "Le parc ferme tôt."),
        (Kind.DURATION, "Le chantier durera 18 mois.", "Le chantier occupe 18 personnes."),
        (Kind.MEASURE, "La digue mesure 340 mètres.", "La digue a 340 ans."),
        (Kind.PERSON, "Le projet est dirigé par Maud Perrigny.", "Le projet est dirigé par la Ville."),
        (Kind.PLACE, "La fête a lieu à Port-Clair.", "La fête a lieu samedi."),
        (Kind.REASON, "Le pont est fermé en raison de la crue.", "Le pont est fermé."),
        (Kind.QUOTATION, "« Nous tiendrons les délais », assure la maire.", "La maire tiendra les délais."),
        (Kind.CONTACT, "Presse : presse@port-clair.example", "La presse est invitée."),
    ],
)
def test_a_text_holds_a_kind_or_not(kind: Kind, does: str, does_not: str) -> None:
    """A date is no count, and a count no sum of money."""
    assert holds(does, fold(does), kind)
    assert not holds(does_not, fold(does_not), kind)


def test_a_number_counts_what_stands_beside_it() -> None:
    """« 340 berceaux » counts cradles, « 340 mètres de quais pour les berceaux » does not."""
    counted = kinds("Combien de berceaux ?").counted
    assert counts(fold("La crèche offrira 340 nouveaux berceaux."), counted, "fr")
    assert not counts(fold("Une rue de 340 mètres mène à la crèche et à ses berceaux."), counted, "fr")
    assert not counts(fold("La crèche offrira 340 places."), "", "fr")


def test_an_inverted_question_after_when_asks_for_a_date() -> None:
    """« Quand le pont ferme-t-il » asks; « quand le pont ferme » may only tell under what condition."""
    assert Kind.DATE in kinds("Quand le pont des Verriers ferme-t-il et quelle entreprise le rénove ?")
    assert Kind.DATE not in kinds("Que faire quand le pont ferme ?")
