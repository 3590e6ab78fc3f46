"""Sentences of web pages that drag, draw, order and set."""

import re

from agent.builtin.grammar import Form, Meaning
from agent.builtin.instructions import ScrollTo
from agent.builtin.page.colours import rgb_of
from agent.builtin.page.deeds_of_drawing import (
    ClickInOrder,
    CopyPattern,
    CountInto,
    DragAway,
    DragInside,
    DragInto,
    DrawThrough,
    MarkParagraph,
    MoveItem,
    Resize,
    SayParity,
    SortRows,
)
from agent.builtin.page.deeds_of_values import PickDate, PutInto, PutShownColour, SlideTo, SpinTo
from agent.builtin.page.forms_of_widgets import looks_of
from agent.builtin.phrases import Quotes
from agent.builtin.words import ordinal
from devices.actions import Direction

DIRECTION = r"(?:to the )?(left|right|up|down)(?:wards)?"
DIRECTIONS: dict[str, Direction] = {"left": "left", "right": "right", "up": "up", "down": "down"}
NUMBER = r"([-−]?\d+)"
SORT = r"(?:sort|order|arrange|put) the (?:numbers|rows|items|list) (?:in|into)"
SCROLLED = r"(?:textarea|text ?area|text ?box|list|agreement|page|text)"


def _into(found: re.Match[str], quotes: Quotes) -> Meaning:
    looks = looks_of(found[1]) if not quotes.any(found[1]) else None
    return (DragInto(looks),) if looks else None


def _sorted_into(found: re.Match[str], quotes: Quotes) -> Meaning:
    looks = looks_of(found[1]) if not quotes.any(found[1]) else None
    first, second = ("left", "right") if found[2].lower() == "left" else ("right", "left")
    if looks is None:
        return None
    return (DragInto(looks, first), DragInto(looks, second, rest=True))  # type: ignore[arg-type]  # both are literals


def _item(found: re.Match[str], quotes: Quotes) -> Meaning:
    name, where = quotes.bare(found[1]), found[2].lower().strip()
    if by := re.fullmatch(r"(up|down|left|right) by (\w+)(?: positions?| places?| rows?)?", where):
        count = {"one": 1, "two": 2, "three": 3}.get(by[2], int(by[2]) if by[2].isdigit() else 0)
        return (MoveItem(name, f"{by[1]} {count}"),) if count else None
    if at := re.fullmatch(r"to the (\w+) (?:position|place|row)", where):
        number = ordinal(at[1])
        return (MoveItem(name, str(number)),) if number > 0 else (MoveItem(name, "bottom"),) if number else None
    if to := re.fullmatch(
        r"to the ((?:top|bottom|cent(?:er|re)|middle)?(?: ?(?:left|right|cent(?:er|re)|middle))?)", where
    ):
        place = re.sub(r"centre|middle", "center", to[1].strip())
        return (MoveItem(name, place),) if place else None
    return None


def _date(found: re.Match[str], quotes: Quotes) -> Meaning:
    del quotes
    month, day, year = int(found[1]), int(found[2]), int(found[3])
    return (PickDate(year, month, day),) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _colour(found: re.Match[str], quotes: Quotes) -> Meaning:
    colour = rgb_of(quotes.bare(found[1]))
    return (PutInto("{:02X}{:02X}{:02X}".format(*colour)),) if colour else None


DRAWING: tuple[Form, ...] = (
    (
        r"drag (?:the )?small(?:er)? (?:box|square) so that it is (?:completely )?inside (?:of )?"
        r"the (?:larger|bigger|large|big) (?:box|square)",
        lambda m, q: (DragInside(),),
    ),
    (
        rf"(?:drag|move) the (?:circle|item|shape|figure|square|triangle|rectangle|box) {DIRECTION}",
        lambda m, q: (DragAway(DIRECTIONS[m[1].lower()]),),
    ),
    (
        r"drag (all .+?) into the (left|right) box,? and everything else into the (?:left|right) (?:box|one)",
        _sorted_into,
    ),
    (r"drag ((?:all|every) .+?) (?:into|in|onto) the (?:black |large |empty )?(?:box|rectangle|container)", _into),
    (r"(?:drag|move) (\S+) ((?:to|up|down|left|right)\b.*)", _item),
    (
        rf"{SORT} (?:increasing|ascending)(?: order)?(?:,? (?:starting|with) .*)?",
        lambda m, q: (SortRows(),),
    ),
    (
        rf"{SORT} (?:decreasing|descending)(?: order)?(?:,? (?:starting|with) .*)?",
        lambda m, q: (SortRows(descending=True),),
    ),
    (
        r"resize the (?:textarea|text area|box) so that the (width|height) is (smaller|larger|bigger|greater) "
        r"than (?:its|the) (?:initial|original|current) size",
        lambda m, q: (Resize("width" if m[1].lower() == "width" else "height", m[2].lower() != "smaller"),),
    ),
    (
        r"draw an? (horizontal|vertical) line (?:that (?:runs|goes|passes) )?through the (?:dot|point)",
        lambda m, q: (DrawThrough("vertical" if m[1].lower() == "vertical" else "horizontal"),),
    ),
    (
        r"draw a circle (?:centered|centred)? ?(?:around|at|on) the (?:marked )?(?:point|dot)"
        r"(?: by dragging the mouse)?",
        lambda m, q: (DrawThrough("circle"),),
    ),
    (
        r"(?:highlight|select|mark) the text (?:in|of) the (?:(\w+) )?paragraph(?: below)?",
        lambda m, q: (MarkParagraph(ordinal(m[1]) if m[1] else 1),),
    ),
    (r"click(?: on)? the numbers in (?:ascending|increasing) order", lambda m, q: (ClickInOrder(),)),
    (r"mark the numbers (?:below )?as odd or even", lambda m, q: (SayParity(),)),
    (r"draw the number .+ in the checkboxes using the example on the right", lambda m, q: (CopyPattern(),)),
    (
        r"type the (?:total )?number of (?:blocks|squares|boxes) into the (?:textbox|text box|field|text field|input)",
        lambda m, q: (CountInto(),),
    ),
    (rf"(?:select|choose|set|pick) {NUMBER} (?:with|on|using) the slider", lambda m, q: (SlideTo((int(m[1]),)),)),
    (
        r"set the sliders to (?:the combination )?\[([-\d, ]+)\]",
        lambda m, q: (SlideTo(tuple(int(n) for n in m[1].split(","))),),
    ),
    (
        rf"(?:select|choose|set|pick) {NUMBER} (?:with|on|using|in) the (?:spinner|stepper|number field)",
        lambda m, q: (SpinTo(int(m[1])),),
    ),
    (
        r"(?:select|choose|set|pick) the (?:following|shown) colou?r with the colou?r (?:picker|wheel)",
        lambda m, q: (PutShownColour(),),
    ),
    (r"(?:select|choose|set|pick) (.+?) with the colou?r (?:picker|wheel)", _colour),
    (r"(?:select|choose|pick) (\d{1,2})/(\d{1,2})/(\d{4}) as the date", _date),
    (
        rf"scroll the {SCROLLED} to the (top|bottom|end|start|beginning)(?: of the (?:text|list|page))?",
        lambda m, q: (ScrollTo("down" if m[1].lower() in ("bottom", "end") else "up", 100),),
    ),
)
