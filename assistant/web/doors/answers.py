"""The answers' door: the record of an answer given before, as far as the caller may see it now.

Every endpoint blocks, so FastAPI runs each in a thread.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from assistant import recalled, records
from assistant.web.contract_records import AnswerRecord
from assistant.web.doors.calling import Anybody, InHouse
from store.records import AnswerNotFound, Scope

AnswerId = Annotated[str, Path(max_length=100, description="The `answer_id` of an answer.")]


def routes() -> APIRouter:
    router = APIRouter(prefix="/v1/answers", tags=["questions"])

    @router.get("/{answer_id}", name="read_answer")
    def answer(house: InHouse, caller: Anybody, answer_id: AnswerId) -> AnswerRecord:
        """Read an answer again: what was asked, what was said, and what became of the releases it cited.

        The public is shown answers given to the public. Words, titles and ids of releases
        that the caller may not see now are left out.
        """
        now = house.clock()
        if house.parts.answers is None:
            raise AnswerNotFound(answer_id)
        kept = records.read(house.parts.answers.told(answer_id, now))
        sight = recalled.Sight(house.archive.view(caller.whole, now), house.archive.view(Scope.ARCHIVIST, now))
        if not sight.recalls(kept):
            raise AnswerNotFound(answer_id)
        return AnswerRecord.model_validate(recalled.document(kept, sight))

    return router
