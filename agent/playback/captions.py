"""Captions on a picture: what was typed and pressed, and the labels of marks."""

from collections.abc import Sequence

from PIL import Image

from agent.episode import Ask, Finish, Move, Unreadable
from agent.playback.fonts import ELLIPSIS, font_for
from agent.playback.overlay import DARK, MARK, WHITE, Colour, Overlay, draw_text, with_opacity
from agent.safe_text import safe_line
from devices import OpenApp, Press, TypeText, Wait
from devices.device import Box

GOOD: Colour = (22, 128, 61, 255)
EDGE: Colour = (148, 163, 184, 255)


def draw_caption(picture: Image.Image, move: Move, done: float = 1.0) -> None:
    """Caption `picture` with what of `move` has no place on it; `done` (0 to 1) is the share of it that is done."""
    size = max(14, round(max(picture.size) / 40))
    match move:
        case TypeText(text):
            shown = text[: round(len(text) * done)] if done < 1.0 else text
            _plate(picture, safe_line(shown.replace("\n", " ¶ ").replace("\t", " → ")), size, DARK, caret=True)
        case Press(keys):
            _caps(picture, ["Esc" if key == "escape" else key.capitalize() for key in keys], size)
        case OpenApp(name):
            _plate(picture, safe_line(f"open {name}"), size, DARK)
        case Wait(seconds):
            _plate(picture, f"wait {seconds:g} s", size, DARK)
        case Finish(succeeded, answer):
            end = "done" if succeeded else "gave up"
            _plate(picture, safe_line(f"{end}: {answer}" if answer else end), size, GOOD if succeeded else MARK)
        case Ask(question):
            _plate(picture, safe_line(f"asks: {question}"), size, DARK)
        case Unreadable():
            _plate(picture, "an unreadable reply: nothing was done", size, MARK)


def draw_label(picture: Image.Image, around: Box, words: str, size: int) -> None:
    """A small label beside `around`, to its right where there is room."""
    words, pad = safe_line(words), size * 0.5
    font = font_for(words, size, bold=True)
    width, height = font.getlength(words) + 2 * pad, size * 1.7
    left = around.right + pad if around.right + pad + width < picture.width else around.left - pad - width
    top = min(max(0.0, around.center.y - height / 2), picture.height - height)
    _rounded_box(picture, (max(0.0, left), top, max(0.0, left) + width, top + height), MARK, WHITE)
    draw_text(picture, (max(0.0, left) + pad, top + height / 2), words, font, WHITE)


def _plate(picture: Image.Image, text: str, size: int, fill: Colour, *, caret: bool = False) -> None:
    font, pad = font_for(text, size), size * 0.8
    room = picture.width * 0.88 - 2 * pad
    shown = text
    if caret:  # the end of what is being typed is what one wants to see
        while font.getlength(shown) > room:
            shown = ELLIPSIS + shown[max(len(ELLIPSIS) + 1, len(shown) // 12) :]
    else:
        while font.getlength(shown) > room:
            shown = shown[: -len(ELLIPSIS) - max(1, len(shown) // 12)] + ELLIPSIS
    width, height = font.getlength(shown) + 2 * pad, size * 2.1
    left, top = (picture.width - width) / 2, picture.height - height - size * 1.2
    _rounded_box(picture, (left, top, left + width, top + height), with_opacity(fill, 0.93), EDGE)
    draw_text(picture, (left + pad, top + height / 2), shown, font, WHITE)
    if caret:
        x = left + pad + font.getlength(shown) + size * 0.08
        overlay = Overlay(picture, (x - size, top, x + size, top + height))
        overlay.line([(x, top + size * 0.5), (x, top + height - size * 0.5)], max(1.0, size * 0.09), MARK)
        overlay.paste()


def _caps(picture: Image.Image, keys: Sequence[str], size: int) -> None:
    """Keys side by side, as they look on a keyboard."""
    words = [safe_line(key) for key in keys]
    fonts = [font_for(word, size, bold=True) for word in words]
    widths = [max(size * 2.1, font.getlength(word) + size * 1.3) for word, font in zip(words, fonts, strict=True)]
    gap, height = size * 0.45, size * 2.1
    left = (picture.width - sum(widths) - gap * (len(keys) - 1)) / 2
    top = picture.height - height - size * 1.2
    for word, font, width in zip(words, fonts, widths, strict=True):
        _rounded_box(picture, (left, top + size * 0.16, left + width, top + height + size * 0.16), DARK, DARK)
        _rounded_box(picture, (left, top, left + width, top + height), WHITE, EDGE)
        draw_text(picture, (left + (width - font.getlength(word)) / 2, top + height / 2), word, font, DARK)
        left += width + gap


def _rounded_box(picture: Image.Image, box: tuple[float, float, float, float], fill: Colour, edge: Colour) -> None:
    left, top, right, bottom = box
    overlay = Overlay(picture, (left - 2, top - 2, right + 2, bottom + 2))
    overlay.plate(box, min(bottom - top, right - left) * 0.24, fill, edge)
    overlay.paste()
