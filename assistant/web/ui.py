"""The chat page: Gradio Blocks mounted on the API's server.

Only the wiring: what is shown is made by `room`. Imports Gradio, so import this module
only to open the page. Run it with `porte-parole serve`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from fastapi import FastAPI
from markupsafe import Markup
from starlette.routing import Mount

from assistant.web import reading, welcome
from assistant.web.contract import LONGEST_QUESTION
from assistant.web.messages import Messages
from assistant.web.room import Kept, Room
from store.records import PressArchiveError, Scope, Span

if TYPE_CHECKING:
    from assistant.desk import Desk
    from store.archive import Archive

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
TURNS_KEPT = 40
AT_ONCE = 8
"""Questions answered at the same time; more wait their turn."""


def create_page(room: Room) -> gr.Blocks:
    """The page for one room; mount it with `mount`."""
    say = room.say

    def begin() -> tuple[str, str]:
        return room.heading(), room.beginning()

    def anew() -> tuple[str, str, tuple[Kept, ...], str]:
        return "", room.beginning(), (), ""

    def ask(asked: str, past: tuple[Kept, ...]) -> Iterator[tuple[Any, ...]]:
        asked = (asked or "").replace("\u00a0", " ").strip()[:LONGEST_QUESTION]
        if not asked:
            return
        # The last turn joins the earlier ones as the new one takes its place: neither is shown twice.
        earlier_turns: Any = "".join(each.html for each in past)
        written: Any = ""
        for html, turn in room.answered(asked, past):
            kept = (*past, turn)[-TURNS_KEPT:] if turn is not None else gr.skip()
            yield earlier_turns, html, kept, written
            earlier_turns = written = gr.skip()

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
    page: gr.Blocks = gr.Blocks(title=say("title"), analytics_enabled=False, fill_width=True)
    with page:
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
    # An open page keeps a connection to Gradio's own application, which ends it on this event.
    mounted = app.routes[-1]
    assert isinstance(mounted, Mount)
    app.state.let_go = mounted.app.stop_event.set  # type: ignore[attr-defined]
