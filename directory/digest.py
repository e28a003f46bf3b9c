"""What learnt files were learnt from, so that a stale one is seen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(paths: Iterable[Path]) -> str:
    """What the text of some files is known by, wherever they lie and however their lines end."""
    whole = hashlib.sha256()
    for path in sorted(paths, key=lambda path: (path.parent.name, path.name)):
        text = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{path.name} {len(text)}\n".encode() + text)
    return whole.hexdigest()[:16]
