"""The chat page: Gradio Blocks mounted on the API's server.

Wires questions to the desk and citations to releases; what is shown is drawn by
`conversation` and `reading`. Knows neither accounts nor the network: the scope is given.
Run it with `porte-parole serve`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from markupsafe import Markup

from assistant import answer
from assistant.web import conversation, reading, welcome
from assistant.web.contract import LONGEST_QUESTION
from assistant.web.messages import Messages
from store.records import PressArchiveError, Release, ReleaseNotFound, Scope, Span

if TYPE_CHECKING:
    import gradio as gr

    from assistant.desk import Desk
    from store.archive import Archive

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
TURNS_KEPT = 40
AT_ONCE = 8
"""Questions answered at the same time; more wait their turn."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An earlier turn: what a follow-up needs of it, and how it was drawn."""

    question: str
    releases: tuple[str, ...]
    html: str


class Room:
    """What the page does: begin, answer, open a release. One for all who look at it."""

    def __init__(
        self,
        desk: Desk,
        archive: Archive,
        scope: Scope,
        *,
        clock: Callable[[], datetime],
        say: Messages,
        examples: Sequence[str],
    ) -> None:
        self.desk = desk
        self.archive = archive
        self.scope = scope
        self.clock = clock
        self.say = say
        self.examples = tuple(examples)

    def heading(self) -> str:
        extent = self.archive.view(self.scope, self.clock()).extent()
        return str(welcome.heading(extent, self.scope, self.say))

    def beginning(self) -> str:
        """What stands where the first answer will."""
        view = self.archive.view(self.scope, self.clock())
        return str(welcome.beginning(view, self.examples, self.say))

    def answered(self, asked: str, past: tuple[Kept, ...]) -> Iterator[tuple[str, tuple[str, ...] | None]]:
        """The turn as HTML after each event; with the last one, the releases cited."""
        turn = conversation.Turn(asked)
        yield str(conversation.drawn(turn, self.say)), None
        history = tuple(answer.Turn(each.question, each.releases) for each in past)
        try:
            for event in self.desk.events(answer.Question(asked, history), self.scope):
                turn = turn.after(event)
                yield str(conversation.drawn(turn, self.say)), turn.releases if turn.finished else None
        except Exception:
            log.exception("a question could not be answered")
            turn = conversation.Turn(asked, failed=True)
            yield str(conversation.drawn(turn, self.say)), ()

    def opened(self, release_id: str, version: int, quoted: Span | None) -> str:
        """The release with the quotation marked; its current text if that version is gone."""
        view = self.archive.view(self.scope, self.clock())
        try:
            versions = view.versions(release_id)
        except ReleaseNotFound:
            return str(reading.missing(self.say))
        cited = next((each for each in versions if each.version == version), None)
        if cited is None or not _within(quoted, cited):
            return str(reading.opened(versions[-1], None, self.say("replaced") if cited is None else "", self.say))
        return str(reading.opened(cited, quoted, "", self.say))


def _within(quoted: Span | None, release: Release) -> bool:
    return quoted is None or 0 <= quoted.start <= quoted.end <= len(release.text)


def create_page(room: Room) -> gr.Blocks:
    """The page for one room; mount it with `mount`."""
    import gradio as gr

    say = room.say

    def begin() -> tuple[str, str]:
        return room.heading(), room.beginning()

    def anew() -> tuple[str, str, tuple[Kept, ...], str]:
        return "", room.beginning(), (), ""

    def ask(asked: str, past: tuple[Kept, ...]) -> Iterator[tuple[Any, ...]]:
        asked = (asked or "").strip()[:LONGEST_QUESTION]
        if not asked:
            return
        yield "".join(each.html for each in past), gr.skip(), gr.skip(), ""
        for html, releases in room.answered(asked, past):
            done = releases is not None
            kept = (*past, Kept(asked, releases or (), html))[-TURNS_KEPT:] if done else gr.skip()
            yield gr.skip(), html, kept, gr.skip()

    def ask_example(event: gr.EventData, past: tuple[Kept, ...]) -> Iterator[tuple[Any, ...]]:
        yield from ask(str(getattr(event, "question", "")), past)

    def read(place: dict[str, Any]) -> str:
        try:
            quoted = Span(int(place["start"]), int(place["end"]))
            return room.opened(str(place["release"]), int(place["version"]), quoted)
        except (KeyError, TypeError, ValueError):
            return str(reading.missing(say))
        except PressArchiveError as error:
            log.error("%s", error)
            return str(Markup('<p class="note">{}</p>').format(say("unreachable")))

    script = (HERE / "page.js").read_text(encoding="utf-8")
    with gr.Blocks(title=say("title"), analytics_enabled=False, fill_width=True) as page:
        with gr.Row(elem_id="top"):
            heading = gr.HTML(room.heading(), elem_id="heading", apply_default_css=False, js_on_load=None)
            new = gr.Button(say("new"), elem_id="new", size="sm", scale=0)
        earlier = gr.HTML("", elem_id="earlier", elem_classes="talk", apply_default_css=False, js_on_load=None)
        current = gr.HTML(
            "",
            elem_id="current",
            elem_classes="talk",
            apply_default_css=False,
            js_on_load=script,
            server_functions=[read],
        )
        with gr.Row(elem_id="composer"):
            box = gr.Textbox(
                placeholder=say("placeholder"),
                label=say("question"),
                show_label=False,
                container=False,
                lines=1,
                max_lines=6,
                max_length=LONGEST_QUESTION,
                autofocus=True,
                elem_id="question",
            )
            send = gr.Button(say("ask"), variant="primary", elem_id="ask", scale=0)
        gr.HTML(str(welcome.reader(say)), elem_id="reader", apply_default_css=False, js_on_load=None)
        past = gr.State(())
        outputs = [earlier, current, past, box]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        page.load(begin, None, [heading, current], **quiet)
        gr.on([box.submit, send.click], ask, [box, past], outputs, trigger_mode="once", **quiet)
        current.ask(ask_example, [past], outputs, trigger_mode="once", **quiet)
        new.click(anew, None, outputs, **quiet)
    page.queue(default_concurrency_limit=AT_ONCE, max_size=64)
    return page


def mount(
    app: FastAPI,
    desk: Desk,
    archive: Archive,
    scope: Scope,
    *,
    clock: Callable[[], datetime],
    language: str,
    examples: Sequence[str] = (),
) -> None:
    """Put the chat page for `scope` at "/" of `app`, behind the routes it already has."""
    import gradio as gr

    say = Messages(language)
    room = Room(desk, archive, scope, clock=clock, say=say, examples=examples)
    fonts = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
    gr.mount_gradio_app(
        app,
        create_page(room),
        path="/",
        theme=gr.themes.Base(font=fonts, font_mono=("ui-monospace", "monospace")),
        head=welcome.head(say, (HERE / "page.css").read_text(encoding="utf-8")),
        favicon_path=str(HERE / "pictures" / "icon.svg"),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        max_file_size=0,
    )
