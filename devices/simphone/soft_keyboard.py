"""The soft keyboard of the focused field."""

from collections.abc import Callable

from devices.simphone.initial_data import ADB_KEYBOARD
from devices.simphone.phone_system import PhoneSystem
from devices.simphone.text_editing import backspace, enter, type_text
from devices.simphone.widget_types import Group, Icon, Text, Widget

PAGES: dict[str, tuple[str, str, str]] = {
    "letters": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "symbols": ("1234567890", "@#$_&-+()/", "*\"':;!?"),
    "more": ("~`|•√π÷×§∆", "£¢€¥^°={}\\", "%©®™✓[]"),
}
DOUBLE_TAP = 0.4  # seconds within which a second press of shift locks it


def keyboard(system: PhoneSystem, numeric: bool, landscape: bool) -> Widget:
    """The keyboard's keys for the field that has the focus; a numeric field gets a telephone's keys."""
    if system.settings["secure"].get("default_input_method") == ADB_KEYBOARD:
        words = Text(text="ADB Keyboard {ON}", size=14, color="dim", align="center")
        return Group(children=(words,), height=40, justify="center", fill="keyboard")
    height = 40 if landscape else 54
    if numeric and system.key_page == "letters":
        lines: list[list[Widget]] = [
            [_key(system, char, char, 1) for char in chars] for chars in ("123-", "456+", "789", "*0#")
        ]
        lines[2].append(_special(system, "backspace", "Delete", lambda: backspace(system), 1))
        lines[3].append(_special(system, "check", "Enter", lambda: enter(system), 1, "primary"))
    else:
        lines = _typewriter(system)
    rows = tuple(Group(axis="across", children=tuple(keys), height=height) for keys in lines)
    return Group(children=rows, pad=(3, 6, 3, 4), fill="keyboard", id="com.android.inputmethod.latin:id/keyboard_view")


def _typewriter(system: PhoneSystem) -> list[list[Widget]]:
    page = system.key_page
    first, second, third = PAGES[page]
    upper = page == "letters" and system.shift > 0

    def keys(chars: str) -> list[Widget]:
        return [_key(system, c.upper() if upper else c, c.upper() if upper else c, 1) for c in chars]

    def turn(to: str) -> Callable[[], None]:
        def turned() -> None:
            system.key_page, system.shift = to, 0

        return turned

    middle = keys(second)
    if len(second) < 10:
        middle = [Group(weight=0.5), *middle, Group(weight=0.5)]
    if page == "letters":
        name = "Shift" if not system.shift else "Shift enabled" if system.shift == 1 else "Caps lock enabled"
        color = "special" if not system.shift else "tint" if system.shift == 1 else "primary"
        side = _special(system, "shift", name, lambda: _shift(system), 1.5, color)
    else:
        other = "more" if page == "symbols" else "symbols"
        side = _word(system, "=\\<" if page == "symbols" else "?123", turn(other), 1.5)
    erase = _special(system, "backspace", "Delete", lambda: backspace(system), 1.5)
    bottom: list[Widget] = [
        _word(system, "?123" if page == "letters" else "ABC", turn("symbols" if page == "letters" else "letters"), 1.5),
        _key(system, ",", ",", 1),
        _key(system, "space", " ", 4),
        _key(system, ".", ".", 1),
        _special(system, "enter", "Enter", lambda: enter(system), 1.5, "primary"),
    ]
    if page == "letters":
        bottom.insert(2, _key(system, "@", "@", 1))
    return [keys(first), middle, [side, *keys(third), erase], bottom]


def _shift(system: PhoneSystem) -> None:
    now = system.clock()
    if system.shift == 1 and now - system.shifted_at <= DOUBLE_TAP:
        system.shift = 2
    else:
        system.shift = 0 if system.shift else 1
    system.shifted_at = now


def _key(system: PhoneSystem, label: str, types: str, weight: float) -> Group:
    def press() -> None:
        type_text(system, types)
        if system.shift == 1:
            system.shift = 0

    words = Text(
        text=label, size=14 if len(label) > 1 else 21, color="dim" if len(label) > 1 else "text", align="center"
    )
    return _cap(words, press, weight, "key", label)


def _word(system: PhoneSystem, label: str, press: Callable[[], None], weight: float) -> Group:
    return _cap(Text(text=label, size=15, align="center", lines=1), press, weight, "special", label)


def _special(
    system: PhoneSystem, icon: str, desc: str, press: Callable[[], None], weight: float, fill: str = "special"
) -> Group:
    color = {"primary": "on_primary", "tint": "on_tint"}.get(fill, "text")
    return _cap(Icon(name=icon, size=22, color=color), press, weight, fill, desc)


def _cap(face: Widget, press: Callable[[], None], weight: float, fill: str, desc: str) -> Group:
    """A key: the whole cell can be pressed, the cap is drawn a little smaller."""
    cap = Group(axis="over", children=(face,), fill=fill, radius=7, align="center", justify="center", weight=1)
    return Group(children=(cap,), pad=(2.5, 3.5, 2.5, 3.5), weight=weight, height=-1, press=press, desc=desc)
