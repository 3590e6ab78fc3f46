"""`screenhand rerun`: recorded work done again, each target found on today's screen, nobody asked."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.models import ModelOrder
from agent.cli.run import Checks, Record
from agent.cli.screens import METAVAR, Network, Place, announced, chosen, read_place

if TYPE_CHECKING:
    from agent.console import Narrator
    from agent.reading import Recording
    from agent.rerun.variables import Variables
    from tasks.task import Check

Pairs = list[str] | None


@dataclass(frozen=True, slots=True)
class RerunOrder:
    """What a person asked `rerun` for, read and checked."""

    recording: "Recording"
    where: Place
    variables: "Variables"
    checks: "list[Check]"
    folder: Path | None
    alike: float
    patience: float
    max_seconds: float
    asked: ModelOrder


def rerun(
    recording: Annotated[Path, typer.Argument(help="The folder of a recording.", show_default=False)],
    *,
    where: Annotated[
        Place | None,
        typer.Option(
            "--device", help="Where to do it.", parser=read_place, metavar=METAVAR, show_default="as recorded"
        ),
    ] = None,
    network: Network = False,
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
    check: Checks = None,
    alike: Annotated[
        float, typer.Option("--alike", min=0.3, max=1.0, help="How much of a recorded window must be there again.")
    ] = 0.85,
    patience: Annotated[float, typer.Option("--patience", min=0.0, help="Seconds that a screen is waited for.")] = 10.0,
    max_seconds: Annotated[float, typer.Option(min=0.1, help="Stop after so many seconds.")] = 1800.0,
    record: Record = None,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object on standard output.")] = False,
) -> None:
    from agent.cli.redoing import done_again
    from agent.console import Narrator
    from agent.episode import Limits
    from agent.reading import BadRecording, read_recording
    from agent.rerun.policy import recorded_actions
    from agent.untrusted import Untrusted
    from agent.verdict import exit_code
    from tasks.checks import parse_check

    try:
        old = read_recording(recording, lazily=True)
        variables = _variables(old, let or (), var or ())
        checks = [parse_check(text) for text in check or ()]
    except (BadRecording, Untrusted, ValueError) as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(2) from error
    count = len(recorded_actions(old.episode))
    if not count:
        typer.secho(f"{recording} has no action that was carried out: there is nothing to do again", fg="red", err=True)
        raise typer.Exit(2)
    if endpoint and not heal:
        raise typer.BadParameter("name the model that the endpoint is to use", param_hint="--heal")
    narrator = Narrator(Limits(steps=count), quiet_stdout=as_json)
    asked = ModelOrder(model=heal, endpoint=endpoint, dialect=dialect, key_file=key_file)
    place = _place(where, old, narrator, network=network)
    order = RerunOrder(old, place, variables, checks, record, alike, patience, max_seconds, asked)
    outcome, told = done_again(order, narrator)
    narrator.ended(outcome)
    if as_json:
        typer.echo(json.dumps(outcome.summary() | told))
    raise typer.Exit(exit_code(outcome.episode.ending, outcome.verdict, checked=bool(checks)))


def _variables(old: "Recording", let: Sequence[str], var: Sequence[str]) -> "Variables":
    """The recording's variables and their new texts; those declared now are kept beside it. Raises `ValueError`."""
    from agent.rerun.variables import Variables, given, named, read_variables, typed_texts, write_variables

    typed, before = typed_texts(old.episode), read_variables(old.folder)
    known = named(before, let, typed)
    values = given(known, var, typed)
    if known != before:
        write_variables(old.folder, known)
    return Variables(known, values)


def _place(where: Place | None, old: "Recording", narrator: "Narrator", *, network: bool) -> Place:
    """The device asked for, else the recorded one, else what this machine offers."""
    if where is None:
        with suppress(typer.BadParameter):
            where = read_place(old.device)
        if where is not None:
            return announced(where, "as recorded", narrator.said, network=network)
    return chosen(where, narrator.said, network=network)
