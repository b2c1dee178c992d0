"""Damaged files by the thousand, from sound ones: for every reader's test of what it does with them.

Seeded: the same seed gives the same damage. Knows no format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

Damage = Callable[[bytearray, Random], bytearray]

_LARGEST = 4 * 1024 * 1024


def mutants(seed_bytes: bytes, count: int, seed: int) -> Iterator[bytes]:
    """`count` damaged copies of `seed_bytes`, each with one to six injuries; never larger than 4 MB."""
    random = Random(seed)
    for _ in range(count):
        data = bytearray(seed_bytes)
        for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
            data = random.choice(_DAMAGES)(data, random)
        yield bytes(data[:_LARGEST])


def _stretch(data: bytearray, random: Random, longest: int) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.randint(1, longest))


def _flip_bits(data: bytearray, random: Random) -> bytearray:
    for _ in range(random.choice((1, 4, 32)) if data else 0):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return data


def _overwrite(data: bytearray, random: Random) -> bytearray:
    start, end = _stretch(data, random, 64)
    data[start:end] = random.randbytes(end - start)
    return data


def _cut_out(data: bytearray, random: Random) -> bytearray:
    start, end = _stretch(data, random, max(1, len(data) // 8))
    del data[start:end]
    return data


def _cut_short(data: bytearray, random: Random) -> bytearray:
    return data[: random.randrange(len(data) + 1)]


def _repeat(data: bytearray, random: Random) -> bytearray:
    start, end = _stretch(data, random, max(1, len(data) // 16))
    data[start:start] = data[start:end] * random.choice((1, 1, 2, 16))
    return data


def _swap(data: bytearray, random: Random) -> bytearray:
    start, end = _stretch(data, random, max(1, len(data) // 8))
    moved = data[start:end]
    del data[start:end]
    place = random.randrange(len(data) + 1)
    data[place:place] = moved
    return data


def _change_number(data: bytearray, random: Random) -> bytearray:
    """A number written in digits becomes another: lengths, counts and offsets lie."""
    digits = [place for place in range(len(data)) if 48 <= data[place] < 58] if len(data) < 1 << 18 else []
    if not digits:
        return _flip_bits(data, random)
    place = random.choice(digits)
    data[place : place + 1] = random.choice((b"0", b"9", b"-1", b"99999999", b"4294967296", b""))
    return data


def _change_letters(data: bytearray, random: Random) -> bytearray:
    """A short stretch is replaced by one found elsewhere in the file: keywords in wrong places."""
    start, end = _stretch(data, random, 24)
    other, stop = _stretch(data, random, 24)
    data[start:end] = data[other:stop]
    return data


_DAMAGES: tuple[Damage, ...] = (
    _flip_bits,
    _overwrite,
    _cut_out,
    _cut_short,
    _repeat,
    _swap,
    _change_number,
    _change_letters,
)
