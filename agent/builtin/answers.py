"""Answers questions with what is written on the screen."""

import re

from agent.builtin.instructions import Target, Tell
from agent.builtin.nearness import value_beside
from agent.builtin.screen_text import ScreenText, TextLine
from agent.builtin.shapes import field_beside
from agent.builtin.targets import Sight, find
from agent.builtin.windows import TITLE_BAR, front_title, front_window, named_window
from agent.builtin.words import number, ordinal
from devices import Element

NUMBER = re.compile(r"[-+−]?[\d][\d.,'  ]*(?:e[+-]?\d+)?%?|[-−]?inf(?:inity)?|nan", re.IGNORECASE)
PROMPT = re.compile(r"^\S*[@:~/]\S*\s*[$#%>](?:\s|$)|^[$#>]\s?")


def answer(part: Tell, sight: Sight) -> str | None:
    """What `part` asks for, as it is written; None when nothing on the screen reads like it."""
    front = front_window(sight.seen)
    inside = sight.text.within(front.box) if front else sight.text
    match part.what.lower():
        case "":
            return str(_body(inside, front)) or None
        case line if found := re.fullmatch(r"(\w+) (?:line|row)(?: of text)?|line (\w+)", line):
            rows = str(_body(inside, front)).splitlines()
            count = ordinal(found[1] or "") or int(number(found[2] or "0") or 0)
            return rows[count - 1 if count > 0 else count] if count and len(rows) >= abs(count) else None
        case "title":
            return front_title(sight.seen) or None
        case "result":
            if front is not None and front == named_window("calculator", sight.seen):
                return _number(inside)
            return _printed(inside) or _number(inside) or _value("result", sight) or str(inside) or None
        case _:
            return _value(part.what, sight) or _shown_in(part.what, sight)


def _shown_in(name: str, sight: Sight) -> str | None:
    """What the window called `name` shows: the last command's output of a terminal, else all of it."""
    window = named_window(name, sight.seen)
    if window is None:
        return None
    inside = sight.text.within(window.box)
    return _printed(inside) or str(_body(inside, window)) or None


def _body(text: ScreenText, window: Element | None) -> ScreenText:
    """`text` below the title of `window`; all of it where there is none."""
    top = window.box.top + TITLE_BAR if window else -1
    return ScreenText(tuple(line for line in text.lines if line.box.center.y > top), text.frames, text.scale)


def _number(text: ScreenText) -> str | None:
    """The number of the window that is larger than all others, or the only one that is not on a key: a display."""
    lines = [line for line in text.lines if NUMBER.fullmatch(line.text.replace(" ", ""))]
    if not lines:
        return None
    tallest = max(lines, key=lambda line: (line.box.height, -line.box.top))
    others = [line.box.height for line in lines if line is not tallest]
    shown = [line for line in lines if not _on_key(line, text)]
    if others and tallest.box.height < 1.3 * max(others):
        return shown[0].text.replace(" ", "") if len(shown) == 1 else None
    return tallest.text.replace(" ", "")


def _on_key(line: TextLine, text: ScreenText) -> bool:
    return any(line.box.center in frame and frame.width <= 110 and frame.height <= 80 for frame in text.frames)


def _printed(text: ScreenText) -> str | None:
    """What a terminal printed after the last command."""
    rows = str(text).splitlines()
    prompts = [number for number, row in enumerate(rows) if PROMPT.search(row)]
    if len(prompts) < 2:
        return None
    printed = rows[prompts[-2] + 1 : prompts[-1]]
    return "\n".join(printed) or None


def _value(what: str, sight: Sight) -> str | None:
    """What belongs to the label `what`: the rest of its line, its field, what is to its right or below."""
    for label in find(Target(what), sight)[:3]:
        line = next((line for line in sight.text.lines if _holds(line, label.box)), None)
        if line is not None:
            rest = [word.text for word in line.words if word.box.left >= label.box.right - 2]
            if rest:
                return " ".join(rest).lstrip(":=- ") or None
        field = field_beside(label.box, sight.text)
        if field is not None and label.at not in field and (held := str(sight.text.within(field))):
            return held
        beside = value_beside(label.box, sight.text)
        if beside is not None:
            return beside.text
    return None


def _holds(line: TextLine, box: object) -> bool:
    return any(word.box == box or word.box.center in box for word in line.words)  # type: ignore[operator]
