"""A model here is asked as any LangChain chat model is: the real SmolLM2, through the real server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.local.llamachat import LlamaChat, open_file, open_local
from store.records import ModelUnavailable

SOURCES = "\n".join(
    f"[{number}] Le {number} mars 2025, la Métropole de Sarvelle a planté {7 * number} tilleuls rue des Lilas."
    for number in range(1, 7)
)


def asked(question: str) -> list[BaseMessage]:
    return [SystemMessage("Réponds avec ces phrases."), HumanMessage(f"{SOURCES}\n\nQuestion : {question}")]


@pytest.fixture(scope="module")
def model(smollm2: Path) -> Iterator[LlamaChat]:
    with open_file(smollm2, threads=1, context=1024, max_tokens=12) as opened:
        yield opened


def test_it_streams(model: LlamaChat) -> None:
    """Word by word; the last piece says why it ended and which model wrote."""
    pieces = list(model.stream(asked("Combien de tilleuls ?")))
    assert len([piece for piece in pieces if piece.content]) > 3
    ends = [piece.response_metadata for piece in pieces if piece.response_metadata.get("finish_reason")]
    assert [(end["finish_reason"], end["model_name"]) for end in ends] == [("length", "smollm2-135m")]


def test_the_same_question_gets_the_same_answer(model: LlamaChat) -> None:
    """Whole or streamed, once its sources are known."""
    question = asked("Où sont les tilleuls ?")
    model.invoke(question)
    whole = model.invoke(question).content
    assert whole
    assert "".join(str(piece.content) for piece in model.stream(question)) == whole


def test_sources_stay_between_questions(model: LlamaChat) -> None:
    """Asked again about the same sources, only the new question is read."""
    model.invoke(asked("Combien de tilleuls ?"))
    timings = model.invoke(asked("Qui a planté ?")).response_metadata["timings"]
    assert timings["cache_n"] > 200
    assert timings["prompt_n"] < 20


def test_what_is_chosen_for_one_answer(model: LlamaChat) -> None:
    """Fewer words, or a word to stop at, this once."""
    question = asked("Combien de tilleuls ?")
    assert model.invoke(question, max_tokens=2).response_metadata["timings"]["predicted_n"] == 2
    whole = str(model.invoke(question).content)
    assert str(model.invoke(question, stop=[whole[5:8]]).content) == whole[:5]


def test_an_answer_nobody_reads_ends(model: LlamaChat) -> None:
    """A stream that is closed leaves the model to the next one."""
    stream = model.stream(asked("Raconte tout."), max_tokens=600)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert model.invoke(asked("Combien ?"), max_tokens=2).content


def test_questions_wait_for_each_other(model: LlamaChat) -> None:
    """Asked at the same time, each gets its own answer, as long as it asked for."""
    answers: dict[int, int] = {}

    def ask(words: int) -> None:
        answer = model.invoke(asked("Combien de tilleuls ?"), max_tokens=words)
        answers[words] = answer.response_metadata["timings"]["predicted_n"]

    threads = [threading.Thread(target=ask, args=(words,)) for words in (2, 4, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {2: 2, 4: 4, 6: 6}


def test_time_runs_out(model: LlamaChat) -> None:
    """An answer that takes too long is a TimeoutError, whether it has begun or not."""
    hurried = model.model_copy(update={"timeout": 0.0001})
    with pytest.raises(TimeoutError, match=r"more than 0\.0001 s"):
        hurried.invoke(asked("Combien ?"))
    slow = model.model_copy(update={"timeout": 0.5, "max_tokens": 900})
    with pytest.raises(TimeoutError):
        slow.invoke([HumanMessage("Write a very long story about the sea and about every ship.")])
    assert model.invoke(asked("Combien ?"), max_tokens=2).content


def test_too_long_a_question_is_refused(model: LlamaChat) -> None:
    """Longer than what it can read at once: told, and it goes on answering others."""
    with pytest.raises(ModelUnavailable, match=r"refused: .*context"):
        model.invoke([HumanMessage("tilleul " * 2000)])
    assert model.invoke(asked("Combien ?"), max_tokens=2).content


def test_closed_in_the_middle(smollm2: Path) -> None:
    """A stream that is cut says so, later questions are told, and no thread of ours is left."""
    before = {thread.name for thread in threading.enumerate()}
    model = open_local(str(smollm2), Path("/nowhere"), threads=1, context=512)
    assert "key" not in repr(model)
    assert model.server.key not in f"{model!r}{model.model_dump()}"
    stream = model.stream([HumanMessage("Write a long story about the sea.")], max_tokens=400)
    next(stream)
    model.close()
    model.close()
    with pytest.raises(ModelUnavailable, match=r"in the middle|stopped"):
        list(stream)
    with pytest.raises(ModelUnavailable, match="stopped"):
        model.invoke([HumanMessage("And now?")])
    assert {thread.name for thread in threading.enumerate()} <= before


def test_a_model_that_is_not_here(tmp_path: Path) -> None:
    """The command that fetches it."""
    with pytest.raises(ModelUnavailable, match="porte-parole models pull qwen2"):
        open_local("", tmp_path)
