"""A server whose model really looks: it finds the colour it is asked for, and points there in a space of its own."""

import io
import random
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image

from agent.calibration.chart import COLOURS
from agent.dialects.sizes import Size
from tests.doubles.chat_server import chat_server

FENCED = '```json\n[\n\t{{"point_2d": [{x}, {y}], "label": "cross"}}\n]\n```'
"""How Qwen2.5-VL writes a point."""

Says = Callable[[float, float, Size], tuple[float, float]]
"""From the pixel where it is, counted from the picture's corner, and the size sent, to the numbers it answers."""


@lru_cache(maxsize=4)
def looked_at(url: str) -> tuple[Size, dict[str, tuple[float, float]]]:
    """The size of the picture in a data URL, and the middle of each colour of a chart on it."""
    pixels = np.asarray(Image.open(io.BytesIO(b64decode(url.partition(",")[2]))), np.uint32)
    colours = pixels @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    places = {}
    for name, (red, green, blue) in COLOURS.items():
        rows, columns = np.nonzero(colours == (red << 16 | green << 8 | blue))
        if len(rows):
            places[name] = float(columns.mean()) + 0.5, float(rows.mean()) + 0.5
    return (pixels.shape[1], pixels.shape[0]), places


@contextmanager
def pointing_server(
    says: Says, *, noise: int = 0, astray: int = 0, whole: bool = True, form: str = FENCED
) -> Iterator[str]:
    """The base URL of a server that points as `says`, off by up to `noise` of its own units in both directions.

    It writes a point as `form`, with `{x}` and `{y}` in it. Every `astray`th answer lies somewhere else altogether; 0
    means none does.
    """
    draw, asked = random.Random(5), 0

    def answer(body: dict[str, Any]) -> str:
        nonlocal asked
        asked += 1
        parts = body["messages"][-1]["content"]
        words = " ".join(part["text"] for part in parts if part["type"] == "text")
        (url,) = (part["image_url"]["url"] for part in parts if part["type"] == "image_url")
        size, places = looked_at(url)
        (at,) = (place for name, place in places.items() if f"the {name} cross" in words)
        if astray and asked % astray == 0:
            at = draw.uniform(0, size[0]), draw.uniform(0, size[1])
        x, y = (value + draw.uniform(-noise, noise) for value in says(at[0], at[1], size))
        x, y = (int(x), int(y)) if whole else (round(x, 3), round(y, 3))
        return form.format(x=x, y=y)

    with chat_server(answer) as (url, _):
        yield url
