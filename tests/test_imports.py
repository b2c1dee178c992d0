"""The directions of imports: store ← ingest, assistant ← app; and nothing heavy at the door."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = {"store", "ingest", "assistant", "app"}
MAY_IMPORT = {"store": {"store"}, "ingest": {"ingest", "store"}, "assistant": {"assistant", "store"}}


def imported(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found & OURS


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_imports_point_one_way(package: str) -> None:
    """store imports nothing of ours; ingest and assistant never see each other."""
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    wrong = {str(file.relative_to(ROOT)): imported(file) - MAY_IMPORT[package] for file in files}
    assert {file: names for file, names in wrong.items() if names} == {}


def test_only_the_door_reads_the_environment() -> None:
    """Nothing below app.py reads the environment."""
    reading = [
        str(file.relative_to(ROOT))
        for package in MAY_IMPORT
        for file in (ROOT / package).rglob("*.py")
        if any(word in file.read_text(encoding="utf-8") for word in ("os.environ", "os.getenv", "getenv("))
    ]
    assert reading == []


def test_the_door_opens_without_anything_heavy() -> None:
    """Importing app loads neither torch nor chromadb, gradio, langchain or numpy."""
    heavy = ("torch", "chromadb", "gradio", "langchain_core", "numpy")
    code = f"import app, sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
