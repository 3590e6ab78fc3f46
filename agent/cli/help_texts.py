"""What `--help` says of each command, with examples that can be typed."""

RUN = """Work towards GOAL, step by step, and say how it ended.

Examples:

screenhand run "open the text editor, type 'hello', save it as /tmp/a.txt" --check 'file:/tmp/a.txt contains hello'

screenhand run "open the calculator, type 12*7, press enter, tell me the result" --device sandbox --json

screenhand run "click Sign in" --device toy --dry-run

The exit code is 0 for a finish that nothing contradicts; every other ending has its own, listed in the README.
"""

SHOW = """Make one HTML page of RECORDING: every step with its picture, where the hand went, why, and what it took.

Example:

screenhand show recordings/2026-01-31T09-05-59-open-the-text-editor --open
"""

DOCTOR = """Try everything Screenhand needs on this machine, and say how to mend what does not work.

Examples:

screenhand doctor

screenhand doctor --device sandbox
"""
