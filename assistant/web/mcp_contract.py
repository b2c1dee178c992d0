"""What a language model sends to our tools, and what it gets: the contract of the API, fitted to tools.

Models only. Knows neither the tools nor the protocol that carries them.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from assistant.answer import Question, Turn
from assistant.web import contract
from assistant.web.contract import AskedTurn, Language, Name, Words
from store.records import Filters

MOST_HITS = 50
LONGEST_READING = 20_000
USUAL_READING = 6_000
MOST_ISSUERS = 200


def _listed(given: Any) -> Any:
    """A list that was sent as the JSON of a list, or as its only item, as some programs do."""
    if not isinstance(given, str):
        return given
    try:
        parsed = json.loads(given)
    except (ValueError, RecursionError):
        return [given]
    return parsed if isinstance(parsed, list) else [given]


_AsList = BeforeValidator(_listed)
_DAY = "day of publication, as 2024-03-12"
First = Annotated[str | None, Field(alias="from", description=f"First {_DAY}.")]
Last = Annotated[str | None, Field(alias="to", description=f"Last {_DAY}.")]
Issuers = Annotated[
    list[Name] | None, _AsList, Field(max_length=100, description="Only these issuers, named as list_issuers does.")
]
Languages = Annotated[
    list[Language] | None,
    _AsList,
    Field(max_length=20, description="Only releases in these languages: fr, en, de, it."),
]
Turns = Annotated[
    list[AskedTurn], _AsList, Field(max_length=50, description="Earlier questions of the conversation, oldest first.")
]


class Narrowed(BaseModel):
    """What narrows a search. None of the four: what the words say of dates and issuers is used."""

    model_config = ConfigDict(extra="forbid")

    first: First = None
    last: Last = None
    issuers: Issuers = None
    languages: Languages = None

    def filters(self) -> Filters | None:
        """What was given, and nothing else; None where nothing was. Raises BadDate."""
        if self.first is None and self.last is None and not self.issuers and not self.languages:
            return None
        between = contract.period(self.first, self.last)
        return Filters(between, tuple(self.issuers or ()), tuple(self.languages or ()))


class AskArguments(Narrowed):
    question: Annotated[Words, Field(description="The question, in the asker's own words and language.")]
    history: Turns = []

    def asked(self) -> Question:
        """The question for the desk. Raises BadDate."""
        turns = tuple(Turn(turn.question, tuple(turn.releases), turn.answer) for turn in self.history)
        return Question(self.question, turns, self.filters())


class SearchArguments(Narrowed):
    query: Annotated[Words, Field(description="What the releases speak of: words or a question.")]
    limit: int = Field(default=10, ge=1, le=MOST_HITS, description="How many releases, best first.")


class ReadArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")

    release: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)] = Field(
        description="The release's id or reference, as search_releases and citations give it."
    )
    start: int = Field(default=0, ge=0, le=10**9, description="The first character to read.")
    length: int = Field(default=USUAL_READING, ge=1, le=LONGEST_READING, description="How many characters.")


class IssuersArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = Field(
        default="", description="Only issuers whose name holds these words; accents and capitals do not matter."
    )
    limit: int = Field(default=50, ge=1, le=MOST_ISSUERS, description="How many issuers, most prolific first.")


class ReleaseExcerpt(contract.ReleaseSummary):
    """A release, and the characters `start` to `end` of its text; `next` is where to read on, null at the end.

    Quotations are those that begin there, their offsets are of the whole text.
    """

    version: int
    rubric: str | None
    url: str | None
    language: str
    embargo: str | None
    subtitle: str | None
    co_issuers: list[str]
    text: str
    start: int
    end: int
    length: int
    next: int | None
    quotes: list[contract.ReleaseQuote]
    contacts: list[contract.ReleaseContact]
    corrects: list[contract.ReleaseSummary]
    corrected_by: list[contract.ReleaseSummary]
    translations: list[contract.ReleaseSummary]
    versions: list[contract.ReleaseVersion]
    doubts: list[str]


class IssuerCount(BaseModel):
    name: str
    releases: int


class IssuerList(BaseModel):
    """Issuers and their number of releases; `total` counts all that match, listed or not."""

    issuers: list[IssuerCount]
    total: int
