"""What `--help` says of the commands for recordings."""

SHOW = """Make one HTML page of RECORDING: every step with its picture, where the hand went, why, and what it took.

Example:

screenhand show recordings/2026-01-31T09-05-59-open-the-text-editor --open
"""

PLAY = """Watch recordings: in this terminal step by step, or as a film with everything that the hand did drawn in.

Examples:

screenhand play recordings/2026-01-31T09-05-59-open-the-text-editor

screenhand play recordings/2026-01-31T09-05-59-open-the-text-editor --mp4 film.mp4

screenhand play recordings/aitz --gif film.gif --seconds-per-step 1.5

screenhand play recordings/aitz --speed 2

Steps are shown as long as they took, from 1.2 to 4 seconds each. Several recordings come one after another. Where
nobody watches, the steps are printed once. The exit code is 2 for a recording that cannot be believed: no film is left.
"""

IMPORT = """Make recordings of ours out of the episodes of a public data set or of another agent.

Examples:

screenhand import aitz CoAT/data-example recordings/aitz

screenhand import androidcontrol android_control_evaluation_std.jsonl recordings/androidcontrol

screenhand import osworld results/pyautogui/screenshot/some-model recordings/osworld

Nothing in them is executed or unpickled. The exit code is 2 for data that cannot be believed, with the flaw named.
"""

EXPORT = """Write recordings in the format of another project.

Examples:

screenhand export zip recordings/2026-01-31T09-05-59-open-the-text-editor shared.zip

screenhand export osworld recordings/aitz traces

screenhand export messages recordings/aitz training --dialect qwen2.5-vl

`osworld` writes a trace with the picture after each action, `messages` a conversation for each step in the words of a
model's family, `parquet` LeRobot's columns (pip install 'screenhand[parquet]'), `zip` the recordings as they are.
"""
