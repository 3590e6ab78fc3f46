"""A live run as one HTML page: rates, and a cell for every episode that leads to its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from agent.evaluate.live.folder import Results
from agent.evaluate.live.results import Result
from agent.evaluate.live.settings import Settings
from agent.evaluate.live.summary import Sum, Summary
from agent.evaluate.live.trials import Unit
from agent.report.page import environment


@dataclass(frozen=True, slots=True)
class Cell:
    """One episode: how it went in a word, what to say of it, and where its page is; "" where there is none."""

    seed: int
    state: str
    told: str
    page: str


@dataclass(frozen=True, slots=True)
class Row:
    """One task, with a cell for each seed."""

    task: str
    sums: Sum
    cells: tuple[Cell, ...]


def write_evaluation(kept: Results, settings: Settings, summary: Summary) -> Path:
    """Write the page of all results in `kept` to its index.html (0600) and name it. Raises `OSError`.

    All text is escaped; the page loads nothing, and leads only to pages in the same folder.
    """
    done = {result.unit: result for result in summary.whole.results}
    rows = [
        Row(task, sums, tuple(_cell(kept, Unit(task, seed), done) for seed in settings.seeds))
        for task, sums in summary.by_task.items()
    ]
    page = (
        environment()
        .get_template("evaluation.html")
        .render(settings=settings, summary=summary, rows=rows, policy=_in_words(settings.policy), faults=_faults(rows))
    )
    path = kept.path / "index.html"
    path.touch(0o600)
    path.write_text(page, encoding="utf-8", errors="backslashreplace")
    return path


def _cell(kept: Results, unit: Unit, done: Mapping[Unit, Result]) -> Cell:
    result, page = done.get(unit), kept.episode(unit) / "index.html"
    link = quote(str(page.relative_to(kept.path))) if page.is_file() else ""
    if result is None:
        return Cell(unit.seed, "missing", "not done yet", "")
    if result.fault:
        return Cell(unit.seed, "fault", result.fault, link)
    told = f"{result.ending}, {result.steps} steps, {result.seconds:.1f} s: {result.reason}"
    return Cell(unit.seed, "good" if result.passed else "part" if result.value else "bad", told, link)


def _faults(rows: Sequence[Row]) -> list[tuple[str, str]]:
    return [(f"{row.task}/{cell.seed}", cell.told) for row in rows for cell in row.cells if cell.state == "fault"]


def _in_words(policy: Mapping[str, object]) -> str:
    """The policy's name, and whatever of its settings was set."""
    said = [f"{key}={value}" for key, value in policy.items() if key != "name" and value not in (None, False, "auto")]
    return ", ".join([str(policy.get("name", "")), *said])
