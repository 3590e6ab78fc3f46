"""Does the parts of instructions that only a phone knows, and the common ones as a phone wants them."""

from dataclasses import replace

from agent.builtin.instructions import IfAsked, OpenApplication, Target
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.phone import filling, locating, questions, switching, telling, visiting, wholes
from agent.builtin.phone.deeds import (
    AnswerQuestion,
    Enter,
    InApp,
    RemoveAll,
    Seek,
    Switch,
    SwitchAll,
)
from agent.builtin.phone.finding import rated
from agent.builtin.phone.steps import (
    Begin,
    Commit,
    Converse,
    Edit,
    Erase,
    FillIn,
    Locate,
    PhonePart,
    Pick,
    PutValue,
)
from agent.builtin.phone.widgets import fields, widgets
from devices import Click, OpenApp, Point, Scroll, Wait

MOST_SCROLLS = 14


def outcome_on_phone(part: PhonePart, turn: Turn) -> Outcome:
    """What `part` comes to now."""
    match part:
        case Switch():
            return switching.switch(part, turn)
        case PutValue():
            return switching.put_value(part, turn)
        case AnswerQuestion():
            return questions.answer(part, turn)
        case InApp():
            return visiting.in_app(part, turn)
        case Locate():
            return locating.locate(part, turn)
        case Enter():
            return visiting.enter(part, turn)
        case Begin():
            return filling.begin(part, turn)
        case Edit():
            return filling.edit(turn)
        case FillIn():
            return filling.fill_in(part, turn)
        case Commit():
            return filling.commit(part, turn)
        case Converse():
            return visiting.converse(part, turn)
        case Erase():
            return visiting.erase(part, turn)
        case RemoveAll():
            return wholes.erase_all(part, turn)
        case SwitchAll():
            return wholes.switch_all(part, turn)
        case Pick():
            return wholes.pick(part, turn)
        case Seek():
            return telling.seek(part, turn)


def open_app(part: OpenApplication, turn: Turn) -> Outcome:
    """Start it; where no application is called so, press what on the screen, or further down, bears the name."""
    if not turn.tries:
        return Act(OpenApp(part.name))
    if not turn.refused:
        if turn.changed or turn.waits >= 2:
            return Done("it is in front")
        return Act(Wait(0.3), "it may be in front already")
    if turn.acts and turn.changed and not isinstance(turn.acts[-1].decision.move, Scroll):
        return Done("the screen changed")
    if any(score >= 76 for score, _ in rated(Target(part.name), turn.sight.seen)):
        return visiting.enter(Enter(part.name), without_scrolls(turn))
    scrolled = scroll_to(Target(part.name), turn)
    return scrolled or Failed(f"{turn.refused[0].error}; and nothing on the screen is called {part.name!r}")


def scroll_to(target: Target, turn: Turn) -> Act | None:
    """The next scroll that may bring `target` into view, down and then up; None when all was seen."""
    moves = [step for step in turn.acts if isinstance(step.decision.move, Scroll)]
    seen = turn.sight.seen
    if not widgets(seen) or len(moves) >= MOST_SCROLLS:
        return None
    ends = [step for step in moves if step.change is None or step.change.share < 0.01]
    if len(ends) >= 2:
        return None
    at = Point(seen.width // 2, seen.height // 2)
    return Act(Scroll(at, "down" if not ends else "up", 5), f"{target} is not on this part of the screen")


def scroll_for(target: Target, turn: Turn) -> Act | None:
    """The next scroll for a target that is not on the screen, as long as nothing else was done about it."""
    if not target.text or target.anchor or rated(target, turn.sight.seen):
        return None
    scrolling = all(isinstance(step.decision.move, Scroll | Wait) for step in turn.tries if not step.error)
    return scroll_to(target, turn) if scrolling else None


def without_scrolls(turn: Turn) -> Turn:
    """`turn` as it is judged by what was done to the target: scrolling there was nothing yet."""
    kept = tuple(step for step in turn.tries if not isinstance(step.decision.move, Scroll))
    return turn if len(kept) == len(turn.tries) else replace(turn, tries=kept)


def focus_first(turn: Turn) -> Act | None:
    """A press on the only field there is, when none has the focus to type into."""
    every = fields(turn.sight.seen)
    if turn.tries or len(every) != 1 or every[0].focused:
        return None
    return Act(Click(every[0].box.center), "no field has the focus yet")


def if_asked(part: IfAsked, turn: Turn) -> Outcome:
    """The first of these buttons, if a dialog offers one."""
    seen = turn.sight.seen
    for name in part.buttons if not turn.acts else ():
        for element in widgets(seen):
            if element.role == "button" and element.text.lower() == name.lower():
                return Act(Click(element.box.center), f"asked, and {element.text!r} is offered")
    return Done() if turn.acts or turn.waits else Act(Wait(0.3), "nothing is asked yet")
