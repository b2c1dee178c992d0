"""One GGUF file from a model hub, through huggingface_hub as its user has set it up.

An interrupted fetch goes on where it stopped, and what the hub says of a large file, its
sha256, is checked. Knows nothing about where a model belongs.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from assistant.local.gguf import SUFFIX, digest
from assistant.local.joining import room
from store.records import ModelUnavailable

_SHAPE: Final = "hub:OWNER/REPO/FILE.gguf"
_SPLIT: Final = re.compile(r"-\d{5}-of-\d{5}\.gguf$")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def fetch_from_hub(where: str, into: Path, endpoint: str | None = None) -> tuple[Path, str]:
    """The file `where` (OWNER/REPO/FILE.gguf) below the folder `into`, and its sha256.

    `endpoint` stands in for the hub's own address. Raises ModelUnavailable.
    """
    from httpx import HTTPError
    from huggingface_hub import get_hf_file_metadata, hf_hub_download, hf_hub_url

    owner, _, rest = where.partition("/")
    name, _, file = rest.partition("/")
    if not (owner and name and file.endswith(SUFFIX)) or ".." in where.split("/") or "\\" in where:
        raise ModelUnavailable(f"« hub:{where} » names no file: {_SHAPE}")
    if _SPLIT.search(file):
        raise ModelUnavailable(f"{file} is one of several files of a model: choose a smaller one that is whole")
    try:
        told = get_hf_file_metadata(hf_hub_url(f"{owner}/{name}", file, endpoint=endpoint), endpoint=endpoint)
        room(into.parent, told.size or 0)
        fetched = Path(hf_hub_download(f"{owner}/{name}", file, local_dir=into, endpoint=endpoint))
    except (HTTPError, ValueError) as error:
        raise ModelUnavailable(f"hub:{where} cannot be fetched ({_told(error)}). Look at the name: {_SHAPE}") from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise ModelUnavailable(f"hub:{where} cannot be fetched ({_told(error)}). Run it again to go on.") from error
    sha256 = digest(fetched)
    if told.etag and _DIGEST.fullmatch(told.etag) and told.etag != sha256:
        fetched.unlink()
        raise ModelUnavailable(
            f"hub:{where} is refused: it has sha256 {sha256}, the hub says {told.etag}. Run it again."
        )
    return fetched, sha256


def _told(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__)[:300]
