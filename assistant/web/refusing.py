"""How the gate turns somebody away: with a problem, or to where one signs in.

Knows nothing of why.
"""

from __future__ import annotations

from starlette.types import Send

from assistant.web import problems


async def refuse(send: Send, language: str, status: int, detail: str, more: dict[str, str] | None = None) -> None:
    """Answer with a problem, told in `language`; `more` are its headers."""
    body = problems.encoded(status, detail, language)
    headers = [(b"content-type", problems.MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    headers += [(b"content-language", language.encode())]
    headers += [(name.lower().encode(), value.encode()) for name, value in (more or {}).items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
