"""What is counted and timed of answers and requests, as Prometheus reads it.

Numbers only: no question, no name, no release. Knows nothing of HTTP; a door hands in what
it saw. Each meter has its registry, so that two of them in one process stay apart.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from assistant.answer import Event, Finished, Found, Question, Understood, Wrote
from store.records import Scope

if TYPE_CHECKING:
    from assistant.answer import Answer

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 6.0, 12.0, 30.0, 60.0)
"""Upper bounds of what is timed: from a list of releases to a small model's answer."""

Counts = dict[str, dict[str, int]]
"""What is counted when the figures are read: a name of STANDING, and under each kind a number."""
STANDING = {
    "releases": "Releases that each scope may see.",
    "queue": "What waits: versions of releases to be indexed, files handed in to be read or decided on.",
}


class Meter:
    """Questions, abstentions, sentences left out, how long each step takes, requests, documents handed in.

    `ticks` counts seconds, from any beginning.
    """

    def __init__(self, ticks: Callable[[], float] = time.perf_counter) -> None:
        self._ticks = ticks
        self._open, self._inner = CollectorRegistry(), CollectorRegistry()
        ProcessCollector(registry=self._open)
        GCCollector(registry=self._open)
        self._questions = Counter(
            "porte_parole_questions", "Questions put to the desk.", ("scope", "writer", "outcome"), registry=self._open
        )
        self._abstentions = Counter(
            "porte_parole_abstentions", "Questions not answered, by reason.", ("reason",), registry=self._open
        )
        self._sentences = Counter(
            "porte_parole_sentences",
            "Sentences of answers: shown; of a model, repaired from the source or dropped.",
            ("outcome",),
            registry=self._open,
        )
        self._steps = Histogram(
            "porte_parole_step_seconds",
            "From the question to each step of its answer.",
            ("step",),
            buckets=SECONDS,
            registry=self._open,
        )
        self._requests = Counter(
            "porte_parole_requests", "Requests answered.", ("route", "method", "status"), registry=self._open
        )
        self._durations = Histogram(
            "porte_parole_request_seconds",
            "From a request to the end of its answer.",
            ("route",),
            buckets=SECONDS,
            registry=self._open,
        )
        self._unfinished = Gauge("porte_parole_unfinished_requests", "Requests being answered.", registry=self._open)
        self._documents = Counter(
            "porte_parole_documents", "Documents handed in at the doors, by outcome.", ("outcome",),
            registry=self._inner,
        )  # fmt: skip

    def metered(self, question: Question, scope: Scope, events: Iterator[Event]) -> Iterator[Event]:
        """The same events, counted and timed; an answer that is broken off counts as such."""
        began, outcome, writer = self._ticks(), "broken_off", "-"
        written = False
        try:
            for event in events:
                match event:
                    case Understood():
                        self._step("understood", began)
                    case Found():
                        self._step("found", began)
                    case Wrote() if not written:
                        written = True
                        self._step("first_sentence", began)
                    case Finished(answer=answer):
                        self._step("finished", began)
                        outcome = "abstained" if answer.abstention else "answered"
                        writer = answer.written.name
                        self._count(answer)
                yield event
        except Exception:
            outcome = "failed"
            raise
        finally:
            self._questions.labels(scope.value, writer, outcome).inc()

    def began(self) -> float:
        """A request has come; what this gives is handed back when it has ended."""
        self._unfinished.inc()
        return self._ticks()

    def ended(self, began: float, route: str, method: str, status: int) -> float:
        """A request has been answered; gives the seconds it took."""
        self._unfinished.dec()
        took = self._ticks() - began
        self._requests.labels(route, method, str(status)).inc()
        self._durations.labels(route).observe(took)
        return took

    def documents(self, outcome: str) -> None:
        """A document that was handed in at a door counts now, was there already, or could not be read."""
        self._documents.labels(outcome).inc()

    def read(self, standing: Counts | None = None) -> bytes:
        """The figures as text for Prometheus; with `standing`, also what the public may not know."""
        if standing is None:
            return generate_latest(self._open)
        now = CollectorRegistry()
        for name, numbers in standing.items():
            gauge = Gauge(f"porte_parole_{name}", STANDING[name], ("kind",), registry=now)
            for kind, number in numbers.items():
                gauge.labels(kind).set(number)
        return generate_latest(self._open) + generate_latest(self._inner) + generate_latest(now)

    def _step(self, step: str, began: float) -> None:
        self._steps.labels(step).observe(self._ticks() - began)

    def _count(self, answer: Answer) -> None:
        if answer.abstention is not None:
            self._abstentions.labels(answer.abstention.reason).inc()
        self._sentences.labels("shown").inc(len(answer.sentences))
        self._sentences.labels("repaired").inc(answer.written.repaired)
        self._sentences.labels("dropped").inc(answer.written.dropped)
