"""Other people's episodes become recordings of ours: nothing guessed, nothing lost, nothing believed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from agent.episode import Ending, Finish
from agent.evaluate.gold_file import GOLD_FILE, read_gold
from agent.evaluate.importers import READERS, write_recording
from agent.evaluate.importers.pyautogui_moves import moves_in
from agent.evaluate.protocols import protocol_named
from agent.evaluate.protocols.move_features import finger_direction
from agent.recordings.images import Missing, NoPicture
from agent.recordings.reader import BadRecording, read_recording
from agent.recordings.untrusted import Untrusted
from agent.report import episode_page
from devices import Click, Drag, MoveTo, OpenApp, Point, Press, Scroll, TypeText, Wait
from tests.samples import ROOT, sample
from tests.test_cli import screenhand

SOURCES = {
    "aitz": "aitz",
    "androidcontrol": "androidcontrol/test_800_episodes.jsonl",
    "agentnetbench": "agentnetbench",
    "screenspot": "screenspot",
}
STEPS = {"aitz": (1, 4), "androidcontrol": (800, 4343), "agentnetbench": (2, 18), "screenspot": (2, 2)}


@pytest.mark.parametrize("name", SOURCES)
def test_the_gold_actions_score_full_marks_under_the_protocol_of_their_own_data_set(name: str) -> None:
    episodes = list(READERS[name](sample(SOURCES[name])))
    marks = [
        protocol_named(episode.protocol).score(step.gold, step.gold.move)
        for episode in episodes
        for step in episode.steps
    ]
    assert (len(episodes), len(marks)) == STEPS[name]
    assert all(score and score.same_type and score.value == 1 for score in marks)


@pytest.mark.parametrize("name", SOURCES)
def test_an_imported_episode_opens_in_show_and_reads_back_equal(name: str, tmp_path: Path) -> None:
    imported = next(READERS[name](sample(SOURCES[name])))
    folder = write_recording(imported, tmp_path)
    recording = read_recording(folder)
    assert recording.episode == imported.episode
    assert read_recording(folder, lazily=True).episode == imported.episode
    golds, header = read_gold(folder, recording.episode, recording.device)
    assert golds == tuple(step.gold for step in imported.steps)
    assert header
    assert (header.protocol, header.surface) == (imported.protocol, imported.surface)
    page = episode_page(recording)
    assert page.count("<section") == len(imported.steps) + (imported.final is not None)


def test_a_missing_picture_is_named_and_never_painted(tmp_path: Path) -> None:
    imported = next(READERS["androidcontrol"](sample(SOURCES["androidcontrol"])))
    recording = read_recording(write_recording(imported, tmp_path))
    seen = recording.episode.steps[0].seen
    assert isinstance(seen, Missing)
    with pytest.raises(NoPicture, match=r"8193_0\.png"):
        _ = seen.pixels
    assert "8193_0.png" in episode_page(recording)


def test_aitz_keeps_a_swipe_with_both_points_and_the_fingers_direction(tmp_path: Path) -> None:
    swipe = next(READERS["aitz"](sample("aitz"))).steps[1]
    assert swipe.gold.move == Drag((Point(136, 324), Point(156, 0)))
    assert finger_direction(swipe.gold.move) == "up"
    assert swipe.instruction == "scroll up"
    folder = write_recording(next(READERS["aitz"](sample("aitz"))), tmp_path)
    assert json.loads((folder / GOLD_FILE).read_text().splitlines()[2])["finger"] == "up"


def test_agentnet_moving_there_and_scrolling_is_one_move_and_alternatives_are_kept() -> None:
    steps = [step for episode in READERS["agentnetbench"](sample("agentnetbench")) for step in episode.steps]
    scrolls = [step.gold for step in steps if isinstance(step.gold.move, Scroll)]
    assert [gold.move.direction for gold in scrolls if isinstance(gold.move, Scroll)] == ["down", "down"]
    assert all(gold.answer.areas for gold in scrolls)
    assert sum(len(step.gold.answers) > 1 for step in steps) == 2


def picture(path: Path, shade: int, size: tuple[int, int] = (400, 300)) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, (shade, 0, 0)).save(path)


def test_screenspots_two_box_orders_are_declared_and_not_guessed(tmp_path: Path) -> None:
    picture(tmp_path / "a.png", 9, (1000, 800))
    item = {"img_filename": "a.png", "instruction": "x", "data_type": "text", "data_source": "windows"}
    (tmp_path / "screenspot_desktop.json").write_text(json.dumps([item | {"bbox": [910, 78, 44, 34]}]))
    pro = item | {"bbox": [910, 78, 954, 112], "img_size": [1000, 800], "ui_type": "icon", "platform": "windows"}
    (tmp_path / "pro").mkdir()
    picture(tmp_path / "pro" / "a.png", 9, (1000, 800))
    (tmp_path / "pro" / "x.json").write_text(json.dumps([pro]))
    one = next(READERS["screenspot"](tmp_path)).steps[0].gold
    other = next(READERS["screenspot-pro"](tmp_path / "pro")).steps[0].gold
    assert one.answers == other.answers
    assert (one.group, other.group) == ("desktop/text", "windows/icon")


TRACE = [
    "pyautogui.click(100, 50)",
    "import pyautogui; pyautogui.moveTo(10, 20)\npyautogui.scroll(-5)\npyautogui.hotkey('ctrl', 's')",
    {"action_type": "TYPING", "parameters": {"text": "hi"}},
    "DONE",
]


def trace(folder: Path, actions: list[Any]) -> Path:
    lines = [
        {"step_num": at + 1, "action": action, "screenshot_file": f"step_{at + 1}.png"}
        for at, action in enumerate(actions)
    ]
    for at in range(len(actions)):
        picture(folder / f"step_{at + 1}.png", 10 * (at + 1))
    (folder / "traj.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (folder / "result.txt").write_text("1.0\n")
    (folder / "task.json").write_text('{"instruction": "save it"}')
    return folder


def test_osworlds_pictures_are_shifted_to_before_the_action(tmp_path: Path) -> None:
    folder = write_recording(next(READERS["osworld"](trace(tmp_path / "t1", TRACE))), tmp_path / "out")
    recording = read_recording(folder)
    steps = recording.episode.steps
    assert [step.decision.move for step in steps] == [
        Click(Point(100, 50)),
        Scroll(Point(10, 20), "down", 5),
        Press(("ctrl", "s")),
        TypeText("hi"),
        Finish(True),
    ]
    assert isinstance(steps[0].seen, Missing), "upstream keeps no picture before the first action"
    assert [int(step.seen.pixels[0, 0, 0]) for step in steps[1:]] == [10, 10, 20, 30]
    assert recording.episode.final
    assert int(recording.episode.final.pixels[0, 0, 0]) == 40
    assert (recording.episode.goal, recording.verdict) == ("save it", "verified")
    picture(tmp_path / "t1" / "step_0.png", 5)
    assert int(next(READERS["osworld"](tmp_path / "t1")).steps[0].seen.pixels[0, 0, 0]) == 5


def test_mobileruns_macro_keeps_both_points_and_no_secret(tmp_path: Path) -> None:
    state = {"screen": {"width": 400, "height": 300}}
    actions = [
        {"action_type": "start_app", "package": "com.clock", "pre_state": state},
        {"action_type": "swipe", "start_x": 9, "start_y": 90, "end_x": 8, "end_y": 10, "duration_ms": 250},
        {"action_type": "type_secret", "secret_id": "PIN"},
        {"action_type": "key_press", "keycode": 4},
        {"action_type": "wait", "duration": 2.5},
    ]
    macro = {"macro_schema_version": "2.0", "description": "open it", "actions": actions}
    (tmp_path / "macro.json").write_text(json.dumps(macro))
    picture(tmp_path / "screenshots" / "0000.png", 7)
    imported = next(READERS["mobilerun"](tmp_path))
    assert [step.gold.move for step in imported.steps] == [
        OpenApp("com.clock"),
        Drag((Point(9, 90), Point(8, 10)), 0.25),
        TypeText("{secret:PIN}"),
        Press(("back",)),
        Wait(2.5),
    ]
    assert imported.episode.ending is Ending.FINISHED
    assert np.all(imported.steps[0].seen.pixels[0, 0] == (7, 0, 0))
    assert isinstance(imported.steps[1].seen, Missing)


CODE = [
    "__import__('os').system('id')",
    "pyautogui.click(x=open('/etc/passwd'), y=1)",
    "os.system('id')",
    "pyautogui.click(100",
    "while True: pass",
    "pyautogui.typewrite(('a' * 10**9))",
    "pyautogui." + "a." * 9000 + "b()",
    "(" * 900 + ")" * 900,
    "pyautogui.frobnicate(1)",
]


@pytest.mark.parametrize("code", CODE, ids=lambda code: code[:40])
def test_code_in_a_trace_is_read_and_never_run(code: str) -> None:
    with pytest.raises(Untrusted, match="step 3"):
        moves_in(code, (100, 100), "step 3")


def test_shares_of_the_screen_are_told_from_pixels() -> None:
    assert moves_in("pyautogui.moveTo(x=0.5, y=0.25)", (200, 100), "") == [MoveTo(Point(100, 25))]
    assert moves_in("pyautogui.moveTo(1, 1)", (200, 100), "") == [MoveTo(Point(1, 1))]


def aitz_step(**changes: object) -> list[dict[str, object]]:
    plain = {
        "episode_id": "e",
        "instruction": "i",
        "result_action_type": 5,
        "result_action_text": "",
        "image_path": "a.png",
    }
    empty = dict.fromkeys(("ui_positions", "ui_text", "ui_types"), "[]")
    return [plain | empty | {"result_touch_yx": "[-1, -1]", "result_lift_yx": "[-1, -1]"} | changes]


def written(folder: Path, text: str | list[dict[str, object]]) -> None:
    picture(folder / "a.png", 1)
    (folder / "e.json").write_text(text if isinstance(text, str) else json.dumps(text))


def linked(folder: Path) -> None:
    written(folder, aitz_step())
    (folder / "a.png").rename(folder.parent / "elsewhere.png")
    (folder / "a.png").symlink_to(folder.parent / "elsewhere.png")


def bomb(folder: Path) -> None:
    written(folder, aitz_step())
    Image.new("1", (30000, 30000)).save(folder / "a.png")


def fifo(folder: Path) -> None:
    os.mkfifo(folder / "e.json")


HOSTILE: dict[str, Callable[[Path], None]] = {
    "nothing there": lambda folder: None,
    "a pickle": lambda folder: written(folder, "\x80\x04cos\nsystem\n"),
    "deep JSON": lambda folder: written(folder, "[" * 1_000_000),
    "deep JSON in JSON": lambda folder: written(folder, aitz_step(ui_positions="[" * 1_000_000)),
    "huge JSON": lambda folder: written(folder, "[" + "[]," * 3_000_000 + "[]]"),
    "many values": lambda folder: written(folder, "[" + "[]," * 1_300_000 + "[]]"),
    "NaN": lambda folder: written(folder, '[{"episode_id": NaN}]'),
    "NaN in a point": lambda folder: written(folder, aitz_step(result_action_type=4, result_touch_yx="[NaN, 1]")),
    "infinite": lambda folder: written(folder, '[{"episode_id": 1e999}]'),
    "many keys": lambda folder: written(folder, "[{" + ",".join(f'"{at}":1' for at in range(300_000)) + "}]"),
    "a key twice": lambda folder: written(folder, '[{"episode_id": "a", "episode_id": "b"}]'),
    "a wrong type": lambda folder: written(folder, aitz_step(result_action_type="five")),
    "an unknown action": lambda folder: written(folder, aitz_step(result_action_type=99)),
    "a point outside": lambda folder: written(
        folder, aitz_step(result_action_type=4, result_touch_yx="[7, 1]", result_lift_yx="[1, 1]")
    ),
    "a path out": lambda folder: written(folder, aitz_step(image_path="../../../../etc/..")),
    "a picture as a link": linked,
    "a picture bomb": bomb,
    "a pipe that never ends": fifo,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_strangers_data_is_believed_in_nothing(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    HOSTILE[name](folder)
    with pytest.raises(Untrusted) as flaw:
        write_recording(next(READERS["aitz"](folder)), tmp_path / "out")
    assert str(folder) in str(flaw.value)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much memory was used")
def test_hostile_data_costs_little_memory_and_time(tmp_path: Path) -> None:
    folders = []
    for at, name in enumerate(HOSTILE):
        folders.append(tmp_path / str(at) / "data")
        folders[-1].mkdir(parents=True)
        HOSTILE[name](folders[-1])
    program = """
import sys, time
from pathlib import Path
from agent.evaluate.importers import READERS, write_recording
from agent.recordings.untrusted import Untrusted
slowest = 0
for folder in map(Path, sys.argv[1:]):
    began = time.process_time()
    try:
        for imported in READERS["aitz"](folder):
            write_recording(imported, folder.parent / "out")
    except Untrusted:
        pass
    slowest = max(slowest, time.process_time() - began)
print(slowest, int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) >> 10)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, *folders], capture_output=True, text=True, check=True, cwd=ROOT
    )
    slowest, mebibytes = map(float, done.stdout.split())
    assert slowest < 5, "a second on an idle machine"
    assert mebibytes < 256


def test_a_side_file_of_another_episode_is_refused(tmp_path: Path) -> None:
    folder = write_recording(next(READERS["aitz"](sample("aitz"))), tmp_path)
    recording = read_recording(folder)
    lines = (folder / GOLD_FILE).read_text().splitlines(keepends=True)
    mended = [
        (lines[:-1], "need as many targets"),
        ([*lines, lines[-1]], "need as many targets"),
        ([lines[0], lines[2], *lines[2:]], "step 0 should come next"),
        ([lines[0], lines[1].replace('"areas": []', '"areas": [[NaN, 0, 1, 1]]'), *lines[2:]], "NaN"),
        (lines[1:], "line 1"),
    ]
    for bad, said in mended:
        (folder / GOLD_FILE).write_text("".join(bad))
        with pytest.raises(BadRecording, match=said):
            read_gold(folder, recording.episode, recording.device)
    (folder / GOLD_FILE).unlink()
    (folder / GOLD_FILE).symlink_to("/etc/passwd")
    with pytest.raises(BadRecording):
        read_gold(folder, recording.episode, recording.device)


def test_the_command_says_what_it_made_and_what_was_missing(tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_bytes(sample(SOURCES["androidcontrol"]).read_bytes().splitlines(keepends=True)[0])
    done = screenhand("import", "androidcontrol", tmp_path / "one.jsonl", tmp_path / "out")
    assert (done.returncode, done.stdout) == (0, f"1 episodes, 11 steps in {tmp_path / 'out'}\n")
    assert "11 steps have no picture" in done.stderr
    again = screenhand("import", "androidcontrol", tmp_path / "one.jsonl", tmp_path / "out")
    assert (again.returncode, "already holds something" in again.stderr) == (2, True)
    asked = screenhand("compare", tmp_path / "out")
    assert (asked.returncode, "8193_0.png" in asked.stderr) == (2, True), "nobody could be asked anything"
