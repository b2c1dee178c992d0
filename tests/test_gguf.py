"""Model files have names, and are where they are looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.local.gguf import digest, found, human, listed, look, place
from assistant.local.known import DEFAULT, KNOWN
from store.records import ModelUnavailable


def adopted(cache: Path, name: str, content: bytes = b"GGUF and more") -> Path:
    file = place(cache, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def test_known_models_are_listed_first(tmp_path: Path) -> None:
    """What can be fetched with its size and licence, then what was adopted; what is here says so."""
    adopted(tmp_path, "zebra")
    adopted(tmp_path, "aube")
    (tmp_path / "models" / "half.part").write_bytes(b"GGUF")
    models = listed(tmp_path)
    assert [model.name for model in models] == [*KNOWN, "aube", "zebra"]
    assert [model.here for model in models] == [False] * len(KNOWN) + [True, True]
    assert models[0].document() == {
        "name": DEFAULT,
        "title": KNOWN[DEFAULT].title,
        "licence": "Apache-2.0",
        "size": 1_117_320_768,
        "here": False,
        "default": True,
    }


def test_nothing_is_here_before_it_is_fetched(tmp_path: Path) -> None:
    """An empty cache lists what can be fetched, and makes no folder."""
    assert not any(model.here for model in listed(tmp_path))
    assert not list(tmp_path.iterdir())


def test_a_model_is_found_by_name_or_path(tmp_path: Path) -> None:
    """Its name in the cache, or any `.gguf` file by its path."""
    file = adopted(tmp_path, "aube")
    assert found(tmp_path, "aube") == file
    assert found(Path("/nowhere"), str(file)) == file


def test_an_absent_model_is_told_with_its_command(tmp_path: Path) -> None:
    """The command that fetches it and its size; "" is the default one."""
    with pytest.raises(ModelUnavailable, match=rf"porte-parole models pull {DEFAULT} \(1\.1 GB\)"):
        found(tmp_path, "")
    with pytest.raises(ModelUnavailable, match=r"« absent » here: .*smollm2-135m can be fetched"):
        found(tmp_path, "absent")


def test_a_known_model_has_its_size(tmp_path: Path) -> None:
    """A file of a known name and another size is not it."""
    adopted(tmp_path, "smollm2-135m")
    with pytest.raises(ModelUnavailable, match="not here yet"):
        found(tmp_path, "smollm2-135m")


@pytest.mark.parametrize("name", ["..", "../x", "a/b", "/etc/passwd", "A", ".hidden", "x" * 101, "é", "a\nb"])
def test_a_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    """No name leaves the folder of models."""
    with pytest.raises(ModelUnavailable, match="no name of a model"):
        place(tmp_path, name)


def test_files_say_what_they_are(tmp_path: Path) -> None:
    """A GGUF file begins with its name; another one, or none, is refused."""
    look(adopted(tmp_path, "aube"))
    with pytest.raises(ModelUnavailable, match="no GGUF file"):
        look(adopted(tmp_path, "zip", b"PK\x03\x04"))
    with pytest.raises(ModelUnavailable, match="No such file"):
        look(tmp_path / "none.gguf")


def test_digests_are_sha256(tmp_path: Path) -> None:
    """With progress in bytes."""
    file, steps = adopted(tmp_path, "aube", b"abc"), list[tuple[int, int]]()
    made = digest(file, lambda done, size: steps.append((done, size)))
    assert made == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert steps == [(3, 3)]


@pytest.mark.parametrize(
    ("size", "said"), [(1, "1 MB"), (98_362_432, "98 MB"), (999_999_999, "1000 MB"), (1_117_320_768, "1.1 GB")]
)
def test_sizes_are_said_as_disks_are_sold(size: int, said: str) -> None:
    """In millions and billions of bytes."""
    assert human(size) == said
