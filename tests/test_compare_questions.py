"""What `compare` asks at a recorded step: goal, step or target; and what a comparison says of it."""

import base64
import io
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from agent.dialects.families import dialect_named
from agent.dialects.fit import Fit
from agent.episode import Decision, Episode, Move, Step
from agent.evaluate.comparison_file import read_comparison
from agent.evaluate.gold_file import read_gold
from agent.evaluate.importers import READERS, write_recording
from agent.evaluate.questions import Questions
from agent.grounder import GrounderPolicy
from agent.loop import run_episode
from agent.models.canned import Canned
from agent.policy import Scripted
from agent.recordings.reader import read_recording, recordings_in
from agent.recordings.writer import Recorder
from devices import Box, Click, Drag, Element, LongPress, OpenApp, Point, Press, TypeText, Wait
from devices.toy import Toy
from tests.doubles.chat_server import chat_server
from tests.samples import sample
from tests.test_cli import screenhand

EPISODES = 3
"""Of AndroidControl's sample: 17 steps."""


def text_of(body: dict[str, Any]) -> str:
    parts = [part for turn in body["messages"] for part in turn["content"] if isinstance(part, dict)]
    return "\n".join(part["text"] for part in parts if part["type"] == "text")


def picture_of(body: dict[str, Any]) -> Image.Image:
    urls = [
        part["image_url"]["url"]
        for turn in body["messages"]
        for part in turn["content"]
        if isinstance(part, dict) and part["type"] == "image_url"
    ]
    return Image.open(io.BytesIO(base64.b64decode(urls[-1].partition(",")[2])))


def written(move: Move, fit: Fit) -> str:
    """`move` as Qwen2.5-VL writes it on a phone: absolute pixels of the picture that it was shown."""

    def point(at: Point) -> list[float]:
        return list(fit.to_answer(Point(min(max(at.x, 0), 1079), min(max(at.y, 0), 2399))))

    match move:
        case Click(at):
            said: dict[str, Any] = {"action": "click", "coordinate": point(at)}
        case LongPress(at, seconds):
            said = {"action": "long_press", "coordinate": point(at), "time": seconds}
        case Drag(path):
            said = {"action": "swipe", "coordinate": point(path[0]), "coordinate2": point(path[-1])}
        case TypeText(text):
            said = {"action": "type", "text": text}
        case OpenApp(name):
            said = {"action": "open", "text": name}
        case Press(keys):
            said = {"action": "system_button", "button": keys[0].title()}
        case Wait(seconds):
            said = {"action": "wait", "time": seconds}
        case _:
            said = {"action": "terminate", "status": "success"}
    return f"<tool_call>\n{json.dumps({'name': 'mobile_use', 'arguments': said})}\n</tool_call>"


@dataclass
class KnowsTheGold:
    """Answers with the recorded move of the step that it is asked about, which it knows by the words of the prompt."""

    episodes: dict[str, Episode]

    def __call__(self, body: dict[str, Any]) -> str:
        text = text_of(body)
        step = self._step(text)
        fit = dialect_named("qwen2.5-vl", surface="phone").fit((1080, 2400))
        assert picture_of(body).size == fit.picture
        return written(step.decision.move, fit)

    def _step(self, text: str) -> Step:
        goal = next(goal for goal in self.episodes if f"The user query: {goal}\n" in text)
        done = len(re.findall(r"Step \d+: ", text.partition("Task progress")[2]))
        return self.episodes[goal].steps[done]


@pytest.fixture(scope="module")
def phone_steps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few episodes of AndroidControl, with blank screens for the pictures that did not come with them."""
    source = tmp_path_factory.mktemp("androidcontrol")
    lines = sample("androidcontrol/test_800_episodes.jsonl").read_text().splitlines()[:EPISODES]
    (source / "test.jsonl").write_text("\n".join(lines))
    for name in re.findall(r"images/(\w+\.png)", "\n".join(lines)):
        Image.new("RGB", (1080, 2400), "white").save(source / name, compress_level=1)
    for imported in READERS["androidcontrol"](source / "test.jsonl"):
        write_recording(imported, source / "recordings")
    return source / "recordings"


def asked_at(level: str, recordings: Path, kept: Path, *more: str) -> tuple[str, list[dict[str, Any]]]:
    """The output of `compare --ask level`, and the requests that it made."""
    episodes = [read_recording(folder, lazily=True).episode for folder in recordings_in([recordings])]
    with chat_server(KnowsTheGold({episode.goal: episode for episode in episodes})) as (url, asked):
        done = screenhand(
            "compare", recordings, "--ask", level, "--protocol", "androidcontrol-qwen", "--endpoint", url,
            "--model", "Qwen2.5-VL-3B", "--json", kept, *more,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout, asked


def test_low_and_high_differ_only_in_what_is_asked(phone_steps: Path, tmp_path: Path) -> None:
    high, high_asked = asked_at("goal", phone_steps, tmp_path / "high.json")
    low, low_asked = asked_at("step", phone_steps, tmp_path / "low.json", "--parallel", "4")
    steps = [step for folder in recordings_in([phone_steps]) for step in read_recording(folder).episode.steps]
    assert len(steps) == len(high_asked) == len(low_asked) > 15
    for output, question in (
        (high, "the goal"),
        (low, "the step's instruction (the protocol's own question: the goal)"),
    ):
        assert f"androidcontrol-qwen v1, {len(steps)} steps, asked for {question}" in output.replace("\n", " ")
        assert f"{len(steps)} of {len(steps)}" in output

    line = re.compile(r"\\nCurrent step query: .*?(?=\\nTask progress)")
    without_the_step = sorted(line.sub("", json.dumps(body)) for body in low_asked)
    assert without_the_step == sorted(json.dumps(body) for body in high_asked)
    said = {line for body in low_asked for line in re.findall(r"Current step query: (.*)\n", text_of(body))}
    assert said == {step.decision.instruction for step in steps}
    assert [read_comparison(tmp_path / name).header.ask for name in ("high.json", "low.json")] == ["goal", "step"]
    keys = [[(s.episode, s.step) for s in read_comparison(tmp_path / n).steps] for n in ("high.json", "low.json")]
    assert keys[0] == keys[1], "in order, however many are asked at a time"


def test_the_past_is_told_by_its_moves_and_not_by_the_instructions_of_the_data_set(
    phone_steps: Path, tmp_path: Path
) -> None:
    _, asked = asked_at("goal", phone_steps, tmp_path / "high.json")
    instructions = {
        step.decision.instruction
        for folder in recordings_in([phone_steps])
        for step in read_recording(folder).episode.steps
        if len(step.decision.instruction) > 12
    }
    assert not any(instruction in text_of(body) for body in asked for instruction in instructions)
    assert any('"action": "click"' in text_of(body).partition("Task progress")[2] for body in asked)


def test_semi_online_each_step_is_asked_by_its_own_instruction_too(phone_steps: Path, tmp_path: Path) -> None:
    output, asked = asked_at("step", phone_steps, tmp_path / "low.json", "--mode", "semi-online", "--parallel", "3")
    assert f"{len(asked)} of {len(asked)}" in output
    assert all("Current step query: " in text_of(body) for body in asked)


@pytest.fixture(scope="module")
def spots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """ScreenSpot's two sample targets as recordings."""
    parent = tmp_path_factory.mktemp("screenspot")
    for imported in READERS["screenspot"](sample("screenspot")):
        write_recording(imported, parent)
    return parent


def middle_of(description: str) -> tuple[int, int]:
    rows = [json.loads(line) for line in (sample("screenspot") / "annotations.jsonl").read_text().splitlines()]
    (left, top, width, height) = next(row["bbox"] for row in rows if row["instruction"] == description)
    return left + width // 2, top + height // 2


@pytest.mark.parametrize(("more", "key"), [((), "point_2d"), (("--boxes",), "bbox_2d")])
def test_screenspot_is_asked_in_the_grounding_prompt_of_the_family(
    spots: Path, tmp_path: Path, more: tuple[str, ...], key: str
) -> None:
    def answer(body: dict[str, Any]) -> str:
        what = re.fullmatch(r"Locate (.+), output its (point|bbox) coordinates using JSON format\.", text_of(body))
        assert what, text_of(body)
        assert len(body["messages"]) == 1, "no system prompt and no tools"
        x, y = dialect_named("qwen2.5-vl").fit((2560, 1440)).to_answer(Point(*middle_of(what[1])))
        numbers = [x - 4, y - 4, x + 4, y + 4] if key == "bbox_2d" else [x, y]
        return f"```json\n{json.dumps([{key: numbers, 'label': what[1]}])}\n```"

    with chat_server(answer) as (url, asked):
        done = screenhand(
            "compare", spots, "--protocol", "screenspot", "--endpoint", url, "--model", "Qwen2.5-VL-3B",
            "--json", tmp_path / "kept.json", "--html", tmp_path / "page.html", *more,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(asked) == 2
    assert "screenspot v1, 2 steps, asked for the target" in done.stdout
    assert "2 of 2" in done.stdout
    assert "asked for the target, 2 steps judged" in (tmp_path / "page.html").read_text()
    header = read_comparison(tmp_path / "kept.json").header
    assert (header.ask, header.settings["dialect"]) == ("target", "qwen2.5-vl")
    assert header.settings["visual_tokens"] == [4, 16384], "the pixel limits are kept with the numbers"


def test_comparisons_of_different_questions_are_not_held_together(spots: Path, tmp_path: Path) -> None:
    anywhere = '[{"point_2d": [10, 10], "label": "x"}]'
    with chat_server(lambda body: anywhere if len(body["messages"]) == 1 else '{"action": "wait", "time": 1}') as (
        url,
        _,
    ):
        ask = ("compare", spots, "--protocol", "screenspot", "--endpoint", url, "--model", "Qwen2.5-VL-3B")
        assert screenhand(*ask, "--json", tmp_path / "old.json").returncode == 0
        other = screenhand(*ask, "--ask", "goal", "--against", tmp_path / "old.json")
        same = screenhand(*ask, "--against", tmp_path / "old.json")
    assert (other.returncode, same.returncode) == (2, 0), (other.stderr, same.stderr)
    assert "asked for the target" in other.stderr.replace("\n", " ")
    anew = screenhand("score", tmp_path / "old.json", "--protocol", "in-box", "--rescore", tmp_path / "new.json")
    assert "in-box v1, 2 steps, asked for the target (the protocol's own question: the goal)" in anew.stdout
    assert read_comparison(tmp_path / "new.json").header.ask == "target", "scoring anew does not forget the question"


def decided(reply: str) -> Decision:
    policy = GrounderPolicy(Canned(lambda _: reply), dialect_named("qwen2.5-vl"), max_tokens=20)
    return policy.decide("the button", (), replace(Toy().observe(), pixels=np.zeros((280, 280, 3), np.uint8)))


HOSTILE = {
    "no place": "I would click the button",
    "outside": '[{"point_2d": [9000, 20]}]',
    "cut off": " ".join("x" * 30),
    "infinite": '[{"point_2d": [1e999, 20]}]',
    "deep": "[" * 5000,
    "a call of a tool": "<tool_call>{",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_an_answer_that_is_no_place_is_unreadable_and_its_tokens_count(name: str) -> None:
    decision = decided(HOSTILE[name])
    assert type(decision.move).__name__ == "Unreadable"
    assert decision.raw == HOSTILE[name]
    assert decision.usage.completion > 0


def test_the_first_of_several_places_is_clicked_and_nowhere_is_an_answer() -> None:
    assert decided('[{"point_2d": [100, 20]}, {"point_2d": [7, 8]}]').move == Click(Point(100, 20))
    assert type(decided("[]").move).__name__ == "Finish"


TAB = Press(("tab",))


def recorded_step(instruction: str, target: Element | None = None, move: Move = TAB) -> Step:
    decision = Decision(move, instruction, target=target)
    episode = run_episode("sign in", Toy(), Scripted((move,)))
    return replace(episode.steps[0], decision=decision)


BUTTON = Element("button", "Sign in", Box(0, 0, 9, 9))
CASES: list[tuple[Questions, Step, bool, str | None]] = [
    (Questions("step"), recorded_step("press tab"), False, "sign in\nCurrent step query: press tab"),
    (Questions("step", literal=True), recorded_step("press tab"), False, "press tab"),
    (Questions("step"), recorded_step(" "), False, None),
    (Questions("target"), recorded_step("press tab", BUTTON), False, None),
    (Questions("target"), recorded_step("click it", BUTTON, Click(Point(1, 1))), False, "the button 'Sign in'"),
    (
        Questions("target", literal=True),
        recorded_step("", BUTTON, Click(Point(1, 1))),
        False,
        "click the button 'Sign in'",
    ),
    (Questions("target"), recorded_step("click it", move=Click(Point(1, 1))), False, None),
    (Questions("target"), recorded_step("the red one", move=Click(Point(1, 1))), True, "the red one"),
    (Questions(), recorded_step(""), False, "sign in"),
]


@pytest.mark.parametrize(("questions", "step", "described", "expected"), CASES)
def test_a_step_is_asked_for_what_it_has_and_else_left_out(
    questions: Questions, step: Step, described: bool, expected: str | None
) -> None:
    asked = questions.at("sign in", step, (), described=described)
    assert (asked.goal if asked else None) == expected


@pytest.mark.parametrize("name", ["aitz", "agentnetbench"])
def test_every_data_set_with_instructions_can_be_asked_by_them(name: str, tmp_path: Path) -> None:
    folder = write_recording(next(READERS[name](sample(name))), tmp_path)
    recording = read_recording(folder, lazily=True)
    assert read_gold(folder, recording.episode, recording.device)[1] is not None
    questions = Questions("step")
    for step in recording.episode.steps:
        assert questions.at(recording.episode.goal, step, (), described=False), step.index


def test_recordings_without_what_is_asked_for_end_with_a_reason_and_not_with_a_zero(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "e", "sign in", device="toy", agent="x")
    run_episode("sign in", Toy(), Scripted((Press(("tab",)),)), journal=recorder)
    for ask in ("step", "target"):
        done = screenhand("compare", tmp_path / "e", "--ask", ask)
        assert (done.returncode, "no step could be asked" in done.stderr) == (2, True), done.stderr


def test_the_embedded_default_is_given_the_instruction_alone(tmp_path: Path) -> None:
    from agent.builtin import Builtin

    goal = "click the Name field, type 'Ada' and click Sign in"
    recorder = Recorder(tmp_path / "e", goal, device="toy", agent="x")
    run_episode(goal, Toy(), Builtin(), journal=recorder)
    for ask in ("step", "target"):
        done = screenhand("compare", tmp_path / "e", "--ask", ask)
        assert done.returncode == 0, done.stderr
        assert "screenhand v1" in done.stdout
