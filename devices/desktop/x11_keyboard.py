"""What an X keyboard can type now, and how a character it lacks is lent one of its unused keys.

A lent key (ChangeKeyboardMapping) is read by each client in its own time, so it keeps its character until every window
that was sent it has taken it; until then it is lent to nothing else.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from devices.desktop.keys import keysym_of
from devices.desktop.release_guard import consecutive_runs
from devices.desktop.x11 import X11
from devices.device import ActionRefused

SHIFT, LOCK = 1, 2  # bits of the modifier state (X11 protocol); bits 13 and 14 are the layout group
FUNCTIONS = range(0xFD00, 0x10000)  # keysyms of keys that are no characters
_HELD = {SHIFT: "Shift", 4: "Control", 8: "Alt", 64: "Super"}

# Characters that receivers turn into something else however they are sent. Xlib's Compose table expands these:
_EXPANDED = frozenset("\ufef5\ufef7\ufef9\ufefb\u17fb\u17fc\u17fd\u17fe\u17ff")
# GTK 3 keeps 16 bits of a key's number while composing (gtkimcontextsimple.c, compose_buffer), so a character whose
# number ends like a dead key's or Multi_key's starts a composition.
_DEAD = range(0xFE50, 0xFE94)
_MULTI_KEY = 0xFF20


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key by its code, and whether Shift is down meanwhile."""

    code: int
    shift: bool = False


class Keyboard:
    """The keyboard of one display. `announce` is called with a code before it is lent; the guard takes it back."""

    def __init__(self, x11: X11, announce: Callable[[int], None]) -> None:
        self._x11 = x11
        self._announce = announce
        info = x11.display.display.info
        self._first, self._count = info.min_keycode, info.max_keycode - info.min_keycode + 1
        self._own: dict[int, Stroke] = {}  # keysym -> how the layout types it
        self._lent: dict[int, int] = {}  # keysym -> code, least recently lent first
        self._unused: list[int] = []

    def read(self) -> None:
        """Read the keyboard as it is now: its layout, the group in use, its unused keys."""
        group = self.state >> 13 & 3
        rows = dict(enumerate(self._x11.display.get_keyboard_mapping(self._first, self._count), self._first))
        # A lent key that somebody else gave another meaning is theirs.
        self._lent = {keysym: code for keysym, code in self._lent.items() if rows[code][0] == keysym}
        self._unused = [code for code, row in rows.items() if not any(row)]
        self._own = {}
        for level in (0, 1):
            for code, row in rows.items():
                # The core map shows two levels of each of the first two groups; of what lies beyond, only the keys that
                # are no characters are known, for they are the same in every group.
                beyond = row[level] if row[level] in FUNCTIONS else 0
                keysym = row[2 * group + level] if group < 2 else beyond
                if keysym and code not in self._lent.values():
                    self._own.setdefault(keysym, Stroke(code, bool(level)))

    @property
    def state(self) -> int:
        """Modifiers held, locks and layout group, as bits."""
        return int(self._x11.root.query_pointer().mask)

    @property
    def unused(self) -> int:
        """How many keys were never lent: lending more takes one back first."""
        return len(self._unused)

    @property
    def room(self) -> int:
        """How many characters can be lent a key at one time."""
        return len(self._unused) + len(self._lent)

    def has(self, keysym: int) -> bool:
        """Whether the layout itself types `keysym`."""
        return keysym in self._own

    def stroke(self, keysym: int) -> Stroke | None:
        """How `keysym` is typed now; None when it needs a lent key."""
        if code := self._lent.get(keysym):
            return Stroke(code)
        return self._own.get(keysym)

    def lacking(self, keysyms: Iterable[int]) -> list[int]:
        """Those of `keysyms` that need a lent key, each once, in order."""
        return [keysym for keysym in dict.fromkeys(keysyms) if self.stroke(keysym) is None]

    def lend(self, keysyms: Iterable[int]) -> None:
        """Give each of `keysyms` a key: an unused one, or the one lent longest ago to none of them."""
        wanted = set(keysyms)
        lacking = self.lacking(keysyms)
        takable = [(code, 0) for code in self._unused]
        takable += [(code, keysym) for keysym, code in self._lent.items() if keysym not in wanted]
        meanings = dict(zip(sorted(takable[: len(lacking)]), lacking, strict=True))
        for (code, before), keysym in meanings.items():
            self._announce(code)
            self._lent.pop(before, None)
            self._lent[keysym] = code
        taken = {code for code, _ in meanings}
        self._unused = [code for code in self._unused if code not in taken]
        self._write({code: keysym for (code, _), keysym in meanings.items()})

    def refuse_held(self) -> None:
        """Raise `ActionRefused` when somebody holds a modifier down: every key would mean something else."""
        state = self.state
        if held := [name for bit, name in _HELD.items() if state & bit]:
            raise ActionRefused(f"{' and '.join(held)} is held down on this keyboard: release it; nothing was typed")

    def _write(self, meanings: dict[int, int]) -> None:
        # Xlib forgets a change it hears of while it reads an earlier one: no client may read before all are made. Both
        # levels get the same symbol, or the server would take a capital for the shifted half of a letter.
        self._x11.display.grab_server()
        for run in consecutive_runs(meanings):
            self._x11.display.change_keyboard_mapping(run[0], [[meanings[code]] * 2 for code in run])
        self._x11.display.ungrab_server()


def refuse_transformed(text: str) -> None:
    """Raise `ActionRefused` naming the first character that X11's receivers would turn into another."""
    for place, character in enumerate(text):
        ending = keysym_of(character) & 0xFFFF
        if character in _EXPANDED or (ord(character) > 0xFF and (ending in _DEAD or ending == _MULTI_KEY)):
            raise ActionRefused(
                f"{character!r} (U+{ord(character):04X}) at place {place} cannot be typed on X11, where programs take "
                "its key for the start of a composition; nothing was typed"
            )
