"""What people thought of answers, as the archivist sees to it: a list with the words concerned.

Knows nothing of accounts or of how judgments are kept. Every value is escaped by markupsafe
as it is set in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from markupsafe import Markup

from assistant.answer import Citation
from assistant.judged import Noted, concerned
from assistant.web import wording
from assistant.web.conversation import Turn
from assistant.web.messages import Messages, typeset
from store.judgments import LONGEST_WORD, Judgment, Tally, Verdict

HERE = "local"
"""Whoever sits at this machine, where there are no accounts."""
SENTENCES = 3
"""Sentences of an answer that its line shows."""


def page(
    rows: Markup, tallies: Mapping[Verdict, Tally], verdict: Verdict | None, handled: bool | None, say: Messages
) -> Markup:
    """The section: which to show, the list, and all of it to download."""
    given = sum(tally.given for tally in tallies.values())
    if not given:
        return Markup('<h3>{}</h3><p class="nothing">{}</p>').format(say("judgments"), say("judgments_empty"))
    return Markup(
        '<h3>{}</h3><div class="which-judgments" role="group" aria-label="{}">{}{}</div><div class="judgments">{}</div>'
        '<p class="facts"><a href="/room/judgments.jsonl" download>{}</a></p>'
    ).format(
        say("judgments"),
        say("judgments_which"),
        _states(tallies, handled, say),
        _verdicts(tallies, verdict, say),
        rows or Markup('<p class="nothing">{}</p>').format(say("judgments_none")),
        say("judgments_export"),
    )


def rows(found: Sequence[Noted], more: int | None, say: Messages) -> Markup:
    """The lines, and where the next ones begin."""
    lines = Markup("").join(row(one, say) for one in found)
    if more is None:
        return lines
    button = Markup('<button type="button" class="more" data-offset="{}">{}</button>')
    return lines + button.format(more, say("judgments_more"))


def row(one: Noted, say: Messages) -> Markup:
    """One judgment: what was asked, what is wrong, why, and what can be done."""
    judgment = one.judgment
    source = _source(one)
    return Markup(
        '<article class="judgment {}" data-answer="{}" data-judge="{}">'
        '<p class="facts"><strong class="verdict">{}</strong> {}</p><h4>{}</h4>{}{}{}'
        '<details class="as-it-was" data-answer="{}"><summary>{}</summary><div></div></details>{}</article>'
    ).format(
        judgment.verdict.value,
        judgment.answer_id,
        judgment.judge,
        _verdict(judgment, say),
        _by(judgment.judge, judgment.moment, say),
        typeset(wording.on_one_line(one.question)),
        Markup('<blockquote class="reason">{}</blockquote>').format(typeset(judgment.why)) if judgment.why else "",
        _words(one),
        "" if source is None else _open(source, say),
        quote(judgment.answer_id, safe=""),
        say("judgment_see"),
        _seeing(judgment, say),
    )


def without_tools(turn: Turn) -> Turn:
    """The turn to look at only: neither to judge nor to take away."""
    return replace(turn, answer=None, conversation="")


def _verdict(judgment: Judgment, say: Messages) -> str:
    number = f" [{judgment.citation}]" if judgment.citation is not None else ""
    return say(f"judged_{judgment.verdict.value}") + number


def _by(who: str, moment: datetime, say: Messages) -> str:
    local = moment.astimezone(wording.PARIS)
    when = f"{wording.day(local.date(), say)}, {wording.time(local, say)}"
    return say("judgment_by", who=_who(who, say), when=when)


def _who(name: str, say: Messages) -> str:
    return say("judge_here") if name == HERE else wording.on_one_line(name)


def _words(one: Noted) -> Markup:
    """The sentences concerned."""
    if one.answer is None or one.judgment.verdict is Verdict.USEFUL:
        return Markup("")
    told = concerned(one.judgment, one.answer)
    shown = Markup("").join(Markup("<p>{}</p>").format(typeset(wording.on_one_line(text))) for text in told[:SENTENCES])
    more = Markup("<p>…</p>") if len(told) > SENTENCES else Markup("")
    return Markup('<div class="concerned">{}{}</div>').format(shown, more) if told else Markup("")


def _source(one: Noted) -> Citation | None:
    number = one.judgment.citation
    if one.answer is None or number is None:
        return None
    return next((each for each in one.answer.citations if each.number == number), None)


def _open(source: Citation, say: Messages) -> Markup:
    facts = wording.listed([source.issuer or "", wording.day(source.published, say)])
    return Markup(
        '<p class="source">{} [{}] <button type="button" class="title" data-release="{}" data-version="{}" '
        'data-start="{}" data-end="{}">{}</button> <span class="facts">{}</span></p>'
    ).format(
        say("judgment_source"),
        source.number,
        source.release_id,
        source.version,
        source.span.start,
        source.span.end,
        wording.title(source.title, say),
        facts,
    )


def _seeing(judgment: Judgment, say: Messages) -> Markup:
    """What was done about it, or a form to say so."""
    if (handled := judgment.handled) is not None:
        local = handled.moment.astimezone(wording.PARIS)
        told = say("judgment_handled", who=_who(handled.by, say), when=wording.day(local.date(), say))
        note = " " + say("judge_wrote", why=typeset(wording.on_one_line(handled.note))) if handled.note else ""
        return Markup(
            '<p class="handled">{}{} <button type="button" class="reopen">{}</button></p>'
        ).format(told, note, say("judgment_reopen"))  # fmt: skip
    return Markup(
        '<details class="handle"><summary>{}</summary><form><label>{} <textarea name="note" rows="2" maxlength="{}">'
        '</textarea></label><button type="submit">{}</button></form></details>'
    ).format(say("judgment_handle"), say("judgment_note"), LONGEST_WORD, say("judgment_done"))  # fmt: skip


def _states(tallies: Mapping[Verdict, Tally], handled: bool | None, say: Messages) -> Markup:
    given = sum(tally.given for tally in tallies.values())
    waiting = sum(tally.open for tally in tallies.values())
    counts = (("judgments_open", False, waiting), ("judgments_handled", True, given - waiting),
              ("judgments_all", None, given))  # fmt: skip
    return Markup("").join(
        Markup('<button type="button" class="handling" data-handled="{}" aria-pressed="{}">{} ({})</button>').format(
            "" if value is None else str(value).lower(), str(value is handled).lower(), say(key), say.number(count)
        )
        for key, value, count in counts
    )


def _verdicts(tallies: Mapping[Verdict, Tally], verdict: Verdict | None, say: Messages) -> Markup:
    options = Markup("").join(
        Markup('<option value="{}"{}>{} ({})</option>').format(
            one.value,
            Markup(" selected") if one is verdict else "",
            say(f"judged_{one.value}"),
            say.number(tallies[one].given),
        )
        for one in Verdict
    )
    return Markup('<label>{} <select name="verdict"><option value="">{}</option>{}</select></label>').format(
        say("judgments_verdict"), say("judgments_any"), options
    )
