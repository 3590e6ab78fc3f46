"""A program run with the time it costs and the faults that strike it."""

from dataclasses import replace

from devices.simphone.shell.program import Program, ProgramCall, Unusable
from devices.simphone.shell_host import LinkCut, ShellHost

_KEY_SLEEP, _KEY_WAKEUP = 223, 224  # android.view.KeyEvent.KEYCODE_SLEEP and KEYCODE_WAKEUP


def run(program: Program, call: ProgramCall) -> int:
    """The exit code of `program`. Raises `LinkCut` when a fault cuts the link, `Stopped` when the phone is closed."""
    host = call.host
    _before(call)
    host.stop.wait(host.costs.get(call.name, 0.0) + (host.faults.delay("slow", call.words) or 0.0))
    halved = call.occurs("dropped halfway")
    if halved or call.occurs("truncated"):
        printed = bytearray()
        status = _done(program, replace(call, out=printed.extend))
        call.out(bytes(printed[: len(printed) // 2]))
        if halved:
            _cut(call)
        return status
    status = _done(program, call)
    if call.occurs("dropped after"):
        _cut(call)
    if call.occurs("silent after"):
        _say_nothing(call)
    return status


def _done(program: Program, call: ProgramCall) -> int:
    try:
        return program(call)
    except Unusable as error:
        return call.fail(f"Error: {error}", 255)


def _before(call: ProgramCall) -> None:
    if call.occurs("swapped"):
        call.host.swap()
        raise LinkCut
    if call.occurs("dropped before"):
        _cut(call)
    if call.occurs("silent before"):
        _say_nothing(call)
    if call.occurs("secure"):
        _come_to_front(call.host, "bank")
    if call.occurs("locked"):
        call.host.phone.key((_KEY_SLEEP,))
        call.host.phone.key((_KEY_WAKEUP,))
    if call.occurs("asleep"):
        call.host.phone.key((_KEY_SLEEP,))


def _come_to_front(host: ShellHost, part: str) -> None:
    """Open the application whose package has `part` in its name."""
    host.phone.start(next(package for package in host.phone.packages if part in package))


def _cut(call: ProgramCall) -> None:
    call.host.drop()
    raise LinkCut


def _say_nothing(call: ProgramCall) -> None:
    while True:
        call.host.stop.wait(60.0)
