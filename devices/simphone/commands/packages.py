"""`pm` and `cmd package`: what is installed."""

import zlib

from devices.simphone.commands.activities import short
from devices.simphone.commands.options import Options, options
from devices.simphone.screen import Package
from devices.simphone.shell.program import Call

_VALUED = ("-a", "-c", "-d", "-t", "-p", "-n", "-S", "--user", "-i", "--abi")
_MATCH = "priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true"


def pm(call: Call) -> int:
    """`pm list packages | path | grant | revoke | clear | install`; also `cmd package ...`."""
    words = call.arguments
    given = options(words[1:], _VALUED)
    match (*words[:1], *given.rest):
        case ("list", "packages", *names):
            _list(call, given, names[0] if names else "")
        case ("list", "users"):
            call.say("Users:\n\tUserInfo{0:Owner:c13} running")
        case ("path", package):
            if package not in call.machine.phone.packages:
                return 1
            call.say(f"package:{_apk(package)}")
        case ("grant" | "revoke" as verb, package, permission):
            return _permit(call, verb, package, permission)
        case ("clear", package):
            call.machine.phone.stop(package)
            call.say("Success")
        case ("resolve-activity", *packages):
            return _resolve(call, given, packages[0] if packages else given.value("-p"))
        case ("query-activities", *_):
            return _query(call, given)
        case ("install", *_):
            return _install(call, given.value("-S"))
        case ("uninstall", package):
            return call.fail("Failure [DELETE_FAILED_INTERNAL_ERROR]")
        case _:
            return call.fail(f"Unknown command: {words[0] if words else ''}", 255)
    return 0


def _list(call: Call, given: Options, part: str) -> None:
    for package in call.machine.phone.packages.values():
        wanted = ("-3" not in given and "-s" not in given) or ("-3" if package.third_party else "-s") in given
        if wanted and part in package.package:
            call.say(f"package:{_apk(package.package) + '=' if '-f' in given else ''}{package.package}")


def _apk(package: str) -> str:
    return f"/data/app/~~{zlib.crc32(package.encode()):08x}==/{package}-1==/base.apk"


def _permit(call: Call, verb: str, package: str, permission: str) -> int:
    if package not in call.machine.phone.packages:
        return call.fail(
            f"Exception occurred while executing '{verb}':\n"
            f"java.lang.IllegalArgumentException: Unknown package: {package}",
            255,
        )
    granted = call.machine.phone.permissions.setdefault(package, set())
    if verb == "grant":
        granted.add(permission)
    else:
        granted.discard(permission)
    return 0


def _resolve(call: Call, given: Options, name: str) -> int:
    package = call.machine.phone.packages.get(name)
    if package is None:
        call.say("No activity found")
        return 0
    call.say(_MATCH)
    call.say(short(package.package, package.activity) if "--brief" in given else _activity(package, ""))
    return 0


def _query(call: Call, given: Options) -> int:
    found = list(call.machine.phone.packages.values()) if given.value("-a").endswith(".MAIN") else []
    if not found:
        call.say("No activities found")
        return 0
    if "--components" in given:
        for package in found:
            call.say(short(package.package, package.activity))
        return 0
    call.say(f"{len(found)} activities found:")
    for number, package in enumerate(found):
        call.say(f"  Activity #{number}:\n    {_MATCH}")
        brief = f"    {short(package.package, package.activity)}"
        call.say(brief if "--brief" in given else _activity(package, "    "))
    return 0


def _activity(package: Package, indent: str) -> str:
    """As android.content.pm.ActivityInfo dumps itself; the label is written out in this phone's manifests."""
    lines = (
        "ActivityInfo:",
        f"  name={package.activity}",
        f"  packageName={package.package}",
        f"  labelRes=0x0 nonLocalizedLabel={package.label} icon=0x7f0d0000 banner=0x0",
        "  enabled=true exported=true directBootAware=false",
        f"  taskAffinity={package.package} targetActivity=null persistableMode=PERSIST_ROOT_ONLY",
    )
    return "\n".join(indent + line for line in lines)


def _install(call: Call, size: str) -> int:
    """Read `size` bytes, and refuse them as a phone does on which its owner allows no installing over USB.

    What is in a package could not be run here, and to say otherwise would be a lie.
    """
    if not size.isdecimal():
        return call.fail("Error: must specify a APK size when installing from a stream")
    left, begins = int(size), b""
    while left > 0 and (data := call.stdin.read()):
        left -= len(data)
        begins = begins or data[:4]
    if left > 0 or not begins.startswith(b"PK\x03\x04"):
        return call.fail("Failure [INSTALL_PARSE_FAILED_NOT_APK: Failed to parse /data/app/vmdl1.tmp/base.apk]")
    return call.fail("Failure [INSTALL_FAILED_USER_RESTRICTED: Install canceled by user]")
