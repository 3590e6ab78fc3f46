"""How much of what accessibility lists is found by pixels alone, what is invented, and how long it takes.

An element of the device's counts as found where a parsed one lies over half of the same box, or a line of text lies in
it, and the names are alike. A parsed element counts as invented where it touches nothing that the device lists.
"""

import statistics
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from rich.console import Console
from rich.table import Table

from agent.screen.ocr import Reader
from agent.screen.overlap import edges_of, intersection_over_union, shared
from agent.screen.parser import ScreenParser
from devices import ActionRefused, Element, Observation, OpenApp, Press, Stop
from devices.desktop.sandbox import Sandbox
from devices.settled import Settled

APPLICATIONS = ("mousepad", "pcmanfm", "galculator", "featherpad", "thunar", "gnome-calculator", "chromium")
TIMES = 5
ALIKE = 80.0
"""Minimum similarity, 0 to 100, of two names that are the same."""


@dataclass(frozen=True, slots=True)
class Truth:
    """Of `listed` elements with a name how many were `placed` and `named`; of `parsed` how many `invented`."""

    listed: int
    placed: int
    named: int
    parsed: int
    invented: int


def truth_of(seen: Observation, parsed: Sequence[Element]) -> Truth:
    """`parsed` by pixels alone, measured by what the device lists on `seen`."""
    every = [each for each in seen.elements if each.role != "window" and min(each.box.width, each.box.height) > 3]
    listed = [each for each in every if each.text]
    found = [each for each in parsed if each.role != "window"]
    boxes, all_edges = edges_of([each.box for each in found]), edges_of([each.box for each in every])
    placed = named = 0
    for each in listed:
        over = [found[i] for i in (intersection_over_union(each.box, boxes) > 0.5).nonzero()[0]] if found else []
        inside = [other for other in found if other.source == "text" and other.box.center in each.box]
        placed += bool(over or inside)
        named += any(_alike(each, other) for other in (*over, *inside))
    invented = sum(not (shared(each.box, all_edges) > 0).any() for each in found) if every else len(found)
    return Truth(len(listed), placed, named, len(found), invented)


def _alike(one: Element, other: Element) -> bool:
    mine, theirs = one.text.lower().strip(), other.text.lower().strip()
    return bool(theirs) and (fuzz.ratio(mine, theirs) >= ALIKE or (len(theirs) >= 3 and theirs in mine))


def milliseconds(before: Observation, after: Observation) -> tuple[float, float]:
    """Medians of parsing `before` with nothing known, and `after` then."""
    cold: list[float] = []
    warm: list[float] = []
    for _ in range(TIMES):
        reader = Reader()
        reader.read(replace(before, pixels=before.pixels[:64, :64].copy()))  # the model is loaded by now
        parser = ScreenParser(reader)
        for seen, spent in ((before, cold), (after, warm)):
            started = time.perf_counter()
            _ = parser.parse(seen).elements
            spent.append(1000 * (time.perf_counter() - started))
    return statistics.median(cold), statistics.median(warm)


def main(names: Sequence[str]) -> None:
    stop, console = Stop(), Console()
    table = Table("window", "listed", "placed", "named", "parsed", "invented", "cold ms", "little changed ms")
    for name in names:
        with closing(Sandbox(stop)) as sandbox:
            try:
                sandbox.perform(OpenApp(name))
            except ActionRefused as refused:
                console.print(f"{name}: {refused}", style="dim")
                continue
            stop.wait(3.0)  # an application's tree may come later than its window
            settled = Settled(sandbox, stop)
            seen = settled.observe().in_memory()
            settled.perform(Press(("tab",)))
            later = settled.observe().in_memory()
        windows = tuple(each for each in seen.elements if each.role == "window")
        bare, little = replace(seen, elements=windows), replace(later, elements=windows)
        truth = truth_of(seen, ScreenParser().parse(bare).elements)
        figures = (truth.listed, truth.placed, truth.named, truth.parsed, truth.invented)
        table.add_row(name, *map(str, figures), *(f"{spent:.0f}" for spent in milliseconds(bare, little)))
    console.print(table)


if __name__ == "__main__":
    main(sys.argv[1:] or APPLICATIONS)
