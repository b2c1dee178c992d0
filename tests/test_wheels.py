"""One file is read out of a wheel, and only the pinned one."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_wheels import known, path, pieces_of, wheel

from assistant.local.wheels import contents
from store.records import ModelUnavailable

NAME = "sarvelle"
PIECES = pieces_of(NAME, 2)
PIECE = known(NAME, PIECES).pieces[1]


def read(file: Path) -> bytes:
    return b"".join(contents(file, PIECE))


def test_the_pinned_file_comes_out(tmp_path: Path) -> None:
    """Byte for byte."""
    assert read(wheel(tmp_path, f"{NAME}_part2", PIECE.path, PIECES[1])) == PIECES[1]


@pytest.mark.parametrize(
    ("member", "content", "reason"),
    [
        (PIECE.path, PIECES[1][:-1], r"has 200999 bytes, not 201000"),
        (PIECE.path, bytes(50_000_000), r"has 50000000 bytes, not 201000"),
        (path(NAME, 3), PIECES[1], r"part02\.bin is not in it"),
        (PIECE.path, PIECES[1][:-1] + b"?", r"has sha256 [0-9a-f]{64}, expected [0-9a-f]{64}"),
    ],
    ids=["short", "bomb", "elsewhere", "another"],
)
def test_another_file_is_refused(tmp_path: Path, member: str, content: bytes, reason: str) -> None:
    """Too short, far too large, elsewhere or other bytes: named with its package, and refused."""
    with pytest.raises(ModelUnavailable, match=rf"sarvelle-part2 1\.0 .*refused: .*{reason}"):
        read(wheel(tmp_path, f"{NAME}_part2", member, content))


@pytest.mark.parametrize("kept", [0, 10, 100_000, 200_900])
def test_a_truncated_wheel_is_refused(tmp_path: Path, kept: int) -> None:
    """Cut off on its way, wherever."""
    file = wheel(tmp_path, f"{NAME}_part2", PIECE.path, PIECES[1])
    file.write_bytes(file.read_bytes()[:kept])
    with pytest.raises(ModelUnavailable, match=r"it is damaged"):
        read(file)


def test_a_wheel_damaged_inside_is_refused(tmp_path: Path) -> None:
    """Its list of files is whole, what they hold is not."""
    file = wheel(tmp_path, f"{NAME}_part2", PIECE.path, PIECES[1])
    content = bytearray(file.read_bytes())
    content[100_000:100_100] = bytes(100)
    file.write_bytes(content)
    with pytest.raises(ModelUnavailable, match=r"sarvelle-part2 1\.0 .*refused"):
        read(file)
