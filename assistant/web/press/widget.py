"""The widget: which pages may frame the journalists' page, and the script that puts it there.

A widget's token stands in a page for all to read, so it opens nothing but a framed page, and
that only on pages of its origins: the browser holds to `frame-ancestors`, and where it says
where the frame stands, so do we. Knows nothing of questions or releases.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from assistant.web.messages import ENGLISH, FRENCH, Messages

LONGEST_TOKEN = 200
SAID = ("open", "close", "whole_page", "unopened", "office")


def stands(origins: Sequence[str], headers: Headers) -> bool:
    """Whether a frame may stand where the browser says it does; where it does not say, `frame-ancestors` decides.

    A page of ours may lead on to another within the frame.
    """
    referrer = _origin(headers["referer"]) if headers.get("referer") else None
    own = referrer is not None and referrer.partition("://")[2] == headers.get("host", "").lower()
    return bool(origins) and (referrer is None or own or referrer in origins)


@cache
def script() -> bytes:
    """The script, with its words in both languages."""
    told = {language: {key: Messages(language)(f"press_{key}") for key in SAID} for language in (FRENCH, ENGLISH)}
    words = json.dumps(told, ensure_ascii=True).replace("<", "\\u003c")
    text = (Path(__file__).parent / "page" / "widget.js").read_text(encoding="utf-8")
    return text.replace("{/* words */}", words, 1).encode()


def _origin(address: str) -> str:
    """The origin of a page's address, as a browser names it; "" where it is none."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port is not None and port != usual else "")
