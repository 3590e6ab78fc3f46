"""Selects entries: tick boxes, round buttons, lists that scroll and lists that drop down."""

from dataclasses import replace

from agent.builtin.instructions import Target
from agent.builtin.matching import likeness, tidy
from agent.builtin.missing import missing, surroundings
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.page.deeds_of_widgets import PickEach, PickFrom
from agent.builtin.page.insides import label_of
from agent.builtin.page.widgets import Widget
from agent.builtin.targets import Sight, find
from devices import Click, Point, Press, Scroll, TypeText

ALIKE = 75.0
MOST_SCROLLS = 8


def pick_each(part: PickEach, turn: Turn) -> Outcome:
    """Make exactly these be selected."""
    if turn.refused:
        return Failed(turn.refused[-1].error)
    # Labels are read best before anything is ticked, and tick boxes stay where they are.
    first = Sight(turn.tries[0].seen, turn.sight.read) if turn.tries else turn.sight
    boxes = [
        w if tidy(w.text) else replace(w, text=label_of(w.box, first))
        for w in first.widgets
        if w.kind in ("checkbox", "radio")
    ]
    if not boxes or part.listed:
        return _out_of_list(part, turn)
    chosen = _meant(part.names, boxes)
    if len(chosen) < len(part.names):
        lost = next(name for name in part.names if name not in chosen)
        return missing(Target(lost), turn)
    clicked = [step.decision.move.at for step in turn.acts if isinstance(step.decision.move, Click)]
    ticked = [w.box.center for w in turn.sight.widgets if w.kind in ("checkbox", "radio") and w.ticked]
    for widget in boxes:
        wanted = widget in chosen.values()
        tried = sum(at in widget.box for at in clicked)
        if any(at in widget.box for at in ticked) != wanted and tried < 2 and (wanted or widget.kind == "checkbox"):
            return Act(Click(widget.box.center), f"{widget.text!r} is to be {'' if wanted else 'not '}selected")
    return Done("they are selected")


def _meant(names: tuple[str, ...], boxes: list[Widget]) -> dict[str, Widget]:
    """Which widget each name means: the pairs that are most alike first, each widget once."""
    pairs = [
        (likeness(tidy(name), tidy(widget.text)) + (name == widget.text), number, widget)
        for number, name in enumerate(names)
        for widget in boxes
    ]
    pairs.sort(key=lambda pair: -pair[0])
    found: dict[str, Widget] = {}
    for score, number, widget in pairs:
        if score >= ALIKE and names[number] not in found and widget not in found.values():
            found[names[number]] = widget
    left = [w for w in boxes if w not in found.values()]
    lost = [name for name in names if name not in found]
    unread = left if len(lost) == len(left) else [w for w in left if not tidy(w.text)]
    if len(lost) == len(unread) == 1:
        found[lost[0]] = unread[0]
    return found


def _out_of_list(part: PickEach, turn: Turn) -> Outcome:
    said = [step.decision.thought for step in turn.acts if isinstance(step.decision.move, Click)]
    left = [name for name in part.names if not any(thought.startswith(f"{name!r} ") for thought in said)]
    if not left:
        return Done("they are selected")
    first = len(left) == len(part.names)
    for name in left:
        places = find(Target(name), turn.sight)
        if places and places[0].score >= 80:
            holding = () if first or not part.listed else ("ctrl",)
            return Act(Click(places[0].at, holding=holding), f"{name!r} is at {places[0].at}")
    scrolls = [step for step in turn.acts if isinstance(step.decision.move, Scroll)]
    lines = turn.sight.text.lines
    if not part.listed or not lines or len(scrolls) >= MOST_SCROLLS:
        return Failed(f"{left[0]!r} is not in the list; {surroundings(Target(left[0]), turn)}")
    return Act(Scroll(lines[0].box.center, "down", 1), f"{left[0]!r} cannot be seen yet")


def pick_from(part: PickFrom, turn: Turn) -> Outcome:
    """Open the list, then click the entry; one that is out of sight is found by its first letters."""
    if turn.refused:
        return Failed(turn.refused[-1].error)
    moves = [step.decision.move for step in turn.acts]
    if not moves:
        lists = find(Target("", "list"), turn.sight)
        if not lists:
            return missing(Target("", "list"), turn)
        return Act(Click(lists[0].at), "the list drops down")
    if isinstance(moves[-1], TypeText):
        return Act(Press(("enter",)), "the entry that begins so")
    scrolls = [step for step in turn.acts if isinstance(step.decision.move, Scroll)]
    if isinstance(moves[-1], Press) or (len(moves) >= 2 and isinstance(moves[-1], Click)):
        return Done("it was picked")
    opener = moves[0].at if isinstance(moves[0], Click) else Point(0, 0)
    places = [
        place
        for place in find(Target(part.name), turn.sight)
        if place.score >= 80 and opener not in place.box and abs(place.at.y - opener.y) > 8 * turn.sight.text.scale
    ]
    if places:
        return Act(Click(places[0].at), f"{part.name!r} is at {places[0].at}: {places[0].why}")
    fresh = turn.sight.fresh
    if fresh is not None and len(scrolls) < MOST_SCROLLS and turn.acts[-1].change is not None:
        return Act(Scroll(fresh.center, "down", 1), f"{part.name!r} is not among the entries that can be seen")
    return Act(TypeText(part.name), f"{part.name!r} is not among the entries that can be seen")
