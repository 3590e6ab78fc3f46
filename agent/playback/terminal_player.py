"""A recording in a terminal: stepped through by keys, played at a speed, or printed once into a pipe."""

import os
import select
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.control import Control
from rich.text import Text

from agent.playback.speed import PlaybackSpeed
from agent.playback.step_card import step_card, step_text
from agent.recordings.reader import Recording
from agent.safe_text import safe_line
from devices import Stop

SLICE = 0.05
"""Seconds between two looks at the stop while no key comes."""
FORWARD, BACK, QUIT = ("n", " ", "\r", "\n", "\x1b[C", "\x1b[B"), ("p", "\x7f", "\x1b[D", "\x1b[A"), ("q", "\x1b")
KEYS = "n or → next   p or ← previous   q quit"


def print_steps(recording: Recording, console: Console) -> None:
    """Print the goal, every step, and how it ended."""
    episode = recording.episode
    console.print(Text(safe_line(episode.goal), style="bold"))
    for step in episode.steps:
        console.print(step_text(episode, step))
    console.print(Text(_ending(recording)))


def step_through(recordings: Sequence[Recording], console: Console, stop: Stop) -> None:
    """Show one step at a time, and go where the keys say, until `q` or past the last. Raises `Stopped`."""
    steps = _steps(recordings)
    at = 0
    with _keys() as read_key, console.screen(hide_cursor=True):
        while 0 <= at < len(steps):
            _show(*steps[at], console, KEYS)
            key = read_key(stop, None)
            if key in QUIT:
                return
            at = max(0, at + (1 if key in FORWARD else -1 if key in BACK else 0))


def play_steps(recordings: Sequence[Recording], console: Console, stop: Stop, speed: PlaybackSpeed) -> None:
    """Show every step for as long as `speed` gives; a key goes on at once, `q` ends it. Raises `Stopped`."""
    with _keys() as read_key, console.screen(hide_cursor=True):
        for recording in recordings:
            for index, seconds in enumerate(speed.step_seconds(recording.episode)):
                _show(recording, index, console, "space next   q quit")
                if read_key(stop, seconds) in QUIT:
                    return


def _steps(recordings: Sequence[Recording]) -> list[tuple[Recording, int]]:
    return [(recording, index) for recording in recordings for index in range(len(recording.episode.steps))]


def _show(recording: Recording, index: int, console: Console, keys: str) -> None:
    """One step from the top left corner on, over what was there."""
    episode = recording.episode
    last = index + 1 == len(episode.steps)
    foot = f"{_ending(recording)}\n{keys}" if last else f"{safe_line(episode.goal)[: console.width]}\n{keys}"
    console.control(Control.home(), Control.clear())
    console.print(step_card(episode, episode.steps[index], console, foot))


def _ending(recording: Recording) -> str:
    episode = recording.episode
    judged = f"{recording.verdict}: " if recording.verdict else ""
    return safe_line("; ".join(filter(None, (f"{judged}{episode.ending.words}", episode.reason, episode.answer))))


class _KeyReader:
    """Waits for a key; those that came together are taken one after another."""

    def __init__(self) -> None:
        self._come = ""

    def __call__(self, stop: Stop, seconds: float | None) -> str:
        """The next key as its terminal sends it; "" when none came in `seconds`. Raises `Stopped`."""
        waited = 0.0
        while not self._come and (seconds is None or waited < seconds):
            stop.check()
            if select.select([sys.stdin], [], [], SLICE)[0]:
                self._come = os.read(sys.stdin.fileno(), 64).decode("ascii", "replace") or "q"  # the terminal has gone
            waited += SLICE
        length = 3 if self._come.startswith("\x1b[") else 1
        key, self._come = self._come[:length], self._come[length:]
        return key


@contextmanager
def _keys() -> Iterator[_KeyReader]:
    """Keys one at a time, without Enter and without being shown; Ctrl-C stays what it is."""
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin)
    try:
        yield _KeyReader()
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
