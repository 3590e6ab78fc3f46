"""Recordings survive what happens to them: kills at any byte, full disks, strangers' hands."""

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from agent.endings import EXIT_CODES
from agent.episode import Decision, Ending, Episode, Finish, Limits, Move, PlanStep, Unreadable, Usage
from agent.loop import run_episode
from agent.moves import read_move, write_move
from agent.policy import Scripted
from agent.recordings.journal import RecordingFailed
from agent.recordings.reader import BadRecording, read_recording
from agent.recordings.writer import Recorder, new_folder
from agent.report import episode_page, write_page
from devices import (
    Box,
    Click,
    DeviceLost,
    Drag,
    Element,
    LongPress,
    MoveTo,
    Observation,
    OpenApp,
    Point,
    Press,
    Refusal,
    Scroll,
    TypeText,
    Wait,
)
from devices.toy import BOXES, Toy

EVERY_MOVE: tuple[Move, ...] = (
    Click(Point(1, 2), "right", 3, ("ctrl", "shift")),
    LongPress(Point(0, 0), 0.25),
    MoveTo(Point(3, 4)),
    Drag((Point(1, 1), Point(2, 2), Point(3, 1)), 0.1, "middle", ("alt",)),
    Scroll(Point(9, 9), "left", 7),
    TypeText("naïve 中文 🙂\n\t\"'\\"),
    Press(("ctrl", "s")),
    Wait(1.5),
    OpenApp("text editor"),
    Finish(False, "not there"),
    Unreadable("no JSON"),
)
LONE_SURROGATE = "half \ud800 way"


def record(folder: Path, moves: tuple[Move, ...], limits: Limits | None = None) -> Episode:
    goal = f"sign in <script>alert(1)</script> {LONE_SURROGATE}"
    recorder = Recorder(folder, goal, device="toy", agent="scripted")
    return run_episode(goal, Toy(), Scripted(moves), journal=recorder, limits=limits)


@pytest.fixture
def recorded(tmp_path: Path) -> tuple[Path, Episode]:
    name, sign_in = Click(BOXES["Name"].center), Click(BOXES["Sign in"].center)
    moves = (name, TypeText("Ada\tsecret"), Press(("nosuchkey",)), sign_in)
    return tmp_path / "episode", record(tmp_path / "episode", moves)


def test_it_reads_back_equal(recorded: tuple[Path, Episode]) -> None:
    folder, episode = recorded
    recording = read_recording(folder)
    assert recording.episode == episode
    assert (recording.device, recording.agent, recording.verdict) == ("toy", "scripted", None)


def test_every_field_of_an_observation_and_a_decision_survives(tmp_path: Path) -> None:
    pixels = np.arange(5 * 4 * 3, dtype=np.uint8).reshape(5, 4, 3)
    element = Element("window", "Änderung — 中", Box(0, 1, 3, 4), focused=True)
    seen = Observation(pixels, "front", 12.5, (element,), 0.03)
    recorder = Recorder(tmp_path / "e", "g", device="d", agent="a")
    words = "1/2 click", f"because {LONE_SURROGATE}", '{"raw": "\u2028"}'
    decision = Decision(Unreadable("?"), *words, Usage(5, 4, 3, 2), PlanStep(1, 2, 3, 4), element)
    recorder.intend(0, seen, decision)
    step = read_recording(tmp_path / "e").episode.steps[0]
    assert (step.seen, step.decision) == (seen, decision)
    assert "not known" in step.error
    assert step.refusal is Refusal.UNCERTAIN


def test_why_an_action_was_refused_survives(recorded: tuple[Path, Episode]) -> None:
    folder, _ = recorded
    refusals = [step.refusal for step in read_recording(folder).episode.steps]
    assert refusals == [None, None, Refusal.UNAVAILABLE, None, None]


@pytest.mark.parametrize(
    ("recorded_as", "plan_step", "words"),
    [
        ("2.3/5 click 'Save'", PlanStep(2, 5, 3, 0), "click 'Save'"),
        ("2/5 click 'Save'", PlanStep(2, 5), "click 'Save'"),
        ("4/7", PlanStep(4, 7), ""),
        ("scroll to 3/5 of the page", None, "scroll to 3/5 of the page"),
    ],
)
def test_a_recording_from_before_plans_had_a_field_still_tells_them(
    recorded: tuple[Path, Episode], recorded_as: str, plan_step: PlanStep | None, words: str
) -> None:
    folder, _ = recorded
    change_first_intent(folder, without=("plan_step", "target"), step_instruction=recorded_as)
    decision = read_recording(folder).episode.steps[0].decision
    assert (decision.plan_step, decision.instruction, decision.target) == (plan_step, words, None)
    assert decision.heading == recorded_as


@pytest.mark.parametrize("move", EVERY_MOVE, ids=lambda move: type(move).__name__)
def test_every_move_reads_back_equal(move: Move) -> None:
    assert read_move(json.loads(json.dumps(write_move(move)))) == move


BAD_MOVES: list[object] = [
    {},
    {"action_type": "explode"},
    {"action_type": ["click"]},
    {"action_type": "click"},
    {"action_type": "click", "coordinate": [1]},
    {"action_type": "click", "coordinate": [1, 2, 3]},
    {"action_type": "click", "coordinate": [1.5, 2]},
    {"action_type": "click", "coordinate": ["1", 2]},
    {"action_type": "click", "coordinate": [1, 2], "button": "fourth"},
    {"action_type": "click", "coordinate": [1, 2], "command": "rm"},
    {"action_type": "type", "text": 3},
    {"action_type": "type", "text": None},
    {"action_type": "wait", "duration_s": float("nan")},
    {"action_type": "wait", "duration_s": float("inf")},
    {"action_type": "press", "keys": "ctrl"},
    {"action_type": "drag", "path": [[1, 2], {"x": 1}]},
]


@pytest.mark.parametrize("found", BAD_MOVES, ids=repr)
def test_a_move_that_is_none_says_why(found: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_move(found)


@given(st.dictionaries(st.text(), st.recursive(st.none() | st.integers() | st.text() | st.floats(), st.lists)))
def test_no_json_object_gets_past_the_gate_unnamed(found: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="action_type must be one of"):
        read_move(found)


def test_equal_screens_are_stored_once(recorded: tuple[Path, Episode]) -> None:
    folder, episode = recorded
    screens = {step.seen.digest for step in episode.steps} | {episode.final.digest if episode.final else ""}
    assert len(list((folder / "screenshots").iterdir())) == len(screens) < len(episode.steps) + 1


def test_only_the_owner_may_look(recorded: tuple[Path, Episode]) -> None:
    folder, _ = recorded
    write_page(folder)
    for path in (folder, *folder.rglob("*")):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_killed_at_any_byte_it_still_opens(recorded: tuple[Path, Episode]) -> None:
    folder, episode = recorded
    (folder / "episode.json").unlink()
    whole = (folder / "steps.jsonl").read_bytes()
    header = whole.index(b"\n") + 1
    for length in range(header, len(whole) + 1, 61):
        (folder / "steps.jsonl").write_bytes(whole[:length])
        cut = read_recording(folder).episode
        assert cut.ending is Ending.CUT_SHORT
        known = [step for step in cut.steps if step.change is not None]
        assert known == list(episode.steps[: len(known)]), "an acknowledged step changed"
        assert len(known) == max(0, whole[:length].count(b"\n") - 1) // 2, "an acknowledged step was lost"


def test_killed_before_its_first_line_it_says_so(recorded: tuple[Path, Episode]) -> None:
    folder, _ = recorded
    (folder / "steps.jsonl").write_bytes(b'{"record": "epis')
    with pytest.raises(BadRecording, match="killed before its first step"):
        read_recording(folder)


def test_a_lost_device_reads_back_with_its_open_question(tmp_path: Path) -> None:
    class Breaks(Toy):
        def perform(self, action: object) -> None:
            raise DeviceLost("the cable was pulled")

    recorder = Recorder(tmp_path / "e", "g", device="toy", agent="scripted")
    episode = run_episode("g", Breaks(), Scripted((TypeText("a"),)), journal=recorder)
    assert read_recording(tmp_path / "e").episode == episode


def hostile_line(folder: Path, line: bytes) -> None:
    with (folder / "steps.jsonl").open("ab") as file:
        file.write(line + b"\n")


def change_first_intent(folder: Path, without: tuple[str, ...] = (), **changes: object) -> None:
    lines = (folder / "steps.jsonl").read_text().splitlines()
    intent = json.loads(lines[1]) | changes
    lines[1] = json.dumps({key: value for key, value in intent.items() if key not in without})
    (folder / "steps.jsonl").write_text("\n".join(lines) + "\n")


def swap_picture(folder: Path, data: bytes) -> None:
    next((folder / "screenshots").iterdir()).write_bytes(data)


def first_picture(folder: Path) -> Path:
    intent = json.loads((folder / "steps.jsonl").read_text().splitlines()[1])
    return folder / str(intent["observation"]["screenshot"])


def another_picture(folder: Path) -> None:
    Image.new("RGB", (640, 400)).save(first_picture(folder))


def picture_as_link(folder: Path) -> None:
    picture = first_picture(folder)
    picture.rename(folder.parent / "elsewhere.png")
    picture.symlink_to(folder.parent / "elsewhere.png")


def pictures_elsewhere(folder: Path) -> None:
    shutil.move(folder / "screenshots", folder.parent / "elsewhere")
    (folder / "screenshots").symlink_to(folder.parent / "elsewhere")


def lines_as_fifo(folder: Path) -> None:
    (folder / "steps.jsonl").unlink()
    os.mkfifo(folder / "steps.jsonl")


def bomb(folder: Path) -> None:
    picture = first_picture(folder)
    Image.new("1", (30000, 30000)).save(picture)


HOSTILE: dict[str, Callable[[Path], object]] = {
    "nothing there": lambda folder: shutil.rmtree(folder),
    "a pickle": lambda folder: hostile_line(folder, b"\x80\x04\x95cos\nsystem\n"),
    "deep JSON": lambda folder: hostile_line(folder, b"[" * 100_000),
    "a key twice": lambda folder: hostile_line(folder, b'{"record": "intent", "record": "result"}'),
    "a step too far": lambda folder: change_first_intent(folder, step=7),
    "a path out": lambda folder: change_first_intent(
        folder, observation={"screenshot": "screenshots/../../../etc/passwd", "width": 1, "height": 1}
    ),
    "an unknown field": lambda folder: change_first_intent(folder, execute="rm -rf ~"),
    "an unknown move": lambda folder: change_first_intent(folder, action={"action_type": "shell", "command": "id"}),
    "another picture": another_picture,
    "no picture": lambda folder: first_picture(folder).write_bytes(b"GIF89a"),
    "half a picture": lambda folder: first_picture(folder).write_bytes(first_picture(folder).read_bytes()[:400]),
    "a picture as a link": picture_as_link,
    "pictures elsewhere": pictures_elsewhere,
    "a pipe that never ends": lines_as_fifo,
    "a picture bomb": bomb,
    "an unknown ending": lambda folder: (folder / "episode.json").write_text('{"termination": "glory"}'),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_strangers_recording_is_believed_in_nothing(recorded: tuple[Path, Episode], name: str) -> None:
    folder, _ = recorded
    HOSTILE[name](folder)
    with pytest.raises(BadRecording) as flaw:
        read_recording(folder)
    assert str(folder) in str(flaw.value)


def test_a_folder_in_use_is_left_alone(recorded: tuple[Path, Episode]) -> None:
    folder, episode = recorded
    with pytest.raises(RecordingFailed, match="already holds something"):
        Recorder(folder, "g", device="d", agent="a")
    assert read_recording(folder).episode == episode


def test_an_unwritable_place_is_named_before_anything_is_done(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RecordingFailed, match=r"cannot record into .*file/episode"):
        Recorder(tmp_path / "file" / "episode", "g", device="d", agent="a")


def test_a_full_disk_ends_the_run_before_the_action_and_loses_nothing(tmp_path: Path) -> None:
    program = """
import resource, sys
from pathlib import Path
from agent.loop import run_episode
from agent.episode import Limits
from agent.policy import Scripted
from agent.recordings.writer import Recorder
from devices import TypeText
from devices.toy import Toy
toy = Toy()
recorder = Recorder(Path(sys.argv[1]), "g", device="toy", agent="scripted")
# A limit on file size fails a write in the middle just as a full disk does.
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000))
episode = run_episode("g", toy, Scripted((TypeText("a"),) * 90), limits=Limits(steps=99, stuck=99), journal=recorder)
print(episode.ending, len(toy.fields["Name"]))
"""
    folder = tmp_path / "episode"
    done = subprocess.run([sys.executable, "-c", program, folder], capture_output=True, text=True, check=True)
    ending, typed = done.stdout.split()
    assert ending == "recording_failed"
    episode = read_recording(folder).episode
    assert len(episode.steps) >= int(typed) > 0
    assert EXIT_CODES[Ending(ending)] == 11


def test_a_killed_writer_loses_no_acknowledged_step(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from agent.loop import run_episode
from agent.episode import Limits
from agent.policy import Scripted
from agent.recordings.writer import Recorder
from devices import TypeText
from devices.toy import Toy
recorder = Recorder(Path(sys.argv[1]), "g", device="toy", agent="scripted")
run_episode("g", Toy(), Scripted((TypeText("a"),) * 500), journal=recorder, limits=Limits(steps=500),
            watchers=[lambda step: print(step.index, flush=True)])
"""
    for kill in range(6):
        folder = tmp_path / f"episode{kill}"
        with subprocess.Popen([sys.executable, "-c", program, folder], stdout=subprocess.PIPE, text=True) as run:
            assert run.stdout
            acknowledged = [int(run.stdout.readline()) for _ in range(3 + 5 * kill)]
            run.kill()
        episode = read_recording(folder).episode
        assert episode.ending is Ending.CUT_SHORT
        assert len(episode.steps) > acknowledged[-1]


def test_the_page_is_whole_and_runs_nothing(recorded: tuple[Path, Episode]) -> None:
    folder, episode = recorded
    page = write_page(folder).read_text()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert page.count("<section") == len(episode.steps) + 1
    assert page.count("data:image/png") == len({step.seen.digest for step in episode.steps}), "each picture once"
    assert "http" not in page.replace('http-equiv="Content', "")


def test_a_page_of_a_run_cut_short_says_so(recorded: tuple[Path, Episode]) -> None:
    folder, _ = recorded
    (folder / "episode.json").unlink()
    assert "cut short" in episode_page(read_recording(folder))


def test_the_verdict_is_added_afterwards(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "e", "g", device="toy", agent="scripted")
    episode = run_episode("g", Toy(), Scripted(()), journal=recorder)
    recorder.judge(episode, "verified", "the file holds it")
    recording = read_recording(tmp_path / "e")
    assert (recording.verdict, recording.verdict_reason) == ("verified", "the file holds it")
    assert replace(recording.episode, reason="") == replace(episode, reason="")


def test_a_new_folder_is_named_for_its_goal() -> None:
    assert new_folder("Open the Text-Editor; rm -rf ../..").name.endswith("-open-the-text-editor-rm-rf")
    assert new_folder("日本語").name.endswith("-episode")
