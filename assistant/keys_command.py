"""The commands `keys` and `widgets`: which programs and which sites' pages may ask, listed, added, revoked.

A token is printed once, when it is made. Knows nothing of settings, nor where the shelf is.
"""

from __future__ import annotations

import argparse
import json
import re
from datetime import date, datetime, time, timedelta
from html import escape
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from store.records import KeyNotFound, KeyRefused

if TYPE_CHECKING:
    from store.keys import Key, Keys

SCOPES = ("public", "staff", "archivist")
WIDGET_RATE = "300/minute"
"""What a widget's pages may ask altogether, where nothing else is said: its token is known to all."""
HERE = "http://127.0.0.1:7860"
PARIS = ZoneInfo("Europe/Paris")
LONGEST = 3650


def key_arguments(made: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """What `keys` takes."""
    made.set_defaults(run=listed, kind="key")
    doing = made.add_subparsers(title="doing", metavar="add|revoke")
    adding = doing.add_parser("add", help="a new key, printed once", parents=[shared])
    adding.add_argument("name", metavar="NAME", help="what it is for; it stands in the audit trail")
    adding.add_argument("--scope", choices=SCOPES, required=True, help="what its holder sees and may do")
    adding.add_argument("--rate", metavar="N/minute", help="at most so many calls per second, minute, hour or day")
    _expiry(adding)
    adding.set_defaults(run=added, kind="key", misuse=adding.error)
    _revoking(doing, shared, "key")


def widget_arguments(made: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """What `widgets` takes."""
    made.set_defaults(run=listed, kind="widget")
    doing = made.add_subparsers(title="doing", metavar="add|revoke")
    adding = doing.add_parser("add", help="a widget for named sites; prints the line for their pages", parents=[shared])
    adding.add_argument("name", metavar="NAME", help="which press room it is for")
    adding.add_argument(
        "--origin",
        dest="origins",
        action="append",
        required=True,
        metavar="https://HOST",
        help="a site whose pages may show it (may be repeated)",
    )
    adding.add_argument("--rate", metavar="N/minute", default=WIDGET_RATE, help=f"all its pages ({WIDGET_RATE})")
    _expiry(adding)
    adding.set_defaults(run=added, kind="widget", scope="public", misuse=adding.error)
    _revoking(doing, shared, "widget")


def run(keys: Keys, options: argparse.Namespace, now: datetime, origin: str) -> int:
    """Do what was asked; `origin` is where people reach the server, "" where that is not known."""
    document, lines = options.run(keys, options, now, origin)
    if options.json:
        print(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines))
    return 0


Done = tuple[dict[str, Any], list[str]]


def listed(keys: Keys, options: argparse.Namespace, now: datetime, origin: str) -> Done:
    """The keys, or the widgets."""
    found = [key for key in keys.listed(now) if key.kind == options.kind]
    nothing = {
        "key": "there is no key: porte-parole keys add NAME --scope public|staff|archivist",
        "widget": "there is no widget: porte-parole widgets add NAME --origin https://HOST",
    }
    documents = {f"{options.kind}s": [key.document(now) for key in found]}
    return documents, [_line(key, now) for key in found] or [nothing[options.kind]]


def added(keys: Keys, options: argparse.Namespace, now: datetime, origin: str) -> Done:
    """A new key or widget. Raises KeyRefused."""
    widget = options.kind == "widget"
    expires = None if options.expires is None else expiry(options.expires, now)
    origins = options.origins if widget else ()
    key, token = keys.add(options.name, options.scope, now, options.rate, expires, options.kind, origins)
    if not widget:
        once = "Shown this once: keep it now. A program sends it as « Authorization: Bearer pp_… »."
        return {**key.document(now), "token": token}, [_line(key, now), token, once]
    script = f'<script src="{escape(origin or HERE)}/widget.js" data-token="{escape(token)}" async></script>'
    once = "Shown this once: put this line in the pages of " + ", ".join(key.origins) + "."
    where = [] if origin else [f"PORTE_PAROLE_ORIGIN is not set: put the server's own address in place of {HERE}."]
    return {**key.document(now), "token": token, "script": script}, [_line(key, now), script, once, *where]


def revoked(keys: Keys, options: argparse.Namespace, now: datetime, origin: str) -> Done:
    """A key or widget revoked, by its id, or by the token itself where that is what was found. Raises KeyNotFound."""
    asked: str = options.id
    if asked.startswith("pp_"):
        held = keys.held(asked, now)
        asked = "pp_…" if held is None else held.id
    if keys.key(asked).kind != options.kind:
        raise KeyNotFound(asked)
    key = keys.revoke(asked, now)
    return key.document(now), [_line(key, now), "It opens nothing any more."]


def expiry(given: str, now: datetime) -> datetime:
    """The end of a day (2027-01-31, in Paris), or of so many days (90d). Raises KeyRefused."""
    days = re.fullmatch(r"([1-9][0-9]{0,3})d", given, re.ASCII)
    if days and int(days[1]) <= LONGEST:
        return now + timedelta(days=int(days[1]))
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", given, re.ASCII):
            return datetime.combine(date.fromisoformat(given) + timedelta(days=1), time(), PARIS)
    except (ValueError, OverflowError):
        pass
    raise KeyRefused(f"« {given[:40]} » is neither a day, such as 2027-01-31, nor so many days, such as 90d.")


def _expiry(made: argparse.ArgumentParser) -> None:
    made.add_argument("--expires", metavar="DAY|90d", help="the last day it holds, or after how many days it ends")


def _revoking(doing: Any, shared: argparse.ArgumentParser, kind: str) -> None:
    made = doing.add_parser("revoke", help="it opens nothing any more, at once and for good", parents=[shared])
    made.add_argument("id", metavar="ID", help="as the list gives it, or the token itself")
    made.set_defaults(run=revoked, kind=kind, misuse=made.error)


def _line(key: Key, now: datetime) -> str:
    """A key in one line; never its token."""
    state = key.state(now)
    facts = [key.id, key.name, " ".join(key.origins) if key.kind == "widget" else key.scope, key.rate or "no limit"]
    if state == "in force" and key.expires is not None:
        facts.append(f"until {key.expires.astimezone(PARIS):%Y-%m-%d %H:%M} (Paris)")
    return "  ".join(facts) + ("" if state == "in force" else f"  [{state}]")
