"""What real applications say of themselves becomes elements; one that hangs, dies or lies costs a look its budget."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from devices import ActionRefused, Click, Element, Observation, Press, Stop, TypeText
from devices.desktop.accessibility.bus import AccessibilityBus
from devices.desktop.accessibility.connection import BusConnection
from devices.desktop.accessibility.node import PROPERTIES
from devices.desktop.accessibility.tree import AccessibilityTree
from devices.desktop.desktop import Desktop
from devices.desktop.private_display import PrivateDisplay, missing
from devices.desktop.sandbox_control import Program
from devices.device import Refusal
from devices.roles import ROLES
from devices.settled import Settled
from tests.conftest import until
from tests.test_desktop import NoApps

BUDGET = 0.4
LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")

pytestmark = pytest.mark.skipif(bool(missing()) or not LAUNCHER.exists(), reason="needs a sandbox with at-spi2-core")


class Stage:
    """A private display whose programs have process numbers of this machine, and a desktop that looks at it."""

    def __init__(self, *, accessibility: bool = True, bus: str = "") -> None:
        self.private = PrivateDisplay(Stop(), isolated=False)
        self.bus = bus or self.private.environ["DBUS_SESSION_BUS_ADDRESS"]
        self.desktop = Desktop(
            Stop(),
            NoApps(),
            display_name=self.private.display_name,
            watch_pointer=False,
            accessibility=accessibility,
            session_bus=self.bus,
        )

    def start(self, *command: str) -> Program:
        if shutil.which(command[0]) is None:
            pytest.skip(f"{command[0]} is not installed")
        return self.private.control.start(command)

    def seen(self, text: str, role: str = "") -> Element:
        """The element of that text and role, once it is there."""
        found = until(lambda: element(self.desktop.observe(), text, role), 20)
        assert found is not None
        return found

    def seen_with(self, condition: Callable[[Observation], object]) -> Observation:
        """The first look that meets `condition`."""
        looks: list[Observation] = []

        def met() -> object:
            looks[:] = [self.desktop.observe()]
            return condition(looks[0])

        until(met)
        return looks[0]

    def status(self, name: str) -> bool:
        """Whether the session's accessibility has that property of `org.a11y.Status`."""
        with closing(BusConnection(self.bus)) as bus:
            (value,) = bus.ask("org.a11y.Bus", "/org/a11y/bus", PROPERTIES, "Get", "ss", ("org.a11y.Status", name))
            return bool(value.value)

    def close(self) -> None:
        self.desktop.close()
        self.private.close()


@pytest.fixture
def stage() -> Iterator[Stage]:
    with closing(Stage()) as opened:
        yield opened


def element(seen: Observation, text: str, role: str = "") -> Element | None:
    return next((each for each in seen.elements if each.text == text and each.role in (role or each.role)), None)


def controls(seen: Observation) -> list[Element]:
    return [each for each in seen.elements if each.role != "window"]


def test_a_dialog_of_gtk_is_named_and_its_password_never_kept(stage: Stage) -> None:
    stage.start("zenity", "--password", "--username", "--title", "Sign in")
    label = stage.seen("Username:", "text")
    stage.desktop.perform(TypeText("ann\tsecret"))
    seen = Settled(stage.desktop, Stop()).observe()
    (field,) = [each for each in seen.elements if each.role == "field"]
    (password,) = [each for each in seen.elements if each.role == "password"]
    assert (field.value, field.editable, password.value, password.focused) == ("ann", True, "", True)
    assert field.box.left > label.box.right
    assert label.box.top < field.box.center.y < label.box.bottom + 10
    assert "secret" not in repr(seen.elements)
    assert [each.text for each in seen.elements if each.role == "button"] == ["Cancel", "OK"]
    assert {each.role for each in seen.elements} <= ROLES
    assert not seen.partial


SWING = """\
import javax.swing.*;
class Form {
    public static void main(String[] words) {
        JFrame frame = new JFrame("Swing form");
        JButton button = new JButton(UIManager.getIcon("FileView.floppyDriveIcon"));
        button.setToolTipText("Save the form");
        frame.add(button);
        frame.pack();
        frame.setVisible(true);
    }
}
"""


def test_a_swing_button_that_is_only_an_icon_is_named_by_its_tooltip(stage: Stage, tmp_path: Path) -> None:
    if "JDK_JAVA_OPTIONS" not in stage.private.environ or shutil.which("javac") is None:
        pytest.skip("needs a JDK with libatk-wrapper-java")
    (tmp_path / "Form.java").write_text(SWING)
    stage.start("java", str(tmp_path / "Form.java"))
    button = stage.seen("Save the form", "button")
    assert button.box.width > 8


def test_what_is_in_a_window_comes_before_it_and_lies_in_it(stage: Stage) -> None:
    stage.start("zenity", "--question", "--text", "Shall it be?")
    stage.seen("Shall it be?")
    seen = Settled(stage.desktop, Stop()).observe()
    *inside, window = seen.elements
    assert window.role == "window"
    assert inside
    assert all(each.box.center in window.box for each in inside)


def test_the_page_of_a_notebook_is_read_though_it_lies_outside_its_tab(stage: Stage) -> None:
    stage.start("mousepad", "--preferences")
    box = stage.seen("Show line numbers", "checkbox")
    assert box.checked is False
    assert box.box.top > stage.seen("View", "tab").box.bottom


def test_qt_is_read_and_an_open_menu_lies_above_what_it_covers(stage: Stage) -> None:
    stage.start("featherpad")
    menu = stage.seen("File", "menu")
    device = Settled(stage.desktop, Stop())
    device.observe()
    device.perform(Click(menu.box.center))
    until(lambda: element(device.observe(), "Quit", "menuitem"))
    seen = device.observe()
    quit_ = element(seen, "Quit", "menuitem")
    assert quit_ is not None
    other = [each for each in controls(seen) if each.role != "menuitem" and each.box.center in quit_.box]
    assert other == []
    save = element(seen, "Save", "menuitem")
    assert save is not None
    assert not save.enabled


def test_a_still_screen_is_not_walked_again_and_its_elements_stay(stage: Stage) -> None:
    stage.start("zenity", "--entry", "--text", "Your name")
    stage.seen("Your name")
    device = Settled(stage.desktop, Stop())
    first = device.observe()
    device.perform(Press(("shift",)))
    second = device.observe()
    assert second.elements == first.elements
    assert controls(second)


def test_a_glance_has_the_windows_only(stage: Stage) -> None:
    stage.start("zenity", "--entry", "--text", "Your name")
    stage.seen("Your name")
    assert {each.role for each in stage.desktop.glance().elements} == {"window"}


def test_a_click_on_what_has_left_is_refused_once(stage: Stage) -> None:
    program = stage.start("zenity", "--question", "--text", "Shall it be?")
    button = stage.seen("Yes", "button")
    program.kill()
    until(lambda: program.poll() is not None)
    with pytest.raises(ActionRefused, match="'Yes' is no longer at") as refused:
        stage.desktop.perform(Click(button.box.center))
    assert refused.value.refusal is Refusal.STALE
    stage.desktop.perform(Click(button.box.center))


def test_a_click_on_what_stays_is_done(stage: Stage) -> None:
    program = stage.start("zenity", "--question", "--text", "Shall it be?")
    button = stage.seen("Yes", "button")
    stage.desktop.perform(Click(button.box.center))
    until(lambda: program.poll() is not None)
    assert program.returncode == 0


def test_a_stopped_program_costs_one_look_its_budget_and_the_next_ones_little(stage: Stage) -> None:
    stage.start("zenity", "--entry", "--text", "I answer", "--width", "1000", "--height", "700")
    stage.seen("I answer")
    hung = stage.start("zenity", "--question", "--text", "I hang")
    stage.seen("I hang")
    os.kill(hung.process, signal.SIGSTOP)
    try:
        stage.desktop.perform(Press(("shift",)))
        began = time.monotonic()
        seen = stage.desktop.observe()
        assert time.monotonic() - began < 10 * BUDGET
        assert seen.partial
        seen = stage.seen_with(lambda seen: element(seen, "I answer"))
        assert seen.partial
        assert element(seen, "I hang") is None
    finally:
        os.kill(hung.process, signal.SIGCONT)
    stage.seen("I hang")


def test_a_program_killed_while_it_is_read_is_only_not_there(stage: Stage) -> None:
    for _ in range(3):
        program = stage.start("zenity", "--question", "--text", "I die")
        stage.seen("I die")
        stage.desktop.perform(Press(("shift",)))
        stage.desktop.glance()
        stage.desktop.glance()
        program.kill()
        stage.desktop.observe()
        until(lambda: not controls(stage.desktop.observe()))


def test_ten_thousand_rows_are_not_entered(stage: Stage) -> None:
    rows = [f"row {number}" for number in range(10_000)]
    stage.start("zenity", "--list", "--title", "Many", "--column", "Rows", *rows)
    stage.seen("Cancel", "button")
    seen = stage.seen_with(lambda seen: element(seen, "OK", "button"))
    assert seen.partial
    assert len(seen.elements) < 1500


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("x" * 100_000, "x" * 200),
        ("a\x07b\x1b[31m c\u202e d", "ab[31m c d"),
        ("  many\n\tblanks  ", "many blanks"),
    ],
    ids=["100 KB", "control characters", "blanks"],
)
def test_a_hostile_name_is_cut_and_cleaned(stage: Stage, said: str, named: str) -> None:
    stage.start("zenity", "--question", "--no-markup", "--ellipsize", "--text", said)
    assert stage.seen(named).text == named


def test_without_a_bus_there_are_pixels_and_windows() -> None:
    with closing(Stage(bus="unix:path=/nowhere/bus")) as stage:
        stage.start("zenity", "--question", "--text", "Unheard")
        until(lambda: stage.desktop.observe().elements, 20)
        assert not controls(stage.desktop.observe())
        with closing(AccessibilityTree(stage.bus, tuple)) as tree:
            assert tree.open() is None
            assert "there is no bus" in tree.why_off


def test_a_bus_that_dies_is_lost_without_a_fault(stage: Stage) -> None:
    stage.start("zenity", "--question", "--text", "Heard")
    stage.seen("Heard")
    (line,) = [line for line in _processes() if "dbus-daemon" in line and f"{stage.bus[10:-3]}at-spi/" in line]
    os.kill(int(line.split()[0]), signal.SIGKILL)
    stage.desktop.perform(Press(("shift",)))
    seen = stage.seen_with(lambda seen: not controls(seen))
    assert [each.role for each in seen.elements] == ["window"]
    stage.desktop.perform(Click(seen.elements[0].box.center))


def test_switched_off_nothing_is_asked() -> None:
    with closing(Stage(accessibility=False)) as stage:
        stage.start("zenity", "--question", "--text", "Unasked")
        until(lambda: stage.desktop.observe().elements, 20)
        assert not controls(stage.desktop.observe())
        assert not stage.status("IsEnabled")


def test_the_bus_is_switched_on_for_as_long_as_it_is_read_and_no_screen_reader_starts() -> None:
    with closing(Stage(accessibility=False)) as stage:
        status = stage.status
        assert not status("IsEnabled")
        bus = AccessibilityBus(stage.bus)
        assert status("IsEnabled")
        second = AccessibilityBus(stage.bus)
        second.close()
        assert status("IsEnabled"), "it was on before the second came"
        assert not status("ScreenReaderEnabled")
        bus.close()
        assert not status("IsEnabled")


GTK4_WINDOW = """
import gi
gi.require_version("Gtk", "4.0")
from gi.repository import GLib, Gtk
window = Gtk.Window(title="Four")
box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
for child in (Gtk.Entry(text="secret", visibility=False), Gtk.PasswordEntry(text="secret"), Gtk.Button(label="Go")):
    box.append(child)
window.set_child(box)
window.present()
GLib.MainLoop().run()
"""


def test_gtk4_gives_passwords_in_clear_and_is_not_asked_for_them(stage: Stage) -> None:
    python = ("/usr/bin/python3", "-c")
    if subprocess.run([*python, GTK4_WINDOW.split("window =")[0]], check=False, capture_output=True).returncode:
        pytest.skip("GTK 4 for Python is not installed")
    stage.start(*python, GTK4_WINDOW)
    button = stage.seen("Go", "button")
    seen = stage.desktop.observe()
    assert [each for each in seen.elements if each.role in ("field", "password")]
    assert "secret" not in repr(seen.elements)
    window = seen.elements[-1].box
    assert abs((button.box.left + button.box.right) - (window.left + window.right)) < 10


def _processes() -> list[str]:
    """Number and command line of each process."""
    lines = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it may have ended
            lines.append(f"{file.parent.name} {file.read_bytes().replace(bytes(1), b' ').decode(errors='replace')}")
    return lines
