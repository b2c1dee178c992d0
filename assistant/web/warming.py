"""What the first visitor would wait for, made beforehand: the model, the names that are known, the quotations.

Each for whoever may come first. Knows nothing of servers or screens.
"""

from __future__ import annotations

import gc
import logging

from assistant.finding import Search, find
from assistant.web.callers import Callers, Everybody, page_scope
from assistant.web.messages import FRENCH, Messages
from assistant.web.room import Room
from store.records import PressArchiveError, Scope

log = logging.getLogger(__name__)

YOUNG = 10_000
"""Objects made anew after which the youngest are looked through: a search makes some thousands."""


def warm(room: Room) -> None:
    """Look at everything once, through the eyes of everybody who may; an archive that cannot be read is logged."""
    scopes = seen_by(room.callers)
    try:
        for scope in scopes:
            view = room.archive.view(scope, room.clock())
            room.drawn.of(view, Messages(FRENCH))
            find(room.desk, view, Search(), FRENCH)
            view.heard()
        for scope in scopes:
            room.desk.search("communiqué", scope)
    except PressArchiveError as error:
        log.error("%s", error)


def settle() -> None:
    """Take what was made so far for good: it is never looked through again for what nobody needs any more.

    Over 42,000 releases each such look held up every thread for a second, and took a fifth of
    the time in which searches were answered.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)


def seen_by(callers: Callers) -> tuple[Scope, ...]:
    """The scopes that may be asked for, whoever comes first at their head; callers of the API are the public."""
    if isinstance(callers, Everybody) and page_scope(callers.bound) is Scope.PUBLIC:
        return (Scope.PUBLIC,)
    return Scope.STAFF, Scope.ARCHIVIST, Scope.PUBLIC
