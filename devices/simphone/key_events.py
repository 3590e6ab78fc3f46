"""What each of Android's key codes does on the phone."""

from devices.simphone import text_editing
from devices.simphone.lock_screen import lock_screen
from devices.simphone.phone_system import PhoneSystem
from devices.simphone.recents import recents

SHIFTS, CONTROLS = {59, 60}, {113, 114}
PLAIN = {62: " ", 55: ",", 56: ".", 68: "`", 69: "-", 70: "=", 71: "[", 72: "]", 73: "\\", 74: ";", 75: "'", 76: "/"}
PLAIN |= {77: "@", 81: "+", 17: "*", 18: "#", 61: "\t"}
SHIFTED = dict(zip("`-=[]\\;',./1234567890", '~_+{}|:"<>?!@#$%^&*()', strict=True))
VOLUMES = {24: 1, 25: -1, 164: -99}


def character(code: int, shift: bool) -> str:
    """What a hardware keyboard (US) types with this key; "" for keys that type nothing."""
    if 29 <= code <= 54:
        letter = chr(ord("a") + code - 29)
        return letter.upper() if shift else letter
    char = str(code - 7) if 7 <= code <= 16 else str(code - 144) if 144 <= code <= 153 else PLAIN.get(code, "")
    return SHIFTED.get(char, char) if shift else char


def wake(system: PhoneSystem, awake: bool) -> None:
    """Turn the display on or off; off locks the phone where there is a lock screen."""
    if not awake and system.awake and system.settings["secure"].get("lockscreen.disabled") != "1":
        lock(system)
    system.awake = awake


def fit_lock(system: PhoneSystem, *, shut: bool, wanted: bool) -> None:
    """Whether the phone has a lock screen, and whether it is shut now."""
    if wanted:
        system.settings["secure"]["lockscreen.disabled"] = "0"
    if shut:
        lock(system)


def lock(system: PhoneSystem) -> None:
    system.locked, system.keyboard_up = True, False
    system.covers[:] = [lock_screen(system)]


def go_back(system: PhoneSystem) -> None:
    """Hide the keyboard, or close a dialog or the screen in front."""
    if system.keyboard_up:
        system.keyboard_up = False
        return
    top = system.top
    if top.back and top.back():
        return
    if not (top.floating and not top.cancelable) and not (system.locked and len(system.covers) == 1):
        system.pop()


def press(system: PhoneSystem, codes: tuple[int, ...]) -> None:
    """Keys pressed together: the last acts, the others hold. A code that the phone has no use for does nothing."""
    code, held = codes[-1], set(codes[:-1])
    if code in (26, 223, 224):
        wake(system, {26: not system.awake, 223: False, 224: True}[code])
        return
    if not system.awake:
        return
    match code:
        case 3 if not system.locked:
            system.go_home()
        case 4 | 111:
            go_back(system)
        case 187 if not system.locked:
            system.covers[:] = [recents(system)]
            system.keyboard_up, system.transition = False, "fade"
        case 24 | 25 | 164:
            level = min(max(system.number("system", "volume_music") + VOLUMES[code], 0), 15)
            system.put("system", "volume_music", str(level))
            system.toast(f"Media volume {level}")
        case 64 if not system.locked:
            system.launch("com.android.browser")
        case _:
            _edit(system, code, held)


def _edit(system: PhoneSystem, code: int, held: set[int]) -> None:
    entry, control, shift = text_editing.focused(system), bool(held & CONTROLS), bool(held & SHIFTS)
    if entry is None:
        if code in (61, 20):
            text_editing.next_field(system)
        elif not control:
            text_editing.type_text(system, {66: "\n", 160: "\n", 67: "\b"}.get(code) or character(code, shift))
        return
    match code:
        case 29 if control:
            entry.select_all()
        case 31 | 278 if control or code == 278:
            text_editing.copy(system)
        case 52 | 277 if control or code == 277:
            text_editing.copy(system, cut=True)
        case 50 | 279 if control or code == 279:
            text_editing.paste(system)
        case 66 | 160 | 23:
            text_editing.enter(system)
        case 61 | 20 if code == 61 or not _multiline(system):
            text_editing.next_field(system)
        case 67:
            entry.backspace()
        case 112:
            entry.forward_delete()
        case 21:
            entry.move(entry.cursor - 1, shift)
        case 22:
            entry.move(entry.cursor + 1, shift)
        case 122 | 123 if control:
            entry.move(0 if code == 122 else len(entry.text), shift)
        case 122:
            entry.move(entry.text.rfind("\n", 0, entry.cursor) + 1, shift)
        case 123:
            end = entry.text.find("\n", entry.cursor)
            entry.move(len(entry.text) if end < 0 else end, shift)
        case _ if not control and character(code, shift):
            entry.insert(character(code, shift))


def _multiline(system: PhoneSystem) -> bool:
    field = text_editing.focused_field(system)
    return field is not None and field.multiline
