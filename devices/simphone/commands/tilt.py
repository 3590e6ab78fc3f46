"""`tilt`: turns the phone as a hand does; no real phone has this program."""

from devices.simphone.shell.program import Call


def tilt(call: Call) -> int:
    """`tilt 0|1|2|3`: quarter turns in which the phone is held; only auto-rotate takes notice."""
    match call.arguments:
        case ("0" | "1" | "2" | "3" as turns,):
            call.machine.phone.tilt = int(turns)
            return 0
        case _:
            return call.fail("usage: tilt 0|1|2|3")
