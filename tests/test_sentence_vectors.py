"""store.sentence_vectors: what each sentence is worth, and whose passages are near, in numbers only."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from test_vectors import rows

from store.embedding import PassageVectors
from store.records import ArchiveError
from store.sentence_vectors import SentenceVectors


@pytest.fixture
def sentences(tmp_path: Path) -> Iterator[SentenceVectors]:
    opened = SentenceVectors(tmp_path / "sentences.sqlite")
    yield opened
    opened.close()


def passage(seed: int, count: int) -> PassageVectors:
    made = rows(count + 1, seed)
    return PassageVectors(made[0], made[1:])


def test_sentence_vectors_come_back_as_they_went_in(sentences: SentenceVectors) -> None:
    """Each passage's sentences come back in order, within a hundredth; one without sentences too."""
    made = {"a:1:0": passage(1, 4), "a:1:1": passage(2, 1), "a:1:2": passage(3, 0)}
    sentences.put(made.items())

    back = sentences.get(["a:1:2", "a:1:0", "a:1:1", "never:1:0"])

    assert set(back) == set(made)
    for passage_id, vectors in made.items():
        assert back[passage_id].shape == vectors.sentences.shape
        np.testing.assert_allclose(back[passage_id], vectors.sentences, atol=0.01)


def test_cosines_are_the_passage_s_then_its_sentences(sentences: SentenceVectors) -> None:
    """A question's cosines come per passage: its own first, then its sentences' in order."""
    made = passage(1, 3)
    sentences.put([("a:1:0", made), ("b:1:0", passage(2, 2))])

    found = sentences.cosines(made.sentences[1].tolist(), ["a:1:0", "never:1:0"])

    expected = [float(made.vector @ made.sentences[1]), *(made.sentences @ made.sentences[1])]
    assert list(found) == ["a:1:0"]
    assert found["a:1:0"] == pytest.approx(expected, abs=0.01)


def test_putting_again_replaces(sentences: SentenceVectors) -> None:
    """Taken in twice, a passage is there once, as it was the second time."""
    sentences.put([("a:1:0", passage(1, 4)), ("b:1:0", passage(5, 2))])
    sentences.put([("a:1:0", passage(2, 3))])

    assert sentences.count() == 2
    np.testing.assert_allclose(sentences.get(["a:1:0"])["a:1:0"], passage(2, 3).sentences, atol=0.01)
    sentences.delete(["a:1:0", "never:1:0"])
    assert sentences.ids() == {"b:1:0"}
    assert sentences.has(["a:1:0", "b:1:0"]) == {"b:1:0"}
    sentences.clear()
    assert sentences.count() == 0


def test_a_batch_that_fails_leaves_nothing(sentences: SentenceVectors) -> None:
    """When one of a batch cannot be written, none of it is."""
    with pytest.raises(Exception, match="NOT NULL"):
        sentences.put([("a:1:0", passage(1, 4)), (None, passage(2, 2))])  # type: ignore[list-item]
    assert sentences.count() == 0


def test_another_process_reads_meanwhile(sentences: SentenceVectors, tmp_path: Path) -> None:
    """A second process reads what the first, still open, has put."""
    sentences.put([("a:1:0", passage(1, 4))])
    script = (
        "import sys; from pathlib import Path; from store.sentence_vectors import SentenceVectors;"
        "print(SentenceVectors(Path(sys.argv[1])).get(['a:1:0'])['a:1:0'].shape)"
    )
    read = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "sentences.sqlite")],
        cwd=Path(__file__).parent.parent,
        text=True,
        capture_output=True,
        check=True,
    )
    assert read.stdout.strip() == "(4, 32)"


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """A damaged file is named in the error, with what to do."""
    (tmp_path / "sentences.sqlite").write_bytes(b"not a database, by any measure" * 200)
    with pytest.raises(ArchiveError, match=r"sentences\.sqlite: the sentence vectors cannot be opened .*reindex"):
        SentenceVectors(tmp_path / "sentences.sqlite")


def shelf(count: int) -> dict[str, PassageVectors]:
    """Versions `r0:1`, `r1:1`… of three passages each."""
    made = rows(3 * count)
    return {f"r{n // 3}:1:{n % 3}": PassageVectors(made[n], made[n : n + 1]) for n in range(3 * count)}


def test_the_nearest_of_some_versions_are_theirs_alone(sentences: SentenceVectors) -> None:
    """Every passage of the versions asked for is scored, best first; unknown versions are no error."""
    made = shelf(100)
    sentences.put(made.items())
    asked = made["r42:1:1"].vector
    among = [f"r{n}:1" for n in range(0, 100, 6)]

    found = sentences.nearest(asked, 5, [*among, "never:1", "r42:2"])

    cosines = {name: float(one.vector @ asked) for name, one in made.items() if name.rpartition(":")[0] in among}
    assert [name for name, _ in found] == sorted(cosines, key=lambda name: -cosines[name])[:5]
    assert dict(found) == pytest.approx({name: cosines[name] for name, _ in found}, abs=0.01)
    assert {name for name, _ in sentences.nearest(asked, 50, ["r7:1"])} == {"r7:1:0", "r7:1:1", "r7:1:2"}
    assert sentences.nearest(asked, 5, ["never:1"]) == []


def test_what_is_put_or_deleted_later_is_known(sentences: SentenceVectors) -> None:
    """Passages added, replaced and deleted after the first search are found, or not, as they stand."""
    made = shelf(2)
    sentences.put(made.items())
    sentences.nearest(made["r0:1:0"].vector, 5, ["r0:1"])
    sentences.put([("r0:1:0", made["r1:1:2"]), ("r9:1:0", made["r1:1:1"])])
    sentences.delete(["r0:1:1", "never:1:0"])

    found = dict(sentences.nearest(made["r1:1:2"].vector, 5, ["r0:1", "r9:1"]))

    assert set(found) == {"r0:1:0", "r0:1:2", "r9:1:0"}
    assert found["r0:1:0"] == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("left", [0, 1000])
def test_a_file_that_is_missing_or_cut_short_is_made_anew(tmp_path: Path, left: int) -> None:
    """Archives of before it had none, and a crash may cut it short: the database has it all."""
    made = shelf(50)
    first = SentenceVectors(tmp_path / "sentences.sqlite")
    first.put(made.items())
    first.close()
    (tmp_path / "sentences.i8").write_bytes((tmp_path / "sentences.i8").read_bytes()[:left])

    again = SentenceVectors(tmp_path / "sentences.sqlite")
    assert again.nearest(made["r33:1:1"].vector, 1, [f"r{n}:1" for n in range(50)])[0][0] == "r33:1:1"
    again.close()


def test_what_is_put_before_the_first_search_hides_no_gap(tmp_path: Path) -> None:
    """An archive of before the file takes in a release before anybody asks: the older ones are found all the same."""
    made = shelf(50)
    first = SentenceVectors(tmp_path / "sentences.sqlite")
    first.put(made.items())
    first.close()
    (tmp_path / "sentences.i8").unlink()

    again = SentenceVectors(tmp_path / "sentences.sqlite")
    again.put([("new:1:0", passage(9, 1))])
    assert again.nearest(made["r33:1:1"].vector, 1, [f"r{n}:1" for n in range(50)])[0][0] == "r33:1:1"
    again.close()


def test_a_file_of_places_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    """What cannot be opened beside the database is an error that says what to do, too."""
    (tmp_path / "sentences.i8").mkdir()
    with pytest.raises(ArchiveError, match=r"the sentence vectors cannot be opened .*reindex"):
        SentenceVectors(tmp_path / "sentences.sqlite")
