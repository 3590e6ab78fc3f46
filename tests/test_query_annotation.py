"""What is drawn on a picture can be seen, and hides nothing that was found."""

import io

import numpy as np
import pytest
from PIL import Image

from agent.dialects.dialect import Detection
from agent.queries.annotation import COLOURS, annotated_png
from devices import Box, Point
from devices.device import Pixels


def drawn(pixels: Pixels, *found: Detection) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(annotated_png(pixels, found))))


def grey(width: int, height: int) -> Pixels:
    return np.full((height, width, 3), 90, np.uint8)


def boxed(*corners: int, label: str = "it") -> Detection:
    return Detection(label, Box(*corners).center, Box(*corners))


def inked(pixels: Pixels, colour: str) -> int:
    """How many pixels have that colour."""
    return int((pixels == [int(colour[at : at + 2], 16) for at in (1, 3, 5)]).all(axis=2).sum())


def test_the_inside_of_a_box_stays_as_it_was() -> None:
    picture = drawn(grey(400, 300), boxed(100, 100, 200, 150))
    assert (picture[100:150, 100:200] == 90).all()
    assert inked(picture, COLOURS[0]) > 2 * (100 + 50)


WHERE = [(0, 0, 400, 300), (0, 0, 30, 20), (370, 280, 400, 300), (200, 100, 201, 101)]


@pytest.mark.parametrize("corners", WHERE, ids=str)
def test_a_box_at_any_edge_is_seen(corners: tuple[int, int, int, int]) -> None:
    without_tag = drawn(grey(400, 300), boxed(*corners, label=""))
    assert inked(without_tag, COLOURS[0]) > 0
    left, top, right, bottom = corners
    sides = [(left - 4, left + 6), (right - 6, right + 4)]
    around = without_tag[max(0, top - 4) : bottom + 4]
    assert all(inked(around[:, max(0, a) : b], COLOURS[0]) >= min(10, bottom - top) for a, b in sides)


def test_a_point_is_a_cross_whose_middle_is_the_point() -> None:
    picture = drawn(grey(400, 300), Detection("it", Point(200, 150)))
    reach = np.argwhere((picture[150] != 90).any(axis=1)).ravel()
    assert (int(reach.min()) + int(reach.max())) / 2 == pytest.approx(200, abs=1)


def test_tags_do_not_hide_each_other() -> None:
    same = [boxed(100, 100, 200, 150, label=f"thing {index}") for index in range(4)]
    alone = [inked(drawn(grey(400, 300), boxed(100, 100, 200, 150, label="thing 0")), COLOURS[0])]
    together = drawn(grey(400, 300), *same)
    tag = 700  # pixels of a tag's ground, at the least
    assert alone[0] > tag
    assert all(inked(together, colour) > tag for colour in COLOURS[1:4])


ODD = ["", "\x00\x1b[31m", "保存", "Größe " * 50, "a\nb\tc", "\ud800"]


@pytest.mark.parametrize("label", ODD, ids=ascii)
@pytest.mark.parametrize("size", [(1, 1), (20, 20), (3000, 40)], ids=str)
def test_any_label_can_be_drawn_on_any_picture(label: str, size: tuple[int, int]) -> None:
    found = [Detection(label, Point(0, 0)), boxed(0, 0, *size, label=label)]
    assert drawn(grey(*size), *found).shape == (size[1], size[0], 3)
