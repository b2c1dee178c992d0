"""Judging an answer: the buttons under it, and the lines an archivist sees to.

Knows nothing of accounts or of how a judgment is kept. Every value is escaped by markupsafe
as it is set in.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.answer import Citation
from assistant.web import wording
from assistant.web.messages import Messages, typeset
from store.judgments import LONGEST_WORD, Judgment, Verdict


def buttons(
    answer_id: str | None,
    citations: Sequence[Citation],
    standing: Judgment | None,
    say: Messages,
    *,
    thanked: bool = False,
) -> Markup:
    """Useful, wrong, wrong source; which one stands, and a line for a word why. Nothing without an id.

    `thanked` is right after a click: then what comes next is open.
    """
    if not answer_id:
        return Markup("")
    verdicts = [one for one in Verdict if one is not Verdict.WRONG_SOURCE or citations]
    pressed = Markup("").join(_button(one, standing, say) for one in verdicts)
    return Markup(
        '<div class="judging" data-answer="{}" role="group" aria-label="{}"><div class="verdicts">{}</div>{}{}</div>'
    ).format(answer_id, say("judging"), pressed, _which(citations, standing, say), _word(standing, say, thanked))


def _button(verdict: Verdict, standing: Judgment | None, say: Messages) -> Markup:
    chosen = standing is not None and standing.verdict is verdict
    more = Markup(' aria-expanded="false"') if verdict is Verdict.WRONG_SOURCE and not chosen else Markup("")
    number = f" [{standing.citation}]" if chosen and standing and standing.citation is not None else ""
    return Markup(
        '<button type="button" class="tool verdict" data-verdict="{}" aria-pressed="{}"{}>{}{}</button>'
    ).format(verdict.value, "true" if chosen else "false", more, say(f"judged_{verdict.value}"), number)


def _which(citations: Sequence[Citation], standing: Judgment | None, say: Messages) -> Markup:
    """The sources to choose from, each by its number and title."""
    if not citations:
        return Markup("")
    chosen = standing.citation if standing is not None else None
    options = Markup("").join(
        Markup(
            '<li><button type="button" data-citation="{0}"{1}><span class="number">{0}</span> {2}</button></li>'
        ).format(
            one.number,
            Markup(' aria-current="true"') if one.number == chosen else "",
            wording.title(one.title, say),
        )
        for one in citations
    )
    return Markup('<div class="which" hidden><p>{}</p><ul>{}</ul></div>').format(say("judge_which"), options)


def _word(standing: Judgment | None, say: Messages, thanked: bool) -> Markup:
    """A line for a word why; what was written before, folded."""
    if standing is None:
        return Markup("")
    thanks = Markup('<p class="thanks">{}</p>').format(say("judge_thanks")) if thanked else Markup("")
    form = Markup(
        '<form class="why"><label>{} <textarea name="why" rows="2" maxlength="{}">{}</textarea></label>'
        '<button type="submit">{}</button></form>'
    ).format(say("judge_why"), LONGEST_WORD, standing.why, say("judge_send"))
    if thanked:
        return Markup('<div class="word">{}{}</div>').format(thanks, form)
    shown = say("judge_wrote", why=_shortened(standing.why)) if standing.why else say("judge_add")
    return Markup('<details class="word"><summary>{}</summary>{}</details>').format(shown, form)


def _shortened(text: str, most: int = 80) -> str:
    told = typeset(wording.on_one_line(text))
    return told if len(told) <= most else f"{told[:most].rstrip()}…"
