"""`settings`, `getprop` and `ime`: what the phone is, and what it is set to."""

from devices.simphone.commands.options import options
from devices.simphone.shell.program import ProgramCall


def getprop(call: ProgramCall) -> int:
    """`getprop [NAME]`: one value, an empty line where there is none, or all of them."""
    properties = call.host.properties
    match call.arguments:
        case ():
            for name, value in sorted(properties.items()):
                call.say(f"[{name}]: [{value}]")
        case (name, *_):
            call.say(properties.get(name, ""))
    return 0


def settings(call: ProgramCall) -> int:
    """`settings get|put NAMESPACE KEY [VALUE]`"""
    given = options(call.arguments, ("--user",))
    tables = call.host.phone.settings
    match given.rest:
        case (_, table, *_) if table not in tables:
            return call.fail(f"Invalid namespace '{table}'", 255)
        case ("get", table, key):
            call.say(tables[table].get(key, "null"))
        case ("put", table, key, value, *_):
            tables[table][key] = value
        case _:
            return call.fail("Invalid command: " + " ".join(given.rest), 255)
    return 0


def ime(call: ProgramCall) -> int:
    """`ime list [-s] [-a] | enable ID | set ID`"""
    given = options(call.arguments, ("--user",))
    phone = call.host.phone
    secure = phone.settings["secure"]
    enabled = [name for name in secure.get("enabled_input_methods", "").split(":") if name]
    match given.rest:
        case ("list",):
            for name in phone.imes if "-a" in given else [one for one in phone.imes if one in enabled]:
                call.say(name if "-s" in given else f"{name}:\n  mId={name} mSettingsActivityName=null")
        case ("enable", name) if name not in phone.imes:
            return call.fail(f"Unknown input method {name} cannot be enabled for user #0", 255)
        case ("enable", name):
            call.say(f"Input method {name}: {'already' if name in enabled else 'now'} enabled for user #0")
            if name not in enabled:
                secure["enabled_input_methods"] = ":".join([*enabled, name])
        case ("set", name) if name not in phone.imes or name not in enabled:
            return call.fail(f"Unknown input method {name} cannot be selected for user #0", 255)
        case ("set", name):
            phone.ime = name
            call.say(f"Input method {name} selected for user #0")
        case _:
            return call.fail("Unknown command: " + " ".join(given.rest), 255)
    return 0
