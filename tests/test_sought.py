"""What is looked for beside the record is what the record says, whenever it is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import release
from store.catalogue import Catalogue
from store.records import Quote, Span
from store.schema import rubrics, verbatims

SAID = "« Le pont ouvre », dit la maire."


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path / "catalogue.sqlite")
    yield made
    made.close()


def rows(catalogue: Catalogue) -> list[Any]:
    with catalogue.reading() as connection:
        said = connection.execute(verbatims.select().order_by(verbatims.c.version)).all()
        return [*said, *connection.execute(rubrics.select())]


def test_each_version_has_its_own(catalogue: Catalogue) -> None:
    """A corrected text's quotations stand beside those of the text before."""
    quote = Quote(Span(2, 15), "Mme Ada Morel", "maire")
    made = release(SAID, reference="cp-1", quotes=(quote,), rubric="Grands  projets")
    catalogue.add(made, [], lambda _: [])
    catalogue.add(release(f"{SAID} Enfin.", reference="cp-1", quotes=(quote,)), [], lambda _: [])
    first, second, rubric = rows(catalogue)
    assert (first.version, second.version, first.who, first.office) == (1, 2, "ada morel", "maire")
    assert (first.start, first.end, bool(first.indirect), first.stems) == (2, 15, False, " le pont ouvr ")
    assert (rubric.version, rubric.rubric) == (1, "Grands projets")


def test_reading_again_what_says_the_same_writes_nothing(catalogue: Catalogue) -> None:
    """A document that comes back leaves one row a quotation."""
    made = release(SAID, reference="cp-1", quotes=(Quote(Span(2, 15), "Ada Morel"),))
    for _ in range(2):
        catalogue.add(made, [], lambda _: [])
    assert len(rows(catalogue)) == 1
