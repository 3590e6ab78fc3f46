"""A person's demonstration on a real X display, with real applications, is what was done there."""

import re
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import typer

from agent.cli.device_option import DeviceName
from agent.cli.record import record
from agent.demonstration import demonstrate
from agent.episode import Ending, Finish, Move
from agent.recordings.reader import read_recording
from agent.recordings.writer import Recorder
from devices import Click, DeviceLost, Drag, Element, Point, Press, Scroll, Stop, TypeText
from devices.desktop import Desktop
from devices.desktop.private_display import PrivateDisplay, missing
from devices.desktop.sandbox import Sandbox
from devices.desktop.x11 import X11
from devices.desktop.x11_input_monitor import X11InputMonitor
from devices.desktop.x11_keysyms import Composer, character_of
from tests.conftest import Window, private_display, until
from tests.doubles.person import Person
from tests.test_cli import BARE, COMMAND, ROOT, screenhand
from tests.test_desktop import NoApps


def pause(seconds: float = 0.3) -> None:
    Stop().wait(seconds)


@contextmanager
def monitor_at(display: str, *, private: bool = False) -> Iterator[tuple[X11InputMonitor, Person]]:
    """Somebody who looks on at `display`, and somebody who works there."""
    with (
        closing(X11InputMonitor(Stop(), display_name=display, private=private)) as monitor,
        closing(Person(display)) as person,
    ):
        yield monitor, person


def moves_of(monitor: X11InputMonitor, person: Person, work: Callable[[], None]) -> list[Move]:
    """What `work` is heard as, until the key for the end."""

    def all_of_it() -> None:
        work()
        person.keys("Control_L", "Alt_L", "End")

    busy = threading.Thread(target=all_of_it)
    busy.start()
    found = []
    for _ in range(1500):
        found += monitor.watch()
        if monitor.over:
            break
    busy.join()
    assert monitor.over, "the key for the end was not heard"
    return [deed.action for deed in (*found, *monitor.flush())]


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A display whose keyboard may be changed."""
    with private_display() as name:
        yield name


def window_called(monitor: X11InputMonitor, words: str) -> Element:
    """The window with `words` in its title, once there is one."""
    return until(lambda: [each for each in monitor.observe().elements if words in each.text])[0]


def test_a_demonstration_with_real_applications_is_what_was_done(tmp_path: Path) -> None:
    if missing():
        pytest.skip("no private display")
    with closing(Sandbox(Stop())) as sandbox, monitor_at(sandbox.private.display_name) as (monitor, person):
        sandbox.apps.start("galculator")
        keys = window_called(monitor, "alculator").box
        sandbox.apps.start("mousepad")
        editor = window_called(monitor, "Mousepad").box
        pause(1.0)
        middle, title = editor.center, Point(editor.center.x, editor.top + 8)
        dropped = Point(title.x + 60, title.y + 40)

        def work() -> None:
            pause()
            person.click(middle.x, middle.y)
            person.sees(lambda: person.write("Hello, World! 6*7"))
            person.sees(lambda: person.keys("Control_L", "a"))
            person.sees(lambda: person.drag([(title.x, title.y), (dropped.x, dropped.y)]))
            person.wheel(dropped.x, dropped.y + 80, 5, 3)
            pause()
            person.click(dropped.x, dropped.y + 80, times=2)
            pause(0.8)
            person.sees(lambda: person.click(keys.center.x, keys.top + 8))  # over to the other application
            person.sees(lambda: person.write("6*7"))
            person.sees(lambda: person.keys("Return"))
            person.keys("Control_L", "Alt_L", "End")

        busy = threading.Thread(target=work)
        busy.start()
        recorder = Recorder(tmp_path / "e", "write", device="sandbox", agent="a person", recorded_by="human")
        episode = demonstrate("write", monitor, recorder, Stop())
        busy.join()
        moved = window_called(monitor, "Mousepad").box
    moves = [step.decision.move for step in episode.steps]
    drag = moves.pop(3)
    assert isinstance(drag, Drag)
    assert (drag.path[0], drag.path[-1]) == (title, dropped)
    assert moves == [
        Click(middle),
        TypeText("Hello, World! 6*7"),
        Press(("ctrl", "a")),
        Scroll(Point(dropped.x, dropped.y + 80), "down", 3),
        Click(Point(dropped.x, dropped.y + 80), times=2),
        Click(Point(keys.center.x, keys.top + 8)),
        TypeText("6*7"),
        Press(("enter",)),
        Finish(True),
    ]
    assert (moved.left - editor.left, moved.top - editor.top) == (60, 40), "nothing was taken from the hand"
    assert read_recording(tmp_path / "e").episode == episode
    assert episode.ending is Ending.FINISHED
    assert all(step.change and not step.change.nothing for step in episode.steps[1:4])
    assert "Mousepad" in episode.steps[2].seen.front
    assert "alculator" in episode.steps[7].seen.front, "each step's screen is the one before it"


def test_every_character_of_our_own_hands_is_heard_as_it_was_typed(display: str) -> None:
    text = "The quick (brown) fox: naïve €5 — 中文 Ж ñ\tend~^`"
    with (
        closing(Window("tk_field", display)),
        monitor_at(display) as (monitor, person),
        closing(Desktop(Stop(), NoApps(), display_name=display, watch_pointer=False)) as desktop,
    ):
        (window,) = until(lambda: desktop.observe().elements)
        desktop.perform(Click(window.box.center))
        until(lambda: desktop.observe().front)
        found = moves_of(monitor, person, lambda: desktop.perform(TypeText(text)))
    assert found == [
        Click(window.box.center),
        TypeText(text.split("\t")[0]),
        Press(("tab",)),
        TypeText(text.split("\t")[1]),
    ]


def test_chords_single_modifiers_and_named_keys_have_their_names(display: str) -> None:
    with monitor_at(display) as (monitor, person):

        def work() -> None:
            person.keys("Control_L", "Shift_L", "s")
            person.keys("Alt_L", "F4")
            person.keys("Shift_L", "Left")
            person.keys("Super_L")
            person.keys("Return")
            person.keys("Page_Down")
            person.keys("Shift_L")
            person.keys("BackSpace")

        assert moves_of(monitor, person, work) == [
            Press(("ctrl", "shift", "s")),
            Press(("alt", "f4")),
            Press(("shift", "left")),
            Press(("super",)),
            Press(("enter",)),
            Press(("page_down",)),
            Press(("backspace",)),
        ]


def test_dead_keys_the_third_level_and_caps_lock_write_what_they_write() -> None:
    with private_display() as name, closing(X11(name)) as x11:
        from Xlib import XK

        rows = x11.display.get_keyboard_mapping(8, 248)
        spare = [code for code, row in enumerate(rows, 8) if not any(row)][:4]
        XK.load_keysym_group("xkb")
        meanings = [XK.XK_dead_acute, XK.XK_Multi_key, XK.XK_dead_acute, 0]
        x11.display.change_keyboard_mapping(spare[0], [[meanings[0]] * 2])
        x11.display.change_keyboard_mapping(spare[1], [[meanings[1]] * 2])
        e = int(x11.display.keysym_to_keycode(XK.XK_e))
        x11.display.change_keyboard_mapping(e, [[0x65, 0x45, 0x65, 0x45, 0x20AC, 0xA2]])
        level3 = int(x11.display.keysym_to_keycode(0xFE03))
        x11.display.sync()
        with monitor_at(name) as (monitor, person):

            def tap(code: int) -> None:
                person.key(code, down=True)
                person.key(code, down=False)

            def work() -> None:
                tap(spare[0])
                tap(e)
                tap(spare[1])
                person.write("ae")
                if level3:
                    person.key(level3, down=True)
                    tap(e)
                    person.key(level3, down=False)
                person.keys("Caps_Lock")
                person.write("b")
                person.keys("Caps_Lock")
                person.write("b")
                person.flush()

            assert moves_of(monitor, person, work) == [TypeText("éæ€Bb" if level3 else "éæBb")]


@pytest.mark.parametrize(
    ("keysym", "character"),
    [
        (0x61, "a"),
        (0xE9, "é"),
        (0x20AC, "€"),
        (0x0100263A, "☺"),
        (0x6C1, "а"),
        (0x7E1, "α"),
        (0x1B1, "ą"),
        (0xFFB7, "7"),
    ],
)
def test_older_symbols_are_the_characters_they_stood_for(keysym: int, character: str) -> None:
    assert character_of(keysym) == character
    assert character_of(0xFF0D) == ""


def test_a_dead_key_before_what_takes_no_accent_writes_nothing_and_is_over() -> None:
    composer = Composer()
    assert composer.text_of(0xFE51) == ""
    assert composer.text_of(0xFF51) in ("", None)
    assert composer.text_of(0x61) == "a"


def test_private_text_is_in_no_byte_of_the_recording_and_its_key_reaches_nobody(tmp_path: Path, display: str) -> None:
    with closing(Window("tk_field", display)) as field, monitor_at(display, private=True) as (monitor, person):
        (window,) = until(lambda: monitor.observe().elements)
        at = window.box.center

        def work() -> None:
            person.click(at.x, at.y)
            pause()
            person.write("ada")
            person.keys("Control_L", "Alt_L", "Home")
            person.write("hunter2")
            person.keys("Control_L", "Alt_L", "Home")
            person.write("\n")
            pause()
            person.keys("Control_L", "Alt_L", "End")

        busy = threading.Thread(target=work)
        busy.start()
        recorder = Recorder(tmp_path / "e", "sign in", device="desktop", agent="a person", recorded_by="human")
        episode = demonstrate("sign in", monitor, recorder, Stop())
        busy.join()
        assert "hunter2" in field.take(), "it was typed"
    done = [Click(at), TypeText("ada"), TypeText("{password}"), Press(("enter",)), Finish(True)]
    assert [step.decision.move for step in episode.steps] == done
    for file in (tmp_path / "e").rglob("*"):
        assert file.is_dir() or b"hunter2" not in file.read_bytes()


def test_a_display_that_dies_is_an_ending(tmp_path: Path) -> None:
    if missing():
        pytest.skip("no private display")
    with closing(PrivateDisplay(Stop())) as private, monitor_at(private.display_name) as (monitor, person):
        person.click(10, 10)
        pause()
        killer = threading.Timer(0.5, private.close)
        killer.start()
        recorder = Recorder(tmp_path / "e", "g", device="desktop", agent="a person", recorded_by="human")
        episode = demonstrate("g", monitor, recorder, Stop())
        killer.join()
    assert episode.ending is Ending.DEVICE_LOST
    assert read_recording(tmp_path / "e").episode == episode


class Command:
    """`screenhand record --device sandbox` while it runs."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "record", "--device", "sandbox", "--goal", "show it", "--record", folder],
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            env=BARE | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "COLUMNS": "200"},
        )
        assert self.process.stdout is not None
        found = next(filter(None, (re.search(r"DISPLAY=(:\d+)", line) for line in self.process.stdout)), None)
        assert found, self.process.wait()
        self.display = found[1]


def test_the_command_records_whoever_works_its_display_until_ctrl_c(tmp_path: Path) -> None:
    if missing():
        pytest.skip("no private display")
    command = Command(tmp_path / "e")
    with closing(Person(command.display)) as person:
        person.click(300, 200, button=3)
        pause(1.2)
        command.process.send_signal(signal.SIGINT)
        said = command.process.communicate(timeout=30)[0]
    assert command.process.returncode == 0, said
    recording = read_recording(tmp_path / "e")
    assert [step.decision.move for step in recording.episode.steps] == [Click(Point(300, 200), "right"), Finish(True)]
    assert (recording.device, recording.agent) == ("sandbox", "a person")
    assert (tmp_path / "e" / "index.html").exists()
    assert "right-click (300, 200)" in said


def test_where_nobody_may_look_on_it_is_said(tmp_path: Path) -> None:
    wayland = BARE | {"WAYLAND_DISPLAY": "wayland-0"}
    done = screenhand("record", "--goal", "x", "--record", tmp_path / "e", environment=wayland)
    assert (done.returncode, "Wayland" in done.stdout + done.stderr) == (10, True)
    with pytest.raises(typer.BadParameter, match="toy"):
        record(DeviceName("toy"), goal="x")
    assert not (tmp_path / "e").exists()


@pytest.mark.parametrize(("system", "said"), [("darwin", "macOS"), ("win32", "Windows")])
def test_other_systems_are_refused_in_words(monkeypatch: pytest.MonkeyPatch, system: str, said: str) -> None:
    monkeypatch.setattr("sys.platform", system)
    with pytest.raises(DeviceLost, match=said):
        X11InputMonitor(Stop(), display_name=":0")
