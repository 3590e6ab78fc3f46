"""What a desktop's operating system must offer, and what the back-ends share."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Protocol

from devices.actions import Direction
from devices.desktop.accessibility.tree import AccessibilityTree
from devices.desktop.keys import Key
from devices.desktop.pointer_watch import PointerReader
from devices.desktop.release_guard import ReleaseGuard
from devices.desktop.top_level import Window
from devices.device import ActionRefused, DeviceLost
from devices.stop import Stop


class System(Protocol):
    """Facts and strokes that differ from one operating system to the next.

    `lost` are the exceptions that mean the screen is gone. `display` names the X display, "" elsewhere; `environment`
    is what the release guard runs in.
    """

    lost: tuple[type[Exception], ...]
    display: str
    environment: dict[str, str]

    def gui(self) -> Any:
        """The pyautogui module, working on this display, without its pauses and its failsafe."""
        ...

    def layout(self) -> Hashable:
        """Something that changes when the screens do."""
        ...

    def extent(self) -> tuple[int, int]:
        """Width and height of all screens together, in pointer units."""
        ...

    def pointer(self) -> tuple[int, int]: ...
    def reader_for_thread(self) -> PointerReader:
        """Reads the pointer from another thread."""
        ...

    def windows(self) -> tuple[Window, ...]:
        """The visible windows, front to back."""
        ...

    def accessibility(self, session: str) -> AccessibilityTree | None:
        """What the applications say of themselves, for another thread; None where this program cannot ask them.

        `session` is the address of the message bus of the applications' session, "" for the caller's own.
        """
        ...

    def key_names(self, chord: tuple[Key, ...]) -> tuple[str, ...]:
        """pyautogui's names for the keys to press, in order. Raises `ActionRefused` for what the keyboard lacks."""
        ...

    def scroll(self, direction: Direction) -> None:
        """One notch, so that what lies in `direction` comes into view."""
        ...

    def type(self, text: str, between: Callable[[], None]) -> None:
        """Type `text` exactly, calling `between` before each stroke, or raise `ActionRefused` before the first."""
        ...

    def sync_input(self) -> None:
        """Return when the windows in front have taken what was sent, or after a moment."""
        ...

    def new_window(self, start: Callable[[], object], seconds: float) -> bool:
        """Call `start`, and say whether a window came up or to the front within `seconds`."""
        ...

    def use_guard(self, guard: ReleaseGuard) -> None:
        """Use `guard` from now on."""
        ...

    def close(self) -> None: ...


def import_pyautogui() -> Any:
    """pyautogui without its pauses and its failsafe. Raises `DeviceLost` where its import would end the process."""
    try:
        import pyautogui
    except SystemExit as error:  # mouseinfo, which pyautogui imports, ends the process when tkinter is missing
        raise DeviceLost(
            "pyautogui needs Python's tkinter: install it (Debian and Ubuntu: sudo apt install python3-tk; "
            "Fedora: sudo dnf install python3-tkinter; macOS: brew install python-tk)"
        ) from error
    # The failsafe trips on our own clicks in a corner and leaves the button pressed: our watch of the pointer does not.
    pyautogui.FAILSAFE, pyautogui.PAUSE = False, 0
    return pyautogui


def window_appeared(windows: Callable[[], object], start: Callable[[], object], seconds: float, stop: Stop) -> bool:
    """Call `start`, and say whether `windows()` differs within `seconds`: for systems that announce no window."""
    before = windows()
    start()
    for _ in range(int(seconds / 0.1)):
        if windows() != before:
            return True
        stop.wait(0.1)
    return False


def type_each(text: str, gui: Any, send: Callable[[str], None], between: Callable[[], None]) -> None:
    """Enter and Tab by their keys, every other character by `send`; `between` is asked before each."""
    for character in text:
        between()
        if character in "\n\t":
            gui.press("enter" if character == "\n" else "tab")
        else:
            send(character)


def pyautogui_names(gui: Any, chord: tuple[Key, ...], other: Mapping[str, str]) -> tuple[str, ...]:
    """pyautogui's own names for the keys of `chord`, some of them called `other` here.

    Raises `ActionRefused` for a key it lacks: it would drop it without a word.
    """
    names = tuple(other.get(key.gui, key.gui) for key in chord)
    for key, name in zip(chord, names, strict=True):
        if not gui.isValidKey(name):
            raise ActionRefused(f"this system's keyboard has no key {key.name!r}; nothing was pressed")
    return names
