"""Does what only a web page is told."""

from agent.builtin.outcome import Outcome, Turn
from agent.builtin.page.deeds import PageDeed
from agent.builtin.page.deeds_of_drawing import DrawingDeed
from agent.builtin.page.deeds_of_values import ValueDeed
from agent.builtin.page.deeds_of_widgets import WidgetDeed
from agent.builtin.page.doing_drawing import outcome_of_drawing
from agent.builtin.page.doing_text import outcome_of_text
from agent.builtin.page.doing_values import outcome_of_values
from agent.builtin.page.doing_widgets import outcome_of_widgets


def outcome_on_page(part: PageDeed, turn: Turn) -> Outcome:
    """What `part` comes to now."""
    if isinstance(part, WidgetDeed):
        return outcome_of_widgets(part, turn)
    if isinstance(part, DrawingDeed):
        return outcome_of_drawing(part, turn)
    if isinstance(part, ValueDeed):
        return outcome_of_values(part, turn)
    return outcome_of_text(part, turn)
