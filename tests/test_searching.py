"""The routes of search, verbatims and timelines: what an address says is what the list holds, for each visitor."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qsl

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.desk import Desk
from assistant.web.callers import Everybody
from assistant.web.panes import finding, spoken, timeline
from assistant.web.room import Parts, Room
from conftest import NOW
from hostile import HOSTILE, Elements
from store.archive import Archive
from store.catalogue import Added
from store.records import Quote, Span

Shelve = Callable[..., Added]
Door = Callable[..., str]
LIFTS = NOW + timedelta(hours=3)
TRAM = "Le tramway de Sarvelle roulera dès septembre. « Il sera gratuit », dit Ada Morel."
BUDGET = "Le budget du port est voté. « Les comptes sont tenus », dit Luc Perrin."


def quoted(text: str, words: str, speaker: str, role: str | None = None, *, indirect: bool = False) -> Quote:
    start = text.index(words)
    return Quote(Span(start, start + len(words)), speaker, role, indirect=indirect)


@pytest.fixture
def door(archive: Archive) -> Door:
    """Asks the routes as somebody at this machine does, or as the public; gives what is read, or all of it."""

    def ask(
        path: str, bound: str = "127.0.0.1", *, spoken_in: str = "fr", whole: bool = False, **params: object
    ) -> str:
        app = FastAPI()
        app.state.room = Room(Desk(archive, lambda: NOW), archive, Everybody(bound), lambda: NOW, Parts())
        for pane in (finding, spoken, timeline):
            app.include_router(pane.routes())
        client = TestClient(app, base_url="http://127.0.0.1", cookies={"language": spoken_in})
        got = client.get(f"/room/{path}", params=params)  # type: ignore[arg-type]
        assert got.status_code == 200, got.text
        return got.text if whole else Elements(got.text).text.replace("\u00a0", " ").replace("\u202f", " ")

    return ask


@pytest.fixture
def shelves(archive: Archive, shelve: Shelve) -> None:
    shelve(
        TRAM, title="Le tramway arrive", reference="cp-1", published=date(2024, 3, 5), rubric="Transports",
        quotes=(quoted(TRAM, "Il sera gratuit", "Ada Morel", "maire de Sarvelle"),),
    )  # fmt: skip
    shelve(
        BUDGET, title="Le port vote", reference="cp-2", published=date(2025, 5, 6), issuer="Port de Sarvelle",
        quotes=(quoted(BUDGET, "Les comptes sont tenus", "Luc Perrin"),),
    )  # fmt: skip
    shelve("The tram is free.", title="Free tram", reference="cp-3", published=date(2025, 6, 1), language="en")
    shelve("Le phare secret.", title="Secret du phare", reference="cp-4", issuer="Phare secret", embargo=LIFTS)
    archive.flush()


def links(page: str) -> dict[str, dict[str, list[str]]]:
    """The parameters that each link of a page leads to, by its text."""
    found: dict[str, dict[str, list[str]]] = {}
    for href, text in re.findall(r'<a [^>]*href="#\w+\??([^"]*)"[^>]*>(.*?)</a>', page):
        told = " ".join(Elements(text).text.split())
        for key, value in parse_qsl(unescape(href)):
            found.setdefault(told, {}).setdefault(key, []).append(value)
        found.setdefault(told, {})
    return found


def titles(page: str) -> list[str]:
    return re.findall(r'<li class="finding"><h4><button[^>]*>([^<]*)</button>', page)


def test_without_words_every_release_is_listed_newest_first(door: Door, shelves: None) -> None:
    """Exact and whole; the staff's list holds what is under embargo, marked; the public's does not."""
    page = door("find", whole=True)
    assert titles(page) == ["Free tram", "Secret du phare", "Le port vote", "Le tramway arrive"]
    assert "Sous embargo jusqu’au" in page
    public = door("find", "0.0.0.0", whole=True)
    assert titles(public) == ["Free tram", "Le port vote", "Le tramway arrive"]
    assert "secret" not in public.lower()
    assert "embargo" not in public.lower()
    assert titles(door("find", order="oldest", whole=True))[0] == "Le tramway arrive"


def test_words_find_what_is_near_marked_and_told_why(door: Door, shelves: None) -> None:
    """The matching words are marked, in the passage; the reasons are in words."""
    page = door("find", q="tramways", whole=True)
    assert titles(page)[0] == "Le tramway arrive"
    assert "<mark>tramway</mark>" in page
    assert "mots : tramways" in door("find", q="tramways")


def test_words_that_are_filters_give_the_exact_list_and_can_be_taken_back(door: Door, shelves: None) -> None:
    """« communiqués de mai 2025 » is that month's list; a period taken back is not read again until wished."""
    page = door("find", q="Tous les communiqués de mai 2025", whole=True)
    assert titles(page) == ["Secret du phare", "Le port vote"]
    assert "Lu dans vos mots : période" in Elements(page).text.replace("\u00a0", " ")
    off = re.search(r'class="off" href="([^"]*no=period[^"]*)"', page)
    assert off is not None
    declined = door("find", q="Tous les communiqués de mai 2025", no="period", whole=True)
    assert "Lu dans vos mots" not in declined
    assert "Relire « Période » dans vos mots" in Elements(declined).text.replace("\u00a0", " ")


def test_filters_given_are_used_as_they_are(door: Door, shelves: None) -> None:
    """Each narrows; a period given stands in place of the one the words say."""
    assert titles(door("find", rubric="Transports", whole=True)) == ["Le tramway arrive"]
    assert titles(door("find", language="en", whole=True)) == ["Free tram"]
    assert titles(door("find", issuer="Port de Sarvelle", whole=True)) == ["Le port vote"]
    assert titles(door("find", **{"from": "2025-05-06", "to": "2025-05-06"}, whole=True))[-1] == "Le port vote"
    given = {"from": "2024-01-01", "to": "2024-12-31", "q": "Tous les communiqués de mai 2025"}
    assert titles(door("find", **given, whole=True)) == ["Le tramway arrive"]


def test_what_a_facet_counts_is_what_its_link_gives(door: Door, shelves: None) -> None:
    """Every facet link, followed, gives as many releases as it says."""
    page = door("find", whole=True)
    facets = page.split('<div class="list">')[0].split('class="facets"')[1]
    followed = 0
    for told, params in links(facets).items():
        name, _, count = told.rpartition(" ")
        assert name
        assert len(titles(door("find", **params, whole=True))) == int(count), told
        followed += 1
    assert followed >= 8


def test_a_chosen_facet_is_taken_back_by_its_link(door: Door, shelves: None) -> None:
    """The address carries all: each link changes one thing and keeps the others."""
    page = door("find", issuer="Port de Sarvelle", **{"from": "2025-01-01"}, whole=True)
    found = links(page)
    assert found["Port de Sarvelle"] == {"from": ["2025-01-01"]}
    assert found["les plus anciens"] == {"issuer": ["Port de Sarvelle"], "from": ["2025-01-01"], "order": ["oldest"]}


def test_pages_follow_each_other(door: Door, shelve: Shelve) -> None:
    """Twenty a page; the last has no next; a page beyond says so and leads back."""
    for number in range(45):
        shelve(f"Texte {number}.", title=f"Titre {number:02}", reference=f"cp-{number}")
    found = [title for page in (1, 2, 3) for title in titles(door("find", page=page, whole=True))]
    assert len(found) == len(set(found)) == 45
    assert links(door("find", whole=True))["Page suivante →"] == {"page": ["2"]}
    last = door("find", page=3, whole=True)
    assert "Page suivante" not in last
    assert "41 à 45 sur 45" in Elements(last).text
    assert "Cette page n’existe pas" in door("find", page=9)


def test_nothing_found_says_what_to_take_back(door: Door, shelves: None) -> None:
    """Each filter in force is a way out; an empty archive says that it is."""
    page = door("find", issuer="Inconnu", language="en", whole=True)
    assert "Aucun communiqué ne correspond" in page
    ways = {told.replace("\u00a0", " "): to for told, to in links(page.split('class="ways-out"')[1]).items()}
    assert ways == {"Retirer « Inconnu »": {"language": ["en"]}, "Retirer « anglais »": {"issuer": ["Inconnu"]}}


def test_an_empty_archive_says_so(door: Door) -> None:
    """In each tab."""
    assert "L’archive est vide" in door("find")
    assert "ne cite encore personne" in door("verbatims")
    assert "Aucun communiqué daté" in door("timeline")


def test_a_day_that_is_none_is_told(door: Door, shelves: None) -> None:
    """And the rest of the address stands; days the wrong way round are turned."""
    page = door("find", **{"from": "demain"})
    assert "« demain » n’est pas une date" in page
    assert "4 communiqués" in page
    assert titles(door("find", **{"from": "2024-12-31", "to": "2024-01-01"}, whole=True)) == ["Le tramway arrive"]


def test_statuses_are_the_archivists(door: Door, archive: Archive, shelves: None) -> None:
    """Whoever sits at the machine may list what was withdrawn; the public's address cannot ask for it."""
    archive.withdraw("cp-2", "erreur", NOW)
    assert titles(door("find", status="withdrawn", whole=True)) == ["Le port vote"]
    assert titles(door("find", "0.0.0.0", status="withdrawn", whole=True)) == ["Free tram", "Le tramway arrive"]
    assert "port vote" not in door("find", "0.0.0.0", q="port vote").lower().replace("« port vote", "")


def test_the_tabs_are_in_the_visitors_language(door: Door, shelves: None) -> None:
    """No French is left in English, but the releases' own words."""
    page = door("find", spoken_in="en", q="tramway")
    assert "Search the archive" in page
    assert not re.search(r"\b(?:communiqués|proches|Trier|Année|Retirer|mots)\b", page)
    said = door("verbatims", spoken_in="en")
    assert "2 quotes" in said
    assert not re.search(r"\b(?:citations|Fonction|Afficher|Copier)\b", said)


def test_verbatims_are_the_words_with_speaker_office_day_and_release(door: Door, shelves: None) -> None:
    """Each opens its release at the words, and is copied with its reference."""
    page = door("verbatims", speaker="ada morel", whole=True)
    text = Elements(page).text.replace("\u00a0", " ")
    assert "« Il sera gratuit »" in text
    assert "Ada Morel, maire de Sarvelle" in text
    start = TRAM.index("Il sera")
    assert f'data-start="{start}" data-end="{start + len("Il sera gratuit")}"' in page
    copied = re.search(r'data-copy="([^"]*)"', page)
    assert copied is not None
    assert unescape(copied[1]).replace("\u00a0", " ") == (
        "« Il sera gratuit »\nAda Morel, maire de Sarvelle. Métropole de Sarvelle, « Le tramway arrive », "
        "5 mars 2024, Référence cp-1."
    )


def test_a_name_typed_is_its_speaker_or_a_choice_of_them(door: Door, shelves: None) -> None:
    """One who is meant is chosen at once; speakers are offered while one types, and listed by number of quotations."""
    assert "« Les comptes sont tenus »" in door("verbatims", named="perr")
    assert "Ada Morel" in door("verbatims/speakers", named="mor")
    assert "Personne de ce nom" in door("verbatims/speakers", named="zzz")
    grouped = door("verbatims", by="speaker")
    assert "2 personnes et organismes cités" in grouped
    assert "Ada Morel" in grouped


def test_no_quotation_says_what_to_take_back(door: Door, shelves: None) -> None:
    """Words that nobody said."""
    page = door("verbatims", words="dragon", office="maire", whole=True)
    ways = {told.replace("\u00a0", " "): to for told, to in links(page.split('class="ways-out"')[1]).items()}
    assert ways == {"Retirer « dragon »": {"office": ["maire"]}, "Retirer « maire »": {"words": ["dragon"]}}


def test_reported_speech_is_told_apart(door: Door, shelve: Shelve) -> None:
    """It stands without marks, called what it is; either form can be left out."""
    text = "Selon la maire, le tramway sera gratuit."
    shelve(text, reference="cp-9", quotes=(quoted(text, "le tramway sera gratuit", "Ada Morel", indirect=True),))
    page = door("verbatims")
    assert "propos rapporté" in page
    assert "« le tramway" not in page
    assert "Aucune citation ne correspond" in door("verbatims", kind="direct")


def test_bars_count_what_they_lead_to(door: Door, shelves: None) -> None:
    """Each bar says when and how many, and narrows to just those; the table says the same."""
    page = door("timeline", "0.0.0.0", whole=True)
    bars = re.findall(r'<a class="bar" href="#find\?from=([\d-]+)&amp;to=([\d-]+)"[^>]*aria-label="([^"]*)"', page)
    assert [told.replace("\u00a0", " ") for _, _, told in bars] == [
        "mars 2024 : 1 communiqué (Métropole de Sarvelle 1)",
        "mai 2025 : 1 communiqué (Port de Sarvelle 1)",
        "juin 2025 : 1 communiqué (Métropole de Sarvelle 1)",
    ]
    for first, last, _ in bars:
        assert len(titles(door("find", "0.0.0.0", **{"from": first, "to": last}, whole=True))) == 1
    assert page.count('<th scope="row">') == 3


def test_the_bars_of_an_answer_are_those_of_its_question(door: Door, shelves: None) -> None:
    """Of a question for releases they count all of them; with fewer than two there is nothing to draw."""
    told = door("timeline", question="Combien de communiqués a publiés la Métropole de Sarvelle ?")
    assert "Les 2 communiqués qui répondent à ces critères" in told
    assert door("timeline", question="Combien de communiqués a publiés le Port de Sarvelle ?") == ""
    assert "secret" not in door("timeline", "0.0.0.0", question="Quels sont les communiqués de 2025 ?").lower()


def as_text(page: str) -> bool:
    """Whether a page holds nothing that runs, and no form and no drawing but its own."""
    read = Elements(page)
    own = [one for one in read.dangerous if one not in ("form", "svg")] == []
    return own and read.tags.count("svg") == page.count("<svg ") and read.tags.count("form") <= 1


def test_hostile_texts_of_releases_stay_text_in_every_place(door: Door, shelve: Shelve) -> None:
    """Titles, issuers, rubrics, speakers, offices and words become no element, no handler and no address."""
    for number, (_, given) in enumerate(HOSTILE):
        hostile = given.encode("utf-8", "replace").decode()
        text = f"Il parle du tramway : « {hostile} »."
        said = (Quote(Span(text.index("«") + 2, len(text) - 3), hostile, hostile),)
        shelve(text, title=hostile, issuer=hostile, rubric=hostile, reference=f"cp-{number}", quotes=said)
    pages = [
        *(door("find", page=page, whole=True) for page in (1, 2)),
        *(door("verbatims", page=page, whole=True) for page in (1, 2)),
        *(door("verbatims", by="speaker", page=page, whole=True) for page in (1, 2)),
        door("find", q="tramway", whole=True),
        door("verbatims/speakers", whole=True),
        door("timeline", whole=True),
        door("timeline", question="tramway", whole=True),
    ]
    assert len(titles(pages[0]) + titles(pages[1])) == len(HOSTILE)
    assert all(as_text(page) for page in pages)


def test_hostile_addresses_stay_text_in_every_place(door: Door, shelves: None) -> None:
    """Whatever an address says, in each of its parameters; what comes back is the page."""
    for _, given in HOSTILE:
        hostile = given.encode("utf-8", "replace").decode()[:150]
        names = dict.fromkeys(("issuer", "rubric", "language", "status"), hostile)
        said = dict.fromkeys(("words", "named", "office", "speaker", "issuer"), hostile)
        assert as_text(door("find", q=hostile, **names, **{"from": hostile[:40]}, whole=True))
        assert as_text(door("verbatims", **said, whole=True))
        assert as_text(door("timeline", name=hostile[:60], issuer=hostile, whole=True))
