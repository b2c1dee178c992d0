"""Invented answers to take away, and the archive they rest on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from assistant.answer import Abstention, Answer, Citation, Notice, Question, Sentence, Written
from assistant.records import Kept
from assistant.takeaway.composing import Permanent, dossier
from assistant.takeaway.dossier import Dossier
from assistant.web.messages import Messages
from conftest import NOW
from store.archive import Archive
from store.catalogue import Added
from store.period import Period
from store.records import Filters, Scope, Span

Shelve = Callable[..., Added]

GIVEN = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
EMBARGO = datetime(2031, 1, 1, 9, 0, tzinfo=UTC)
ROOF = "La toiture du stade Albert-Fauvel coûtera 12 millions d'euros."
WORKS = "Les travaux dureront « quatorze mois au plus », selon la Métropole."
STADIUM = f"{ROOF} {WORKS}"
TITLE = "Le stade Albert-Fauvel sera rénové"


def stadium(shelve: Shelve, text: str = STADIUM, **facts: object) -> str:
    """The stadium's release, on the shelf; gives its id."""
    told = {"title": TITLE, "reference": "CP-2025-7", "published": date(2025, 5, 6), **facts}
    return shelve(text, **told).release_id


def citation(number: int, release_id: str, quote: str, **facts: object) -> Citation:
    told: dict[str, object] = {
        "reference": "CP-2025-7", "version": 1, "title": TITLE, "issuer": "Métropole de Sarvelle",
        "published": date(2025, 5, 6), "url": None, "page": None, "span": Span(0, len(quote)), **facts,
    }  # fmt: skip
    return Citation(number=number, release_id=release_id, quote=quote, **told)  # type: ignore[arg-type]


def kept(answer: Answer, scope: Scope = Scope.STAFF, evidence: Sequence[tuple[str, int]] = (), **more: object) -> Kept:
    record = {"searched": {"releases": 45, "from": "2023-02-09", "to": "2025-12-04"}, "understood": None, **more}
    return Kept(answer.id or "a-1", GIVEN, scope, Question(answer.question), answer, tuple(evidence), record)


def answered(release_id: str, question: str = "Combien coûtera le stade ?", **facts: object) -> Kept:
    """Two sentences of one release, on two pages, the first of them said again at the end."""
    citations = (
        citation(1, release_id, ROOF, page=2, **facts),
        citation(2, release_id, WORKS, page=4, **facts),
    )
    sentences = (
        Sentence(ROOF, (1,), "Selon la Métropole de Sarvelle, 6 mai 2025 :"),
        Sentence(WORKS, (2,)),
        Sentence("Le coût est donc connu.", (1, 2)),
    )
    return kept(
        Answer(
            question,
            "Combien coûtera le stade Albert-Fauvel ?",
            Filters(Period(date(2025, 1, 1), date(2025, 12, 31)), ("Métropole de Sarvelle",)),
            sentences,
            citations,
            notices=(Notice("as_of", "Le communiqué date du 6 mai 2025."),),
            written=Written("extractive"),
            id="20260302-0123456789ab",
        )
    )


def abstained(question: str = "Qui a gagné la coupe ?", evidence: Sequence[tuple[str, int]] = ()) -> Kept:
    told = Abstention("nothing", "Recherche dans 45 communiqués : aucun ne parle d'une coupe.")
    return kept(Answer(question, question, Filters(), abstention=told, id="20260302-ba9876543210"), evidence=evidence)


def taken(
    archive: Archive,
    *answers: Kept,
    scope: Scope = Scope.STAFF,
    language: str = "fr",
    title: str = "",
    permanent: Permanent | None = None,
) -> Dossier:
    view, whole = archive.view(scope, NOW), archive.view(Scope.ARCHIVIST, NOW)
    return dossier(answers, view, whole, Messages(language), title=title, permanent=permanent)
