"""A live run as one HTML page: rates, and a cell for every episode that leads to its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from agent.evaluate.live.results_folder import ResultsFolder, Settings
from agent.evaluate.live.summary import Summary, Totals
from agent.evaluate.live.trials import Trial, TrialResult
from agent.report.page import templates


@dataclass(frozen=True, slots=True)
class TrialCell:
    """One episode: its state in a word, a line of detail, and the link to its page; "" where there is none."""

    seed: int
    state: str
    detail: str
    page: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task, with a cell for each seed."""

    task: str
    totals: Totals
    cells: tuple[TrialCell, ...]


def write_results_page(results: ResultsFolder, settings: Settings, summary: Summary) -> Path:
    """Write the page of all results in `results` to its index.html (0600) and name it. Raises `OSError`.

    All text is escaped; the page loads nothing, and leads only to pages in the same folder.
    """
    done = {result.trial: result for result in summary.overall.results}
    rows = [
        TaskRow(task, totals, tuple(_cell(results, Trial(task, seed), done) for seed in settings.seeds))
        for task, totals in summary.by_task.items()
    ]
    policy, faults = _policy_options(settings.policy), _faults(rows)
    template = templates().get_template("evaluation.html")
    page = template.render(settings=settings, summary=summary, rows=rows, policy=policy, faults=faults)
    path = results.path / "index.html"
    path.touch(0o600)
    path.write_text(page, encoding="utf-8", errors="backslashreplace")
    return path


def _cell(results: ResultsFolder, trial: Trial, done: Mapping[Trial, TrialResult]) -> TrialCell:
    result, page = done.get(trial), results.episode(trial) / "index.html"
    link = quote(str(page.relative_to(results.path))) if page.is_file() else ""
    if result is None:
        return TrialCell(trial.seed, "missing", "not done yet", "")
    if result.fault:
        return TrialCell(trial.seed, "fault", result.fault, link)
    detail = f"{result.ending}, {result.steps} steps, {result.seconds:.1f} s: {result.reason}"
    return TrialCell(trial.seed, "good" if result.passed else "part" if result.value else "bad", detail, link)


def _faults(rows: Sequence[TaskRow]) -> list[tuple[str, str]]:
    return [(f"{row.task}/{cell.seed}", cell.detail) for row in rows for cell in row.cells if cell.state == "fault"]


def _policy_options(policy: Mapping[str, object]) -> str:
    """The policy's name, and its options that were set."""
    chosen = {key: value for key, value in policy.items() if key != "name" and value not in (None, False, "auto")}
    options = [f"{key}={value}" for key, value in chosen.items()]
    return ", ".join([str(policy.get("name", "")), *options])
