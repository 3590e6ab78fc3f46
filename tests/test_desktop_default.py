"""The embedded default solves desktop tasks, and would decide the same again: a build can be held to its recordings."""

from dataclasses import dataclass
from math import hypot
from pathlib import Path

import pytest

from agent.builtin import Builtin
from agent.evaluate.comparison_file import read_comparison
from agent.evaluate.regressions import ComparisonDiff
from agent.recordings.reader import read_recording, recordings_in
from agent.recordings.writer import Recorder
from devices import Click
from tasks.suites.desktop import TASKS
from tests.test_cli import screenhand
from tests.test_compare import RULE, SCALED, compared, kept, speaks
from tests.test_desktop_suite import ABSENT, attempt

pytestmark = pytest.mark.skipif(bool(ABSENT), reason=f"not installed: {', '.join(ABSENT)}")


@dataclass(frozen=True)
class Work:
    """What the embedded default did about every second task: its recordings, and why those that failed did."""

    folder: Path
    failed: dict[str, str]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    folder, failed = tmp_path_factory.mktemp("work"), {}
    for task in TASKS[::2]:
        recorder = Recorder(folder / task.name, task.goal, device="sandbox", agent="builtin")
        episode, score = attempt(task, Builtin(), recorder)
        if not score.passed:
            failed[task.name] = f"{episode.ending}: {score.reason}"
    return Work(folder, failed)


def test_it_solves_at_least_ten_of_twelve(work: Work) -> None:
    assert len(work.failed) <= 2, work.failed


def test_asked_again_at_fifty_steps_it_does_not_waver(work: Work, tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    first = screenhand("compare", work.folder, "--json", old)
    assert first.returncode == 0, first.stderr
    steps = list(read_comparison(old).steps)
    assert len(steps) >= 50
    assert [step for step in steps if not step.right] == []
    again = screenhand("compare", work.folder / TASKS[0].name, "--against", old, "--json", new)
    assert f"{len(steps) - len(list(read_comparison(new).steps))} steps" in again.stdout
    assert again.returncode == 1, "steps that are gone are no success"


def test_a_scale_two_per_cent_off_is_named_at_every_click(work: Work, tmp_path: Path) -> None:
    episodes = {folder.name: read_recording(folder).episode for folder in recordings_in([work.folder])}
    moves = [step.decision.move for episode in episodes.values() for step in episode.steps]
    size = next(iter(episodes.values())).steps[0].seen.size
    old = kept(tmp_path / "old.json", compared(work.folder, speaks(moves, 1000, size)))
    against = ComparisonDiff(read_comparison(old), RULE)
    found = [against.compare(scored) for scored in compared(work.folder, speaks(moves, 1000 * SCALED, size))]
    clicks = {
        (name, step.index): 0.02 * hypot(step.decision.move.at.x, step.decision.move.at.y)
        for name, episode in episodes.items()
        for step in episode.steps
        if isinstance(step.decision.move, Click)
    }
    named = {(each.episode, each.step) for each in found if each and each.worse}
    assert named <= clicks.keys()
    seen_as_drift = against.tolerance * hypot(*size) + 1
    assert named >= {step for step, pixels in clicks.items() if pixels > seen_as_drift}
    assert len(named) >= 10
