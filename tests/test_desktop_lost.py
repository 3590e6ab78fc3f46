"""A display that is not there, or goes away, is said in words; the process lives to say them.

SCREENHAND_DEATHS sets how often the X server is killed at a random moment.
"""

import os
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from devices import Click, DeviceLost, Drag, Point, Press, Stop, TypeText
from devices.desktop import Desktop
from tests.conftest import ended
from tests.test_desktop import NoApps

DEATHS = int(os.environ.get("SCREENHAND_DEATHS", "5"))
HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, r"\$DISPLAY is not set"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "Wayland"),
        ({"XDG_SESSION_TYPE": "wayland"}, "Wayland"),
        ({"DISPLAY": ":4711"}, "display ':4711' cannot be opened"),
        ({"DISPLAY": "nonsense"}, "'nonsense' cannot be opened: that is no name"),
    ],
)
def test_a_missing_display_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], said: str
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(DeviceLost, match=said) as lost:
        Desktop(Stop(), NoApps())
    assert "sandbox" in str(lost.value)


def test_a_display_that_lets_us_not_in_is_told_from_one_that_is_not_there(tmp_path: Path) -> None:
    authority = tmp_path / "authority"
    # One entry in the format of Xau: family, address, number, name, key.
    entry = [b"", b"", b"MIT-MAGIC-COOKIE-1", b"0123456789abcdef"]
    authority.write_bytes(b"\xff\xff" + b"".join(len(part).to_bytes(2, "big") + part for part in entry))
    with display(authority) as (name, _), pytest.raises(DeviceLost, match="does not let this user in"):
        Desktop(Stop(), NoApps(), display_name=name)


def test_a_python_without_tkinter_is_told_to_install_it_and_does_not_end(x_display: str) -> None:
    # In a process of its own: pyautogui is imported once in a process.
    program = (
        "import sys; sys.modules['tkinter'] = None\n"
        "from devices import Stop, DeviceLost\n"
        "from devices.desktop import Desktop\n"
        "from tests.test_desktop import NoApps\n"
        "try: Desktop(Stop(), NoApps(), display_name=sys.argv[1])\n"
        "except DeviceLost as lost: print(lost)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, x_display], cwd=HERE.parent, capture_output=True, text=True, timeout=60
    )
    assert "apt install python3-tk" in done.stdout, done


def test_the_process_outlives_its_x_server_whenever_that_dies(tmp_path: Path) -> None:
    draw = random.Random(11)
    for _ in range(DEATHS):
        with display() as (name, server), closing(Desktop(Stop(), NoApps(), display_name=name)) as desktop:
            desktop.perform(Click(Point(5, 5)))
            killer = threading.Timer(draw.uniform(0, 0.25), server.kill)
            killer.start()
            with pytest.raises(DeviceLost) as lost:
                work_for_ever(desktop)
            killer.join()
            assert len(str(lost.value)) > 20, "it must say what happened"
            for again in (desktop.observe, lambda: desktop.perform(Click(Point(5, 5)))):
                with pytest.raises(DeviceLost):
                    again()


def work_for_ever(desktop: Desktop) -> None:
    while True:
        desktop.observe()
        desktop.perform(Click(Point(5, 5), times=2))
        desktop.perform(TypeText("abc ABC"))
        desktop.perform(Press(("ctrl", "a")))
        desktop.perform(Drag((Point(5, 5), Point(50, 50)), 0.05))


@contextmanager
def display(authority: Path | None = None) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """An Xvfb without a window manager: its name and its process."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed: sudo apt install xvfb")
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "640x480x24", "-noreset", "-nolisten", "tcp"]
    if authority is not None:
        command += ["-auth", str(authority)]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as line:
            yield f":{line.readline().strip()}", server
    finally:
        ended(server)
