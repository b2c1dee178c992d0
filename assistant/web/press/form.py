"""The form that leaves a question for the press office: what is written in it, judged, and drawn.

Instead of a riddle, a field that people do not see and a moment that passes: whoever fills
in the one, or sends within seconds, is asked to look again. Knows nothing of where a
question goes. Every value is escaped by markupsafe as it is set in.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from markupsafe import Markup

from assistant.web import wording
from assistant.web.messages import Messages
from assistant.web.press.drawn import hidden
from assistant.web.press.places import ENQUIRIES, Places
from store.enquiry_rows import Left

LONGEST = {"question": 2_000, "name": 100, "medium": 100, "email": 200, "phone": 40, "deadline": 25}
REQUIRED = ("question", "name")
TRAP = "website"
"""Named as robots expect; people do not see it."""
QUICKEST = timedelta(seconds=3)
LATEST = timedelta(hours=24)
FAR = timedelta(days=366)
_MAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")
_PHONE = re.compile(r"\+?[0-9](?:[ ().\u00a0\u202f/-]*[0-9]){5,14}")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_ID = re.compile(r"[\x21-\x7e]{1,300}")
MOST_RELEASES = 20

Troubles = Mapping[str, str]
"""What is wrong, in words of the catalogue, by field; "" is the form as a whole."""


@dataclass(frozen=True, slots=True)
class Stamps:
    """When a form was drawn, sealed so that nobody makes one up; good as long as this process lives."""

    seal: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def stamp(self, now: datetime) -> str:
        drawn = str(int(now.timestamp()))
        return f"{drawn}.{self._sealed(drawn)}"

    def patient(self, stamp: str, now: datetime) -> bool:
        """Whether the form was drawn here, some seconds ago, and not yesterday."""
        drawn, _, sealed = stamp.partition(".")
        if not (drawn.isascii() and drawn.isdigit() and len(drawn) <= 12):
            return False
        if not hmac.compare_digest(sealed.encode("utf-8", "replace"), self._sealed(drawn).encode()):
            return False
        return QUICKEST <= now - datetime.fromtimestamp(int(drawn), now.tzinfo) <= LATEST

    def _sealed(self, drawn: str) -> str:
        return hmac.new(self.seal, drawn.encode(), hashlib.sha256).hexdigest()[:32]


def judged(written: Mapping[str, str], language: str, stamps: Stamps, now: datetime) -> tuple[Left, dict[str, str]]:
    """What is left, cleaned, and what is wrong with it (keys of the catalogue, by field); nothing wrong: keep it."""
    values = {name: _cleaned(written.get(name, ""), lines=name == "question") for name in LONGEST}
    troubles = {name: "press_long" for name, longest in LONGEST.items() if len(values[name]) > longest}
    troubles |= {name: "press_missing" for name in REQUIRED if not values[name]}
    if values["email"] and not _MAIL.fullmatch(values["email"]):
        troubles["email"] = "press_bad_email"
    if values["phone"] and not _PHONE.fullmatch(values["phone"]):
        troubles["phone"] = "press_bad_phone"
    if not values["email"] and not values["phone"]:
        troubles["email"] = "press_reach"
    deadline = _deadline(values["deadline"], now)
    if values["deadline"] and deadline is None:
        troubles["deadline"] = "press_bad_deadline"
    if written.get(TRAP, "").strip():
        troubles[TRAP] = "press_trapped"
    if not troubles and not stamps.patient(written.get("stamp", ""), now):
        troubles[""] = "press_too_quick"
    near = [one for one in written.get("releases", "").split(" ") if _ID.fullmatch(one)][:MOST_RELEASES]
    answer = written.get("answer", "")
    return Left(
        values["question"],
        language,
        values["name"],
        values["medium"],
        values["email"],
        values["phone"],
        deadline,
        answer if re.fullmatch(r"[0-9a-f-]{8,40}", answer) else None,
        tuple(dict.fromkeys(near)),
    ), troubles


def drawn(
    written: Mapping[str, str],
    troubles: Troubles,
    stamp: str,
    days: int,
    places: Places,
    say: Messages,
    heading: int = 3,
) -> Markup:
    """The form, filled with what was written, what is wrong marked; `days` is how long it will be kept.

    `heading` is its heading's level where it stands.
    """
    row = _Row(written, troubles, say)
    told = say(troubles[""]) if "" in troubles else say("press_refused") if troubles else ""
    alert = Markup('<p class="error" role="alert">{}</p>').format(told) if told else Markup("")
    kept = Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(name, value)
        for name, value in (("stamp", stamp), ("answer", written.get("answer", "")),
                            ("releases", written.get("releases", "")))
    )  # fmt: skip
    return Markup(
        '<form class="leave" method="post" action="{}"><h{level}>{}</h{level}><p class="about">{}</p>{}{}{}{}'
        '<div class="pair">{}{}</div><div class="pair">{}{}</div>{}<div class="trap" aria-hidden="true">{}</div>'
        '<p class="data">{}</p><p class="doing"><button class="button">{}</button></p></form>'
    ).format(
        ENQUIRIES,
        say("press_form"),
        say("press_form_about"),
        alert,
        hidden(places),
        kept,
        row.area("question"),
        row.line("name", "name"),
        row.line("medium", "organization"),
        row.line("email", "email", kind="email"),
        row.line("phone", "tel", kind="tel"),
        row.line("deadline", "off", kind="datetime-local"),
        row.trap(),
        say("press_data", days=say.number(days)),
        say("press_send"),
        level=heading,
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """The fields, each with its label, what was written, and what is wrong."""

    written: Mapping[str, str]
    troubles: Troubles
    say: Messages

    def area(self, name: str) -> Markup:
        control = Markup('<textarea id="leave-{0}" name="{0}" rows="3" maxlength="{1}"{2}>\n{3}</textarea>').format(
            name, LONGEST[name], self._about(name), self.written.get(name, "")
        )
        return self._field(name, control)

    def line(self, name: str, completed: str, kind: str = "text") -> Markup:
        control = Markup(
            '<input id="leave-{0}" name="{0}" type="{1}" autocomplete="{2}" maxlength="{3}" value="{4}"{5}>'
        ).format(name, kind, completed, LONGEST[name], self.written.get(name, ""), self._about(name))
        return self._field(name, control)

    def trap(self) -> Markup:
        return Markup(
            '<label for="leave-website">{}</label><input id="leave-website" name="website" tabindex="-1" '
            'autocomplete="off" value="">{}'
        ).format(self.say("press_trap"), self._wrong(TRAP))

    def _field(self, name: str, control: Markup) -> Markup:
        label = self.say("press_question" if name == "question" else f"press_{name}")
        optional = Markup("")
        if name in ("medium", "deadline"):
            optional = Markup(' <span class="optional">({})</span>').format(self.say("press_optional"))
        return Markup('<div class="field"><label for="leave-{}">{}{}</label>{}{}</div>').format(
            name, label, optional, control, self._wrong(name)
        )

    def _wrong(self, name: str) -> Markup:
        if name not in self.troubles:
            return Markup("")
        told = self.say(self.troubles[name], **({"count": LONGEST.get(name)} if name in LONGEST else {}))
        return Markup('<p class="wrong" id="leave-{}-wrong">{}</p>').format(name, told)

    def _about(self, name: str) -> Markup:
        required = Markup(" required") if name in REQUIRED else Markup("")
        if name not in self.troubles:
            return required
        return required + Markup(' aria-invalid="true" aria-describedby="leave-{}-wrong"').format(name)


def _cleaned(text: str, lines: bool) -> str:
    """What of it is text: on one line, unless it may have several."""
    seen = _UNSEEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    if lines:
        return "\n".join(" ".join(line.split()) for line in seen.strip().split("\n"))
    return " ".join(seen.split())


def _deadline(text: str, now: datetime) -> datetime | None:
    """A moment to come, in Paris where nothing else is said; None where it is none."""
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=wording.PARIS)
        return moment if now - timedelta(minutes=1) <= moment <= now + FAR else None
    except (ValueError, OverflowError):
        return None
