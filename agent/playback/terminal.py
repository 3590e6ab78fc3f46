"""A recording stepped through in a terminal, by keys or by itself; where nobody watches, told once."""

import os
import select
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.control import Control
from rich.text import Text

from agent.playback.pacing import Pace
from agent.playback.title_card import card, readable, words_of
from agent.recordings.reader import Recording
from devices import Stop

SLICE = 0.05
"""Seconds between two looks at the stop while no key comes."""
FORWARD, BACK, QUIT = ("n", " ", "\r", "\n", "\x1b[C", "\x1b[B"), ("p", "\x7f", "\x1b[D", "\x1b[A"), ("q", "\x1b")
KEYS = "n or → next   p or ← previous   q quit"


def tell(recording: Recording, console: Console) -> None:
    """Print the goal, every step, and how it ended."""
    episode = recording.episode
    console.print(Text(readable(episode.goal), style="bold"))
    for step in episode.steps:
        console.print(words_of(episode, step))
    console.print(Text(_ending(recording)))


def step_through(recordings: Sequence[Recording], console: Console, stop: Stop) -> None:
    """Show one step at a time, and go where the keys say, until `q` or past the last. Raises `Stopped`."""
    places = _places(recordings)
    at = 0
    with _keys() as pressed, console.screen(hide_cursor=True):
        while 0 <= at < len(places):
            _show(*places[at], console, KEYS)
            key = pressed(stop, None)
            if key in QUIT:
                return
            at = max(0, at + (1 if key in FORWARD else -1 if key in BACK else 0))


def go_by_itself(recordings: Sequence[Recording], console: Console, stop: Stop, pace: Pace) -> None:
    """Show every step for as long as `pace` says; a key goes on at once, `q` ends it. Raises `Stopped`."""
    with _keys() as pressed, console.screen(hide_cursor=True):
        for recording in recordings:
            for place, seconds in enumerate(pace.seconds_of(recording.episode)):
                _show(recording, place, console, "space next   q quit")
                if pressed(stop, seconds) in QUIT:
                    return


def _places(recordings: Sequence[Recording]) -> list[tuple[Recording, int]]:
    return [(recording, place) for recording in recordings for place in range(len(recording.episode.steps))]


def _show(recording: Recording, place: int, console: Console, keys: str) -> None:
    """One step from the top left corner on, over what was there."""
    episode = recording.episode
    last = place + 1 == len(episode.steps)
    foot = f"{_ending(recording)}\n{keys}" if last else f"{readable(episode.goal)[: console.width]}\n{keys}"
    console.control(Control.home(), Control.clear())
    console.print(card(episode, episode.steps[place], console, foot))


def _ending(recording: Recording) -> str:
    episode = recording.episode
    ended = episode.ending.replace("_", " ")
    judged = f"{recording.verdict}: " if recording.verdict else ""
    return readable("; ".join(filter(None, (f"{judged}{ended}", episode.reason, episode.answer))))


class _Pressed:
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
def _keys() -> Iterator[_Pressed]:
    """Keys one at a time, without Enter and without being shown; Ctrl-C stays what it is."""
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin)
    try:
        yield _Pressed()
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
