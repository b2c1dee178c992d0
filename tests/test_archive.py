"""The archive: catalogue and indexes in step, on real SQLite, tantivy and Chroma."""

from __future__ import annotations

import stat
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.benchmark.large import opened
from assistant.benchmark.vectors import WordVectors
from conftest import NOW, release
from ingest.passages import CHUNKING, cut
from store.archive import Archive
from store.catalogue import Added
from store.embedding import PassageVectors, Sentences, Tokens
from store.records import ArchiveMismatch, Filters, Hit, Passage, ReleaseNotFound, Scope, Span
from store.sentence_vectors import SentenceVectors

Shelve = Callable[..., Added]
Open = Callable[..., Archive]


def found(archive: Archive, text: str, scope: Scope = Scope.STAFF) -> list[Hit]:
    return archive.view(scope, NOW).search(text)


def test_a_release_is_found_by_words_at_once(archive: Archive, shelve: Shelve) -> None:
    """No wait for vectors: what was just shelved answers a search by its words."""
    shelve("La passerelle des Tanneurs rouvrira le 3 juin.", reference="cp-1")
    assert archive.pending() > 0
    assert found(archive, "passerelle des Tanneurs")[0].release.reference == "cp-1"


def test_an_archive_is_its_owners_alone(open_archive: Open, tmp_path: Path) -> None:
    """What is under embargo lies in its folder, which is made for nobody else to enter."""
    assert stat.S_IMODE(open_archive(tmp_path / "new").folder.stat().st_mode) == 0o700


def test_vectors_follow(archive: Archive, shelve: Shelve) -> None:
    """Once flushed, a release is found by meaning, without one word in common."""
    shelve("Le réseau de bus sera gratuit pour les moins de 18 ans.", reference="cp-bus")
    shelve("La récolte des olives a été exceptionnelle cette année.", reference="cp-olives")
    archive.flush()
    assert archive.pending() == 0
    best = found(archive, "transport public jeunes sans payer")[0]
    assert best.release.reference == "cp-bus"
    assert len(best.sentence_scores) == len(best.passage.sentences)


def test_a_title_without_end_is_indexed(archive: Archive, shelve: Shelve) -> None:
    """A source that gives its whole text as title, or one word without blanks, stops nobody's vectors."""
    shelve("Le pont ouvre.", reference="cp-1", title="Le pont de Sarvelle ouvre aux piétons " * 90)
    shelve("Le tunnel ouvre.", reference="cp-2", title="pont de Sarvelle, " + "tunnel·" * 900)
    archive.flush()
    found = archive.view(Scope.PUBLIC, NOW).search("Le pont de Sarvelle")
    assert len(found) == 2
    assert all(hit.why["title"] > 0 for hit in found)


def test_what_is_withdrawn_while_it_is_read_leaves_no_vector(tmp_path: Path) -> None:
    """A release withdrawn between the reading of its text and the keeping of its vectors leaves none behind."""

    class Slow(WordVectors):
        def embed_passages(self, passages: Sequence[tuple[str, str, Sentences]]) -> list[PassageVectors]:
            archive.withdraw("cp-1", "erreur", NOW)
            archive.view(Scope.PUBLIC, NOW).search("pont")
            return super().embed_passages(passages)

    with opened(tmp_path, Slow()) as archive:
        made = release("Le pont de Sarvelle ouvre.", reference="cp-1", title="Le pont de Sarvelle ouvre aux piétons")
        added = archive.add(made, [Passage(0, Span(0, len(made.text)), (), made.text)])
        archive.flush()
    left = SentenceVectors(tmp_path / "indexes-1" / "sentences.sqlite")
    assert (left.ids(), left.titles(WordVectors().embed_query("pont"), [f"{added.release_id}:1"])) == (set(), {})
    left.close()


def test_a_correction_takes_the_place_of_what_it_corrects(archive: Archive, shelve: Shelve) -> None:
    """The superseded text is found no more, by words or by meaning; the archivist can still look."""
    shelve("Le pont coûtera 40 millions d'euros.", reference="cp-pont")
    archive.flush()
    added = shelve("Le pont coûtera 52 millions d'euros.", reference="cp-pont")
    assert (added.version, added.outcome) == (2, "corrected")
    for _ in range(2):
        assert ["52" in hit.passage.text for hit in found(archive, "coût du pont 40 millions")] == [True]
        archive.flush()
    assert len(archive.view(Scope.STAFF, NOW).versions("cp-pont")) == 1
    assert [one.version for one in archive.view(Scope.ARCHIVIST, NOW).versions("cp-pont")] == [1, 2]


def test_a_withdrawal_acts_at_once(archive: Archive, shelve: Shelve) -> None:
    """Before any index has heard of it, a withdrawn release is gone for all but the archivist."""
    shelve("Le marché de Noël ouvrira le 1er décembre.", reference="cp-noel")
    archive.flush()
    archive.withdraw("cp-noel", "date fausse", NOW)
    for scope in Scope:
        assert found(archive, "marché de Noël", scope) == []
    with pytest.raises(ReleaseNotFound):
        archive.view(Scope.STAFF, NOW).release("cp-noel")
    looking = archive.view(Scope.ARCHIVIST, NOW)
    assert looking.release("cp-noel").status == "withdrawn"
    assert looking.withdrawal("cp-noel") == (NOW, "date fausse")


def test_another_model_is_refused_until_reindexed(open_archive: Open, shelve: Shelve, archive: Archive) -> None:
    """Vectors of two models do not mix: the error names both and `reindex`, which mends it."""
    shelve("La piscine ferme pour travaux.", reference="cp-piscine")
    archive.flush()
    archive.close()
    other = open_archive(archive.folder, model="un-autre-modele")
    with pytest.raises(ArchiveMismatch, match="reindex"):
        found(other, "piscine")
    assert other.view(Scope.STAFF, NOW).release("cp-piscine").title
    assert other.reindex() == 1
    assert found(other, "piscine")[0].why["cosine"] > 0.5


def test_another_chunking_is_refused_too(open_archive: Open, shelve: Shelve, archive: Archive, tokens: Tokens) -> None:
    """Passages cut otherwise would not line up with their vectors."""
    shelve("La piscine ferme pour travaux.", reference="cp-piscine")
    archive.close()
    other = open_archive(archive.folder, chunking=CHUNKING + "-autre")
    made = release("La piscine rouvre.", reference="cp-2")
    with pytest.raises(ArchiveMismatch, match="reindex"):
        other.add(made, cut(made, tokens.count))


def test_reindexing_swaps_a_new_generation_in(archive: Archive, shelve: Shelve) -> None:
    """Every release is found as before, withdrawn ones are left out, the old files go."""
    shelve("La médiathèque ouvre le dimanche.", reference="cp-1")
    shelve("Le tramway circule la nuit.", reference="cp-2")
    archive.withdraw("cp-2", "erreur", NOW)
    archive.flush()
    told: list[tuple[int, int]] = []
    assert archive.reindex(lambda done, total: told.append((done, total))) == 1
    assert told[-1] == (1, 1)
    assert archive.catalogue.generation() == 2
    assert [hit.release.reference for hit in found(archive, "médiathèque")] == ["cp-1"]


def test_indexes_that_fell_short_are_mended(open_archive: Open, archive: Archive, shelve: Shelve) -> None:
    """Vectors lost behind the archive's back are missed at the next opening, and made again."""
    shelve("La ferme urbaine vend ses légumes le samedi.", reference="cp-1")
    archive.flush()
    indexes = archive._owned()
    assert indexes is not None
    indexes.vectors.delete(indexes.vectors.ids())
    archive.close()
    again = open_archive(archive.folder)
    assert found(again, "ferme urbaine")
    assert again.pending() > 0
    again.flush()
    mended = again._owned()
    assert mended is not None
    assert mended.vectors.count() == 1


def test_words_that_are_indexed_are_not_indexed_again(open_archive: Open, archive: Archive, shelve: Shelve) -> None:
    """Cut off while vectors were still owed, only these are owed at the next opening."""
    shelve("La ferme urbaine vend ses légumes le samedi.", reference="cp-1")
    indexes = archive._owned()
    assert indexes is not None
    indexes.take_in_words()
    archive.close()
    again = open_archive(archive.folder)
    assert again._owned() is not None
    assert (again.catalogue.owed("words"), again.catalogue.owed("vectors")) == (0, 1)


def test_filters_are_exact(archive: Archive, shelve: Shelve) -> None:
    """Nothing outside the period, the issuer or the language is found."""
    from datetime import date

    from store.period import Period

    for year in (2023, 2024, 2025):
        for issuer in ("Métropole de Sarvelle", "Port de Sarvelle"):
            shelve(
                f"Le budget {year} est adopté.",
                reference=f"{issuer[:4]}-{year}",
                issuer=issuer,
                published=date(year, 12, 1),
            )
    archive.flush()
    view = archive.view(Scope.STAFF, NOW)
    filters = Filters(Period(date(2024, 1, 1), date(2024, 12, 31)), ("Port de Sarvelle",))
    assert [hit.release.reference for hit in view.search("budget", filters)] == ["Port-2024"]
    assert view.extent(filters).releases == 1
    assert view.search("budget", Filters(languages=("de",))) == []


def test_unchanged_bytes_are_recognised(archive: Archive, shelve: Shelve) -> None:
    """What was read once need not be read again."""
    made = release("Un texte.", reference="cp-1")
    shelve("Un texte.", reference="cp-1")
    assert archive.seen(made.source.sha256, made.source.name) is not None
    assert archive.seen("00" * 32, made.source.name) is None


def test_an_open_archive_is_not_owned_twice(open_archive: Open, archive: Archive, shelve: Shelve) -> None:
    """A second opener is answered by the first through the catalogue, with the same hits."""
    shelve("La fête de la Rivière attire 12 000 visiteurs.", reference="cp-1")
    archive.flush()
    guest = open_archive(archive.folder)
    assert [h.passage.id for h in found(guest, "fête")] == [h.passage.id for h in found(archive, "fête")]
    assert archive.owner
    assert not guest.owner
    made = release("La fête de la Rivière est reportée.", reference="cp-2")
    guest.add(made, cut(made, lambda text: len(text.split())))
    guest.flush()
    assert {h.release.reference for h in found(archive, "fête de la Rivière")} == {"cp-1", "cp-2"}


def test_a_guest_takes_over_when_the_owner_leaves(open_archive: Open, archive: Archive, shelve: Shelve) -> None:
    """Nobody waits for a process that is gone."""
    shelve("Le jardin des Glycines ouvre.", reference="cp-1")
    archive.flush()
    guest = open_archive(archive.folder)
    assert not guest._acquire()
    archive.close()
    assert found(guest, "jardin des Glycines")
    assert guest.owner


def test_replacing_only_the_bytes_is_no_version(archive: Archive, tokens: Tokens) -> None:
    """A page whose furniture changed says the same."""
    made = release("Le texte.", reference="cp-1")
    archive.add(made, cut(made, tokens.count))
    again = replace(made, source=replace(made.source, sha256="ab" * 32))
    assert archive.add(again, cut(again, tokens.count)).outcome == "unchanged"
