"""Words on a picture: fonts, and text cut to the room it has."""

from functools import cache

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
CUT = "..."
_PLAIN = ("DejaVuSans.ttf", "Arial.ttf", "Helvetica.ttc", "LiberationSans-Regular.ttf")
_BOLD = ("DejaVuSans-Bold.ttf", "Arial Bold.ttf", "arialbd.ttf", "LiberationSans-Bold.ttf")
_IDEOGRAPHS = ("NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "DroidSansFallbackFull.ttf", "PingFang.ttc", "msyh.ttc")


def plain(text: str) -> str:
    """`text` on one line, without what cannot be written: control characters, halves of characters."""
    whole = text.encode("utf-8", "replace").decode()
    return " ".join("".join(each if each.isprintable() else " " for each in whole).split())


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


def cut(text: str, font: Font, width: float) -> str:
    """As much of `text` as `width` pixels hold."""
    if font.getlength(text) <= width:
        return text
    low, high = 0, min(len(text), 2000)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if font.getlength(text[:middle] + CUT) <= width else (low, middle - 1)
    return text[:low].rstrip() + CUT


def lines(text: str, font: Font, width: float, most: int) -> list[str]:
    """`text` broken between words into at most `most` lines of `width` pixels; what does not fit is cut off."""
    found: list[str] = []
    words = text.split()[:400]
    while words and len(found) < most:
        line = words.pop(0)
        if len(found) == most - 1:
            return [*found, cut(" ".join([line, *words]), font, width)]
        while words and font.getlength(f"{line} {words[0]}") <= width:
            line = f"{line} {words.pop(0)}"
        found.append(cut(line, font, width))
    return found
