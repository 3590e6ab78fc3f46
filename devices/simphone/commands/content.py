"""`content query`: the rows of the phone's content providers."""

import re

from devices.simphone.commands.options import options
from devices.simphone.shell.program import ProgramCall, Unusable

_VALUED = ("--uri", "--projection", "--where", "--user")


def content(call: ProgramCall) -> int:
    """`content query --uri URI [--projection NAME:NAME] [--where CONDITION]`"""
    if call.arguments[:1] != ("query",):
        return call.fail("usage: adb shell content query --uri <URI> [--projection <PROJECTION>] [--where <WHERE>]")
    given = options(call.arguments[1:], _VALUED)
    uri, where = given.value("--uri"), given.value("--where")
    try:
        rows = [row for row in call.host.phone.rows(uri) if _matches(row, where)]
    except KeyError as error:
        provider = uri.removeprefix("content://").partition("/")[0]
        return call.fail(
            f"Error while accessing provider:{provider}\n"
            f"java.lang.IllegalStateException: Could not find provider: {provider} ({error.args[0]})"
        )
    if not rows:
        call.say("No result found.")
    columns = [name for name in given.value("--projection").split(":") if name]
    for number, row in enumerate(rows):
        call.say(f"Row: {number} " + ", ".join(f"{name}={row.get(name, 'NULL')}" for name in columns or row))
    return 0


def _matches(row: dict[str, str], where: str) -> bool:
    """NAME=VALUE or NAME='VALUE', several joined by AND. Raises `Unusable` for any other condition."""
    if not where:
        return True
    for condition in re.split(r"\s+and\s+", where, flags=re.IGNORECASE):
        match = re.fullmatch(r"\s*(\w+)\s*=\s*(?:'((?:[^']|'')*)'|([^'\s]+))\s*", condition)
        if match is None:
            raise Unusable(f"this phone knows conditions such as name='Ada' and count=2; found {where}")
        wanted = match[3] if match[2] is None else match[2].replace("''", "'")
        if row.get(match[1]) != wanted:
            return False
    return True
