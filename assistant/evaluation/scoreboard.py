"""An evaluation as a table for people, in lines of at most 120 characters.

Knows nothing about how the figures came about, nor where they are printed.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.evaluation.evaluating import Evaluation
from assistant.evaluation.figures import groups, summary
from assistant.evaluation.measures import Estimate, Values, estimate, gained

SHOWN = {"R@1": "R@1", "R@5": "R@5", "R@10": "R@10", "nDCG@10": "nDCG@10", "RR": "MRR"}
OURS = "porte-parole"
FAULTS = ("filters", "order", "list", "count")


def table(evaluation: Evaluation) -> str:
    """Everything measured."""
    sections = (_retrieval, _beside, _filters, _catalogue, _answers, _missing)
    return "\n\n".join("\n".join(lines) for section in sections if (lines := list(section(evaluation))))


def _retrieval(evaluation: Evaluation) -> Iterator[str]:
    values = evaluation.retrieval
    if not values:
        return
    yield f"Retrieval: {len(values)} questions with gold releases, means with 95 % intervals"
    yield f"{'':14}{'n':>5}  {_names()}"
    for name, ids in groups(evaluation):
        found = {id: values[id] for id in ids if id in values}
        if found:
            yield f"{name[:14]:<14}{len(found):>5}  {_cells(found)}"
    yield f"A gold release first: {_mean(values, 'Success@1')}; among the first five: {_mean(values, 'Success@5')}"
    several = {id: value for id, value in values.items() if len(evaluation.wanted[id]) > 1}
    if several:
        whole = cell(estimate([float(value["R@10"] == 1) for value in several.values()]))
        yield f"Of {len(several)} with several gold releases, all of them in the first ten: {whole}"


def _beside(evaluation: Evaluation) -> Iterator[str]:
    if not evaluation.beside or not evaluation.retrieval:
        return
    everyone = {OURS: evaluation.retrieval, **evaluation.beside}
    yield f"Side by side, {len(evaluation.retrieval)} questions"
    yield f"{'':22}{_names()}"
    for name, values in everyone.items():
        yield f"{name[:21]:<22}{_cells(values)}"
    for name, values in evaluation.beside.items():
        differences = (
            f"{label} {cell(gained(evaluation.retrieval, values, measure), '+')}"
            for measure, label in (("nDCG@10", "nDCG@10"), ("Success@1", "first"), ("Success@5", "in five"))
        )
        yield f"Gained over {name}: " + ", ".join(differences)
    if len(evaluation.categories()) > 1:
        yield ""
        yield "A gold release first / in five, by category"
        yield f"{'':14}{'n':>5}  " + "".join(f"{name[:13]:>14}" for name in everyone)
        for category, ids in groups(evaluation):
            asked = [id for id in ids if id in evaluation.retrieval]
            if asked:
                shares = (f"{_share(values, asked):>14}" for values in everyone.values())
                yield f"{category[:14]:<14}{len(asked):>5}  " + "".join(shares)


def _filters(evaluation: Evaluation) -> Iterator[str]:
    """What was read off the words, where any of it matters: something was inferred or is gold."""
    if not any(read.inferred or read.equal is not None for read in evaluation.read.values()):
        return
    yield "Filters read off the words: some at all, passed by every gold release, equal to gold filters"
    yield f"{'':14}{'n':>5}  {'inferred':>9}  {'passed':>9}  {'equal':>9}"
    for name, ids in groups(evaluation):
        reads = [evaluation.read[id] for id in ids]
        shares = (
            _part([float(read.inferred) for read in reads]),
            _part([float(read.passes) for read in reads if read.passes is not None]),
            _part([float(read.equal) for read in reads if read.equal is not None]),
        )
        yield f"{name[:14]:<14}{len(ids):>5}  " + "  ".join(f"{share:>9}" for share in shares)


def _catalogue(evaluation: Evaluation) -> Iterator[str]:
    if not evaluation.faults:
        return
    yield f"Answers of the catalogue: {len(evaluation.faults)} questions; exact, and what was wrong in how many"
    yield f"{'':14}{'n':>5}  {'exact':<19}" + "".join(f"{fault:>9}" for fault in FAULTS)
    for name, ids in groups(evaluation):
        asked = [evaluation.faults[id] for id in ids if id in evaluation.faults]
        if asked:
            wrong = "".join(f"{sum(fault in faults for faults in asked):>9}" for fault in FAULTS)
            yield f"{name[:14]:<14}{len(asked):>5}  {cell(estimate([float(not one) for one in asked])):<19}{wrong}"


def _answers(evaluation: Evaluation) -> Iterator[str]:
    if not evaluation.marks:
        return
    yield f"Answers: {len(evaluation.marks)} questions"
    yield f"{'':14}{'n':>5}  {'abstained':>9}  {'correct':>9}  {'facts':>9}  {'cites gold':>10}"
    for name, ids in groups(evaluation):
        s = summary(evaluation, ids)
        if s is not None:
            shares = [_two(s["abstained"], 9), _two(s["correct"], 9), _two(s["facts"], 9), _two(s["cites_gold"], 10)]
            yield f"{name[:14]:<14}{len(ids):>5}  " + "  ".join(shares)
    s = summary(evaluation, [question.id for question in evaluation.questions])
    if s is not None:
        sentences, characters, taken = s["sentences"], s["characters"], s["milliseconds"]
        yield (
            f"Length: median {sentences['median']} sentences, {characters['median']} characters; "
            f"longest {sentences['max']} sentences, {characters['max']} characters"
        )
        yield (
            f"Citations: {s['citations']}, of which {s['inexact']} do not match their release; "
            f"{s['unsupported']} sentences are not word for word in what they cite"
        )
        yield f"Latency: median {taken['p50']} ms, 95th percentile {taken['p95']} ms"


def _missing(evaluation: Evaluation) -> Iterator[str]:
    if evaluation.missing:
        some = ", ".join(evaluation.missing[:5])
        yield f"{len(evaluation.missing)} gold releases are not in this archive: {some} …"


def cell(e: Estimate | None, sign: str = "") -> str:
    """« 0.71 [0.62–0.79] »."""
    return "–" if e is None else f"{e.mean:{sign}.2f} [{e.low:{sign}.2f}–{e.high:{sign}.2f}]"


def _names() -> str:
    return "".join(f"{name:<19}" for name in SHOWN.values()).rstrip()


def _cells(values: Values) -> str:
    return "".join(f"{_mean(values, measure):<19}" for measure in SHOWN).rstrip()


def _mean(values: Values, measure: str) -> str:
    return cell(estimate([value[measure] for value in values.values()]))


def _share(values: Values, ids: list[str]) -> str:
    first, five = ([values[id][measure] for id in ids] for measure in ("Success@1", "Success@5"))
    return f"{_part(first)} / {_part(five)}"


def _part(values: list[float]) -> str:
    return f"{sum(values) / len(values):.2f}" if values else "–"


def _two(share: float | None, width: int) -> str:
    return f"{'–' if share is None else format(share, '.2f'):>{width}}"
