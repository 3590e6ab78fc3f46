"""Deals with numbers on a page: has one made, guesses one."""

import itertools
import re

from agent.builtin.instructions import Target
from agent.builtin.missing import missing
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.page.deeds_of_text import Guess, PressUntil
from agent.builtin.page.fields import text_boxes, typing_spot
from agent.builtin.page.filling import first_sight, typed
from agent.builtin.screen_text import Word
from agent.builtin.targets import Sight, find
from devices import Click, Press, TypeText

FIGURES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "−": "-", "–": "-"})
LOWER = r"\b(?:lower|less|smaller|below|too (?:high|big|large))\b"
HIGHER = r"\b(?:higher|greater|larger|bigger|more|above|too (?:low|small))\b"


def number_in(text: str) -> int | None:
    plain = text.translate(FIGURES).replace(" ", "")
    return int(plain) if re.fullmatch(r"-?\d{1,9}", plain) else None


def numbers(sight: Sight) -> list[tuple[int, Word]]:
    """The numbers that stand alone, on no button and in no field, in reading order."""
    found = []
    for line in sight.text.lines:
        value = number_in(line.text)
        if value is not None and not any(line.box.center in frame for frame in sight.text.frames):
            found.append((value, Word(line.text, line.box, 1.0)))
    return found


def press_until(part: PressUntil, turn: Turn) -> Outcome:
    shown = numbers(turn.sight)
    if turn.acts and shown and _is_as(shown[0][0], part):
        return Done(f"{shown[0][0]} is {part.wish}")
    places = find(Target(part.button, "button"), turn.sight)
    return Act(Click(places[0].at), places[0].why) if places else missing(Target(part.button, "button"), turn)


def _is_as(number: int, wished: PressUntil) -> bool:
    match wished.wish:
        case "less":
            return number < wished.bound
        case "more":
            return number > wished.bound
        case "odd":
            return number % 2 == 1
        case _:
            return number % 2 == 0


def guess(part: Guess, turn: Turn) -> Outcome:
    guesses = [int(text) for text in typed(turn)]
    low, high = part.low, part.high
    for one, following in itertools.pairwise(guesses):
        low, high = (one + 1, high) if following > one else (low, one - 1)
    last = turn.acts[-1].decision.move if turn.acts else None
    first = first_sight(turn)
    boxes = text_boxes(first.text, first.seen.pixels)
    button = find(Target(part.button, "button"), first)
    if not boxes or not button:
        return missing(Target("", "field"), turn)
    at = typing_spot(boxes[0])
    if isinstance(last, TypeText):
        return Act(Click(button[0].at), "what does it say?")
    if isinstance(last, Press) or (isinstance(last, Click) and last.at in boxes[0] and not guesses):
        return Act(TypeText(str(_next(low, high, guesses, turn))))
    if isinstance(last, Click) and last.at in boxes[0]:
        return Act(Press(("ctrl", "a")))
    if guesses:
        said = str(turn.sight.text)
        if not re.search(LOWER, said, re.IGNORECASE) and not re.search(HIGHER, said, re.IGNORECASE):
            return Done("the page asks for no other guess")
        if len(guesses) > part.high - part.low:
            return Failed(f"none of {guesses} was the number")
    return Act(Click(at))


def _next(low: int, high: int, guesses: list[int], turn: Turn) -> int:
    if guesses:
        if re.search(LOWER, str(turn.sight.text), re.IGNORECASE):
            high = guesses[-1] - 1
        else:
            low = guesses[-1] + 1
    return max(low, (low + high) // 2)
