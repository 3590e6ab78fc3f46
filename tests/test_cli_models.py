"""The options that name a model: what a person meets when they are right, wrong, or when nothing is installed."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from agent.recordings.reader import read_recording
from tests.doubles.chat_server import chat_server
from tests.test_cli import COMMAND, screenhand

WITHOUT_TORCH = (
    "import sys; sys.modules.update(dict.fromkeys(('torch', 'transformers', 'llguidance', 'huggingface_hub'), None)); "
    "from agent.cli import main; main()"
)
SIGN_IN: list[dict[str, Any]] = [
    {"action": "left_click", "coordinate": [547, 250]},
    {"action": "type", "text": "Ada"},
    {"action": "key", "keys": ["tab"]},
    {"action": "type", "text": "secret"},
    {"action": "left_click", "coordinate": [420, 630]},
    {"action": "answer", "text": "Welcome, Ada"},
]


def test_a_model_behind_an_endpoint_works_a_screen_from_the_command_line(tmp_path: Path) -> None:
    moves = iter(SIGN_IN)
    with chat_server(lambda body: json.dumps({"thought": "next", **next(moves)})) as (url, asked):
        options = ("--endpoint", url, "--model", "canned", "--record", tmp_path / "e", "--json")
        done = screenhand(
            "run", "sign in as Ada", "--device", "toy", *options, "--check", "screen contains Welcome, Ada"
        )
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert (summary["verdict"], summary["answer"], summary["steps"]) == ("verified", "Welcome, Ada", 6)
    assert summary["tokens"] == 6 * 15
    assert "dialect: generic" in done.stderr
    assert len(asked) == 6
    assert read_recording(tmp_path / "e").agent == f"canned at {url} (generic)"


def test_what_a_model_said_in_vain_is_told_to_it_and_ends_the_run_when_it_goes_on(tmp_path: Path) -> None:
    with chat_server(lambda body: "I would rather not") as (url, asked):
        done = screenhand("run", "x", "--device", "toy", "--endpoint", url, "--model", "m", "--record", tmp_path / "e")
    assert done.returncode == 7, done.stderr
    assert "I would rather not" in json.dumps(asked[-1]["messages"][-1])


WRONG = [
    (("--endpoint", "http://example.com/v1", "--model", "m"), "in the clear"),
    (("--endpoint", "http://localhost:1/v1"), "name the model that the endpoint is to use"),
    (("--endpoint", "localhost", "--model", "m"), "http://localhost:8000/v1"),
    (("--endpoint", "http://localhost:1/v1", "--model", "m", "--dialect", "qwen25-vl"), "the nearest is 'qwen2.5-vl'"),
    (("--endpoint", "http://localhost:1/v1", "--model", "m", "--key-file", "/nonexistent"), "cannot be read"),
    (("--model", "m", "--max-tokens", "3"), "max-tokens"),
]


@pytest.mark.parametrize(("options", "said"), WRONG)
def test_a_flag_that_cannot_be_meant_is_told_before_anything_is_recorded(
    tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    done = screenhand("run", "x", "--device", "toy", "--record", tmp_path / "e", *options)
    assert done.returncode == 2, done.stderr
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert not (tmp_path / "e").exists()


def test_without_torch_all_but_a_model_in_this_process_works_and_that_says_what_to_install(tmp_path: Path) -> None:
    bare = (sys.executable, "-c", WITHOUT_TORCH)
    (tmp_path / "config.json").write_text('{"architectures": ["Qwen2_5_VLForConditionalGeneration"]}')
    (tmp_path / "model.safetensors").touch()
    here = screenhand("run", "x", "--device", "toy", "--model", tmp_path, "--record", tmp_path / "e", command=bare)
    assert (here.returncode, "pip install 'screenhand[local]'" in here.stdout + here.stderr) == (9, True), here.stderr
    with chat_server(lambda body: '{"action": "terminate", "status": "success"}') as (url, _):
        options = ("--endpoint", url, "--model", "m", "--record", tmp_path / "f")
        there = screenhand("run", "x", "--device", "toy", *options, command=bare)
    assert there.returncode == 0, there.stderr
    assert screenhand("--help", command=bare).returncode == 0
    assert screenhand("--help", command=COMMAND).stdout == screenhand("--help", command=bare).stdout
