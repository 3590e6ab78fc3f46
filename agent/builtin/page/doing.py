"""Does what only a web page is told."""

from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.page.deeds import PageDeed
from agent.builtin.page.deeds_of_drawing import DrawingDeed
from agent.builtin.page.deeds_of_values import ValueDeed
from agent.builtin.page.deeds_of_widgets import WidgetDeed
from agent.builtin.page.doing_drawing import outcome_of_drawing
from agent.builtin.page.doing_text import outcome_of_text
from agent.builtin.page.doing_values import outcome_of_values
from agent.builtin.page.doing_widgets import outcome_of_widgets
from devices import Click, Wait


def outcome_on_page(part: PageDeed, turn: Turn) -> Outcome:
    """What `part` comes to now; the goal's last click is only believed when something on the screen changed by it."""
    outcome = _outcome(part, turn)
    clicked = turn.acts and isinstance(turn.acts[-1].decision.move, Click)
    if not isinstance(outcome, Done) or turn.more or not clicked or turn.changed:
        return outcome
    if not turn.waits:
        return Act(Wait(0.3), "nothing changed yet: looking again")
    return Failed("the last click changed nothing on the screen")


def _outcome(part: PageDeed, turn: Turn) -> Outcome:
    if isinstance(part, WidgetDeed):
        return outcome_of_widgets(part, turn)
    if isinstance(part, DrawingDeed):
        return outcome_of_drawing(part, turn)
    if isinstance(part, ValueDeed):
        return outcome_of_values(part, turn)
    return outcome_of_text(part, turn)
