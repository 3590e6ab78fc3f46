"""Opens applications, files and folders."""

from agent.builtin.instructions import ClickOn, OpenApplication, OpenItem, Target
from agent.builtin.missing import missing, surroundings
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.pointing import click
from agent.builtin.targets import find
from agent.builtin.windows import front_window
from devices import Action, Click, OpenApp, Press, TypeText, Wait


def open_application(part: OpenApplication, turn: Turn) -> Outcome:
    """Start it; where no application is called so, open what on the screen bears the name."""
    if not turn.tries:
        return Act(OpenApp(part.name))
    if turn.acts:
        if turn.changed or turn.waits >= 3 or isinstance(turn.acts[-1].decision.move, Click):
            return Done()
        return Act(Wait(0.5), "its window is not there yet")
    places = find(Target(part.name), turn.sight)
    if not places or len(turn.refused) > 1:
        return Failed(f"{turn.refused[0].error}; and nothing on the screen is called {part.name!r}")
    place = places[0]
    front = front_window(turn.sight.seen)
    once = "just appeared" in place.why or "button" in place.why or (front and place.box.top < front.box.top + 60)
    return Act(Click(place.at, times=1 if once else 2), f"no such application, but {place.why}")


def open_item(part: OpenItem, turn: Turn) -> Outcome:
    """Double-click what is on the screen; a file that is not, through the open dialog."""
    moves = [step.decision.move for step in turn.acts]
    places = find(part.target, turn.sight)
    if any(isinstance(move, Click) for move in moves) or (not moves and places and places[0].score >= 85):
        return click(ClickOn(part.target, times=2), turn)
    if not part.target.text or part.target.kind == "folder":
        return missing(part.target, turn)
    editor = front_window(turn.sight.seen) is None or any(isinstance(move, OpenApp) for move in moves)
    script: tuple[Action, ...] = (
        *((OpenApp("text editor"),) if editor else ()),
        Press(("ctrl", "o")),
        Press(("ctrl", "l")),
        TypeText(part.target.text),
        Press(("enter",)),
    )
    called = moves and moves[-1] == Press(("ctrl", "o"))
    if turn.refused or (called and not turn.changed and turn.waits):
        return Failed(f"wanted to open {part.target}; {surroundings(part.target, turn)}")
    if called and not turn.changed:
        return Act(Wait(0.5), "the open dialog is not there yet")
    if len(moves) < len(script):
        return Act(script[len(moves)], f"{part.target} is not on the screen: through the open dialog")
    return Act(Wait(0.3), "the dialog may close") if turn.closing else Done()
