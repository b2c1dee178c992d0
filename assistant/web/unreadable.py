"""Why a file could not be read, in words and with what to do: from the reason its reader gave.

Knows nothing of readers but the words they use.
"""

from __future__ import annotations

import re

_KINDS = (
    ("scan", r"sans texte|a picture\b|\bOCR\b"),
    ("locked", r"password|encrypted"),
    ("large", r"larger than|more than|unpacks to|took longer|more than [\d.]+ GB of memory|refused as a bomb"),
    ("format", r"format not read|binary data|whatever its name says|XFA|format of its own|of another kind|Word 97"),
    ("damaged", r"damaged|truncated|cut short|not well-formed|not JSON|not valid|encoding cannot|broke down"),
    ("empty", r"empty|without text|no text|without content|no message|no page|without entries"),
)


def kind(reason: str) -> str:
    """The family of a reason: the key of its words is `why_KIND`, of its advice `why_KIND_advice`."""
    return next((name for name, said in _KINDS if re.search(said, reason, re.IGNORECASE)), "other")
