"""No key and no button stays down, whatever ends the hands.

SCREENHAND_KILLS sets how often they are killed; 200 is the full proof.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from devices import ActionRefused, Click, DeviceLost, Drag, LongPress, Point, Press, Stop, Stopped
from devices.desktop import Desktop
from devices.desktop.release_guard import consecutive_runs
from devices.desktop.x11 import X11
from tests.conftest import until
from tests.test_desktop import NoApps

KILLS = int(os.environ.get("SCREENHAND_KILLS", "10"))
HERE = Path(__file__).parent


@pytest.fixture
def x11(x_display: str) -> Iterator[X11]:
    with closing(X11(x_display)) as connection:
        yield connection


def down(x11: X11) -> bool:
    """Whether any key or any of the first five buttons is down."""
    return any(x11.display.query_keymap()) or bool(x11.root.query_pointer().mask & 0x1F00)


def lent(x11: X11) -> list[int]:
    """Codes of keys that mean a character above Latin-1, or é: this layout has none."""
    rows = x11.display.get_keyboard_mapping(8, 248)
    return [code for code, row in enumerate(rows, 8) if row[0] == 0xE9 or 0x01000000 <= row[0] < 0x02000000]


def test_nothing_stays_pressed_when_the_hands_are_killed(x_display: str, x11: X11) -> None:
    draw = random.Random(7)
    released, was_down = [], 0
    for _ in range(KILLS):
        hands = subprocess.Popen(
            [sys.executable, "-m", "tests.doubles.killed_hands", x_display], cwd=HERE.parent, stdout=subprocess.PIPE
        )
        assert hands.stdout is not None
        assert hands.stdout.readline() == b"ready\n"
        Stop().wait(draw.uniform(0, 0.4))
        hands.send_signal(signal.SIGKILL)
        killed = time.perf_counter()
        was_down += down(x11)
        until(lambda: not down(x11))
        released.append(time.perf_counter() - killed)
        hands.communicate()
        until(lambda: not lent(x11))
    released.sort()
    middle, longest = released[len(released) // 2] * 1000, released[-1] * 1000
    print(f"{KILLS} kills, {was_down} with something down: released after {middle:.1f} ms, at most {longest:.1f}")  # noqa: T201
    assert longest < 100


@pytest.mark.parametrize(
    "action",
    [LongPress(Point(300, 300), 20), Drag((Point(300, 300), Point(500, 500)), 20, holding=("shift", "ctrl"))],
)
def test_nothing_stays_pressed_after_a_stop(x_display: str, x11: X11, action: Drag | LongPress) -> None:
    stop = Stop()
    with closing(Desktop(stop, NoApps(), display_name=x_display, watch_pointer=False)) as desktop:

        def stop_when_down() -> None:
            until(lambda: down(x11))
            stop.ask("enough")

        asking = threading.Thread(target=stop_when_down)
        asking.start()
        with pytest.raises(Stopped, match="enough"):
            desktop.perform(action)
        asking.join()
        assert not down(x11)


def test_a_refused_key_is_found_out_before_the_others_are_pressed(x_display: str, x11: X11) -> None:
    with closing(Desktop(Stop(), NoApps(), display_name=x_display, watch_pointer=False)) as desktop:
        before = x11.display.get_keyboard_control().led_mask
        for action in (Press(("caps_lock", "nosuchkey")), Click(Point(1, 1), holding=("caps_lock", "ctrlx"))):
            with pytest.raises(ActionRefused):
                desktop.perform(action)
        assert x11.display.get_keyboard_control().led_mask == before


def test_nothing_is_pressed_without_a_guard(x_display: str, x11: X11) -> None:
    with closing(Desktop(Stop(), NoApps(), display_name=x_display, watch_pointer=False)) as desktop:
        desktop.perform(Press(("shift",)))
        guard: Any = desktop._guard
        guard._child.kill()
        guard._child.wait()
        with pytest.raises(DeviceLost, match="guard"):
            desktop.perform(Press(("shift",)))
        assert not down(x11)


def test_neighbouring_keys_are_given_back_together() -> None:
    assert consecutive_runs([9, 3, 8, 1, 2, 8]) == [[1, 2, 3], [8, 9]]
