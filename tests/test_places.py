"""How many are answered at once, and what becomes of the others."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from anyio import create_task_group, sleep
from anyio.lowlevel import checkpoint

from assistant.web.places import NoPlace, Places

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def at_once(places: Places, callers: Sequence[str], lasting: float = 0.03) -> list[str]:
    """What becomes of callers who come in this order, each before the first has gone."""
    told: list[str] = []

    async def one(who: str) -> None:
        try:
            async with places.taken(who):
                told.append(f"{who} in")
                await sleep(lasting)
        except NoPlace as none:
            told.append(f"{who} own" if none.own else f"{who} full")

    async with create_task_group() as group:
        for who in callers:
            group.start_soon(one, who)
            await checkpoint()
    return told


async def test_one_caller_takes_only_its_own_places() -> None:
    """The others' stay free; its own further questions wait a little, and beyond that are refused."""
    places = Places(in_all=4, each=1, each_waiting=1)
    assert await at_once(places, "aaab") == ["a in", "a own", "b in", "a in"]


async def test_all_together_wait_in_a_short_queue() -> None:
    """Those beyond it are refused at once; those in it get their turn."""
    assert await at_once(Places(in_all=1, waiting=1), "abc") == ["a in", "c full", "b in"]


async def test_nobody_waits_longer_than_is_decent() -> None:
    """Who has waited long enough is told to come again, and takes no place after."""
    places = Places(in_all=1, patience=0.01)
    assert await at_once(places, "ab") == ["a in", "b full"]
    assert await at_once(places, "b") == ["b in"]


async def test_a_caller_without_a_name_has_no_limit_of_its_own() -> None:
    """Programs of this machine share the places there are."""
    assert await at_once(Places(in_all=3, each=1, each_waiting=0), ["", "", ""]) == [" in"] * 3


async def test_places_come_back() -> None:
    """Whatever ends a question: done, failed, or given up while it waited."""
    places = Places(in_all=1, each=1)
    with pytest.raises(ZeroDivisionError):
        async with places.taken("a"):
            raise ZeroDivisionError
    async with create_task_group() as group, places.taken("a"):
        group.start_soon(at_once, places, "ab")
        await checkpoint()
        group.cancel_scope.cancel()
    assert await at_once(places, "ab", 0) == ["a in", "b in"]
    assert places._callers == {}


async def test_one_caller_takes_half_of_all_places() -> None:
    """Unless it is said how many; at least one."""
    assert (Places(in_all=16)._each, Places(in_all=1)._each, Places(in_all=4, each=3)._each) == (8, 1, 3)
