"""Does the deeds of web pages that are about widgets and shapes."""

from agent.builtin.outcome import Outcome, Turn
from agent.builtin.page import exploring, menus, picking, shaping
from agent.builtin.page.deeds_of_widgets import (
    ClickShape,
    Explore,
    GridPoint,
    NameFigure,
    PickEach,
    PickFrom,
    Tally,
    ThroughMenu,
    Unfold,
    WidgetDeed,
)


def outcome_of_widgets(part: WidgetDeed, turn: Turn) -> Outcome:
    """What `part` comes to now."""
    match part:
        case ThroughMenu():
            return menus.through_menu(part, turn)
        case Explore():
            return exploring.explore(part, turn)
        case Unfold():
            return exploring.unfold(part, turn)
        case PickEach():
            return picking.pick_each(part, turn)
        case PickFrom():
            return picking.pick_from(part, turn)
        case ClickShape():
            return shaping.click_shape(part, turn)
        case Tally():
            return shaping.tally(part, turn)
        case NameFigure():
            return shaping.name_figure(part, turn)
        case GridPoint():
            return shaping.grid_point(part, turn)
