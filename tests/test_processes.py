"""Real processes: a server and commands beside it, and an ingestion killed at any moment."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from store.archive import Archive
from store.records import Scope

ROOT = Path(__file__).parent.parent
KILLS = 6


def command(archive: Path, *arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "app.py"), "--archive", str(archive), *arguments]


def run(archive: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(archive, *arguments), capture_output=True, text=True, timeout=240)


@contextmanager
def serving(archive: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        command(archive, "serve", "--port", str(port)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                if httpx.get(f"{address}/healthz", timeout=5).status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.2)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def releases(count: int) -> list[str]:
    return [
        json.dumps(
            {
                "id": f"cp-{number}",
                "title": f"Annonce numéro {number}",
                "date": f"2025-01-{number % 28 + 1:02}",
                "issuer": "Métropole de Sarvelle",
                "text": f"La Métropole annonce la mesure {number}. Elle coûtera {number + 3} millions d'euros. "
                "Les habitants sont invités à une réunion publique. " * (1 + number % 3),
            },
            ensure_ascii=False,
        )
        for number in range(count)
    ]


def test_commands_beside_a_server_hand_it_their_work(tmp_path: Path) -> None:
    """ingest, ask, withdraw and reindex work while serve owns the indexes, and it answers with what they did."""
    archive, export = tmp_path / "archive", tmp_path / "export.jsonl"
    with serving(archive) as address:
        export.write_text("\n".join(releases(3)), encoding="utf-8")
        done = run(archive, "ingest", str(export), "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["added"] == 3
        question = {"question": "Combien coûtera la mesure 2 ?"}
        answer = httpx.post(f"{address}/v1/ask", json=question, timeout=60).json()
        assert any("5 millions" in citation["quote"] for citation in answer["citations"])
        beside = json.loads(run(archive, "ask", question["question"], "--json").stdout)
        assert beside["sentences"] == answer["sentences"]
        assert run(archive, "withdraw", "cp-2", "--reason", "erreur").returncode == 0
        assert httpx.get(f"{address}/v1/releases/cp-2", timeout=60).status_code == 404
        after = httpx.post(f"{address}/v1/ask", json=question, timeout=60).json()
        assert all(citation["reference"] != "cp-2" for citation in after["citations"])
        reindexed = run(archive, "reindex")
        assert reindexed.returncode == 0, reindexed.stderr
        hits = httpx.get(f"{address}/v1/search", params={"q": "mesure 1"}, timeout=60).json()["hits"]
        assert hits[0]["reference"] == "cp-1"


def test_a_watch_that_is_asked_to_end_does_not_finish_the_folder_first(tmp_path: Path) -> None:
    """What stops a service ends it after the release at hand, be it the first of thousands."""
    folder, count = tmp_path / "presse", 1000
    folder.mkdir()
    for number, text in enumerate(releases(count)):
        (folder / f"{number}.jsonl").write_text(text)
    watching = subprocess.Popen(command(tmp_path / "archive", "watch", str(folder)), stdout=subprocess.PIPE, text=True)
    assert watching.stdout is not None
    watching.stdout.readline()
    watching.send_signal(signal.SIGTERM)
    assert len(watching.stdout.readlines()) < count / 2
    assert watching.wait(timeout=60) == 0


def contents(folder: Path, archive: Archive) -> object:
    """Everything that makes an archive: releases, passages, and what each index holds."""
    indexes = archive._owned()
    assert indexes is not None
    with sqlite3.connect(folder / "catalogue.sqlite") as connection:
        versions = connection.execute("SELECT release_id, version, title, text FROM versions ORDER BY 1, 2").fetchall()
        passages = connection.execute('SELECT id, start, "end", context FROM passages ORDER BY 1').fetchall()
        owed = connection.execute("SELECT count(*) FROM pending").fetchone()
    found = [hit.passage.id for hit in archive.view(Scope.STAFF, archive_now()).search("mesure 7 réunion publique")]
    return versions, passages, owed, indexes.vectors.ids(), indexes.sentences.ids(), indexes.lexical.count(), found


def archive_now():  # type: ignore[no-untyped-def]
    from conftest import NOW

    return NOW


@pytest.mark.parametrize("seed", [2026])
def test_an_ingestion_killed_at_any_moment_loses_nothing(open_archive, tmp_path: Path, seed: int) -> None:  # type: ignore[no-untyped-def]
    """After 6 SIGKILLs at random moments, run once more: the same archive as an undisturbed one."""
    export = tmp_path / "export.jsonl"
    export.write_text("\n".join(releases(120)), encoding="utf-8")
    undisturbed = tmp_path / "undisturbed"
    assert run(undisturbed, "ingest", str(export)).returncode == 0
    disturbed = tmp_path / "disturbed"
    moments = random.Random(seed)
    finished = 0
    for _ in range(KILLS):
        process = subprocess.Popen(
            command(disturbed, "ingest", str(export)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(moments.uniform(0.2, 3.0))
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        else:
            finished += 1
        process.wait()
    assert finished < KILLS
    done = run(disturbed, "ingest", str(export))
    assert done.returncode == 0, done.stderr
    assert contents(disturbed, open_archive(disturbed)) == contents(undisturbed, open_archive(undisturbed))
