"""The metrics of a comparison as a table, every number beside those of the blind baselines."""

from collections.abc import Mapping

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from agent.evaluate.metrics import Metrics
from agent.evaluate.protocols import Protocol
from agent.evaluate.rates import Rate


def metrics_table(policy: str, metrics: Metrics, blind: Mapping[str, Metrics], protocol: Protocol) -> Table:
    """The table of `metrics` under `protocol`, a column for each of the `blind` baselines."""
    title = f"{protocol.title}, {metrics.counts['steps']:,} steps"
    table = Table("", escape(policy), *blind, title=Text(title), title_justify="left", box=None, pad_edge=False)
    columns = [metrics, *blind.values()]
    rows: list[tuple[str, list[Rate]]] = [
        ("exact match", [each.right for each in columns]),
        ("type accuracy", [each.type_accuracy for each in columns]),
        ("grounding (on the target)", [each.grounding for each in columns]),
        ("task success", [each.success for each in columns]),
        ("unreadable", [metrics.unreadable]),
    ]
    rows += [(f"  {kind}", [each.by_kind.get(kind, Rate(0, 0)) for each in columns]) for kind in metrics.by_kind]
    rows += [(f"  {group}", [each.by_group.get(group, Rate(0, 0)) for each in columns]) for group in metrics.by_group]
    for name, rates in rows:
        table.add_row(Text(name), str(rates[0]), *(_short(rate.share) for rate in rates[1:]))
    shares = [("goal progress", [each.goal_progress for each in columns])]
    if metrics.groups:
        shares.append((f"mean of {len(metrics.by_group)} cells", [each.mean_of_groups for each in columns]))
    if metrics.mean_score is not None and abs(metrics.mean_score - (metrics.right.share or 0)) > 1e-9:
        shares.append(("mean score", [each.mean_score for each in columns]))
    for name, values in shares:
        table.add_row(name, *(_short(share) for share in values))
    distances = [each.median_pixels for each in columns]
    table.add_row("distance, median", *("-" if each is None else f"{each:.0f} px" for each in distances))
    return table


def metrics_notes(metrics: Metrics) -> list[str]:
    """Lines to print below the table: what is in no rate, and the cost in tokens and seconds."""
    counts, notes = metrics.counts, []
    if counts["no say"]:
        notes.append(f"{counts['no say']:,} steps are counted apart: the protocol has no say on them")
    if counts["faults"]:
        notes.append(f"{counts['faults']:,} steps are faults, in no rate: nobody could be asked")
    if counts["prompt"]:
        notes.append(f"{counts['prompt']:,} tokens read, {counts['completion']:,} written")
    if metrics.seconds:
        notes.append(f"{metrics.seconds:.1f} s to decide, {metrics.seconds / max(1, counts['asked']):.2f} s a step")
    return notes


def _short(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"
