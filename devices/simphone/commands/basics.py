"""The programs that lines are made of: echo, printf, sleep and their kind."""

import re
import time
from collections.abc import Mapping

from devices.simphone.shell.program import Call, Program, encoded

_ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def _true(call: Call) -> int:
    return 0


def _false(call: Call) -> int:
    return 1


def _unescaped(text: str) -> str:
    return re.sub(r"\\([ntrabfv\\])", lambda found: _ESCAPES[found[1]], text)


def _echo(call: Call) -> int:
    """As mksh's own: backslashes are read unless `-E` says no."""
    words, end, reads = list(call.arguments), "\n", True
    while words and re.fullmatch("-[neE]+", words[0]):
        option = words.pop(0)
        end = "" if "n" in option else end
        reads = "E" not in option
    text = " ".join(words)
    call.out(encoded((_unescaped(text) if reads else text) + end))
    return 0


def _printf(call: Call) -> int:
    """`%s`, `%d` and `%%`; the format is used again while arguments are left."""
    if not call.arguments:
        return call.fail('printf: Needs 1 argument (see "printf --help")')
    form, left = _unescaped(call.arguments[0]), list(call.arguments[1:])
    while True:
        before = len(left)

        def given(found: re.Match[str]) -> str:
            if found[0] == "%%":
                return "%"
            return left.pop(0) if left else ("" if found[0] == "%s" else "0")

        call.out(encoded(re.sub("%[sd%]", given, form)))
        if not left or len(left) == before:
            return 0


def _sleep(call: Call) -> int:
    try:
        seconds = float(call.arguments[0])
    except (IndexError, ValueError):
        return call.fail("sleep: Needs 1 argument")
    call.machine.stop.wait(seconds)
    return 0


def _date(call: Call) -> int:
    now = time.time()
    match call.arguments:
        case ():
            call.say(time.strftime("%a %b %e %H:%M:%S UTC %Y", time.gmtime(now)))
        case (form,) if form.startswith("+"):
            nanoseconds = f"{int(now % 1 * 1e9):09d}"
            call.say(time.strftime(form[1:].replace("%s", str(int(now))).replace("%N", nanoseconds), time.gmtime(now)))
        case _:
            return call.fail("date: cannot set date: Operation not permitted")
    return 0


def _id(call: Call) -> int:
    call.say("uid=2000(shell) gid=2000(shell) groups=2000(shell),1004(input),1015(sdcard_rw) context=u:r:shell:s0")
    return 0


PROGRAMS: Mapping[str, Program] = {
    ":": _true,
    "cd": _true,
    "date": _date,
    "echo": _echo,
    "export": _true,
    "false": _false,
    "id": _id,
    "printf": _printf,
    "set": _true,
    "sleep": _sleep,
    "sync": _true,
    "true": _true,
}
