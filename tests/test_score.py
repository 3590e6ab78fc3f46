"""The numbers of AndroidControl's real test split, and predictions scored from the command line."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from agent.evaluate.baselines import baseline_moves
from agent.evaluate.comparison_file import read_predictions
from agent.evaluate.gold import Area, Gold, GoldAnswer
from agent.evaluate.importers import READERS
from agent.evaluate.metrics import Metrics
from agent.evaluate.protocols import protocol_named
from agent.evaluate.scoring import Prediction, score
from agent.recordings.untrusted import Untrusted
from devices import Click, LongPress, Point
from tests.samples import sample
from tests.test_cli import screenhand

FILE = "androidcontrol/test_800_episodes.jsonl"
# protocol, moved by, per cent of the 2,640 recorded clicks and long presses; None is the centre, whatever is asked
KNOWN = [
    ("androidcontrol-qwen", None, 26.8),
    ("androidcontrol-14pct", None, 8.9),
    ("androidcontrol-qwen", (60, 60), 89.5),
    ("androidcontrol-14pct", (60, 60), 100.0),
    ("androidcontrol-qwen", (0, 300), 24.4),
    ("androidcontrol-14pct", (0, 300), 100.0),
]


@pytest.fixture(scope="module")
def golds() -> list[Gold]:
    """Every step of the 800 episodes."""
    return [step.gold for episode in READERS["androidcontrol"](sample(FILE)) for step in episode.steps]


def tallied(golds: list[Gold], protocol: str, moved: tuple[int, int] | None) -> Metrics:
    """The gold points moved by so many pixels; None: the centre, whatever is asked."""
    metrics, rule = Metrics(), protocol_named(protocol)
    for at, gold in enumerate(golds):
        move = gold.move
        if moved is None:
            move = baseline_moves(gold, "e", at)["centre"]
        elif isinstance(move, Click | LongPress):
            move = replace(move, at=Point(move.at.x + moved[0], move.at.y + moved[1]))
        metrics.add(score(Prediction(str(at), 0, 1, gold, move), rule))
    return metrics


@pytest.mark.parametrize(("name", "moved", "per_cent"), KNOWN)
def test_the_known_numbers_of_androidcontrol_come_out(
    golds: list[Gold], name: str, moved: tuple[int, int] | None, per_cent: float
) -> None:
    grounding = tallied(golds, name, moved).grounding
    assert grounding.of == 2640
    assert 100 * (grounding.share or 0) == pytest.approx(per_cent, abs=0.2)


def test_the_command_says_the_same_with_protocol_and_step_count() -> None:
    done = screenhand(
        "score",
        sample(FILE),
        "--data",
        "androidcontrol",
        "--protocol",
        "androidcontrol-qwen",
        "--shift",
        "60,60",
        "--json",
    )
    told = json.loads(done.stdout)
    assert (told["protocol"], told["version"], told["steps"]) == ("androidcontrol-qwen", 1, 4343)
    assert told["grounding"]["share"] == pytest.approx(0.895, abs=0.002)
    assert told["baselines"]["centre"]["grounding"]["share"] == pytest.approx(0.268, abs=0.002)


def test_points_in_no_box_are_counted_apart_by_the_smallest_box(golds: list[Gold]) -> None:
    metrics = tallied(golds, "androidcontrol-smallest-box", (0, 0))
    assert (metrics.counts["not judged"], metrics.grounding.of) == (95, 2545)  # 95 of 2,640: 3.6 %
    assert metrics.exact_match.share == 1
    centre = tallied(golds, "androidcontrol-smallest-box", None)
    assert centre.grounding.share == pytest.approx(0.0676, abs=0.0005)


def line(**changes: object) -> dict[str, object]:
    right = {"action": {"action_type": "click", "coordinate": [50, 60]}, "size": [100, 200]}
    step = {"episode": "e", "step": 0, "gold": right, "predicted": {"action_type": "click", "coordinate": [51, 60]}}
    return step | changes


def test_anybodys_predictions_are_scored(tmp_path: Path) -> None:
    away = {"action_type": "click", "coordinate": [10, 10]}
    lines = [line(), line(step=1, predicted=away), line(episode="f", notes="ours"), line(episode="f", step=1)]
    (tmp_path / "p.jsonl").write_text("".join(json.dumps(each) + "\n" for each in lines))
    done = screenhand("score", tmp_path / "p.jsonl", "--json")
    told = json.loads(done.stdout)
    assert (told["exact_match"]["right"], told["exact_match"]["of"]) == (3, 4)
    assert told["goal_progress"] == pytest.approx(0.75)
    assert told["task_success"]["share"] == 0.5
    assert set(told["baselines"]) == {"centre", "random", "always scroll", "empty text"}
    assert "in-box" in screenhand("score", tmp_path / "p.jsonl", "--protocol", "in-bocks").stderr


@pytest.mark.parametrize("end", ["", "\n", "\r\n\n"])
def test_a_last_line_without_its_newline_is_no_lost_step(tmp_path: Path, end: str) -> None:
    (tmp_path / "p.jsonl").write_text(json.dumps(line()) + "\n" + json.dumps(line(step=1)) + end)
    assert len(list(read_predictions(tmp_path / "p.jsonl", protocol_named("screenhand")))) == 2
    first = sample(FILE).read_bytes().splitlines()[0]
    (tmp_path / "a.jsonl").write_bytes(first + end.encode())
    assert len(list(READERS["androidcontrol"](tmp_path / "a.jsonl"))) == 1


BAD: dict[str, str] = {
    "no JSON": "hello",
    "NaN": json.dumps(line()).replace("51", "NaN"),
    "a key twice": json.dumps(line())[:-1] + ', "step": 1}',
    "no prediction": json.dumps(line(predicted=None)),
    "no such move": json.dumps(line(predicted={"action_type": "shell", "command": "id"})),
    "no size": json.dumps(line(gold={"action": {"action_type": "wait"}, "size": [0, 5]})),
    "too far": json.dumps(line(gold={"action": {"action_type": "click", "coordinate": [10**9, 0]}, "size": [9, 5]})),
    "deep": "[" * 100_000,
    "a pickle": "\x80\x04cos\nsystem",
}


@pytest.mark.parametrize("name", BAD)
def test_predictions_that_are_none_are_refused_by_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "p.jsonl").write_text(json.dumps(line()) + "\n" + BAD[name] + "\n")
    with pytest.raises(Exception, match="line 2") as flaw:
        list(read_predictions(tmp_path / "p.jsonl", protocol_named("screenhand")))
    assert type(flaw.value).__name__ in (Untrusted.__name__, "BadRecording")


def test_screenspots_two_means_are_both_told() -> None:
    metrics = Metrics()
    rule = protocol_named("in-box")
    for at, (group, hit) in enumerate([("web/text", True), ("web/text", True), ("web/icon", False)]):
        move = Click(Point(5, 5) if hit else Point(50, 50))
        gold = Gold((GoldAnswer(Click(Point(5, 5)), (Area(0, 0, 9, 9),)),), (100, 100), group=group)
        metrics.add(score(Prediction(str(at), 0, 1, gold, move), rule))
    assert metrics.exact_match.share == pytest.approx(2 / 3)
    assert metrics.mean_of_groups == 0.5


def test_the_random_guess_is_the_same_every_time_and_lies_on_the_screen() -> None:
    gold = Gold((GoldAnswer(Click(Point(1, 1))),), (30, 50))
    guesses = [baseline_moves(gold, "e", at)["random"] for at in range(200)]
    assert guesses == [baseline_moves(gold, "e", at)["random"] for at in range(200)]
    assert all(isinstance(each, Click) and 0 <= each.at.x < 30 and 0 <= each.at.y < 50 for each in guesses)
    assert len({str(each) for each in guesses}) > 100
