"""The chat page: Gradio Blocks mounted on the API's server.

Only the wiring: what is shown is made by `room`, and what is not the conversation itself is
fetched by the page's script from the routes of `panes`. Imports Gradio, so import this module
only to open the page. Run it with `porte-parole serve`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.routing import Mount

from assistant.web import frame, reading, reopening
from assistant.web.callers import Visitor
from assistant.web.contract import LONGEST_QUESTION
from assistant.web.messages import FRENCH, Messages
from assistant.web.putting import Put, named, put, typed
from assistant.web.room import TURNS_KEPT, Kept, Room
from store.conversations import new_id

HERE = Path(__file__).parent
PIECES = (
    "frame", "reader", "ask", "tools", "judge", "keep", "timeline", "find", "verbatims", "add", "press", "account",
)  # fmt: skip
"""The files of `page/`, in the order their scripts and styles are joined."""
HANDED_OVER = """watch("value", () => {
  element.dispatchEvent(new CustomEvent("earlier", { bubbles: true, detail: props.value }));
});"""
"""The script of the earlier turns: they are drawn by that of the current one."""
AS_SCRIPT = """room(element, trigger, props, watch); // triggers "again", "reopen" and "anew\""""
"""What the current turn runs: the page's script, which is in its head. Gradio wants the names of events quoted here."""
AT_ONCE = 8
"""Questions answered at the same time; more wait their turn."""
PAGES = 300
"""Open pages whose conversation is remembered, some 0.3 MB each; the one asked in longest ago is forgotten first."""


def create_page(room: Room) -> gr.Blocks:
    """The page for one room; mount it with `mount`."""
    say = Messages(FRENCH)

    def visitor_of(request: gr.Request) -> Visitor:
        visitor = room.visitor(request.request)  # type: ignore[arg-type]
        if visitor is None:
            raise gr.Error("signed out", print_exception=False)
        return visitor

    def begin(request: gr.Request) -> tuple[Any, ...]:
        visitor = visitor_of(request)
        spoken = room.say(visitor)
        return (
            room.heading(visitor),
            room.beginning(visitor),
            str(frame.panes(visitor, spoken)),
            str(reading.panel(spoken)),
            gr.update(placeholder=spoken("placeholder"), label=spoken("question")),
            gr.update(value=spoken("ask")),
        )

    def anew(request: gr.Request) -> tuple[Any, ...]:
        return "", room.beginning(visitor_of(request)), (), "", ""

    def reopen(event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        visitor = visitor_of(request)
        wanted = named(event._data)
        turns = room.reopened(wanted, visitor)
        if turns is None:
            return "", str(reopening.gone(room.say(visitor))), (), gr.skip(), ""
        return "".join(each.html for each in turns[:-1]), turns[-1].html, turns, gr.skip(), wanted

    def answer(
        asked: Put | None, past: tuple[Kept, ...], thread: str, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        if asked is None:
            return
        visitor = visitor_of(request)
        replaced = past[-1:] if past and past[-1].mark and past[-1].mark == asked.replaces else ()
        past = past[: len(past) - len(replaced)]
        instead_of = replaced[0].answer if replaced else None
        thread = thread or new_id()
        # The last turn joins the earlier ones as the new one takes its place: neither is shown twice.
        earlier_turns: Any = "".join(each.html for each in past)
        written: Any = gr.skip() if asked.replaces else ""
        for html, turn in room.answered(asked.question, past, visitor, thread, instead_of):
            kept = (*past, turn)[-TURNS_KEPT:] if turn is not None else gr.skip()
            yield earlier_turns, html, kept, written, thread
            earlier_turns = written = gr.skip()

    def ask(words: str, past: tuple[Kept, ...], thread: str, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        yield from answer(typed(words), past, thread, request)

    def ask_again(
        past: tuple[Kept, ...], thread: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        yield from answer(put(event._data), past, thread, request)

    page: gr.Blocks = gr.Blocks(title=say("title"), analytics_enabled=False, fill_width=True)
    plain: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
    with page:
        with gr.Row(elem_id="top"):
            heading = gr.HTML("", elem_id="heading", **plain)
        # Turns are set by the script, which changes only what changed: `html_template` is empty.
        talk: dict[str, Any] = {"elem_classes": "talk", "apply_default_css": False, "html_template": ""}
        earlier = gr.HTML("", elem_id="earlier", js_on_load=HANDED_OVER, **talk)
        current = gr.HTML("", elem_id="current", js_on_load=AS_SCRIPT, **talk)
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
        panes = gr.HTML("", elem_id="panes", **plain)
        reader = gr.HTML("", elem_id="reader", **plain)
        past, thread = gr.State(()), gr.State("")
        outputs = [earlier, current, past, box, thread]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        page.load(begin, None, [heading, current, panes, reader, box, send], **quiet)
        asking = gr.on([box.submit, send.click], ask, [box, past, thread], outputs, trigger_mode="once", **quiet)
        again = current.again(ask_again, [past, thread], outputs, trigger_mode="multiple", **quiet)
        current.reopen(reopen, None, outputs, trigger_mode="multiple", cancels=[asking, again], **quiet)
        current.anew(anew, None, outputs, cancels=[asking, again], **quiet)
    page.queue(default_concurrency_limit=AT_ONCE, max_size=64)
    # Gradio looks a thousand times a second whether anybody asked, at a tenth of a processor on an idle server.
    page._queue.sleep_when_free = 0.01
    page.state_session_capacity = PAGES
    return page


def joined(suffix: str) -> str:
    """The page's scripts, or its styles, as one."""
    return "\n".join((HERE / "page" / f"{piece}.{suffix}").read_text(encoding="utf-8") for piece in PIECES)


def mount(app: FastAPI, room: Room, origin: str = "") -> None:
    """Put the chat page at "/" of `app`, behind the routes it already has.

    `origin` is the address people open, "" where it is the server's own.
    """
    fonts = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
    gr.mount_gradio_app(
        app,
        create_page(room),
        path="/",
        root_path=origin or None,
        theme=gr.themes.Base(font=fonts, font_mono=("ui-monospace", "monospace")),
        head=frame.head(joined("css"), joined("js")),
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
