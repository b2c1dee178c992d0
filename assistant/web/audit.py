"""The audit trail: who changed what in the archive, a line each in the log.

Never what a release says; of one that is not published, not even the words of its id.
"""

from __future__ import annotations

import logging

from assistant.web.callers import Visitor

log = logging.getLogger("porte-parole.audit")


def note(visitor: Visitor, did: str, what: str, *, secret: bool = False) -> None:
    """Somebody did something to a release or a file; its id is shortened where it is `secret`."""
    log.info("%s (%s) %s %s", visitor.name or "-", visitor.role.value, did, what.rsplit("-", 1)[-1] if secret else what)
