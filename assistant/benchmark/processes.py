"""Processes, weighed from outside: run to their end, or served from and let go.

Knows nothing about what they do.
"""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.records import PressArchiveError

PATIENCE = 300.0
LOOK = 0.02
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Run:
    """A process that ended: its seconds by the clock and of the processor, its peak resident MB,
    its status, what it printed."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    status: int
    output: str


def measured(command: Sequence[str], within: Path | None = None) -> Run:
    """Run `command` to its end, as its own process in the folder `within`, and weigh it."""
    started, before = time.perf_counter(), os.times()
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(command, stdout=printed, stderr=subprocess.STDOUT, cwd=within)
        with weighing(process) as peaks:
            process.wait()
        seconds, after = time.perf_counter() - started, os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        printed.seek(0)
        return Run(seconds, cpu, max(peaks), process.returncode, printed.read().decode("utf-8", "replace"))


@contextmanager
def weighing(process: subprocess.Popen[bytes]) -> Iterator[list[float]]:
    """Collect the peaks of resident memory, in MB, of a process that runs; 0 where no /proc tells.

    The status of wait4 would not do: Linux counts it from the fork on, and so never below
    what the process that measures weighs itself.
    """
    peaks, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(LOOK):
            with suppress(OSError, ValueError, StopIteration):
                lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
                peak = next(line for line in lines if line.startswith("VmHWM:"))
                peaks[:] = [int(peak.split()[1]) / 1000]

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        over.set()
        watcher.join()


@contextmanager
def serving(command: Callable[[int], list[str]], log: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A server started by the command of a free port, paths in it absolute, and its address; it ends with the block."""
    port = _free_port()
    with log.open("wb") as said:
        process = subprocess.Popen(command(port), stdout=said, stderr=subprocess.STDOUT, cwd=ROOT)
        try:
            yield process, f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait(client: Any, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers. Raises PressArchiveError with the end of what it said where it does not."""
    import httpx

    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until and process.poll() is None:
        try:
            if client.get("/healthz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise PressArchiveError(f"The server did not come up: … {log.read_text('utf-8', 'replace')[-1500:].strip()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
