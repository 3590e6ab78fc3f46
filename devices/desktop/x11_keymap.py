"""Key code and modifier state to keysym, by the keyboard mapping of an X display."""

from devices.desktop.x11 import X11
from devices.desktop.x11_keyboard import LOCK, SHIFT
from devices.desktop.x11_keysyms import character_of

CONTROL, ALT, SUPER = 4, 8, 64  # bits of the modifier state; Mod1 and Mod4 are Alt and Super on every common layout
_KEYPAD = range(0xFF80, 0xFFBE)
_LEVEL3, _MODE_SWITCH, _NUM_LOCK = 0xFE03, 0xFF7E, 0xFF7F


class Keymap:
    """The keyboard mapping of one display, read again whenever it changes. Not for two threads at once."""

    def __init__(self, x11: X11) -> None:
        self._x11 = x11
        info = x11.display.display.info
        self._first, self._count = info.min_keycode, info.max_keycode - info.min_keycode + 1
        self._rows: dict[int, list[int]] = {}
        self._level3 = self._num_lock = 0
        self._read()

    def symbol(self, code: int, state: int) -> int:
        """The symbol of the key `code` with the modifiers `state` (the core protocol's bits); 0 for none."""
        row = self._row(code)
        shifted, group = bool(state & SHIFT), state >> 13 & 3
        start = 2 if group == 1 and len(row) > 2 and row[2] else 0
        if state & self._level3 and any(row[4 + start : 6 + start]):
            start += 4  # the core map has two levels of both groups first, then the next two levels of each
        plain, upper = (*row[start : start + 2], 0, 0)[:2]
        if plain in _KEYPAD or upper in _KEYPAD:
            return upper if bool(state & self._num_lock) != shifted and upper else plain
        symbol = upper if shifted and upper else plain
        letter = character_of(symbol)
        if state & LOCK and letter.isalpha() and plain:
            return plain if shifted else (upper or plain)
        return symbol

    def key(self, code: int) -> int:
        """The symbol printed on the key: what it means without any modifier."""
        return next((symbol for symbol in self._row(code) if symbol), 0)

    def codes(self, keysym: int) -> list[int]:
        """The keys on which `keysym` is printed."""
        return [code for code, row in self._rows.items() if row and row[0] == keysym]

    def _row(self, code: int) -> list[int]:
        if self._changed():
            self._read()
        return self._rows.get(code) or []

    def _changed(self) -> bool:
        from Xlib import X

        changed = False
        while self._x11.display.pending_events():
            changed |= self._x11.display.next_event().type == X.MappingNotify
        return changed

    def _read(self) -> None:
        rows = self._x11.display.get_keyboard_mapping(self._first, self._count)
        self._rows = {code: list(row) for code, row in enumerate(rows, self._first)}
        self._level3 = self._num_lock = 0
        for bit, codes in enumerate(self._x11.display.get_modifier_mapping()):
            symbols = {symbol for code in codes if code for symbol in self._rows.get(code, [])}
            self._level3 |= (1 << bit) if symbols & {_LEVEL3, _MODE_SWITCH} else 0
            self._num_lock |= (1 << bit) if _NUM_LOCK in symbols else 0
