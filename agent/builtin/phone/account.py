"""What was done on a phone, told to the person in a line for each thing."""

from collections.abc import Iterator, Sequence

from agent.builtin.instructions import Instruction
from agent.builtin.phone.before import permissions_given
from agent.builtin.phone.deeds import (
    Alter,
    FromMenu,
    MakeNew,
    Remove,
    RemoveAll,
    Rename,
    SendTo,
    SetTo,
    Switch,
    SwitchAll,
)
from agent.episode import Past


def account(asked: Sequence[Instruction], past: Past) -> str:
    """What came of `asked`, all of which is over; what was as wished already is said to have been."""
    return "\n".join([*_done(asked, past), *permissions_given(past)])


def _done(asked: Sequence[Instruction], past: Past) -> Iterator[str]:
    for number, instruction in enumerate(asked, 1):
        match instruction:
            case Switch(name, on):
                place = (f"{number}/", f"{number}.")
                own = [step for step in past if step.decision.instruction.startswith(place) and not step.error]
                pressed = any("switch" in step.decision.thought for step in own)
                yield f"{name} {'was turned' if pressed else 'was already'} {'on' if on else 'off'}"
            case MakeNew(kind, fields):
                yield f"A new {kind} was kept: {', '.join(f'{name} {text!r}' for name, text in fields)}"
            case SendTo(text, to):
                yield f"{text!r} was sent to {to}"
            case Remove(kind, name):
                yield f"The {kind} {name!r} was deleted"
            case Alter(_, name, fields):
                changes = ", ".join(f"{field} {text!r}" for field, text in fields)
                yield f"{name or 'It'} was changed: {changes}"
            case SetTo(name, "more" | "less" as way):
                yield f"{name} was set {'higher' if way == 'more' else 'lower'}"
            case RemoveAll(kind):
                yield f"Every {kind} was deleted"
            case SwitchAll(kind, on):
                yield f"Every {kind} is {'on' if on else 'off'}"
            case Rename(_, name, new):
                yield f"{name!r} was renamed to {new!r}"
            case FromMenu(_, name, words):
                yield f"{words[0]} was chosen for {name!r}"
            case SetTo(name, value):
                yield f"{name} was set to {value!r}"
            case _:
                pass
