"""A policy asked again at recorded steps: what it gets right, what changed, and what must never count as a zero."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from agent.builtin import Builtin
from agent.dialects.families import dialect_named
from agent.dialects.spaces import Relative
from agent.episode import Decision, Finish, Move, Past, Unreadable
from agent.evaluate.comparison_file import header_of, read_comparison, read_predictions
from agent.evaluate.comparison_writer import ComparisonWriter
from agent.evaluate.metrics import Metrics
from agent.evaluate.protocols import protocol_named
from agent.evaluate.rates import Rate
from agent.evaluate.regressions import ComparisonDiff, Difference
from agent.evaluate.scoring import ScoredPrediction, score
from agent.evaluate.teacher_forcing import Mode, count_steps, predict_steps
from agent.loop import run_episode
from agent.models.canned import Canned
from agent.policy import Policy, Scripted
from agent.recordings.reader import BadRecording, read_recording, recordings_in
from agent.recordings.untrusted import Untrusted
from agent.recordings.writer import Recorder
from agent.vision import VisionPolicy
from devices import Click, Observation, Point, Press, TypeText
from devices.toy import Toy
from tests.doubles.chat_server import chat_server
from tests.test_cli import screenhand

PEOPLE = ("Ada", "Bob", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal")
"""Seven steps each."""
RULE = protocol_named("screenhand")
HEADER = header_of(RULE, "teacher-forced", "somebody", "goal")


def recorded_by(policy: Policy, goal: str, folder: Path) -> Path:
    recorder = Recorder(folder, goal, device="toy", agent=policy.name)
    run_episode(goal, Toy(), policy, journal=recorder)
    return folder


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of recordings of the embedded default: 56 steps."""
    parent, policy = tmp_path_factory.mktemp("desk"), Builtin()
    for name in PEOPLE:
        goal = f"click the Name field, type '{name}', press tab, type 'secret' and click Sign in"
        recorded_by(policy, goal, parent / name)
    return parent


@pytest.fixture
def clicks(tmp_path: Path) -> Path:
    """A folder with two recordings of four moves and a finish each."""
    moves: tuple[Move, ...] = (Click(Point(350, 100)), TypeText("Ada"), Press(("tab",)), Click(Point(600, 390)))
    for name in ("one", "two"):
        recorded_by(Scripted(moves), "sign in", tmp_path / "clicks" / name)
    return tmp_path / "clicks"


@dataclass
class Knows:
    """A policy that does what is in the recording, but for what `instead` says of a step."""

    moves: tuple[Move, ...]
    instead: dict[int, Move]
    name: str = "knows"

    def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
        at = len(past)
        return Decision(self.instead.get(at, self.moves[at] if at < len(self.moves) else Finish(True)))


def knows(folder: Path, instead: dict[int, Move] | None = None) -> Knows:
    episode = read_recording(recordings_in([folder])[0]).episode
    return Knows(tuple(step.decision.move for step in episode.steps), instead or {})


def compared(folder: Path, policy: Policy, mode: Mode = "teacher-forced") -> Iterator[ScoredPrediction]:
    for prediction in predict_steps(recordings_in([folder]), policy, RULE, mode):
        yield score(prediction, RULE)


def kept(path: Path, scored: Iterator[ScoredPrediction]) -> Path:
    keeper, metrics = ComparisonWriter(path, HEADER, RULE.source), Metrics()
    for each in scored:
        keeper.add(each)
        metrics.add(each)
    metrics.close()
    keeper.close(metrics.summary())
    return path


def tallied(scored: Iterator[ScoredPrediction]) -> Metrics:
    metrics = Metrics()
    for each in scored:
        metrics.add(each)
    metrics.close()
    return metrics


def test_the_embedded_default_agrees_with_its_own_recordings_and_a_build_can_rely_on_it(
    desk: Path, tmp_path: Path
) -> None:
    first = screenhand("compare", desk, "--json", tmp_path / "old.json", "--html", tmp_path / "page.html")
    assert first.returncode == 0, first.stderr
    steps = sum(len(read_recording(folder).episode.steps) for folder in recordings_in([desk]))
    assert steps > 50
    assert f"screenhand v1, {steps} steps" in first.stdout
    assert f", {steps} of {steps}" in first.stdout
    assert "centre" in first.stdout
    page = (tmp_path / "page.html").read_text()
    assert page.count("<section") == steps
    assert "<script" not in page
    assert "default-src 'none'" in page
    again = screenhand("compare", desk, "--against", tmp_path / "old.json")
    assert again.returncode == 0
    assert "0 steps differ from before" in again.stdout


SCALED = 1.02


def speaks(moves: Sequence[Move], far: float, size: tuple[int, int] = (640, 400)) -> VisionPolicy:
    """A model that answers with those moves in the numbers of a picture 1000 wide, read as if it were `far` wide."""
    dialect = dialect_named("generic", surface="computer")
    assert isinstance(dialect.space, Relative)
    said = []
    for move in moves:
        match move:
            case Click(at):
                x, y = (round(1000 * part / side) for part, side in zip((at.x, at.y), size, strict=True))
                said.append({"action": "left_click", "coordinate": [x, y]})
            case TypeText(text):
                said.append({"action": "type", "text": text})
            case Press(keys):
                said.append({"action": "key", "keys": list(keys)})
            case _:
                said.append({"action": "terminate", "status": "success"})
    replies = iter(said)
    return VisionPolicy(Canned(lambda _: json.dumps(next(replies))), replace(dialect, space=Relative(far)))


def test_a_dialect_whose_scale_is_two_per_cent_off_is_caught_and_named_by_step(clicks: Path, tmp_path: Path) -> None:
    moves = knows(clicks).moves * 2
    old = kept(tmp_path / "old.json", compared(clicks, speaks(moves, 1000)))
    assert all(step.right for step in read_comparison(old).steps)
    against = ComparisonDiff(read_comparison(old), RULE)
    found = [against.compare(scored) for scored in compared(clicks, speaks(moves, 1000 * SCALED))]
    worse = [each for each in found if each and each.worse]
    assert {(each.episode, each.step) for each in worse} == {(name, at) for name in ("one", "two") for at in (0, 3)}
    assert {each.kind for each in worse} == {"drift"}, "4 % of the screen forgive it, so only the drift shows"
    assert "px further off" in str(worse[0])


def difference(clicks: Path, tmp_path: Path, instead: Move, before: Move | None = None) -> list[Difference]:
    first = knows(clicks, {1: before} if before else {})
    against = ComparisonDiff(read_comparison(kept(tmp_path / "old.json", compared(clicks / "one", first))), RULE)
    found = [against.compare(scored) for scored in compared(clicks / "one", knows(clicks, {1: instead}))]
    return [each for each in found if each] + list(against.missing())


def test_what_got_worse_is_told_from_what_got_better_and_what_is_only_other(clicks: Path, tmp_path: Path) -> None:
    assert [each.kind for each in difference(clicks, tmp_path, TypeText("Eve"))] == ["regression"]
    assert [each.kind for each in difference(clicks, tmp_path, TypeText("ada"))] == ["other move"]
    assert [each.kind for each in difference(clicks, tmp_path, TypeText("Ada"), TypeText("Eve"))] == ["improvement"]
    assert difference(clicks, tmp_path, TypeText("Ada")) == []
    worse = difference(clicks, tmp_path, Unreadable("no JSON"))
    assert [(each.kind, each.step, each.worse) for each in worse] == [("regression", 1, True)]


def test_steps_that_vanish_are_no_success(clicks: Path, tmp_path: Path) -> None:
    old = read_comparison(kept(tmp_path / "old.json", compared(clicks, knows(clicks))))
    against = ComparisonDiff(old, RULE)
    for scored in compared(clicks / "one", knows(clicks)):
        against.compare(scored)
    assert {(each.episode, each.kind) for each in against.missing()} == {("two", "gone")}


def test_a_comparison_under_another_protocol_is_refused_with_the_way_out(clicks: Path, tmp_path: Path) -> None:
    old = kept(tmp_path / "old.json", compared(clicks, knows(clicks)))
    with pytest.raises(ValueError, match=r"screenhand score OLD.json --protocol aitw --rescore"):
        ComparisonDiff(read_comparison(old), protocol_named("aitw"))
    done = screenhand("compare", clicks, "--against", old, "--protocol", "aitw")
    assert done.returncode == 2
    anew = screenhand("score", old, "--protocol", "aitw", "--rescore", tmp_path / "new.json")
    assert anew.returncode == 0
    assert "aitw v1, 10 steps" in anew.stdout
    assert ComparisonDiff(read_comparison(tmp_path / "new.json"), protocol_named("aitw"))


def test_kept_predictions_score_the_same_again_without_asking(clicks: Path, tmp_path: Path) -> None:
    policy = knows(clicks, {1: TypeText("Eve"), 3: Click(Point(1, 1))})
    first = tallied(compared(clicks, policy))
    kept(tmp_path / "old.json", compared(clicks, policy))
    again = tallied(score(each, RULE) for each in read_predictions(tmp_path / "old.json", RULE))
    assert first.summary() | {"seconds": 0} == again.summary() | {"seconds": 0}
    assert first.exact_match == Rate(6, 10)
    assert first.goal_progress == pytest.approx(1 / 5)
    assert first.success == Rate(0, 2)


@pytest.mark.parametrize("miss", [0, 2, 4])
def test_semi_online_ends_at_the_first_miss_and_the_rest_is_not_asked(clicks: Path, tmp_path: Path, miss: int) -> None:
    policy = knows(clicks, {miss: TypeText("wrong")})
    steps = list(compared(clicks, policy, "semi-online"))
    assert len(steps) == 2 * (miss + 1)
    metrics = tallied(iter(steps))
    assert metrics.goal_progress == pytest.approx(miss / 5)
    assert metrics.success == Rate(0, 2)
    kept(tmp_path / "old.json", iter(steps))
    again = tallied(score(each, RULE) for each in read_predictions(tmp_path / "old.json", RULE))
    assert again.goal_progress == pytest.approx(miss / 5), "the steps that were not reached still count"


def test_semi_online_its_past_is_its_own(clicks: Path) -> None:
    @dataclass
    class Remembers(Knows):
        seen_before: tuple[object, ...] = ()

        def decide(self, goal: str, past: Past, seen: Observation) -> Decision:
            self.seen_before = tuple(step.decision.thought for step in past)
            return replace(super().decide(goal, past, seen), thought="mine")

    forced, online = (Remembers(knows(clicks).moves, {}) for _ in range(2))
    tallied(compared(clicks / "one", forced))
    tallied(compared(clicks / "one", online, "semi-online"))
    assert set(forced.seen_before) == {""}
    assert set(online.seen_before) == {"mine"}


def first_picture(folder: Path) -> Path:
    line = json.loads((folder / "steps.jsonl").read_text().splitlines()[1])
    return folder / str(line["observation"]["screenshot"])


def test_a_missing_picture_is_a_fault_with_its_path_and_not_a_zero(clicks: Path, tmp_path: Path) -> None:
    policy = knows(clicks)
    old = kept(tmp_path / "old.json", compared(clicks, policy))
    lost = first_picture(clicks / "one")
    lost.unlink()
    metrics = tallied(compared(clicks, policy))
    assert metrics.counts["faults"] == 2, "two steps show that screen"
    assert metrics.exact_match == Rate(8, 8)
    assert metrics.success == Rate(1, 1), "an episode with a fault is neither won nor lost"
    against = ComparisonDiff(read_comparison(old), RULE)
    faults = [each for scored in compared(clicks, policy) if (each := against.compare(scored))]
    assert [(each.kind, each.worse) for each in faults] == [("fault", True)] * 2
    assert str(lost) in str(faults[0])


def test_a_damaged_picture_is_a_fault_too(clicks: Path) -> None:
    picture, policy = first_picture(clicks / "one"), knows(clicks)
    picture.write_bytes(picture.read_bytes()[:200])
    faults = [each.prediction.fault for each in compared(clicks, policy) if each.prediction.fault]
    assert len(faults) == 2
    assert str(picture) in faults[0]


def test_a_goal_that_is_not_understood_is_an_unreadable_answer(tmp_path: Path) -> None:
    recorded_by(Scripted((TypeText("a"),)), "frobnicate the gizmo", tmp_path / "e")
    metrics = tallied(compared(tmp_path / "e", Builtin()))
    assert metrics.unreadable == Rate(2, 2)
    assert metrics.exact_match == Rate(0, 2)
    screenhand("compare", tmp_path / "e", "--html", tmp_path / "page.html")
    assert "an unreadable reply: " in (page := (tmp_path / "page.html").read_text())
    assert "frobnicate" in page, "a person sees why"


def as_version_1(path: Path) -> Path:
    """The comparison in `path` rewritten as one JSON document with a step per line, as it was kept before version 2."""
    header, *steps, summary = path.read_text().splitlines()
    first = header.replace('"schema_version": 2', '"schema_version": 1').removesuffix("}") + ', "steps": ['
    path.write_text(first + "\n" + ",\n".join(steps) + "\n], " + summary.removeprefix("{") + "\n")
    assert set(json.loads(path.read_text())) >= {"protocol", "steps", "summary"}
    return path


def test_a_comparison_of_before_json_lines_is_still_read(clicks: Path, tmp_path: Path) -> None:
    policy = knows(clicks, {1: TypeText("Eve")})
    old = as_version_1(kept(tmp_path / "old.json", compared(clicks, policy)))
    assert tallied(score(each, RULE) for each in read_predictions(old, RULE)).exact_match == Rate(8, 10)
    against = ComparisonDiff(read_comparison(old), RULE)
    assert [each for scored in compared(clicks, policy) if (each := against.compare(scored))] == []
    assert list(against.missing()) == []


BROKEN = {
    "not there": lambda old: old.unlink(),
    "not JSON": lambda old: old.write_text("hello\n"),
    "cut short": lambda old: old.write_bytes(old.read_bytes()[:-400]),
    "a key twice": lambda old: old.write_text(old.read_text().replace('"episode":', '"step": 0, "episode":', 1)),
    "NaN": lambda old: old.write_text(old.read_text().replace('"seconds": 0', '"seconds": NaN, "x": 0', 1)),
    "no move": lambda old: old.write_text(old.read_text().replace('"predicted": {', '"predicted": {"x": 1, ', 1)),
    "deep": lambda old: old.write_text('{"schema_version": ' + "[" * 100_000),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_old_comparison_that_is_none_is_refused_by_name(clicks: Path, tmp_path: Path, name: str) -> None:
    old = kept(tmp_path / "old.json", compared(clicks, knows(clicks)))
    BROKEN[name](old)
    with pytest.raises((Untrusted, ValueError)) as flaw:
        ComparisonDiff(read_comparison(old), RULE)
    assert str(flaw.value)


def test_an_old_comparison_that_is_none_ends_the_command_with_a_reason(clicks: Path) -> None:
    done = screenhand("compare", clicks, "--against", clicks / "one" / "steps.jsonl")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    assert "is no comparison" in done.stderr


def test_an_unknown_protocol_lists_the_known_ones_on_the_command_line(clicks: Path) -> None:
    done = screenhand("compare", clicks, "--protocol", "aitzz")
    assert done.returncode == 2
    assert "androidcontrol-qwen" in done.stderr + done.stdout


def test_a_folder_without_recordings_is_told_and_a_hostile_one_too(tmp_path: Path, clicks: Path) -> None:
    with pytest.raises(BadRecording, match="no recording in"):
        recordings_in([tmp_path / "nowhere"])
    with (clicks / "two" / "steps.jsonl").open("ab") as file:
        file.write(b"[" * 100_000 + b"\n")
    done = screenhand("compare", clicks)
    assert done.returncode == 2
    assert str(clicks / "two" / "steps.jsonl") in done.stderr


def test_a_huge_number_in_a_recording_is_refused_and_in_a_reply_only_wrong(clicks: Path) -> None:
    far = knows(clicks, {0: Click(Point(10**400, -(10**400)))})
    scores = [each.score for each in compared(clicks / "one", far)]
    assert scores[0] is not None
    assert not scores[0].exact
    text = (clicks / "one" / "steps.jsonl").read_text()
    (clicks / "one" / "steps.jsonl").write_text(text.replace("[350, 100]", f"[{10**400}, 100]"))
    with pytest.raises(BadRecording, match="pixels out"):
        tallied(compared(clicks, far))


def test_ctrl_c_keeps_what_was_asked(desk: Path, tmp_path: Path) -> None:
    program = "from agent.cli import main; main()"
    root = str(Path(__file__).parent.parent)
    arguments = [sys.executable, "-c", program, "compare", str(desk), "--json", str(tmp_path / "cut.json")]
    with subprocess.Popen(
        arguments, env={**os.environ, "PYTHONPATH": root}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        partial = tmp_path / "cut.json.part"
        while run.poll() is None and not partial.exists():
            pass
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)
    assert run.returncode == 130
    assert len(list(read_comparison(tmp_path / "cut.json").steps)) < 56


def test_a_model_behind_an_endpoint_that_points_two_per_cent_off_fails_the_build_by_name(
    clicks: Path, tmp_path: Path
) -> None:
    def answers(scale: float) -> Iterator[str]:
        there = ({"action": "left_click", "coordinate": [round(x * scale), y]} for x, y in ((547, 250), (938, 975)))
        click, other = (json.dumps(each) for each in there)
        done = '{"action": "terminate", "status": "success"}'
        return iter([click, '{"action": "type", "text": "Ada"}', '{"action": "key", "keys": ["tab"]}', other, done])

    def ask(scale: float, *more: str | Path) -> subprocess.CompletedProcess[str]:
        replies = answers(scale)
        with chat_server(lambda body: next(replies)) as (url, asked):
            done = screenhand("compare", clicks / "one", "--endpoint", url, "--model", "m", *more)
        assert len(asked) == 5
        return done

    first = ask(1, "--json", tmp_path / "old.json")
    assert (first.returncode, "5 of 5" in first.stdout) == (0, True), first.stderr
    assert "50 tokens read, 25 written" in first.stdout
    worse = ask(1 / SCALED, "--against", tmp_path / "old.json", "--html", tmp_path / "changes.html")
    assert worse.returncode == 1
    assert "drift: one step 1" in worse.stdout
    assert "drift: one step 4" in worse.stdout
    assert "2 steps differ from before, 2 for the worse" in worse.stdout
    assert "drift: one step 4" in (tmp_path / "changes.html").read_text()


def test_an_endpoint_that_is_down_ends_it_with_its_own_code(clicks: Path) -> None:
    done = screenhand(
        "compare", clicks, "--endpoint", "http://127.0.0.1:9/v1", "--model", "m", "--reply-seconds", "0.5"
    )
    assert done.returncode == 13, done.stderr
    assert "what follows is of the steps up to here" in done.stderr


def test_wilsons_interval_is_that_of_the_books() -> None:
    low, high = Rate(8, 10).interval
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert Rate(0, 0).interval == (0.0, 1.0)
    assert Rate(0, 5).interval[0] == 0
    assert Rate(5, 5).interval[1] == 1


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much memory was used")
def test_many_steps_cost_no_memory(clicks: Path, tmp_path: Path) -> None:
    """One recording over and over stands for many: 400 steps by default, 10,000 with SCREENHAND_STEPS=10000."""
    program = """
import sys
from pathlib import Path
from agent.cli.scores import ScoreSums, score_each
from agent.evaluate.teacher_forcing import predict_steps, count_steps
from agent.evaluate.baselines import BASELINES
from agent.evaluate.comparison_file import header_of
from agent.evaluate.comparison_writer import ComparisonWriter
from agent.evaluate.protocols import protocol_named
from agent.evaluate.metrics import Metrics
from agent.policy import Scripted
rule = protocol_named("screenhand")
peak = lambda: int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
folder, times = Path(sys.argv[1]), int(sys.argv[2])
sums, marks = ScoreSums(blind={name: Metrics() for name in BASELINES}), []
keeper = ComparisonWriter(Path(sys.argv[3]), header_of(rule, "", "", "goal"), "")
for round in range(times):
    for scored in score_each(predict_steps([folder], Scripted(()), rule), rule, sums):
        keeper.add(scored)
    marks.append(peak())
keeper.close(sums.summary())
print((marks[-1] - marks[times // 10]) * 1024 / (5 * (times - times // 10)))
"""
    times = int(os.environ.get("SCREENHAND_STEPS", "400")) // 5
    done = subprocess.run(
        [sys.executable, "-c", program, clicks / "one", str(times), tmp_path / "kept.json"],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    assert float(done.stdout) < 1024, "bytes a step"


def test_steps_are_counted_without_being_read(clicks: Path) -> None:
    assert count_steps(recordings_in([clicks])) == 10
