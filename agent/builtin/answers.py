"""Answers questions with text from the screen; no answer is better than a wrong one."""

import re
from dataclasses import replace

from agent.builtin.aim import instead, patience
from agent.builtin.context import StepContext
from agent.builtin.instructions import Tell
from agent.builtin.outcome import Done, Outcome
from agent.builtin.slider_control import readout
from agent.builtin.words import number, ordinal
from agent.grounding.find import Candidate, alike, find, title_of
from agent.grounding.geometry import front_window, in_one_row, inside
from agent.grounding.resolve import closest
from agent.grounding.role_fit import is_control
from agent.grounding.similarity import label_similarity
from agent.grounding.target import Target
from agent.screen.screen import Screen
from agent.screen.windows import front_title
from devices import Element
from devices.roles import FIELDS, TOGGLES

NUMBER = re.compile(r"[-+−]?[\d][\d.,'  ]*(?:e[+-]?\d+)?%?|[-−]?inf(?:inity)?|nan", re.IGNORECASE)
PROMINENT = 1.3
"""How many times as high as all other numbers a number must be to be the most prominent one."""

READ_OUT = {*FIELDS, *TOGGLES, "slider", "spinner", "choice", "progress"}
"""What has a value of its own, or none."""

NAMED = 88.0
"""Minimum score of a label whose value is read: one that has other words too names something else."""


def tell(command: Tell, context: StepContext) -> Outcome:
    """Answer; wait a little for a screen that does not show it yet."""
    text = answer(command, context.screen)
    if text is not None:
        return Done(answer=text)
    near = closest(command.what, context.screen)
    shown = f"the closest is {near[0]!r}" if near else instead(context)
    return patience(context, f"nothing can be read that is surely the value of {command.what!r}; {shown}")


def answer(command: Tell, screen: Screen) -> str | None:
    """What `command` asks for, as it is written; None when nothing on the screen is surely it."""
    match command.what.lower():
        case "":
            return _everything(screen) or None
        case line if found := re.fullmatch(r"(\w+) line|line (\w+)", line):
            rows = _everything(screen).splitlines()
            count = ordinal(found[1] or "") or int(number(found[2] or "0") or 0)
            return rows[count - 1 if count > 0 else count] if count and len(rows) >= abs(count) else None
        case "title":
            return front_title(screen.seen) or None
        case "result":
            return _value("result", screen) or _prominent_number(screen)
        case _:
            return _value(command.what, screen)


def _everything(screen: Screen) -> str:
    """All the text of the window in front, without its title; on a phone, what its fields hold, if it has any."""
    if screen.is_listed and (fields := [e.value or e.text for e in screen.elements if e.role in FIELDS]):
        return "\n".join(fields)
    window = front_window(screen)
    if window is None:
        return str(screen.text)
    within = screen.text.within(window.box)
    top = window.box.top + 2 * screen.unit
    return str(replace(within, lines=tuple(line for line in within.lines if line.box.center.y > top)))


def _prominent_number(screen: Screen) -> str | None:
    """The number that is much larger than all others, else the only one that is not on a button."""
    front = front_window(screen)
    text = screen.text.within(front.box) if front else screen.text
    lines = [line for line in text.lines if NUMBER.fullmatch(line.text.replace(" ", ""))]
    if not lines:
        return None
    tallest = max(lines, key=lambda line: (line.box.height, -line.box.top))
    others = [line.box.height for line in lines if line is not tallest]
    if not others or tallest.box.height >= PROMINENT * max(others):
        return tallest.text.replace(" ", "")
    keys = [each.box for each in screen.elements if each.role == "button"]
    shown = [line for line in lines if not any(line.box.center in key for key in keys)]
    return shown[0].text.replace(" ", "") if len(shown) == 1 else None


def _value(what: str, screen: Screen) -> str | None:
    """What belongs to the name `what`: what a control holds, the rest of its line, what stands beside or below it."""
    found = [each for each in find(Target(what), screen) if each.score >= NAMED - 6]
    names = [title_of(each.element, screen) or each.element.text for each in found]
    named = [e for e, name in zip(found, names, strict=True) if e.part or label_similarity(what, name) >= NAMED]
    values = [value for each in alike(named) if (value := _value_of(each, screen)) is not None]
    if not values and (labels := [each for each in named if not is_control(each.element)]):
        values = [value for each in alike(labels) if (value := _value_of(each, screen)) is not None]
    return values[0] if len(set(values)) == 1 else None


def _value_of(found: Candidate, screen: Screen) -> str | None:
    element = found.element
    if element.role in TOGGLES and element.checked is not None:
        return "on" if element.checked else "off"
    if element.value:
        return element.value
    if element.role in FIELDS and screen.is_listed:
        return element.text or None
    if element.role in READ_OUT:
        number = readout(element, screen) if element.role == "slider" else None
        empty = element.role == "field" and not screen.text.within(element.box).lines
        return f"{number:g}" if number is not None else "" if empty else None
    if found.part and (rest := _rest_of_line(found, screen)):
        return rest
    switches = [e for e in screen.elements if e.checked is not None and inside(e.box, element.box)]
    if len(switches) == 1:
        return "on" if switches[0].checked else "off"
    row = _row_around(element, screen)
    texts = [e for e in screen.elements if e.text and e.role in ("text", "cell", "link", "heading")]
    texts = [e for e in texts if e.text != element.text]
    if row is not None:
        name = title_of(row, screen) if row is element else element.text
        others = [e.text for e in texts if e.box.center in row.box and label_similarity(name, e.text) < 99]
        if others:
            return " ".join(others)
    right = [e for e in screen.elements if in_one_row(e.box, element.box) and e.box.left >= element.box.right - 2]
    if right:
        nearest = min(right, key=lambda e: e.box.left)
        return nearest.text or None if nearest in texts else nearest.value or None
    unit = screen.unit
    below = [
        e
        for e in texts
        if 0 <= e.box.top - element.box.bottom < 3 * unit
        and e.box.left < element.box.right
        and e.box.right > element.box.left
        and not e.text.rstrip().endswith(":")
    ]
    return min(below, key=lambda e: e.box.top).text if below else None


def _row_around(element: Element, screen: Screen) -> Element | None:
    """The row of a list that holds the label `element`, or that is it."""
    rows = [e for e in screen.elements if e.role in ("button", "item") and element.box.center in e.box]
    held = [e for e in rows if e is element or e.box.area > element.box.area]
    return min(held, key=lambda e: e.box.area, default=None)


def _rest_of_line(found: Candidate, screen: Screen) -> str | None:
    """What follows the name in its own line: "Total: 42"."""
    box = found.element.box
    line = next((each for each in screen.text.lines if any(word.box.center in box for word in each.words)), None)
    after = [word.text for word in line.words if word.box.left >= box.right - 2] if line is not None else []
    return " ".join(after).lstrip(":=- ") or None
