"""Does the deeds of web pages that set values."""

from agent.builtin.outcome import Outcome, Turn
from agent.builtin.page import dates, sliders, values
from agent.builtin.page.deeds_of_values import PickDate, PutInto, PutShownColour, SlideTo, SpinTo, ValueDeed


def outcome_of_values(part: ValueDeed, turn: Turn) -> Outcome:
    """What `part` comes to now."""
    match part:
        case SlideTo():
            return sliders.slide_to(part, turn)
        case SpinTo():
            return values.spin_to(part, turn)
        case PutInto():
            return values.put_into(part, turn)
        case PutShownColour():
            return values.put_shown_colour(part, turn)
        case PickDate():
            return dates.pick_date(part, turn)
