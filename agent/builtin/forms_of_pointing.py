"""Sentences that click, hover, drag, scroll, choose or tick."""

import re

from agent.builtin import words
from agent.builtin.grammar import Form, Meaning, menu_path
from agent.builtin.instructions import (
    Choose,
    ClickOn,
    DragOnto,
    FollowMenu,
    HoldOn,
    HoverOver,
    PressKeys,
    ScrollTo,
    Target,
    Tick,
)
from agent.builtin.phrases import Quotes, target
from devices.actions import Button, Direction

AIMS = (
    "save|close|open|confirm|accept|delete|submit|finish|start|begin|select|choose|see|show|go|get|continue|apply|remove|"
    "clear|focus|calculate|compute|create|edit|cancel|dismiss|exit|run|execute|make|put|view|activate|enter"
)
COUNT = r"(?: (once|twice|thrice|\w+ times))?"
ON = r"(?: on| at| onto| over| upon)?"


def _click(phrase: str, quotes: Quotes, times: int = 1, button: Button = "left", count: str = "") -> Meaning:
    if path := menu_path(phrase, quotes):
        return (path,)
    phrase = re.sub(rf",? (?:in order )?to (?:{AIMS})\b.*$", "", re.sub(r"^(?:on|at|upon) ", "", phrase))
    what = target(phrase, quotes)
    if what is None:
        return None
    repeat = words.number(count.removesuffix(" times")) if count else 1
    if what.side == "in" and what.anchor and what.anchor.kind == "menu":
        return (FollowMenu((what.anchor, Target(what.text, what.kind, what.ordinal))),)
    if repeat == 2 and times == 1:
        return (ClickOn(what, button), ClickOn(what, button))
    return (ClickOn(what, button, times),) * int(repeat or 1) if (repeat or 1) <= 50 else None


def _held(found: re.Match[str], quotes: Quotes) -> Meaning:
    what = target(found[2], quotes)
    return (ClickOn(what, holding=(words.MODIFIERS[found[1].lower()],)),) if what else None


def _drag(found: re.Match[str], quotes: Quotes) -> Meaning:
    what, onto = target(found[1], quotes), target(found[2], quotes)
    return (DragOnto(what, onto),) if what and onto else None


def _choose(found: re.Match[str], quotes: Quotes) -> Meaning:
    option, source = target(found[1], quotes), target(found[2], quotes)
    if option is None or source is None:
        return None
    if source.kind == "menu":
        return (FollowMenu((source, option)),)
    return (Choose(option, source),)


def _select(found: re.Match[str], quotes: Quotes) -> Meaning:
    if path := menu_path(found[1], quotes):
        return (path,)
    what = target(found[1], quotes)
    if what is None:
        return None
    if what.kind == "word":
        return (ClickOn(what, times=2),)
    if what.kind == "line":
        return (ClickOn(what, times=3),)
    if what.side == "in" and what.anchor and what.anchor.kind in ("list", "menu"):
        inner = Target(what.text, what.kind, what.ordinal)
        return (FollowMenu((what.anchor, inner)) if what.anchor.kind == "menu" else Choose(inner, what.anchor),)
    return (Choose(what),)


def _tick(on: bool, phrase: str, quotes: Quotes) -> Meaning:
    what = target(phrase, quotes)
    if what is None or re.match(r"(?:that|if|whether|for)\b", phrase, re.I):
        return None
    return (Tick(what, on),)


def _direction(word: str) -> Direction:
    return {"up": "up", "upwards": "up", "left": "left", "right": "right"}.get((word or "").lower(), "down")  # type: ignore[return-value]


def _scroll(found: re.Match[str], quotes: Quotes) -> Meaning:
    phrase = found[2] or ""
    direction = _direction(found[1])
    over = None
    if at := re.fullmatch(r"(.*?) ?(?:in|inside|within|on|over) ((?:the |this )?.+?)( (?:until|till) .*)?", phrase):
        over = target(at[2], quotes)
        if over and re.fullmatch(r"page|screen|window|list", over.text or over.kind):
            over = None
        phrase = (at[1] + (at[3] or "")).strip()
    if until := re.fullmatch(
        r"(?:.*?)(?:until|till) (?:you (?:can )?(?:see|find|reach|get to) )?(.+?)"
        r"(?: (?:is|are|becomes|comes)?(?: ?(?:visible|shown|in view|into view|appears?|on (?:the )?screen|there|displayed|found)))?",
        phrase.strip(),
    ):
        goal = target(until[1], quotes)
        return (ScrollTo(direction, 5, goal, over),) if goal else None
    if far := re.fullmatch(
        r"(?:all the way )?(?:(?:down|up) )?(?:to )?(?:the )?(?:very )?(bottom|end|top|beginning|start)(?: of .+)?",
        phrase,
    ):
        return (ScrollTo("up" if far[1] in ("top", "beginning", "start") else "down", 100, None, over),)
    if to := re.fullmatch(r"(?:to|towards) (.+)", phrase):
        goal = target(to[1], quotes)
        return (ScrollTo(direction, 5, goal, over),) if goal else None
    if not phrase or re.fullmatch(r"(?:a (?:little|bit|little bit)|slightly|some)(?: more)?|more|once|further", phrase):
        return (ScrollTo(direction, 3 if phrase.startswith(("a ", "sl")) else 5, None, over),)
    if re.fullmatch(r"(?:a (?:lot|page|screen|screenful)|one page|far)", phrase):
        return (ScrollTo(direction, 10, None, over),)
    if by := re.fullmatch(r"(?:by )?(\w+) ?(?:times|notch(?:es)?|clicks?|lines?|steps?|ticks?|pages?)?", phrase):
        count = words.number(by[1])
        return (ScrollTo(direction, int(count) * (10 if "page" in phrase else 1), None, over),) if count else None
    return None


POINTING: tuple[Form, ...] = (
    (rf"(?:double[ -]?(?:click|tap)|dbl-?click){ON} (.+)", lambda m, q: _click(m[1], q, 2)),
    (rf"(?:triple[ -]?(?:click|tap)){ON} (.+)", lambda m, q: _click(m[1], q, 3)),
    (rf"(?:right[ -]?click){ON} (.+)", lambda m, q: _click(m[1], q, 1, "right")),
    (rf"(?:middle[ -]?click){ON} (.+)", lambda m, q: _click(m[1], q, 1, "middle")),
    (rf"(?:left[ -]?click){ON} (.+)", lambda m, q: _click(m[1], q)),
    (rf"(?:click|tap){ON} (.+?) (?:with|using) the (right|middle|left) (?:mouse )?button",
     lambda m, q: _click(m[1], q, 1, m[2].lower())),
    (r"(?:open|show) the (?:context|right-click) menu (?:of|for|on) (.+)", lambda m, q: _click(m[1], q, 1, "right")),
    (rf"(ctrl|control|shift|alt|cmd|super)[ +-]?click{ON} (.+)", _held),
    (r"(?:long[ -]?(?:press|tap|click)|press and hold|hold|tap and hold)(?: down)?(?: on)? (.+)",
     lambda m, q: (HoldOn(t),) if (t := target(m[1], q)) else None),
    (rf"(?:click|tap|press|push|hit|activate|punch|touch){ON} (.+?){COUNT}", lambda m, q: _click(m[1], q, 1, "left", (m[2] or "").lower())),
    (r"(?:hover|mouse over|point|move the (?:mouse|pointer|cursor)|move (?:mouse|pointer|cursor))(?: (?:the )?(?:mouse|pointer|cursor))?"
     r"(?: over| on| onto| at| to| above)* (.+)", lambda m, q: (HoverOver(t),) if (t := target(m[1], q)) else None),
    (r"(?:drag|drag and drop|drag-and-drop|move|pull) (.+?) (?:and drop it )?(?:onto|on to|into|in to|to|on top of|over|on) (.+)", _drag),
    (r"(?:scroll|swipe|page)(?: (down|up|left|right|downwards|upwards))?(?: (.+))?", lambda m, q: _scroll(m, q) if not m[0].lower().startswith("swipe") else _swipe(m, q)),
    (r"(?:keep |continue )scrolling(?: (down|up))?(?: (.+))?", _scroll),
    (r"(?:choose|select|pick|click|use|go to|open) (.+?) (?:from|in|under|out of|on|using) ((?:the )?.+? (?:menu|list|dropdown|drop-down|drop down|combo box|combobox|submenu|options))", _choose),
    (r"(?:uncheck|untick|unselect|deselect|disable|turn off|switch off|deactivate|unmark) (.+)", lambda m, q: _tick(False, m[1], q)),
    (r"(?:clear) (.+ (?:checkbox|check box|tick box))", lambda m, q: _tick(False, m[1], q)),
    (r"(?:check|tick|enable|turn on|switch on|toggle|mark)(?: off)? (.+)", lambda m, q: _tick(True, m[1], q)),
    (r"(?:select|choose|pick|highlight|go for)(?: the option)? (.+)", _select),
    (r"(?:follow|use|open|go to|go through|navigate to|via)?(?: the)?(?: menu)? ?(.+)", lambda m, q: (p,) if (p := menu_path(m[1], q)) else None),
    (r"(cancel|ok|okay|accept|apply|continue|sign in|log ?in|next|yes|no)(?: (?:it|the dialog|the form))?",
     lambda m, q: (ClickOn(Target(m[1].capitalize() if m[1].lower() != "ok" else "OK")),)),
)  # fmt: skip


def _swipe(found: re.Match[str], quotes: Quotes) -> Meaning:
    """A finger that goes up shows what lies below."""
    turned: dict[str, Direction] = {"up": "down", "down": "up", "left": "right", "right": "left"}
    scrolled = _scroll(found, quotes)
    if scrolled and isinstance(scrolled[0], ScrollTo):
        first = scrolled[0]
        return (ScrollTo(turned[first.direction] if found[1] else "down", first.notches, first.until, first.over),)
    return scrolled


__all__ = ["POINTING", "PressKeys"]
