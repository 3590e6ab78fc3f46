"""What colours are called, and which colour a name means."""

import colorsys
import re

Rgb = tuple[int, int, int]

NAMED: dict[str, Rgb] = {
    "black": (0, 0, 0), "white": (255, 255, 255), "red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255),
    "yellow": (255, 255, 0), "orange": (255, 165, 0), "purple": (128, 0, 128), "pink": (255, 192, 203),
    "brown": (165, 42, 42), "gray": (128, 128, 128), "grey": (128, 128, 128), "cyan": (0, 255, 255),
    "aqua": (0, 255, 255), "magenta": (255, 0, 255), "fuchsia": (255, 0, 255), "lime": (0, 255, 0),
    "maroon": (128, 0, 0), "navy": (0, 0, 128), "olive": (128, 128, 0), "teal": (0, 128, 128),
    "silver": (192, 192, 192), "gold": (255, 215, 0), "violet": (238, 130, 238), "indigo": (75, 0, 130),
    "turquoise": (64, 224, 208), "beige": (245, 245, 220), "salmon": (250, 128, 114), "khaki": (240, 230, 140),
    "crimson": (220, 20, 60), "coral": (255, 127, 80), "lavender": (230, 230, 250), "tan": (210, 180, 140),
}  # fmt: skip
"""The names of CSS (https://www.w3.org/TR/css-color-4/#named-colors) that people use."""

HUES = {"red": 0, "orange": 30, "yellow": 60, "green": 120, "cyan": 180, "blue": 240, "purple": 290, "pink": 330}
"""Where families of colours lie on the wheel, in degrees."""

COLOUR = "|".join(sorted(NAMED, key=len, reverse=True))
"""A pattern for the name of a colour."""


def distance(one: Rgb, other: Rgb) -> float:
    """How far apart two colours look, 0 to about 765: weighted as eyes do (https://www.compuphase.com/cmetric.htm)."""
    mean = (one[0] + other[0]) / 2
    red, green, blue = (a - b for a, b in zip(one, other, strict=True))
    return float(((2 + mean / 256) * red**2 + 4 * green**2 + (2 + (255 - mean) / 256) * blue**2) ** 0.5)


def rgb_of(name: str) -> Rgb | None:
    """The colour that `name` means: a name, "#f0a", "rgb(1, 2, 3)"; None if it is none."""
    said = name.strip().lower()
    if said in NAMED:
        return NAMED[said]
    if found := re.fullmatch(r"#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", said):
        return (int(found[1], 16), int(found[2], 16), int(found[3], 16))
    if found := re.fullmatch(r"rgb\((\d+), ?(\d+), ?(\d+)\)", said):
        return (int(found[1]), int(found[2]), int(found[3]))
    return None


def likeness(name: str, colour: Rgb) -> float:
    """How far `colour` is from what `name` means, 0 to about 765: the least is the best."""
    meant = rgb_of(name)
    return distance(meant, colour) if meant else 1000.0


def is_shade(name: str, colour: Rgb) -> bool:
    """Whether `colour` is a light, dark or dull kind of the colour called `name`."""
    wanted = HUES.get(name.lower())
    meant = rgb_of(name)
    hue, _, full = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    if meant is None or full < 0.08 or max(colour) - min(colour) < 12:
        return meant is not None and max(meant) - min(meant) < 12
    if wanted is None:
        wanted = round(360 * colorsys.rgb_to_hls(*(part / 255 for part in meant))[0])
    own = min(HUES.items(), key=lambda item: abs((item[1] - 360 * hue + 180) % 360 - 180))
    return own[0] == name.lower() or abs((wanted - 360 * hue + 180) % 360 - 180) < 15
