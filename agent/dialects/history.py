"""The past in a prompt: text that only grows, and the last few screens."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from agent.dialects.escape import escaped
from agent.dialects.fit import Fit
from agent.episode import Ask, Finish, Past, Step, Unreadable
from devices import Click, Drag, LongPress, MoveTo, Point, Scroll
from devices.actions import describe

MOST_ERROR = 300  # characters of a refusal that are repeated to the model


def first_shown(steps: int, keeps: int) -> int:
    """The index of the first of `steps` past steps whose screen is sent again.

    At least `keeps` of them are, as soon as there are so many. Their number grows to twice `keeps`, then `keeps` go at
    once: between two such moments each prompt begins with the whole of the one before.
    """
    if keeps <= 0:
        return steps
    return keeps * max(0, -((2 * keeps - steps) // keeps))


def history_text(past: Past, written: Callable[[Step], str]) -> str:
    """`Step 1: ...; Step 2: ...; `: each step keeps its text for ever, with its error in it."""
    return "".join(f"Step {step.index + 1}: {escaped(written(step))}{outcome_note(step)}; " for step in past)


def outcome_note(step: Step) -> str:
    """What the model should know of `step`, in brackets: why it had no effect, what the person answered, what was left
    out of its reply; "" where all is as usual.
    """
    notes = []
    match step.decision.move:
        case Ask(answer=str() as answer):
            notes.append(f"the person answered: {escaped(_short(answer)) or 'done'}")
        case Finish():
            pass
        case _ if step.error:
            notes.append(f"not done: {escaped(_short(step.error))}")
        case _ if step.change is not None and step.change.nothing:
            notes.append("nothing on the screen changed")
    if count := len(step.decision.then):
        notes.append(f"the screen was not as expected, so the other {count} of this reply were not done")
    return f" ({'; '.join(notes)})" if notes else ""


def describe_step(step: Step, fit: Fit) -> str:
    """`step` in our own words, for a move that the family cannot write; points in the numbers it answers in."""

    def point(at: Point) -> Point:
        x, y = fit.to_answer(at)
        return Point(round(x), round(y))

    match step.decision.move:
        case Unreadable():
            return "no action"
        case Ask(question):
            return f"ask the person: {question}"
        case Finish(succeeded, answer):
            return f"finish, {'done' if succeeded else 'given up'}{f': {answer}' if answer else ''}"
        case (Click(at=at) | LongPress(at=at) | MoveTo(at=at) | Scroll(at=at)) as action:
            return describe(replace(action, at=point(at)))
        case Drag(path=path) as drag:
            return describe(replace(drag, path=tuple(map(point, path))))
        case action:
            return describe(action)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_ERROR else line[: MOST_ERROR - 3] + "..."


def split_history(past: Past, keeps: int) -> tuple[Sequence[Step], Sequence[Step]]:
    """The steps that are given as text, and those after them whose screens are sent again."""
    first = first_shown(len(past), keeps)
    return past[:first], past[first:]
