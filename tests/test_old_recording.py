"""A recording made on 2026-11-28, before `plan_step` was recorded, still opens, shows, compares and reruns."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.cli import app
from agent.episode import PlanStep
from agent.recordings.reader import read_recording
from devices import Click, Point, TypeText

OLD = Path(__file__).parent / "old_recording"
RUNNER = CliRunner()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OLD, tmp_path / "old"))


def test_the_number_before_an_instruction_is_read_as_a_place_in_the_plan() -> None:
    recording = read_recording(OLD)
    steps = recording.episode.steps
    assert recording.verdict == "claimed"
    assert [(step.decision.plan_step, step.decision.instruction) for step in steps] == [
        (PlanStep(1, 2, 1, 0), "click 'Name' field"),
        (PlanStep(1, 2, 1, 0), "click 'Name' field"),
        (PlanStep(1, 2, 3, 0), "type 'Grace'"),
        (PlanStep(2, 2), "click 'Sign in'"),
        (PlanStep(2, 2), "done"),
    ]
    assert [step.decision.move for step in steps[::2]][:2] == [Click(Point(351, 101)), TypeText("Grace")]
    assert {step.seen.size for step in steps} == {(640, 400)}


def test_its_page_shows_every_step(old: Path) -> None:
    done = RUNNER.invoke(app, ["show", str(old)])
    assert done.exit_code == 0, done.output
    page = (old / "index.html").read_text()
    assert "1.3/2 type &#39;Grace&#39;" in page
    assert page.count("data:image/png") == 3


def test_the_embedded_default_is_asked_at_every_step_of_it(old: Path, tmp_path: Path) -> None:
    done = RUNNER.invoke(app, ["compare", str(old), "--json", str(tmp_path / "asked.json")])
    assert done.exit_code == 0, done.output
    _header, *steps, _summary = map(json.loads, (tmp_path / "asked.json").read_text().splitlines())
    assert [step["fault"] for step in steps] == [""] * 5
    # Since 2026-11-29 "type 'Grace' into Name" is one part of a plan and not three: what it did in the middle it does
    # otherwise now.
    assert [steps[0]["right"], steps[-1]["right"]] == [True, True]


def test_it_is_done_again(old: Path, tmp_path: Path) -> None:
    done = RUNNER.invoke(app, ["rerun", str(old), "--record", str(tmp_path / "new"), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["verdict"], told["found"], told["end"]) == ("verified", ["same"] * 3, "as recorded")
    decisions = [step.decision for step in read_recording(tmp_path / "new").episode.steps]
    assert [decision.heading for decision in decisions][:3] == [
        "1/3 click 'Name' field",
        "2/3 type 'Grace'",
        "3/3 click 'Sign in'",
    ]
