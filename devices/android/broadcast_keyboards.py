"""Keyboards that type any text sent to them in a broadcast, and the broadcast of each."""

import base64
from dataclasses import dataclass

from devices.android.quoting import quoted

LIST = ("ime list -s -a", "settings get secure default_input_method")
INSTALL = (
    "install a keyboard that can type it: ADBKeyBoard (github.com/senzhk/ADBKeyBoard, adb install ADBKeyboard.apk) "
    "or the one of uiautomator2; Android itself lets no shell command type it or set the clipboard"
)


@dataclass(frozen=True, slots=True)
class BroadcastKeyboard:
    """An input method by its id; `action` and `extra` are what its broadcast is called, after its own sources."""

    ime: str
    action: str
    extra: str

    def type_command(self, text: str) -> str:
        """The line that lets it type `text`, in base64: no character of it meets the shell."""
        packed = base64.b64encode(text.encode()).decode()
        return f"am broadcast -a {self.action} --es {self.extra} {quoted(packed)}"


KEYBOARDS = (
    BroadcastKeyboard("com.android.adbkeyboard/.AdbIME", "ADB_INPUT_B64", "msg"),
    BroadcastKeyboard("com.github.uiautomator/.AdbKeyboard", "ADB_KEYBOARD_INPUT_TEXT", "text"),
    BroadcastKeyboard("com.github.uiautomator/.FastInputIME", "ADB_INPUT_TEXT", "text"),
)


def installed_keyboard(ime_list: str) -> BroadcastKeyboard | None:
    """The first of `KEYBOARDS` in the output of `ime list`; None when none is."""
    installed = {line.strip() for line in ime_list.splitlines()}
    return next((each for each in KEYBOARDS if each.ime in installed), None)


def switch_commands(ime: str) -> tuple[str, str]:
    """The lines that make `ime` the keyboard in use; doing them twice is the same as once."""
    return f"ime enable {quoted(ime)}", f"ime set {quoted(ime)}"
