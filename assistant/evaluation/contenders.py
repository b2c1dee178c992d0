"""Named ways to rank and to write, to stand side by side in one table.

A ranking is the product with other weights, so that what differs is the ranking alone; a
writer is the product's, or the tutorial pipeline with the same model. Knows nothing about
how weights are used or models opened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from store.fusion import Weights
from store.records import PressArchiveError

TUTORIAL = "tutorial"
"""The pipeline every tutorial teaches: not the product at all (`assistant.tutorial`)."""
EXTRACTIVE = "extractive"
"""The writer without a model."""


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


def writers(names: str) -> tuple[str, ...]:
    """The writers in « extractive,local:NAME,tutorial », each once; PressArchiveError where none is named.

    « tutorial » alone is the pipeline with each of the models named beside it, « tutorial:MODEL » with that model;
    an address is a server that is asked over its API.
    """
    wanted = tuple(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    models = [name for name in wanted if name != EXTRACTIVE and name.split(":")[0] not in (TUTORIAL, "http", "https")]
    if TUTORIAL in wanted and not models:
        raise PressArchiveError("--writers: « tutorial » needs a model beside it, or its own: tutorial:local:NAME")
    if not wanted:
        raise PressArchiveError("--writers: name at least one: extractive, local:NAME, PROVIDER:MODEL, tutorial")
    each = ([f"{TUTORIAL}:{model}" for model in models] if name == TUTORIAL else [name] for name in wanted)
    return tuple(dict.fromkeys(name for some in each for name in some))
