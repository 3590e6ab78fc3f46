"""Text through an X keyboard, each character exactly as asked."""

from collections.abc import Callable

from devices.desktop.keys import keysym_of
from devices.desktop.release_guard import ReleaseGuard
from devices.desktop.x11 import X11
from devices.desktop.x11_keyboard import FUNCTIONS, LOCK, Keyboard, Stroke, refuse_transformed
from devices.desktop.x11_sync import InputSync
from devices.desktop.x11_windows import WindowList
from devices.device import ActionRefused, DeviceLost

AT_ONCE = 128  # characters sent before the window is asked whether it has taken them: a stop leaves no longer tail
BRIEFLY = 0.25  # seconds for a window to take what was sent
PATIENTLY = 10.0  # seconds for the same when nothing more can be typed before it has
_SHIFT_L, _CAPS_LOCK = 0xFFE1, 0xFFE5


class Typist:
    """Finds a key for every character and types into the window that has the focus."""

    def __init__(self, x11: X11, windows: WindowList, sync: InputSync, guard: ReleaseGuard) -> None:
        self._x11 = x11
        self._windows = windows
        self._sync = sync
        self._guard = guard
        self._keyboard = Keyboard(x11, guard.lend)
        self._owing: set[int] = set()  # windows that may not have taken their lent keys yet

    def strokes(self, keysyms: list[int], names: list[str]) -> list[Stroke]:
        """A stroke for each of `keysyms`, lending keys where the layout has none; raises `ActionRefused` by name.

        A key that is no character is not lent: a lent Control would hold nothing down.
        """
        self._keyboard.read()
        for keysym, name in zip(keysyms, names, strict=True):
            if keysym in FUNCTIONS and not self._keyboard.has(keysym):
                raise ActionRefused(f"this keyboard has no key {name!r}; nothing was pressed")
        self._refuse_unlendable(keysyms, names, at_once=len(keysyms))
        self._lend(keysyms, self._windows.front())
        return [self._stroke(keysym) for keysym in keysyms]

    def type(self, text: str, between: Callable[[], None]) -> None:
        """Type `text`, calling `between` before every stroke, which may raise.

        Raises `ActionRefused` naming the first character that cannot be typed, before anything is; `DeviceLost` when
        the window stops taking keys in the middle.
        """
        refuse_transformed(text)
        keysyms = [keysym_of(character) for character in text]
        self._keyboard.read()
        self._keyboard.refuse_held()
        self._refuse_unlendable(keysyms, list(text), at_once=1)
        focus = self._windows.front()
        caps = self._keyboard.state & LOCK
        try:
            if caps:
                self._tap(self._stroke(_CAPS_LOCK))
            done = 0
            while done < len(keysyms):
                some = self._lendable(keysyms[done : done + AT_ONCE])
                self._lend(some, focus)
                self._send([self._stroke(keysym) for keysym in some], between)
                done += len(some)
                if self._sync.window(focus, BRIEFLY):
                    self._owing.discard(focus)
        finally:
            if caps:
                self._tap(self._stroke(_CAPS_LOCK))

    def _refuse_unlendable(self, keysyms: list[int], names: list[str], at_once: int) -> None:
        """Refuse what the layout lacks where no key can be lent, or where no window says when it has taken one."""
        lacking = self._keyboard.lacking(keysyms)
        if not lacking:
            return
        self._owing.add(self._windows.front())
        self._owing = {window for window in self._owing if not self._sync.window(window, PATIENTLY)}
        if self._owing or self._keyboard.room < min(at_once, len(lacking)):
            place = keysyms.index(lacking[0])
            why = "the window does not say when it has taken a key" if self._owing else "it has no unused key to lend"
            raise ActionRefused(
                f"{names[place]!r} at place {place} cannot be typed: the keyboard lacks it and {why}; nothing was typed"
            )

    def _lend(self, keysyms: list[int], focus: int) -> None:
        """Lend keys to what the layout lacks: after the window has taken what they meant, and until it heard of it."""
        if self._keyboard.lacking(keysyms):
            self._await(focus)
            self._keyboard.lend(keysyms)
            self._await(focus)
        if not all(map(self._keyboard.has, keysyms)):
            self._owing.add(focus)

    def _await(self, focus: int) -> None:
        if not self._sync.window(focus, PATIENTLY):
            raise DeviceLost(f"the window in front took no key for {PATIENTLY:g} seconds in the middle of a text")

    def _lendable(self, keysyms: list[int]) -> list[int]:
        """As many of the first of `keysyms` as one lending covers."""
        foreign: set[int] = set()
        for place, keysym in enumerate(keysyms):
            if not self._keyboard.has(keysym):
                foreign.add(keysym)
                if len(foreign) > self._keyboard.room:
                    return keysyms[:place]
        return keysyms

    def _send(self, strokes: list[Stroke], between: Callable[[], None]) -> None:
        shift = self._stroke(_SHIFT_L).code
        shifted = False
        try:
            for stroke in strokes:
                between()
                if stroke.shift != shifted:
                    shifted = stroke.shift
                    self._shift(shift, shifted)
                self._tap(stroke)
        finally:
            if shifted:
                self._shift(shift, down=False)
            self._x11.display.flush()

    def _stroke(self, keysym: int) -> Stroke:
        stroke = self._keyboard.stroke(keysym)
        if stroke is None:
            raise ActionRefused(f"this keyboard has no key with the X11 number {keysym:#x}; nothing was typed")
        return stroke

    def _shift(self, code: int, down: bool) -> None:
        from Xlib import X
        from Xlib.ext.xtest import fake_input

        if down:
            self._guard.hold("key", f"keycode {code}")
        fake_input(self._x11.display, X.KeyPress if down else X.KeyRelease, code)
        if not down:
            self._x11.display.flush()
            self._guard.free("key", f"keycode {code}")

    def _tap(self, stroke: Stroke) -> None:
        from Xlib import X
        from Xlib.ext.xtest import fake_input

        # Down and up leave in one write, so that no kill and no slow machine can come between them.
        fake_input(self._x11.display, X.KeyPress, stroke.code)
        fake_input(self._x11.display, X.KeyRelease, stroke.code)
        self._x11.display.flush()
