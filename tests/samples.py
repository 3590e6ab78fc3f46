"""Where the samples of public data sets lie; tests that need one skip with the reason where it is absent."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLES = Path(os.environ.get("SCREENHAND_SAMPLES", ROOT.parent / "shared" / "samples"))


def sample(name: str) -> Path:
    """The sample of that name."""
    if not (SAMPLES / name).exists():
        pytest.skip(f"no sample at {SAMPLES / name}: set SCREENHAND_SAMPLES to their folder")
    return SAMPLES / name
