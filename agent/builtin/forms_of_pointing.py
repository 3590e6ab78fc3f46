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
    ScrollTo,
    Target,
    Tick,
)
from agent.builtin.phrases import Quotes, fits, target, without
from devices.actions import Button, Direction

AIMS = (
    r"(?:save|close|open|confirm|accept|delete|submit|finish|start|begin|select|choose|see|show|go|get|"
    r"continue|apply|remove|"
    r"clear|focus|calculate|compute|create|edit|cancel|dismiss|exit|run|execute|make|put|view|activate|enter)"
)
"""What a click may be said to be for: "click OK to confirm"."""

ON = r"(?: on| at| onto| over| upon)?"
LISTS = r"(?:menu|list|dropdown|drop-down|drop down|combo box|combobox|submenu|options)"
POINTER = r"(?:mouse|pointer|cursor)"
BUTTONS: dict[str, Button] = {"left": "left", "middle": "middle", "right": "right"}
TURNED: dict[Direction, Direction] = {"up": "down", "down": "up", "left": "right", "right": "left"}


def _click(phrase: str, quotes: Quotes, times: int = 1, button: Button = "left", count: str = "") -> Meaning:
    several = r"^(?:on )?(?:the )?(?:following )?(?:buttons|keys|items|links)(?: in (?:this )?order)?:? (?=\S)"
    phrase = without(several, phrase)
    if path := menu_path(phrase, quotes):
        return (path,)
    what = target(
        without(rf",? (?:in order )?to {AIMS}\b.*$", without(r"^(?:on|at|upon|in|inside|into|within) ", phrase)), quotes
    )
    if what is None:
        return None
    if what.side == "in" and what.anchor and what.anchor.kind == "menu":
        return (FollowMenu((what.anchor, Target(what.text, what.kind, what.ordinal))),)
    repeat = int(words.number(count.lower().removesuffix(" times")) or 1) if count else 1
    return (ClickOn(what, button, times),) * repeat if repeat <= 50 else None


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
    return (FollowMenu((source, option)),) if source.kind == "menu" else (Choose(option, source),)


def _select(found: re.Match[str], quotes: Quotes) -> Meaning:
    if path := menu_path(found[1], quotes):
        return (path,)
    what = target(found[1], quotes)
    if what is None:
        return None
    if what.kind in ("word", "line"):
        return (ClickOn(what, times=2 if what.kind == "word" else 3),)
    if what.side == "in" and what.anchor and what.anchor.kind in ("list", "menu"):
        inner = Target(what.text, what.kind, what.ordinal)
        return (FollowMenu((what.anchor, inner)) if what.anchor.kind == "menu" else Choose(inner, what.anchor),)
    return (Choose(what),)


def _tick(on: bool, phrase: str, quotes: Quotes) -> Meaning:
    what = target(phrase, quotes)
    return (Tick(what, on),) if what and not fits(r"(?:that|if|whether|for)\b.*", phrase) else None


def _scroll(found: re.Match[str], quotes: Quotes) -> Meaning:
    said = (found[1] or "down").lower().removesuffix("wards")
    direction: Direction = next((one for one in TURNED if one == said), "down")
    phrase, over = found[2] or "", None
    if at := fits(r"(.*?) ?(?:in|inside|within|on|over) ((?:the |this )?.+?)( (?:until|till) .*)?", phrase):
        over = target(at[2], quotes)
        if over and fits(r"page|screen|window|list", over.text or over.kind):
            over = None
        phrase = (at[1] + (at[3] or "")).strip()
    until = fits(
        r"(?:.*?)(?:until|till) (?:you (?:can )?(?:see|find|reach|get to) )?(.+?)(?: (?:is|are|becomes|comes)?"
        r"(?: ?(?:visible|shown|in view|into view|appears?|on (?:the )?screen|there|displayed|found)))?",
        phrase.strip(),
    )
    ends = r"(?:all the way )?(?:(?:down|up) )?(?:to )?(?:the )?(?:very )?(bottom|end|top|beginning|start)(?: of .+)?"
    if until is None and (far := fits(ends, phrase)):
        return (ScrollTo("down" if far[1].lower() in ("bottom", "end") else "up", 100, None, over),)
    if until or (until := fits(r"(?:to|towards) (.+)", phrase)):
        goal = target(until[1], quotes)
        return (ScrollTo(direction, 5, goal, over),) if goal else None
    if fits(r"(?:(?:a (?:little|bit|little bit)|slightly|some)(?: more)?|more|once|further)?", phrase):
        return (ScrollTo(direction, 3 if phrase.startswith(("a ", "sl")) else 5, None, over),)
    if fits(r"(?:a (?:lot|page|screen|screenful)|one page|far)", phrase):
        return (ScrollTo(direction, 10, None, over),)
    by = fits(r"(?:by )?(\w+) ?(?:times|notch(?:es)?|clicks?|lines?|steps?|ticks?|pages?)?", phrase)
    count = int(words.number(by[1]) or 0) if by else 0
    notches = min(100, count * (10 if "page" in phrase else 1))
    return (ScrollTo(direction, notches, None, over),) if count else None


def _swipe(found: re.Match[str], quotes: Quotes) -> Meaning:
    """A finger that goes up shows what lies below."""
    scrolled = _scroll(found, quotes)
    first = scrolled[0] if scrolled else None
    if isinstance(first, ScrollTo) and found[1]:
        return (ScrollTo(TURNED[first.direction], first.notches, first.until, first.over),)
    return scrolled


def _button(found: re.Match[str], quotes: Quotes) -> Meaning:
    word = found[1].lower()
    return (ClickOn(Target("OK" if word in ("ok", "okay") else found[1].capitalize())),)


POINTING: tuple[Form, ...] = (
    (rf"(?:double[ -]?(?:click|tap)|dbl-?click){ON} (.+)", lambda m, q: _click(m[1], q, 2)),
    (rf"(?:triple[ -]?(?:click|tap)){ON} (.+)", lambda m, q: _click(m[1], q, 3)),
    (
        rf"(?:click|tap){ON} (.+?) (?:with|using) the (right|middle|left) (?:mouse )?button",
        lambda m, q: _click(m[1], q, 1, BUTTONS[m[2].lower()]),
    ),
    (rf"(right|middle|left)[ -]?click{ON} (.+)", lambda m, q: _click(m[2], q, 1, BUTTONS[m[1].lower()])),
    (
        r"(?:open|show) the (?:context|right-click) menu (?:of|for|on) (.+)",
        lambda m, q: _click(m[1], q, 1, "right"),
    ),
    (rf"(ctrl|control|shift|alt|cmd|super)[ +-]?click{ON} (.+)", _held),
    (
        r"(?:long[ -]?(?:press|tap|click)|press and hold|hold|tap and hold)(?: down)?(?: on)? (.+)",
        lambda m, q: (HoldOn(t),) if (t := target(m[1], q)) else None,
    ),
    (
        rf"(?:click|tap|press|push|hit|activate|punch|touch){ON} (.+?)(?: (once|twice|thrice|\w+ times))?",
        lambda m, q: _click(m[1], q, 1, "left", m[2] or ""),
    ),
    (
        rf"(?:hover|mouse over|point|move (?:the )?{POINTER})(?: (?:the )?{POINTER})?(?: over| on| onto| at| "
        rf"to| above)* (.+)",
        lambda m, q: (HoverOver(t),) if (t := target(m[1], q)) else None,
    ),
    (
        r"(?:drag|drag and drop|drag-and-drop|move|pull) (.+?) (?:and drop it )?"
        r"(?:onto|on to|into|in to|to|on top of|over|on) (.+)",
        _drag,
    ),
    (r"(?:scroll|page)(?: (down|up|left|right|downwards|upwards))?(?: (.+))?", _scroll),
    (r"swipe(?: (down|up|left|right|downwards|upwards))?(?: (.+))?", _swipe),
    (r"(?:keep |continue )scrolling(?: (down|up))?(?: (.+))?", _scroll),
    (
        r"(?:choose|select|pick|click|use|go to|open) (.+?) (?:from|in|under|out of|on|using) "
        rf"((?:the )?.+? {LISTS})",
        _choose,
    ),
    (
        r"(?:uncheck|untick|unselect|deselect|disable|turn off|switch off|deactivate|unmark) (.+)",
        lambda m, q: _tick(False, m[1], q),
    ),
    (r"(?:clear) (.+ (?:checkbox|check box|tick box))", lambda m, q: _tick(False, m[1], q)),
    (
        r"(?:check|tick|enable|turn on|switch on|toggle|mark)(?: off)? (.+)",
        lambda m, q: _tick(True, m[1], q),
    ),
    (r"(?:select|choose|pick|highlight|go for)(?: the option)? (.+)", _select),
    (
        r"(?:follow|use|open|go to|go through|navigate to|via)?(?: the)?(?: menu)? ?(.+)",
        lambda m, q: (p,) if (p := menu_path(m[1], q)) else None,
    ),
    (r"(cancel|ok|okay|accept|apply|continue|sign in|log ?in|next|yes|no)(?: (?:it|the dialog|the form))?", _button),
)
