"""What was understood of a release, as a press officer checks it."""

from __future__ import annotations

from assistant.printed import printed_release
from assistant.understood import facts
from conftest import release
from store.records import (
    Correction,
    CorrectionKind,
    Figure,
    Name,
    NameKind,
    Origin,
    OriginKind,
    Quote,
    Release,
    Span,
)
from store.view import Related

TEXT = (
    "RECTIFICATIF au communiqué du 3 mai 2025\n\n"
    "« Le pont rouvre lundi », a dit Anne Talbert, maire. Il a coûté 3 millions d'euros."
)
ALONE = Related((), (), (), ())


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def made() -> Release:
    return release(
        TEXT,
        title="Le pont",
        quotes=(Quote(span("Le pont rouvre lundi"), "Anne Talbert", "maire", "a dit", named=span("Anne Talbert")),),
        figures=(Figure(span("3 millions d'euros"), "3000000", "€"),),
        names=(Name(span("Anne Talbert"), "Anne Talbert", NameKind.PERSON),),
        corrects=Correction(span("RECTIFICATIF au communiqué du 3 mai 2025"), CorrectionKind.CORRECTS),
        origins=(Origin("published", OriginKind.MAIL), Origin("title", OriginKind.MASTHEAD, Span(0, 4))),
        doubts=("année supposée",),
    )


def test_every_value_is_told_with_where_it_was_read() -> None:
    """Field, value, origin in the reader's words; doubts last."""
    told = list(facts(made(), ALONE, "fr"))
    values = {fact.field: fact.value for fact in told}
    assert values["Citation"] == "« Le pont rouvre lundi » — Anne Talbert, maire"
    assert values["Personnes"] == "Anne Talbert"
    assert values["Chiffres"] == "3 millions d'euros"
    assert values["Correction"] == "rectifie"
    assert {fact.field: fact.origin for fact in told}["Publié"] == "en-tête du courriel"
    assert told[-1].value == "année supposée"


def test_english_readers_read_english() -> None:
    """The same account in the reader's language."""
    assert {fact.field for fact in facts(made(), ALONE, "en")} >= {"Title", "Quotation", "People", "Doubt"}


def test_show_prints_it_all_and_the_text() -> None:
    """The command line says the same, then the text whole."""
    shown = printed_release([made()], None, ALONE)
    assert "Publié ......... 6 mai 2025  [en-tête du courriel]" in shown
    assert shown.endswith(TEXT)
