"""Opens applications, files and folders."""

from agent.builtin.context import StepContext
from agent.builtin.instructions import ClickOn, OpenApplication, OpenItem
from agent.builtin.not_found import not_found, surroundings
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.builtin.pointer_control import click
from agent.grounding.find import find
from agent.grounding.target import Target
from agent.screen.windows import front_window
from devices import Action, Click, OpenApp, Press, TypeText, Wait


def open_application(command: OpenApplication, context: StepContext) -> Outcome:
    """Start it; where no application is called so, double-click what is labelled `name` on the screen."""
    if not context.tries:
        return Act(OpenApp(command.name))
    if context.acts:
        if context.changed or context.waits >= 3 or isinstance(context.acts[-1].decision.move, Click):
            return Done()
        return Act(Wait(0.5), "its window is not there yet")
    places = find(Target(command.name), context.screen)
    if not places or len(context.refused) > 1:
        return Failed(f"{context.refused[0].error}; and nothing on the screen is called {command.name!r}")
    place = places[0]
    front, fresh = front_window(context.screen.seen), context.screen.fresh
    in_menu = (fresh is not None and place.at in fresh) or (front and place.box.top < front.box.top + 60)
    once = in_menu or place.role == "button"
    return Act(Click(place.at, times=1 if once else 2), f"no such application, but {place.why}", place.element)


def open_item(command: OpenItem, context: StepContext) -> Outcome:
    """Double-click what is on the screen; open a file that is not through the open dialog."""
    moves = [step.decision.move for step in context.acts]
    places = find(command.target, context.screen)
    if any(isinstance(move, Click) for move in moves) or (not moves and places and places[0].score >= 85):
        return click(ClickOn(command.target, times=2), context)
    if not command.target.text or command.target.role == "item" or front_window(context.screen.seen) is None:
        return not_found(command.target, context)
    script: tuple[Action, ...] = (
        Press(("ctrl", "o")),
        Press(("ctrl", "l")),
        TypeText(command.target.text),
        Press(("enter",)),
    )
    called = moves and moves[-1] == script[0]
    if context.refused or (called and not context.changed and context.waits):
        return Failed(f"wanted to open {command.target}; {surroundings(command.target, context)}")
    if called and not context.changed:
        return Act(Wait(0.5), "the open dialog is not there yet")
    if len(moves) < len(script):
        return Act(script[len(moves)], f"{command.target} is not on the screen: through the open dialog")
    return Act(Wait(0.3), "the dialog may close") if context.closing else Done()
