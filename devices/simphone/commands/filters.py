"""The programs that stand behind a pipe: grep, head, tail, wc, base64."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping

from devices.simphone.shell.program import Call, Program, everything


def _grep(call: Call) -> int:
    """`grep [-EFqvic] PATTERN [FILE...]`"""
    words = list(call.arguments)
    options = ""
    while words and words[0].startswith("-") and words[0] != "-":
        option = words.pop(0)
        if option == "-e":
            break
        options += option[1:]
    if not words or set(options) - set("EFqvicnoxh"):
        return call.fail("grep: this phone knows grep -EFqvicnox PATTERN [FILE]", 2)
    pattern = re.escape(words[0]) if "F" in options else words[0]
    if not {"E", "F"} & set(options):
        pattern = re.sub(r"\\([|(){}+?])|([|(){}+?])", lambda found: found[1] or "\\" + found[2], pattern)
    try:
        sought = re.compile(f"^(?:{pattern})$" if "x" in options else pattern, re.I if "i" in options else 0)
    except re.error as error:
        return call.fail(f"grep: bad REGEX: {error}", 2)
    status, data = 1, b"" if words[1:] else everything(call.stdin)
    for path in words[1:]:
        try:
            data += call.machine.files.read(path)
        except OSError:
            status = call.fail(f"grep: {path}: No such file or directory", 2)
    found = 0
    for number, line in enumerate(data.decode("utf-8", "surrogateescape").splitlines(), 1):
        matches = [match[0] for match in sought.finditer(line)]
        if bool(matches) == ("v" in options):
            continue
        found += 1
        if not {"q", "c"} & set(options):
            for shown in matches if "o" in options and "v" not in options else [line]:
                call.say(f"{number}:{shown}" if "n" in options else shown)
    if "c" in options and "q" not in options:
        call.say(str(found))
    return 0 if found and status == 1 else status


def _head(call: Call) -> int:
    return _ends(call, lambda lines, count: lines[:count])


def _tail(call: Call) -> int:
    return _ends(call, lambda lines, count: lines[-count:] if count else [])


def _ends(call: Call, cut: Callable[[list[bytes], int], list[bytes]]) -> int:
    match call.arguments:
        case ():
            count = 10
        case ("-n", number) if number.isdecimal():
            count = int(number)
        case (number,) if number[:1] == "-" and number.removeprefix("-n").removeprefix("-").isdecimal():
            count = int(number.removeprefix("-n").removeprefix("-"))
        case _:
            return call.fail(f"{call.name}: this phone knows {call.name} [-n N] on its input")
    call.out(b"".join(cut(everything(call.stdin).splitlines(keepends=True), count)))
    return 0


def _wc(call: Call) -> int:
    data = everything(call.stdin)
    match call.arguments:
        case ("-l",):
            call.say(str(data.count(b"\n")))
        case ("-c",):
            call.say(str(len(data)))
        case _:
            lines = data.count(b"\n")
            call.say(f"{lines:7} {len(data.split()):7} {len(data):7}")
    return 0


def _base64(call: Call) -> int:
    data = everything(call.stdin)
    if "-d" in call.arguments:
        try:
            call.out(base64.b64decode(data))
        except binascii.Error:
            return call.fail("base64: bad input")
    else:
        call.out(base64.encodebytes(data))
    return 0


PROGRAMS: Mapping[str, Program] = {
    "base64": _base64,
    "grep": _grep,
    "head": _head,
    "tail": _tail,
    "wc": _wc,
}
