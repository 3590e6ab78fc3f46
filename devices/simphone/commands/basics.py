"""The small programs that every line is made of: echo, cat, grep and their kind."""

import re
import time
from collections.abc import Callable, Mapping

from devices.simphone.shell.program import Call, Program, encoded, everything

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


def _cat(call: Call) -> int:
    status = 0
    for path in call.arguments or ("-",):
        if path == "-":
            call.out(everything(call.stdin))
            continue
        if path == _BOOT_ID:
            call.say(call.machine.boot_id)
            continue
        try:
            call.out(call.machine.files.read(path))
        except FileNotFoundError:
            status = call.fail(f"cat: {path}: No such file or directory")
        except OSError:
            status = call.fail("cat: read error: Is a directory")
    return status


_BOOT_ID = "/proc/sys/kernel/random/boot_id"


def _ls(call: Call) -> int:
    files, status = call.machine.files, 0
    for path in [word for word in call.arguments if not word.startswith("-")] or ["/"]:
        if files.folder(path):
            for name in files.names(path):
                call.say(name)
        elif files.stat(path) is not None:
            call.say(path)
        else:
            status = call.fail(f"ls: {path}: No such file or directory")
    return status


def _rm(call: Call) -> int:
    options = "".join(word[1:] for word in call.arguments if word.startswith("-"))
    status = 0
    for path in (word for word in call.arguments if not word.startswith("-")):
        try:
            call.machine.files.remove(path)
        except FileNotFoundError:
            if "f" not in options:
                status = call.fail(f"rm: {path}: No such file or directory")
        except IsADirectoryError:
            status = call.fail(f"rm: {path}: is directory")
        except OSError:
            status = call.fail(f"rm: {path}: Permission denied")
    return status


def _mkdir(call: Call) -> int:
    return 0  # a folder is there as soon as a file is in it


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
    try:
        data = b"".join(map(call.machine.files.read, words[1:])) if words[1:] else everything(call.stdin)
    except OSError as error:
        return call.fail(f"grep: {error.args[0]}: No such file or directory", 2)
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
    return 0 if found else 1


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
    import base64

    data = everything(call.stdin)
    if "-d" in call.arguments:
        call.out(base64.b64decode(data))
    else:
        call.out(base64.encodebytes(data))
    return 0


PROGRAMS: Mapping[str, Program] = {
    ":": _true,
    "base64": _base64,
    "cat": _cat,
    "cd": _true,
    "date": _date,
    "echo": _echo,
    "export": _true,
    "false": _false,
    "grep": _grep,
    "head": _head,
    "id": _id,
    "ls": _ls,
    "mkdir": _mkdir,
    "printf": _printf,
    "rm": _rm,
    "set": _true,
    "sleep": _sleep,
    "sync": _true,
    "tail": _tail,
    "true": _true,
    "wc": _wc,
}
