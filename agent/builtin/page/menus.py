"""Goes through menus that open where the pointer rests."""

from agent.builtin.instructions import Target
from agent.builtin.missing import missing
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.page.deeds_of_widgets import ThroughMenu
from agent.builtin.targets import find
from devices import Click, MoveTo, Wait


def through_menu(part: ThroughMenu, turn: Turn) -> Outcome:
    """Rest on each entry but the last, which is clicked."""
    if turn.acts:
        return Done("it was clicked")
    if turn.refused:
        return Failed(turn.refused[-1].error)
    rested = sum(
        isinstance(step.decision.move, MoveTo) and step.decision.thought.startswith("resting") for step in turn.tries
    )
    if turn.tries and isinstance(turn.tries[-1].decision.move, MoveTo):
        return Act(Wait(0.5), "what lies below it opens after a moment")
    name = part.names[min(rested, len(part.names) - 1)]
    places = find(Target(name), turn.sight)
    if not places:
        return missing(Target(name), turn)
    if rested < len(part.names) - 1:
        return Act(MoveTo(places[0].at), f"resting on {name!r}")
    return Act(Click(places[0].at), f"{name!r} is at {places[0].at}: {places[0].why}")
