"""Generated texts and vectors: the same everywhere, and near where they share words."""

from __future__ import annotations

import numpy as np

from assistant.benchmark.texts import PASSAGES, Texts
from assistant.benchmark.vectors import WordVectors


def test_a_release_is_the_same_wherever_it_is_made() -> None:
    """By its seed and number alone; another number is another release."""
    one, passages = Texts(1).release(7)
    other, same = Texts(1).release(7)
    assert (one, passages) == (other, same)
    assert Texts(1).release(8)[0].text != one.text != Texts(2).release(7)[0].text


def test_passages_and_sentences_tile_the_text() -> None:
    """As those of a release that was read do."""
    release, passages = Texts().release(3)
    assert "".join(passage.text for passage in passages) == release.text
    assert len(passages) == PASSAGES
    for passage in passages:
        assert passage.span.of(release.text) == passage.text
        assert "".join(sentence.of(release.text) for sentence in passage.sentences) == passage.text


def test_texts_that_share_words_are_near() -> None:
    """A passage is nearer to a question of its words than another; every vector has length one."""
    vectors = WordVectors()
    texts = ["Le tramway de Sarvelle ouvrira en mai.", "La piscine du port ferme en hiver."]
    made = vectors.embed_passages([("", text, [(0, 11), (11, len(text))]) for text in texts])
    asked = np.array(vectors.embed_query("tramway Sarvelle"), dtype=np.float32)
    assert float(made[0].vector @ asked) > 0.3 > float(made[1].vector @ asked)
    for one in made:
        assert one.sentences.shape == (2, vectors.dimensions)
        np.testing.assert_allclose(np.linalg.norm([one.vector, *one.sentences], axis=1), 1, atol=1e-5)
    assert vectors.embed_query("tramway Sarvelle") == WordVectors().embed_query("tramway Sarvelle")
