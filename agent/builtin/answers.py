"""Answers questions with text from the screen."""

import re

from agent.builtin.context import StepContext
from agent.builtin.instructions import Tell
from agent.builtin.not_found import PATIENCE, surroundings
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.builtin.words import number, ordinal
from agent.grounding.find import find
from agent.grounding.proximity import value_beside
from agent.grounding.target import Target
from agent.grounding.window_match import named_window
from agent.screen.screen import Screen
from agent.screen.shapes import field_beside
from agent.screen.text import ScreenText, TextLine
from agent.screen.windows import TITLE_BAR, front_title, front_window
from devices import Box, Element, Wait

NUMBER = re.compile(r"[-+−]?[\d][\d.,'  ]*(?:e[+-]?\d+)?%?|[-−]?inf(?:inity)?|nan", re.IGNORECASE)
PROMINENT = 1.3
"""How many times as high as all other numbers a number must be to be the most prominent one."""


def tell(command: Tell, context: StepContext) -> Outcome:
    """Answer; wait a little for a screen that does not show it yet."""
    text = answer(command, context.screen)
    if text is not None:
        return Done(answer=text)
    if context.waits < len(PATIENCE):
        return Act(Wait(PATIENCE[context.waits]), f"nothing reads like {command.what!r} yet")
    return Failed(f"nothing reads like {command.what!r}; {surroundings(Target(command.what or 'text'), context)}")


def answer(command: Tell, screen: Screen) -> str | None:
    """What `command` asks for, as it is written; None when nothing on the screen reads like it."""
    front = front_window(screen.seen)
    inside = screen.text.within(front.box) if front else screen.text
    match command.what.lower():
        case "":
            return str(_body(inside, front)) or None
        case line if found := re.fullmatch(r"(\w+) line|line (\w+)", line):
            rows = str(_body(inside, front)).splitlines()
            count = ordinal(found[1] or "") or int(number(found[2] or "0") or 0)
            return rows[count - 1 if count > 0 else count] if count and len(rows) >= abs(count) else None
        case "title":
            return front_title(screen.seen) or None
        case "result":
            return _value("result", screen) or _prominent_number(inside) or str(_body(inside, front)) or None
        case _:
            return _value(command.what, screen) or _text_of_window(command.what, screen)


def _text_of_window(name: str, screen: Screen) -> str | None:
    """All the text of the window called `name`."""
    window = named_window(name, screen.seen)
    return str(_body(screen.text.within(window.box), window)) or None if window is not None else None


def _body(text: ScreenText, window: Element | None) -> ScreenText:
    """`text` without the title bar of `window`."""
    top = window.box.top + TITLE_BAR if window else -1
    return ScreenText(tuple(line for line in text.lines if line.box.center.y > top), text.frames, text.scale)


def _prominent_number(text: ScreenText) -> str | None:
    """The number that is much larger than all others, else the only one that is not on a key."""
    lines = [line for line in text.lines if NUMBER.fullmatch(line.text.replace(" ", ""))]
    if not lines:
        return None
    tallest = max(lines, key=lambda line: (line.box.height, -line.box.top))
    others = [line.box.height for line in lines if line is not tallest]
    if not others or tallest.box.height >= PROMINENT * max(others):
        return tallest.text.replace(" ", "")
    shown = [line for line in lines if not _on_key(line, text)]
    return shown[0].text.replace(" ", "") if len(shown) == 1 else None


def _on_key(line: TextLine, text: ScreenText) -> bool:
    return any(line.box.center in frame and frame.width <= 110 and frame.height <= 80 for frame in text.frames)


def _value(what: str, screen: Screen) -> str | None:
    """What belongs to the label `what`: the rest of its line, its field, what is to its right or below."""
    for label in find(Target(what), screen)[:3]:
        line = next((line for line in screen.text.lines if _contains(line, label.box)), None)
        rest = [word.text for word in line.words if word.box.left >= label.box.right - 2] if line is not None else []
        if rest:
            return " ".join(rest).lstrip(":=- ") or None
        field = field_beside(label.box, screen.text)
        if field is not None and label.at not in field and (content := str(screen.text.within(field))):
            return content
        beside = value_beside(label.box, screen.text)
        if beside is not None:
            return beside.text
    return None


def _contains(line: TextLine, box: Box) -> bool:
    return any(word.box == box or word.box.center in box for word in line.words)
