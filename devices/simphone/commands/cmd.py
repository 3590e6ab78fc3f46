"""`cmd`: the phone's services by their names."""

from collections.abc import Mapping
from dataclasses import replace

from devices.simphone.commands.activities import am
from devices.simphone.commands.inputs import input_
from devices.simphone.commands.packages import pm
from devices.simphone.commands.settings import settings
from devices.simphone.commands.windows import wm
from devices.simphone.shell.program import Call, Program

_SERVICES: Mapping[str, Program] = {"activity": am, "input": input_, "package": pm, "settings": settings, "window": wm}
_SILENT = ("clipboard", "display", "power")


def cmd(call: Call) -> int:
    """`cmd SERVICE ...`: the program of that service with the words behind its name."""
    match call.arguments:
        case (name, *_) if name in _SERVICES:
            return _SERVICES[name](replace(call, words=call.arguments))
        case ("notification", "post", *words):
            call.machine.phone.toast(words[-1] if words else "")
        case ("statusbar", "collapse"):
            pass
        case ("uimode", "night", "yes" | "no" as answer):
            call.machine.phone.settings["secure"]["ui_night_mode"] = "2" if answer == "yes" else "1"
            call.say(f"Night mode: {answer}")
        case (name, *_) if name in _SILENT:
            return call.fail("No shell command implementation.", 255)
        case (name, *_):
            return call.fail(f"cmd: Can't find service: {name}", 20)
        case _:
            return call.fail(
                "cmd: No service specified; use -l to list all running services. Use -w to start and wait.", 20
            )
    return 0
