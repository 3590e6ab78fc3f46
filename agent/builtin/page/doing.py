"""Does what only a web page is told."""

from agent.builtin.outcome import Outcome, Turn
from agent.builtin.page.deeds import PageDeed
from agent.builtin.page.deeds_of_widgets import WidgetDeed
from agent.builtin.page.doing_text import outcome_of_text
from agent.builtin.page.doing_widgets import outcome_of_widgets


def outcome_on_page(part: PageDeed, turn: Turn) -> Outcome:
    """What `part` comes to now."""
    return outcome_of_widgets(part, turn) if isinstance(part, WidgetDeed) else outcome_of_text(part, turn)
