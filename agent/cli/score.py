"""`screenhand score`: predictions judged under a named protocol, nobody asked."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from agent.episode import Move
    from agent.evaluate.gold import Gold
    from agent.evaluate.protocols import Protocol
    from agent.evaluate.scoring import Prediction

ProtocolName = Annotated[
    str, typer.Option("--protocol", help="The rule: screenhand, in-box, aitw, androidcontrol-qwen ...")
]
Baselines = Annotated[bool, typer.Option("--baselines/--no-baselines", help="Blind guesses beside every number.")]


def score(
    predictions: Annotated[
        Path,
        typer.Argument(help="JSON lines, or what compare --json wrote, or a data set with --data.", show_default=False),
    ],
    *,
    protocol: ProtocolName = "screenhand",
    baselines: Baselines = True,
    rescore: Annotated[
        Path | None, typer.Option("--rescore", metavar="NEW.json", help="Keep the new marks as a comparison.")
    ] = None,
    data: Annotated[
        str | None,
        typer.Option("--data", metavar="FORMAT", help="Score a data set's gold: aitz, androidcontrol ..."),
    ] = None,
    shift: Annotated[
        str, typer.Option("--shift", metavar="DX,DY", help="With --data: the gold points moved by so many pixels.")
    ] = "0,0",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    from agent.cli.comparing import finished, protocol_of, tallied
    from agent.evaluate.comparison_file import ComparisonWriter, read_predictions
    from agent.recordings.reader import BadRecording
    from agent.recordings.untrusted import Untrusted

    rule = protocol_of(protocol)
    found = read_predictions(predictions, rule) if data is None else gold_of(data, predictions, shift, rule)
    try:
        keeper = ComparisonWriter(rescore, rule, "rescored", str(predictions)) if rescore else None
        tallies = tallied(found, rule, blind=baselines, keep=keeper.add if keeper else None)
        if keeper:
            keeper.close(tallies.summary())
    except (Untrusted, BadRecording, OSError) as flaw:
        typer.secho(str(flaw), fg="red", err=True)
        raise typer.Exit(2) from flaw
    finished(predictions.name, tallies, rule, as_json=as_json)


def gold_of(data: str, source: Path, shift: str, rule: "Protocol") -> "Iterator[Prediction]":
    """The gold of a data set as predictions of itself, its points moved by `shift`."""
    from agent.evaluate.importers import READERS
    from agent.evaluate.scoring import Prediction, can_judge

    reader = READERS.get(data)
    if reader is None:
        raise typer.BadParameter(f"known are {', '.join(READERS)}; found {data!r}", param_hint="--data")
    try:
        right, down = map(int, shift.split(","))
    except ValueError as error:
        raise typer.BadParameter(f"two whole numbers, as 60,60; found {shift!r}", param_hint="--shift") from error

    def shifted(gold: "Gold") -> "Move":
        from dataclasses import replace

        from devices import Click, LongPress, Point

        move = gold.move
        if isinstance(move, Click | LongPress):
            return replace(move, at=Point(move.at.x + right, move.at.y + down))
        return move

    for imported in reader(source):
        length = sum(can_judge(step.gold, rule) for step in imported.steps)
        for index, step in enumerate(imported.steps):
            yield Prediction(imported.name, index, length, step.gold, shifted(step.gold))
