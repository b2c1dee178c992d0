"""What is said of a sentence before a question: traits, on invented releases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from asked import assignment

from assistant.kinds import kinds
from assistant.traits import is_heading, sentences
from conftest import release
from store.records import Quote, Release, Span

HALL = release(
    "Port-Clair, le 2 juin 2031. La halle aux poissons rouvre le 20 septembre 2031. Elle compte 23 étals."
    " Le chantier a duré 18 mois. Que deviendra l'ancienne halle ?",
    title="La halle aux poissons rouvre",
    published=date(2031, 6, 2),
)


def traits(question: str, *releases: Release) -> dict[str, dict[str, float]]:
    """The traits of each sentence, by its words."""
    read = sentences(assignment(question, *releases), kinds(question))
    return {one.span.of(one.release.text): one.traits for one in read}


def test_a_kind_counts_only_where_the_question_does_not_say_it() -> None:
    """A question about 23 stalls is not answered by that number."""
    assert traits("Combien d'étals compte la halle ?", HALL)["Elle compte 23 étals."]["figure"] == 1.0
    assert traits("Combien coûtent les 23 étals ?", HALL)["Elle compte 23 étals."]["figure"] == 0.0


def test_the_day_of_the_release_dates_nothing_else() -> None:
    """« Quand » wants another day than that of the dateline."""
    told = release(
        "Le conseil s'est réuni le 2 juin 2031. La halle rouvre le 20 septembre 2031.", published=date(2031, 6, 2)
    )
    dated = {text: one["dated"] for text, one in traits("Quand rouvre la halle ?", told).items()}
    assert dated == {"Le conseil s'est réuni le 2 juin 2031.": 0.0, "La halle rouvre le 20 septembre 2031.": 1.0}


def test_words_of_the_title_are_not_what_is_asked() -> None:
    """In a release about the hall, « étals » tells more than « halle »."""
    read = traits("Combien d'étals compte la halle aux poissons ?", HALL)
    assert read["Elle compte 23 étals."]["asked"] > read["La halle aux poissons rouvre le 20 septembre 2031."]["asked"]


def test_a_sentence_that_asks_is_known() -> None:
    """It answers nothing."""
    read = traits("Que deviendra l'ancienne halle ?", HALL)
    assert read["Que deviendra l'ancienne halle ?"]["asks"] == 1.0
    assert read["Elle compte 23 étals."]["asks"] == 0.0


def test_words_are_those_of_whom_the_question_names() -> None:
    """« Qu'a dit Maud Perrigny » wants her words, not the next speaker's."""
    text = "« La halle vivra », dit Maud Perrigny. « Le port attend », dit Jonas Tavelet."
    spans = [(text.index(words), words) for words in ("La halle vivra", "Le port attend")]
    quotes = tuple(
        Quote(Span(start, start + len(words)), speaker)
        for (start, words), speaker in zip(spans, ("Maud Perrigny", "Jonas Tavelet"), strict=True)
    )
    spoken = [
        one["spoken"] for one in traits("Qu'a dit Maud Perrigny ?", replace(release(text), quotes=quotes)).values()
    ]
    assert spoken == [1.0, 0.0]


def test_the_last_turn_of_a_conversation_is_read_apart() -> None:
    """What a follow-up asks itself stands in « latest »."""
    asked = assignment("Et les étals ?", HALL, standalone="Quand rouvre la halle ? Et les étals ?")
    read = {one.span.of(one.release.text): one.traits["latest"] for one in sentences(asked, kinds("Et les étals ?"))}
    assert read["Elle compte 23 étals."] == 1.0
    assert read["La halle aux poissons rouvre le 20 septembre 2031."] == 0.0


def test_a_heading_says_nothing() -> None:
    """The title again is no sentence that answers."""
    told = release("La halle aux poissons rouvre\n\nElle compte 23 étals.", title="La halle aux poissons rouvre")
    assert is_heading(told, Span(0, 28))
    assert list(traits("Que fait la halle ?", told)) == ["Elle compte 23 étals."]


def test_nothing_found_has_no_sentences() -> None:
    """Without hits there is nothing to weigh."""
    assert sentences(assignment("Quand ?"), kinds("Quand ?")) == []
