"""The query parameters that several doors share. Knows nothing of routes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from assistant.web import contract
from assistant.web.contract import Name

Day = Annotated[str | None, Query(description="A day, as 2024-03-12.")]
First = Annotated[str | None, Query(alias="from", description="First day of publication, as 2024-03-12.")]
Issuers = Annotated[list[Name], Query(description="Only these issuers; may be repeated.", max_length=100)]
Languages = Annotated[
    list[contract.Language], Query(description="Only these languages (fr, en, de, it); may be repeated.", max_length=20)
]
