"""What to do, and what to report, when a target is not on the screen."""

from agent.builtin.context import StepContext
from agent.builtin.outcome import Act, Failed, Outcome
from agent.grounding.find import Candidate, closest
from agent.grounding.target import Target
from agent.screen.windows import front_window
from devices import Click, MoveTo, Point, Wait

PATIENCE = (0.5, 1.0, 1.5)
"""Seconds to wait for a target that is not there yet; three seconds in all."""


def not_found(target: Target, context: StepContext) -> Outcome:
    """Move the pointer off what it may cover, wait for `target`, then report what is there instead."""
    aside = [step for step in context.tries if isinstance(step.decision.move, MoveTo)]
    pointed = next((m for s in reversed(context.past) if isinstance(m := s.decision.move, Click | MoveTo)), None)
    if isinstance(pointed, Click) and not aside and context.screen.seen.surface == "computer":
        return Act(MoveTo(clear_of_pointer(context)), f"{target} is not visible; a tooltip may cover it")
    if context.waits < len(PATIENCE):
        return Act(Wait(PATIENCE[context.waits]), f"{target} is not visible yet")
    return Failed(f"wanted {target}, which is not on the screen; {surroundings(target, context)}")


def clear_of_pointer(context: StepContext) -> Point:
    """Where the pointer covers nothing and nothing happens: the title bar of the window in front."""
    seen = context.screen.seen
    front = front_window(seen)
    box = front.box if front else seen.box
    return Point(min(max(box.center.x, 0), seen.width - 1), min(max(box.top + 6, 0), seen.height - 1))


def surroundings(target: Target, context: StepContext) -> str:
    """What is on the screen instead of `target`: the closest words with their scores, and the text that was read."""
    front = front_window(context.screen.seen)
    text = context.screen.text.within(front.box) if front else context.screen.text
    read = "; ".join(line.text for line in text.lines[:14]) or "nothing"
    near = ", ".join(f"{match.text!r} {match.score:.0f}" for match in closest(target, context.screen)) or "none"
    where = f"in {front.text!r}" if front and front.text else "on the screen"
    return f"closest of 100: {near}; read {where}: {read}"


def reason(target: Target, places: tuple[Candidate, ...], index: int) -> str:
    """Why candidate `index` was taken for `target`, and which others there were."""
    others = ", ".join(f"{p.text!r} {p.score:.0f}" for n, p in enumerate(places[:4]) if n != index)
    why = f"{target} is at {places[index].at}: {places[index].why}"
    return f"{why}; other candidates: {others}" if others else why
