"""`getevent`: the input devices and their events, as Android's toolbox prints them."""

import queue

from devices.simphone.input_events import KEYS, MOST, TOUCH
from devices.simphone.shell.program import ProgramCall

_POLL_SECONDS = 0.02
_AXIS = "{:<22}: value 0, min 0, max {}, fuzz 0, flat 0, resolution 0"
CAPABILITIES = f"""\
add device 1: {TOUCH}
  name:     "sim_touchscreen"
  events:
    KEY (0001): BTN_TOUCH
    ABS (0003): {_AXIS.format("ABS_MT_SLOT", 9)}
                {_AXIS.format("ABS_MT_POSITION_X", MOST[0])}
                {_AXIS.format("ABS_MT_POSITION_Y", MOST[1])}
                {_AXIS.format("ABS_MT_TRACKING_ID", 65535)}
  input props:
    INPUT_PROP_DIRECT
add device 2: {KEYS}
  name:     "gpio-keys"
  events:
    KEY (0001): KEY_VOLUMEDOWN        KEY_VOLUMEUP          KEY_POWER
  input props:
    <none>"""


def getevent(call: ProgramCall) -> int:
    """`getevent -lp` lists the devices; `getevent -lt` prints events until the phone is switched off."""
    match call.arguments:
        case ("-lp" | "-pl",):
            call.say(CAPABILITIES)
            return 0
        case ("-lt" | "-tl",):
            return _print_events(call)
        case _:
            return call.fail("Usage: getevent [-t] [-l] [-p] [device]")


def _print_events(call: ProgramCall) -> int:
    with call.host.input_events.subscribed() as events:
        call.say("\n".join(line for line in CAPABILITIES.splitlines() if line.startswith(("add device", "  name:"))))
        while True:
            try:
                at, (path, kind, code, value) = events.get_nowait()
            except queue.Empty:
                call.host.stop.wait(_POLL_SECONDS)
                continue
            call.say(f"[{at:15.6f}] {path}: {kind:<12} {code:<20} {value:<20}")
