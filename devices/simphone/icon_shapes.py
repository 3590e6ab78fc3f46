"""Small pictograms on a grid of 24 by 24."""

from functools import cache

from PIL import Image, ImageDraw

# Shapes by first letter: L line(width, points), P polygon, D disc(x, y, r), O ring(x, y, r, width),
# R rectangle(left, top, right, bottom, radius), A arc(x, y, r, from, to degrees, width); lower case erases.
SHAPES: dict[str, str] = {
    "back": "L2.2 20 12 5 12;L2.2 11 5 4.5 12 11 19",
    "search": "O10 10 6.5 2.2;L2.6 15 15 21 21",
    "plus": "L2.4 12 4 12 20;L2.4 4 12 20 12",
    "close": "L2.4 5 5 19 19;L2.4 19 5 5 19",
    "check": "L2.6 4 12.5 9.5 18 20 6",
    "trash": "R6 8 18 21 2;R4 4.5 20 6.8 1;R9 2.8 15 5 1",
    "edit": "P4 20 4 16 15 5 19 9 8 20;P16 4 18 2 22 6 20 8",
    "phone": "P4 3 9 3 10 9 7.5 11 13 16.5 15 14 21 15 21 20 18 21.5 10 18 5.5 12.5 2.5 6",
    "mail": "R2.5 5 21.5 19 2;l1.6 3.5 7.5 12 13 20.5 7.5",
    "message": "R3 3.5 21 17 3;P6 16 6 22 12 16;l1.4 7 8.2 17 8.2;l1.4 7 12.2 14 12.2",
    "person": "D12 8 4.2;R4.5 14 19.5 26 7;r0 20.5 24 27 0",
    "wifi": "A12 19 14 225 315 2.4;A12 19 9.4 225 315 2.4;D12 18.6 2.6",
    "bluetooth": "L2 6 7 17.5 16.5 12 21.5 12 2.5 17.5 7.5 6 17",
    "airplane": "P12 1.5 13.7 3.5 13.7 9 22 14 22 16 13.7 13.5 13.7 19 16 20.8 16 22.3 12 21.2 8 22.3 8 20.8"
    " 10.3 19 10.3 13.5 2 16 2 14 10.3 9 10.3 3.5",
    "sun": "D12 12 4.6;L2 12 1.5 12 4.5;L2 12 19.5 12 22.5;L2 1.5 12 4.5 12;L2 19.5 12 22.5 12;L2 4.6 4.6 6.7 6.7;"
    "L2 17.3 17.3 19.4 19.4;L2 4.6 19.4 6.7 17.3;L2 17.3 6.7 19.4 4.6",
    "volume": "P3 9 7.5 9 13 4 13 20 7.5 15 3 15;A13 12 4 300 60 2;A13 12 8 300 60 2",
    "info": "O12 12 9 2;R11 10.5 13 17 0;D12 7.6 1.4",
    "apps": "D5 5 2.2;D12 5 2.2;D19 5 2.2;D5 12 2.2;D12 12 2.2;D19 12 2.2;D5 19 2.2;D12 19 2.2;D19 19 2.2",
    "battery": "R7 4 17 22 1.6;R9.5 2 14.5 5 0.6",
    "clock": "O12 12 9.2 2.2;L2 12 6.5 12 12.4 16 14.5",
    "alarm": "O12 13 8 2;L2 12 8.5 12 13.2 15 15;L2.4 2.5 6.5 7 2.8;L2.4 21.5 6.5 17 2.8",
    "gear": "D12 12 6.8;L4.2 12 1.8 12 22.2;L4.2 3.2 6.9 20.8 17.1;L4.2 3.2 17.1 20.8 6.9;d12 12 3.4",
    "note": "R4.5 2.5 19.5 21.5 2;l1.5 8 8 16 8;l1.5 8 12 16 12;l1.5 8 16 13 16",
    "globe": "O12 12 9.2 1.9;L1.7 3 12 21 12;L1.7 12 3 12 21;A18.6 12 10.4 122 238 1.7;A5.4 12 10.4 302 58 1.7",
    "bank": "P2.5 9 12 3 21.5 9;R4.5 10 7 17.5 0;R10.7 10 13.3 17.5 0;R17 10 19.5 17.5 0;R2.5 18.5 21.5 21 0",
    "send": "P3 3.5 22 12 3 20.5 3 14 14 12 3 10",
    "lock": "R5 10 19 21 2;A12 9 4.6 180 0 2.2;d12 15.5 1.8",
    "bell": "P5 18 5 17 7 15 7 9 9 6 12 5 15 6 17 9 17 15 19 17 19 18;D12 20 2;D12 4.4 1.6",
    "moon": "D12 12 9;d16.5 9 7.6",
    "rotate": "A12 12 8 40 300 2.2;P16 1.8 16.6 8.4 21.4 4.4",
    "storage": "R3 4 21 9 1.4;R3 10 21 15 1.4;R3 16 21 21 1.4;d6.5 6.5 1;d6.5 12.5 1;d6.5 18.5 1",
    "shield": "P12 2 20 5 20 11 18 16.5 12 22 6 16.5 4 11 4 5",
    "backspace": "P8 5 22 5 22 19 8 19 2 12;l1.8 11 9 17 15;l1.8 17 9 11 15",
    "shift": "P12 3 21 12.5 16 12.5 16 20 8 20 8 12.5 3 12.5",
    "enter": "L2.2 20 5 20 13 5 13;L2.2 10 7.5 4.5 13 10 18.5",
    "accessibility": "D12 4.4 2.2;L2.4 4 8.6 20 8.6;L4.6 12 9.5 12 14.5;L2.4 10.9 13 8.6 21;L2.4 13.1 13 15.4 21",
    "folder": "P2.5 5 9.5 5 11.5 7.5 21.5 7.5 21.5 19.5 2.5 19.5",
    "nav_back": "P16.5 4.5 16.5 19.5 5 12;p15 7.6 15 16.4 8.2 12",
    "nav_home": "O12 12 8 1.8",
    "nav_recents": "R5 5 19 19 1.6;r6.8 6.8 17.2 17.2 0.6",
}


@cache
def icon(name: str, size: int) -> Image.Image:
    """The coverage of pictogram `name`, (size, size) pixels; raises `KeyError` for a name that is not drawn."""
    scale = max(1, round(96 / size)) * size / 24 if size < 96 else size * 2 / 24
    big = Image.new("L", (round(24 * scale), round(24 * scale)))
    draw = ImageDraw.Draw(big)
    for shape in SHAPES[name].split(";"):
        _draw(draw, shape[0], [float(number) * scale for number in shape[1:].split()], scale)
    return big.resize((size, size), Image.Resampling.BOX)


def _draw(draw: ImageDraw.ImageDraw, kind: str, n: list[float], scale: float) -> None:
    ink = 255 if kind.isupper() else 0
    match kind.upper():
        case "L":
            points = list(zip(n[1::2], n[2::2], strict=True))
            draw.line(points, ink, round(n[0]), joint="curve")
            for x, y in (points[0], points[-1]):
                draw.ellipse((x - n[0] / 2, y - n[0] / 2, x + n[0] / 2, y + n[0] / 2), ink)
        case "P":
            draw.polygon(n, ink)
        case "D":
            draw.ellipse((n[0] - n[2], n[1] - n[2], n[0] + n[2], n[1] + n[2]), ink)
        case "O":
            draw.ellipse((n[0] - n[2], n[1] - n[2], n[0] + n[2], n[1] + n[2]), outline=ink, width=round(n[3]))
        case "R":
            draw.rounded_rectangle(n[:4], n[4], ink)
        case "A":
            box = (n[0] - n[2], n[1] - n[2], n[0] + n[2], n[1] + n[2])
            draw.arc(box, n[3] / scale, n[4] / scale, ink, round(n[5]))
