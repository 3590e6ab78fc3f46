"""`am` and `monkey`: applications started, stopped and told things."""

import base64
import binascii

from devices.simphone.commands.options import Options, options
from devices.simphone.seeds import ADB_KEYBOARD
from devices.simphone.shell.program import Call
from devices.simphone.shell_host import Machine

_VALUED = ("-a", "-c", "-d", "-t", "-n", "-p", "-f", "-i", "--user", "--display", "--windowingMode")
_EXTRAS = ("--es", "-e", "--ei", "--ez", "--el", "--ef", "--eia", "--esa")
_MAIN = "android.intent.action.MAIN"


def am(call: Call) -> int:
    """`am start | start-activity | force-stop | kill | broadcast | get-current-user`."""
    verb, words = (*call.arguments, "")[0], call.arguments[1:]
    given = options(words, _VALUED, _EXTRAS)
    match verb:
        case "start" | "start-activity":
            return _start(call, given)
        case "force-stop" | "kill" if given.rest:
            call.machine.phone.stop(given.rest[0])
        case "broadcast":
            return _broadcast(call, given)
        case "get-current-user":
            call.say("0")
        case _:
            return call.fail(f"Unknown command: {verb}", 255)
    return 0


def monkey(call: Call) -> int:
    """`monkey -p PACKAGE ... 1`, which people use to start an application of which they do not know the activity."""
    package = options(call.arguments, ("-p", "-c", "--pct-syskeys")).value("-p")
    if not call.machine.phone.start(package):
        call.say("** No activities found to run, monkey aborted.")
        return 252
    call.say("Events injected: 1\n## Network stats: elapsed time=14ms (0ms mobile, 0ms wifi, 14ms not connected)")
    return 0


def short(package: str, activity: str) -> str:
    """The component as Android prints it: `com.app/.Main`."""
    return f"{package}/{activity.removeprefix(package) if activity.startswith(package + '.') else activity}"


def _start(call: Call, given: Options) -> int:
    phone = call.machine.phone
    component, uri = given.value("-n"), given.value("-d")
    action = given.value("-a")
    for word in given.rest:  # a bare word is an address, a component or a package
        if ":" in word:
            uri, action = uri or word, action or "android.intent.action.VIEW"
        elif "/" in word:
            component = component or word
        else:
            component = component or f"{word}/"
            action = action or _MAIN
    package, _, activity = component.partition("/")
    package = package or given.value("-p")
    intent = _intent(action, given.values("-c"), uri, component if activity else "")
    call.say(f"Starting: {intent}")
    if "-S" in given and package:
        phone.stop(package)
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


def _broadcast(call: Call, given: Options) -> int:
    """Every broadcast is sent, and says so, whether or not anybody listens."""
    action = given.value("-a") or (given.rest[0] if given.rest else "")
    extras = dict(value.split("=", 1) for name in _EXTRAS for value in given.values(name))
    call.say(f"Broadcasting: Intent {{ act={action} flg=0x400000{' (has extras)' if extras else ''} }}")
    if call.machine.phone.ime == ADB_KEYBOARD:
        _told_keyboard(call.machine, action, extras)
    call.say("Broadcast completed: result=0")
    return 0


def _told_keyboard(machine: Machine, action: str, extras: dict[str, str]) -> None:
    """What ADBKeyBoard does, after the README of github.com/senzhk/ADBKeyBoard."""
    phone = machine.phone
    match action:
        case "ADB_INPUT_TEXT":
            phone.commit(extras.get("msg", ""))
        case "ADB_INPUT_B64":
            try:
                phone.commit(base64.b64decode(extras.get("msg", ""), validate=True).decode())
            except (binascii.Error, UnicodeDecodeError):
                return  # it logs the exception on the phone and types nothing
        case "ADB_INPUT_CHARS":
            phone.commit("".join(chr(int(code)) for code in extras.get("chars", "").split(",") if code.isdecimal()))
        case "ADB_INPUT_CODE" | "ADB_EDITOR_CODE" if extras.get("code", "").isdecimal():
            phone.key((int(extras["code"]),) if action == "ADB_INPUT_CODE" else (66,))
        case "ADB_CLEAR_TEXT":
            with phone.lock:
                phone.key((113, 29))
                phone.key((67,))
