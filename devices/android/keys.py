"""Every name the field gives to a key, and Android's number for it."""

import difflib
from dataclasses import dataclass

from devices.device import ActionRefused


@dataclass(frozen=True, slots=True)
class Key:
    """A key by its one name here, and its number (android.view.KeyEvent)."""

    name: str
    code: int

    @property
    def is_modifier(self) -> bool:
        return self.code in _MODIFIERS


_MODIFIERS = frozenset((57, 58, 59, 60, 113, 114, 117, 118, 119))

# Android's name without KEYCODE_, its number, other names
_TABLE: tuple[tuple[str, int, str], ...] = (
    ("home", 3, "home_screen go_home"),
    ("back", 4, "go_back navigate_back"),
    ("call", 5, ""),
    ("endcall", 6, "end_call hang_up"),
    ("dpad_up", 19, "up arrow_up up_arrow"),
    ("dpad_down", 20, "down arrow_down down_arrow"),
    ("dpad_left", 21, "left arrow_left left_arrow"),
    ("dpad_right", 22, "right arrow_right right_arrow"),
    ("dpad_center", 23, "center select"),
    ("volume_up", 24, "audio_volume_up"),
    ("volume_down", 25, "audio_volume_down"),
    ("power", 26, "power_button"),
    ("camera", 27, ""),
    ("clear", 28, ""),
    ("comma", 55, ", "),
    ("period", 56, ". dot full_stop"),
    ("alt_left", 57, "alt alt_l left_alt option opt"),
    ("alt_right", 58, "alt_r right_alt altgr"),
    ("shift_left", 59, "shift shift_l left_shift"),
    ("shift_right", 60, "shift_r right_shift"),
    ("tab", 61, "tabulator"),
    ("space", 62, "spacebar space_bar"),
    ("explorer", 64, "browser"),
    ("envelope", 65, "mail"),
    ("enter", 66, "return ret newline"),
    ("del", 67, "backspace back_space bksp bs"),
    ("grave", 68, "` backquote backtick"),
    ("minus", 69, "- hyphen dash"),
    ("equals", 70, "= equal"),
    ("left_bracket", 71, "[ bracketleft"),
    ("right_bracket", 72, "] bracketright"),
    ("backslash", 73, "\\"),
    ("semicolon", 74, ";"),
    ("apostrophe", 75, "' quote"),
    ("slash", 76, "/ forward_slash"),
    ("at", 77, "@"),
    ("plus", 81, "+"),
    ("menu", 82, "context_menu"),
    ("notification", 83, ""),
    ("search", 84, ""),
    ("media_play_pause", 85, "play_pause"),
    ("media_stop", 86, "stop"),
    ("media_next", 87, "next_track media_next_track"),
    ("media_previous", 88, "previous_track media_previous_track prev_track"),
    ("mute", 91, "mic_mute"),
    ("page_up", 92, "pageup pgup prior"),
    ("page_down", 93, "pagedown pgdn next"),
    ("escape", 111, "esc"),
    ("forward_del", 112, "delete forward_delete"),
    ("ctrl_left", 113, "ctrl control ctrl_l left_ctrl control_l"),
    ("ctrl_right", 114, "ctrl_r right_ctrl control_r"),
    ("caps_lock", 115, "caps capslock"),
    ("scroll_lock", 116, ""),
    ("meta_left", 117, "meta super cmd command win windows super_l"),
    ("meta_right", 118, "super_r"),
    ("function", 119, "fn"),
    ("sysrq", 120, "print_screen prtsc"),
    ("break", 121, "pause"),
    ("move_home", 122, "begin line_start"),
    ("move_end", 123, "end line_end"),
    ("insert", 124, "ins"),
    ("forward", 125, ""),
    ("media_play", 126, "play"),
    ("media_pause", 127, ""),
    *((f"f{n}", 130 + n, "") for n in range(1, 13)),
    ("num_lock", 143, "numlock"),
    ("numpad_enter", 160, "kp_enter"),
    ("volume_mute", 164, "audio_volume_mute"),
    ("info", 165, ""),
    ("app_switch", 187, "recents recent recent_apps overview switch_app task_switcher app_select"),
    ("language_switch", 204, ""),
    ("calculator", 210, ""),
    ("assist", 219, "assistant"),
    ("brightness_down", 220, ""),
    ("brightness_up", 221, ""),
    ("sleep", 223, ""),
    ("wakeup", 224, "wake wake_up"),
    ("cut", 277, ""),
    ("copy", 278, ""),
    ("paste", 279, ""),
    *((chr(ord("a") + n), 29 + n, "") for n in range(26)),
    *((str(n), 7 + n, f"num_{n}") for n in range(10)),
)


def _folded(name: str) -> str:
    plain = name.strip().lower().removeprefix("keycode_")
    return plain if len(plain) <= 1 else plain.replace("_", "").replace("-", "").replace(" ", "")


_BY_NAME: dict[str, Key] = {}
for _name, _code, _others in _TABLE:
    for _other in (_name, *_others.split()):
        _BY_NAME.setdefault(_folded(_other), Key(_name, _code))


def key_named(name: str) -> Key:
    """The key that `name` means: Android's own name, with or without KEYCODE_, or a common one.

    `home` is the button that leads to the home screen; the key that goes to the start of a line is `move_home`.
    Raises `ActionRefused` with the nearest names.
    """
    folded = {" ": "space", "\n": "enter", "\t": "tab"}.get(name, _folded(name))
    if folded in _BY_NAME:
        return _BY_NAME[folded]
    near = difflib.get_close_matches(folded, _BY_NAME, n=3)
    known = f"near it are {', '.join(near)}" if near else "known are back, home, recents, enter, volume_up, a, ..."
    raise ActionRefused(f"Android has no key named {name!r}: {known}; nothing was pressed")


def chord(names: tuple[str, ...]) -> tuple[Key, ...]:
    """The keys of a chord, in order. Raises `ActionRefused` for an unknown key, or one named twice."""
    keys = tuple(key_named(name) for name in names)
    for place, key in enumerate(keys):
        if key in keys[:place]:
            raise ActionRefused(f"{names[place]!r} names a key of this chord twice: press it in another action")
    return keys
