"""Who calls a door, and the house it opens on: what every route of the API depends on.

A route says by its annotation who may use it (`Anybody`, `Staff`, `Archivist`); a caller
who may not gets 403. The caller was admitted by the gate (`admission`) before any route.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from assistant.web.callers import Role, Visitor
from assistant.web.house import House
from assistant.web.problems import Refused


# Coroutines, though they wait for nothing: each plain function would be handed to a thread of its own.
async def house_of(request: Request) -> House:
    """The house whose door is called."""
    house: House = request.app.state.house
    return house


CHALLENGE = {"WWW-Authenticate": 'Bearer realm="Porte-parole"'}
"""How whoever must say who they are does."""


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The caller, where it may what `role` may; who has no key is asked for one."""

    role: Role

    async def __call__(self, request: Request) -> Visitor:
        caller: Visitor = request.state.caller
        if not caller.may(self.role):
            if not caller.key:
                raise Refused(401, "scope", CHALLENGE, scope=SCOPES[self.role])
            raise Refused(403, "scope", scope=SCOPES[self.role])
        return caller


SCOPES = {Role.PUBLIC: "public", Role.READER: "staff", Role.ARCHIVIST: "archivist"}
"""A key's scope, by the role that it gives."""

InHouse = Annotated[House, Depends(house_of)]
Anybody = Annotated[Visitor, Depends(AtLeast(Role.PUBLIC))]
Staff = Annotated[Visitor, Depends(AtLeast(Role.READER))]
Archivist = Annotated[Visitor, Depends(AtLeast(Role.ARCHIVIST))]
