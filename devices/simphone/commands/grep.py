"""`grep`, the one program that the driver's commands are piped into."""

import re

from devices.simphone.shell.program import ProgramCall, read_all


def grep(call: ProgramCall) -> int:
    """`grep [-EFcqv] PATTERN` on standard input; 1 when no line matches."""
    words, options = list(call.arguments), ""
    while words and words[0].startswith("-") and words[0] != "-":
        options += words.pop(0)[1:]
    if len(words) != 1 or set(options) - set("EFcqv"):
        return call.fail("grep: this phone knows grep -EFcqv PATTERN on its input", 2)
    pattern = re.escape(words[0]) if "F" in options else words[0]
    if not {"E", "F"} & set(options):  # in a basic expression these are special with a backslash, and plain without
        pattern = re.sub(r"\\([|(){}+?])|([|(){}+?])", lambda match: match[1] or "\\" + match[2], pattern)
    try:
        expression = re.compile(pattern)
    except re.error as error:
        return call.fail(f"grep: bad REGEX: {error}", 2)
    lines = read_all(call.stdin).decode("utf-8", "surrogateescape").splitlines()
    matching = [line for line in lines if bool(expression.search(line)) != ("v" in options)]
    if "q" not in options:
        for line in [str(len(matching))] if "c" in options else matching:
            call.say(line)
    return 0 if matching else 1
