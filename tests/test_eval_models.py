"""A model in a live run: asked by the worker, its tokens counted, its absence a fault and its misspelling an error."""

import json
from pathlib import Path

from agent.recordings.reader import read_recording
from tests.doubles.chat_server import chat_server
from tests.live_runs import evaluated, evaluated_here, results_in, summary_of

READ = ("toy", "--task", "read-the-name", "--model", "canned")


def test_a_model_behind_an_endpoint_is_asked_by_the_worker_and_scored_by_the_world(tmp_path: Path) -> None:
    with chat_server(lambda body: json.dumps({"thought": "I see", "action": "answer", "text": "Donald"})) as (
        url,
        asked,
    ):
        run = evaluated(*READ, "--endpoint", url, "--seeds", "2", "--json", "--results", tmp_path / "r")
    told = summary_of(run)
    scores = {name: result.value for name, result in results_in(tmp_path / "r", 2).items()}
    assert scores == {"read-the-name/0": 1.0, "read-the-name/1": 0.0}, "it is Donald at the first seed only"
    assert (len(asked), told["tokens"], told["policy"]["name"]) == (2, 2 * 15, "canned")
    assert read_recording(tmp_path / "r/episodes/read-the-name/0").agent == f"canned at {url} (generic)"


def test_an_endpoint_that_is_down_is_a_fault_and_a_run_of_nothing_else_fails(tmp_path: Path) -> None:
    words = (
        "--endpoint",
        "http://127.0.0.1:9/v1",
        "--reply-seconds",
        "1",
        "--retries",
        "0",
        "--results",
        tmp_path / "r",
    )
    run = evaluated_here(*READ, *words)
    assert run.returncode == 2, run.stderr
    (result,) = results_in(tmp_path / "r", 1).values()
    assert (result.value, result.ending, result.fault.split(":")[0]) == (None, "endpoint_down", "endpoint_down")


def test_an_option_that_only_the_worker_can_check_is_still_a_wrong_word(tmp_path: Path) -> None:
    words = ("--endpoint", "http://127.0.0.1:9/v1", "--dialect", "qwen2.5-v", "--results", tmp_path / "r")
    run = evaluated(*READ, *words)
    assert run.returncode == 2, run.stderr
    assert "--dialect: " in run.stderr
    assert "the nearest is 'qwen2.5-vl'" in run.stderr
