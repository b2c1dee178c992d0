"""Facts of a release in words: its day, its status, its place in a list.

Gives plain text; escaping is left to whoever sets it into a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.replay import LEFT_OUT
from assistant.web.messages import FRENCH, Messages, typeset
from store.period import day_in_words
from store.records import Status

PARIS = ZoneInfo("Europe/Paris")

_STRAIGHT = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_BREAKS = re.compile(r"[ \t\r\n\f\v]+")


def on_one_line(text: str) -> str:
    """The text without line breaks; no-break spaces, which French needs, stay."""
    return _BREAKS.sub(" ", text).strip(" ")


def told(text: str) -> str:
    """What the archive's own code says, on one line and set as the page's other words are."""
    return typeset(_STRAIGHT.sub("\u2019", on_one_line(text)))


def listed(facts: Sequence[str]) -> str:
    """The facts there are, on one line; a line never begins with the dot between two."""
    return "\u00a0· ".join(on_one_line(fact) for fact in facts if fact)


def day(published: date | None, say: Messages) -> str:
    return say("undated") if published is None else day_in_words(published, say.language)


def title(written: str, say: Messages) -> str:
    """The title as it is shown; what stands there where it is hidden, or where there is none."""
    return say("title_hidden") if written == LEFT_OUT else on_one_line(written) or say("untitled")


def status(state: Status, embargo: datetime | None, say: Messages) -> str | None:
    """What a reader must know of a release before quoting it; None for a published one."""
    if state is Status.PUBLISHED:
        return None
    if state is not Status.EMBARGOED or embargo is None:
        return say(state.value)
    local = embargo.astimezone(PARIS)
    return say("embargoed_until", day=day_in_words(local.date(), say.language), time=time(local, say))


def time(moment: datetime, say: Messages) -> str:
    """« 10 h », « 9 h 30 », "10:00"."""
    if say.language != FRENCH:
        return f"{moment:%H:%M}"
    return f"{moment.hour}\u00a0h" + (f"\u00a0{moment:%M}" if moment.minute else "")


def extent(releases: int, first: date | None, last: date | None, say: Messages) -> str:
    """« 38 communiqués, du 12 janvier 2023 au 3 mars 2025 »."""
    counted = say.counted("extent", releases)
    if first is None or last is None:
        return counted
    if first == last:
        return f"{counted}, {say('on', day=day(first, say))}"
    return f"{counted}, {say('between', first=day(first, say), last=day(last, say))}"


def years(releases: int, first: date | None, last: date | None, say: Messages) -> str:
    """« 38 communiqués · 2023–2025 »."""
    counted = say.counted("extent", releases)
    if first is None or last is None:
        return counted
    between = f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    return listed([counted, between])


def telephone(written: str) -> str:
    """A `tel:` address of a telephone number; "" where it is none."""
    number = re.sub(r"\(0\)|[\s.()/\u00a0\u202f-]", "", written)
    return f"tel:{number}" if re.fullmatch(r"\+?[0-9]{4,15}", number) else ""


def mail(written: str) -> str:
    """A `mailto:` address of an address; "" where it is none."""
    address = written.strip()
    return f"mailto:{address}" if re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", address, re.ASCII) else ""
