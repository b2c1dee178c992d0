"""Questions that journalists left for the press office, as HTML: who asks, until when, and what was done.

Every value is escaped by markupsafe as it is set in. Knows neither routes nor where they are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from markupsafe import Markup

from assistant.drafted import Named, Told
from assistant.web import wording
from assistant.web.asked import opener
from assistant.web.messages import Messages, typeset
from store.enquiry_rows import Enquiry, EnquiryState
from store.view import Entry

LONGEST_BODY = 1_500
"""Characters of a reply that are handed to the mail program: longer addresses are cut by some of them."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Some of the questions, from `first` on; `more` where the next ones begin, `titles` are releases to be named."""

    enquiries: Sequence[Enquiry]
    counts: Mapping[EnquiryState, int]
    state: EnquiryState
    more: int | None
    titles: Mapping[str, Entry]
    now: datetime
    writes: bool = True


def section(sheet: Sheet, say: Messages) -> Markup:
    """Which to show, and the questions, the last first."""
    if not sum(sheet.counts.values()):
        return Markup('<p class="hint">{}</p><p class="nothing">{}</p>').format(
            say("enquiries_hint"), say("enquiries_empty")
        )
    states = Markup("").join(
        Markup('<button type="button" data-state="{}" aria-pressed="{}">{} ({})</button>').format(
            one.value,
            str(one is sheet.state).lower(),
            say(f"enquiries_{one.value}"),
            say.number(sheet.counts.get(one, 0)),
        )
        for one in EnquiryState
    )
    return Markup(
        '<p class="hint">{}</p><div class="which" role="group" aria-label="{}">{}</div><div class="enquiries">{}</div>'
    ).format(
        say("enquiries_hint"),
        say("enquiries_which"),
        states,
        rows(sheet, say) or Markup('<p class="nothing">{}</p>').format(say("enquiries_none")),
    )


def rows(sheet: Sheet, say: Messages) -> Markup:
    """The questions, and where the next ones begin."""
    lines = Markup("").join(row(one, sheet.titles, sheet.now, say, sheet.writes) for one in sheet.enquiries)
    if sheet.more is None:
        return lines
    return lines + Markup('<button type="button" class="more" data-from="{}">{}</button>').format(
        sheet.more, say("enquiries_more")
    )


def off(say: Messages) -> Markup:
    return Markup('<p class="nothing">{}</p>').format(say("enquiries_off"))


def row(one: Enquiry, titles: Mapping[str, Entry], now: datetime, say: Messages, writes: bool = True) -> Markup:
    """One question: its words, who asks, and what can be done."""
    at, time = _when(one.at, say)
    facts = [say("enquiry_number", number=one.id), say("enquiry_left", day=at, time=time)]
    trouble = Markup("")
    if one.trouble:
        trouble = Markup('<p class="fell">{}</p>').format(
            say("enquiry_trouble", reason=wording.on_one_line(one.trouble))
        )
    return Markup(
        '<article class="enquiry {}" data-enquiry="{}"><h3 tabindex="-1">{}</h3><p class="who">{}</p>{}'
        '<p class="facts">{}</p>{}{}{}<div class="said" role="alert"></div><div class="reply"></div></article>'
    ).format(
        one.state.value,
        one.id,
        typeset(wording.on_one_line(one.question)),
        _who(one, say),
        _deadline(one, now, say),
        wording.listed(facts),
        _about(one, titles, say),
        trouble,
        _acts(one, say) if writes else "",
    )


def _when(moment: datetime, say: Messages) -> tuple[str, str]:
    local = moment.astimezone(wording.PARIS)
    return wording.day(local.date(), say), wording.time(local, say)


def _who(one: Enquiry, say: Messages) -> Markup:
    told: list[str | Markup] = [wording.on_one_line(one.name) or say("enquiry_nobody")]
    if one.medium:
        told.append(wording.on_one_line(one.medium))
    for words, href in ((one.email, wording.mail(one.email)), (one.phone, wording.telephone(one.phone))):
        shown = wording.on_one_line(words)
        if shown:
            told.append(Markup('<a href="{}">{}</a>').format(href, shown) if href else shown)
    return Markup(" · ").join(told)


def _deadline(one: Enquiry, now: datetime, say: Messages) -> Markup:
    if one.deadline is None:
        return Markup("")
    day, time = _when(one.deadline, say)
    late = one.deadline < now and one.state is EnquiryState.OPEN
    return Markup('<p class="deadline{}">{}</p>').format(
        Markup(" late") if late else "", say("enquiry_late" if late else "enquiry_deadline", day=day, time=time)
    )


def _about(one: Enquiry, titles: Mapping[str, Entry], say: Messages) -> Markup:
    named = [titles[each] for each in one.releases if each in titles]
    if not named:
        return Markup("")
    return Markup('<p class="cited">{} {}</p>').format(
        say("enquiry_releases"), Markup(", ").join(opener(each, say) for each in named)
    )


def _acts(one: Enquiry, say: Messages) -> Markup:
    button = Markup('<button type="button" data-set="{}">{}</button>')
    if one.state is not EnquiryState.OPEN:
        day, _ = _when(one.changed or one.at, say)
        name = say("judge_here") if one.changed_by in ("", "local") else wording.on_one_line(one.changed_by)
        told = say(f"enquiry_state_{one.state.value}", name=name, day=day)
        return Markup('<p class="acts"><span>{}</span>{}</p>').format(
            told, button.format("open", say("enquiry_reopen"))
        )
    prepare = Markup('<button type="button" class="main" data-prepare aria-label="{}">{}</button>').format(
        say("enquiry_prepare_it", question=typeset(wording.on_one_line(one.question))), say("enquiry_prepare")
    )
    return Markup('<p class="acts">{}{}{}</p>').format(
        prepare, button.format("answered", say("enquiry_done")), button.format("closed", say("enquiry_close"))
    )


def reply(one: Enquiry, found: Told, say: Messages) -> Markup:
    """A reply to read, to correct, and to open in one's mail program; it speaks the journalist's language."""
    theirs = Messages(one.language)
    subject, body = theirs("enquiry_subject", number=one.id), letter(one, found, theirs)
    send = Markup("<span>{}</span>").format(say("enquiry_no_mail"))
    if address := wording.mail(one.email):
        send = Markup(
            '<a class="act main mail" href="{}" data-address="{}" data-subject="{}" data-most="{}">{}</a>'
        ).format(mail_to(address, subject, body), address, subject, LONGEST_BODY, say("enquiry_mail"))
    return Markup(
        '<div class="field wide"><label for="reply-{0}">{1}</label><textarea id="reply-{0}" rows="12" lang="{2}">\n{3}'
        '</textarea></div><p class="acts">{4}</p>'
    ).format(one.id, say("enquiry_reply"), theirs.language, body, send)


def mail_to(address: str, subject: str, body: str) -> str:
    """The address that opens a mail program with a letter, cut where it would be too long for one."""
    cut = body if len(body) <= LONGEST_BODY else body[: LONGEST_BODY - 1].rstrip() + "…"
    return f"{address}?subject={quote(subject, safe='')}&body={quote(cut.replace(chr(10), chr(13) + chr(10)), safe='')}"


def letter(one: Enquiry, found: Told, say: Messages) -> str:
    """The reply as plain text: the answer in its words, and the sources below it."""
    parts = [say("enquiry_greeting"), say("enquiry_you_asked", question=wording.on_one_line(one.question))]
    parts += [say("enquiry_from_archive"), found.text] if found.text else [say("enquiry_no_answer")]
    if found.text and found.sources:
        parts.append("\n".join([say("enquiry_sources"), *(f"– {_source(each, say)}" for each in found.sources)]))
    return "\n\n".join([*parts, say("enquiry_goodbye")])


def _source(one: Named, say: Messages) -> str:
    told = [wording.title(one.title, say), one.issuer or "", wording.day(one.published, say), one.url or ""]
    return ", ".join(each for each in map(wording.on_one_line, told) if each)
