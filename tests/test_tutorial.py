"""The tutorial pipeline, with the real encoder: the baseline must be an honest one."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, BaseMessage
from pydantic import Field

from app import Program
from assistant.tutorial import OVERLAP, PIECE, Piece, Tutorial, main, page, stuffed

pytest.importorskip("langchain_chroma")
pytest.importorskip("langchain_huggingface")
pytest.importorskip("langchain_text_splitters")

TEXTS = {
    "tram": "La ligne C du tramway ouvrira le 3 mai. Elle comptera quatorze stations.",
    "bassin": "Le centre aquatique ferme six semaines pour la réfection de son grand bassin.",
    "cantine": "Les cantines scolaires serviront deux repas végétariens par semaine à la rentrée.",
}


def test_it_finds_each_text_once_and_the_right_one_first(program: Program, tmp_path: Path) -> None:
    """Names come best first and without repetition, though a text was cut in many pieces."""
    tutorial = Tutorial(program.model, tmp_path / "store")
    long = TEXTS["tram"] + "\n\n" + "Les travaux avancent quartier après quartier, de nuit. " * 60
    pieces = tutorial.index({**TEXTS, "tram": long}.items())
    assert pieces >= 2 + len(long) // PIECE
    assert OVERLAP < PIECE

    found = tutorial.retrieve("Quand ouvre le tram ?", k=3)

    assert found[0] == "tram"
    assert len(found) == len(set(found))
    assert tutorial.retrieve("Que mangeront les élèves ?", k=1) == ["cantine"]


def test_what_a_folder_holds_is_not_embedded_again(program: Program, tmp_path: Path) -> None:
    """A folder that is kept goes on where it stopped, and a text that changed is stored anew."""
    first = Tutorial(program.model, tmp_path / "store")
    assert first.index(list(TEXTS.items())[:2]) == 2
    again = Tutorial(program.model, tmp_path / "store")
    assert again.index(TEXTS.items()) == 1
    assert again.index(TEXTS.items()) == 0
    changed = {**TEXTS, "tram": "Le marché aux fleurs change de place le samedi."}
    assert again.index(changed.items()) == 1
    assert again.retrieve("Où est le marché aux fleurs ?", k=1) == ["tram"]
    assert sorted(again.retrieve("Quand ouvre le tram ?", k=9)) == sorted(TEXTS)


def test_in_a_process_of_its_own_it_says_what_it_took(
    program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`python -m assistant.tutorial` indexes a compressed export and prints one JSON object."""
    export = tmp_path / "export.jsonl.gz"
    with gzip.open(export, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"id": id, "title": id, "text": text}) + "\n" for id, text in TEXTS.items())

    model = program.model
    named = ["--model", str(model.folder), "--query", model.query, "--passage", model.passage]

    assert main([str(export), "--folder", str(tmp_path / "store"), *named]) == 0

    printed = json.loads(capsys.readouterr().out)
    assert (printed["releases"], printed["pieces"]) == (3, 3)
    assert Tutorial(program.model, tmp_path / "store").retrieve("bassin fermé", k=1) == ["bassin"]


def test_a_title_is_put_before_a_text_that_lacks_it() -> None:
    """The baseline reads titles too, and none of them twice."""
    assert page("La ligne C", "Elle ouvre.") == "La ligne C\n\nElle ouvre."
    assert page("La ligne C", "COMMUNIQUÉ\nLa ligne C\nElle ouvre.").count("La ligne C") == 1
    assert page("", "Elle ouvre.") == "Elle ouvre."


def test_the_nearest_pieces_are_stuffed_into_a_prompt(program: Program, tmp_path: Path) -> None:
    """Four pieces, best first, stand before the question, braces and all; what the model says comes as it says it."""
    tutorial = Tutorial(program.model, tmp_path / "store")
    tutorial.index(
        {**TEXTS, "tarif": "Le ticket {unité} coûte deux florins.", "parc": "Le parc ouvre à l'aube."}.items()
    )
    pieces = tutorial.pieces("Quand ouvre la ligne C du tramway ?")
    assert pieces[0] == Piece("tram", TEXTS["tram"])
    assert len(pieces) == len(set(pieces)) == 4

    model = Attentive(messages=iter([AIMessage("Le 3 mai.")]))
    said = list(stuffed(model, "Quand ouvre le {tram} ?", (*pieces[:1], Piece("tarif", "Le ticket {unité}."))))

    assert "".join(said) == "Le 3 mai."
    (prompt,) = model.read
    assert prompt.index(TEXTS["tram"]) < prompt.index("Le ticket {unité}.") < prompt.index("Quand ouvre le {tram} ?")


class Attentive(GenericFakeChatModel):
    """A fake model that remembers what it was told."""

    read: list[str] = Field(default_factory=list)

    def _generate(self, messages: list[BaseMessage], *more: object, **others: object):  # type: ignore[no-untyped-def]
        self.read.append("\n".join(str(message.content) for message in messages))
        return super()._generate(messages, *more, **others)  # type: ignore[arg-type]
