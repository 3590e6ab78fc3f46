"""What is exported is what was recorded, in a form that its readers read back."""

import json
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from agent.episode import Decision, Ending, Episode, Finish, Move, Seconds, Step, Unreadable
from agent.evaluate.exporters import chat_messages, osworld, parquet, zip_archive
from agent.evaluate.importers import READERS, write_recording
from agent.evaluate.importers.pyautogui_moves import moves_in
from agent.loop import run_episode
from agent.policy import Scripted
from agent.recordings.reader import Recording, read_recording
from agent.recordings.untrusted import Untrusted
from agent.recordings.writer import Recorder
from devices import Click, Drag, LongPress, MoveTo, OpenApp, Point, Press, Scroll, TypeText, Wait
from devices.toy import Toy
from tests.samples import sample
from tests.test_cli import screenhand

MOVES: tuple[Move, ...] = (
    Click(Point(350, 100)),
    Click(Point(350, 100), "right", 2),
    MoveTo(Point(3, 4)),
    Drag((Point(10, 10), Point(90, 20)), 0.5),
    Scroll(Point(5, 6), "down", 4),
    Scroll(Point(5, 6), "left", 1),
    TypeText('it\'s "quoted"\n\\n 中文 🙂'),
    Press(("ctrl", "s")),
    Wait(0.5),
    OpenApp("text editor"),
    LongPress(Point(9, 9), 0.7),
    Finish(True),
)


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    seen = Toy().observe()
    steps = tuple(Step(at, seen, Decision(move), "", None, Seconds()) for at, move in enumerate(MOVES))
    recorder = Recorder(tmp_path / "e1", "do it", device="toy", agent="x")
    for step in steps:
        recorder.intend(step.index, step.seen, step.decision)
        recorder.record(step)
    episode = Episode("do it", steps, Ending.FINISHED, final=seen)
    recorder.close(episode)
    recorder.judge(episode, "verified", "the world says so")
    return read_recording(tmp_path / "e1")


def test_an_osworld_trace_reads_back_with_the_same_moves_and_screens(recording: Recording, tmp_path: Path) -> None:
    osworld.export([recording], tmp_path / "out")
    lines = [json.loads(line) for line in (tmp_path / "out" / "e1" / "traj.jsonl").read_text().splitlines()]
    assert lines[0]["action"].startswith("pyautogui.click(x=350, y=100")
    assert lines[-1]["action"] == "DONE"
    assert all((tmp_path / "out" / "e1" / line["screenshot_file"]).exists() for line in lines)
    back = next(READERS["osworld"](tmp_path / "out"))
    moves = [step.gold.move for step in back.steps]
    assert moves == [Drag(move.path) if isinstance(move, Drag) else move for move in MOVES]
    assert all((step.seen.pixels == Toy().observe().pixels).all() for step in back.steps)
    assert (back.goal, back.verdict and back.verdict[0]) == ("do it", "verified")


def test_code_for_text_is_a_literal_whatever_the_text(recording: Recording) -> None:
    for text in ("'); import os; os.system('id')  #", '"""', "\\", "\ud800", "a\nb\t"):
        code = osworld.action_of(TypeText(text))
        assert isinstance(code, str)
        assert moves_in(code, (10, 10), "") == [TypeText(text)]


def test_parquet_has_a_row_for_each_step_and_the_pictures_in_it(recording: Recording, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pip install pyarrow")
    parquet.export([recording, recording], tmp_path / "steps.parquet")
    rows = pq.read_table(tmp_path / "steps.parquet").to_pylist()
    assert [row["index"] for row in rows] == list(range(2 * len(MOVES)))
    assert [row["episode_index"] for row in rows] == [0] * len(MOVES) + [1] * len(MOVES)
    assert {row["task_index"] for row in rows} == {0}
    assert json.loads(rows[0]["action"])["coordinate"] == [350, 100]
    assert rows[0]["observation.image"]["bytes"].startswith(b"\x89PNG")
    assert [row["next.done"] for row in rows[: len(MOVES)]] == [False] * (len(MOVES) - 1) + [True]


def test_a_conversation_ends_with_the_familys_own_words(recording: Recording, tmp_path: Path) -> None:
    written = chat_messages.export([recording], tmp_path / "out", "qwen2.5-vl", ["computer"])
    lines = [json.loads(line) for line in (tmp_path / "out" / "messages.jsonl").read_text().splitlines()]
    assert written == len(lines) == len(MOVES)
    first = lines[0]["messages"]
    assert [turn["role"] for turn in first] == ["system", "user", "assistant"]
    assert '"action": "left_click"' in first[-1]["content"][0]["text"]
    images = [part["image"] for turn in first for part in turn["content"] if part["type"] == "image"]
    assert len(images) == 1
    with Image.open(tmp_path / "out" / images[0]) as picture:
        assert [side % 28 for side in picture.size] == [0, 0], "the size that the family is shown"


def test_what_was_not_done_teaches_nothing(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "e", "g", device="toy", agent="x")
    run_episode("g", Toy(), Scripted((Unreadable("no"), Click(Point(9999, 0)), TypeText("a"))), journal=recorder)
    assert chat_messages.export([read_recording(tmp_path / "e")], tmp_path / "out", "generic", ["computer"]) == 2


def test_a_zip_holds_the_recording_and_nothing_beside_it(recording: Recording, tmp_path: Path) -> None:
    (recording.folder / "private.txt").write_text("mine")
    zip_archive.export([recording], tmp_path / "a.zip")
    zip_archive.export([recording], tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        archive.extractall(tmp_path / "back")
    assert not (tmp_path / "back" / "e1" / "private.txt").exists()
    assert read_recording(tmp_path / "back" / "e1").episode == recording.episode


def test_an_imported_recording_survives_the_zip_with_its_targets(tmp_path: Path) -> None:
    write_recording(next(READERS["aitz"](sample("aitz"))), tmp_path / "in")
    assert screenhand("export", "zip", tmp_path / "in", tmp_path / "a.zip").returncode == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert sum(name.endswith("gold.jsonl") for name in archive.namelist()) == 1


@pytest.mark.parametrize("to", ["osworld", "parquet", "messages", "zip"])
def test_a_target_in_use_is_told_and_left_alone(recording: Recording, tmp_path: Path, to: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "e1").mkdir()
    (tmp_path / "out" / "images").mkdir()
    done = screenhand("export", to, recording.folder, tmp_path / "out")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr


def test_a_zip_that_fails_leaves_none_and_one_that_is_there_stays(recording: Recording, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    (lost,) = list((recording.folder / "screenshots").glob("*.png"))[:1]
    lost.rename(tmp_path / lost.name)
    with pytest.raises(Untrusted, match=lost.name):
        zip_archive.export([recording], file)
    assert list(tmp_path.glob("*.zip*")) == []
    (tmp_path / lost.name).rename(lost)
    file.write_bytes(b"somebody's")
    with pytest.raises(FileExistsError, match="name a new file"):
        zip_archive.export([recording], file)
    assert file.read_bytes() == b"somebody's"
