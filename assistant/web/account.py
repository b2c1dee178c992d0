"""Accounts on screen: the page where one signs in, the menu under one's name, sessions, the list of accounts.

Markup only; knows neither routes nor how somebody is known. Every value is escaped by
markupsafe as it is set in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from assistant.web import wording
from assistant.web.callers import Role, Visitor
from assistant.web.messages import ENGLISH, FRENCH, Messages

if TYPE_CHECKING:
    from store.account_rows import Account, Session
    from store.accounts import Lasting

PLACES = {"account": Role.READER, "accounts": Role.ADMIN}
"""The places of the page that the menu leads to, and who may go there."""
ROLES = (Role.READER, Role.ARCHIVIST, Role.ADMIN)
# A page of its own, before anybody is let in: dark like the others where the browser asks for it,
# and back to the very place one wanted, which only the browser knows.
SCRIPT = Markup(
    "<script>if (matchMedia('(prefers-color-scheme: dark)').matches) document.documentElement.classList.add('dark');"
    "addEventListener('submit', (event) => {"
    " const next = event.target.elements.next; if (next && !next.value.includes('#')) next.value += location.hash;"
    "});</script>"
)


def sign_in_page(say: Messages, following: str, *, name: str = "", error: str = "", note: str = "") -> Markup:
    """The whole page; `following` is where one goes from here, `error` and `note` are texts."""
    told = Markup('<p class="error" role="alert" id="error">{}</p>').format(error) if error else Markup("")
    told += Markup('<p class="told" role="status">{}</p>').format(note) if note else Markup("")
    described = Markup(' aria-describedby="error" aria-invalid="true"') if error else Markup("")
    first, second = (Markup(""), Markup(" autofocus")) if name else (Markup(" autofocus"), Markup(""))
    form = Markup(
        '<form method="post" action="/sign-in"><input type="hidden" name="next" value="{}">'
        '<label for="name">{}</label><input id="name" name="name" value="{}" autocomplete="username" '
        'autocapitalize="none" spellcheck="false" maxlength="64" required{}{}>'
        '<label for="password">{}</label><input id="password" name="password" type="password" '
        'autocomplete="current-password" maxlength="1000" required{}{}><button>{}</button></form>'
    ).format(
        following, say("account_name"), name, described, first, say("password"), described, second, say("sign_in")
    )  # fmt: skip
    return _page(
        say,
        Markup('<h1>{}</h1><p class="about">{}</p>{}{}<p class="hint">{}</p>{}').format(
            say("sign_in"), say("sign_in_about"), told, form, say("forgotten"), _language_form(say, following)
        ),
    )


def told_page(say: Messages, text: str) -> Markup:
    """A page that only says something, and leads to the archive."""
    return _page(
        say, Markup('<h1>{}</h1><p>{}</p><p><a href="/">{}</a></p>').format(say("title"), text, say("to_the_page"))
    )


def menu(visitor: Visitor, say: Messages) -> Markup:
    """One's name in the page's heading, and what it opens; only the language for who has no account here."""
    if visitor.name in ("", "local"):
        return language(say)
    links = Markup("").join(
        Markup('<li><a href="#{0}" data-place="{0}">{1}</a></li>').format(place, say(f"place_{place}"))
        for place, role in PLACES.items()
        if visitor.may(role)
    )
    other = Markup("<li>{}</li>").format(language(say))
    out = Markup('<li><form method="post" action="/sign-out"><button>{}</button></form></li>').format(say("sign_out"))
    drawn = Markup('<details class="menu"><summary aria-label="{}">{}</summary><ul>{}{}{}</ul></details>')
    return drawn.format(
        say("account_of", name=visitor.name), visitor.name, links, other, out if visitor.session else ""
    )  # fmt: skip


def language(say: Messages) -> Markup:
    """The button of the other language."""
    other, name = (ENGLISH, "English") if say.language == FRENCH else (FRENCH, "Français")
    return Markup('<button type="button" class="language" lang="{0}" data-language="{0}">{1}</button>').format(
        other, name
    )


def over(say: Messages) -> Markup:
    """What stands over the page once its session has ended, until then hidden."""
    return Markup(
        '<div class="session-over" role="alert" hidden><p>{}</p><a href="/sign-in" target="_blank">{}</a></div>'
    ).format(say("signed_out"), say("sign_in_again"))


def sessions(
    visitor: Visitor, held: Sequence[Session], current: str, lasting: Lasting, now: datetime, say: Messages
) -> Markup:
    """One's own sessions; `current` is the id of the one that asks, "" where a proxy says who it is."""
    signed_in = say("signed_in_as", name=visitor.name, role=say(f"role_{visitor.role}"))
    about = say("sessions_about", idle=_span(lasting.idle, say), whole=_span(lasting.whole, say))
    listed = Markup("").join(
        Markup('<li><span class="device">{}</span>{}<span class="times">{}</span></li>').format(
            each.device or say("device_unknown"),
            Markup(' <strong class="here">{}</strong>').format(say("this_session")) if each.id == current else "",
            say("session_times", began=_moment(each.began, now, say), seen=_moment(each.seen, now, say)),
        )
        for each in held
    )
    body = Markup('<p class="hint">{}</p><ul class="sessions">{}</ul>').format(about, listed)
    if held:
        out = Markup('<button type="button" data-sign-out="everywhere">{}</button>')
        body += Markup("<p>{}</p>").format(out.format(say("sign_out_everywhere")))
    if not current:
        body = Markup('<p class="hint">{}</p>').format(say("vouched_sessions")) + (body if held else Markup(""))
    return Markup('<div class="own"><h2>{}</h2><p>{}</p>{}</div>').format(say("place_account"), signed_in, body)


def accounts(found: Iterable[Account], visitor: Visitor, say: Messages, note: str = "") -> Markup:
    """All accounts, each to be changed but one's own; `note` tells what was just done."""
    heads = Markup("").join(
        Markup('<th scope="col">{}</th>').format(say(key)) for key in ("account_name", "role", "state", "actions")
    )
    rows = Markup("").join(_row(account, account.name == visitor.name, say) for account in found)
    return Markup(
        '<div class="everybody"><h2>{}</h2><p class="told" role="status">{}</p>'
        "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
        '<p class="hint">{}</p><pre><code>{}</code></pre></div>'
    ).format(say("place_accounts"), note, heads, rows, say("accounts_about"), say("accounts_command"))


def _row(account: Account, own: bool, say: Messages) -> Markup:
    states = [say("enabled" if account.disabled is None else "disabled")]
    states += [say("without_password")] * (not account.password)
    states += [say.counted("open_sessions", account.sessions)] * (account.sessions > 0)
    cells = Markup(
        '<tr data-name="{}"><th scope="row">{}</th><td>{}</td><td class="state">{}</td><td class="actions">{}</td></tr>'
    )
    return cells.format(
        account.name, account.name, say(f"role_{account.role}") if own else _roles(account, say), ", ".join(states),
        say("oneself") if own else _actions(account, say),
    )  # fmt: skip


def _roles(account: Account, say: Messages) -> Markup:
    options = Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            role, Markup(" selected") if role == account.role else "", say(f"role_{role}")
        )
        for role in ROLES
    )
    return Markup('<select data-change="role" aria-label="{}">{}</select>').format(
        say("role_of", name=account.name), options
    )


def _actions(account: Account, say: Messages) -> Markup:
    button = Markup('<button type="button" data-change="{}" aria-label="{}">{}</button>')
    turned = "disable" if account.disabled is None else "enable"
    made = button.format(turned, say(f"{turned}_of", name=account.name), say(turned))
    if account.sessions:
        made += button.format("sign-out", say("sign_out_of", name=account.name), say("sign_them_out"))
    return made


def wait(left: timedelta, say: Messages) -> str:
    """How long to wait, rounded up."""
    seconds = max(1, ceil(left.total_seconds()))
    return say.counted("seconds", seconds) if seconds < 60 else say.counted("minutes", ceil(seconds / 60))


def _span(span: timedelta, say: Messages) -> str:
    minutes = round(span.total_seconds() / 60)
    return say.counted("hours", minutes // 60) if minutes % 60 == 0 else say.counted("minutes", minutes)


def _moment(moment: datetime, now: datetime, say: Messages) -> str:
    local = moment.astimezone(wording.PARIS)
    if local.date() == now.astimezone(wording.PARIS).date():
        return say("today_at", time=wording.time(local, say))
    return say("on_at", day=wording.day(local.date(), say), time=wording.time(local, say))


def _language_form(say: Messages, following: str) -> Markup:
    other, name = (ENGLISH, "English") if say.language == FRENCH else (FRENCH, "Français")
    return Markup(
        '<form class="language" method="post" action="/language"><input type="hidden" name="language" value="{0}">'
        '<input type="hidden" name="next" value="/sign-in?next={1}"><button lang="{0}">{2}</button></form>'
    ).format(other, quote(following, safe=""), name)


def _page(say: Messages, body: Markup) -> Markup:
    return Markup(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        '<title>{}</title><link rel="icon" href="/favicon.ico"><style>{}</style>{}</head>'
        '<body class="sign-in"><header><p>{}</p></header><main>{}</main></body></html>'
    ).format(say.language, say("sign_in_title"), _style(), SCRIPT, say("title"), body)


@cache
def _style() -> Markup:
    """The colours are those of every page."""
    folder = Path(__file__).parent / "page"
    return Markup("\n".join((folder / name).read_text(encoding="utf-8") for name in ("frame.css", "sign_in.css")))
