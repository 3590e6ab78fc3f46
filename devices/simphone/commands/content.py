"""`content`: the rows of the phone's providers, read and written."""

import re

from devices.simphone.commands.options import Options, options
from devices.simphone.shell.program import Call, Unusable

_VALUED = ("--uri", "--projection", "--where", "--sort", "--bind", "--user")


def content(call: Call) -> int:
    """`content query|insert|delete --uri URI ...`"""
    try:
        given = options(call.arguments[1:], _VALUED)
        match call.arguments[:1]:
            case ("query",):
                return _query(call, given)
            case ("insert",):
                row = dict(map(_bound, given.values("--bind")))
                call.machine.phone.insert(given.value("--uri"), row)
            case ("delete",):
                return _delete(call, given)
            case _:
                return call.fail("usage: adb shell content [subcommand] [options]")
    except KeyError as error:
        provider = given.value("--uri").removeprefix("content://").partition("/")[0]
        return call.fail(
            f"Error while accessing provider:{provider}\n"
            f"java.lang.IllegalStateException: Could not find provider: {provider} ({error.args[0]})"
        )
    return 0


def _query(call: Call, given: Options) -> int:
    rows = [row for row in _rows(call, given.value("--uri")) if _matches(row, given.value("--where"))]
    if not rows:
        call.say("No result found.")
    columns = [name for name in given.value("--projection").split(":") if name]
    for number, row in enumerate(rows):
        shown = columns or list(row)
        call.say(f"Row: {number} " + ", ".join(f"{name}={row.get(name, 'NULL')}" for name in shown))
    return 0


def _rows(call: Call, uri: str) -> list[dict[str, str]]:
    phone = call.machine.phone
    if found := re.fullmatch(r"content://settings/(system|secure|global)", uri):
        return [{"name": name, "value": value} for name, value in phone.settings[found[1]].items()]
    return phone.rows(uri)


def _delete(call: Call, given: Options) -> int:
    uri, where = given.value("--uri"), given.value("--where")
    phone = call.machine.phone
    if not where:
        phone.delete(uri)
        return 0
    for row in phone.rows(uri):
        if _matches(row, where):
            phone.delete(f"{uri}/{row['_id']}")
    return 0


def _bound(bind: str) -> tuple[str, str]:
    """NAME:TYPE:VALUE. Raises `Unusable`."""
    name, kind, value = (*bind.split(":", 2), "", "")[:3]
    if not name or kind not in ("b", "s", "i", "l", "f", "d", "n"):
        raise Unusable(f"Unsupported argument: {bind}")
    return name, value


def _matches(row: dict[str, str], where: str) -> bool:
    """NAME=VALUE or NAME='VALUE', several joined by AND. Raises `Unusable` for any other condition."""
    if not where:
        return True
    for condition in re.split(r"\s+and\s+", where, flags=re.IGNORECASE):
        found = re.fullmatch(r"\s*(\w+)\s*=\s*(?:'((?:[^']|'')*)'|([^'\s]+))\s*", condition)
        if found is None:
            raise Unusable(f"this phone knows conditions such as name='Ada' and count=2; found {where}")
        wanted = found[3] if found[2] is None else found[2].replace("''", "'")
        if row.get(found[1]) != wanted:
            return False
    return True
