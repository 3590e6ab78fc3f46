"""`screenhand score`: predictions judged under a named protocol, without a model."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.stderr import exit_with

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
    replies: Annotated[
        str | None,
        typer.Option("--replies", metavar="DIALECT", help="The lines are raw replies: read as that family's, or auto."),
    ] = None,
    shift: Annotated[
        str, typer.Option("--shift", metavar="DX,DY", help="With --data: the gold points moved by so many pixels.")
    ] = "0,0",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Judge predictions under a named protocol; no model is asked and no picture is needed.

    Examples:

    screenhand score predictions.jsonl --protocol androidcontrol-qwen

    screenhand score old.json --protocol androidcontrol-14pct --rescore new.json

    screenhand score test.jsonl --data androidcontrol --protocol androidcontrol-qwen --shift 60,60

    screenhand score replies.jsonl --replies auto --protocol screenspot

    A line of predictions holds `episode`, `step`, `gold` {`action`, `size`, `areas`, ...} and `predicted`; actions are
    those of recordings/README.md, which has a table of the protocols. `score` also takes what `compare --json` wrote.
    A line of raw replies holds `model`, `image_size`, `gold` {`bbox_xyxy`} and `reply`; what its source `reported` is
    counted beside ours.
    """
    from agent.cli.scores import print_scores, protocol_of, score_all
    from agent.evaluate.comparison_file import header_of, question_of, read_predictions
    from agent.evaluate.comparison_writer import ComparisonWriter
    from agent.recordings.reader import BadRecording
    from agent.recordings.untrusted import Untrusted

    rule = protocol_of(protocol)
    reported: list[tuple[bool, bool]] = []
    if replies is not None:
        read = _read_replies(predictions, replies, rule, reported)
    else:
        read = read_predictions(predictions, rule) if data is None else _gold_of(data, predictions, shift, rule)
    try:
        ask = "" if data or replies else question_of(predictions)
        header = header_of(rule, "rescored", str(predictions), ask)
        keeper = ComparisonWriter(rescore, header, rule.source) if rescore else None
        sums = score_all(read, rule, blind=baselines, keep=keeper.add if keeper else None)
        if keeper:
            keeper.close(sums.summary())
    except (Untrusted, BadRecording, OSError) as flaw:
        exit_with(flaw)
    print_scores(predictions.name, sums, rule, as_json=as_json, ask=ask)
    if reported and not as_json:
        theirs, ours = (sum(hits) for hits in zip(*reported, strict=True))
        both = sum(one and other for one, other in reported)
        typer.echo(
            f"of {len(reported):,} that the source judged, hits: {theirs:,} theirs, {ours:,} ours, {both:,} both"
        )


def _read_replies(
    path: Path, dialect: str, rule: "Protocol", reported: list[tuple[bool, bool]]
) -> "Iterator[Prediction]":
    """Raw replies as predictions; `reported` collects the source's verdict and ours where the source has one."""
    from agent.dialects.families import DIALECTS
    from agent.evaluate.replies import replies_in
    from agent.evaluate.scoring import score as score_one

    if dialect != "auto" and dialect not in DIALECTS:
        raise typer.BadParameter(f"auto, or one of {', '.join(DIALECTS)}; found {dialect!r}", param_hint="--replies")
    for each in replies_in(path, None if dialect == "auto" else dialect):
        if each.reported is not None:
            ours = score_one(each.prediction, rule).score
            reported.append((each.reported, bool(ours and ours.exact)))
        yield each.prediction


def _gold_of(data: str, source: Path, shift: str, rule: "Protocol") -> "Iterator[Prediction]":
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
