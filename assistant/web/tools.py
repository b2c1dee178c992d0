"""The quiet row under an answer: copy it, export it; beside it, room for what others put there.

Markup only; what the buttons do is `page/tools.js`, the files are made under /room. Every value
is escaped by markupsafe as it is set in.
"""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from assistant.web.messages import Messages

FORMATS = {"docx": "take_word", "md": "take_markdown", "txt": "take_text", "html": "take_page"}
"""Each format of an export, by the end of its address, and what it is called."""


def drawn(answer_id: str | None, say: Messages, beside: Markup = Markup("")) -> Markup:
    """The row of a finished answer; `beside` is set into it last. Without an id there is nothing to take away."""
    if not answer_id:
        return Markup('<div class="tools">{}</div>').format(beside) if beside else Markup("")
    where = f"/room/answers/{quote(answer_id, safe='')}"
    told = {
        "copy": f"{where}/copy",
        "copied": say("take_copied"),
        "done": say("take_copied_short"),
        "failed": say("take_failed"),
        "by-hand": say("take_by_hand"),
        "label": say("take_copy_text"),
    }
    data = Markup(" ").join(Markup('data-{}="{}"').format(name, value) for name, value in told.items())
    copy = Markup('<button type="button" class="tool copy" {}>{}</button>').format(data, say("take_copy"))
    return Markup('<div class="tools" role="group" aria-label="{}">{}{}{}</div>').format(
        say("take_tools"), copy, exports(where, say), beside
    )


def exports(where: str, say: Messages) -> Markup:
    """The formats that can be had of what stands at `where` (an address, without the format's end), folded away."""
    links = Markup("").join(
        Markup('<li><a href="{}.{}" {}>{}</a></li>').format(
            where,
            end,
            Markup('target="_blank" rel="noopener"') if end == "html" else Markup("download"),
            say(name),
        )
        for end, name in FORMATS.items()
    )
    return Markup('<details class="tool export"><summary>{}</summary><ul>{}</ul></details>').format(
        say("take_export"), links
    )
