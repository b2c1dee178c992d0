"""The page's frame: heading, places to go, the sections that scripts fill, and the page's head.

Knows nothing of Gradio. Every value is escaped by markupsafe as it is set in.
"""

from __future__ import annotations

import json

from markupsafe import Markup

from assistant.web import account, wording
from assistant.web.callers import Role, Visitor
from assistant.web.messages import Messages
from store.register import Extent

PLACES = {
    "ask": Role.PUBLIC,
    "find": Role.PUBLIC,
    "verbatims": Role.PUBLIC,
    "conversations": Role.READER,
    "press": Role.READER,
    "archive": Role.ARCHIVIST,
}
"""Each place of the page, and who may go there."""

SCRIPT_WORDS = (
    "lost", "unreachable", "signed_out", "forbidden", "gone", "too_large", "copied", "loading", "complete", "answering",
    "taken_back", "asked_so", "again", "cut_off", "cut_off_advice", "back", "overloaded",
    "keep_opening", "keep_opened", "judge_taken_back", "judgment_is_handled", "judgment_is_open",
    "enquiry_is_answered", "enquiry_is_closed", "enquiry_is_open",
)  # fmt: skip
"""Texts that scripts say by themselves."""


def heading(extent: Extent, visitor: Visitor, say: Messages) -> Markup:
    """The page's name, what it knows, where one can go, and who one is."""
    counted = wording.years(extent.releases, extent.first, extent.last, say)
    days = wording.extent(extent.releases, extent.first, extent.last, say)
    name = Markup('<div class="name"><h1>{}</h1><p title="{}">{}</p></div>').format(say("title"), days, counted)
    places = Markup('<nav class="places" aria-label="{}">{}</nav>').format(say("places"), _places(visitor, say))
    new = Markup('<button type="button" id="new">{}</button>').format(say("new"))
    who = Markup('<div class="account">{}</div>').format(account.menu(visitor, say))
    return Markup('<div class="masthead">{}{}{}{}</div>').format(name, places, new, who)


def _places(visitor: Visitor, say: Messages) -> Markup:
    return Markup("").join(
        Markup('<a href="#{0}" data-place="{0}">{1}</a>').format(place, say(f"place_{place}"))
        for place, role in PLACES.items()
        if visitor.may(role)
    )


def panes(visitor: Visitor, say: Messages) -> Markup:
    """A section for every place but the first, empty until its script shows it; and the scripts' words."""
    words = json.dumps({key: say(key) for key in SCRIPT_WORDS}, ensure_ascii=False)
    sections = Markup("").join(
        Markup('<section class="pane" id="pane-{}" aria-label="{}" tabindex="-1" hidden></section>').format(
            place, say(f"place_{place}")
        )
        for place, role in (PLACES | account.PLACES).items()
        if place != "ask" and visitor.may(role)
    )
    named = Markup(' data-visitor="{}"').format(visitor.name) if visitor.session else ""
    return Markup(
        '<div class="panes" data-language="{}" data-role="{}" data-words="{}"{}>{}</div>'
        '<p class="spoken" role="status" aria-live="polite"></p><p class="lost" role="alert">{}</p>{}'
    ).format(say.language, visitor.role, words, named, sections, say("lost"), account.over(say))


def head(style: str, script: str) -> str:
    """For the page's head: its style, its language until the server has said which, and its script.

    The script waits there for the component that runs it: inside of one, Gradio would look
    through all of it for every page that is opened.
    """
    begun = "document.documentElement.lang = 'fr';"
    room = f"function room(element, trigger, props, watch) {{\n{script}\n}}"
    return f"<style>{style}</style><script>{begun}\n{room}</script>"
