"""What the page shows before anything is asked: example questions, empty reader.

Knows nothing of Gradio. Every value is escaped by markupsafe as it is set in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from markupsafe import Markup

from assistant.web import wording
from assistant.web.messages import Messages
from store.period import Period, in_words
from store.records import Scope, Status

if TYPE_CHECKING:
    from store.view import View

EXAMPLES = 4
_LONGEST_EXAMPLE = 110
_LOOKED_AT = 20


def beginning(view: View, given: Sequence[str], say: Messages) -> Markup:
    """The first screen: examples to ask, or what to do about an empty archive."""
    if view.extent().releases == 0:
        return _empty(view.scope, say)
    examples = Markup("").join(
        Markup('<li><button type="button" class="example">{}</button></li>').format(question)
        for question in (given or drawn_from(view, say))[:EXAMPLES]
    )
    return Markup(
        '<div class="welcome"><h2>{}</h2><p>{}</p><h3>{}</h3><ul>{}</ul></div>'
    ).format(say("welcome"), say("promise"), say("examples"), examples)  # fmt: skip


def drawn_from(view: View, say: Messages) -> tuple[str, ...]:
    """Questions this archive can answer, made of its newest releases and chief issuer."""
    newest = [entry for entry in view.releases(limit=_LOOKED_AT) if entry.status is Status.PUBLISHED]
    titles = [wording.on_one_line(entry.title) for entry in newest if 0 < len(entry.title) <= _LONGEST_EXAMPLE]
    titles.sort(key=str.isupper)
    questions = [_readable(title) for title in titles[: EXAMPLES - 2]]
    issuers = list(view.issuers())
    if issuers:
        questions.append(say("latest_of", issuer=wording.on_one_line(issuers[0])))
    last = next((entry.published for entry in newest), None)
    if last is not None:
        month = Period(last.replace(day=1), _end_of_month(last))
        questions.append(say("announced_in", month=in_words(month, say.language)))
    return tuple(questions)


def _empty(scope: Scope, say: Messages) -> Markup:
    if scope is Scope.PUBLIC:
        return Markup('<div class="welcome"><h2>{}</h2><p>{}</p></div>').format(say("empty"), say("empty_public"))
    return Markup('<div class="welcome"><h2>{}</h2><p>{}</p><pre>{}</pre></div>').format(
        say("empty"), say("empty_staff"), "python app.py ingest DOSSIER" if say.language == "fr"
        else "python app.py ingest FOLDER",
    )  # fmt: skip


def _readable(title: str) -> str:
    return title.capitalize() if title.isupper() else title


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
