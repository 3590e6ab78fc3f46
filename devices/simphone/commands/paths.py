"""The programs for the phone's files: cat, ls, rm and mkdir."""

from collections.abc import Mapping

from devices.simphone.shell.program import Call, Program, everything

_BOOT_ID = "/proc/sys/kernel/random/boot_id"


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


PROGRAMS: Mapping[str, Program] = {
    "cat": _cat,
    "ls": _ls,
    "mkdir": _mkdir,
    "rm": _rm,
}
