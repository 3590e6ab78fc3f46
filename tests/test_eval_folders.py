"""A results folder is believed as far as it can be: other settings, strangers and forgeries are refused by name."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from agent.episode import Ending
from agent.evaluate.live.executor import MAX_CONSECUTIVE_FAULTS, RunAborted, play_all
from agent.evaluate.live.progress import ProgressDisplay
from agent.evaluate.live.results_folder import ResultsFolder, Settings, WrongResults, open_results
from agent.evaluate.live.summary import summary_of
from agent.evaluate.live.trials import Shard, Trial, TrialResult, fault_result, trials_of
from devices import Stop
from tests.live_runs import evaluated, evaluated_here

TRIAL = Trial("sign-in", 0)
SETTINGS = Settings(
    suite="toy",
    tasks=("sign-in", "read-the-name"),
    seeds=(0, 1),
    policy={"name": "oracle"},
    steps=None,
    seconds=300.0,
    version="1",
    machine={"Python": "3.11"},
)
WHOLE = Shard()


def scored(trial: Trial, value: float) -> TrialResult:
    return fault_result(trial, "").model_copy(update={"value": value, "ending": Ending.FINISHED, "steps": 3})


class Broken:
    """A slot that has a fault for every trial, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def play(self, trial: Trial) -> TrialResult:
        self.asked += 1
        return fault_result(trial, f"no cable, {self.asked}")

    def close(self) -> None:
        pass


def test_a_fault_is_in_no_rate_and_no_mean() -> None:
    results = [
        scored(TRIAL, 1.0),
        scored(Trial("sign-in", 1), 0.0),
        fault_result(Trial("read-the-name", 0), "no cable"),
    ]
    summary = summary_of(SETTINGS.tasks, 4, results)
    assert str(summary.overall.pass_rate) == "50.0 % (9.5-90.5), 1 of 2"
    assert (summary.overall.faults, summary.overall.steps) == (1, 3.0)
    assert summary.by_task["read-the-name"].pass_rate.share is None
    assert summary.solved == []


def test_a_fault_is_tried_again_as_often_as_asked_and_all_its_reasons_are_kept(tmp_path: Path) -> None:
    kept, broken = ResultsFolder(tmp_path), Broken()
    (result,) = play_all([TRIAL], [broken], kept, 2, Stop())
    assert (broken.asked, result.value) == (3, None)
    assert (*result.faults, result.fault) == ("no cable, 1", "no cable, 2", "no cable, 3")
    assert kept.read(TRIAL) == result


def test_faults_without_end_do_not_go_on_without_end(tmp_path: Path) -> None:
    broken = Broken()
    with pytest.raises(RunAborted, match=f"{MAX_CONSECUTIVE_FAULTS} trials in a row were faults.*no cable"):
        list(play_all(trials_of(["sign-in"], range(300)), [broken], ResultsFolder(tmp_path), 0, Stop()))
    assert broken.asked == MAX_CONSECUTIVE_FAULTS


def test_the_bar_tells_how_far_it_is_and_how_long_it_will_take_after_one_trial() -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=120)
    watcher = ProgressDisplay(console, [scored(Trial("sign-in", 2), 1.0)], 3)
    with watcher.shown():
        watcher.update(scored(TRIAL, 1.0))
        watcher.update(fault_result(Trial("read-the-name", 0), "Traceback ...\nOSError: no cable"))
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", screen.getvalue())
    assert "1 passed" in shown
    assert re.search(r"2 passed, 1 faults .* 3/3 elapsed 0:00:0\d left 0:00:0\d", shown), shown
    assert "fault: read-the-name/0: OSError: no cable" in shown


OTHER: list[tuple[dict[str, object], str]] = [
    ({"seeds": (0, 1, 2)}, r"seeds was \(0, 1\) and is \(0, 1, 2\)"),
    ({"policy": {"name": "idle"}}, "policy.name was 'oracle' and is 'idle'"),
    ({"policy": {"name": "oracle", "zoom": True}}, "policy.zoom was None and is True"),
    ({"steps": 10, "seconds": 5.0}, r"steps was None and is 10; seconds was 300.0 and is 5.0"),
    ({"version": "2"}, "version was '1' and is '2'"),
]


@pytest.mark.parametrize(("changed", "told"), OTHER)
def test_other_settings_are_refused_and_each_difference_is_named(
    tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    with open_results(tmp_path / "r", SETTINGS, WHOLE):
        pass
    other = SETTINGS.model_copy(update=changed)
    with pytest.raises(WrongResults, match=told), open_results(tmp_path / "r", other, WHOLE):
        pass


def test_another_machine_is_no_other_run(tmp_path: Path) -> None:
    for machine in ({"Python": "3.11"}, {"Python": "3.13"}):
        with open_results(tmp_path / "r", SETTINGS.model_copy(update={"machine": machine}), WHOLE):
            pass


def test_two_runs_never_work_the_same_part_at_once(tmp_path: Path) -> None:
    with (
        open_results(tmp_path / "r", SETTINGS, Shard(1, 2)),
        open_results(tmp_path / "r", SETTINGS, Shard(2, 2)),
    ):
        for shard in (WHOLE, Shard(1, 2)):
            with pytest.raises(WrongResults, match="another run is working"):
                open_results(tmp_path / "r", SETTINGS, shard).__enter__()


def _result_file(folder: Path) -> Path:
    file = ResultsFolder(folder).episode(TRIAL) / "result.json"
    file.parent.mkdir(parents=True)
    return file


def _holding(text: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        _result_file(folder).write_text(text)

    return spoil


def _forged(trial: Trial = TRIAL, **fields: object) -> Callable[[Path], None]:
    return _holding(json.dumps(scored(trial, 1.0).model_dump(mode="json") | fields))


def _linked_result(folder: Path) -> None:
    (folder / "secret").write_text(scored(TRIAL, 1.0).model_dump_json())
    _result_file(folder).symlink_to(folder / "secret")


def _linked_task(folder: Path) -> None:
    (folder / "episodes").mkdir()
    (folder / "episodes" / "sign-in").symlink_to(folder.parent)


HOSTILE: list[tuple[Callable[[Path], None], str]] = [
    (_forged(Trial("sign-in", 1)), "is the result of sign-in/1, not of sign-in/0"),
    (_forged(value=7), "value: Input should be less than or equal to 1"),
    (_forged(value=float("nan")), "NaN is no JSON number"),
    (_forged(rm="-rf"), "rm: Extra inputs are not permitted"),
    (_holding("[" * 100_000), "no JSON"),
    (_holding('{"value": 1, "value": 0}'), "a key stands twice"),
    (_holding(" " * (5 << 20)), "more than the .* allowed"),
    (_linked_result, "cannot read"),
    (_linked_task, "is a link, which is not followed"),
]


@pytest.mark.parametrize(("spoil", "told"), HOSTILE)
def test_a_hostile_results_folder_is_refused_by_name(tmp_path: Path, spoil: Callable[[Path], None], told: str) -> None:
    with open_results(tmp_path / "r", SETTINGS, WHOLE):
        pass
    spoil(tmp_path / "r")
    with pytest.raises(WrongResults, match=told), open_results(tmp_path / "r", SETTINGS, WHOLE) as kept:
        kept.read_all(SETTINGS.trials)


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(WrongResults, match=r"holds 'thesis.tex' and no eval.json"):
        open_results(tmp_path, SETTINGS, WHOLE).__enter__()
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "lock") == ["thesis.tex"]


WRONG: list[tuple[tuple[str, ...], str]] = [
    (("tetris",), "no suite is called 'tetris'; there are toy, desktop, android, miniwob"),
    (("toy", "--task", "fly"), "toy has no task 'fly'; it has sign-in"),
    (("toy", "--shard", "3/2"), "a shard is one of 1/2 to 2/2; found 3/2"),
    (("toy", "--shard", "half"), "two numbers, like 1/2; found 'half'"),
    (("toy", "--policy", "oracle", "--model", "x"), "asks no model"),
    (("toy", "--policy", "psychic"), "'psychic' is not one of"),
    (("toy", "--endpoint", "http://localhost:1/v1"), "name the model"),
]


@pytest.mark.parametrize(("words", "told"), WRONG)
def test_a_wrong_word_is_told_before_anything_is_written(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    run = evaluated_here(*words, "--results", tmp_path / "r")
    assert (run.returncode, told in " ".join(run.stderr.split())) == (2, True), run.stderr
    assert not (tmp_path / "r").exists()


def test_a_pass_rate_that_is_missed_is_an_exit_code_for_ci(tmp_path: Path) -> None:
    words = ("toy", "--task", "read-the-name", "--policy", "idle", "--results", tmp_path / "r")
    assert evaluated_here(*words, "--min-pass-rate", "50").returncode == 1
    assert evaluated_here(*words, "--resume").returncode == 0


def test_a_model_that_cannot_be_opened_ends_the_run_with_its_own_exit_code(tmp_path: Path) -> None:
    run = evaluated("toy", "--task", "read-the-name", "--model", tmp_path / "nothing", "--results", tmp_path / "r")
    assert run.returncode == 9, run.stderr
    assert "nothing" in run.stderr
    assert not list((tmp_path / "r" / "episodes").glob("*"))
