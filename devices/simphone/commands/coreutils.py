"""The small programs of toybox and mksh: echo, printf, sleep, true, false, cat, mkdir, rm."""

import re
from collections.abc import Mapping

from devices.simphone.file_tree import error_text
from devices.simphone.shell.program import Program, ProgramCall, encoded, read_all

_ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def _true(call: ProgramCall) -> int:
    return 0


def _false(call: ProgramCall) -> int:
    return 1


def _unescaped(text: str) -> str:
    return re.sub(r"\\([ntrabfv\\])", lambda match: _ESCAPES[match[1]], text)


def _echo(call: ProgramCall) -> int:
    """As mksh's own: backslash escapes are read unless `-E` is given."""
    words, end, reads = list(call.arguments), "\n", True
    while words and re.fullmatch("-[neE]+", words[0]):
        option = words.pop(0)
        end = "" if "n" in option else end
        reads = "E" not in option
    text = " ".join(words)
    call.out(encoded((_unescaped(text) if reads else text) + end))
    return 0


def _printf(call: ProgramCall) -> int:
    """`%s`, `%d` and `%%`; the format is used again while arguments are left."""
    if not call.arguments:
        return call.fail('printf: Needs 1 argument (see "printf --help")')
    form, left = _unescaped(call.arguments[0]), list(call.arguments[1:])
    while True:
        before = len(left)

        def given(match: re.Match[str]) -> str:
            if match[0] == "%%":
                return "%"
            return left.pop(0) if left else ("" if match[0] == "%s" else "0")

        call.out(encoded(re.sub("%[sd%]", given, form)))
        if not left or len(left) == before:
            return 0


def _sleep(call: ProgramCall) -> int:
    try:
        seconds = float(call.arguments[0])
    except (IndexError, ValueError):
        return call.fail("sleep: Needs 1 argument")
    call.host.stop.wait(seconds)
    return 0


def _cat(call: ProgramCall) -> int:
    status = 0
    for path in call.arguments or ("-",):
        if path == "-":
            call.out(read_all(call.stdin))
            continue
        try:
            call.out(call.host.files.read(path))
        except IsADirectoryError:
            status = call.fail("cat: read error: Is a directory")
        except OSError as error:
            status = call.fail(f"cat: {path}: {error_text(error)}")
    return status


def _rm(call: ProgramCall) -> int:
    options = "".join(word[1:] for word in call.arguments if word.startswith("-"))
    status = 0
    for path in (word for word in call.arguments if not word.startswith("-")):
        try:
            call.host.files.remove(path)
        except FileNotFoundError:
            if "f" not in options:
                status = call.fail(f"rm: {path}: No such file or directory")
        except OSError as error:
            status = call.fail(f"rm: {path}: {error_text(error)}")
    return status


def _mkdir(call: ProgramCall) -> int:
    return 0  # a folder exists as soon as a file is in it


PROGRAMS: Mapping[str, Program] = {
    ":": _true,
    "cat": _cat,
    "echo": _echo,
    "false": _false,
    "mkdir": _mkdir,
    "printf": _printf,
    "rm": _rm,
    "sleep": _sleep,
    "true": _true,
}
