"""Searches a phone for a target that is not on the screen: scrolls, opens rows that mention it, goes back."""

from dataclasses import dataclass, field

from agent.builtin.aim import instead, point_on
from agent.builtin.commands import Locate
from agent.builtin.context import StepContext
from agent.builtin.effect import changed_by
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.builtin.pointer_control import moved
from agent.grounding.find import find, title_of
from agent.grounding.resolve import closest
from agent.grounding.similarity import label_similarity, words_of
from agent.grounding.target import Target
from agent.screen.screen import Screen
from devices import Click, Element, OpenApp, Point, Press, Scroll, Wait
from devices.actions import Direction

MOST_SCROLLS = 14
MOST_MOVES = 46
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


def is_here(target: Target, screen: Screen) -> bool:
    """Whether something bears the name; a text that only mentions it does not."""
    return any(not each.part for each in find(target, screen))


def locate(command: Locate, context: StepContext) -> Outcome:
    """Done when the target is here; else the next step of the search: on this screen, in what mentions it, in `app`.

    On the first screen of `app` every row is stepped into if need be, elsewhere only what mentions the name.
    Without an `app` the screen in front is only scrolled.
    """
    name, app, screen = command.target.text, command.app, context.screen
    into = bool(app)
    opened = any(isinstance(step.decision.move, OpenApp) for step in (*context.acts, *context.refused))
    unopened = into and not opened
    if unopened and "launcher" in screen.seen.front.lower().partition("/")[0]:
        return Act(OpenApp(app), f"{name!r} may be in {app}")
    if is_here(command.target, screen):
        return Done(f"{name!r} can be seen")
    if context.refused and isinstance(context.refused[-1].decision.move, OpenApp):
        return Failed(f"it is not on the screen, and {context.refused[-1].error}")
    if len(context.acts) >= MOST_MOVES:
        return Failed(f"looked for it in {len(context.acts)} steps and did not find it")
    levels = _levels_of(name, context, into)
    level, deep = levels[-1], len(levels) - 1
    if into and not screen.is_listed and (opened or not unopened):
        return Act(Wait(0.4), "no widgets yet") if context.waits < 2 else Failed("the phone reports no widgets here")
    if opened and not deep and any(label_similarity("navigate up", each.text) >= 95 for each in screen.elements):
        return Act(Press(("back",)), "up to the first screen")
    rows = _rows(screen) if into else {}
    level.note(name, rows)
    everything = opened and not deep
    best = level.best(1.0)
    if best in rows:
        return _into(rows[best], f"into {best!r}, which mentions {name!r}", screen)
    if not level.ended and level.scrolls < MOST_SCROLLS and _may_scroll(screen):
        return _scrolled("down", f"{name!r} is not on this part of the screen", screen)
    best = level.best(0.5 if opened else 1.0)
    if not best and (everything or not into) and not level.topped:
        return _scrolled("up", "something may lie above what was shown first", screen)
    best = best or (level.best(0.0) if everything else "")
    if best in rows:
        return _into(rows[best], f"into {best!r}, where {name!r} may be", screen)
    if best:
        return _scrolled("up" if level.rows[best][1] < level.down else "down", f"back to {best!r}", screen)
    if deep:
        return Act(Press(("back",)), f"{name!r} is not here")
    if unopened:
        return Act(OpenApp(app), f"{name!r} may be in {app}")
    if context.waits < 2:
        return Act(Wait(0.4), f"{name!r} cannot be seen yet")
    near = closest(name, screen)
    shown = f"the closest is {near[0]!r}" if near else instead(context)
    return Failed(f"it was not found by scrolling{' and stepping into what mentions it' if into else ''}; {shown}")


def _levels_of(name: str, context: StepContext, into: bool) -> list[Level]:
    """The screens from the first one to this, after the steps so far."""
    levels = [Level()]
    for step in context.tries:
        if step.error:
            continue
        level = levels[-1]
        seen = context.parse(step.seen)
        rows = _rows(seen) if into else {}
        level.note(name, rows)
        match step.decision.move:
            case OpenApp():
                levels = [Level()]
            case Click(at=at):
                level.tried |= {title for title, row in rows.items() if at in row.box}
                if changed_by(step):
                    levels.append(Level())
            case Press() if len(levels) > 1:
                levels.pop()
            case Press():
                levels = [Level()]
            case Scroll(direction=way):
                came = moved(step, seen.unit)
                level.scrolls += 1
                level.down += came if way == "down" else -came
                level.ended |= way == "down" and not came
                level.topped |= way == "up" and not came
            case _:
                pass
    return levels


def _rows(screen: Screen) -> dict[str, Element]:
    """What can be stepped into: wide rows by their titles, but no switches."""
    switches = [each.box.center for each in screen.elements if each.checked is not None]
    width, height = screen.seen.size
    return {
        title_of(each, screen) or each.text: each
        for each in screen.elements
        if each.role in ("button", "item")
        and each.box.width > 0.6 * width
        and each.box.height > 0.02 * height
        and not any(center in each.box for center in switches)
    }


def _mention(name: str, text: str) -> float:
    """The share of the words of `name` that a row has, 0 to 1."""
    wanted = set(words_of(name))
    return len(wanted & set(words_of(text))) / max(1, len(wanted))


def _may_scroll(screen: Screen) -> bool:
    """Whether the screen is full enough that more may lie below."""
    return max((each.box.bottom for each in screen.elements), default=0) > 0.6 * screen.seen.height


def _scrolled(way: Direction, why: str, screen: Screen) -> Act:
    width, height = screen.seen.size
    return Act(Scroll(Point(width // 2, height // 2), way, NOTCHES), why)


def _into(row: Element, why: str, screen: Screen) -> Act:
    return Act(Click(point_on(row, screen)), why, row)
