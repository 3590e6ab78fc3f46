"""What a step costs on this machine, and each of its parts, beside a bare loop of grab, PNG and click: `make bench`."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image
from rich.console import Console
from rich.progress import track
from rich.table import Table

from agent.builtin import Builtin
from agent.episode import Limits, Move
from agent.loop import run_episode
from agent.policy import Scripted
from agent.recording import Recorder
from devices import Click, Observation, OpenApp, Point, Press, Stop, TypeText
from devices.desktop.sandbox import Sandbox
from devices.settled import Settled
from devices.wrappers import Confirmed, Fresh

STEPS = 40
EMPTY = Point(1200, 780)  # the bottom right corner of the desktop, where no window is put
LINE = "The quick brown fox jumps over the lazy dog; 0123456789 + - * / = < > ( ) [ ] { } & % $ # @ ! ? pack my!"[:100]
console = Console()


def median(work: Callable[[], object], times: int = STEPS) -> float:
    """The median of `times` runs of `work`, in seconds."""
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        spent.append(time.perf_counter() - started)
    return statistics.median(spent)


def step(sandbox: Sandbox, stop: Stop, move: Move) -> float:
    """Median seconds of a step outside the policy, with every habit of the command line and a durable record."""
    hands = Settled(Confirmed(Fresh(sandbox), lambda question: False, "never"), stop)
    limits = Limits(steps=STEPS, stuck=STEPS + 1)
    with tempfile.TemporaryDirectory() as folder:
        recorder = Recorder(Path(folder) / "episode", "bench", device="sandbox", agent="scripted")
        started = time.perf_counter()
        episode = run_episode("bench", hands, Scripted((move,) * STEPS), limits=limits, journal=recorder, stop=stop)
        whole = (time.perf_counter() - started) / STEPS
    assert len(episode.steps) == STEPS, episode.reason
    assert not any(taken.error for taken in episode.steps)
    outside = [taken.seconds.total - taken.seconds.think for taken in episode.steps]
    console.print(f"  [dim]{move}: whole loop {whole:.4f} s a step, thinking included[/dim]")
    return statistics.median(outside)


def bare_loop(sandbox: Sandbox) -> float:
    """What the simplest loop does: grab, PNG, click; nothing is waited for, checked or written down."""
    import mss
    import pyautogui

    with mss.MSS(display=sandbox.private.display_name) as eyes:

        def once() -> None:
            grab = eyes.grab(eyes.monitors[1])
            Image.frombytes("RGB", grab.size, grab.rgb).save(BytesIO(), "PNG")
            pyautogui.click(EMPTY.x, EMPTY.y, _pause=False)

        return median(once)


def fsync(folder: str) -> float:
    with (Path(folder) / "lines").open("ab", buffering=0) as file:

        def once() -> None:
            file.write(b"x" * 2048)
            os.fsync(file.fileno())

        return median(once)


def ocr(sandbox: Sandbox) -> tuple[float, float, float]:
    """Seconds for a whole screen, for one where less than a tenth of its 16 x 16 tiles changed, and their share."""
    before = sandbox.observe()
    lines = (f"{number} lines that were not there a moment ago, and more" for number in range(9))
    sandbox.perform(TypeText("\n".join(lines)))
    after = Settled(sandbox, Stop()).observe()
    differs = (before.pixels != after.pixels).any(axis=2)
    share = float(differs.reshape(after.height // 16, 16, after.width // 16, 16).any(axis=(1, 3)).mean())
    assert share < 0.1
    full: list[float] = []
    part: list[float] = []
    for _ in track(range(5), "reading the screen", console=console, transient=True):
        policy = Builtin()
        policy.read_text(replace(before, pixels=before.pixels[:64, :64].copy()))  # the model is loaded by now
        for seen, spent in ((before, full), (after, part)):
            started = time.perf_counter()
            policy.read_text(seen)
            spent.append(time.perf_counter() - started)
    return statistics.median(full), statistics.median(part), share


def png(seen: Observation) -> float:
    return median(lambda: replace(seen).png)


def main() -> None:
    stop = Stop()
    table = Table("what", "median", "beside the bare loop", title="1280x800 sandbox")
    with closing(Sandbox(stop)) as sandbox, tempfile.TemporaryDirectory() as folder:
        still = step(sandbox, stop, Click(EMPTY))
        bare = bare_loop(sandbox)
        sandbox.perform(OpenApp("mousepad"))
        Settled(sandbox, stop).observe()
        typed = step(sandbox, stop, TypeText("x"))
        rows = [
            ("step outside the policy, still screen", still),
            ("step outside the policy, typing into mousepad", typed),
            ("bare loop: grab, PNG, click", bare),
            ("capture", median(sandbox.observe)),
            ("settle on a still screen", median(Settled(sandbox, stop).observe)),
            ("click", median(lambda: sandbox.perform(Click(EMPTY)))),
            ("100 characters typed", median(lambda: sandbox.perform(TypeText(LINE)), 10)),
            ("PNG", png(sandbox.observe())),
            ("fsync of 2 KB", fsync(folder)),
        ]
        sandbox.perform(Press(("ctrl", "a")))
        full, part, share = ocr(sandbox)
        rows += [("OCR, full", full), (f"OCR, {share:.1%} of the tiles changed", part)]
        command = [str(Path(sys.executable).parent / "screenhand"), "--help"]
        rows.append(("screenhand --help", median(lambda: subprocess.run(command, capture_output=True, check=True), 10)))
    for name, seconds in rows:
        table.add_row(name, f"{seconds * 1000:.1f} ms", f"{seconds / bare:.2f} x")
    console.print(table)


if __name__ == "__main__":
    main()
