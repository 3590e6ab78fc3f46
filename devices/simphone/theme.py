"""Colours, fonts and lengths of the phone's drawings."""

from dataclasses import dataclass
from functools import cache

from PIL import ImageColor, ImageFont

Rgb = tuple[int, int, int]
Font = ImageFont.FreeTypeFont

LIGHT = {
    "background": "#fbfaff",
    "surface": "#eef1f8",
    "raised": "#ffffff",
    "text": "#1b1b1f",
    "dim": "#54575f",
    "primary": "#1a66d0",
    "on_primary": "#ffffff",
    "tint": "#d7e3fb",
    "on_tint": "#0b2a5b",
    "outline": "#8f929c",
    "line": "#dddfe7",
    "danger": "#b3261e",
    "keyboard": "#dfe2e9",
    "key": "#ffffff",
    "special": "#c3c8d4",
    "toast": "#2f3036",
    "on_toast": "#f3f3f7",
}
DARK = {
    "background": "#121316",
    "surface": "#24262c",
    "raised": "#2d3037",
    "text": "#e8e8ec",
    "dim": "#aeb1ba",
    "primary": "#8ab4f8",
    "on_primary": "#0b2a5b",
    "tint": "#2c4267",
    "on_tint": "#d7e3fb",
    "outline": "#8a8d97",
    "line": "#35383f",
    "danger": "#f2a29c",
    "keyboard": "#1c1e22",
    "key": "#3a3d45",
    "special": "#2a2c32",
    "toast": "#e4e4e9",
    "on_toast": "#1b1b1f",
}


@cache
def _rgb(name: str) -> Rgb:
    red, green, blue = ImageColor.getrgb(name)[:3]
    return red, green, blue


@cache
def font(size: int, bold: bool = False) -> Font:
    """DejaVu Sans at `size` pixels where the system has it, otherwise Pillow's own scalable font."""
    try:
        name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
        return ImageFont.truetype(name, size, layout_engine=ImageFont.Layout.BASIC)
    except OSError:
        default = ImageFont.load_default(size)
        if not isinstance(default, ImageFont.FreeTypeFont):
            raise OSError("no scalable font: Pillow was built without FreeType; install fonts-dejavu-core") from None
        return default


@cache
def ideographs(size: int) -> Font:
    """A font with Chinese, Japanese and Korean where the system has one, otherwise the usual one."""
    for name in ("wqy-microhei.ttc", "NotoSansCJK-Regular.ttc", "DroidSansFallbackFull.ttf"):
        try:
            return ImageFont.truetype(name, size, layout_engine=ImageFont.Layout.BASIC)
        except OSError:
            continue
    return font(size)


def font_for(text: str, size: int, bold: bool = False) -> Font:
    """The font in which `text` is written."""
    return ideographs(size) if text and max(text) >= "\u2e80" else font(size, bold)


@cache
def text_width(text: str, size: int, bold: bool = False) -> int:
    """Pixels that one line of `text` takes across."""
    return round(font_for(text, size, bold).getlength(text))


@dataclass(frozen=True, slots=True)
class Theme:
    """How things look now: pixels per dp, the scale of text, and whether the dark theme is on."""

    density: float
    font_scale: float = 1.0
    dark: bool = False

    def px(self, dp: float) -> int:
        """`dp` in pixels; a length above nothing stays at least one pixel."""
        return round(dp * self.density) or (1 if dp > 0 else 0)

    def sp(self, size: float) -> int:
        """A text size in pixels."""
        return max(6, round(size * self.density * self.font_scale))

    def color(self, name: str) -> Rgb:
        """A palette's name ("primary") or any colour that Pillow can read ("#1a66d0")."""
        return _rgb((DARK if self.dark else LIGHT).get(name, name))
