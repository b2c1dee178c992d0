"""How a turn of the conversation is drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from assistant.answer import (
    Abstention,
    Answer,
    Citation,
    Evidence,
    Finished,
    Found,
    Notice,
    Noticed,
    Searched,
    Sentence,
    Understood,
    Wrote,
)
from assistant.inferred import Inferred
from assistant.web.conversation import Turn, drawn
from assistant.web.messages import Messages
from conftest import release
from store.period import Period
from store.records import Contact, Filters, Release, Span, Status

FR, EN = Messages("fr"), Messages("en")
TEXT = "Le pont rouvre lundi. Il a coûté 3 millions d'euros.\n\nLes cyclistes y auront une voie."
BRIDGE = replace(release(TEXT, title="Le pont rouvre", reference="CP-1"), id="2025-05-06-pont", version=1)
OTHER = replace(BRIDGE, id="2025-05-07-gare", title="La gare ferme")
SEARCHED = Searched(12, date(2024, 1, 5), date(2025, 5, 6))
HOSTILE = "\"><img src=x onerror=alert(1)> <script>alert(1)</script> ' onclick='x' {{7*7}} ${1} &lt;b&gt;"


class Elements(HTMLParser):
    """The elements, attributes and text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def cited(number: int, quote: str, of: Release = BRIDGE) -> Citation:
    start = of.text.index(quote)
    span = Span(start, start + len(quote))
    return Citation(number, of.id, of.reference, of.version, of.title, of.issuer, of.published, of.url, 2, span, quote)


def answered(*quotes: tuple[str, Release]) -> Turn:
    citations = tuple(cited(n, quote, of) for n, (quote, of) in enumerate(quotes, start=1))
    sentences = tuple(Sentence(each.quote, (each.number,)) for each in citations)
    evidence = tuple(Evidence(each, 0.9, TEXT, Span(0, len(TEXT))) for each in (BRIDGE, OTHER))
    return Turn("Combien ?").after(
        Finished(Answer("Combien ?", "Combien ?", Filters(), sentences, citations, None, evidence, SEARCHED))
    )


def test_events_fill_a_turn() -> None:
    """After each event a turn holds all that is known so far; the last one settles it."""
    turn = Turn("Combien ?")
    assert "Recherche" in drawn(turn, FR)
    turn = turn.after(Understood("Combien a coûté le pont ?", Filters(Period(date(2025, 5, 1), date(2025, 5, 31)))))
    assert "Combien a coûté le pont\u00a0?" in drawn(turn, FR)
    assert "mai 2025" in drawn(turn, FR)
    turn = turn.after(Found((Evidence(BRIDGE, 0.9, TEXT, Span(0, 21)),), SEARCHED))
    assert "Lecture d’un communiqué" in drawn(turn, FR)
    citation = cited(1, "Il a coûté 3 millions d'euros.")
    turn = turn.after(Wrote(Sentence(citation.quote, (1,)), (citation,)))
    assert "3 millions" in drawn(turn, FR)
    assert 'class="working"' in drawn(turn, FR)
    whole = answered((citation.quote, BRIDGE))
    assert 'class="working"' not in drawn(whole, FR)
    assert "12 communiqués, du 5 janvier 2024 au 6 mai 2025" in drawn(whole, FR)


def test_cited_first_consulted_folded() -> None:
    """Cited releases stand beside the answer, each once; the rest is folded away below."""
    html = drawn(answered(("Le pont rouvre lundi.", BRIDGE), ("Il a coûté 3 millions d'euros.", BRIDGE)), FR)
    shown, folded = html.split("<details", 1)
    assert shown.count('class="card"') == 1
    assert "Consultés (1)" in folded
    assert "La gare ferme" in folded
    assert "La gare ferme" not in shown
    assert "page\u00a02" in shown


def test_sentences_that_follow_each_other_stay_together() -> None:
    """Neighbours in a release share a paragraph; what comes from elsewhere begins another."""
    near = answered(("Le pont rouvre lundi.", BRIDGE), ("Il a coûté 3 millions d'euros.", BRIDGE))
    far = answered(("Le pont rouvre lundi.", BRIDGE), ("Il a coûté 3 millions d'euros.", OTHER))
    paragraphs = [drawn(turn, FR).split('class="answer">')[1].split("</div>")[0].count("<p>") for turn in (near, far)]
    assert paragraphs == [1, 2]


def test_our_words_stand_before_the_release_s_and_begin_a_paragraph() -> None:
    """A lead-in is told apart from what is quoted; without one, a release's sentences stay together."""
    turn = answered(("Le pont rouvre lundi.", BRIDGE), ("Les cyclistes y auront une voie.", BRIDGE))
    first, second = turn.sentences
    led = replace(turn, sentences=(replace(first, lead_in="Selon la Ville, 6 mai 2025 :"), second))
    html = drawn(led, FR).split('class="answer">')[1].split("</div>")[0]
    assert html.count("<p>") == 1
    assert '<span class="lead-in">Selon la Ville, 6 mai 2025\u00a0:</span> <span class="sentence">Le pont' in html
    both = replace(led, sentences=(led.sentences[0], replace(second, lead_in="Nadia Lemercanton :")))
    assert drawn(both, FR).split('class="answer">')[1].split("</div>")[0].count("<p>") == 2


def test_a_list_is_marked_once() -> None:
    """Items cited with their whole list have one marker, behind the last."""
    turn = answered(("Le pont rouvre lundi.", BRIDGE))
    items = tuple(Sentence(text, (1,)) for text in ("Horaires :", "– lundi ;", "• mardi."))
    html = drawn(replace(turn, sentences=items), FR).split('class="answer">')[1].split("</div>")[0]
    assert html.count('class="cite"') == 1
    assert html.count('class="sentence item"') == 2
    assert "– " not in html
    assert html.index("mardi") < html.index('class="cite"')


def test_what_must_be_known_stands_below_the_answer() -> None:
    """Each notice once, as text, with the releases it is about to open; beside an abstention too."""
    notice = Notice("corrected", f"Corrigé le 7 mai 2025 {HOSTILE}", (OTHER.id, "inconnu"))
    turn = answered(("Le pont rouvre lundi.", BRIDGE)).after(Noticed(notice)).after(Noticed(notice))
    html = drawn(turn, FR)
    assert html.count('class="notice corrected"') == 1
    assert html.index("Le pont rouvre") < html.index("Corrigé le 7 mai 2025")
    assert html.split('class="notices"')[1].split("</ul>")[0].count("La gare ferme") == 1
    assert "img" not in Elements(str(html)).names
    abstained = replace(turn, abstention=Abstention("not_in_archive", "Aucun communiqué ne le dit."))
    assert "Corrigé le 7 mai 2025" in drawn(abstained, FR)


def test_an_abstention_cites_nothing() -> None:
    """Where nothing answers, the reason, whom to call and the nearest releases are shown as such."""
    answer = Answer(
        "Combien ?", "Combien ?", Filters(), (), (),
        Abstention("not_in_archive", "Aucun communiqué ne le dit.", (Contact("Ana Brel", None, "01 99 00 00 01"),)),
        (Evidence(BRIDGE, 0.1, TEXT, Span(0, 21)),), SEARCHED,
    )  # fmt: skip
    html = drawn(Turn("Combien ?").after(Finished(answer)), FR)
    assert "Aucun communiqué ne le dit." in html
    assert "Ana Brel" in html
    assert "Les plus proches, sans y répondre" in html
    assert 'class="cite"' not in html


@pytest.mark.parametrize(
    ("phone", "email", "links"),
    [
        ("+33 (0)1 99 00 00 01", "ana@brel.example", ["tel:+33199000001", "mailto:ana@brel.example"]),
        ("01 99 00 00 01 / 06 99 00 00 02", None, ["tel:0199000001", "tel:0699000002"]),
        ("poste 12 javascript:alert(1)", "ana@brel.example?body=<b>", []),
        ('"><script>', "javascript:alert(1)@brel.example", []),
    ],
)
def test_whom_to_call_is_a_link_where_it_plainly_is_one(phone: str, email: str | None, links: list[str]) -> None:
    """A telephone or an address that is one can be followed; anything else is only text."""
    contacts = (Contact("Ana Brel", None, phone, email),)
    turn = replace(answered(), abstention=Abstention("not_in_archive", "Rien.", contacts))
    assert re.findall(r'href="([^"]*)"', drawn(turn, FR)) == links


def test_words_in_another_language_are_marked() -> None:
    """What a release says in its language, and what is answered in the asker's, is told to whoever reads aloud."""
    english = replace(BRIDGE, language="en")
    turn = replace(answered(("Le pont rouvre lundi.", english)), evidence=(Evidence(english, 0.9, TEXT, Span(0, 9)),))
    assert '<span class="sentence" lang="en">' in drawn(turn, FR)
    assert 'lang="en"' not in drawn(turn, EN)
    own = replace(turn, sentences=(Sentence("Selon nous, tout va.", (1,)),), inferred=Inferred("de"))
    assert '<span class="sentence" lang="de">' in drawn(own, FR)


def test_what_was_put_right_looks_so() -> None:
    """What was chosen says that it was; every chip names what takes it back."""
    chosen = Filters(Period(date(2025, 5, 1), date(2025, 5, 31)), ("Ville <b>",))
    turn = Turn("Combien ?", declined=("topic",), chosen=chosen).after(Understood("Combien ?", chosen))
    html = drawn(turn, FR)
    assert html.count('class="chip by-hand"') == 2
    assert "Période choisie" in html
    assert 'data-decline="issuer:Ville &lt;b&gt;"' in html
    assert 'class="restore"' in html
    assert 'class="restore"' not in drawn(Turn("Combien ?").after(Understood("Combien ?", Filters())), FR)


@pytest.mark.parametrize(("state", "words"), [("stopped", "interrompue"), ("failed", "n’a pas pu être donnée")])
def test_what_was_shown_stays_when_an_answer_breaks_off(state: str, words: str) -> None:
    """A turn that was stopped or failed keeps its sentences, says that it is incomplete, and can be asked again."""
    whole = answered(("Le pont rouvre lundi.", BRIDGE))
    broken = replace(whole, finished=False, stopped=state == "stopped", failed=state == "failed")
    html = drawn(broken, FR)
    assert "Le pont rouvre" in html
    assert words in html
    assert f'data-state="{state}"' in html
    assert 'class="again"' in html
    assert 'class="working"' not in html


def test_a_failure_has_its_own_words() -> None:
    """A question that failed says what to do, and nothing of the inside."""
    assert "reposez la question" in drawn(Turn("Combien ?", failed=True), FR)


@pytest.mark.parametrize("status", [Status.EMBARGOED, Status.WITHDRAWN, Status.SUPERSEDED])
def test_whoever_may_not_quote_is_warned(status: Status) -> None:
    """A release that is not simply published carries a badge that says so."""
    held = replace(BRIDGE, status=status)
    turn = replace(answered(("Le pont rouvre lundi.", held)), evidence=(Evidence(held, 0.9, TEXT, Span(0, 9)),))
    assert 'class="badge"' in drawn(turn, FR)
    assert 'class="badge"' not in drawn(answered(("Le pont rouvre lundi.", BRIDGE)), FR)


def test_nothing_is_taken_for_markup() -> None:
    """Whatever a question or a release says is text: no element, no handler comes of it."""
    text = f"Le prix {HOSTILE} est fixé."
    nasty = replace(
        release(text, title=HOSTILE, issuer=HOSTILE, reference=HOSTILE, url="javascript:alert(1)"),
        id=HOSTILE,
        version=1,
    )
    turn = replace(
        answered((text, nasty)),
        question=HOSTILE,
        standalone=HOSTILE + " ?",
        filters=Filters(issuers=(HOSTILE,), languages=(HOSTILE,)),
    )
    elements = Elements(str(drawn(turn, FR)))
    assert not {"img", "script", "b"} & set(elements.names)
    assert not [name for name in elements.attributes if name.startswith("on")]
    assert elements.text.count("<script>alert(1)</script>") >= 4


def test_both_languages_say_everything() -> None:
    """Every text exists in French and in English, with the same fields."""
    from string import Formatter

    from assistant.web import messages

    for key, texts in messages._CATALOGUE.items():
        fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts]
        assert fields[0] == fields[1], key
    assert "Releases cited" in drawn(
        answered(("Le pont rouvre lundi.", BRIDGE), ("Il a coûté 3 millions d'euros.", OTHER)), EN
    )
