"""Every name the field gives to a key, and the one key that each of them means."""

import difflib
from dataclasses import dataclass

from devices.device import ActionRefused


@dataclass(frozen=True, slots=True)
class Key:
    """A key by its one name here. `keysym` is X11's number for it, `gui` pyautogui's name, "" where it has none."""

    name: str
    keysym: int
    gui: str

    @property
    def is_modifier(self) -> bool:
        return self.name in MODIFIERS


MODIFIERS = frozenset(
    ("ctrl", "shift", "alt", "super", "altgr", "ctrl_right", "shift_right", "alt_right", "super_right")
)

# name, X11 keysym (X11/keysymdef.h, X11/XF86keysym.h), pyautogui's name, other names
_TABLE: tuple[tuple[str, int, str, str], ...] = (
    ("ctrl", 0xFFE3, "ctrl", "control control_l ctrl_l ctrlleft controlleft left_ctrl left_control"),
    ("ctrl_right", 0xFFE4, "ctrlright", "control_r ctrl_r controlright right_ctrl right_control"),
    ("shift", 0xFFE1, "shift", "shift_l shiftleft left_shift"),
    ("shift_right", 0xFFE2, "shiftright", "shift_r right_shift"),
    ("alt", 0xFFE9, "alt", "option opt alt_l altleft left_alt left_option menu_l"),
    ("alt_right", 0xFFEA, "altright", "alt_r right_alt right_option optionright"),
    ("altgr", 0xFE03, "altright", "alt_gr iso_level3_shift mode_switch"),
    ("super", 0xFFEB, "win", "cmd command win windows meta super_l meta_l winleft cmd_l command_l os hyper lwin"),
    ("super_right", 0xFFEC, "winright", "super_r meta_r cmd_r command_r rwin"),
    ("enter", 0xFF0D, "enter", "return ret newline"),
    ("escape", 0xFF1B, "esc", "esc"),
    ("tab", 0xFF09, "tab", "tabulator"),
    ("backspace", 0xFF08, "backspace", "back_space bksp bs"),
    ("delete", 0xFFFF, "delete", "del forward_delete"),
    ("insert", 0xFF63, "insert", "ins"),
    ("space", 0x20, "space", "spacebar space_bar"),
    ("home", 0xFF50, "home", "begin"),
    ("end", 0xFF57, "end", ""),
    ("page_up", 0xFF55, "pageup", "pgup prior pg_up"),
    ("page_down", 0xFF56, "pagedown", "pgdn next pg_dn pgdown pg_down"),
    ("left", 0xFF51, "left", "arrow_left left_arrow"),
    ("up", 0xFF52, "up", "arrow_up up_arrow"),
    ("right", 0xFF53, "right", "arrow_right right_arrow"),
    ("down", 0xFF54, "down", "arrow_down down_arrow"),
    ("caps_lock", 0xFFE5, "capslock", "caps"),
    ("num_lock", 0xFF7F, "numlock", ""),
    ("scroll_lock", 0xFF14, "scrolllock", ""),
    ("print_screen", 0xFF61, "printscreen", "print prtsc prtscr prntscrn prtscn snapshot sys_req"),
    ("pause", 0xFF13, "pause", "break pause_break"),
    ("menu", 0xFF67, "apps", "apps context_menu application"),
    ("help", 0xFF6A, "help", ""),
    ("volume_up", 0x1008FF13, "volumeup", "xf86audioraisevolume audio_volume_up"),
    ("volume_down", 0x1008FF11, "volumedown", "xf86audiolowervolume audio_volume_down"),
    ("volume_mute", 0x1008FF12, "volumemute", "xf86audiomute mute audio_volume_mute"),
    ("play_pause", 0x1008FF14, "playpause", "xf86audioplay media_play_pause"),
    ("next_track", 0x1008FF17, "nexttrack", "xf86audionext media_next_track"),
    ("previous_track", 0x1008FF16, "prevtrack", "xf86audioprev media_previous_track prev_track"),
    ("browser_back", 0x1008FF26, "browserback", "xf86back"),
    ("browser_forward", 0x1008FF27, "browserforward", "xf86forward"),
    ("kp_enter", 0xFF8D, "enter", "numpad_enter"),
    ("kp_add", 0xFFAB, "add", "numpad_add num_plus"),
    ("kp_subtract", 0xFFAD, "subtract", "numpad_subtract num_minus"),
    ("kp_multiply", 0xFFAA, "multiply", "numpad_multiply"),
    ("kp_divide", 0xFFAF, "divide", "numpad_divide"),
    ("kp_decimal", 0xFFAE, "decimal", "numpad_decimal"),
    *((f"kp_{n}", 0xFFB0 + n, f"num{n}", f"numpad_{n} numpad{n} num_{n}") for n in range(10)),
    *((f"f{n}", 0xFFBD + n, f"f{n}", f"fn{n}") for n in range(1, 25)),
)

# Characters by the names that xdotool and X11 give them; the character itself is a name too.
_CHARACTERS = (
    "exclam! quotedbl\" numbersign# hash# dollar$ percent% ampersand& apostrophe' quote' quoteright' parenleft( "
    "parenright) asterisk* star* plus+ comma, minus- hyphen- dash- period. dot. slash/ forward_slash/ colon: "
    "semicolon; less< equal= equals= greater> question? at@ bracketleft[ left_bracket[ backslash\\ bracketright] "
    "right_bracket] asciicircum^ caret^ underscore_ grave` backquote` backtick` quoteleft` braceleft{ left_brace{ "
    "bar| pipe| braceright} right_brace} asciitilde~ tilde~"
)


def _folded(name: str) -> str:
    return name.strip().lower().replace("_", "").replace("-", "").replace(" ", "")


_BY_NAME: dict[str, Key] = {}
for _name, _keysym, _gui, _others in _TABLE:
    for _other in (_name, *_others.split()):
        _BY_NAME.setdefault(_folded(_other), Key(_name, _keysym, _gui))
_BY_KEYSYM = {key.keysym: key.name for key in reversed(_BY_NAME.values())}
_NAMED_CHARACTERS = {_folded(word[:-1]): word[-1] for word in _CHARACTERS.split()}


def keysym_of(character: str) -> int:
    """X11's number for a character: itself in Latin-1, above it Unicode plus 0x01000000 (X11 protocol, appendix A)."""
    match character:
        case "\n":
            return 0xFF0D
        case "\t":
            return 0xFF09
    code = ord(character)
    return code if code < 0x100 else 0x01000000 | code


def name_of(keysym: int) -> str:
    """The one name of the key that `keysym` is printed on, as `key_named` takes it; "" where no name is known."""
    if 0x21 <= keysym < 0x7F or 0xA1 <= keysym < 0x100:
        return chr(keysym)
    if keysym >= 0x01000100 and chr(keysym - 0x01000000).isprintable():
        return chr(keysym - 0x01000000)
    return _BY_KEYSYM.get(keysym, "")


def key_named(name: str) -> Key:
    """The key that `name` means in any layout of the field; one character is a name.

    Raises `ActionRefused` with the nearest names.
    """
    if len(name) == 1 and name.isprintable() and name != " ":
        return Key(name, keysym_of(name), name)
    folded = _folded(name)
    if name and not name.strip():
        folded = {" ": "space", "\n": "enter", "\r": "enter", "\t": "tab"}.get(name, folded)
    if folded in _BY_NAME:
        return _BY_NAME[folded]
    if character := _NAMED_CHARACTERS.get(folded):
        return Key(character, keysym_of(character), character)
    near = difflib.get_close_matches(folded, [*_BY_NAME, *_NAMED_CHARACTERS], n=3)
    known = f"near it are {', '.join(near)}" if near else "known are ctrl, shift, alt, super, enter, f1, a, ..."
    raise ActionRefused(f"there is no key named {name!r}: {known}; nothing was pressed")


def chord(names: tuple[str, ...]) -> tuple[Key, ...]:
    """The keys of a chord, in order. Raises `ActionRefused` for an unknown key, or one named twice.

    A capital beside a modifier is the key it is printed on: `ctrl+S` is `ctrl+s`. Alone it is the character: `S`.
    """
    keys = tuple(key_named(name) for name in names)
    if any(key.is_modifier for key in keys):
        keys = tuple(key_named(key.name.lower()) if len(key.name) == 1 else key for key in keys)
    for place, key in enumerate(keys):
        if key in keys[:place]:
            raise ActionRefused(f"{names[place]!r} names a key of this chord twice: press it in another action")
    return keys
