"""Live runs: scored by the world, faults apart, nothing lost and nothing repeated."""

import os
import signal
import stat
from pathlib import Path

import pytest

from agent.evaluate.live.trials import Shard, trials_of
from agent.recordings.reader import read_recording
from devices.desktop.private_display import missing
from tasks.suites import suite_named
from tests.conftest import until
from tests.live_runs import (
    SLOW,
    beginnings_in,
    evaluated,
    evaluated_here,
    finished,
    in_the_middle,
    results_in,
    scores_in,
    started,
    summary_of,
    workers_of,
)

ORACLE = ("--policy", "oracle")
QUICK = ("--task", "sign-in", "--task", "sign-in-by-keys", "--task", "fill-in-the-name", "--task", "read-the-name")


def test_the_same_seed_scores_the_same_here_and_in_two_processes(tmp_path: Path) -> None:
    idle = ("toy", *QUICK, "--seeds", "2", "--policy", "idle", "--json")
    here = summary_of(evaluated_here(*idle, "--results", tmp_path / "here"))
    there = summary_of(evaluated(*idle, "--workers", "2", "--results", tmp_path / "there"))
    assert scores_in(tmp_path / "here", 2) == scores_in(tmp_path / "there", 2)
    assert len(scores_in(tmp_path / "here", 2)) == here["planned"] == there["done"] == 8
    assert (here["passed"], here["tasks"]["fill-in-the-name"]["mean_score"]) == (0, 0.5)


def test_known_solutions_pass_and_every_episode_is_a_recording_with_a_page(tmp_path: Path) -> None:
    told = summary_of(evaluated_here("toy", *QUICK, *ORACLE, "--seeds", "2", "--json", "--results", tmp_path / "r"))
    assert (told["passed"], told["scored"], told["faults"], told["solved_at_every_seed"]) == (8, 8, 0, 4)
    assert told["interval"] == pytest.approx([0.6756, 1.0], abs=1e-4)
    page = (tmp_path / "r" / "index.html").read_text()
    for name, result in results_in(tmp_path / "r", 2).items():
        folder = tmp_path / "r" / "episodes" / name
        recording = read_recording(folder)
        assert (recording.verdict, len(recording.episode.steps)) == ("verified", result.steps)
        assert f'href="episodes/{name}/index.html"' in page
        assert (folder / "index.html").exists()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert "<script" not in page
    goals = {read_recording(tmp_path / "r" / "episodes" / "sign-in" / seed).episode.goal for seed in ("0", "1")}
    assert len(goals) == 2, "another seed is another task"


def test_a_worker_killed_in_the_middle_costs_one_retry_and_no_result(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    run = started("toy", *SLOW, *ORACLE, "--seeds", "3", "--workers", "2", "--json", "--results", folder)
    until(lambda: in_the_middle(folder) == 2, 60)
    os.kill(workers_of(run)[0], signal.SIGKILL)
    told = summary_of(finished(run))
    assert (told["passed"], told["scored"], told["faults"], told["retried"]) == (3, 3, 0, 1)
    (fault,) = [fault for result in results_in(folder, 3).values() for fault in result.faults]
    assert "killed by SIGKILL" in fault
    assert list((folder / "faults" / SLOW[1]).glob("*-1/steps.jsonl")), "what the killed one had recorded is kept"


def test_a_trial_that_hangs_is_ended_and_is_a_fault_not_a_zero(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    words = ("toy", *SLOW, "--task", "sign-in", *ORACLE, "--retries", "0", "--unit-seconds", "6", "--json")
    run = started(*words, "--results", folder)
    (worker,) = until(lambda: workers_of(run) if (folder / "episodes").exists() else [], 60)
    os.kill(worker, signal.SIGSTOP)
    told = summary_of(finished(run))
    assert (told["scored"], told["passed"], told["faults"], told["pass_rate"]) == (1, 1, 1, 1.0)
    (hung,) = [result for result in results_in(folder, 1).values() if result.fault]
    assert (hung.value, hung.fault.split(":")[0]) == (None, "it hung")
    assert not Path(f"/proc/{worker}").exists()
    assert 'class="cell fault"' in (folder / "index.html").read_text()


def test_ctrl_c_keeps_what_is_done_and_resume_repeats_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    words = ("toy", *SLOW, "--task", "read-the-name", *ORACLE, "--seeds", "2", "--results", folder)
    run = started(*words)
    until(lambda: len(results_in(folder, 2)) >= 1 and in_the_middle(folder), 60)
    workers = workers_of(run)
    run.send_signal(signal.SIGINT)
    stopped = finished(run)
    kept, begun = results_in(folder, 2), beginnings_in(folder)
    assert stopped.returncode == 130
    assert f"--results {folder} --resume" in stopped.stderr
    assert 1 <= len(kept) < 4
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]
    told = summary_of(evaluated(*words, "--resume", "--json"))
    assert (told["done"], told["passed"]) == (4, 4)
    after = beginnings_in(folder)
    assert {name: begun[f"episodes/{name}"] for name in kept} == {name: after[f"episodes/{name}"] for name in kept}
    assert summary_of(evaluated_here(*words, "--resume", "--json"))["done"] == 4
    assert beginnings_in(folder) == after, "nothing was left to do, and nothing was done"


def test_shards_share_no_trial_and_leave_none_out() -> None:
    trials = trials_of(suite_named("toy").tasks, range(50))
    for of in (2, 3, 7):
        shards = [[trial for trial in trials if trial in Shard(number, of)] for number in range(1, of + 1)]
        assert sorted(trial.name for shard in shards for trial in shard) == sorted(trial.name for trial in trials)
        assert all(len(shard) > len(trials) / of / 2 for shard in shards)
    assert [trial.name for trial in trials[:4] if trial in Shard(1, 2)] == ["fill-in-the-name/0"]


def test_the_results_of_all_shards_are_one_table(tmp_path: Path) -> None:
    words = ("toy", *QUICK, *ORACLE, "--seeds", "2", "--json", "--results", tmp_path / "r")
    first = summary_of(evaluated_here(*words, "--shard", "1/2"))
    both = summary_of(evaluated_here(*words, "--shard", "2/2"))
    assert 0 < first["done"] < both["done"] == both["planned"] == 8


@pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}")
def test_a_desktop_task_is_played_on_a_private_desktop_of_the_worker(tmp_path: Path) -> None:
    words = ("desktop", "--task", "run-a-command", *ORACLE, "--json", "--results", tmp_path / "r")
    assert summary_of(evaluated(*words))["passed"] == 1
    (result,) = results_in(tmp_path / "r", 1, "desktop").values()
    assert result.about == {"screen": "1280x800"}
