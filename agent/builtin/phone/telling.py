"""Answers questions with what a phone's widgets say, and goes where the answer may be."""

import re

from agent.builtin.answers import answer
from agent.builtin.instructions import Tell
from agent.builtin.outcome import Failed, Outcome, Turn
from agent.builtin.phone.finding import row_value, switch_named
from agent.builtin.phone.locating import way_to
from agent.builtin.phone.vocabulary import SETTINGS
from agent.builtin.phone.widgets import fields, widgets
from agent.builtin.targets import Sight

WHETHER = re.compile(r"whether (.+) is on")
"""A question for a switch, as it is read."""


def told(part: Tell, sight: Sight) -> str | None:
    """What `part` asks for, as it is written; None when nothing on the screen reads like it."""
    seen = sight.seen
    if not widgets(seen):
        return answer(part, sight)
    if (switch := WHETHER.fullmatch(part.what)) is not None:
        found = switch_named(switch[1], seen)
        return None if found is None else f"{switch[1]} is {'on' if found.checked else 'off'}"
    if part.what:
        return row_value(part.what, seen, numeric="number" in part.what.lower()) or answer(part, sight)
    written = [each.text for each in fields(seen) if not each.text.lower().startswith("search")]
    return "\n".join(written) or str(sight.text) or None


def look_for(part: Tell, turn: Turn) -> Outcome:
    """The way to a screen that tells it."""
    if not part.what:
        return Failed("nothing is written here")
    if (switch := WHETHER.fullmatch(part.what)) is not None:
        name = switch[1]
        return way_to(name, lambda seen: switch_named(name, seen) is not None, SETTINGS, turn)
    return way_to(part.what, lambda seen: bool(row_value(part.what, seen)), SETTINGS, turn)
