"""`pm` and `cmd package`: which applications are installed, and what they may do."""

from dataclasses import replace

from devices.simphone.commands.am import short
from devices.simphone.commands.options import options
from devices.simphone.phone_system import Package
from devices.simphone.shell.program import ProgramCall

_VALUED = ("-a", "-c", "--user")
_MATCH = "priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true"


def cmd(call: ProgramCall) -> int:
    """`cmd package ...`: the same as `pm ...`."""
    match call.arguments:
        case ("package", *_):
            return pm(replace(call, words=call.arguments))
        case (name, *_):
            return call.fail(f"cmd: Can't find service: {name}", 20)
        case _:
            return call.fail("cmd: No service specified; use -l to list all running services.", 20)


def pm(call: ProgramCall) -> int:
    """`pm grant PACKAGE PERMISSION | query-activities -a ACTION [-c CATEGORY] [--brief]`"""
    words = call.arguments
    given = options(words[1:], _VALUED)
    match (*words[:1], *given.rest):
        case ("grant", package, permission):
            return _grant(call, package, permission)
        case ("query-activities", *_):
            return _query(call, action=given.value("-a"), brief="--brief" in given)
        case _:
            return call.fail(f"Unknown command: {words[0] if words else ''}", 255)


def _grant(call: ProgramCall, package: str, permission: str) -> int:
    if package not in call.host.phone.packages:
        return call.fail(
            f"Exception occurred while executing 'grant':\n"
            f"java.lang.IllegalArgumentException: Unknown package: {package}",
            255,
        )
    call.host.phone.permissions.setdefault(package, set()).add(permission)
    return 0


def _query(call: ProgramCall, *, action: str, brief: bool) -> int:
    packages = list(call.host.phone.packages.values()) if action.endswith(".MAIN") else []
    if not packages:
        call.say("No activities found")
        return 0
    call.say(f"{len(packages)} activities found:")
    for number, package in enumerate(packages):
        component = f"    {short(package.package, package.activity)}"
        call.say(f"  Activity #{number}:\n    {_MATCH}\n{component if brief else _activity(package)}")
    return 0


def _activity(package: Package) -> str:
    """As android.content.pm.ActivityInfo dumps itself; the label is written out in this phone's manifests."""
    lines = (
        "ActivityInfo:",
        f"  name={package.activity}",
        f"  packageName={package.package}",
        f"  labelRes=0x0 nonLocalizedLabel={package.label} icon=0x7f0d0000 banner=0x0",
        "  enabled=true exported=true directBootAware=false",
        f"  taskAffinity={package.package} targetActivity=null persistableMode=PERSIST_ROOT_ONLY",
    )
    return "\n".join("    " + line for line in lines)
