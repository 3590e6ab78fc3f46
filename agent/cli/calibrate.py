"""`screenhand calibrate`: in which numbers a model points, found out and kept."""

from functools import partial
from typing import TYPE_CHECKING

import typer

from agent.cli.looking import printable
from agent.cli.models import ModelOrder, asks_a_model, opened_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent.calibration.calibrate import Calibration
    from devices import Stop


@asks_a_model
def calibrate(*, asked: ModelOrder) -> None:
    from rich.console import Console
    from rich.markup import escape

    from agent.calibration.candidate_spaces import describe_space
    from agent.calibration.space_fit import CalibrationFailed
    from agent.endings import CHECK_FAILED, EXIT_CODES, ending_of
    from agent.models.chat import ModelFailed
    from devices import Stop, Stopped

    if not asked.wanted:
        raise typer.BadParameter("name what to calibrate: --model, or --endpoint with --model", param_hint="--model")
    console, stop = Console(stderr=True, highlight=False, soft_wrap=True), Stop()

    def say(text: str, style: str = "dim") -> None:
        console.print(escape(printable(text)), style=style)

    try:
        with stop.on_ctrl_c():
            found, dialect = stop.call(partial(_calibration, asked, stop, say))
    except CalibrationFailed as fault:
        say(f"not calibrated: {fault}", "red")
        raise typer.Exit(CHECK_FAILED) from fault
    except (ModelFailed, Stopped, KeyboardInterrupt) as fault:
        ending, told = ending_of(fault)
        say(told, "red")
        raise typer.Exit(EXIT_CODES[ending]) from fault
    judgement = found.fit
    for lost in judgement.astray:
        say(f"{lost.what} at {lost.at} was said to be at ({lost.numbers[0]:g}, {lost.numbers[1]:g})", "yellow")
    if judgement.rivals:
        others = ", or ".join(describe_space(space) for space in judgement.rivals)
        say(f"its answers are too rough to tell this from {others}", "yellow")
    typer.echo(f"it points in {describe_space(judgement.space)}")
    typer.echo(
        f"residual: {judgement.residual:.1f} px, the median of {found.answered} answers to {found.asked} questions"
    )
    _keep(asked, dialect, found)


def _calibration(asked: ModelOrder, stop: "Stop", say: "Callable[[str], None]") -> "tuple[Calibration, str]":
    """What was found, and the dialect that the model was asked in."""
    from rich.console import Console
    from rich.progress import Progress

    from agent.calibration.calibrate import calibrate as calibration_of

    console = Console(stderr=True)
    with opened_model(asked, stop, say, calibrated=False) as (model, dialect):
        say(f"showing {model.name} two pictures with crosses at known places")
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("asking where they are", total=None)
            found = calibration_of(model, dialect, lambda done, of: bar.update(task, completed=done, total=of))
    return found, dialect.name


def _keep(asked: ModelOrder, dialect: str, found: "Calibration") -> None:
    from agent.calibration.profile import Profile, save_profile

    judgement = found.fit
    profile = Profile(str(asked.model), asked.endpoint or "", dialect, judgement.space, judgement.residual)
    try:
        typer.echo(f"kept for later runs in {save_profile(profile)}")
    except OSError as error:
        raise typer.BadParameter(f"the profile cannot be written: {error}", param_hint="XDG_CONFIG_HOME") from error
