"""Opens what hides things, one after another, until what is sought can be seen: tabs, sections, menus, folders."""

import re

from agent.builtin.instructions import Target
from agent.builtin.matching import likeness, tidy
from agent.builtin.missing import missing
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.page.arena import ground_box
from agent.builtin.page.deeds_of_widgets import Explore, Unfold
from agent.builtin.page.glyphs import signs_on
from agent.builtin.page.links import is_link
from agent.builtin.page.widgets import Widget
from agent.builtin.targets import Found, Sight, find
from devices import Box, Click, MoveTo, Wait

FOUND = "found"
MENU = "'Menu' button is at"
"""How the reason begins for which a button that opens a menu was pressed."""
SENDING = {"submit", "ok", "cancel", "close", "send", "delete", "login", "sign in", "buy"}
"""Buttons that open nothing."""


def explore(part: Explore, turn: Turn) -> Outcome:
    """Click what is sought when it can be seen, else open what was not opened yet."""
    if turn.acts and turn.acts[-1].decision.thought.startswith(FOUND):
        return Done("it was clicked")
    if turn.refused:
        return Failed(turn.refused[-1].error)
    sight = turn.sight
    place = _sought(part, sight)
    if place is not None:
        return Act(Click(place.at), f"{FOUND} {part.name!r}: {place.why}")
    if turn.tries and isinstance(turn.tries[-1].decision.move, MoveTo) and not turn.tries[-1].error:
        return Act(Wait(0.5), "what lies below it opens after a moment")
    opened = {found[1] for step in turn.tries if (found := re.match(r"opening '(.*)'", step.decision.thought))}
    in_menu = any(step.decision.thought.startswith(MENU) for step in turn.past)
    for label, box in openers(sight) if not in_menu else []:
        if label not in opened and not _pressed_before(box, turn):
            return Act(Click(box.center), f"opening {label!r}")
    for line in turn.sight.text.lines:
        if re.search(r"[»›>▸▶]$", line.text) and line.text not in opened:
            return Act(MoveTo(line.box.center), f"opening {line.text!r}")
    outcome = missing(Target(part.name), turn)
    return Failed(f"{outcome.why}; everything that opens was opened") if isinstance(outcome, Failed) else outcome


def _pressed_before(box: Box, turn: Turn) -> bool:
    """Whether an earlier part pressed it: pressing it again would close what it opened."""
    before = turn.past[: len(turn.past) - len(turn.tries)]
    return any(isinstance(step.decision.move, Click) and step.decision.move.at in box for step in before)


def unfold(part: Unfold, turn: Turn) -> Outcome:
    """Click the title of the section."""
    if turn.acts:
        return Done("it was clicked")
    wanted = tidy(part.name)
    for label, box in openers(turn.sight):
        if not wanted or wanted == tidy(label):
            return Act(Click(box.center), f"the title of the section {label!r}")
    return missing(Target(part.name or "a section"), turn)


def _sought(part: Explore, sight: Sight) -> Found | None:
    places = find(Target(part.name, part.kind), sight)
    if len(part.name) == 1 and not places:
        ground = ground_box(sight)
        boxes = [box for box, sign in signs_on(sight) if sign == part.name and box.center in ground]
        places = tuple(Found(box, part.name, 95.0, "a sign by itself") for box in boxes)
    if not places and " " in part.name:
        places = _broken(part.name, sight)
    if part.kind == "link":
        places = tuple(place for place in places if is_link(place.box, sight.seen.pixels))
    exact = [place for place in places if place.text.strip(".,:;") == part.name.strip(".,:;")]
    return exact[0] if exact else places[0] if places and places[0].score >= 90 else None


def _broken(name: str, sight: Sight) -> tuple[Found, ...]:
    """A label that is broken into two lines, one right below the other."""
    scale, lines = sight.text.scale, sight.text.lines
    return tuple(
        Found(one.box, f"{one.text} {two.text}", 95.0, "a label of two lines")
        for one in lines
        for two in lines
        if 0 < two.box.center.y - one.box.center.y < 20 * scale
        and abs(one.box.left - two.box.left) < 5 * scale
        and likeness(tidy(name), tidy(f"{one.text} {two.text}")) >= 90
    )


def openers(sight: Sight) -> list[tuple[str, Box]]:
    """What may open something, in reading order, without the tab that is open already."""
    buttons = [w for w in sight.widgets if w.kind == "button" and w.text and tidy(w.text) not in SENDING]
    level = [w for w in buttons if _open_tab(w, buttons, sight) is False]
    folders = [(line.text, line.box) for line in sight.text.lines if _has_plus(line.box, sight)]
    return [(w.text, w.box) for w in level] + folders or _unnamed_tabs(sight) or _round_ones(sight)


def _open_tab(widget: Widget, every: list[Widget], sight: Sight) -> bool:
    """Whether it is the one of a row of tabs that is drawn unlike the others."""
    row = [w for w in every if abs(w.box.center.y - widget.box.center.y) < 3 * sight.text.scale]
    if len(row) < 2:
        return False

    def colour(one: Widget) -> tuple[int, ...]:
        at = sight.seen.pixels[one.box.top + 4, one.box.center.x]
        return tuple(int(value) for value in at)

    others = {colour(w) for w in row if w is not widget}
    return len(others) == 1 and colour(widget) not in others and (len(row) > 2 or min(colour(widget)) < 100)


def _has_plus(line: Box, sight: Sight) -> bool:
    """Whether a small box with a plus stands left of a line, as before a folder that is closed."""
    scale = sight.text.scale
    for region in sight.regions:
        box = region.box
        small = 4 * scale <= box.width <= 12 * scale and region.square and region.holes > 0.1
        if small and 0 < line.left - box.right < 32 * scale and box.top < line.center.y < box.bottom:
            column = sight.seen.pixels[box.top + scale : box.bottom - scale, box.center.x].astype(int)
            return bool((column.max(axis=1) < 140).mean() > 0.6)
    return False


def _unnamed_tabs(sight: Sight) -> list[tuple[str, Box]]:
    """Small boxes in one row whose names cannot be read, as tabs that bear only a number."""
    scale = sight.text.scale
    small = [
        r.box
        for r in sight.regions
        if r.outline == "rectangle"
        and 14 * scale <= r.box.height <= 30 * scale
        and 8 * scale <= r.box.width <= 50 * scale
        and 0.02 < r.holes < 0.4
    ]
    rows = [box for box in small if sum(abs(box.center.y - other.center.y) < 4 * scale for other in small) > 1]
    return [(f"tab {number}", box) for number, box in enumerate(sorted(rows, key=lambda box: box.left), 1)]


def _round_ones(sight: Sight) -> list[tuple[str, Box]]:
    """Round buttons, as pie menus have one in their middle."""
    scale = sight.text.scale
    return [
        ("round button", region.box)
        for region in sight.regions
        if region.outline == "ellipse" and 16 * scale <= region.box.width <= 80 * scale and max(region.colour) < 200
    ]
