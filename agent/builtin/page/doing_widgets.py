"""Does the deeds of web pages that are about widgets and shapes."""

from agent.builtin.outcome import Failed, Outcome, Turn
from agent.builtin.page import exploring, picking
from agent.builtin.page.deeds_of_widgets import Explore, PickEach, PickFrom, Unfold, WidgetDeed


def outcome_of_widgets(part: WidgetDeed, turn: Turn) -> Outcome:
    """What `part` comes to now."""
    match part:
        case Explore():
            return exploring.explore(part, turn)
        case Unfold():
            return exploring.unfold(part, turn)
        case PickEach():
            return picking.pick_each(part, turn)
        case PickFrom():
            return picking.pick_from(part, turn)
        case _:
            return Failed(f"{part} is not known yet")
