"""What the page shows before anything is asked: questions to begin with, or what to do about an empty archive.

Knows nothing of Gradio, nor how the questions were drawn. Every value is escaped by markupsafe
as it is set in.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.web.callers import Role, Visitor
from assistant.web.messages import FRENCH, Messages, typeset


def beginning(examples: Sequence[str], say: Messages) -> Markup:
    """The first screen, with questions that a click asks."""
    items = Markup("").join(
        Markup('<li><button type="button" class="example">{}</button></li>').format(typeset(question))
        for question in examples
    )
    offered = Markup("<h3>{}</h3><ul>{}</ul>").format(say("examples"), items) if items else Markup("")
    return Markup('<div class="welcome"><h2>{}</h2><p>{}</p>{}</div>').format(say("welcome"), say("promise"), offered)


def empty(visitor: Visitor, say: Messages) -> Markup:
    """An archive with nothing in it (for this visitor): what they can do about it."""
    if not visitor.may(Role.ARCHIVIST):
        advice = Markup("<p>{}</p>").format(say("empty_public"))
    else:
        advice = Markup('<p>{}</p><p><a class="way" href="#archive">{}</a></p><p>{}</p><pre>{}</pre>').format(
            say("empty_drag"),
            say("empty_way"),
            say("empty_command"),
            f"porte-parole ingest {'DOSSIER' if say.language == FRENCH else 'FOLDER'}",
        )
    return Markup('<div class="welcome"><h2>{}</h2>{}</div>').format(say("empty"), advice)
