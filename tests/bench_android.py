"""What driving a phone costs this side, beside plain adbutils and `adb` subprocesses: part of `make bench`.

The phone is simulated and costs nothing by itself, behind one real adb server for all three.
"""

import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from rich.console import Console
from rich.table import Table

from agent.episode import Limits, Move
from agent.loop import run_episode
from agent.policy import Scripted
from agent.recordings.writer import Recorder
from devices import Click, Point, Press, Stop, TypeText, Wait
from devices.android.adb_stream import ServerAddress
from devices.android.android import Android
from devices.android.connection import PhoneConnection
from devices.settled import Settled
from devices.simphone.adbd import Adbd
from devices.simphone.phone import Phone
from devices.simphone.private_adb_server import PrivateAdbServer
from devices.wrappers import Confirmed, Fresh

TIMES, STEPS = 15, 20
SIZES = ((1080, 2400), (540, 1200))
EMPTY = Point(270, 420)  # the wallpaper between the clock and the applications, on both
MOVES: dict[str, Move] = {"nothing": Wait(0.0), "a key": Press(("volume_up",)), "a tap": Click(EMPTY)}
Ways = tuple[Callable[[], object], Callable[[], object], Callable[[], object]]
console = Console()


def milliseconds(work: Callable[[], object]) -> float:
    """The median of a few runs, after one that warms up."""
    work()
    spent = []
    for _ in range(TIMES):
        started = time.perf_counter()
        work()
        spent.append(1000 * (time.perf_counter() - started))
    return statistics.median(spent)


def ways(device: Android, connection: PhoneConnection, peer: Any, adb: Callable[..., bytes]) -> dict[str, Ways]:
    """Each call by our driver, by adbutils as its documentation has it, and by `adb`."""

    def state_by_adbutils() -> None:
        """The lines that its `window_size`, `app_current` and `is_screen_on` send; the phone has not all of them."""
        for line in ("wm size", "dumpsys display", "dumpsys window windows", "dumpsys power"):
            peer.shell(line)
        peer.shell("settings get secure default_input_method")

    def state_by_adb() -> None:
        for line in ("wm size", "dumpsys window displays", "dumpsys power", "settings get secure default_input_method"):
            adb("shell", line)

    def picture_by_adb() -> None:
        np.asarray(Image.open(BytesIO(adb("exec-out", "screencap -p"))).convert("RGB"))

    def key_by_ours() -> None:
        device.perform(Press(("volume_up",)))

    return {
        "shell call": (lambda: connection.query("true"), lambda: peer.shell("true"), lambda: adb("shell", "true")),
        "raw frame": (
            lambda: connection.query("screencap"),
            lambda: peer.shell("screencap", encoding=None),
            lambda: adb("exec-out", "screencap"),
        ),
        "observe": (device.observe, lambda: np.asarray(peer.screenshot().convert("RGB")), picture_by_adb),
        "tap": (
            lambda: device.perform(Click(EMPTY)),
            lambda: peer.click(EMPTY.x, EMPTY.y),
            lambda: adb("shell", f"input tap {EMPTY.x} {EMPTY.y}"),
        ),
        "text": (
            lambda: device.perform(TypeText("hello")),
            lambda: peer.send_keys("hello"),
            lambda: adb("shell", "input text hello"),
        ),
        "key": (key_by_ours, lambda: peer.keyevent(24), lambda: adb("shell", "input keyevent 24")),
        "state": (device.status, state_by_adbutils, state_by_adb),
    }


def step(device: Android, stop: Stop, move: Move) -> float:
    """Median seconds of a step outside the policy, with every habit of the command line and a durable record."""
    hands = Settled(Confirmed(Fresh(device), lambda question: False, "never"), stop)
    limits = Limits(steps=STEPS, stuck=STEPS + 1)
    with tempfile.TemporaryDirectory() as folder:
        recorder = Recorder(Path(folder) / "episode", "bench", device="simphone", agent="scripted")
        episode = run_episode("bench", hands, Scripted((move,) * STEPS), limits=limits, journal=recorder, stop=stop)
    assert len(episode.steps) == STEPS, episode.reason
    assert not any(taken.error for taken in episode.steps)
    return statistics.median(taken.seconds.total - taken.seconds.think for taken in episode.steps)


@contextmanager
def simulated(server: PrivateAdbServer, size: tuple[int, int]) -> Iterator[str]:
    """A phone of `size` that costs nothing by itself: its serial."""
    with closing(Adbd(Phone(size, animations=False))) as adbd:
        server.connect(adbd.address)
        yield adbd.address
        server.disconnect(adbd.address)


def calls(server: PrivateAdbServer, serial: str, stop: Stop) -> Table:
    """Each call three ways, on one phone."""
    adbutils: Any = import_module("adbutils")  # it ships no types
    where = (server.host, server.port)
    table = Table("1080x2400", "ours, ms", "adbutils, ms", "adb, ms", "times faster than adbutils")

    def adb(*words: str) -> bytes:
        command = [str(server.adb), "-P", str(server.port), "-s", serial, *words]
        return subprocess.run(command, capture_output=True, check=True, env=server.environ).stdout

    with (
        closing(PhoneConnection(ServerAddress(*where), serial, stop)) as connection,
        closing(Android(serial, stop, server=where)) as device,
    ):
        device.observe()
        peer = adbutils.AdbClient(*where).device(serial)
        for name, three in ways(device, connection, peer, adb).items():
            ours, theirs, plain = (milliseconds(way) for way in three)
            table.add_row(name, f"{ours:.2f}", f"{theirs:.2f}", f"{plain:.2f}", f"{theirs / ours:.1f}")
    return table


def main() -> None:
    """Print two tables: each call three ways, and whole steps on screens of two sizes."""
    stop = Stop()
    with closing(PrivateAdbServer(stop)) as server:
        with simulated(server, (1080, 2400)) as serial:
            console.print(calls(server, serial, stop))
        steps = Table("a step outside the policy, in seconds", *("x".join(map(str, size)) for size in SIZES))
        rows: dict[str, list[str]] = {}
        for size in SIZES:
            where = (server.host, server.port)
            with simulated(server, size) as serial, closing(Android(serial, stop, server=where)) as device:
                device.observe()
                rows.setdefault("a bare capture", []).append(f"{milliseconds(device.observe) / 1000:.3f}")
                for name, move in MOVES.items():
                    rows.setdefault(name, []).append(f"{step(device, stop, move):.3f}")
        for name, seconds in rows.items():
            steps.add_row(name, *seconds)
        console.print(steps)


if __name__ == "__main__":
    main()
