"""Fonts for text on a picture, and text cut or wrapped to a width in pixels."""

from functools import cache

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
ELLIPSIS = "..."
_PLAIN = ("DejaVuSans.ttf", "Arial.ttf", "Helvetica.ttc", "LiberationSans-Regular.ttf")
_BOLD = ("DejaVuSans-Bold.ttf", "Arial Bold.ttf", "arialbd.ttf", "LiberationSans-Bold.ttf")
_IDEOGRAPHS = ("NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "DroidSansFallbackFull.ttf", "PingFang.ttc", "msyh.ttc")


def font_for(text: str, size: int, *, bold: bool = False) -> Font:
    """A font for `text`, `size` pixels high: this system's sans serif, with ideographs where they are needed."""
    return _font((_IDEOGRAPHS if text and max(text) >= "\u2e80" else ()) + (_BOLD if bold else _PLAIN), size)


@cache
def _font(names: tuple[str, ...], size: int) -> Font:
    for name in names:
        try:
            return ImageFont.truetype(name, size, layout_engine=ImageFont.Layout.BASIC)
        except OSError:
            continue
    return ImageFont.load_default(size)


def truncate(text: str, font: Font, width: float) -> str:
    """As much of `text` as `width` pixels hold."""
    if font.getlength(text) <= width:
        return text
    low, high = 0, min(len(text), 2000)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if font.getlength(text[:middle] + ELLIPSIS) <= width else (low, middle - 1)
    return text[:low].rstrip() + ELLIPSIS


def wrap(text: str, font: Font, width: float, most: int) -> list[str]:
    """`text` broken between words into at most `most` lines of `width` pixels; what does not fit is cut off."""
    wrapped: list[str] = []
    words = text.split()[:400]
    while words and len(wrapped) < most:
        line = words.pop(0)
        if len(wrapped) == most - 1:
            return [*wrapped, truncate(" ".join([line, *words]), font, width)]
        while words and font.getlength(f"{line} {words[0]}") <= width:
            line = f"{line} {words.pop(0)}"
        wrapped.append(truncate(line, font, width))
    return wrapped
