"""`getprop`: what the phone is."""

from devices.simphone.shell.program import Call


def getprop(call: Call) -> int:
    """`getprop [NAME [DEFAULT]]`: one value, an empty line where there is none, or all of them."""
    properties = call.machine.properties
    match call.arguments:
        case ():
            for name, value in sorted(properties.items()):
                call.say(f"[{name}]: [{value}]")
        case (name, *default):
            call.say(properties.get(name) or (default[0] if default else ""))
    return 0
