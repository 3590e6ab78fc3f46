"""ask, locate, extract and when as a person meets them, on real files, over real HTTP, answered by what is seen."""

import base64
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from agent.dialects.families import dialect_named
from agent.models.chat import Picture
from agent.recordings.writer import Recorder
from tests.doubles.chat_server import Answer, chat_server, completion
from tests.doubles.drawn import Drawn
from tests.doubles.filmed import film, page, pdf, red_box, screen
from tests.samples import sample

ROOT = Path(__file__).parent.parent
COMMAND = (sys.executable, "-c", "from agent.cli import main; main()")
BARE = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
HERE = BARE | {"PYTHONPATH": str(ROOT), "COLUMNS": "200", "TERM": "dumb"}
Done = subprocess.CompletedProcess[str]


def screenhand(*arguments: str | Path) -> Done:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, env=HERE, timeout=120, check=False)


def asked_of(answer: Answer, *arguments: str | Path) -> tuple[Done, list[dict[str, Any]]]:
    """What the command does with a server that answers so, and what the server was asked."""
    with chat_server(answer) as (url, asked):
        return screenhand(*arguments, "--endpoint", url, "--model", "qwen2.5-vl", "--dialect", "qwen2.5-vl"), asked


def parts_of(body: dict[str, Any]) -> list[str | Picture]:
    """Texts and pictures of a request, in order."""
    parts: list[str | Picture] = []
    for message in body["messages"]:
        content = message["content"]
        for part in content if isinstance(content, list) else [{"type": "text", "text": content}]:
            if part["type"] == "text":
                parts.append(part["text"])
            else:
                png = base64.b64decode(part["image_url"]["url"].removeprefix("data:image/png;base64,"))
                parts.append(Picture(np.asarray(Image.open(io.BytesIO(png)))))
    return parts


def boxed_red(body: dict[str, Any]) -> str:
    """Where something red is on the picture that was sent, in its pixels."""
    (picture,) = [part for part in parts_of(body) if isinstance(part, Picture)]
    box = red_box(picture)
    return "```json\n" + json.dumps([{"bbox_2d": box, "label": "dialog"}] if box else []) + "\n```"


def timed_red(body: dict[str, Any]) -> str:
    """From when to when something red is on the frames that were sent, by the times they were labelled with."""
    parts = parts_of(body)
    times = [
        float(str(label).removeprefix("Frame at t=").removesuffix(" s:"))
        for label, frame in pairwise(parts)
        if isinstance(frame, Picture) and red_box(frame)
    ]
    return f"The given query happens in {times[0]} - {times[-1]} seconds." if times else "It does not happen."


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A screenshot of a size that is no multiple of 28, with a dialog at (250, 180)-(850, 520)."""
    pixels = np.full((705, 1111, 3), 200, np.uint8)
    pixels[180:520, 250:850] = (220, 30, 30)
    Image.fromarray(pixels).save(tmp_path / "screen.png")
    return tmp_path / "screen.png"


def test_ask_prints_the_answer_and_nothing_else(picture: Path) -> None:
    done, (body,) = asked_of(lambda body: "A red\x1b[31m dialog.", "ask", "what is open?", picture)
    assert (done.returncode, done.stdout) == (0, "A red[31m dialog.\n")
    (sent,) = [part for part in parts_of(body) if isinstance(part, Picture)]
    assert sent.size == dialect_named("qwen2.5-vl").sizes.fit((1111, 705))
    assert "what is open?" in parts_of(body)


def test_ask_takes_many_kinds_of_files_at_once(tmp_path: Path, picture: Path) -> None:
    paper = pdf(tmp_path / "a.pdf", page("one"), page("two"), page("three"))
    video = film(tmp_path / "a.mp4", 2)
    done, (body,) = asked_of(lambda body: "seen", "ask", "what?", picture, paper, video, "--pages", "2-3", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "answer": "seen",
        "tokens": {"prompt": 10, "completion": 5, "prefilled": 0, "forwards": 0},
    }
    labels = [part for part in parts_of(body) if isinstance(part, str) and not part.startswith("Frame")]
    assert labels == ["screen.png:", "a.pdf, page 2:", "a.pdf, page 3:", "a.mp4:", "what?"]


def test_ask_looks_at_a_live_screen() -> None:
    done, (body,) = asked_of(lambda body: "Please sign in", "ask", "what does it say?", "--device", "toy")
    assert (done.returncode, done.stdout) == (0, "Please sign in\n")
    (sent,) = [part for part in parts_of(body) if isinstance(part, Picture)]
    assert sent.size == (644, 392)


def test_an_answer_that_was_cut_off_is_no_answer(picture: Path) -> None:
    done, _ = asked_of(lambda body: completion("The dialog sa", finish="length"), "ask", "what?", picture)
    assert (done.returncode, done.stdout) == (7, "")
    assert "cut off" in done.stderr


def test_locate_gives_pixels_of_the_file_and_draws_them(tmp_path: Path, picture: Path) -> None:
    done, _ = asked_of(boxed_red, "locate", "the dialog", picture, "--draw", tmp_path / "found.png")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["size"] == [1111, 705]
    (found,) = said["found"]
    assert found["label"] == "dialog"
    assert found["box"] == pytest.approx([250, 180, 850, 520], abs=2)
    assert found["point"] == pytest.approx([550, 350], abs=2)
    drawn = np.asarray(Image.open(tmp_path / "found.png"))
    original = np.asarray(Image.open(picture))
    assert drawn.shape == original.shape
    assert np.array_equal(drawn[190:510, 260:840], original[190:510, 260:840]), "what was found stays visible"
    assert not np.array_equal(drawn, original)


def test_locate_says_by_its_exit_code_that_it_is_not_there(tmp_path: Path) -> None:
    Image.fromarray(screen(dialog=False)).save(tmp_path / "a.png")
    done, _ = asked_of(boxed_red, "locate", "the dialog", tmp_path / "a.png")
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["found"] == []


def test_locate_can_ask_for_points_on_a_live_screen() -> None:
    done, (body,) = asked_of(
        lambda body: '[{"point_2d": [271, 247], "label": "Sign in"}]',
        "locate",
        "Sign in",
        "--device",
        "toy",
        "--points",
    )
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)["found"]
    assert found["point"] == pytest.approx([270, 252], abs=2)
    assert "box" not in found
    assert "point" in str(parts_of(body))


def coarsely_boxed_red(body: dict[str, Any]) -> str:
    """Like `boxed_red`, by eyes so weak that they only see every 32nd pixel."""
    box = json.loads(boxed_red(body).removeprefix("```json\n").removesuffix("\n```"))[0]["bbox_2d"]
    return json.dumps([{"bbox_2d": [side // 32 * 32 for side in box], "label": "dialog"}])


def test_looking_closer_finds_edges_that_one_look_misses(tmp_path: Path) -> None:
    pixels = np.full((700, 1120, 3), 200, np.uint8)
    pixels[223:287, 543:639] = (220, 30, 30)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    off = {}
    for flags in ((), ("--zoom",)):
        done, asked = asked_of(coarsely_boxed_red, "locate", "the dialog", tmp_path / "a.png", *flags)
        assert len(asked) == 1 + len(flags), done.stderr
        (found,) = json.loads(done.stdout)["found"]
        off[flags] = sum(abs(a - b) for a, b in zip(found["box"], (543, 223, 639, 287), strict=True))
    assert off["--zoom",] < off[()] * 0.7


def test_a_place_outside_the_picture_is_no_place(picture: Path) -> None:
    done, _ = asked_of(lambda body: '[{"bbox_2d": [2000, 0, 9999, 5], "label": "x"}]', "locate", "x", picture)
    assert (done.returncode, done.stdout) == (7, "")


def test_locate_never_overwrites_the_picture_itself(picture: Path) -> None:
    done, asked = asked_of(boxed_red, "locate", "the dialog", picture, "--draw", picture)
    assert (done.returncode, asked) == (2, [])


def test_locate_finds_what_is_named_without_a_model(tmp_path: Path) -> None:
    drawn = Drawn().text("Ada", 40, 46).button("Delete", 140, 40).text("Bob", 40, 126).button("Delete", 140, 120)
    Image.fromarray(drawn.seen.pixels).save(tmp_path / "people.png")
    one = screenhand("locate", "Delete in the row of 'Bob'", tmp_path / "people.png", "--draw", tmp_path / "found.png")
    assert one.returncode == 0, one.stderr
    (found,) = json.loads(one.stdout)["found"]
    assert (found["label"], found["point"]) == ("'Delete' button", [185, 135])
    assert (tmp_path / "found.png").stat().st_size > 1000
    both = screenhand("locate", "the Delete button", tmp_path / "people.png")
    assert len(json.loads(both.stdout)["found"]) == 2, "equals are all named"
    none = screenhand("locate", "'Rename'", tmp_path / "people.png")
    assert (none.returncode, json.loads(none.stdout)["found"]) == (1, [])
    closer = screenhand("locate", "Delete", tmp_path / "people.png", "--zoom")
    assert closer.returncode == 2
    assert "takes a model" in closer.stderr


def test_locate_on_a_published_screenshot_maps_back_to_its_own_pixels() -> None:
    samples = sample("screenspot")
    row = json.loads((samples / "annotations.jsonl").read_text().splitlines()[0])
    (path,) = samples.glob("*.png")
    left, top, width, height = row["bbox"]
    with Image.open(path) as picture:
        fit = dialect_named("qwen2.5-vl").fit(picture.size)
    sides = [value * to / of for value, to, of in zip(
        (left, top, left + width, top + height), fit.picture * 2, fit.screen * 2, strict=True
    )]  # fmt: skip
    reply = json.dumps([{"bbox_2d": [round(side) for side in sides], "label": "it"}])
    done, _ = asked_of(lambda body: reply, "locate", str(row.get("instruction", "it")), path)
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)["found"]
    assert found["box"] == pytest.approx([left, top, left + width, top + height], abs=2)


SCHEMA = {"type": "object", "properties": {"total": {"type": "number"}}, "required": ["total"]}


def schema(tmp_path: Path, value: Any) -> Path:
    (tmp_path / "schema.json").write_text(value if isinstance(value, str) else json.dumps(value))
    return tmp_path / "schema.json"


def test_extract_asks_once_more_and_then_prints_what_is_valid(tmp_path: Path) -> None:
    replies = iter(['{"total": "12.50"}', '```json\n{"total": 12.5}\n```'])
    paper = pdf(tmp_path / "a.pdf", page("Total 12.50"))
    done, asked = asked_of(lambda body: next(replies), "extract", "--schema", schema(tmp_path, SCHEMA), paper)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"total": 12.5}
    assert len(asked) == 2
    assert "is not of type 'number'" in str(parts_of(asked[1])[-1])
    assert asked[0]["response_format"]["json_schema"]["schema"] == SCHEMA


def test_extract_prints_nothing_that_is_not_valid(tmp_path: Path, picture: Path) -> None:
    done, asked = asked_of(lambda body: "Total: 12.50", "extract", "--schema", schema(tmp_path, SCHEMA), picture)
    assert (done.returncode, done.stdout, len(asked)) == (7, "", 2)
    assert "asked 2 times" in done.stderr


def test_a_schema_that_no_grammar_can_express_is_validated_all_the_same(tmp_path: Path, picture: Path) -> None:
    odd = schema(tmp_path, {"type": "string", "pattern": "^(?=.*x)a"})
    done, (body,) = asked_of(lambda body: '"ax"', "extract", "--schema", odd, picture)
    assert (done.returncode, done.stdout) == (0, '"ax"\n'), done.stderr
    assert "response_format" not in body
    done, _ = asked_of(lambda body: '"ay"', "extract", "--schema", odd, picture)
    assert done.returncode == 7


def test_when_finds_a_dialog_in_a_video(tmp_path: Path) -> None:
    done, _ = asked_of(timed_red, "when", "the error dialog appears", film(tmp_path / "a.mp4", 6), "--fps", "10")
    assert (done.returncode, done.stdout) == (0, "0:02.0 - 0:03.4\n"), done.stderr


def test_when_says_by_its_exit_code_that_it_does_not_happen(tmp_path: Path) -> None:
    done, _ = asked_of(timed_red, "when", "the error dialog appears", film(tmp_path / "a.mp4", 3, []), "--json")
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["events"] == []


def test_when_names_the_steps_of_a_recording(tmp_path: Path) -> None:
    folder = tmp_path / "e"
    assert screenhand("run", "click the Name field, type 'Ada'", "--device", "toy", "--record", folder).returncode == 0
    done, (body,) = asked_of(lambda body: '[{"first": 2, "last": 3}]', "when", "a name is typed", folder, "--json")
    assert done.returncode == 0, done.stderr
    (event,) = json.loads(done.stdout)["events"]
    assert event["steps"] == [2, 3]
    assert 0 <= event["start"] <= event["end"]
    assert "Screen 1:" in parts_of(body)
    done, _ = asked_of(lambda body: '[{"first": 2, "last": 3}]', "when", "a name is typed", folder)
    assert re.fullmatch(r"0:\d\d\.\d - 0:\d\d\.\d  \(steps 2 to 3\)\n", done.stdout)


def test_a_recording_without_a_screen_is_said_to_be_one(tmp_path: Path) -> None:
    Recorder(tmp_path / "e", "nothing yet", device="toy", agent="nobody")
    done, asked = asked_of(timed_red, "when", "anything", tmp_path / "e")
    assert (done.returncode, asked) == (2, [])
    assert "without a screen" in done.stderr


BAD: list[tuple[Callable[[Path], tuple[str | Path, ...]], str]] = [
    (lambda at: ("ask", "what?"), "either files or --device"),
    (lambda at: ("ask", "what?", at / "screen.png", "--device", "toy"), "either files or --device"),
    (lambda at: ("ask", " ", at / "screen.png"), "this question is empty"),
    (lambda at: ("ask", "what?", at / "absent.png"), "No such file"),
    (lambda at: ("ask", "what?", at), "steps.jsonl"),
    (lambda at: ("ask", "what?", at / "screen.png", "--pages", "x"), "counted from 1"),
    (lambda at: ("ask", "what?", at / "a.pdf", "--pages", "3"), "no page 3"),
    (lambda at: ("ask", "what?", at / "empty"), "0 bytes"),
    (lambda at: ("locate", "it", at / "a.mp4"), "is a video"),
    (lambda at: ("locate", "it", at / "a.pdf"), "choose a page with --pages"),
    (lambda at: ("locate", "it", at / "screen.png", "--draw", at / "no" / "x.png"), "cannot write"),
    (lambda at: ("when", "it opens", at / "screen.png"), "where nothing happens"),
    (lambda at: ("when", "", at / "a.mp4"), "this is empty"),
    (lambda at: ("extract", "--schema", at / "bad.json", at / "screen.png"), "no JSON Schema"),
    (lambda at: ("extract", "--schema", at / "remote.json", at / "screen.png"), "nothing is fetched"),
    (lambda at: ("extract", "--schema", at / "absent.json", at / "screen.png"), "No such file"),
    (lambda at: ("extract", "--schema", at / "screen.png", at / "screen.png"), "no JSON"),
]


def test_bad_input_gets_a_clear_error_before_a_model_is_asked(tmp_path: Path, picture: Path) -> None:
    (tmp_path / "empty").touch()
    film(tmp_path / "a.mp4", 1)
    pdf(tmp_path / "a.pdf", page("one"), page("two"))
    (tmp_path / "bad.json").write_text('{"type": "strnig"}')
    with chat_server(lambda body: "[]") as (url, asked):
        (tmp_path / "remote.json").write_text(json.dumps({"$ref": f"{url}/schema.json"}))
        for arguments, said in BAD:
            done = screenhand(*arguments(tmp_path), "--endpoint", url, "--model", "m", "--dialect", "qwen2.5-vl")
            assert done.returncode == 2, (said, done)
            assert said in done.stdout + done.stderr
            assert "Traceback" not in done.stderr
            assert done.stdout == ""
    assert len(asked) <= 1, "only --draw fails after the answer"


def test_nobody_to_ask_is_said(picture: Path) -> None:
    done = screenhand("ask", "what?", picture)
    assert done.returncode == 2
    assert "--endpoint" in done.stderr


FAULTS: list[tuple[Answer, int]] = [
    (lambda body: {"error": {"message": "no such model"}}, 14),
    (lambda body: completion('[{"bbox_2d": [1, 2, 3', finish=None), 7),
    (lambda body: "somewhere to the left", 7),
]


@pytest.mark.parametrize(("answer", "code"), FAULTS)
def test_a_faulty_endpoint_ends_in_words_and_never_in_an_answer(picture: Path, answer: Answer, code: int) -> None:
    done, _ = asked_of(answer, "locate", "it", picture)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert "Traceback" not in done.stderr


def test_an_endpoint_that_is_down_has_its_own_exit_code(picture: Path) -> None:
    where = ("--endpoint", "http://127.0.0.1:9/v1", "--model", "m", "--dialect", "qwen2.5-vl", "--reply-seconds", "2")
    assert screenhand("ask", "what?", picture, *where).returncode == 13


def test_ctrl_c_ends_the_wait_for_an_answer(picture: Path) -> None:
    def slow(body: dict[str, Any]) -> str:
        time.sleep(20)
        return "too late"

    with chat_server(slow) as (url, asked):
        arguments = ["ask", "what?", str(picture), "--endpoint", url, "--model", "m", "--dialect", "qwen2.5-vl"]
        with subprocess.Popen([*COMMAND, *arguments], env=HERE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
            deadline = time.monotonic() + 30
            while not asked:
                assert time.monotonic() < deadline
                time.sleep(0.01)
            since = time.monotonic()
            run.send_signal(signal.SIGINT)
            out, _ = run.communicate(timeout=15)
    assert (run.returncode, out) == (130, b"")
    assert time.monotonic() - since < 10


@pytest.mark.parametrize("command", ["ask", "locate", "extract", "when"])
def test_every_help_text_has_an_example(command: str) -> None:
    done = screenhand(command, "--help")
    assert done.returncode == 0
    assert f"screenhand {command}" in done.stdout.split("Example", 1)[-1]
