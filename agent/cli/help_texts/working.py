"""What `--help` says of the commands that work a screen."""

RUN = """Work towards GOAL, step by step, and say how it ended.

Examples:

screenhand run "open the text editor, type 'hello', save it as /tmp/a.txt" --check 'file:/tmp/a.txt contains hello'

screenhand run "open the calculator, type 12*7, press enter, tell me the result" --device sandbox --json

screenhand run "click Sign in" --device toy --dry-run

screenhand run "turn on Wi-Fi" --device android:R58M12ABCDE

In a sandbox ~ and /tmp are its own, for its applications and for --check alike.

The exit code is 0 for a finish that nothing contradicts; every other ending has its own, listed in the README.
"""

RECORD = """Show how something is done, on your own screen or on a phone: it becomes a recording like any other.

Examples:

screenhand record --goal "make a new folder on the desktop"

screenhand record --device android:R58M12ABCDE --goal "switch Wi-Fi off"

screenhand record --goal "sign in to the shop" --no-passwords

Ctrl+Alt+End ends it, or Ctrl-C in this terminal; neither is recorded. With --no-passwords, text that is typed
between two presses of Ctrl+Alt+Home becomes the word {password}, and nothing is looked at meanwhile: what stays on the
screen afterwards is in the pictures. On a phone it is what goes into a password field, and no key for it is needed;
there Ctrl-C in this terminal is the end. On a computer it needs X11. Nothing is moved, pressed or touched.
"""

RERUN = """Do the work of RECORDING again, without a model: each target is found on today's screen.

Examples:

screenhand rerun recordings/2026-01-31T09-05-59-open-the-text-editor

screenhand rerun recordings/2026-01-31T09-10-00-add-a-contact --let name=Grace --var name=Ada --device simphone

screenhand rerun recordings/2026-01-31T09-05-59-open-the-text-editor --heal Qwen/Qwen2.5-VL-3B-Instruct

A window may have been moved, scaled or given another theme. Each screen is waited for; where one is not as recorded
nothing is touched and the run stops, with both pictures shown. `--heal` asks a model for that one step, and offers the
new recording as the mended one. `--var` types another text for a recorded one that `--let` has named. The exit codes
are those of `run`; without --check, the screen at the end must be as it was recorded.
"""
