"""`input`: fingers, keys and text, as com.android.server.input.InputShellCommand reads them."""

from collections.abc import Sequence

from devices.simphone.commands.keycodes import KEYCODES, keycode
from devices.simphone.shell.program import ProgramCall

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
