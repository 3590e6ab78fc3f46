"""A picture annotated with places: thin boxes and crosses with their numbers and labels."""

import io
import unicodedata
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from agent.dialects.dialect import Detection
from agent.safe_text import safe_line
from devices import Box, Point
from devices.device import Pixels

COLOURS = ("#e11d48", "#2563eb", "#047857", "#9333ea", "#b45309", "#0e7490")
"""Each at least 4.5:1 against the white of its own label and edges."""
LONGEST_LABEL = 40
GAP = 4

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def annotated_png(pixels: Pixels, places: Sequence[Detection]) -> bytes:
    """A PNG file of `pixels` with every one of `places` marked: a coloured line with a white edge shows on any ground.

    Lines lie around a box where the picture has room for them, so that what is in it stays visible; tags lie above it,
    below it or in its corner, and never over each other while there is another place.
    """
    picture = Image.fromarray(pixels)
    draw, line = ImageDraw.Draw(picture), max(2, round(max(picture.size) / 900))
    font = ImageFont.load_default(max(12, min(28, round(max(picture.size) / 90))))
    marks = [(each, COLOURS[index % len(COLOURS)]) for index, each in enumerate(places)]
    for each, colour in marks:
        if each.box:
            _box(draw, each.box, colour, line)
        else:
            _cross(draw, each.at, colour, line)
    tags: list[Box] = []  # drawn after all lines, so that no line runs through a tag
    for number, (each, colour) in enumerate(marks, 1):
        text = f"{number} {_ascii_label(each.label)}".strip()
        around = each.box or Box(each.at.x - 8 * line, each.at.y - 8 * line, each.at.x + 8 * line, each.at.y + 8 * line)
        tags.append(_tag(draw, font, around, text, colour, tags))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _box(draw: ImageDraw.ImageDraw, box: Box, colour: str, line: int) -> None:
    """White, colour, white: from the pixel just outside `box` outwards, or inwards from the picture's own edge."""
    far, low = draw.im.size
    for out, width, ink in ((line + 2, line + 2, "white"), (line + 1, line, colour)):
        left, top = max(line + 2 - out, box.left - out), max(line + 2 - out, box.top - out)
        right = min(far - 1 - (line + 2 - out), box.right - 1 + out)
        bottom = min(low - 1 - (line + 2 - out), box.bottom - 1 + out)
        draw.rectangle((left, top, max(left, right), max(top, bottom)), outline=ink, width=width)


def _cross(draw: ImageDraw.ImageDraw, at: Point, colour: str, line: int) -> None:
    reach = 8 * line
    for width, ink in ((3 * line, "white"), (line, colour)):
        draw.line((at.x - reach, at.y, at.x + reach, at.y), ink, width)
        draw.line((at.x, at.y - reach, at.x, at.y + reach), ink, width)


def _tag(draw: ImageDraw.ImageDraw, font: Font, around: Box, text: str, colour: str, others: Sequence[Box]) -> Box:
    """Write `text` near `around`, clear of `others`; where it stands now."""
    left, top, right, bottom = (round(side) for side in draw.textbbox((0, 0), text, font))
    (width, height), (far, low) = (right - left + 10, bottom - top + 8), draw.im.size
    x = max(0, min(around.left, far - width - 1))
    inside = max(0, around.top + GAP)
    places = (around.top - height - 2 * GAP, around.bottom + 2 * GAP, *range(inside, low - height, height + 1))
    boxes = [Box(x, y, x + width + 1, y + height + 1) for y in places if 0 <= y < low - height]
    free = (box for box in boxes if not any(_overlap(box, other) for other in others))
    box = next(free, boxes[0] if boxes else Box(x, 0, x + width + 1, height + 1))
    draw.rectangle((box.left, box.top, box.right - 1, box.bottom - 1), colour, "white")
    draw.text((box.left + 5 - left, box.top + 4 - top), text, "white", font)
    return box


def _overlap(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def _ascii_label(label: str) -> str:
    """`label` in the letters that Pillow's own font has: accents off, what it lacks left out, and not too long."""
    plain = unicodedata.normalize("NFKD", label.replace("ß", "ss")).encode("ascii", "ignore").decode()
    words = safe_line(plain)
    return words if len(words) <= LONGEST_LABEL else words[: LONGEST_LABEL - 3] + "..."
