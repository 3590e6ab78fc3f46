"""What a page's widgets and shapes look like, told from drawn pixels."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from agent.builtin.instructions import Target
from agent.builtin.page.colours import is_shade, likeness
from agent.builtin.page.deeds_of_widgets import Looks
from agent.builtin.page.figures import figures, looking_like
from agent.builtin.page.goal_text import goal_lines
from agent.builtin.page.regions import regions
from agent.builtin.page.widgets import Widget, widgets
from agent.builtin.reader import Reader
from agent.builtin.screen_text import ScreenText, TextLine, Word
from agent.builtin.targets import Sight, find
from devices import Box, Observation
from devices.device import Pixels

NOTHING = ScreenText((), (), 3)


def drawn(*shapes: tuple[str, tuple[int, int, int, int], str]) -> Pixels:
    """A white page of 480 x 480 pixels with these on it: what to draw, its box, its colour."""
    page = Image.new("RGB", (480, 480), "white")
    pen = ImageDraw.Draw(page)
    for kind, (left, top, right, bottom), colour in shapes:
        match kind:
            case "box":
                pen.rectangle((left, top, right, bottom), fill=colour)
            case "disc":
                pen.ellipse((left, top, right, bottom), fill=colour)
            case "triangle":
                pen.polygon([((left + right) // 2, top), (right, bottom), (left, bottom)], fill=colour)
            case "frame":
                pen.rectangle((left, top, right, bottom), fill="white", outline=colour, width=3)
            case "ring":
                pen.ellipse((left, top, right, bottom), fill="white", outline=colour, width=3)
    return np.asarray(page, np.uint8).copy()


def kinds(found: tuple[Widget, ...]) -> list[str]:
    return [widget.kind for widget in found]


def test_tick_boxes_round_buttons_and_fields_are_told_apart() -> None:
    page = drawn(
        ("frame", (30, 30, 68, 68), "#767676"),
        ("ring", (30, 120, 68, 158), "#767676"),
        ("frame", (30, 210, 380, 270), "#767676"),
    )
    assert kinds(widgets(page, NOTHING)) == ["checkbox", "radio", "field"]


def test_a_tick_is_seen() -> None:
    page = drawn(("box", (30, 30, 68, 68), "#0075ff"))
    pen = ImageDraw.Draw(picture := Image.fromarray(page))
    pen.line((38, 50, 46, 58, 60, 40), fill="white", width=5)
    found = widgets(np.asarray(picture, np.uint8).copy(), NOTHING)
    assert [(widget.kind, widget.ticked) for widget in found] == [("checkbox", True)]


def test_a_coloured_shape_is_no_widget() -> None:
    page = drawn(("box", (30, 30, 60, 60), "red"), ("disc", (100, 30, 130, 60), "blue"))
    assert widgets(page, NOTHING) == ()


@pytest.mark.parametrize(
    ("looks", "count"),
    [
        (Looks(shape="circle"), 2),
        (Looks(colour="red"), 2),
        (Looks("large", "red", "rectangle"), 1),
        (Looks("small"), 1),
        (Looks(colour="green"), 0),
        (Looks(shape="triangle"), 1),
    ],
)
def test_shapes_are_told_by_size_colour_and_kind(looks: Looks, count: int) -> None:
    page = drawn(
        ("disc", (20, 20, 80, 80), "red"),
        ("disc", (120, 20, 180, 80), "blue"),
        ("box", (220, 20, 280, 80), "red"),
        ("triangle", (20, 120, 46, 146), "yellow"),
    )
    assert len(looking_like(looks, figures(page, regions(page), (), 3))) == count


@pytest.mark.parametrize(
    ("name", "colour", "is_one"),
    [
        ("red", (242, 166, 166), True),
        ("red", (166, 166, 242), False),
        ("green", (66, 122, 66), True),
        ("blue", (50, 50, 160), True),
        ("blue", (200, 240, 200), False),
    ],
)
def test_shades_belong_to_their_colour(name: str, colour: tuple[int, int, int], is_one: bool) -> None:
    assert is_shade(name, colour) == is_one


def test_the_closest_name_is_the_colour_s() -> None:
    assert likeness("aqua", (0, 255, 255)) < likeness("blue", (0, 255, 255))


def line(text: str, top: int) -> TextLine:
    return TextLine(
        tuple(Word(word, Box(10 + 60 * n, top, 60 + 60 * n, top + 20), 1.0) for n, word in enumerate(text.split()))
    )


def test_the_goal_that_a_page_repeats_is_found_and_what_is_like_it_is_not() -> None:
    goal = "Click on the link 'Save' and then press OK"
    shown = (line("Click on the link 'Save' and", 5), line("then press OK", 30))
    text = ScreenText((*shown, line("Save", 80), line("Click here to press OK", 110)), ())
    assert goal_lines(goal, text) == shown


def test_a_page_that_repeats_no_goal_keeps_all_its_words() -> None:
    assert goal_lines("Click on the link 'Save'", ScreenText((line("Save", 80), line("Click", 100)), ())) == ()


def test_what_is_on_no_page_is_looked_for_in_every_button_and_not_found() -> None:
    page = Image.new("RGB", (504, 756), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype("DejaVuSans.ttf", 36)
    for number, word in enumerate(("Mail", "Maria wrote", "to all of us")):
        pen.text((20, 20 + 60 * number), word, "black", font)
    pen.rectangle((20, 640, 200, 700), "#dddddd")
    pen.text((40, 648), "Send", "black", font)
    sight = Sight(Observation(np.array(page)), Reader().read)
    assert sight.drawn.scale == 3
    assert find(Target("Throw away", "button"), sight) == ()
    assert find(Target("Send", "button"), sight)[0].at in Box(20, 640, 200, 700)
    part = Observation(np.array(page.crop((0, 0, 504, 80))))
    assert str(sight.read_closer(part)) == "Mail", "another look is read as it is, and not where this one has buttons"
