"""A run killed at any moment leaves a readable recording, loses no acknowledged step, and holds no key or button.

SCREENHAND_KILLS sets how many runs are killed; 200 is the full proof.
"""

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from agent.episode import Ending
from agent.recordings.reader import read_recording
from devices import Stop
from devices.desktop.x11 import connect

KILLS = int(os.environ.get("SCREENHAND_KILLS", "8"))
ROOT = Path(__file__).parent.parent
RUN = (sys.executable, "-m", "tests.doubles.killed_run")


def held(display: Any) -> list[str]:
    """The keys and buttons that are down on the X server, by their numbers."""
    keys = [
        f"key {8 * byte + bit}"
        for byte, bits in enumerate(display.query_keymap())
        for bit in range(8)
        if bits >> bit & 1
    ]
    mask = display.screen().root.query_pointer().mask
    return keys + [f"button {number}" for number in range(1, 6) if mask & 1 << 7 + number]


def test_a_run_killed_at_any_moment_leaves_nothing_broken(x_display: str, tmp_path: Path) -> None:
    draw, display = random.Random(7), connect(x_display)
    caught_holding = 0
    for kill in range(KILLS):
        folder = tmp_path / f"run{kill}"
        with subprocess.Popen([*RUN, folder, x_display], cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
            assert run.stdout
            acknowledged = [run.stdout.readline() for _ in range(draw.randrange(1, 8))]
            Stop().wait(draw.uniform(0, 0.15))
            run.kill()
            caught_holding += bool(held(display))
            Stop().wait(0.1)
            assert held(display) == [], f"kill {kill}: still down after 100 ms"
            acknowledged += run.stdout.read().splitlines(keepends=True)
        done = [int(line) for line in acknowledged if line.endswith("\n")]
        episode = read_recording(folder).episode
        assert episode.ending is Ending.CUT_SHORT
        known = [step for step in episode.steps if step.change is not None]
        assert len(known) > done[-1], f"kill {kill}: {done[-1] + 1} steps were acknowledged, {len(known)} are recorded"
    assert caught_holding, "no kill met a key or a button held: the test proved nothing about them"
    display.close()
