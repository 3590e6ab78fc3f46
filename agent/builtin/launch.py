"""Opens applications, files and folders."""

from agent.builtin.aim import aimed, point_on, why_this
from agent.builtin.context import StepContext
from agent.builtin.effect import changed, painted
from agent.builtin.instructions import ClickOn, OpenApplication, OpenItem
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.builtin.pointer_control import click
from agent.grounding.find import Candidate, find
from agent.grounding.geometry import front_window
from agent.grounding.resolve import resolve
from agent.grounding.role_fit import is_control
from agent.grounding.target import Target
from agent.grounding.windows import named_window
from devices import Action, Click, Element, OpenApp, Press, TypeText, Wait

ONCE = {"button", "link", "menu", "menuitem", "tab", "choice"}
"""What one click opens; icons, files and the rows of lists want two on a computer."""

DISCLOSED = frozenset("▶▸►▼▾▲")
"""The triangle before what a click unfolds, where it is read: a second click would fold it again."""


def open_application(command: OpenApplication, context: StepContext) -> Outcome:
    """Start it; where no application is called so, open what bears the name on the screen."""
    if not context.tries:
        return Act(OpenApp(command.name))
    if context.clicks:
        return click(ClickOn(Target(command.name)), context)
    if context.acts:
        appeared = not context.same_windows  # its window is there, and is painted when it can
        if painted(context):
            return Done()
        if context.waits >= (12 if appeared else 3):
            known = appeared or context.seen.surface == "phone" or named_window(command.name, context.screen)
            return Done() if known else Failed(f"{command.name!r} was started, and nothing changed on the screen")
        return Act(Wait(0.5), "its window is not there yet")
    found = resolve(Target(command.name), context.screen)
    if not isinstance(found, Candidate) or len(context.refused) > 1:
        why = context.refused[0].error if context.refused else "it was not started"
        return Failed(f"{why}; and {found if not isinstance(found, Candidate) else 'it could not be clicked'}")
    return Act(_opening(found.element, context), f"no such application, but {found.why}", found.element)


def _opening(element: Element, context: StepContext) -> Click:
    fresh = context.screen.fresh
    new = fresh is not None and element.box.center in fresh
    once = new or context.seen.surface == "phone" or element.role in ONCE or element.text[:1] in DISCLOSED
    return Click(point_on(element, context.screen), times=1 if once else 2)


def open_item(command: OpenItem, context: StepContext) -> Outcome:
    """Open what is on the screen; on a computer, a file that is not is opened through the open dialog."""
    moves = [step.decision.move for step in context.acts]
    if moves and isinstance(moves[0], Click):
        return click(ClickOn(command.target, times=moves[0].times), context)
    if not moves and (find(command.target, context.screen) or not _is_file(command.target, context)):
        found = aimed(command.target, context)
        if not isinstance(found, Candidate):
            return found
        if context.seen.surface == "phone" and not is_control(found.element):
            return Done(f"{command.target} is the title of this screen")
        return Act(_opening(found.element, context), why_this(command.target, found), found.element)
    return _through_dialog(command.target, context)


def _is_file(target: Target, context: StepContext) -> bool:
    """Whether the window in front may have a dialog to open it with."""
    computer = context.seen.surface == "computer"
    return computer and "." in target.text and front_window(context.screen) is not None


def _through_dialog(target: Target, context: StepContext) -> Outcome:
    moves = [step.decision.move for step in context.acts]
    script: tuple[Action, ...] = (Press(("ctrl", "o")), Press(("ctrl", "l")), TypeText(target.text), Press(("enter",)))
    called = moves and moves[-1] == script[0]
    if context.refused or (called and not changed(context) and context.waits):
        return Failed(f"{target} is not on the screen, and no dialog opens files here")
    if called and not changed(context):
        return Act(Wait(0.5), "the open dialog is not there yet")
    if len(moves) < len(script):
        return Act(script[len(moves)], f"{target} is not on the screen: through the open dialog")
    return Act(Wait(0.3), "the dialog may close") if context.closing else Done()
