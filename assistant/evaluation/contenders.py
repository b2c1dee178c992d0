"""Named ways to rank, to stand side by side in one table.

Each is the product with other weights, so that what differs is the ranking alone. Knows
nothing about how weights are used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from store.fusion import Weights
from store.records import PressArchiveError

TUTORIAL = "tutorial"
"""The pipeline every tutorial teaches: not the product at all (`assistant.tutorial`)."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """A ranking by its name; `rerank` asks for the cross-encoder on top of the fusion."""

    name: str
    weights: Weights
    rerank: bool = False


CONFIGURATIONS = {
    configuration.name: configuration
    for configuration in (
        Configuration("words", Weights(passage=0, sentence=0, title=0)),
        Configuration("vectors", Weights(words=0, sentence=0, title=0)),
        Configuration("sentences", Weights(words=0, passage=0, title=0)),
        Configuration("fusion", Weights()),
        Configuration("fusion-no-sentences", replace(Weights(), sentence=0)),
        Configuration("fusion-no-titles", replace(Weights(), title=0)),
        Configuration("fusion-rerank", Weights(), rerank=True),
    )
}


def named(names: str) -> tuple[str, ...]:
    """The names in « words,vectors,tutorial », each once; PressArchiveError for one there is not."""
    wanted = tuple(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    for name in wanted:
        if name not in CONFIGURATIONS and name != TUTORIAL:
            there_are = ", ".join([*CONFIGURATIONS, TUTORIAL])
            raise PressArchiveError(f"--compare: there is no « {name} »; there are {there_are}")
    return wanted
