"""A server under a steady load."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Question
from assistant.benchmark.load import Load, told, under_load
from browsing import served
from store.archive import Archive
from store.catalogue import Added
from store.records import PressArchiveError

QUESTIONS = (Question("Quand rouvrira le stade ?"), Question("Combien coûtent les travaux du stade ?"))


def test_requests_come_at_their_rate_and_every_one_is_counted(archive: Archive, shelve: Callable[..., Added]) -> None:
    """Searches and questions in the shares asked for, none lost, with their percentiles."""
    shelve("Le stade rouvrira le 6 mai 2026. Les travaux du stade coûtent 48 millions d'euros.", title="Le stade")
    archive.flush()
    said: list[str] = []
    with served(archive, callers=None) as (address, _):
        results = under_load(Load(address, QUESTIONS, searches=20, asks=5, seconds=1), said.append)
    assert (results["search"]["answered"], results["ask"]["answered"]) == (20, 5)
    assert results["errors"] == {}
    assert 0 < results["search"]["p50"] <= results["search"]["p95"] <= results["search"]["worst"]
    assert "errors: none" in told(results)
    assert said


def test_a_refusal_is_an_error_by_its_status(archive: Archive) -> None:
    """What is not answered is no fast answer."""
    hostile = (Question("?" * 3_000),)
    with served(archive, callers=None) as (address, _):
        results = under_load(Load(address, hostile, searches=10, asks=0, seconds=0.5))
    assert results["errors"] == {"search: 422": 5}
    assert "search" not in results


def test_a_server_elsewhere_is_left_alone() -> None:
    """Loopback only, bounded in time."""
    with pytest.raises(PressArchiveError, match="not on this machine"):
        under_load(Load("https://presse.example", QUESTIONS))
    with pytest.raises(PressArchiveError, match="3600"):
        under_load(Load("http://127.0.0.1:7860", QUESTIONS, seconds=10**6))
