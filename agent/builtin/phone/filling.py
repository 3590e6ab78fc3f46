"""Fills in forms by the labels of their fields, keeps them, and sees them gone."""

import re

from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.phone.daytime import clock_time
from agent.builtin.phone.finding import beginner, row_value
from agent.builtin.phone.steps import (
    Begin,
    Commit,
    FillIn,
    words_for,
)
from agent.builtin.phone.vocabulary import KINDS
from agent.builtin.phone.widgets import alike, fields, text_of, widgets, words_of
from agent.builtin.targets import Sight
from devices import Click, Element, Observation, Press, Scroll, TypeText, Wait


def begin(part: Begin, turn: Turn) -> Outcome:
    """Press the button for a new thing; on another tab or page of the application, go to the right one first."""
    pressed = any("begins" in step.decision.thought for step in turn.acts)
    seen = turn.sight.seen
    if pressed and turn.changed:
        return Done("something new is begun")
    button = beginner(words_for(part.kind), seen)
    if pressed and turn.waits < 3:
        return Act(Wait(0.4), "nothing is begun yet")
    if pressed:
        return Failed(f"pressed the button for a new {part.kind}, and nothing on the screen changed")
    if button is not None:
        return Act(Click(button.box.center), f"{button.text!r} begins a new {part.kind}")
    words = [word for word, kind in KINDS.items() if kind == part.kind]
    tab = next((e for e in widgets(seen) if e.role == "button" and any(alike(w, e.text) >= 99 for w in words)), None)
    if tab is not None and not turn.acts:
        return Act(Click(tab.box.center), f"{tab.text!r} may have it")
    if turn.waits < 2:
        return Act(Wait(0.4), "no button for something new yet")
    if sum(isinstance(step.decision.move, Press) for step in turn.acts) < 3:
        return Act(Press(("back",)), "no button for something new here")
    return Failed(f"no button here begins a new {part.kind}; the screen shows: {shown(seen)}")


def edit(turn: Turn) -> Outcome:
    """Press the button for changing what is shown, unless it can be changed where it stands."""
    seen = turn.sight.seen
    if any(not each.text.lower().startswith("search") for each in fields(seen)):
        return Done("it can be changed")
    button = next((e for e in widgets(seen) if e.role in ("button", "image") and alike("Edit", e.text) >= 85), None)
    if button is not None and not turn.acts:
        return Act(Click(button.box.center), f"{button.text!r} makes fields of it")
    if turn.waits < 2:
        return Act(Wait(0.4), "no fields yet")
    return Failed(f"nothing here can be written into; the screen shows: {shown(seen)}")


def fill_in(part: FillIn, turn: Turn) -> Outcome:
    """Write each text into the field that its name means; what a field holds already is left or replaced."""
    seen = turn.sight.seen
    wanted = spread(part.fields, seen, turn)
    for number, (name, text) in enumerate(wanted):
        before = sum(other == text for _, other in wanted[:number])
        holding = sum(same(field.text, text, part.adding) for field in fields(seen))
        if holding > before or _typed(text, turn):
            continue
        field = field_named(name, turn)
        if field is None:
            return _unseen(name, turn)
        return _write(field, name, text, part.adding, turn)
    return Done("every field holds what it should")


def _typed(text: str, turn: Turn) -> bool:
    """Whether `text` was typed here and its field has been scrolled away since."""
    after = [step.decision.move for step in turn.acts]
    typed = [n for n, move in enumerate(after) if isinstance(move, TypeText) and move.text.strip() == text.strip()]
    return bool(typed) and (not fields(turn.sight.seen) or any(isinstance(move, Scroll) for move in after[typed[-1] :]))


def spread(wanted: tuple[tuple[str, str], ...], seen: Observation, turn: Turn) -> list[tuple[str, str]]:
    """`wanted` as this form asks for it: a name in two fields, a time in hours and minutes."""
    labels = [field.text for step in turn.tries for field in fields(step.seen)]
    labels += [field.text for field in fields(seen)]

    def has(label: str) -> bool:
        return any(alike(label, each) >= 95 for each in labels)

    result: list[tuple[str, str]] = []
    for name, text in wanted:
        first, _, rest = text.partition(" ")
        time = clock_time(text)
        if name == "name" and has("First name"):
            result += [("First name", first if rest and has("Last name") else text)]
            result += [("Last name", rest)] if rest and has("Last name") else []
        elif name == "time" and time and (has("Hour") or time_fields(seen)):
            result += [("Hour", str(time[0])), ("Minute", f"{time[1]:02d}")]
        else:
            result.append((name, text))
    return result


def time_fields(seen: Observation) -> tuple[Element, ...]:
    """The fields for hours and minutes, with a colon between them; empty where there are none."""
    for colon in widgets(seen):
        if colon.text != ":":
            continue
        level = [each for each in fields(seen) if each.box.top <= colon.box.center.y < each.box.bottom]
        left = [each for each in level if each.box.right <= colon.box.center.x]
        right = [each for each in level if each.box.left >= colon.box.center.x]
        if left and right:
            return left[-1], right[0]
    return ()


def same(held: str, text: str, adding: bool) -> bool:
    """Whether a field holds `text`; numbers may be set out with spaces and dashes."""
    mine, theirs = " ".join(held.split()), " ".join(text.split())
    if mine == theirs or (theirs and mine == "•" * len(theirs)) or (adding and mine.endswith(theirs)):
        return True
    digits = "".join(filter(str.isdigit, theirs))
    set_out = re.fullmatch(r"[\d\s()+./-]+", theirs) and re.fullmatch(r"[\d\s()+./-]+", mine)
    return bool(digits) and bool(set_out) and digits == "".join(filter(str.isdigit, mine))


def field_named(name: str, turn: Turn) -> Element | None:
    """The field that `name` means: by its hint, by what it held on a page before, by what is drawn beside it."""
    seen = turn.sight.seen
    every = fields(seen)
    if name in ("Hour", "Minute") and (pair := time_fields(seen)):
        return pair[name == "Minute"]
    best = max(every, key=lambda each: alike(name, each.text), default=None)
    if best is not None and alike(name, best.text) >= 76:
        return best
    for step in reversed(turn.past[-12:]):
        value = row_value(name, step.seen)
        held = next((each for each in every if value and each.text == value), None)
        if held is not None:
            return held
    drawn = _drawn_beside(name, turn.sight, every)
    if drawn is not None:
        return drawn
    if set(words_of("body note text content message")) & set(words_of(name)):
        free = [each for each in every if not each.text.lower().startswith("search")]
        return max(free, key=lambda each: (each.box.height, each.box.top), default=None)
    free = [each for each in every if not each.text.lower().startswith("search")]
    if free and set(words_of("title name heading subject")) & set(words_of(name)):
        return free[0]
    return every[0] if len(every) == 1 and not every[0].text.lower().startswith("search") else None


def _drawn_beside(name: str, sight: Sight, every: tuple[Element, ...]) -> Element | None:
    """The field in or above which a label is drawn that its widget does not tell."""
    if not every:
        return None
    for line in sight.drawn.lines:
        if alike(name, line.text) < 90:
            continue
        for field in every:
            around = field.box.left - 8 <= line.box.center.x <= field.box.right
            if around and field.box.top - 2.2 * line.box.height <= line.box.center.y < field.box.bottom:
                return field
    return None


def _unseen(name: str, turn: Turn) -> Outcome:
    scrolls = sum(isinstance(step.decision.move, Scroll) for step in turn.acts)
    seen = turn.sight.seen
    if turn.waits < 1:
        return Act(Wait(0.4), f"no field for {name!r} yet")
    if scrolls < 4 and fields(seen):
        at = fields(seen)[0].box.center
        return Act(Scroll(at, "down" if scrolls < 2 else "up", 3), f"the field for {name!r} may be further on")
    return Failed(f"no field here is for {name!r}; the screen shows: {shown(seen)}")


def _write(field: Element, name: str, text: str, adding: bool, turn: Turn) -> Outcome:
    """Give the field the focus, take away what it held, type."""
    last = turn.acts[-1].decision if turn.acts else None
    typed = sum(isinstance(s.decision.move, TypeText) and s.decision.move.text == text for s in turn.acts)
    tries = typed - sum(each.text == text for each in fields(turn.sight.seen))
    if tries > 0 or any(isinstance(step.decision.move, TypeText) for step in turn.refused):
        if turn.waits < 2:
            return Act(Wait(0.3), "the text is not there yet")
        why = turn.refused[-1].error if turn.refused else f"the field holds {field.text!r}"
        return Failed(f"typed {text!r}: {why}")
    here = last is not None and isinstance(last.move, Click) and last.move.at in field.box
    ready = last is not None and isinstance(last.move, Press) and len(turn.acts) > 1
    if not field.focused and not here and not ready:
        if sum(isinstance(s.decision.move, Click) and s.decision.move.at in field.box for s in turn.acts) > 2:
            return Failed(f"the field {field.text!r} does not take the focus")
        return Act(Click(field.box.center), f"the field {field.text!r}")
    if not ready and alike(name, field.text) < 76:
        if adding:
            return Act(Press(("ctrl", "move_end")), "to the end of what is written")
        return Act(Press(("ctrl", "a")), "what the field holds is replaced")
    return Act(TypeText(f"\n{text}" if adding else text))


def commit(part: Commit, turn: Turn) -> Outcome:
    """Press the button that keeps or sends, and see the form go, or its field emptied."""
    seen = turn.sight.seen
    if turn.acts:
        before = turn.acts[0].seen
        gone = [f.text for f in fields(before)] != [f.text for f in fields(seen)] or seen.front != before.front
        if gone and turn.changed:
            return Done("the form is gone")
        if turn.waits < 3:
            return Act(Wait(0.4), "the form is still there")
        return Failed(f"pressed {part.words[0]!r}, and the form is still there; the screen shows: {shown(seen)}")
    button = keeper(part.words, seen)
    if button is not None:
        return Act(Click(button.box.center), f"{button.text!r} keeps it")
    if turn.waits < 1:
        return Act(Wait(0.4), "no button to keep it yet")
    return Act(Press(("enter",)), "no button keeps it: Enter")


def keeper(words: tuple[str, ...], seen: Observation) -> Element | None:
    """The button that says the first of `words`."""
    for word in words:
        for element in widgets(seen):
            if element.role in ("button", "image") and element.text.lower().split()[:1] == [word.lower()]:
                return element
    return None


def shown(seen: Observation) -> str:
    """What the screen says, for people."""
    return "; ".join(line.text for line in text_of(seen).lines[:12]) or "nothing"
