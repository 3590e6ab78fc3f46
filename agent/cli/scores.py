"""What compare and score share: the protocol option, predictions scored and summed, the table of sums."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import typer

from agent.evaluate.metrics import Metrics

if TYPE_CHECKING:
    from agent.evaluate.protocols import Ask, Protocol
    from agent.evaluate.scoring import Prediction, ScoredPrediction


@dataclass(frozen=True, slots=True)
class ScoreSums:
    """The sums of the policy that was asked, and of the blind baselines by name."""

    asked: Metrics = field(default_factory=Metrics)
    blind: dict[str, Metrics] = field(default_factory=dict)

    def summary(self) -> dict[str, Any]:
        return self.asked.summary() | {"baselines": {name: metrics.summary() for name, metrics in self.blind.items()}}


def protocol_of(name: str) -> "Protocol":
    """The protocol of that name. Raises `BadParameter`, naming the known ones."""
    from agent.evaluate.protocols import protocol_named

    try:
        return protocol_named(name)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--protocol") from error


def score_all(
    predictions: "Iterable[Prediction]",
    rule: "Protocol",
    *,
    blind: bool,
    keep: "Callable[[ScoredPrediction], None] | None" = None,
) -> ScoreSums:
    """The sums of all `predictions` under `rule`; `keep` is called with each one's score as it comes."""
    from agent.evaluate.baselines import BASELINES

    sums = ScoreSums(blind={name: Metrics() for name in BASELINES} if blind else {})
    for scored in score_each(predictions, rule, sums):
        if keep:
            keep(scored)
    return sums


def score_each(predictions: "Iterable[Prediction]", rule: "Protocol", sums: ScoreSums) -> "Iterator[ScoredPrediction]":
    """Each of `predictions` scored, once it is added to `sums`; the blind baselines answer the same steps."""
    from agent.evaluate.baselines import baseline_moves
    from agent.evaluate.scoring import Prediction, score

    try:
        for prediction in predictions:
            scored = score(prediction, rule)
            sums.asked.add(scored)
            if sums.blind:
                at = prediction.episode, prediction.step, prediction.length, prediction.gold
                for name, move in baseline_moves(prediction.gold, *at[:2]).items():
                    sums.blind[name].add(score(Prediction(*at, move), rule))
            yield scored
    finally:
        for metrics in (sums.asked, *sums.blind.values()):
            metrics.close()


def print_scores(name: str, sums: ScoreSums, rule: "Protocol", *, as_json: bool, ask: "Ask | Literal['']" = "") -> None:
    """Print the sums: a table for people, or one JSON object; `ask` is what was asked, where that is known."""
    from rich.console import Console

    from agent.evaluate.tables import metrics_notes, metrics_table

    if as_json:
        title = {"protocol": rule.name, "version": rule.version, "of": name, "ask": ask}
        typer.echo(json.dumps(title | sums.summary()))
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, 160)
    console.print(metrics_table(name, sums.asked, sums.blind, rule, ask))
    for note in metrics_notes(sums.asked):
        console.print(note, style="dim", markup=False)
