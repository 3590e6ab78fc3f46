"""A picture with what was found drawn in: thin boxes and crosses with their numbers and labels."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from agent.dialects.dialect import Found
from devices import Box, Point
from devices.device import Pixels

COLOURS = ("#e11d48", "#2563eb", "#047857", "#9333ea", "#b45309", "#0e7490")
"""Each at least 4.5:1 against the white of its own label and edges."""
LONGEST_LABEL = 40


def with_marks(pixels: Pixels, found: Sequence[Found]) -> bytes:
    """A PNG file of `pixels` with every one of `found` marked: a coloured line with a white edge shows on any ground.

    Lines lie around a box, so that what is in it stays visible; a tag never covers its own box unless it must.
    """
    picture = Image.fromarray(pixels)
    draw, line = ImageDraw.Draw(picture), max(1, round(max(picture.size) / 900))
    font = ImageFont.load_default(max(12, min(28, round(max(picture.size) / 90))))
    for index, each in enumerate(found):
        colour = COLOURS[index % len(COLOURS)]
        if each.box:
            _box(draw, each.box, colour, line)
        else:
            _cross(draw, each.at, colour, line)
    for index, each in enumerate(found):  # after all lines, so that no line runs through a tag
        around = each.box or Box(each.at.x - 8 * line, each.at.y - 8 * line, each.at.x + 8 * line, each.at.y + 8 * line)
        _tag(draw, font, around, f"{index + 1} {_short(each.label)}".strip(), COLOURS[index % len(COLOURS)])
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _box(draw: ImageDraw.ImageDraw, box: Box, colour: str, line: int) -> None:
    for grown, width, ink in ((2 * line + 1, 2 * line + 2, "white"), (line + 1, line, colour)):
        corners = (box.left - grown, box.top - grown, box.right - 1 + grown, box.bottom - 1 + grown)
        draw.rectangle(corners, outline=ink, width=width)


def _cross(draw: ImageDraw.ImageDraw, at: Point, colour: str, line: int) -> None:
    reach = 8 * line
    for width, ink in ((3 * line, "white"), (line, colour)):
        draw.line((at.x - reach, at.y, at.x + reach, at.y), ink, width)
        draw.line((at.x, at.y - reach, at.x, at.y + reach), ink, width)


def _tag(
    draw: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, around: Box, text: str, colour: str
) -> None:
    """`text` on a label above `around`, or below it, or inside its top edge: the first that lies on the picture."""
    left, top, right, bottom = draw.textbbox((0, 0), text, font)
    width, height, (far, low) = right - left + 10, bottom - top + 8, draw.im.size
    y = next((y for y in (around.top - height - 4, around.bottom + 4) if 0 <= y <= low - height), around.top + 4)
    x = max(1, min(around.left, far - width - 1))
    draw.rectangle((x, y, x + width, y + height), colour, "white")
    draw.text((x + 5 - left, y + 4 - top), text, "white", font)


def _short(label: str) -> str:
    words = " ".join(label.split())
    return words if len(words) <= LONGEST_LABEL else words[: LONGEST_LABEL - 3] + "..."
