"""Conversations on the page: kept as they go on, listed, opened again as they may be seen today."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kept import ANNE, BRUNO, CAROLE, NOBODY, KeptRoom, words

from assistant.answer import Question
from assistant.desk import Desk
from conftest import NOW
from hostile import HOSTILE, Elements
from store.answers import Told
from store.archive import Archive
from store.catalogue import Added
from store.conversations import Exchange
from store.records import Correction, CorrectionKind, Scope, Span

Shelve = Callable[..., Added]
BRIDGE = "Le pont de la Varlone rouvre lundi. Sa réfection a coûté 3,4 millions d'euros."
FERRY = "La navette fluviale coûtera 2 euros. Elle partira du quai chaque matin."
ASKED = "Combien a coûté la réfection du pont de la Varlone ?"


@pytest.fixture
def kept(archive: Archive, tmp_path: Path) -> Iterator[KeptRoom]:
    room = KeptRoom(archive, tmp_path)
    yield room
    room.notebook.close()


def bridge(shelve: Shelve, **facts: Any) -> str:
    return shelve(BRIDGE, title="Le pont rouvre lundi", reference="cp-pont", **facts).release_id


def test_a_conversation_begins_with_its_first_answer_and_opens_again(kept: KeptRoom, shelve: Shelve) -> None:
    """With its question, its sentences and their citations, and what was consulted."""
    bridge(shelve)
    shown = kept.ask(ASKED)
    assert 'data-conversation="c1"' in shown.html
    [again] = kept.room.reopened("c1", ANNE) or ()
    assert (again.question, again.answer, again.releases) == (ASKED, shown.answer, shown.releases)
    assert "3,4 millions" in words(again.html)
    assert 'class="cite"' in again.html
    assert 'class="since"' not in again.html
    assert "Recherche menée dans" in words(again.html)


def test_follow_ups_go_on_after_it_is_opened_again(kept: KeptRoom, shelve: Shelve) -> None:
    """The desk is told what was asked before, and the ids of the answers."""
    bridge(shelve)
    kept.ask(ASKED)
    past = kept.room.reopened("c1", ANNE)
    assert past is not None
    kept.ask("Et quand rouvre-t-il ?", past=past)
    turns = kept.conversations.turns("anne", "c1", NOW)
    assert [turn.question for turn in turns] == [ASKED, "Et quand rouvre-t-il ?"]
    record = kept.answers.told(turns[1].answer_id or "", NOW).record
    assert record["history"] == [{"question": ASKED, "releases": list(past[0].releases), "answer": past[0].answer}]


def test_what_is_asked_again_takes_the_place_of_what_was_answered(kept: KeptRoom, shelve: Shelve) -> None:
    """A question put right is kept once, with its last answer."""
    bridge(shelve)
    first = kept.ask(ASKED)
    second = kept.ask(ASKED, again=first.answer or "")
    assert [turn.answer_id for turn in kept.conversations.turns("anne", "c1", NOW)] == [second.answer]


def test_only_its_owner_opens_it(kept: KeptRoom, shelve: Shelve) -> None:
    """For anybody else it is not there, whether they list, search, rename or delete."""
    bridge(shelve)
    kept.ask(ASKED)
    assert kept.room.reopened("c1", BRUNO) is None
    assert kept.room.reopened("c1", NOBODY) is None
    assert kept.room.reopened("../c1' OR 1=1", ANNE) is None
    bruno = kept.as_(BRUNO)
    assert "pont" not in bruno.get("/room/conversations/list").text
    assert "c1" not in bruno.get("/room/conversations/list?q=pont").text
    assert bruno.post("/room/conversations/c1/title", json={"title": "À moi"}).status_code == 404
    assert bruno.post("/room/conversations/c1/delete").status_code == 404
    assert kept.as_(NOBODY).get("/room/conversations/list").status_code == 403
    assert "pont" in kept.as_(ANNE).get("/room/conversations/list").text


def test_the_public_has_no_conversations(kept: KeptRoom, shelve: Shelve) -> None:
    """What strangers ask is answered, and kept as nobody's."""
    bridge(shelve)
    shown = kept.ask(ASKED, NOBODY)
    assert 'data-conversation=""' in shown.html
    assert 'class="judging"' not in shown.html
    assert kept.conversations.listed("", NOW) == []


def test_an_answer_whose_release_was_withdrawn_is_flagged(kept: KeptRoom, archive: Archive, shelve: Shelve) -> None:
    """The notice says when, and not to quote it; the words are gone from the page; the list says so too."""
    release = bridge(shelve)
    kept.ask(ASKED)
    assert "À revoir" not in words(kept.as_(ANNE).get("/room/conversations/list").text)
    archive.withdraw(release, "erreur", datetime(2026, 3, 1, 12, tzinfo=UTC))
    [again] = kept.room.reopened("c1", ANNE) or ()
    assert "[1] [2] Communiqué retiré le 1er mars 2026." in words(again.html)
    assert "Ne citez plus cette réponse" in words(again.html)
    assert "Reposer la question" in words(again.html)
    assert "3,4 millions" not in again.html
    assert "Le pont rouvre" not in again.html
    assert "[…]" in words(again.html)
    assert "À revoir" in words(kept.as_(ANNE).get("/room/conversations/list").text)


def test_a_new_version_asks_for_a_check(kept: KeptRoom, shelve: Shelve) -> None:
    """The notice leads to the version that stands."""
    release = bridge(shelve)
    kept.ask(ASKED)
    shelve(BRIDGE.replace("3,4", "4,1"), title="Le pont rouvre lundi", reference="cp-pont")
    [again] = kept.room.reopened("c1", ANNE) or ()
    assert "[1] [2] Communiqué corrigé" in words(again.html)
    assert "Vérifiez avant de citer cette réponse" in words(again.html)
    assert f'data-release="{release}" data-version="2"' in again.html
    assert "3,4 millions" not in again.html


def test_what_was_corrected_before_is_no_news(kept: KeptRoom, shelve: Shelve) -> None:
    """A release that another had corrected already flags nothing; one that does so later flags the answer."""
    corrected = bridge(shelve)
    said = "Rectificatif au communiqué cp-pont : la réfection du pont de la Varlone a coûté 3,5 millions d'euros."
    correction = Correction(Span(0, 12), CorrectionKind.CORRECTS, None, "cp-pont", None)
    shelve(said, title="Rectificatif", reference="cp-rectificatif", corrects=correction)
    for talk, given in (("before", NOW - timedelta(hours=1)), ("after", NOW + timedelta(hours=1))):
        kept.answers.keep(Told(f"a-{talk}", given, "staff", "?", ((corrected, 1),)))
        kept.conversations.add("anne", talk, Exchange("?", given, f"a-{talk}"), "")
    kept.now = NOW + timedelta(hours=2)
    listed = kept.as_(ANNE).get("/room/conversations/list").text
    assert listed.index('data-id="after"') < listed.index('data-id="before"') < listed.index('class="flag"')
    assert listed.count('class="flag"') == 1


def test_what_a_visitor_may_not_see_any_more_is_left_out(kept: KeptRoom, shelve: Shelve) -> None:
    """An answer given to staff, opened by the same person as the public: no word of what is under embargo."""
    bridge(shelve, embargo=datetime(2031, 1, 1, tzinfo=UTC))
    shown = kept.ask(ASKED)
    assert "3,4" in shown.html
    [again] = kept.room.reopened("c1", replace(ANNE, scope=Scope.PUBLIC)) or ()
    assert "3,4" not in again.html
    assert "Le pont rouvre" not in again.html
    assert "ne peut plus être montré" in words(again.html)


def test_an_answer_that_is_not_kept_any_more_can_be_asked_for_again(kept: KeptRoom, shelve: Shelve) -> None:
    """The question stands there, and a damaged record spoils no other turn."""
    bridge(shelve)
    shown = kept.ask(ASKED)
    kept.conversations.add("anne", "c1", Exchange("Une question perdue ?", NOW, "a-lost"), "")
    told = replace(kept.answers.told(shown.answer or "", NOW), id="a-damaged", record={"format": 1})
    kept.answers.keep(told)
    kept.conversations.add("anne", "c1", Exchange("Une question abîmée ?", NOW, "a-damaged"), "")
    first, lost, damaged = kept.room.reopened("c1", ANNE) or ()
    assert "3,4 millions" in words(first.html)
    for turn in (lost, damaged):
        assert "Cette réponse n’est pas conservée." in words(turn.html)
        assert "Reposer la question" in words(turn.html)


def test_an_answer_that_was_broken_off_is_kept_as_far_as_it_was_shown(kept: KeptRoom, shelve: Shelve) -> None:
    """It is in the conversation under the id of its record, and says what happened."""
    bridge(shelve)
    kept.archive.flush()

    class Stopping(Desk):
        def events(self, question: Question, scope: Scope) -> Any:
            for event in kept.desk.events(question, scope):
                yield event
                if type(event).__name__ == "Wrote":
                    return

    room = replace(kept.room, desk=Stopping(kept.archive, lambda: NOW))
    *_, (_html, turn) = room.answered(Question(ASKED), (), ANNE, "c1")
    assert turn is not None
    assert turn.answer
    [again] = room.reopened("c1", ANNE) or ()
    assert "Cette réponse a été interrompue." in words(again.html)
    assert 'class="sentence"' in again.html


def test_two_windows_on_one_conversation_lose_nothing(kept: KeptRoom, shelve: Shelve) -> None:
    """Each asks on from what it shows; opened again, all of it is there."""
    bridge(shelve)
    shelve(FERRY, title="La navette")
    first = kept.ask(ASKED)
    kept.ask("Combien coûtera la navette fluviale ?", past=(first,))
    kept.ask("D’où partira la navette fluviale ?", past=(first,))
    assert [turn.question for turn in kept.room.reopened("c1", ANNE) or ()] == [
        ASKED,
        "Combien coûtera la navette fluviale ?",
        "D’où partira la navette fluviale ?",
    ]


def test_the_list_is_told_by_day(kept: KeptRoom) -> None:
    """Today, yesterday, this week, earlier: by the calendar of Paris; and how many questions each has."""
    for talk, hours in (("c1", 1), ("c2", 20), ("c3", 24 * 9)):
        given = NOW - timedelta(hours=hours)
        kept.conversations.add("anne", talk, Exchange(f"Question {talk} ?", given, "a"), "")
    read = words(kept.as_(ANNE).get("/room/conversations/list").text)
    headings = [
        "Aujourd’hui",
        "Question c1 ?",
        "9 h",
        "1 question",
        "Hier",
        "Question c2 ?",
        "Plus ancien",
        "21 février 2026",
    ]
    places = [read.index(each) for each in headings]
    assert places == sorted(places)


def test_a_long_list_comes_in_pages(kept: KeptRoom) -> None:
    """Each day is a heading once; the last page offers no other."""
    for number in range(60):
        kept.conversations.add("anne", f"c{number}", Exchange(f"Question {number} ?", NOW, "a"), "")
    anne = kept.as_(ANNE)
    first = anne.get("/room/conversations/list").text
    assert first.count('class="conversation"') == 50
    assert 'data-offset="50" data-after="today"' in first
    second = anne.get("/room/conversations/list?offset=50&after=today").text
    assert second.count('class="conversation"') == 10
    assert "Aujourd’hui" not in second
    assert "data-offset" not in second


def test_it_is_found_renamed_and_deleted(kept: KeptRoom, shelve: Shelve) -> None:
    """By a word of the answer, without accents; the new title leads its line; deleted, it is gone."""
    bridge(shelve)
    kept.ask(ASKED)
    anne = kept.as_(ANNE)
    assert "c1" in anne.get("/room/conversations/list?q=refection MILLIONS").text
    assert "Aucune conversation ne contient « zèbre »." in words(anne.get("/room/conversations/list?q=zèbre").text)
    line = anne.post("/room/conversations/c1/title", json={"title": "Le pont, pour Ouest-Presse"})
    assert "Le pont, pour Ouest-Presse" in words(line.text)
    assert anne.post("/room/conversations/c1/title", json={"title": "x" * 5_000}).status_code == 422
    assert anne.post("/room/conversations/c1/delete").status_code == 200
    assert anne.post("/room/conversations/c1/delete").status_code == 404
    assert kept.room.reopened("c1", ANNE) is None
    assert "Pas encore de conversation" in words(anne.get("/room/conversations/list").text)


def test_nothing_changes_but_through_the_page_itself(kept: KeptRoom, shelve: Shelve) -> None:
    """Without the page's header, neither renamed nor deleted."""
    bridge(shelve)
    kept.ask(ASKED)
    stranger = kept.as_(ANNE)
    del stranger.headers["x-porte-parole"]
    assert stranger.post("/room/conversations/c1/delete").status_code == 403
    assert stranger.post("/room/conversations/c1/title", json={"title": "x"}).status_code == 403
    assert kept.room.reopened("c1", ANNE)


def test_where_nothing_is_kept_the_pane_says_so(archive: Archive, tmp_path: Path, shelve: Shelve) -> None:
    """And a question is answered as ever."""
    bridge(shelve)
    none = KeptRoom(archive, tmp_path, days=0)
    assert "3,4 millions" in words(none.ask(ASKED).html)
    assert "PORTE_PAROLE_RECORDS_DAYS" in none.as_(ANNE).get("/room/conversations").text
    assert none.as_(ANNE).get("/room/conversations/list").status_code == 404
    assert none.room.reopened("c1", ANNE) is None
    assert "gardée 365 jours" in words(KeptRoom(archive, tmp_path).as_(ANNE).get("/room/conversations").text)


def test_no_title_or_question_becomes_more_than_words(kept: KeptRoom) -> None:
    """Whatever was asked, or written as a title, and wherever it is shown."""
    anne = kept.as_(ANNE)
    kept.conversations.add("anne", "calm", Exchange("?", NOW, "a"), "")
    calm = _made_of(anne.get("/room/conversations/list").text) | _made_of(_drawn(kept, "calm"))
    more = {("button", "data-offset"), ("button", "data-after"), ("strong", "")}
    for name, text in HOSTILE:
        kept.conversations.add("anne", f"asked-{name}", Exchange(text, NOW, "a-1"), text)
        kept.conversations.add("anne", f"named-{name}", Exchange("?", NOW, "a-2"), "")
        title = json.dumps({"title": text[:200]})
        json_ = {"content-type": "application/json"}
        assert anne.post(f"/room/conversations/named-{name}/title", content=title, headers=json_).status_code in (
            200,
            422,
        )
        sought = text[:200].encode("utf-8", "replace").decode()
        assert _made_of(anne.get("/room/conversations/list", params={"q": sought}).text) <= calm | more
        assert _made_of(_drawn(kept, f"asked-{name}")) <= calm
    for offset in (0, 50):
        assert _made_of(anne.get(f"/room/conversations/list?offset={offset}").text) <= calm | more


def _made_of(page: str) -> set[tuple[str, str]]:
    """The elements of a page, and the attributes of each."""
    found = Elements(page)
    return {(tag, "") for tag in found.tags} | {(tag, name) for tag, name, _ in found.attributes}


def _drawn(kept: KeptRoom, talk: str) -> str:
    return "".join(turn.html for turn in kept.room.reopened(talk, ANNE) or ())


def test_an_archivist_meets_only_their_own(kept: KeptRoom, shelve: Shelve) -> None:
    """Seeing to the archive is no right to read what others ask."""
    bridge(shelve)
    kept.ask(ASKED)
    assert kept.room.reopened("c1", CAROLE) is None
