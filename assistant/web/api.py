"""The application: the doors for programs, and at "/" the page.

Puts together; the routes themselves are in `doors` and `panes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI

from assistant.meter import Meter
from assistant.web import problems
from assistant.web.admission import Admission, Keyless
from assistant.web.callers import Callers, Everybody, page_scope
from assistant.web.closed import close
from assistant.web.cors import Cors
from assistant.web.described import describe
from assistant.web.doors import DOORS
from assistant.web.gate import Gate
from assistant.web.house import Clock, House
from assistant.web.noting import Noting
from assistant.web.outside import Outside
from assistant.web.places import IN_ALL, IN_ALL_WRITING, Places
from assistant.web.room import Parts, Room
from assistant.web.running import Running
from store.records import Scope

if TYPE_CHECKING:
    from assistant.desk import Desk
    from store.archive import Archive


def create_app(
    desk: Desk,
    archive: Archive,
    *,
    clock: Clock,
    version: str,
    callers: Callers | None = None,
    admission: Admission = Keyless(),
    outside: Outside = Outside(),
    parts: Parts = Parts(),
    examples: tuple[str, ...] = (),
    origins: tuple[str, ...] = (),
) -> FastAPI:
    """The server: the API, and at "/" the page for those whom `callers` knows (None leaves it out).

    `clock` gives an aware datetime, `admission` who calls the API, `outside` how people
    reach the server where that is not its own address, `parts` what there is beside desk
    and archive; `examples` are questions offered on an empty page (where there are none,
    they are drawn from the archive), `origins` the sites whose pages may call the API.
    """
    app = FastAPI(
        title="Porte-parole",
        version=version,
        summary="Answers from a press archive, each sentence with numbered quotations of the releases it stands in.",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    problems.install(app)
    meter, running = parts.meter or Meter(), Running()
    app.state.house = House(desk, archive, clock, version, parts, outside, meter, running)
    routers = [door() for door in DOORS]
    for router in routers:
        app.include_router(router)
    close(app, routers)
    describe(app, routers)
    if callers is not None:
        from assistant.web.panes import PANES
        from assistant.web.ui import mount
        from assistant.web.underway import AT_MOST, BUSY, Underway

        underway = Underway(BUSY if desk.writes_itself else AT_MOST)
        app.state.room = room = Room(desk, archive, callers, clock, parts, examples, underway)
        app.state.origin = outside.origin
        for pane in PANES:
            app.include_router(pane(), include_in_schema=False)
        mount(app, room, outside.origin)
    private = isinstance(callers, Everybody) and page_scope(callers.bound) is not Scope.PUBLIC
    app.state.private = private
    app.state.admission = admission
    app.add_middleware(
        Gate,
        private=private,
        callers=callers,
        admission=admission,
        outside=outside,
        cors=Cors(origins),
        places=Places(IN_ALL_WRITING if desk.writes_itself else IN_ALL),
    )
    app.add_middleware(Noting, meter=meter, running=running, tracing=parts.tracing)
    return app
