"""The headers that every response leaves with: what a page may load, who may frame it, and that nothing is kept.

Knows nothing of who asks.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

# Gradio's page starts from inline scripts and compiles its templates, hence 'unsafe-*';
# "self" everywhere else keeps the page from speaking to any other host.
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
API_POLICY = "default-src 'none'; frame-ancestors 'self'"
# A page of the journalists' door says itself what it loads and who may frame it, a file of it how long it is kept.
FAQ_POLICY = "default-src 'none'; frame-ancestors 'none'"


def marking(send: Send, is_api: bool, is_faq: bool, within: bool) -> Send:
    """Sends on, marked: as a program's answer, as a page of the journalists' door, or as the staff's page.

    `within` says that it is a file of the page, which browsers may keep.
    """

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if is_faq:
                headers.setdefault("Content-Security-Policy", FAQ_POLICY)
            else:
                headers["Content-Security-Policy"] = API_POLICY if is_api else PAGE_POLICY
            headers["X-Content-Type-Options"] = "nosniff"
            # A form of ours names its origin only where the policy lets it name a referrer to us.
            headers["Referrer-Policy"] = "no-referrer" if is_api else "same-origin"
            headers["Cross-Origin-Opener-Policy"] = "same-origin"
            # Gradio would let any site's page read with the visitor's cookies.
            for granted in [name for name in headers if name.startswith("access-control-")]:
                del headers[granted]
            if is_api:
                headers.add_vary_header("Authorization, X-API-Key, Accept-Language")
            # An embargo or a withdrawal acts at once: nothing that shows a release is kept.
            if is_faq:
                headers.setdefault("Cache-Control", "no-store")
            elif not within:
                headers["Cache-Control"] = "no-store"
        await send(message)

    return marked
