"""Key events of an X display decoded into text and chords, and the two hotkeys of a demonstration."""

from devices.demonstration import HumanAction
from devices.desktop.keys import name_of
from devices.desktop.x11_event_tap import InputEvent
from devices.desktop.x11_keyboard import SHIFT
from devices.desktop.x11_keymap import ALT, CONTROL, SUPER, Keymap
from devices.desktop.x11_keysyms import Composer, character_of
from devices.frame_buffer import TimedFrame
from devices.gesture_decoder import GestureDecoder

OVER, PRIVATE = "Ctrl+Alt+End", "Ctrl+Alt+Home"
"""The keys that end a demonstration, and that begin and end what is typed in private. Neither is recorded.

They are on every keymap, whatever its letters, and mean nothing to GNOME, KDE and Xfce; Ctrl+Alt+Escape kills a window.
"""
END, HOME, _BACKSPACE = 0xFF57, 0xFF50, 0xFF08
_HELD = ((CONTROL, "ctrl"), (SUPER, "super"), (ALT, "alt"), (SHIFT, "shift"))
_MODIFIERS = frozenset((*range(0xFFE1, 0xFFEF), 0xFE03, 0xFE11, 0xFF7E, 0xFF7F, *range(0xFE01, 0xFE0F)))
_ALONE = {0xFFEB: "super", 0xFFEC: "super", 0xFFE9: "alt", 0xFFEA: "alt"}
"""Modifiers that do something when they are pressed and released alone: a menu opens."""


def held_in(state: int) -> tuple[str, ...]:
    """The names of the modifiers in `state` that turn a key into a chord and a click into another click."""
    return tuple(name for bit, name in _HELD if state & bit)


class KeyDecoder:
    """Decodes key events and passes the result to `gestures`. With `private`, the key for private text counts."""

    def __init__(self, keymap: Keymap, gestures: GestureDecoder, *, private: bool) -> None:
        self._keymap, self._gestures, self._hides = keymap, gestures, private
        self._composer = Composer()
        self._alone: tuple[int, TimedFrame, float] | None = None
        self.over = False
        """Whether the key that ends it was pressed."""
        self.private = False
        """Whether what is typed now is left out."""
        self.unnamed: list[str] = []
        """Keys that could not be recorded, in words."""

    def key_down(self, event: InputEvent, before: TimedFrame) -> list[HumanAction]:
        symbol, printed = self._keymap.symbol(event.detail, event.state), self._keymap.key(event.detail)
        self._alone = None
        if printed in _MODIFIERS or symbol in _MODIFIERS:
            if printed in _ALONE and not held_in(event.state):
                self._alone = (printed, before, event.at)
            return []
        held = held_in(event.state)
        if {"ctrl", "alt"} <= set(held):
            if printed == END:
                self.over = True
                return []
            if printed == HOME and self._hides:
                self.private = not self.private
                return self._gestures.private(on=self.private)
        if set(held) - {"shift"}:
            return self._chord(held, printed, event, before)
        text = self._composer.text_of(symbol)
        if text is not None:
            return self._gestures.typed(text, before, event.at) if text else []
        if printed == _BACKSPACE and not held:
            return self._gestures.erased(before, event.at)
        return self._chord(held, printed, event, before)

    def key_up(self, event: InputEvent) -> list[HumanAction]:
        alone, self._alone = self._alone, None
        if alone is None or self._keymap.key(event.detail) != alone[0]:
            return []
        symbol, before, began = alone
        return self._gestures.pressed((_ALONE[symbol],), before, began, event.at)

    def other(self) -> None:
        """The pointer did something: a modifier that is held was not pressed for itself."""
        self._alone = None

    def _chord(self, held: tuple[str, ...], printed: int, event: InputEvent, before: TimedFrame) -> list[HumanAction]:
        name = name_of(printed) or character_of(printed)
        if not name:
            self.unnamed.append(f"a key without a name here (X11 symbol 0x{printed:04x}) was pressed and not recorded")
            return []
        return self._gestures.pressed((*held, name), before, event.at, event.at)
