"""A source's reserve is not left away, and none is strengthened; a figure's sign and point are part of it."""

from __future__ import annotations

import pytest
from test_seams import sources, stands

from assistant.answer import Claim
from assistant.citations import faithful
from assistant.verification import Verified, Verifier


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("La taxe sera supprimée en 2027.", "Si le référendum aboutit, la taxe sera supprimée en 2027."),
        ("La taxe est supprimée.", "La taxe serait supprimée en cas d'accord des communes."),
        ("La Ville achètera le terrain.", "Sous réserve de l'accord du canton, la Ville achètera le terrain."),
        ("Le service sera gratuit.", "Le service sera gratuit, sauf le dimanche."),
        ("Le suspect a volé trois tableaux.", "Le suspect aurait volé trois tableaux."),
        ("Le projet détruira la forêt.", "Selon les opposants, le projet détruira la forêt."),
        ("Le directeur a démissionné.", "La Ville dément que le directeur ait démissionné."),
        ("La piscine ferme en 2026.", "Il est faux que la piscine ferme en 2026."),
        ("Jean Marvol a volé la caisse.", "Le tribunal a acquitté Jean Marvol, accusé d'avoir volé la caisse."),
        ("La Ville ferme la piscine des Tilleuls.", "La Ville renonce à fermer la piscine des Tilleuls."),
        ("Le directeur du port démissionne.", "Le syndicat demande la démission du directeur du port."),
        ("Le projet est abandonné.", "Le projet risque d'être abandonné."),
        ("Tous les habitants ont refusé le projet.", "Certains habitants ont refusé le projet."),
        ("Les habitants ont refusé le projet.", "Certains habitants ont refusé le projet."),
        ("Les écoles sont ouvertes le samedi.", "La plupart des écoles sont ouvertes le samedi."),
        ("Les habitants soutiennent le tram.", "Peu d'habitants soutiennent le tram."),
        ("Les habitants peuvent voter.", "Seuls les habitants peuvent voter."),
        ("Les élèves mangent à la cantine.", "Un quart des élèves mangent à la cantine."),
        ("Le pont est le plus long du pays.", "Le pont est l'un des plus longs du pays."),
        ("Le pont est le plus long du pays.", "Le pont est le deuxième plus long du pays."),
        ("Le pont est le plus long.", "Le pont est long."),
        ("La mission a coûté plus que prévu.", "La mission a coûté moins que prévu."),
        ("La fête est annulée en raison de la pluie.", "La fête, prévue malgré la pluie, est annulée."),
        ("Le musée est gratuit en 2019.", "Le musée est gratuit depuis 2019."),
        ("Le musée est gratuit jusqu'en 2019.", "Le musée est gratuit depuis 2019."),
        ("La patinoire ouvrira en décembre 2026.", "La patinoire ouvrira au plus tôt en décembre 2026."),
        ("La patinoire ouvrira au plus tard en décembre 2026.", "La patinoire ouvrira au plus tôt en décembre 2026."),
        (
            "Jean Marvol, maire de Tarvel, préside la fondation.",
            "Jean Marvol, ancien maire de Tarvel, préside la fondation.",
        ),
        ("Le président du conseil a voté contre.", "Le vice-président du conseil a voté contre."),
        ("L'auteur du vol a été arrêté.", "L'auteur présumé du vol a été arrêté."),
        ("La loi interdit la chasse.", "Le projet de loi interdit la chasse."),
        ("The mayor John Tarn opened the bridge.", "The former mayor John Tarn opened the bridge."),
        ("Der Täter hat die Bank überfallen.", "Der mutmassliche Täter hat die Bank überfallen."),
        ("Il ladro ha rubato tre quadri.", "Il presunto ladro ha rubato tre quadri."),
        ("Some schools will close.", "The schools will close unless the council agrees."),
        ("All residents voted.", "Most residents voted."),
        ("Die Steuer wird abgeschafft.", "Die Steuer wird abgeschafft, falls das Volk zustimmt."),
        ("La tassa sarà abolita.", "La tassa sarà abolita, salvo diverso accordo."),
    ],
)
def test_a_reserve_is_kept(text: str, sentence: str) -> None:
    """Condition, hearsay, denial, demand, share, rank, comparison and cause are the source's or the sentence falls."""
    assert not stands(text, sentence)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Certains habitants ont refusé le projet.", "Certains habitants de Tarvel ont refusé le projet en mai."),
        ("Le suspect aurait volé trois tableaux.", "Le suspect aurait volé trois tableaux au musée."),
        ("Un quart des élèves mangent à la cantine.", "Un quart des élèves mangent à la cantine le lundi."),
        (
            "Si le référendum aboutit, la taxe sera supprimée.",
            "Si le référendum aboutit, la taxe sera supprimée en mai.",
        ),
        ("Le conseil préférait le tram.", "Le conseil préférait le tram au bus."),
    ],
)
def test_what_keeps_its_reserve_stands(text: str, sentence: str) -> None:
    """Shortened, with the reserve still in it; an imperfect is no conditional."""
    assert stands(text, sentence)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Le taux de chômage est de 15 %.", "Le taux de chômage est de 1,5 %."),
        ("Le taux de chômage est de 1,5 ‰.", "Le taux de chômage est de 1,5 %."),
        ("Le taux de chômage est de 1,5 €.", "Le taux de chômage est de 1,5 %."),
        ("Le taux de chômage est de -1,5 %.", "Le taux de chômage est de 1,5 %."),
        ("Le solde est de 320 habitants.", "Le solde est de −320 habitants."),
    ],
)
def test_point_sign_and_unit_are_no_typography(text: str, sentence: str) -> None:
    """« 15 % » is not « 1,5 % » with its comma gone: neither when it is written nor when the desk looks once more."""
    assert not stands(text, sentence)
    (source,) = sources([sentence])
    assert not faithful(Claim(text, ((source.release, source.span),), paraphrase=True))


def test_what_a_question_says_is_said_is_not() -> None:
    """A source that shares but a name with the question does not make its supposition true."""
    assert not stands(
        "Paul Sirvet dirige la police.", "Paul Sirvet préside le club.", asked="Paul Sirvet dirige la police ?"
    )
    assert not stands(
        "Le vaccin réduit le risque de grippe chez les adultes.",
        "Le vaccin réduit le risque de grippe chez les enfants.",
        asked="Le vaccin réduit-il le risque de grippe chez les adultes ?",
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Le stade a coûté 10² francs.", "Le stade a coûté 102 francs."),
        ("Le stade a coûté ①② francs.", "Le stade a coûté 12 francs."),
        ("Le stade a coûté 9\u03388 francs.", "Le stade a coûté 98 francs."),
    ],
)
def test_figures_are_plain(text: str, sentence: str) -> None:
    """What folds to the source's figure but is read as another does not stand."""
    assert not stands(text, sentence)
    (source,) = sources([sentence])
    assert not faithful(Claim(text, ((source.release, source.span),), paraphrase=True))


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\ufeff", "\x07"])
def test_what_is_not_seen_is_taken_away(hidden: str) -> None:
    """A character that turns the following round, or hides among them, never reaches the reader."""
    known = sources(["Le stade a coûté 98,6 millions d'euros en 2024."])
    for text in (
        f"Le stade a coûté {hidden}98,6 millions d'euros.",
        f"Le stade a coûté {hidden}98,6 millions d'euros en 2024.",
    ):
        verdict = Verifier().verify(text, (1,), known, "")
        assert isinstance(verdict, Verified)
        assert hidden not in verdict.claim.text
        assert not faithful(Claim(text, ((known[0].release, known[0].span),), paraphrase=True))


@pytest.mark.parametrize(
    ("text", "sentence", "true"),
    [
        ("The city will close the pool in Tarvel.", "La Ville renonce à fermer la piscine à Tarvel.", False),
        ("The city will not close the pool in Tarvel.", "La Ville renonce à fermer la piscine à Tarvel.", True),
        ("The suspect stole 3 paintings in Tarvel.", "Le suspect aurait volé 3 tableaux à Tarvel.", False),
        ("The suspect allegedly stole 3 paintings in Tarvel.", "Le suspect aurait volé 3 tableaux à Tarvel.", True),
        ("All residents of Tarvel voted.", "Certains habitants de Tarvel ont voté.", False),
    ],
)
def test_reserves_cross_languages(text: str, sentence: str, true: bool) -> None:
    """Denial, hearsay and « certains » are kept in a translation, however near its meaning is."""
    near = Verifier(lambda _, others: [1.0 for _ in others])
    verdict = near.verify(text, (1,), sources([sentence]), "")
    assert isinstance(verdict, Verified) is true
