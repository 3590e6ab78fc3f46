"""Sentences that click, hover, drag, scroll, select or check."""

import re

from agent.builtin.instructions import Choose, ClickOn, DragOnto, FollowMenu, HoldOn, HoverOver, ScrollTo, Tick
from agent.builtin.patterns import Parsed, Pattern, menu_path
from agent.builtin.phrases import Quotes, fits, target, without
from agent.builtin.words import MODIFIERS, number
from agent.grounding.target import Target
from devices.actions import Button, Direction

LIST = r"(?:menu|list|dropdown|drop-down|combo box|combobox)"
PURPOSE = r"(?<=[\ue000-\uf8ff]) to (?!the\b)[a-z]+\b.*$"
"""What a click on a quoted label is for: "click 'OK' to confirm"."""

MOST_CLICKS = 50
VISIBLE = r"(?:is|are|becomes) (?:visible|shown|displayed|in view|on (?:the )?screen)|appears?|comes into view"
BUTTONS: dict[str, Button] = {"left": "left", "middle": "middle", "right": "right"}
DIRECTIONS: dict[str, Direction] = {"up": "up", "down": "down", "left": "left", "right": "right"}
OPPOSITE: dict[Direction, Direction] = {"up": "down", "down": "up", "left": "right", "right": "left"}


def _click(phrase: str, quotes: Quotes, times: int = 1, button: Button = "left") -> Parsed:
    if path := menu_path(phrase, quotes):
        return (path,)
    what = target(without(rf"^(?:on|in|into) |{PURPOSE}", phrase), quotes)
    if what is None:
        return None
    if what.side == "in" and what.anchor and what.anchor.role == "menu":
        return (FollowMenu((what.anchor, Target(what.text, what.role, what.ordinal))),)
    return (ClickOn(what, button, times),)


def _repeated_click(found: re.Match[str], quotes: Quotes) -> Parsed:
    times = number(found[2].lower().removesuffix(" times"))
    once = _click(found[1], quotes) if times and times <= MOST_CLICKS else None
    return once * int(times) if once and times else None


def _held(found: re.Match[str], quotes: Quotes) -> Parsed:
    what = target(found[2], quotes)
    return (ClickOn(what, holding=(MODIFIERS[found[1].lower()],)),) if what else None


def _drag(found: re.Match[str], quotes: Quotes) -> Parsed:
    what, onto = target(found[1], quotes), target(found[2], quotes)
    return (DragOnto(what, onto),) if what and onto else None


def _choose(found: re.Match[str], quotes: Quotes) -> Parsed:
    option, source = target(found[1], quotes), target(found[2], quotes)
    if option is None or source is None:
        return None
    return (FollowMenu((source, option)),) if source.role == "menu" else (Choose(option, source),)


def _select(found: re.Match[str], quotes: Quotes) -> Parsed:
    if path := menu_path(found[1], quotes):
        return (path,)
    what = target(found[1], quotes)
    if what is None:
        return None
    if what.role in ("word", "line"):
        return (ClickOn(what, times=2 if what.role == "word" else 3),)
    return (Choose(what),)


def _scroll(found: re.Match[str], quotes: Quotes) -> Parsed:
    direction, rest, over = DIRECTIONS[(found[1] or "down").lower()], found[2] or "", None
    if at := fits(r"(.*?) ?(?:in|inside|over) ((?:the )?.+?)( until .*)?", rest):
        over, rest = target(at[2], quotes), f"{at[1]}{at[3] or ''}".strip()
    if end := fits(r"to the (bottom|end|top|start)(?: of .+)?", rest):
        return (ScrollTo("down" if end[1].lower() in ("bottom", "end") else "up", 100, None, over),)
    if until := fits(rf"(?:until|to) (?:you see )?(.+?)(?: (?:{VISIBLE}))?", rest):
        goal = target(until[1], quotes)
        return (ScrollTo(direction, 5, goal, over),) if goal else None
    if not rest:
        return (ScrollTo(direction, 5, None, over),)
    by = fits(r"(?:by )?(\w+) ?(?:times|notch(?:es)?|lines?|steps?|pages?)?", rest)
    count = int(number(by[1]) or 0) if by else 0
    notches = min(100, count * (10 if "page" in rest else 1))
    return (ScrollTo(direction, notches, None, over),) if count else None


def _swipe(found: re.Match[str], quotes: Quotes) -> Parsed:
    """A finger that moves up shows what lies below."""
    match _scroll(found, quotes):
        case (ScrollTo(direction, notches, until, over),) if found[1]:
            return (ScrollTo(OPPOSITE[direction], notches, until, over),)
        case scrolled:
            return scrolled


def _tick(phrase: str, quotes: Quotes, on: bool) -> Parsed:
    what = target(phrase, quotes)
    return (Tick(what, on),) if what and not fits(r"(?:that|if|whether|for)\b.*", phrase) else None


ON = r"(?: on)?"

POINTER: tuple[Pattern, ...] = (
    (rf"double[ -]?(?:click|tap){ON} (.+)", lambda m, q: _click(m[1], q, 2)),
    (rf"triple[ -]?(?:click|tap){ON} (.+)", lambda m, q: _click(m[1], q, 3)),
    (
        rf"click{ON} (.+?) (?:with|using) the (right|middle|left) (?:mouse )?button",
        lambda m, q: _click(m[1], q, 1, BUTTONS[m[2].lower()]),
    ),
    (rf"(right|middle|left)[ -]?click{ON} (.+)", lambda m, q: _click(m[2], q, 1, BUTTONS[m[1].lower()])),
    (rf"(ctrl|control|shift|alt|super)[ +-]?click{ON} (.+)", _held),
    (
        rf"(?:long[ -]?(?:press|tap)|press and hold|tap and hold){ON} (.+)",
        lambda m, q: (HoldOn(what),) if (what := target(m[1], q)) else None,
    ),
    (
        r"(?:select|choose|pick|click) (.+?) (?:from|in|under|out of) "
        rf"((?:the )?(?:.+? {LIST}|{LIST}(?: called| named)? [\ue000-\uf8ff]))",
        _choose,
    ),
    (rf"(?:click|tap|press){ON} (.+?) (twice|thrice|\w+ times)", _repeated_click),
    (rf"(?:click|tap|press|hit){ON} (.+)", lambda m, q: _click(m[1], q)),
    (
        r"(?:hover|move the (?:mouse|pointer|cursor)|point)(?: over| on| onto| at| to)? (.+)",
        lambda m, q: (HoverOver(what),) if (what := target(m[1], q)) else None,
    ),
    (r"(?:drag|drag and drop|move) (.+?) (?:onto|on to|into|to|on) (.+)", _drag),
    (r"scroll(?: (down|up|left|right))?(?: (.+))?", _scroll),
    (r"swipe(?: (down|up|left|right))?(?: (.+))?", _swipe),
    (r"(?:uncheck|untick|unselect|deselect|disable|turn off|switch off) (.+)", lambda m, q: _tick(m[1], q, False)),
    (r"(?:check|tick|enable|turn on|switch on) (.+)", lambda m, q: _tick(m[1], q, True)),
    (r"(?:select|choose|pick)(?: the option)? (.+)", _select),
    (r"(?:open |go to )?(.+)", lambda m, q: (path,) if (path := menu_path(m[1], q)) else None),
)
