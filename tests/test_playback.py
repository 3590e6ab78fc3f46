"""A recording can be watched: in a terminal, in a pipe, as a film that any player shows."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import pytest
import typer
from PIL import Image
from rich.console import Console

from agent.cli.play import play
from agent.episode import Decision, Ending, Episode, Finish, Move, Seconds, Step, Unreadable
from agent.playback.action_marks import Projection, draw_action
from agent.playback.captions import draw_caption
from agent.playback.film import FilmFormat, write_film
from agent.playback.frame_layout import FrameLayout, layout_for
from agent.playback.speed import LONGEST, SHORTEST, PlaybackSpeed
from agent.playback.step_card import HalfBlocks, cells_for, step_card
from agent.recordings.images import Missing
from agent.recordings.reader import BadRecording, read_recording
from agent.recordings.writer import Recorder
from devices import Click, Drag, LongPress, MoveTo, Observation, OpenApp, Point, Press, Scroll, TypeText, Wait
from devices.changes import Change
from tests.test_cli import BARE, COMMAND, ROOT, screenhand

GREY = 90
MOVES: tuple[Move, ...] = (
    Click(Point(160, 100), "right", 3, ("ctrl",)),
    Drag((Point(20, 20), Point(200, 40), Point(300, 180))),
    Scroll(Point(160, 100), "down", 5),
    LongPress(Point(0, 0), 1.0),
    MoveTo(Point(300, 180)),
    TypeText("naïve 中文\n" + "long " * 500),
    Press(("ctrl", "shift", "s")),
    OpenApp("text editor"),
    Wait(0.5),
    Unreadable("no JSON"),
    Finish(True, "\x1b[31mred\x1b[0m"),
)


def recorded(
    folder: Path,
    moves: Sequence[Move] = MOVES,
    *,
    size: tuple[int, int] = (320, 200),
    gap: float = 1.0,
    goal: str = "g",
) -> Path:
    """A recording of `moves` on a grey screen, `gap` seconds apart."""
    recorder = Recorder(folder, goal, device="toy", agent="scripted")
    steps = []
    for index, move in enumerate(moves):
        seen = Observation(np.full((size[1], size[0], 3), GREY, np.uint8), "front", 1e9 + index * gap)
        decision = Decision(move, f"do {index}", "\x1b]0;title\x07 because")
        step = Step(index, seen, decision, "it was refused" if index == 1 else "", Change(0.0, None), Seconds())
        recorder.intend(index, seen, decision)
        recorder.record(step)
        steps.append(step)
    recorder.close(Episode(goal, tuple(steps), Ending.FINISHED, "", steps[-1].seen if steps else None, 1.0))
    return folder


def film_of(folder: Path, path: Path, kind: FilmFormat, speed: PlaybackSpeed | None = None) -> Path:
    write_film([read_recording(folder, lazily=True)], path, kind, speed or PlaybackSpeed(seconds_per_step=0.4))
    return path


def frames(path: Path) -> list[tuple[float, np.ndarray]]:
    """When each frame of a video is shown, and its pixels."""
    with av.open(str(path)) as file:
        return [(frame.time or 0.0, frame.to_ndarray(format="rgb24")) for frame in file.decode(video=0)]


def red(pixels: np.ndarray) -> np.ndarray:
    """Where the colour of a mark is."""
    return (pixels[..., 0] > 180) & (pixels[..., 1] < 90) & (pixels[..., 2] < 120)


@pytest.mark.parametrize("size", [(320, 200), (101, 203), (64, 64), (33, 2000)])
def test_a_film_is_h264_that_every_player_shows_whatever_the_screen_was(tmp_path: Path, size: tuple[int, int]) -> None:
    moves = [Click(Point(0, 0)), Click(Point(size[0] - 1, size[1] - 1))]
    path = film_of(recorded(tmp_path / "e", moves, size=size), tmp_path / "film.mp4", "mp4")
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert stream.width % 2 == stream.height % 2 == 0
    assert (path.stat().st_mode & 0o777) == 0o600


def test_a_click_is_seen_where_it_was_and_only_once_it_is_done(tmp_path: Path) -> None:
    path = film_of(
        recorded(tmp_path / "e", [Click(Point(240, 50))]),
        tmp_path / "film.mp4",
        "mp4",
        PlaybackSpeed(seconds_per_step=2.0),
    )
    shown = frames(path)
    scale = layout_for([(320, 200)], (1280, 800)).screen[0] / 320
    near = np.s_[int(20 * scale) : int(80 * scale), int(210 * scale) : int(270 * scale)]
    assert not red(shown[0][1][near]).any(), "nothing was done yet"
    at_end = red(next(pixels for at, pixels in reversed(shown) if at < 1.99))
    assert at_end[near].sum() > 200, "the mark is large enough to be seen"
    rows, columns = np.nonzero(at_end[: int(200 * scale)])
    assert abs(np.mean(columns) / scale - 240) < 6
    assert abs(np.mean(rows) / scale - 50) < 6


@pytest.mark.parametrize("move", MOVES, ids=lambda move: type(move).__name__)
def test_every_move_leaves_something_to_see(move: Move) -> None:
    picture = Image.new("RGB", (640, 400), (GREY, GREY, GREY))
    draw_action(picture, Projection((320, 200), (640, 400)), move)
    draw_caption(picture, move)
    changed = (np.asarray(picture) != GREY).any(axis=2)
    assert changed.sum() > 100


def test_a_drag_is_drawn_as_far_as_it_has_come() -> None:
    way = Drag((Point(20, 100), Point(300, 100)))
    halves = []
    for done in (0.5, 1.0):
        picture = Image.new("RGB", (320, 200), (GREY, GREY, GREY))
        draw_action(picture, Projection((320, 200), (320, 200), finger=True), way, done)
        halves.append(red(np.asarray(picture))[95:106])
    assert not halves[0][:, 200:].any()
    assert halves[1][:, 200:].any()


def test_gaps_are_evened_out_and_speed_divides_them(tmp_path: Path) -> None:
    episode = read_recording(recorded(tmp_path / "e", MOVES[:3], gap=600.0)).episode
    assert list(PlaybackSpeed().step_seconds(episode))[:2] == [LONGEST, LONGEST]
    assert list(PlaybackSpeed(factor=2.0).step_seconds(episode))[:2] == [LONGEST / 2, LONGEST / 2]
    hurried = read_recording(recorded(tmp_path / "f", MOVES[:3], gap=0.01)).episode
    assert list(PlaybackSpeed().step_seconds(hurried))[:2] == [SHORTEST, SHORTEST]
    assert list(PlaybackSpeed(seconds_per_step=0.3).step_seconds(episode)) == [0.3] * 3
    ends = frames(film_of(tmp_path / "e", tmp_path / "film.mp4", "mp4", PlaybackSpeed(factor=4.0)))[-1][0]
    assert ends == pytest.approx(sum(PlaybackSpeed(factor=4.0).step_seconds(episode)) + 0.5, abs=0.3)


def test_a_gif_shows_each_step_before_and_after_it_is_done(tmp_path: Path) -> None:
    path = film_of(recorded(tmp_path / "e"), tmp_path / "film.gif", "gif", PlaybackSpeed(seconds_per_step=1.0))
    with Image.open(path) as film:
        assert film.format == "GIF"
        durations = []
        for place in range(film.n_frames):  # type: ignore[attr-defined]  # Pillow's types know no frames
            film.seek(place)
            durations.append(film.info["duration"])
        assert film.info["loop"] == 0
    assert sum(durations) == pytest.approx(1000 * len(MOVES), rel=0.05)


def test_screens_of_different_sizes_share_one_film(tmp_path: Path) -> None:
    tall = recorded(tmp_path / "tall", [Click(Point(5, 5))], size=(108, 240))
    wide = recorded(tmp_path / "wide", [Click(Point(5, 5))], size=(320, 200))
    write_film(
        [read_recording(each, lazily=True) for each in (tall, wide)],
        tmp_path / "film.mp4",
        "mp4",
        PlaybackSpeed(seconds_per_step=0.2),
    )
    assert len({pixels.shape for _, pixels in frames(tmp_path / "film.mp4")}) == 1


def test_words_stand_beside_a_phone_and_below_a_desktop() -> None:
    assert FrameLayout((500, 1000)).beside
    assert not FrameLayout((1280, 800)).beside
    assert FrameLayout((1280, 800)).size[1] > 800


def test_a_step_without_its_picture_says_so_and_is_not_painted(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "e", "g", device="android", agent="x")
    seen, decision = Missing("ep/0.png", (320, 200)), Decision(Click(Point(160, 100)))
    step = Step(0, seen, decision, "", None, Seconds())
    recorder.intend(0, seen, decision)
    recorder.record(step)
    recorder.close(Episode("g", (step,), Ending.FINISHED))
    assert len(frames(film_of(tmp_path / "e", tmp_path / "film.mp4", "mp4"))) > 2
    console = Console(force_terminal=True, width=100, height=40, color_system="truecolor", record=True)
    console.print(step_card(read_recording(tmp_path / "e", lazily=True).episode, step, console, ""))
    assert "ep/0.png" in console.export_text()


@pytest.mark.parametrize("kind", ["mp4", "gif"])
def test_a_damaged_picture_leaves_no_film_and_no_rest_of_one(tmp_path: Path, kind: FilmFormat) -> None:
    folder = recorded(tmp_path / "e")
    (picture,) = (folder / "screenshots").iterdir()
    Image.new("RGB", (320, 200), "red").save(picture)
    with pytest.raises(BadRecording, match="digest differs"):
        film_of(folder, tmp_path / "film", kind)
    assert [each.name for each in tmp_path.iterdir()] == ["e"]


def test_the_command_refuses_what_it_must_and_says_what_it_wrote(tmp_path: Path) -> None:
    folder, film = recorded(tmp_path / "e", MOVES[:1]), tmp_path / "film.gif"
    film.write_bytes(b"mine")
    done = screenhand("play", folder, "--gif", film)
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert film.read_bytes() == b"mine"
    done = screenhand("play", folder, "--gif", film, "--force", "--seconds-per-step", "0.2")
    assert (done.returncode, done.stdout.strip()) == (0, str(film))
    assert film.read_bytes().startswith(b"GIF89a")
    with pytest.raises(typer.BadParameter, match="one film"):
        play([folder], mp4=tmp_path / "a", gif=tmp_path / "b")


def test_in_a_pipe_the_steps_are_told_once_and_cannot_steer_the_terminal(tmp_path: Path) -> None:
    done = screenhand("play", recorded(tmp_path / "e"))
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert done.stdout.count("do ") == len(MOVES)
    assert "it was refused" in done.stdout
    assert "finished" in done.stdout


def test_a_picture_of_blocks_has_the_colours_and_the_shape_of_the_picture() -> None:
    picture = Image.new("RGB", (320, 200), (248, 0, 0))
    picture.paste((0, 0, 248), (0, 100, 320, 200))
    columns, rows = cells_for(picture.size, 80, 100)
    assert (columns, rows) == (80, 25)
    console = Console(force_terminal=True, width=80, color_system="truecolor")
    with console.capture() as captured:
        console.print(HalfBlocks(picture, columns, rows))
    lines = captured.get().splitlines()
    assert len(lines) == 25
    assert "248;0;0" in lines[0]
    assert "0;0;248" in lines[-1]


class AtTerminal:
    """The command in a terminal of its own."""

    def __init__(self, *arguments: str | Path) -> None:
        ours, theirs = pty.openpty()
        environment = BARE | {"PYTHONPATH": str(ROOT), "COLUMNS": "100", "LINES": "40", "TERM": "xterm-256color"}
        environment["COLORTERM"] = "truecolor"
        self.process = subprocess.Popen(
            [*COMMAND, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
        )
        os.close(theirs)
        self.screen, self.shown = ours, b""

    def until(self, said: bytes, seconds: float = 30.0) -> None:
        deadline = time.monotonic() + seconds
        while said not in self.shown:
            assert time.monotonic() < deadline, self.shown[-500:]
            if select.select([self.screen], [], [], 0.1)[0]:
                try:
                    self.shown += os.read(self.screen, 65536)
                except OSError:
                    break
        assert said in self.shown, self.shown[-500:]

    def type(self, keys: bytes) -> None:
        self.shown = b""
        os.write(self.screen, keys)

    def ended(self) -> int:
        deadline = time.monotonic() + 20
        while self.process.poll() is None and time.monotonic() < deadline:
            if select.select([self.screen], [], [], 0.05)[0]:
                try:
                    self.shown += os.read(self.screen, 65536)
                except OSError:
                    break
        code = self.process.wait(20)
        os.close(self.screen)
        return code


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_keys_go_forward_and_back_and_end_it(tmp_path: Path) -> None:
    seat = AtTerminal("play", recorded(tmp_path / "e"))
    seat.until(b"do 0")
    seat.until("▀".encode())
    seat.type(b"nn")
    seat.until(b"do 2")
    seat.type(b"\x1b[D")
    seat.until(b"do 1")
    seat.type(b"q")
    assert seat.ended() == 0
    assert b"\x1b[?1049l" in seat.shown, "the terminal is given back as it was"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_it_plays_by_itself_when_a_speed_is_given_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    seat = AtTerminal("play", recorded(tmp_path / "e"), "--seconds-per-step", "0.2")
    seat.until(b"do 2")
    seat.process.send_signal(signal.SIGINT)
    assert seat.ended() == 130
    assert b"\x1b[?1049l" in seat.shown
