"""`settings`, `svc` and `ime`: what the phone is set to."""

from devices.simphone.commands.options import options
from devices.simphone.shell.program import Call

_RADIOS = {"wifi": "wifi_on", "data": "mobile_data", "bluetooth": "bluetooth_on"}


def settings(call: Call) -> int:
    """`settings get|put|delete|list NAMESPACE [KEY [VALUE]]`"""
    given = options(call.arguments, ("--user",))
    tables = call.machine.phone.settings
    match given.rest:
        case (_, table, *_) if table not in tables:
            return call.fail(f"Invalid namespace '{table}'", 255)
        case ("get", table, key):
            call.say(tables[table].get(key, "null"))
        case ("put", table, key, value, *_):
            tables[table][key] = value
        case ("delete", table, key):
            call.say(f"Deleted {0 if tables[table].pop(key, None) is None else 1} rows")
        case ("list", table):
            for key, value in sorted(tables[table].items()):
                call.say(f"{key}={value}")
        case _:
            return call.fail("Invalid command: " + " ".join(given.rest), 255)
    return 0


def svc(call: Call) -> int:
    """`svc wifi|data|bluetooth enable|disable`"""
    match call.arguments:
        case (radio, "enable" | "disable" as verb) if radio in _RADIOS:
            call.machine.phone.settings["global"][_RADIOS[radio]] = "1" if verb == "enable" else "0"
            return 0
        case _:
            return call.fail("Available commands:\n    help\n    wifi\n    data\n    bluetooth", 1)


def ime(call: Call) -> int:
    """`ime list [-s] [-a] | enable ID | disable ID | set ID | reset`"""
    given = options(call.arguments, ("--user",))
    phone = call.machine.phone
    secure = phone.settings["secure"]
    enabled = [name for name in secure.get("enabled_input_methods", "").split(":") if name]
    match given.rest:
        case ("list",):
            for name in phone.imes if "-a" in given else [one for one in phone.imes if one in enabled]:
                call.say(name if "-s" in given else f"{name}:\n  mId={name} mSettingsActivityName=null")
        case ("enable" | "disable" | "set" as verb, name) if name not in phone.imes:
            return call.fail(f"Unknown input method {name} cannot be {_DONE[verb]} for user #0", 255)
        case ("enable", name):
            call.say(f"Input method {name}: {'already' if name in enabled else 'now'} enabled for user #0")
            if name not in enabled:
                secure["enabled_input_methods"] = ":".join([*enabled, name])
        case ("disable", name):
            secure["enabled_input_methods"] = ":".join(one for one in enabled if one != name)
            call.say(f"Input method {name}: now disabled for user #0")
        case ("set", name) if name not in enabled:
            return call.fail(f"Unknown input method {name} cannot be selected for user #0", 255)
        case ("set", name):
            phone.ime = name
            call.say(f"Input method {name} selected for user #0")
        case ("reset",):
            phone.ime = phone.imes[0]
            call.say("Reset current and enabled IMEs for user #0")
        case _:
            return call.fail("Unknown command: " + " ".join(given.rest), 255)
    return 0


_DONE = {"enable": "enabled", "disable": "disabled", "set": "selected"}
