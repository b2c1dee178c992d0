"""The bar: rate and time left where somebody watches, silence elsewhere."""

from __future__ import annotations

import io

import pytest

from ingest.progress import Bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(error: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("sys.stderr", error)
    with Bar("documents") as bar:
        for _ in range(3):
            bar.advance(3)
            bar.out_of_the_way(lambda: None)
    return error.getvalue()


def test_a_terminal_sees_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Done, of how many, and what."""
    shown = drawn(Terminal(), monkeypatch)
    assert "3/3" in shown
    assert "documents" in shown


def test_a_log_file_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bars in logs are noise."""
    assert drawn(io.StringIO(), monkeypatch) == ""


def test_a_total_that_grows_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work may be added while it is done."""
    error = Terminal()
    monkeypatch.setattr("sys.stderr", error)
    with Bar("passages") as bar:
        bar.reach(1, 2)
        bar.reach(4, 4)
    assert "4/4" in error.getvalue()
