"""Fields a file states: moments and languages, read strictly."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.readers.fields import language, moment


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2024-03-12T10:00:00+01:00", datetime(2024, 3, 12, 9, 0)),
        ("2024-03-12T09:00:00Z", datetime(2024, 3, 12, 9, 0)),
        ("2024-03-12T10:00", datetime(2024, 3, 12, 9, 0)),
        ("2024-07-12 10:00", datetime(2024, 7, 12, 8, 0)),
        ("2024-03-12", datetime(2024, 3, 11, 23, 0)),
    ],
)
def test_moments_are_iso_8601_and_in_paris_without_offset(text: str, read: datetime) -> None:
    """Summer time counts; a bare day begins at midnight in Paris."""
    assert moment(text) == read.replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "demain", "2024-02-31T10:00", "12/03/2024", "2024-03-12T25:00"])
def test_any_other_moment_is_an_error(text: str) -> None:
    """An embargo is not guessed."""
    with pytest.raises(ValueError, match="ISO 8601"):
        moment(text)


@pytest.mark.parametrize(
    ("text", "code"), [("fr", "fr"), ("FR-ch", "fr"), ("en_GB", "en"), ("français", None), ("", None), ("f1", None)]
)
def test_languages_are_two_letters(text: str, code: str | None) -> None:
    """Region and case do not matter."""
    assert language(text) == code
