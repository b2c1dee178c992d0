"""Answers given before, as the command line prints them.

Knows nothing about how they were compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from assistant.answer import Answer
from assistant.printed import printed
from assistant.records import Kept
from assistant.replay import Since
from store.answers import Told
from store.period import day_in_words
from store.schema import PARIS

_STATES = {
    "corrected": "corrigé{when} : version {now} au lieu de {then}",
    "rectified": "rectifié par {by}",
    "superseded": "remplacé par {by}",
    "withdrawn": "retiré{when}",
    "missing": "n’est plus dans l’archive",
    "unchanged": "inchangé",
}


def listed(told: Sequence[tuple[Told, Sequence[Since]]]) -> str:
    """One line an answer, newest first: when, id, how many releases, what became of them, the question."""
    lines = []
    for one, became in told:
        cited = len({release_id for release_id, _ in one.releases})
        sources = "abstention" if not cited else f"{cited} source{'s' if cited > 1 else ''}"
        note = f"  [{', '.join(dict.fromkeys(_state(each) for each in became))}]" if became else ""
        lines.append(f"{_when(one.given)}  {one.id}  {sources:>10}  {' '.join(one.question.split())}{note}")
    return "\n".join(lines) or "Aucune réponse n’est conservée."


def replayed(kept: Kept, visible: Kept, now: Answer, document: dict[str, Any], found: Sequence[Since]) -> str:
    """The record, the answer of now where it is another, and what differs."""
    record = kept.record
    took = record.get("milliseconds") or {}
    seconds = "" if took.get("whole") is None else f", en {took['whole']:.0f} ms"
    broken = "" if record.get("complete", True) else " (interrompue)"
    model = f" ({kept.answer.written.model})" if kept.answer.written.model else ""
    lines = [
        f"Réponse {kept.id} du {_when(kept.given)}, pour {kept.scope.value}{seconds}{broken}",
        f"Question : {kept.question.text}",
        *(f"  après : {turn.question}" for turn in kept.question.history),
        f"Rédaction : {kept.answer.written.name}{model}",
        *([f"Consigne : {record['prompt_hash']}"] if record.get("prompt_hash") else []),
        "",
        printed(visible.answer),
    ]
    if visible is not kept:
        lines += ["", "[…] : des mots qui ne se montrent plus (retirés ou remplacés ; --all les montre)."]
    lines += ["", "Ce que sont devenus les communiqués cités :" if found else "Aucun communiqué cité."]
    lines += [f"  – {one.release_id} (version {one.version}) : {_state(one)}" for one in found]
    if document["same"]:
        return "\n".join([*lines, "", "La même question obtient aujourd’hui la même réponse."])
    return "\n".join(
        [*lines, "", "La même question obtient aujourd’hui :", "", printed(now), "", *_differing(document)]
    )


def _differing(document: dict[str, Any]) -> list[str]:
    found = document["differences"]
    lines = ["Ce qui diffère :"]
    lines += [f"  − {text}" for text in found["sentences_gone"]]
    lines += [f"  + {text}" for text in found["sentences_new"]]
    lines += [f"  − source {one['release_id']} (version {one['version']})" for one in found["citations_gone"]]
    lines += [f"  + source {one['release_id']} (version {one['version']})" for one in found["citations_new"]]
    if (reason := found["abstention"]) is not None:
        lines.append(f"  abstention : {reason['then'] or 'aucune'} → {reason['now'] or 'aucune'}")
    if (writer := found["writer"]) is not None:
        lines.append(f"  rédaction : {_writer(writer['then'])} → {_writer(writer['now'])}")
    return lines if len(lines) > 1 else ["Ce qui diffère : l’ordre des phrases."]


def _writer(written: Sequence[str | None]) -> str:
    return " ".join(part for part in written if part)


def _state(one: Since) -> str:
    day = "" if one.moment is None else f" le {day_in_words(one.moment.astimezone(PARIS).date())}"
    by = ", ".join(one.by) or "un autre communiqué"
    return _STATES[one.state].format(now=one.version_now, then=one.version, when=day, by=by)


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(PARIS):%Y-%m-%d %H:%M}"
