"""The audit trail: who changed what in the archive, and which member of staff was answered; a line each in the log.

Never what a release says; of one that is not published, not even the words of its id. Of a
question only the id of its answer: what staff ask may be of what nobody may know yet.
"""

from __future__ import annotations

import logging

from assistant.web.callers import Visitor
from store.records import Scope

log = logging.getLogger("porte-parole.audit")


def note(visitor: Visitor, did: str, what: str, *, secret: bool = False) -> None:
    """Somebody did something to a release or a file; its id is shortened where it is `secret`."""
    shown = what.rsplit("-", 1)[-1] if secret else what
    role = f"{visitor.role.value}, key {visitor.key}" if visitor.key else visitor.role.value
    whence = f", from {visitor.address}" if visitor.address else ""
    log.info("%s (%s) %s %s%s", visitor.name or "-", role, did, shown, whence)


def answered(visitor: Visitor, answer: str | None) -> None:
    """Somebody was answered, by the answer of that id where it is kept; what the public asks is nobody's to trail."""
    if visitor.scope is not Scope.PUBLIC:
        note(visitor, "was answered", answer or "(not kept)")
