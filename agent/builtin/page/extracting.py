"""Reads single things off a page: a word of its text, a value of its table, the sum that it shows."""

import re

from agent.builtin.matching import likeness, tidy
from agent.builtin.page.deeds_of_text import NthWord, Solution, ValueOf
from agent.builtin.page.fields import text_areas
from agent.builtin.screen_text import ScreenText, TextLine, around
from agent.builtin.targets import Sight
from devices import Box

SIGNS = str.maketrans(
    {"×": "*", "x": "*", "X": "*", "·": "*", "−": "-", "–": "-", "—": "-", "÷": "/", ":": "/", "O": "0"}
)


def value_read(what: NthWord | ValueOf | Solution, sight: Sight) -> str | None:
    """`what` as it is to be typed; None while the screen does not show it."""
    match what:
        case NthWord():
            return _word(what, sight)
        case ValueOf(label):
            return value_of(label, sight.text)
        case Solution(unknown):
            return _solution(unknown, sight)


def _word(what: NthWord, sight: Sight) -> str | None:
    areas = text_areas(sight.text, sight.seen.pixels)
    text = sight.text.within(areas[0]) if what.in_area and areas else _running(sight.text)
    words = [re.sub(r"[^\w'-]", "", word) for word in str(text).split()]
    words = [word for word in words if re.search(r"[^\W\d_]", word)]
    at = what.ordinal - 1 if what.ordinal > 0 else what.ordinal
    return words[at] if -len(words) <= at < len(words) else None


def _running(text: ScreenText) -> ScreenText:
    """The text of `text` that stands on the page itself: on no button, in no field."""
    framed = [f for f in text.frames if f.height < 50 * text.scale]
    lines = tuple(line for line in text.lines if not any(line.box.center in frame for frame in framed))
    return ScreenText(lines, text.frames, text.scale)


def value_of(label: str, text: ScreenText, least: float = 85.0) -> str | None:
    """What stands to the right of `label` in its row, in words; of two rows so called, the first that has a value."""
    for line in rows_of(text):
        for count in range(1, len(line.words)):
            said = " ".join(word.text for word in line.words[:count])
            gap = line.words[count].box.left - line.words[count - 1].box.right
            if likeness(tidy(label), tidy(said)) >= least and gap > 2 * text.scale:
                return " ".join(word.text for word in line.words[count:])
    return None


def rows_of(text: ScreenText) -> list[TextLine]:
    """What is written side by side, whatever is between: the rows of tables, from top to bottom."""
    rows: list[list[TextLine]] = []
    for line in sorted(text.lines, key=lambda each: each.box.center.y):
        row = next((r for r in rows if r[0].box.top <= line.box.center.y < r[0].box.bottom), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    return [
        TextLine(tuple(w for part in sorted(row, key=lambda each: each.box.left) for w in part.words)) for row in rows
    ]


def _solution(unknown: str, sight: Sight) -> str | None:
    for said in _figures(sight):
        plain = re.sub(r"\s", "", said)
        if unknown:
            solved = _solved(plain.lower(), unknown.lower())
            if solved is not None:
                return str(solved)
        elif found := re.match(r"(-?\d+)([-+*/])(-?\d+)=?$", plain.translate(SIGNS)):
            return _result(int(found[1]), found[2], int(found[3]))
    return None


def _result(one: int, sign: str, other: int) -> str | None:
    match sign:
        case "+":
            return str(one + other)
        case "-":
            return str(one - other)
        case "*":
            return str(one * other)
        case _:
            return None if other == 0 else f"{one / other:g}"


def _solved(said: str, unknown: str) -> int | None:
    """The unknown of "3+x=7", "x-2=5" or "9-x=4"."""
    said = said.replace("−", "-").replace("–", "-").replace("×", "x").replace("o", "0")
    name = re.escape(unknown)
    if found := re.fullmatch(rf"{name}([-+])(\d+)=(-?\d+)", said):
        return int(found[3]) - int(found[2]) if found[1] == "+" else int(found[3]) + int(found[2])
    if found := re.fullmatch(rf"(\d+)([-+]){name}=(-?\d+)", said):
        return int(found[3]) - int(found[1]) if found[2] == "+" else int(found[1]) - int(found[3])
    return None


def _figures(sight: Sight) -> list[str]:
    """Rows that hold a figure, each read once more as one line: alone, a sign is easily missed."""
    read = []
    for row in rows_of(sight.text):
        if re.search(r"\d", row.text) and not any(row.box.center in frame for frame in sight.text.frames):
            read += [sight.spell(_widened(row, sight)), row.text]
    return read


def _widened(row: TextLine, sight: Sight) -> Box:
    """The row with the signs that may stand at its ends; no frame is cut."""
    box, reach = around(word.box for word in row.words), 3 * row.box.height // 2
    left, right = max(0, box.left - reach), min(sight.seen.width, box.right + reach)
    for frame in sight.text.frames:
        if frame.top < box.center.y < frame.bottom:
            right = min(right, frame.left - sight.text.scale) if frame.left >= box.right else right
            left = max(left, frame.right + sight.text.scale) if frame.right <= box.left else left
    return Box(left, box.top, right, box.bottom)
