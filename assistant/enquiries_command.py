"""The command `enquiries`: what journalists left for the press office, listed, settled, forgotten.

Knows nothing of settings, nor where the shelf is.
"""

from __future__ import annotations

import argparse
import getpass
import json
import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from store.records import SettingsError

if TYPE_CHECKING:
    from store.enquiries import Enquiries
    from store.enquiry_rows import Enquiry

STATES = ("open", "answered", "closed")
PARIS = ZoneInfo("Europe/Paris")
Done = tuple[dict[str, Any], list[str]]


def enquiry_arguments(made: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """What `enquiries` takes."""
    made.set_defaults(run=listed)
    made.add_argument("--state", choices=STATES, help="only those in this state")
    doing = made.add_subparsers(title="doing", metavar="answer|close|open|forget")
    for name, state, about in (
        ("answer", "answered", "somebody answered it"),
        ("close", "closed", "it needs no answer"),
        ("open", "open", "it is to be answered after all"),
    ):
        one = doing.add_parser(name, help=about, parents=[shared])
        one.add_argument("id", metavar="ID")
        one.add_argument("--by", metavar="NAME", default="", help="who says so; whoever runs the command by default")
        one.set_defaults(run=settled, becomes=state, misuse=one.error)
    one = doing.add_parser("forget", help="erase one, or all that are old; nothing of it is left", parents=[shared])
    which = one.add_mutually_exclusive_group(required=True)
    which.add_argument("id", metavar="ID", nargs="?", help="one, as its author may ask")
    which.add_argument("--before", metavar="DAY|90d", help="all left before this day, or so many days ago")
    one.set_defaults(run=forgotten, misuse=one.error)


def run(enquiries: Enquiries, options: argparse.Namespace, now: datetime) -> int:
    """Do what was asked. Raises EnquiryNotFound, SettingsError."""
    document, lines = options.run(enquiries, options, now)
    print(json.dumps(document, ensure_ascii=False, indent=2) if options.json else "\n".join(lines))
    return 0


def listed(enquiries: Enquiries, options: argparse.Namespace, now: datetime) -> Done:
    """The enquiries, the last first."""
    from store.enquiry_rows import EnquiryState

    found = enquiries.listed(EnquiryState(options.state) if options.state else None)
    lines = [line for one in found for line in _lines(one)]
    return {"enquiries": [one.document() for one in found]}, lines or ["there is no enquiry"]


def settled(enquiries: Enquiries, options: argparse.Namespace, now: datetime) -> Done:
    """One that is answered, closed, or open again."""
    from store.enquiry_rows import EnquiryState

    one = enquiries.set_state(options.id, EnquiryState(options.becomes), options.by or _oneself(), now)
    return one.document(), [f"{one.id}  {one.state.value}, by {one.changed_by}"]


def forgotten(enquiries: Enquiries, options: argparse.Namespace, now: datetime) -> Done:
    """One erased, or all that are old."""
    if options.id is not None:
        enquiries.forget_one(options.id)
        return {"forgotten": 1}, [f"{options.id}  forgotten"]
    count = enquiries.forget(_before(options.before, now))
    return {"forgotten": count}, [f"{count} forgotten"]


def _before(given: str, now: datetime) -> datetime:
    days = re.fullmatch(r"([0-9]{1,5})d", given, re.ASCII)
    if days:
        return now - timedelta(days=int(days[1]))
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", given, re.ASCII):
            return datetime.combine(date.fromisoformat(given), time(), PARIS)
    except ValueError:
        pass
    raise SettingsError(f"« {given[:40]} » is neither a day, such as 2027-01-31, nor so many days, such as 90d.")


def _oneself() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "local"


def _lines(one: Enquiry) -> list[str]:
    """An enquiry for a terminal: what is not to be seen in one is left out."""
    deadline = f"for {one.deadline.astimezone(PARIS):%Y-%m-%d %H:%M}" if one.deadline else ""
    sent = "" if not one.trouble else f"not delivered: {one.trouble}"
    head = [one.id, f"{one.at.astimezone(PARIS):%Y-%m-%d %H:%M}", one.state.value, deadline, sent]
    who = [one.name, one.medium, one.email, one.phone]
    return ["  ".join(filter(None, head)), f"    {_seen(', '.join(filter(None, who)))}", f"    {_seen(one.question)}"]


def _seen(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
