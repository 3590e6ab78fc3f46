"""Under a grammar even a model that knows nothing always says something that can be done.

SCREENHAND_SCREENS sets how many random screens it is shown; 1000 is the full proof.
"""

import os
import random

import numpy as np
import pytest

from agent.dialects.families import dialect_named
from agent.episode import Finish, Unreadable
from agent.models.local.loader import open_local
from agent.vision import VisionPolicy
from devices import Click, Drag, MoveTo, Observation, Scroll, Stop
from devices.device import Surface
from tests.doubles.tiny_qwen import save_tiny

SCREENS = int(os.environ.get("SCREENHAND_SCREENS", "24"))


def random_screen(draw: random.Random) -> Observation:
    """Noise, stripes or one colour, of any size that screens come in."""
    width, height = draw.randrange(120, 700), draw.randrange(120, 700)
    noise = np.random.default_rng(draw.randrange(2**32))
    kind = draw.choice(("noise", "stripes", "plain"))
    if kind == "noise":
        return Observation(noise.integers(0, 256, (height, width, 3), dtype=np.uint8))
    pixels = np.full((height, width, 3), noise.integers(0, 256, 3), np.uint8)
    if kind == "stripes":
        pixels[:: draw.randrange(2, 40)] = 255 - pixels[0, 0]
    return Observation(pixels)


def test_random_weights_never_answer_unreadably_nor_point_outside(tmp_path_factory: pytest.TempPathFactory) -> None:
    draw = random.Random(7)
    moves: list[str] = []
    for seed in range(4):
        folder = save_tiny(tmp_path_factory.mktemp("qwen"), seed=seed, loud=draw.uniform(2, 6))
        model = open_local(str(folder), stop=Stop(), say=lambda line: None)
        for screen in range(SCREENS // 4):
            surface: Surface = draw.choice(("computer", "phone"))
            dialect = dialect_named("qwen2.5-vl", surface=surface, max_tokens=200, longest_text=40)
            seen = random_screen(draw)
            decision = VisionPolicy(model, dialect).decide(f"do thing {seed} {screen}", (), seen)
            assert not isinstance(decision.move, Unreadable), f"{decision.move} in {decision.raw!r}"
            match decision.move:
                case Click(at) | MoveTo(at) | Scroll(at):
                    assert at in seen.box
                case Drag(path):
                    assert all(point in seen.box for point in path)
                case Finish():
                    pass
            moves.append(type(decision.move).__name__)
    assert len(set(moves)) > 2, f"all screens were answered alike: {set(moves)}"
