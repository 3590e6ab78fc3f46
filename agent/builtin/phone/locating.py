"""Finds the way to what no screen shows yet: look, scroll, step into what mentions it, come back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agent.builtin.instructions import Target
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn, visibly
from agent.builtin.phone.finding import rated
from agent.builtin.phone.steps import Locate
from agent.builtin.phone.vocabulary import EMPTY_WORDS, KEPT_IN
from agent.builtin.phone.widgets import alike, names_of, title_of, widgets, words_of
from devices import Click, Element, Observation, OpenApp, Point, Press, Scroll, Wait
from devices.actions import Direction

if TYPE_CHECKING:
    from agent.episode import Step

Here = Callable[[Observation], bool]

MOST_SCROLLS = 14
MOST_MOVES = 45
NOTCHES = 6
"""How far one scroll goes: half a screen, so that nothing is passed over."""


@dataclass
class Level:
    """One screen on the way: the rows that were stepped into, all that were seen, and how far it is scrolled.

    `rows` tells of each title how much it mentions and how far down it was last seen.
    """

    tried: set[str] = field(default_factory=set)
    rows: dict[str, tuple[float, int]] = field(default_factory=dict)
    scrolls: int = 0
    down: int = 0
    ended: bool = False
    topped: bool = False

    def note(self, name: str, rows: dict[str, Element]) -> None:
        self.rows.update({title: (_mention(name, row.text), self.down) for title, row in rows.items()})


def locate(part: Locate, turn: Turn) -> Outcome:
    """Have what bears the name on the screen."""

    def here(seen: Observation) -> bool:
        return any(score >= 80 for score, _ in rated(Target(part.name), seen))

    return way_to(part.name, here, part.apps, turn)


def way_to(name: str, here: Here, apps: tuple[str, ...], turn: Turn, *, thorough: bool | None = None) -> Outcome:
    """Done when `here`; else the next step of the search, first on this screen and in what it leads to, then in `apps`.

    On the first screen of one of `apps` every row is stepped into if need be, elsewhere only what mentions the name;
    when `thorough`, every row of this screen, too; when it is False, nowhere.
    """
    seen = turn.sight.seen
    if here(seen):
        return Done(f"{name!r} can be seen")
    apps = apps[sum(isinstance(step.decision.move, OpenApp) for step in (*turn.acts, *turn.refused)) :]
    if not apps and turn.refused and isinstance(turn.refused[-1].decision.move, OpenApp):
        return Failed(f"{name!r} is not on the screen, and {turn.refused[-1].error}")
    if len(turn.acts) >= MOST_MOVES:
        return Failed(f"looked for {name!r} in {len(turn.acts)} steps and did not find it")
    levels, opened = _walked(name, turn)
    opened = opened or thorough is True
    at_home = "launcher" in seen.front.lower().partition("/")[0]
    if apps and at_home:
        return Act(OpenApp(apps[0]), f"{name!r} may be in {apps[0]}")
    level, deep = levels[-1], len(levels) - 1
    if opened and not deep and any(alike("navigate up", each.text) >= 95 for each in widgets(seen)):
        return Act(Press(("back",)), "up to the first screen")
    rows = _rows(seen)
    level.note(name, rows)
    everything = thorough is not False and opened and not deep
    half = 0.6 if thorough is not None else 1.0 if opened else 2.0
    best = _best(level, 2.0)
    if best in rows and deep < 3:
        return Act(Click(_at(rows[best])), f"into {best!r}, which mentions {name!r}")
    if not level.ended and level.scrolls < MOST_SCROLLS and _scrolls(seen):
        return Act(Scroll(_middle(seen), "down", NOTCHES), f"{name!r} is not on this part of the screen")
    best = _best(level, half) if deep < 3 else ""
    if not best and everything and not level.topped and level.scrolls < 2 * MOST_SCROLLS:
        return Act(Scroll(_middle(seen), "up", NOTCHES), "something may lie above what was shown first")
    best = best or (_best(level, 0.0) if everything else "")
    if best:
        if best in rows:
            return Act(Click(_at(rows[best])), f"into {best!r}, where {name!r} may be")
        if level.scrolls < 2 * MOST_SCROLLS:
            way: Direction = "up" if level.rows[best][1] < level.down else "down"
            return Act(Scroll(_middle(seen), way, NOTCHES), f"back to {best!r}")
    if deep:
        return Act(Press(("back",)), f"{name!r} is not here")
    if apps:
        return Act(OpenApp(apps[0]), f"{name!r} may be in {apps[0]}")
    if turn.waits < 2:
        return Act(Wait(0.4), f"{name!r} cannot be seen yet")
    shown = "; ".join(each.text for each in widgets(seen)[:12]) or "nothing"
    return Failed(f"{name!r} was not found: looked, scrolled and went into what mentions it; the screen shows: {shown}")


def _walked(name: str, turn: Turn) -> tuple[list[Level], bool]:
    """The screens from the first one to this, as the steps so far tell, and whether an application was opened."""
    levels, opened = [Level()], False
    for step in turn.tries:
        if step.error:
            continue
        level = levels[-1]
        rows = _rows(step.seen)
        level.note(name, rows)
        match step.decision.move:
            case OpenApp():
                levels, opened = [Level()], True
            case Click(at=at):
                level.tried |= {title for title, row in rows.items() if at in row.box}
                if visibly(step):
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


def _moved(step: "Step") -> bool:
    """Whether a scroll brought something else into view; a bar that lights up is nothing else."""
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
    """2 when a row says all of `name`, 1.5 when it is where phones keep such things, else the share of its words."""
    said, best = set(words_of(text)), 0.0
    for other in names_of(name):
        wanted = {word for word in words_of(other) if word not in EMPTY_WORDS} or set(words_of(other))
        if wanted <= said:
            return 2.0
        best = max(best, len(wanted & said) / len(wanted))
        for kept, place in KEPT_IN:
            if set(words_of(other)) & set(words_of(kept)) and words_of(place)[0] in said:
                best = max(best, 1.5)
    return best + (0.5 if best == 0.5 else 0.0) if best < 1 else best


def _best(level: Level, least: float) -> str:
    """The row not yet tried that mentions most; "" when none mentions as much as `least`."""
    open_ = [
        (score, -abs(down - level.down), title)
        for title, (score, down) in level.rows.items()
        if title not in level.tried and score >= least
    ]
    return max(open_, key=lambda each: each[:2], default=(0.0, 0, ""))[2]


def _scrolls(seen: Observation) -> bool:
    """Whether there is enough on the screen that more may lie below."""
    lowest = max((each.box.bottom for each in seen.elements), default=0)
    return lowest > 0.6 * seen.height


def _middle(seen: Observation) -> Point:
    return Point(seen.width // 2, seen.height // 2)


def _at(row: Element) -> Point:
    """Left of the middle: round buttons stand over the right end of rows."""
    return Point(row.box.left + 2 * row.box.width // 5, row.box.center.y)
