"""What a step costs on this machine, and each of its parts, beside a bare loop of grab, PNG and click: `make bench`."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from threading import Event

from PIL import Image
from rich.console import Console
from rich.progress import track
from rich.table import Table

from agent.builtin import Builtin
from agent.episode import Limits, Move
from agent.loop import run_episode
from agent.policy import Scripted
from agent.recordings.writer import Recorder
from devices import Click, MoveTo, Observation, OpenApp, Point, Press, Stop, TypeText
from devices.desktop.accessibility.elements import Part
from devices.desktop.accessibility.tree import AccessibilityTree
from devices.desktop.sandbox import Sandbox
from devices.desktop.x11 import X11
from devices.desktop.x11_windows import WindowList
from devices.settled import Settled
from devices.wrappers import Confirmed, Fresh

STEPS = 40
EMPTY = Point(1200, 780)  # the bottom right corner of the desktop, where no window is put
LINE = "The quick brown fox jumps over the lazy dog; 0123456789 + - * / = < > ( ) [ ] { } & % $ # @ ! ? pack my!"[:100]
PROSE = """\
Half of the city had gone to bed when rain began to
fall upon narrow roofs, drumming like tired fingers;
lamps went out one by one, dogs barked at nothing, an
old clockmaker counted seconds under his breath. Far
below, boats knocked against wooden piers while salt
wind carried songs nobody remembered learning. By six
everything shone: copper gutters, wet slates, puddles
holding pieces of sky. Bakers swore cheerfully, bells
answered, children ran late with untied shoes again."""
"""Fresh text: hardly a word of it comes twice, for what was read once is not read again."""
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


def tiles_changed(before: Observation, after: Observation) -> float:
    """The share of 16 x 16 tiles in which anything differs."""
    differs = (before.pixels != after.pixels).any(axis=2)
    return float(differs.reshape(after.height // 16, 16, after.width // 16, 16).any(axis=(1, 3)).mean())


def reading(sandbox: Sandbox, stop: Stop) -> list[tuple[str, float]]:
    """Seconds to read a whole screen, and to read one of which less than a tenth changed: a menu, and dense text."""
    settled = Settled(sandbox, stop)
    bare = settled.observe()
    settled.perform(Press(("alt", "e")))
    menu = settled.observe()
    settled.perform(Press(("esc",)))
    settled.perform(TypeText(PROSE))
    text = settled.observe()
    spent: dict[str, list[float]] = {"full": [], "menu": [], "text": []}
    for _ in track(range(7), "reading the screen", console=console, transient=True):
        policy = Builtin()
        policy.read_text(replace(bare, pixels=bare.pixels[:64, :64].copy()))  # the model is loaded by now
        for name, seen in (("full", bare), ("menu", menu), ("text", text)):
            started = time.perf_counter()
            policy.read_text(seen)
            spent[name].append(time.perf_counter() - started)
    return [
        ("OCR, full", statistics.median(spent["full"])),
        (f"OCR, a menu ({tiles_changed(bare, menu):.1%} changed)", statistics.median(spent["menu"])),
        (f"OCR, 470 new characters ({tiles_changed(bare, text):.1%} changed)", statistics.median(spent["text"])),
    ]


def accessibility(stop: Stop) -> list[tuple[str, float]]:
    """A still step before a window with accessibility on and off; a look, and one at known nodes, of GTK and of Qt."""
    rows = []
    for app, toolkit in (("mousepad", "GTK 3"), ("featherpad", "Qt 5")):
        if shutil.which(app) is None:
            continue
        for on in (False, True):
            with closing(Sandbox(stop, accessibility=on)) as sandbox:
                sandbox.private.control.launch((app,))
                while len(sandbox.observe().elements) <= (1 if on else 0):
                    stop.wait(0.1)
                Settled(sandbox, stop).observe()
                rows.append(
                    (
                        f"still step, {toolkit} window, accessibility {'on' if on else 'off'}",
                        step(sandbox, stop, MoveTo(EMPTY)),
                    )
                )
                if on:
                    rows += looks(sandbox, stop, toolkit)
    return rows


def looks(sandbox: Sandbox, stop: Stop, toolkit: str) -> list[tuple[str, float]]:
    """Seconds of a whole look at the tree, and of one that asks only what is known already."""
    x11 = X11(sandbox.private.display_name)
    stack = WindowList(x11, stop).stack
    with closing(x11), closing(AccessibilityTree(sandbox.private.environ["DBUS_SESSION_BUS_ADDRESS"], stack)) as tree:
        seen = tree.look(Event())
        return [
            (f"accessibility: a look, {toolkit}, {len(seen.parts)} elements", median(lambda: tree.look(Event()))),
            (f"accessibility: known nodes again, {toolkit}", median(lambda: tree.again(seen, Event()))),
            (f"accessibility: one node, {toolkit}", median(lambda: one_node(tree, seen.parts[0]))),
        ]


def one_node(tree: AccessibilityTree, part: Part) -> None:
    with suppress(TimeoutError):  # on a busy machine 5 ms may not do
        tree.place_now(part)


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
        sandbox.perform(Press(("delete",)))
        rows += reading(sandbox, stop)
        rows += accessibility(stop)
        command = [str(Path(sys.executable).parent / "screenhand"), "--help"]
        rows.append(("screenhand --help", median(lambda: subprocess.run(command, capture_output=True, check=True), 10)))
    for name, seconds in rows:
        table.add_row(name, f"{seconds * 1000:.1f} ms", f"{seconds / bare:.2f} x")
    console.print(table)


if __name__ == "__main__":
    main()
