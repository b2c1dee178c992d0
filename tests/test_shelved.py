"""A release read back: its record is read when it is asked for, and it equals what was shelved."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import orjson
import pytest

from store.records import (
    Contact,
    Correction,
    CorrectionKind,
    Figure,
    Link,
    Name,
    NameKind,
    Origin,
    OriginKind,
    Quote,
    Release,
    Section,
    Source,
    Span,
)
from store.rows import release_of, version_row

NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
WHOLE = Release(
    id="pont",
    version=2,
    text="Le pont rouvre lundi. « Enfin », dit Ada Brun. Contact : 03 00 00 00 00.",
    title="Le pont rouvre",
    issuer="Métropole de Sarvelle",
    published=date(2031, 5, 5),
    embargo=NOON,
    place="Sarvelle",
    rubric="Transports",
    lead=Span(0, 21),
    pages=(Span(0, 47), Span(47, 73)),
    quotes=(Quote(Span(24, 29), "Ada Brun", "maire", "dit", False, Span(37, 45)),),
    contacts=(Contact("Presse", None, "03 00 00 00 00", None, Span(47, 73)),),
    boilerplate=(Span(47, 73),),
    doubts=("Le jour se devine.",),
    subtitle="Après deux ans",
    co_issuers=("Ville de Sarvelle",),
    sections=(Section(Span(0, 7), Span(8, 21)),),
    figures=(Figure(Span(57, 59), "3", "km", "voies"),),
    names=(Name(Span(37, 45), "Ada Brun", NameKind.PERSON),),
    links=(Link(Span(3, 7), "https://sarvelle.example/pont"),),
    corrects=Correction(Span(0, 7), CorrectionKind.REPLACES, date(2031, 5, 1), "S-1", "Le pont ferme"),
    group="pont",
    origins=(Origin("published", OriginKind.DATELINE, Span(0, 7)),),
    family="f1",
    edition=3,
    source=Source("pont.txt", "text/plain", "0" * 64, "https://sarvelle.example/pont", NOON),
)


def row(release: Release, record: str | None = None) -> Any:
    columns = version_row(release, release.id, release.version)
    told = {**columns, "record": record or orjson.dumps(columns["record"]).decode()}
    versioned = {"release_version": release.version, "current": release.version, "withdrawn": None}
    more = {"reference": release.reference, "url": release.url, "family": release.family}
    return SimpleNamespace(**{**told, **versioned, **more}, _mapping={})


def test_a_release_comes_back_as_it_was_shelved() -> None:
    """Field by field and as a whole, from either side."""
    read = release_of(row(WHOLE), NOON)
    for field in fields(Release):
        assert getattr(read, field.name) == getattr(WHOLE, field.name), field.name
    assert read == WHOLE
    assert {WHOLE} == {read}
    assert hash(read) == hash(WHOLE)
    assert read != replace(WHOLE, rubric="Culture")


def test_only_what_is_asked_of_a_record_is_read() -> None:
    """Text, title and date are there whatever the record holds."""
    read = release_of(row(WHOLE, record="{"), NOON)
    assert (read.text, read.title, read.published) == (WHOLE.text, WHOLE.title, WHOLE.published)
    with pytest.raises(orjson.JSONDecodeError):
        _ = read.names


def test_a_release_read_back_is_changed_like_any_other() -> None:
    """A copy with other values holds all the rest."""
    changed = replace(release_of(row(WHOLE), NOON), title="Le pont ferme")
    assert changed == replace(WHOLE, title="Le pont ferme")
    with pytest.raises(AttributeError):
        _ = changed.nothing_such  # type: ignore[attr-defined]
