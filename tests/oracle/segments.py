"""Twilio's own segment calculator (npm sms-segments-calculator), asked through Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def twilio_segments(texts: Sequence[str]) -> list[int]:
    """The segments of each text. Skips the test where Node or the package is missing."""
    if not shutil.which("node") or not (HERE / "node_modules").is_dir():
        pytest.skip("Twilio's calculator is not here: install node, then `npm ci` in tests/oracle")
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    done = subprocess.run(
        ["node", "segments.mjs"], cwd=HERE, input=lines, capture_output=True, text=True, check=True
    )
    return [json.loads(line)[1] for line in done.stdout.splitlines()]
