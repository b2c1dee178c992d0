"""A small model that invents writes here, for real: what it invents reaches nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import Program, Settings
from assistant.answer import Answer, Question
from conftest import NOW, release
from ingest.passages import cut
from store.records import Scope

STADIUM = """COMMUNIQUÉ DE PRESSE

Le stade Marcelle-Audoux rouvrira le 20 septembre 2025 après vingt mois de travaux. Le chantier a coûté \
98,6 millions d'euros, dont 4 millions d'euros apportés par la Région. Le stade comptera 23 400 places."""
CANTEENS = """Les cantines d'Ormeval servent 9 200 repas par jour. Un repas sur trois est bio. La Ville achète \
ses légumes à quatorze fermes de la vallée."""
ASKED = ("Combien le chantier du stade Marcelle-Audoux a-t-il coûté ?", "Combien de repas servent les cantines ?")


@pytest.fixture(scope="module")
def local(program: Program, smollm2: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program as `--writer local:…` has it, over two invented releases."""
    environment = {
        "PORTE_PAROLE_ARCHIVE": str(tmp_path_factory.mktemp("local") / "archive"),
        "PORTE_PAROLE_CACHE": str(program.settings.cache),
        "PORTE_PAROLE_WRITER": f"local:{smollm2.stem}",
        "PORTE_PAROLE_WRITER_THREADS": "1",
        "PORTE_PAROLE_WRITER_TIMEOUT": "20",
    }
    opened = Program(Settings.read(environment))
    try:
        for text, title in ((STADIUM, "Le stade rouvre"), (CANTEENS, "Du bio dans les cantines")):
            made = release(text, title=title)
            opened.archive.add(made, cut(made, opened.tokens.count))
        yield opened
    finally:
        opened.close()


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3})", "", text)))


@pytest.mark.parametrize("question", ASKED)
def test_only_what_stands_in_the_releases_is_shown(local: Program, question: str) -> None:
    """Every sentence is cited, every quotation stands where it says, and no figure is the model's own."""
    answer: Answer = local.desk.ask(Question(question), Scope.STAFF)
    assert answer.written.model == "local:smollm2-135m"
    assert answer.sentences
    view = local.archive.view(Scope.STAFF, NOW)
    quotes = {}
    for citation in answer.citations:
        assert view.release(citation.release_id).text[citation.span.start : citation.span.end] == citation.quote
        quotes[citation.number] = citation.quote
    for sentence in answer.sentences:
        assert sentence.citations
        cited = " ".join(quotes[number] for number in sentence.citations)
        assert numbers(sentence.text) <= numbers(cited)
