"""`screenhand rerun`: recorded work done again, each target found on today's screen, without a model."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.device_option import (
    METAVAR,
    AccessibilityOption,
    DeviceName,
    NetworkOption,
    announce,
    choose_device,
    parse_device,
)
from agent.cli.model_options import ModelOptions
from agent.cli.run import ChecksOption, RecordOption
from agent.cli.stderr import exit_with

if TYPE_CHECKING:
    from agent.console import Narrator
    from agent.recordings.reader import Recording
    from agent.rerun.variables import Variables

Pairs = list[str] | None


def rerun(
    recording: Annotated[Path, typer.Argument(help="The folder of a recording.", show_default=False)],
    *,
    device: Annotated[
        DeviceName | None,
        typer.Option(
            "--device", help="Where to do it.", parser=parse_device, metavar=METAVAR, show_default="as recorded"
        ),
    ] = None,
    network: NetworkOption = False,
    accessibility: AccessibilityOption = True,
    var: Annotated[Pairs, typer.Option("--var", metavar="NAME=TEXT", help="Type TEXT for a variable.")] = None,
    let: Annotated[
        Pairs, typer.Option("--let", metavar="NAME=TEXT", help="From now on the typed TEXT is the variable NAME.")
    ] = None,
    heal: Annotated[
        str | None, typer.Option("--heal", metavar="MODEL", help="Ask it for a step that is not found; or 'builtin'.")
    ] = None,
    endpoint: Annotated[str | None, typer.Option("--endpoint", help="The server that knows the model.")] = None,
    dialect: Annotated[str, typer.Option("--dialect", help="How the model is spoken to.")] = "auto",
    key_file: Annotated[Path | None, typer.Option("--key-file", help="A file that holds the server's key.")] = None,
    check: ChecksOption = None,
    alike: Annotated[
        float, typer.Option("--alike", min=0.3, max=1.0, help="How much of a recorded window must be there again.")
    ] = 0.85,
    replay: Annotated[
        bool, typer.Option("--replay", help="On the recorded screens instead of a device: nothing is touched.")
    ] = False,
    patience: Annotated[float, typer.Option("--patience", min=0.0, help="Seconds that a screen is waited for.")] = 10.0,
    max_seconds: Annotated[float, typer.Option(min=0.1, help="Stop after so many seconds.")] = 1800.0,
    record: RecordOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object on standard output.")] = False,
) -> None:
    """Do the work of RECORDING again, without a model: each target is found on today's screen.

    Examples:

    screenhand rerun recordings/2026-01-31T09-05-59-open-the-text-editor

    screenhand rerun recordings/2026-01-31T09-10-00-add-a-contact --let name=Grace --var name=Ada --device simphone

    screenhand rerun recordings/2026-01-31T09-05-59-open-the-text-editor --heal Qwen/Qwen2.5-VL-3B-Instruct

    screenhand rerun recordings/2026-01-31T09-05-59-open-the-text-editor --replay

    A window may have been moved, scaled or given another theme. Each screen is waited for; where one is not as
    recorded nothing is touched and the run stops, with both pictures shown. `--heal` asks a model for that one
    step, and offers the new recording as the mended one. `--var` types another text for a recorded one that `--let`
    has named. The exit codes are those of `run`; without --check, the screen at the end must be as it was recorded.
    """
    from agent.cli.rerun_run import RerunOptions, run_again
    from agent.console import Narrator
    from agent.episode import Limits
    from agent.recordings.images import NoPicture
    from agent.recordings.reader import BadRecording, read_recording, refuse_bad_pictures
    from agent.recordings.untrusted import Untrusted
    from agent.rerun.policy import recorded_actions
    from agent.verdict import exit_code
    from tasks.checks import parse_check

    try:
        old = read_recording(recording, lazily=True)
        variables = _variables(old, let or (), var or ())
        checks = [parse_check(text) for text in check or ()]
        refuse_bad_pictures(old.episode)
        if not (count := len(recorded_actions(old.episode))):
            raise BadRecording(f"{recording} has no action that was carried out: there is nothing to do again")
    except (BadRecording, NoPicture, Untrusted, ValueError) as error:
        exit_with(error)
    if replay and (device or var or check):
        raise typer.BadParameter("no other device, text or check fits the recorded screens", param_hint="--replay")
    if endpoint and not heal:
        raise typer.BadParameter("name the model that the endpoint is to use", param_hint="--heal")
    narrator = Narrator(Limits(steps=count), quiet_stdout=as_json)
    model_options = ModelOptions(model=heal, endpoint=endpoint, dialect=dialect, key_file=key_file)
    name = None if replay else _device(device, old, narrator, network=network)
    name = replace(name, accessibility=accessibility) if name else None
    options = RerunOptions(old, name, variables, checks, record, alike, patience, max_seconds, model_options)
    result, details = run_again(options, narrator)
    narrator.result(result)
    if as_json:
        typer.echo(json.dumps(result.summary() | details))
    raise typer.Exit(exit_code(result.episode.ending, result.verdict, checked=bool(checks)))


def _variables(old: "Recording", let: Sequence[str], var: Sequence[str]) -> "Variables":
    """The recording's variables and their new texts; those declared now are kept beside it. Raises `ValueError`."""
    from agent.rerun.variables import (
        Variables,
        declare_variables,
        read_variables,
        typed_texts,
        variable_values,
        write_variables,
    )

    typed, before = typed_texts(old.episode), read_variables(old.folder)
    known = declare_variables(before, let, typed)
    values = variable_values(known, var)
    if known != before:
        write_variables(old.folder, known)
    return Variables(known, values)


def _device(name: DeviceName | None, old: "Recording", narrator: "Narrator", *, network: bool) -> DeviceName:
    """The device that was named, else the recorded one, else what this machine offers."""
    if name is None:
        with suppress(typer.BadParameter):
            name = parse_device(old.device)
        if name is not None:
            return announce(name, "as recorded", narrator.say, network=network)
    return choose_device(name, narrator.say, network=network)
