"""What compare and score share: the protocol asked for, the sums, how they are told."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import typer

from agent.evaluate.metrics import Metrics

if TYPE_CHECKING:
    from agent.evaluate.protocols import Protocol
    from agent.evaluate.scoring import Prediction, ScoredPrediction


@dataclass(frozen=True, slots=True)
class Tallies:
    """The sums of who was asked, and of those who look at nothing."""

    asked: Metrics = field(default_factory=Metrics)
    blind: dict[str, Metrics] = field(default_factory=dict)

    def summary(self) -> dict[str, Any]:
        return self.asked.summary() | {"baselines": {name: tally.summary() for name, tally in self.blind.items()}}


def protocol_of(name: str) -> "Protocol":
    """The protocol that was asked for; an unknown one is told with the known ones."""
    from agent.evaluate.protocols import protocol_named

    try:
        return protocol_named(name)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--protocol") from error


def tallied(
    predictions: "Iterable[Prediction]",
    rule: "Protocol",
    *,
    blind: bool,
    keep: "Callable[[ScoredPrediction], None] | None" = None,
) -> Tallies:
    """All `predictions` scored and summed; `keep` is shown each as it comes."""
    from agent.evaluate.baselines import BASELINES

    tallies = Tallies(blind={name: Metrics() for name in BASELINES} if blind else {})
    for scored in summed(predictions, rule, tallies):
        if keep:
            keep(scored)
    return tallies


def summed(predictions: "Iterable[Prediction]", rule: "Protocol", tallies: Tallies) -> "Iterator[ScoredPrediction]":
    """Each of `predictions` scored, after it went into `tallies`; whoever looks at nothing answers the same steps."""
    from agent.evaluate.baselines import baseline_moves
    from agent.evaluate.scoring import Prediction, score

    try:
        for prediction in predictions:
            scored = score(prediction, rule)
            tallies.asked.add(scored)
            if tallies.blind:
                at = prediction.episode, prediction.step, prediction.length, prediction.gold
                for name, move in baseline_moves(prediction.gold, *at[:2]).items():
                    tallies.blind[name].add(score(Prediction(*at, move), rule))
            yield scored
    finally:
        for tally in (tallies.asked, *tallies.blind.values()):
            tally.close()


def finished(name: str, tallies: Tallies, rule: "Protocol", *, as_json: bool) -> None:
    """Tell the outcome: a table for people, or one JSON object."""
    from rich.console import Console

    from agent.evaluate.tables import metrics_notes, metrics_table

    if as_json:
        title = {"protocol": rule.name, "version": rule.version, "of": name}
        typer.echo(json.dumps(title | tallies.summary()))
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, 160)
    console.print(metrics_table(name, tallies.asked, tallies.blind, rule))
    for note in metrics_notes(tallies.asked):
        console.print(note, style="dim", markup=False)
