"""The metrics of a comparison as the rows of a table, every number beside those of the blind baselines."""

from collections.abc import Mapping
from typing import Literal

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from agent.evaluate.metrics import Metrics
from agent.evaluate.protocols import ASKED_FOR, Ask, Protocol
from agent.evaluate.rates import Rate

Row = tuple[str, list[str]]
"""The name of a metric; its value with the interval and the counts, then that of each baseline."""


def metrics_table(
    policy: str, metrics: Metrics, blind: Mapping[str, Metrics], protocol: Protocol, ask: Ask | Literal[""] = ""
) -> Table:
    """The table of `metrics` under `protocol`, with a column for each of the `blind` baselines."""
    title = f"{protocol.title}, {metrics.counts['steps']:,} steps{question_note(protocol, ask)}"
    table = Table("", escape(policy), *blind, title=Text(title), title_justify="left", box=None, pad_edge=False)
    for name, cells in metrics_rows(metrics, blind):
        table.add_row(Text(name), *cells)
    return table


def question_note(protocol: Protocol, ask: Ask | Literal[""]) -> str:
    """What was asked, for a title that names `protocol`; "" where it is not known."""
    if not ask:
        return ""
    own = "" if ask == protocol.ask else f" (the protocol's own question: {ASKED_FOR[protocol.ask]})"
    return f", asked for {ASKED_FOR[ask]}{own}"


def metrics_rows(metrics: Metrics, blind: Mapping[str, Metrics]) -> list[Row]:
    """A row for each metric."""
    columns = [metrics, *blind.values()]
    rates: list[tuple[str, list[Rate]]] = [
        ("exact match", [each.exact_match for each in columns]),
        ("type accuracy", [each.type_accuracy for each in columns]),
        ("grounding (on the target)", [each.grounding for each in columns]),
        ("task success", [each.success for each in columns]),
        ("unreadable", [metrics.unreadable]),
    ]
    rates += [(f"  {name}", [each.by_type.get(name, Rate(0, 0)) for each in columns]) for name in metrics.by_type]
    rates += [(f"  {name}", [each.by_group.get(name, Rate(0, 0)) for each in columns]) for name in metrics.by_group]
    means = [("goal progress", [each.goal_progress for each in columns])]
    if metrics.groups:
        means.append((f"mean of {len(metrics.by_group)} cells", [each.mean_of_groups for each in columns]))
    if metrics.mean_score is not None and abs(metrics.mean_score - (metrics.exact_match.share or 0)) > 1e-9:
        means.append(("mean score", [each.mean_score for each in columns]))
    rows = [(name, [str(values[0]), *(_percent(rate.share) for rate in values[1:])]) for name, values in rates]
    rows += [(name, [_percent(share) for share in values]) for name, values in means]
    distances = [each.median_pixels for each in columns]
    return [*rows, ("distance, median", ["-" if each is None else f"{each:.0f} px" for each in distances])]


def metrics_notes(metrics: Metrics) -> list[str]:
    """Lines to print below the table: what is in no rate, and the cost in tokens and seconds."""
    counts, notes = metrics.counts, []
    if counts["not judged"]:
        notes.append(f"{counts['no say']:,} steps are in no rate: the protocol does not judge them")
    if counts["faults"]:
        notes.append(f"{counts['faults']:,} steps are faults, in no rate: the policy could not be asked")
    if counts["prompt"]:
        notes.append(f"{counts['prompt']:,} tokens read, {counts['completion']:,} written")
    if metrics.seconds:
        notes.append(f"{metrics.seconds:.1f} s to decide, {metrics.seconds / max(1, counts['asked']):.2f} s a step")
    return notes


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"
