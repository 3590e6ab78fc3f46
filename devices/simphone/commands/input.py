"""`input`: fingers, keys and text, as com.android.server.input.InputShellCommand reads them."""

from collections.abc import Sequence

from devices.simphone.shell.program import ProgramCall

_RUNS = {
    0: "UNKNOWN SOFT_LEFT SOFT_RIGHT HOME BACK CALL ENDCALL 0 1 2 3 4 5 6 7 8 9 STAR POUND DPAD_UP DPAD_DOWN DPAD_LEFT "
    "DPAD_RIGHT DPAD_CENTER VOLUME_UP VOLUME_DOWN POWER CAMERA CLEAR A B C D E F G H I J K L M N O P Q R S T U V W X Y "
    "Z COMMA PERIOD ALT_LEFT ALT_RIGHT SHIFT_LEFT SHIFT_RIGHT TAB SPACE SYM EXPLORER ENVELOPE ENTER DEL GRAVE MINUS "
    "EQUALS LEFT_BRACKET RIGHT_BRACKET BACKSLASH SEMICOLON APOSTROPHE SLASH AT NUM HEADSETHOOK FOCUS PLUS MENU "
    "NOTIFICATION SEARCH MEDIA_PLAY_PAUSE MEDIA_STOP MEDIA_NEXT MEDIA_PREVIOUS MEDIA_REWIND MEDIA_FAST_FORWARD MUTE "
    "PAGE_UP PAGE_DOWN PICTSYMBOLS SWITCH_CHARSET BUTTON_A BUTTON_B BUTTON_C BUTTON_X BUTTON_Y BUTTON_Z BUTTON_L1 "
    "BUTTON_R1 BUTTON_L2 BUTTON_R2 BUTTON_THUMBL BUTTON_THUMBR BUTTON_START BUTTON_SELECT BUTTON_MODE ESCAPE "
    "FORWARD_DEL CTRL_LEFT CTRL_RIGHT CAPS_LOCK SCROLL_LOCK META_LEFT META_RIGHT FUNCTION SYSRQ BREAK MOVE_HOME "
    "MOVE_END INSERT FORWARD MEDIA_PLAY MEDIA_PAUSE MEDIA_CLOSE MEDIA_EJECT MEDIA_RECORD F1 F2 F3 F4 F5 F6 F7 F8 F9 "
    "F10 F11 F12 NUM_LOCK NUMPAD_0 NUMPAD_1 NUMPAD_2 NUMPAD_3 NUMPAD_4 NUMPAD_5 NUMPAD_6 NUMPAD_7 NUMPAD_8 NUMPAD_9 "
    "NUMPAD_DIVIDE NUMPAD_MULTIPLY NUMPAD_SUBTRACT NUMPAD_ADD NUMPAD_DOT NUMPAD_COMMA NUMPAD_ENTER NUMPAD_EQUALS "
    "NUMPAD_LEFT_PAREN NUMPAD_RIGHT_PAREN VOLUME_MUTE INFO CHANNEL_UP CHANNEL_DOWN ZOOM_IN ZOOM_OUT TV WINDOW GUIDE "
    "DVR BOOKMARK CAPTIONS SETTINGS TV_POWER TV_INPUT STB_POWER STB_INPUT AVR_POWER AVR_INPUT PROG_RED PROG_GREEN "
    "PROG_YELLOW PROG_BLUE APP_SWITCH",
    204: "LANGUAGE_SWITCH MANNER_MODE 3D_MODE CONTACTS CALENDAR MUSIC CALCULATOR ZENKAKU_HANKAKU EISU MUHENKAN HENKAN "
    "KATAKANA_HIRAGANA YEN RO KANA ASSIST BRIGHTNESS_DOWN BRIGHTNESS_UP MEDIA_AUDIO_TRACK SLEEP WAKEUP PAIRING",
    276: "SOFT_SLEEP CUT COPY PASTE",
    284: "ALL_APPS REFRESH",
}

KEYCODES = {name: first + place for first, run in _RUNS.items() for place, name in enumerate(run.split())}
"""Each key's number by its name without `KEYCODE_`."""
_USAGE = """\
Usage: input <command> [<arg>...]

The commands and default sources are:
      text <string> (Default: keyboard)
      keyevent <key code number or name> ... (Default: keyboard)
      tap <x> <y> (Default: touchscreen)
      swipe <x1> <y1> <x2> <y2> [duration(ms)] (Default: touchscreen)
      motionevent <DOWN|UP|MOVE|CANCEL> <x> <y> (Default: touchscreen)
      keycombination <key code 1> <key code 2> ... (Default: keyboard)"""
_NO_PERMISSION = """\
Exception occurred while executing '{}':
java.lang.SecurityException: Injecting input events requires the caller (or the source of the instrumentation, if any) \
to have the INJECT_EVENTS permission.
\tat com.android.server.input.InputManagerService.injectInputEventToTarget(InputManagerService.java:1038)
\tat com.android.server.input.InputShellCommand.injectMotionEvent(InputShellCommand.java:357)
\tat android.os.ShellCommand.exec(ShellCommand.java:38)"""
_NO_CHARACTERS = """\
Exception occurred while executing 'text':
java.lang.NullPointerException: Attempt to get length of null array
\tat com.android.server.input.InputShellCommand.sendText(InputShellCommand.java:309)
\tat com.android.server.input.InputShellCommand.runText(InputShellCommand.java:265)
\tat com.android.server.input.InputShellCommand.onCommand(InputShellCommand.java:229)
\tat android.os.ShellCommand.exec(ShellCommand.java:38)"""
_FAILED = 255


class _Unusable(Exception):
    """The arguments are none for that command."""


def input_(call: ProgramCall) -> int:
    words = list(call.arguments)
    if not words:
        return call.fail(_USAGE, _FAILED)
    if call.occurs("no permission"):
        return call.fail(_NO_PERMISSION.format(words[0]), _FAILED)
    try:
        return _do(call, words[0], words[1:])
    except _Unusable:
        return call.fail(f"Error: Invalid arguments for command: {words[0]}\n{_USAGE}", _FAILED)
    except (ValueError, OverflowError) as error:
        return call.fail(
            f"Exception occurred while executing '{words[0]}':\njava.lang.NumberFormatException: {error}", _FAILED
        )


def _do(call: ProgramCall, command: str, words: list[str]) -> int:
    match command:
        case "tap" if len(words) == 2:
            x, y = map(float, words)
            _touch(call, [(0.0, x, y), (0.0, x, y)])
        case "swipe" if 4 <= len(words) <= 5:
            x, y, to_x, to_y = map(float, words[:4])
            seconds = int(words[4]) / 1000 if words[4:] else 0.3
            _touch(call, [(0.0, x, y), (max(seconds, 0.0), to_x, to_y)])
        case "motionevent" if len(words) == 3:
            _motion(call, words[0], float(words[1]), float(words[2]))
        case "text" if words:
            return _text(call, words[0])
        case "keyevent" if words:
            for name in words:
                call.host.phone.key((keycode(name),))
        case "keycombination" if words:
            if len(words) < 2:
                return call.fail("Error: keycombination requires at least 2 keycodes\n" + _USAGE, _FAILED)
            call.host.phone.key(tuple(map(keycode, words)))
        case "tap" | "swipe" | "motionevent" | "text" | "keyevent" | "keycombination":
            raise _Unusable
        case _:
            return call.fail(f"Error: Unknown command: {command}\n{_USAGE}", _FAILED)
    return 0


def _touch(call: ProgramCall, path: Sequence[tuple[float, float, float]]) -> None:
    """One finger along `path`; a point beside the screen touches nothing, as on a real one."""
    if call.host.costs.get("input"):
        call.host.stop.wait(path[-1][0])
    call.host.phone.touch([(seconds, int(x), int(y)) for seconds, x, y in path])


def _motion(call: ProgramCall, what: str, x: float, y: float) -> None:
    """A finger that stays down between commands: it reaches the phone as it moves."""
    finger = call.host.phone.held_touch
    match what.upper():
        case "DOWN":
            finger.down(int(x), int(y))
        case "MOVE":
            finger.move(int(x), int(y))
        case "UP":
            finger.up(int(x), int(y))
        case "CANCEL":
            finger.cancel()
        case _:
            raise _Unusable


def _text(call: ProgramCall, text: str) -> int:
    """Type `text` with `%s` for a space; a character that no key of the virtual keyboard has breaks it, as ever."""
    if not text.isascii() or call.occurs("no characters"):
        return call.fail(_NO_CHARACTERS, _FAILED)
    phone = call.host.phone
    with phone.lock:
        for line, end in _lines(_with_spaces(text)):
            if line:
                phone.commit(line)
            if end:
                phone.key((KEYCODES[end],))
    return 0


def _with_spaces(text: str) -> str:
    """As InputShellCommand.sendText does it: the space that it makes is not looked at again."""
    read, escaped = "", False
    for character in text:
        if escaped and character == "s":
            read = read[:-1] + " "
            escaped = False
        else:
            read += character
            escaped = character == "%"
    return read


def _lines(text: str) -> Sequence[tuple[str, str]]:
    """The pieces between the characters that are keys, each with the key behind it."""
    pieces: list[tuple[str, str]] = []
    piece = ""
    for character in text:
        if character in "\n\t":
            pieces.append((piece, "ENTER" if character == "\n" else "TAB"))
            piece = ""
        else:
            piece += character
    return [*pieces, (piece, "")]


def keycode(word: str) -> int:
    """The number of a key given by number or by name, `KEYCODE_` before it or not; 0 (UNKNOWN) where there is none."""
    if word.isascii() and word.isdecimal():
        return int(word)
    return KEYCODES.get(word.removeprefix("KEYCODE_"), 0)
