"""The bytes of a mail as a tree of parts, within what the standard library's parser can bear.

It needs a hundred bytes for a line, looks at each line once for every multipart around it,
and at a header's parameters again for each of them. Does not know what a part means.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message
from email.policy import Compat32

LONGEST_HEADER = 8_000
MOST_LINES = 3_000_000
MOST_LOOKS = 30_000_000
_MULTIPART = re.compile(rb"multipart/", re.IGNORECASE)


class _Bounded(Compat32):
    """The standard library's older policy; what a header says beyond LONGEST_HEADER is left out."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, words = super().header_source_parse(sourcelines)
        return name, words[:LONGEST_HEADER]


_POLICY = _Bounded()


def tree_of(data: bytes) -> Message:
    """The message. Raises ValueError for one of too many lines or parts, and what the parser raises."""
    lines = max(data.count(b"\n"), data.count(b"\r"))
    if lines > MOST_LINES or lines * len(_MULTIPART.findall(data)) > MOST_LOOKS:
        raise ValueError("too many lines and parts")
    return message_from_bytes(data, policy=_POLICY)
