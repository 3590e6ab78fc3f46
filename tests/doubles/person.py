"""A person at an X display: real events through XTEST, and eyes that wait until something has come of them."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from devices import Stop
from devices.desktop.capture import Capture
from devices.desktop.x11 import X11


class Person:
    """Hands at the display called `name`."""

    def __init__(self, name: str) -> None:
        self.x11 = X11(name)
        self._eyes = Capture(Stop(), self.x11.layout, name, 0)

    def sees(self, work: Callable[[], None]) -> None:
        """Do `work`, wait until the screen shows something of it, and read that for a while."""
        before, _ = self._eyes.grab()
        work()
        for _ in range(500):
            if not np.array_equal(before, self._eyes.grab()[0]):
                break
            Stop().wait(0.02)
        Stop().wait(0.8)

    def move(self, x: int, y: int) -> None:
        from Xlib import X

        self._fake(X.MotionNotify, x=x, y=y)

    def button(self, number: int, *, down: bool) -> None:
        from Xlib import X

        self._fake(X.ButtonPress if down else X.ButtonRelease, number)

    def click(self, x: int, y: int, button: int = 1, times: int = 1) -> None:
        self.move(x, y)
        for _ in range(times):
            self.button(button, down=True)
            self.button(button, down=False)
        self.flush()

    def drag(self, path: Sequence[tuple[int, int]], button: int = 1) -> None:
        self.move(*path[0])
        self.button(button, down=True)
        for start, end in pairwise(path):
            for part in range(1, 11):
                self.move(start[0] + (end[0] - start[0]) * part // 10, start[1] + (end[1] - start[1]) * part // 10)
                self.flush()
                Stop().wait(0.01)
        self.button(button, down=False)
        self.flush()

    def wheel(self, x: int, y: int, button: int, notches: int) -> None:
        self.click(x, y, button, notches)

    def keys(self, *symbols: str) -> None:
        """Press the keys with these names, in Xlib's words, and release them in reverse."""
        codes = [self.code(symbol) for symbol in symbols]
        for code in codes:
            self.key(code, down=True)
        for code in reversed(codes):
            self.key(code, down=False)
        self.flush()

    def write(self, text: str) -> None:
        """Type `text`, each character on the key that the layout has for it."""
        names = {" ": "space", "\n": "Return", "\t": "Tab"}
        for character in text:
            code, shift = self._key_of(character, names.get(character, ""))
            if shift:
                self.key(self.code("Shift_L"), down=True)
            self.key(code, down=True)
            self.key(code, down=False)
            if shift:
                self.key(self.code("Shift_L"), down=False)
        self.flush()

    def key(self, code: int, *, down: bool) -> None:
        from Xlib import X

        self._fake(X.KeyPress if down else X.KeyRelease, code)

    def code(self, symbol: str) -> int:
        """The key on which a symbol of that name is printed."""
        from Xlib import XK

        code = int(self.x11.display.keysym_to_keycode(XK.string_to_keysym(symbol)))
        assert code, f"this keyboard has no {symbol}"
        return code

    def flush(self) -> None:
        self.x11.display.sync()

    def close(self) -> None:
        self._eyes.close()
        self.x11.close()

    def _key_of(self, character: str, name: str) -> tuple[int, bool]:
        if name:
            return self.code(name), False
        places: Any = self.x11.display.keysym_to_keycodes(ord(character))
        code, level = next((code, level) for code, level in places if level < 2)
        return int(code), level == 1

    def _fake(self, kind: int, detail: int = 0, x: int = 0, y: int = 0) -> None:
        from Xlib.ext.xtest import fake_input

        fake_input(self.x11.display, kind, detail, x=x, y=y)
