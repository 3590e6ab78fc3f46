"""Frames as phones send them, whole and damaged: no damaged one becomes a picture."""

import io
import os
import random
import struct

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from devices.android.screencap import BadFrame, png_pixels, raw_pixels

DAMAGED = int(os.environ.get("SCREENHAND_DAMAGED_FRAMES", "1000"))
"""How many damaged frames; 10000 is the proof."""

WARNING = (
    b"[Warning] Multiple displays were found, but no display id was specified! Defaulting to the first display found, "
    b"however this default is not guaranteed to be consistent across captures. A display id should be specified.\n"
    b"A display ID can be specified with the [-d display-id] option.\n"
    b'See "dumpsys SurfaceFlinger --display-id" for valid display IDs.\n'
)
PIXELS = np.random.default_rng(7).integers(0, 256, (48, 27, 4), np.uint8)
RGB = PIXELS[:, :, :3]


def raw(pixels: NDArray[np.uint8] = PIXELS, form: int = 1, *, old: bool = False) -> bytes:
    height, width = pixels.shape[:2]
    head = struct.pack("<III", width, height, form) + (b"" if old else struct.pack("<I", 1))
    return head + pixels.tobytes()


def png() -> bytes:
    file = io.BytesIO()
    Image.fromarray(PIXELS).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("old", [False, True], ids=["16 bytes of header", "12 bytes of header"])
@pytest.mark.parametrize("before", [b"", WARNING], ids=["plain", "after a warning"])
def test_a_whole_raw_frame_is_its_pixels(old: bool, before: bytes) -> None:
    assert np.array_equal(raw_pixels(before + raw(old=old)), RGB)


def test_blue_first_is_put_in_order() -> None:
    assert np.array_equal(raw_pixels(raw(np.ascontiguousarray(PIXELS[:, :, [2, 1, 0, 3]]), 5)), RGB)


@pytest.mark.parametrize("before", [b"", WARNING], ids=["plain", "after a warning"])
def test_a_whole_png_is_its_pixels(before: bytes) -> None:
    assert np.array_equal(png_pixels(before + png()), RGB)


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"\n", b"error: closed\n", b"\n" * 5000, WARNING, png()),
        *(raw()[:-1], raw() + b"\0", raw()[:16], raw()[16:], raw(form=4), raw(form=9)),
        *(struct.pack("<IIII", 0, 0, 1, 1), struct.pack("<IIII", 1 << 31, 1 << 31, 1, 1)),
    ],
)
def test_what_is_no_raw_frame_is_an_error_and_never_a_black_picture(data: bytes) -> None:
    with pytest.raises(BadFrame):
        raw_pixels(data)


def test_an_enormous_png_is_refused_before_it_is_unpacked() -> None:
    file = io.BytesIO()
    Image.new("1", (16000, 16000)).save(file, "PNG")
    with pytest.raises(BadFrame, match="no phone"):
        png_pixels(file.getvalue())


def damaged(draw: random.Random, whole: bytes, *, checked: bool) -> bytes:
    """`whole` cut, grown, or with bytes changed, lost or put in; in raw frames only where a change can be known."""
    kind = draw.choice(["cut", "cut", "lost", "put in", "changed", "twice", "words inside"])
    at = draw.randrange(len(whole))
    match kind:
        case "cut":
            return whole[:at]
        case "lost":
            return whole[:at] + whole[at + draw.randrange(1, 9) :]
        case "put in":
            return whole[:at] + draw.randbytes(draw.randrange(1, 9)) + whole[at:]
        case "twice":
            return whole + whole[: draw.randrange(1, len(whole))]
        case "words inside":
            return whole[:at] + WARNING + whole[at:]
    at = draw.randrange(len(whole) if checked else 12)
    return whole[:at] + bytes([whole[at] ^ draw.randrange(1, 256)]) + whole[at + 1 :]


def test_no_damaged_frame_becomes_a_picture() -> None:
    draw, invented = random.Random(8), []
    for number in range(DAMAGED):
        as_png, old = number % 2 == 0, number % 4 == 1
        whole = png() if as_png else raw(old=old)
        data = damaged(draw, whole, checked=as_png)
        try:
            pixels = png_pixels(data) if as_png else raw_pixels(data, (12,) if old else (16,))
        except BadFrame:
            continue
        if not np.array_equal(pixels, RGB):
            invented.append((number, data[:40]))
    assert not invented, f"{len(invented)} of {DAMAGED} damaged frames were taken for pictures: {invented[:3]}"
