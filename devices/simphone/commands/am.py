"""`am`: applications started, and broadcasts to the keyboard that types by them."""

import base64
import binascii

from devices.simphone.commands.options import Options, options
from devices.simphone.initial_data import ADB_KEYBOARD
from devices.simphone.shell.program import ProgramCall
from devices.simphone.shell_host import ShellHost

_VALUED = ("-a", "-c", "-d", "-n", "--user")
_EXTRAS = ("--es", "-e", "--ei", "--ez")


def am(call: ProgramCall) -> int:
    """`am start [-W] -n COMPONENT | -d URI`, `am broadcast -a ACTION [--es NAME VALUE]`"""
    verb, words = (*call.arguments, "")[0], call.arguments[1:]
    given = options(words, _VALUED, _EXTRAS)
    match verb:
        case "start":
            return _start(call, given)
        case "broadcast":
            return _broadcast(call, given)
        case _:
            return call.fail(f"Unknown command: {verb}", 255)


def short(package: str, activity: str) -> str:
    """The component as Android prints it: `com.app/.Main`."""
    return f"{package}/{activity.removeprefix(package) if activity.startswith(package + '.') else activity}"


def _start(call: ProgramCall, given: Options) -> int:
    phone = call.host.phone
    component, uri = given.value("-n"), given.value("-d")
    package, _, activity = component.partition("/")
    intent = _intent(given.value("-a"), given.values("-c"), uri, component)
    call.say(f"Starting: {intent}")
    running = phone.front[0] == package
    if not phone.start(package, activity, uri):
        if activity:
            whole = package + activity if activity.startswith(".") else activity
            return call.fail(f"Error type 3\nError: Activity class {{{package}/{whole}}} does not exist.")
        return call.fail(f"Error: Activity not started, unable to resolve {intent}")
    if running:
        call.err(b"Warning: Activity not started, intent has been delivered to currently running top-most instance.\n")
    if "-W" in given:
        state = "UNKNOWN (0)" if running else "COLD"
        call.say(
            f"Status: ok\nLaunchState: {state}\nActivity: {short(*phone.front)}\n"
            f"TotalTime: {0 if running else 212}\nWaitTime: {3 if running else 219}\nComplete"
        )
    return 0


def _intent(action: str, categories: tuple[str, ...], uri: str, component: str) -> str:
    parts = [f"act={action}"] if action else []
    parts += [f"cat=[{','.join(categories)}]"] if categories else []
    parts += [f"dat={uri}"] if uri else []
    parts += [f"cmp={component}"] if component else []
    return f"Intent {{ {' '.join(parts)} }}"


def _broadcast(call: ProgramCall, given: Options) -> int:
    """Every broadcast is sent and reports success, whether or not anything listens."""
    action = given.value("-a")
    extras = dict(value.split("=", 1) for name in _EXTRAS for value in given.values(name))
    call.say(f"Broadcasting: Intent {{ act={action} flg=0x400000{' (has extras)' if extras else ''} }}")
    if call.host.phone.ime == ADB_KEYBOARD and action == "ADB_INPUT_B64":
        _type_base64(call.host, extras.get("msg", ""))
    call.say("Broadcast completed: result=0")
    return 0


def _type_base64(host: ShellHost, text: str) -> None:
    """What ADBKeyBoard does with ADB_INPUT_B64, after the README of github.com/senzhk/ADBKeyBoard."""
    try:
        host.phone.commit(base64.b64decode(text, validate=True).decode())
    except (binascii.Error, UnicodeDecodeError):
        return  # it logs the exception on the phone and types nothing
