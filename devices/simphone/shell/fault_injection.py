"""A program run with the time it costs and the faults that strike it."""

from dataclasses import replace

from devices.simphone.shell.program import Call, Program, Unusable
from devices.simphone.shell_host import LinkCut, Machine

_KEY_SLEEP, _KEY_WAKEUP = 223, 224  # android.view.KeyEvent.KEYCODE_SLEEP and KEYCODE_WAKEUP


def run(program: Program, call: Call) -> int:
    """The exit code of `program`. Raises `LinkCut` when a fault cuts the link, `Stopped` when the phone is closed."""
    machine = call.machine
    _before(call)
    machine.stop.wait(machine.costs.get(call.name, 0.0) + (machine.faults.strength("slow", call.words) or 0.0))
    halved = call.strikes("dropped halfway")
    if halved or call.strikes("truncated"):
        printed = bytearray()
        status = _done(program, replace(call, out=printed.extend))
        call.out(bytes(printed[: len(printed) // 2]))
        if halved:
            _cut(call)
        return status
    status = _done(program, call)
    if call.strikes("dropped after"):
        _cut(call)
    if call.strikes("silent after"):
        _say_nothing(call)
    return status


def _done(program: Program, call: Call) -> int:
    try:
        return program(call)
    except Unusable as error:
        return call.fail(f"Error: {error}", 255)


def _before(call: Call) -> None:
    if call.strikes("swapped"):
        call.machine.swap()
        raise LinkCut
    if call.strikes("dropped before"):
        _cut(call)
    if call.strikes("silent before"):
        _say_nothing(call)
    if call.strikes("secure"):
        _come_to_front(call.machine, "bank")
    if call.strikes("locked"):
        call.machine.phone.key((_KEY_SLEEP,))
        call.machine.phone.key((_KEY_WAKEUP,))
    if call.strikes("asleep"):
        call.machine.phone.key((_KEY_SLEEP,))


def _come_to_front(machine: Machine, part: str) -> None:
    """Open the application whose package has `part` in its name."""
    machine.phone.start(next(package for package in machine.phone.packages if part in package))


def _cut(call: Call) -> None:
    call.machine.drop()
    raise LinkCut


def _say_nothing(call: Call) -> None:
    while True:
        call.machine.stop.wait(60.0)
