"""The query parameters that several doors share, and pages of lists. Knows nothing of routes."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Path, Query, Request, Response

from assistant.web import contract
from assistant.web.contract import Name

Day = Annotated[contract.Day | None, Query(description="Last day of publication.")]
First = Annotated[contract.Day | None, Query(alias="from", description="First day of publication.")]
Issuers = Annotated[list[Name], Query(description="Only these issuers; may be repeated.", max_length=100)]
Languages = Annotated[
    list[contract.Language], Query(description="Only these languages (fr, en, de, it); may be repeated.", max_length=20)
]
Order = Annotated[Literal["newest", "oldest"], Query(description="By day of publication; what is undated comes last.")]
Offset = Annotated[int, Query(ge=0, le=10**9, description="How many to leave out first.")]
Words = Annotated[str, Query(max_length=200)]
ReleaseId = Annotated[str, Path(max_length=300, description="The release's id, or its reference.")]


def following(request: Request, response: Response, offset: int, limit: int, total: int) -> str | None:
    """The path of the page after this one, told in the `Link` header too; None where this is the last."""
    if offset + limit >= total:
        return None
    url = request.url.include_query_params(offset=offset + limit, limit=limit)
    path = f"{url.path}?{url.query}"
    response.headers["Link"] = f'<{path}>; rel="next"'
    return path
