"""What to do, and what to say, when a target is not on the screen."""

from agent.builtin.instructions import Target
from agent.builtin.outcome import Act, Failed, Outcome, Turn
from agent.builtin.phone.widgets import is_phone
from agent.builtin.targets import Found, closest
from agent.builtin.windows import front_window
from devices import Click, MoveTo, Point, Wait

PATIENCE = (0.5, 1.0, 1.5)
"""Seconds to wait for a target that is not there yet; three seconds in all."""


def missing(target: Target, turn: Turn) -> Outcome:
    """Wait a little for `target`; when it does not come, say what is there instead."""
    aside = [step for step in turn.tries if isinstance(step.decision.move, MoveTo)]
    pointed = next((m for s in reversed(turn.past) if isinstance(m := s.decision.move, Click | MoveTo)), None)
    if isinstance(pointed, Click) and not aside and not is_phone(turn.sight.seen):
        return Act(MoveTo(aside_of(turn)), f"{target} cannot be seen; a hint at the pointer may cover it")
    if turn.waits < len(PATIENCE):
        return Act(Wait(PATIENCE[turn.waits]), f"{target} cannot be seen yet")
    return Failed(f"wanted {target}, which is not on the screen; {surroundings(target, turn)}")


def aside_of(turn: Turn) -> Point:
    """Where the pointer covers nothing and nothing happens: the title of the window in front."""
    front = front_window(turn.sight.seen)
    box = front.box if front else turn.sight.seen.box
    return Point(
        min(max(box.center.x, 0), turn.sight.seen.width - 1), min(max(box.top + 6, 0), turn.sight.seen.height - 1)
    )


def surroundings(target: Target, turn: Turn) -> str:
    """What is on the screen instead of `target`: the closest words with their scores, and what was read."""
    front = front_window(turn.sight.seen)
    text = turn.sight.text.within(front.box) if front else turn.sight.text
    read = "; ".join(line.text for line in text.lines[:14]) or "nothing"
    near = ", ".join(f"{match.text!r} {match.score:.0f}" for match in closest(target, turn.sight)) or "none"
    where = f"in {front.text!r}" if front and front.text else "on the screen"
    return f"closest of 100: {near}; read {where}: {read}"


def reason(target: Target, places: tuple[Found, ...], index: int) -> str:
    others = [f"{p.text!r} {p.score:.0f}" for n, p in enumerate(places[:4]) if n != index]
    return f"{target} is at {places[index].at}: {places[index].why}" + (
        f"; other candidates: {', '.join(others)}" if others else ""
    )
