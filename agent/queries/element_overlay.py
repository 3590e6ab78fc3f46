"""A screenshot with its elements drawn in: a thin box around each, in the colour of its role, and its number."""

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from agent.screen.overlap import edges_of, shared
from devices import Box, Element
from devices.device import Pixels
from devices.roles import FIELDS, TOGGLES

COLOURS = {
    "button": "#be123c",
    "field": "#1d4ed8",
    "toggle": "#a21caf",
    "link": "#0e7490",
    "icon": "#047857",
    "text": "#57534e",
    "other": "#b45309",
}
"""Each at least 4.5:1 against the white of its number; the roles that are many are far apart."""

LARGE = 8
"""Height in numbers from which an element is a ground for the numbers of others."""

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def overlay_png(pixels: Pixels, elements: Sequence[Element]) -> bytes:
    """A PNG file of `pixels`, paled a little, with `elements` numbered from 1; windows are not drawn.

    A number stands beside its box, where it hides least of other numbers and elements; lines of text, which are many,
    are underlined instead of boxed.
    """
    picture = Image.blend(Image.fromarray(pixels), Image.new("RGB", (pixels.shape[1], pixels.shape[0]), "white"), 0.25)
    draw = ImageDraw.Draw(picture)
    size = max(10, min(24, round(max(picture.size) / 110)))
    font, line = ImageFont.load_default(size), max(1, round(size / 9))
    marks = [(number, each) for number, each in enumerate(elements, 1) if each.role != "window"]
    for _, each in marks:
        box, colour = each.box, COLOURS[_kind(each)]
        if each.role == "text":
            draw.line((box.left, box.bottom + line, box.right - 1, box.bottom + line), colour, line)
        else:
            outer = (box.left - line, box.top - line, max(box.left, box.right), max(box.top, box.bottom))
            draw.rounded_rectangle(outer, 2 * line, outline=colour, width=line)
    taken = [(each.box, 1) for _, each in marks if each.box.height < LARGE * size]
    for number, each in marks:
        place = _tag(draw, font, each, str(number), COLOURS[_kind(each)], taken)
        taken.append((place, 4))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _kind(element: Element) -> str:
    role = element.role
    return "field" if role in FIELDS else "toggle" if role in TOGGLES else role if role in COLOURS else "other"


def _tag(
    draw: ImageDraw.ImageDraw, font: Font, element: Element, text: str, colour: str, taken: Sequence[tuple[Box, int]]
) -> Box:
    """Write a number by its element, where it covers least of what is `taken`, box by weight; where it stands."""
    left, top, right, bottom = (round(side) for side in draw.textbbox((0, 0), text, font))
    width, height = right - left + 4, bottom - top + 4
    box, (far, low) = element.box, draw.im.size
    corners = (
        (box.left - width - 2, box.center.y - height // 2),
        (box.left - width // 2, box.top - height - 1),
        (box.right - width // 2, box.top - height - 1),
        (box.left, box.bottom + 2),
        (box.right + 2, box.center.y - height // 2),
        (box.left, box.top),
    )
    fitting = [(max(0, min(x, far - width)), max(0, min(y, low - height))) for x, y in corners]
    places = [Box(x, y, x + width, y + height) for x, y in fitting]
    edges, weights = edges_of([each for each, _ in taken]), np.array([weight for _, weight in taken])
    place = min(places, key=lambda each: int((shared(each, edges) * weights).sum()))
    draw.rounded_rectangle((place.left, place.top, place.right - 1, place.bottom - 1), 2, colour)
    draw.text((place.left + 2 - left, place.top + 2 - top), text, "white", font)
    return place
