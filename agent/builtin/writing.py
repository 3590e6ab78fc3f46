"""Types and presses, and judges each by its effect."""

import re

from agent.builtin.instructions import PressKeys, Write
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.parts import SelectOld
from agent.builtin.shapes import field_beside, is_field
from agent.builtin.targets import find
from agent.builtin.windows import front_title, front_window, named_window
from devices import Press, TypeText, Wait


def write(part: Write, turn: Turn) -> Outcome:
    """Type it, and see that something changed."""
    if not part.text:
        return Done("there is nothing to type")
    if turn.refused:
        return Failed(f"{part.text!r} could not be typed: {turn.refused[-1].error}")
    calculator = named_window("calculator", turn.sight.seen)
    apart = calculator is not None and calculator == front_window(turn.sight.seen)
    pieces = typed_apart(part.text) if apart else (part.text,)
    typed = sum(isinstance(step.decision.move, TypeText) for step in turn.acts)
    if not turn.acts and turn.front_is_dialog and _keeps_ending(part.text, turn):
        return Act(Press(("ctrl", "a")), "a whole file name replaces the one that is there")
    if 0 < typed < len(pieces) and not turn.waits:
        return Act(Wait(0.35), "its keys come up again")
    if typed < len(pieces):
        return Act(TypeText(pieces[typed]))
    if turn.changed or apart:
        return Done("the screen changed" if turn.changed else "a display may show the same as before")
    if turn.waits < 2:
        return Act(Wait(0.3), "nothing changed yet: looking again")
    if turn.more and not part.text.strip("\n\t "):
        return Done()
    return Failed(f"typed {part.text!r}, and nothing on the screen changed: nothing seems to have the focus")


def _keeps_ending(text: str, turn: Turn) -> bool:
    """Whether a dialog holds a file name of which only the stem is selected, so that ".txt" would stand twice."""
    ending = re.search(r"\.\w{1,5}$", text)
    front = front_window(turn.sight.seen)
    if ending is None or front is None:
        return False
    inside = turn.sight.text.within(front.box)
    fields = [frame for frame in inside.frames if is_field(frame)]
    return any(
        w.text.lower().endswith(ending[0].lower()) and any(w.box.center in f for f in fields) for w in inside.words
    )


def typed_apart(text: str) -> tuple[str, ...]:
    """`text` in pieces none of which has a character twice.

    A calculator of GTK presses its button for every key, and a button that is still down takes no second press: of
    "100" typed at once Galculator shows 10.
    """
    pieces = [""]
    for character in text:
        if character in pieces[-1]:
            pieces.append("")
        pieces[-1] += character
    return tuple(pieces)


def press(part: PressKeys, turn: Turn) -> Outcome:
    if turn.refused:
        return Failed(f"{'+'.join(part.keys)} could not be pressed: {turn.refused[-1].error}")
    if len(turn.acts) < part.times:
        return Act(Press(part.keys))
    if part.keys[-1] in ("enter", "esc", "y", "n") and turn.closing:
        return Act(Wait(0.3), "the dialog may close")
    files = re.match(r"(?:save|open|select|choose)\b", front_title(turn.sight.seen), re.IGNORECASE)
    if part.keys == ("enter",) and files and turn.in_called_dialog and turn.same_windows and len(turn.acts) == 1:
        # The first Enter may only have closed a list of completions that hung over the field.
        return Act(Press(part.keys), "the dialog is still open")
    if not turn.more and not turn.changed and not turn.waits:
        return Act(Wait(0.4), "the last press may take a moment")
    return Done()


def select_old(part: SelectOld, turn: Turn) -> Outcome:
    if turn.tries:
        return Done()
    places = find(part.field, turn.sight)
    held = turn.sight.text.within(places[0].box).lines if places else ()
    box = field_beside(places[0].box, turn.sight.text) if places else None
    return (
        Act(Press(("ctrl", "a")), "what the field holds is replaced") if held and (box or held) else Done("it is empty")
    )
