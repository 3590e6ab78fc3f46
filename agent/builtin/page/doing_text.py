"""Does the deeds of web pages that are about text."""

from agent.builtin.outcome import Failed, Outcome, Turn
from agent.builtin.page.deeds_of_text import TextDeed


def outcome_of_text(part: TextDeed, turn: Turn) -> Outcome:
    """What `part` comes to now."""
    del turn
    return Failed(f"{part} is not known yet")
