"""`screenhand calibrate`: measures the coordinate space that a model points in, and keeps it."""

from functools import partial
from typing import TYPE_CHECKING

import typer

from agent.cli.model_options import ModelOptions, open_model, with_model_options
from agent.cli.stderr import Printer, stderr_console

if TYPE_CHECKING:
    from agent.calibration.calibrate import Calibration
    from devices import Stop


@with_model_options
def calibrate(*, model_options: ModelOptions) -> None:
    """Find out in which numbers a model points, and keep it for later runs.

    Examples:

    screenhand calibrate --endpoint http://localhost:8000/v1 --model NAME

    screenhand calibrate --model Qwen/Qwen2.5-VL-3B-Instruct

    It is shown two pictures with eight coloured crosses each, and asked where they are. The answers tell pixels of
    the picture sent, of what the server made of it, and fractions from each other. The exit code is 1 for a model
    that cannot point well enough: nothing is kept then.
    """
    from agent.calibration.candidate_spaces import describe_space
    from agent.calibration.space_fit import CalibrationFailed
    from agent.endings import CHECK_FAILED, EXIT_CODES, ending_of
    from agent.models.chat import ModelFailed
    from devices import Stop, Stopped

    if not model_options.names_model:
        raise typer.BadParameter("name what to calibrate: --model, or --endpoint with --model", param_hint="--model")
    say, stop = Printer(stderr_console()), Stop()
    try:
        with stop.on_ctrl_c():
            result, dialect = stop.call(partial(_calibration, model_options, stop, say))
    except CalibrationFailed as fault:
        say(f"not calibrated: {fault}", "red")
        raise typer.Exit(CHECK_FAILED) from fault
    except (ModelFailed, Stopped, KeyboardInterrupt) as fault:
        ending, reason = ending_of(fault)
        say(reason, "red")
        raise typer.Exit(EXIT_CODES[ending]) from fault
    judgement = result.fit
    for lost in judgement.astray:
        say(f"{lost.what} at {lost.at} was said to be at ({lost.numbers[0]:g}, {lost.numbers[1]:g})", "yellow")
    if judgement.rivals:
        others = ", or ".join(describe_space(space) for space in judgement.rivals)
        say(f"its answers are too rough to tell this from {others}", "yellow")
    typer.echo(f"it points in {describe_space(judgement.space)}")
    typer.echo(
        f"residual: {judgement.residual:.1f} px, the median of {result.answered} answers to {result.asked} questions"
    )
    _save(model_options, dialect, result)


def _calibration(options: ModelOptions, stop: "Stop", say: Printer) -> "tuple[Calibration, str]":
    """The calibration of the model of `options`, and the name of the dialect that it was asked in."""
    from rich.progress import Progress

    from agent.calibration.calibrate import calibrate as calibration_of

    console = stderr_console()
    with open_model(options, stop, say, calibrated=False) as (model, dialect):
        say(f"showing {model.name} two pictures with crosses at known places")
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("asking where they are", total=None)
            result = calibration_of(model, dialect, lambda done, of: bar.update(task, completed=done, total=of))
    return result, dialect.name


def _save(options: ModelOptions, dialect: str, result: "Calibration") -> None:
    from agent.calibration.profile import Profile, save_profile

    judgement = result.fit
    profile = Profile(str(options.model), options.endpoint or "", dialect, judgement.space, judgement.residual)
    try:
        typer.echo(f"kept for later runs in {save_profile(profile)}")
    except OSError as error:
        raise typer.BadParameter(f"the profile cannot be written: {error}", param_hint="XDG_CONFIG_HOME") from error
