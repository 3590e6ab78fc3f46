"""Searches a phone for a label that is not on the screen: scrolls, opens rows that mention it, goes back."""

from collections.abc import Callable
from dataclasses import dataclass, field

from agent.builtin.context import StepContext, visibly_changed
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.builtin.phone.press import press
from agent.builtin.phone_commands import Enter, Locate
from agent.episode import Step
from agent.grounding.label_similarity import label_similarity, words_of
from agent.grounding.target import Target
from agent.grounding.widget_match import matching_widgets
from agent.screen.widgets import row_of, summary_of, title_of, widgets
from devices import Click, Element, Observation, OpenApp, Point, Press, Scroll, Wait
from devices.actions import Direction

MOST_SCROLLS = 14
MOST_MOVES = 46
MOST_LEVELS = 3
NOTCHES = 6
"""Length of one scroll: half a screen, so that nothing is passed over."""


@dataclass
class Level:
    """One screen on the way: the rows that were stepped into, all that were seen, and how far it is scrolled.

    `rows` holds, of each title, the share of the wanted words that its row mentions and the scroll position at which
    it was last seen.
    """

    tried: set[str] = field(default_factory=set)
    rows: dict[str, tuple[float, int]] = field(default_factory=dict)
    scrolls: int = 0
    down: int = 0
    ended: bool = False
    topped: bool = False

    def note(self, name: str, rows: dict[str, Element]) -> None:
        self.rows.update({title: (_mention(name, row.text), self.down) for title, row in rows.items()})

    def best(self, least: float) -> str:
        """The row not yet tried that mentions most, the nearest of equals; "" when none mentions `least`."""
        untried = [
            (score, -abs(down - self.down), title)
            for title, (score, down) in self.rows.items()
            if title not in self.tried and score >= least
        ]
        return max(untried, key=lambda each: each[:2], default=(0.0, 0, ""))[2]


def locate(command: Locate, context: StepContext) -> Outcome:
    """Bring what is labelled so into view."""

    def here(seen: Observation) -> bool:
        return any(score >= 80 for score, _ in matching_widgets(Target(command.name), seen))

    return way_to(command.name, here, command.apps, context)


def way_to(name: str, here: Callable[[Observation], bool], apps: tuple[str, ...], context: StepContext) -> Outcome:
    """Done when `here`; else the next step of the search: on this screen, in what mentions `name`, then in `apps`.

    On the first screen of one of `apps` every row is stepped into if need be, elsewhere only what mentions the name.
    Without `apps` the screen in front is only scrolled.
    """
    seen = context.screen.seen
    unopened = apps[sum(isinstance(step.decision.move, OpenApp) for step in (*context.acts, *context.refused)) :]
    if unopened and "launcher" in seen.front.lower().partition("/")[0]:
        return Act(OpenApp(unopened[0]), f"{name!r} may be in {unopened[0]}")
    if here(seen):
        return Done(f"{name!r} can be seen")
    if not unopened and context.refused and isinstance(context.refused[-1].decision.move, OpenApp):
        return Failed(f"{name!r} is not on the screen, and {context.refused[-1].error}")
    if len(context.acts) >= MOST_MOVES:
        return Failed(f"looked for {name!r} in {len(context.acts)} steps and did not find it")
    into = bool(apps)
    levels, opened = _levels_of(name, context, into)
    level, deep = levels[-1], len(levels) - 1
    if opened and not widgets(seen):
        return Act(Wait(0.4), "no widgets yet") if context.waits < 2 else Failed("the phone reports no widgets here")
    if opened and not deep and any(label_similarity("navigate up", each.text) >= 95 for each in widgets(seen)):
        return Act(Press(("back",)), "up to the first screen")
    rows = _rows(seen) if into else {}
    level.note(name, rows)
    everything = opened and not deep
    below = deep < MOST_LEVELS
    best = level.best(1.0) if below else ""
    if best in rows:
        return press(rows[best], f"into {best!r}, which mentions {name!r}", _left_of_middle(rows[best]))
    if not level.ended and level.scrolls < MOST_SCROLLS and _may_scroll(seen):
        return Act(Scroll(_middle(seen), "down", NOTCHES), f"{name!r} is not on this part of the screen")
    best = level.best(0.5 if opened else 1.0) if below else ""
    if not best and (everything or not into) and not level.topped and level.scrolls < 2 * MOST_SCROLLS:
        return Act(Scroll(_middle(seen), "up", NOTCHES), "something may lie above what was shown first")
    best = best or (level.best(0.0) if everything else "")
    if best in rows:
        return press(rows[best], f"into {best!r}, where {name!r} may be", _left_of_middle(rows[best]))
    if best and level.scrolls < 2 * MOST_SCROLLS:
        way: Direction = "up" if level.rows[best][1] < level.down else "down"
        return Act(Scroll(_middle(seen), way, NOTCHES), f"back to {best!r}")
    if deep:
        return Act(Press(("back",)), f"{name!r} is not here")
    if unopened:
        return Act(OpenApp(unopened[0]), f"{name!r} may be in {unopened[0]}")
    if context.waits < 2:
        return Act(Wait(0.4), f"{name!r} cannot be seen yet")
    return Failed(f"{name!r} was not found by scrolling and stepping into what mentions it; read: {summary_of(seen)}")


def enter(command: Enter, context: StepContext) -> Outcome:
    """Press what bears the name; one that is opened already, as its title tells, stays."""
    seen = context.screen.seen
    if context.acts and context.changed:
        return Done("the screen changed")
    if context.acts and context.waits < 2:
        return Act(Wait(0.4), "nothing changed yet")
    places = [element for _, element in matching_widgets(Target(command.name), seen)]
    places.sort(key=lambda each: each.role == "switch")  # a press there turns it, and opens nothing
    if len(context.acts) >= min(2, max(1, len(places))):
        return Failed(f"pressed {command.name!r}, and nothing on the screen changed")
    if places:
        row = row_of(places[len(context.acts)], seen)
        if row.role == "text":
            return Done(f"{command.name!r} is the title of this screen")
        return press(row, f"{row.text!r} is {command.name!r}", _clear_of(row, seen))
    if context.waits < 2:
        return Act(Wait(0.4), f"{command.name!r} cannot be seen yet")
    return Failed(f"{command.name!r} is not on the screen; it shows: {summary_of(seen)}")


def _levels_of(name: str, context: StepContext, into: bool) -> tuple[list[Level], bool]:
    """The screens from the first one to this, after the steps so far, and whether an application was opened."""
    levels, opened = [Level()], False
    for step in context.tries:
        if step.error:
            continue
        level = levels[-1]
        rows = _rows(step.seen) if into else {}
        level.note(name, rows)
        match step.decision.move:
            case OpenApp():
                levels, opened = [Level()], True
            case Click(at=at):
                level.tried |= {title for title, row in rows.items() if at in row.box}
                if visibly_changed(step):
                    levels.append(Level())
            case Press() if len(levels) > 1:
                levels.pop()
            case Press():
                levels = [Level()]
            case Scroll(direction="down"):
                level.scrolls += 1
                level.down += _moved(step)
                level.ended = level.ended or not _moved(step)
            case Scroll(direction="up"):
                level.scrolls += 1
                level.down -= _moved(step)
                level.topped = level.topped or not _moved(step)
            case _:
                pass
    return levels, opened


def _moved(step: Step) -> bool:
    """Whether a scroll brought something else into view; a scroll bar that lights up is nothing else."""
    return step.change is not None and step.change.share > 0.01


def _rows(seen: Observation) -> dict[str, Element]:
    """What can be stepped into: wide rows by their titles, but no switches."""
    switches = [each.box.center for each in seen.elements if each.checked is not None]
    return {
        title_of(each, seen): each
        for each in widgets(seen)
        if each.role == "button"
        and each.box.width > 0.6 * seen.width
        and each.box.height > 0.02 * seen.height
        and not any(center in each.box for center in switches)
    }


def _mention(name: str, text: str) -> float:
    """The share of the words of `name` that a row has, 0 to 1."""
    wanted = set(words_of(name))
    return len(wanted & set(words_of(text))) / max(1, len(wanted))


def _may_scroll(seen: Observation) -> bool:
    """Whether the screen is full enough that more may lie below."""
    return max((each.box.bottom for each in seen.elements), default=0) > 0.6 * seen.height


def _middle(seen: Observation) -> Point:
    return Point(seen.width // 2, seen.height // 2)


def _left_of_middle(row: Element) -> Point:
    """A point of a row clear of the round buttons that stand over its right end."""
    return Point(row.box.left + 2 * row.box.width // 5, row.box.center.y)


def _clear_of(row: Element, seen: Observation) -> Point:
    """A point of `row` that nothing lies over: its middle, else further to the left or right."""
    for share in (2, 1, 3):
        point = Point(row.box.left + row.box.width * share // 4, row.box.center.y)
        over = [e for e in seen.elements if e is not row and point in e.box and e.role in ("button", "image", "switch")]
        if not any(e.box.width < row.box.width and e.box.height < 2 * row.box.height for e in over):
            return point
    return row.box.center
