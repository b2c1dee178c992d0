"""The press office whose page it is: its name, and whom to call there.

Values only; knows nothing of HTML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from store.records import Contact, SettingsError

_MAIL = re.compile(r"\S+@\S+")
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ().\u00a0\u202f-]{3,}")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Office:
    """`name` is "" and `contact` None where nothing is set; `days` is how long a question left there is kept."""

    name: str = ""
    contact: Contact | None = None
    days: int = 30

    @classmethod
    def read(cls, environment: Mapping[str, str], days: int = 30) -> Office:
        """From PORTE_PAROLE_HOUSE and PORTE_PAROLE_PRESS_CONTACT (« Nom, téléphone, courriel »). SettingsError."""
        name = " ".join(environment.get("PORTE_PAROLE_HOUSE", "").split())
        written = " ".join(environment.get("PORTE_PAROLE_PRESS_CONTACT", "").split())
        if max(len(name), len(written)) > LONGEST:
            raise SettingsError(f"PORTE_PAROLE_HOUSE and PORTE_PAROLE_PRESS_CONTACT have at most {LONGEST} characters")
        return cls(name, _contact(written) if written else None, days)


def _contact(written: str) -> Contact:
    """The parts between commas: what looks like an address and a number are these, what is left is who."""
    parts = [part.strip() for part in written.split(",") if part.strip()]
    email = next((part for part in parts if _MAIL.fullmatch(part)), None)
    phone = next((part for part in parts if _TELEPHONE.fullmatch(part)), None)
    if email is None and phone is None:
        raise SettingsError(
            f"PORTE_PAROLE_PRESS_CONTACT: « {written} » has neither a telephone nor an address; write it as "
            "« Camille Arnaud, 01 23 45 67 89, presse@ormelune.example »"
        )
    who = ", ".join(part for part in parts if part not in (email, phone))
    return Contact(name=who or None, phone=phone, email=email)
