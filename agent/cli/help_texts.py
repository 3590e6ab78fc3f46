"""What `--help` says of each command, with examples that can be typed."""

RUN = """Work towards GOAL, step by step, and say how it ended.

Examples:

screenhand run "open the text editor, type 'hello', save it as /tmp/a.txt" --check 'file:/tmp/a.txt contains hello'

screenhand run "open the calculator, type 12*7, press enter, tell me the result" --device sandbox --json

screenhand run "click Sign in" --device toy --dry-run

screenhand run "turn on Wi-Fi" --device android:R58M12ABCDE

The exit code is 0 for a finish that nothing contradicts; every other ending has its own, listed in the README.
"""

ASK = """Ask a model QUESTION about pictures, PDF pages, videos, recordings, or a screen as it is now.

Examples:

screenhand ask "what does the error say?" screenshot.png --model Qwen/Qwen2.5-VL-3B-Instruct

screenhand ask "what changed between these?" before.png after.png --endpoint http://localhost:8000/v1 --model NAME

screenhand ask "which totals differ?" offer.pdf invoice.pdf --pages 1-2 --model Qwen/Qwen2.5-VL-3B-Instruct

screenhand ask "is anything still running?" --device desktop --model Qwen/Qwen2.5-VL-3B-Instruct

All that is shown shares --max-tokens: every picture and video has an equal part, and what is left over goes on.
The exit code is 0 for an answer, 2 for a file that cannot be looked at, 7 for a reply that is cut off.
"""

LOCATE = """Say where WHAT is, as JSON: points and boxes in pixels of the picture, upright as its EXIF says.

Examples:

screenhand locate "the save button" screenshot.png --model Qwen/Qwen2.5-VL-3B-Instruct --draw found.png

screenhand locate "the smallest icon" screenshot.png --zoom --model Qwen/Qwen2.5-VL-3B-Instruct

screenhand locate "every tick box" --device desktop --points --endpoint http://localhost:8000/v1 --model NAME

A box is left, top, right, bottom; the last two are the first pixels outside. The exit code is 0 when something was
found, 1 when it is not there, 2 for a file that cannot be looked at, 7 for a reply that cannot be read.
"""

EXTRACT = """Read forms, invoices, tables or screens into one JSON value that is valid under a JSON Schema.

Examples:

screenhand extract --schema invoice.schema.json invoice.pdf --model Qwen/Qwen2.5-VL-3B-Instruct > invoice.json

screenhand extract --schema form.json page1.png page2.png --endpoint http://localhost:8000/v1 --model NAME

A reply that is not valid is asked for again, once, with what is wrong about it. The exit code is 0 for a valid value, 2
for a file or a schema that cannot be used, 7 when nothing valid came. A schema's references are never fetched.
"""

WHEN = """Say when EVENT happens in a video or a recording: start and end, and for a recording the steps.

Examples:

screenhand when "the error dialog appears" screen.mp4 --model Qwen/Qwen2.5-VL-3B-Instruct

screenhand when "the file dialog is open" recordings/2026-01-31T09-05-59-open-the-text-editor --json --model NAME

Frames are spread evenly over the whole video: --fps a second, fewer where --max-tokens cannot pay for them; where they
lie far apart, what is found is looked at again more closely. The exit code is 0 when it happens, 1 when it does not.
"""

CALIBRATE = """Find out in which numbers a model points, and keep it for later runs.

Examples:

screenhand calibrate --endpoint http://localhost:8000/v1 --model NAME

screenhand calibrate --model Qwen/Qwen2.5-VL-3B-Instruct

It is shown two pictures with eight coloured crosses each, and asked where they are. The answers tell pixels of the
picture sent, of what the server made of it, and fractions from each other. The exit code is 1 for a model that cannot
point well enough: nothing is kept then.
"""

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

RECORD = """Show how something is done, on your own screen or on a phone: it becomes a recording like any other.

Examples:

screenhand record --goal "make a new folder on the desktop"

screenhand record --device android:R58M12ABCDE --goal "switch Wi-Fi off"

screenhand record --goal "sign in to the shop" --no-passwords

Ctrl+Alt+Escape ends it, or Ctrl-C in this terminal; neither is recorded. With --no-passwords, text that is typed
between two presses of Ctrl+Alt+P becomes the word {password}, and nothing is looked at meanwhile: what stays on the
screen afterwards is in the pictures. On a phone it is what goes into a password field, and no key for it is needed;
there Ctrl-C in this terminal is the end. On a computer it needs X11. Nothing is moved, pressed or touched.
"""

DOCTOR = """Try everything Screenhand needs on this machine or phone, and say how to mend what does not work.

Examples:

screenhand doctor

screenhand doctor --device sandbox

screenhand doctor --device android
"""

DEVICES = """List the phones that adb knows: serial, state, model, size, and what to do about one that cannot be worked.

Example:

screenhand devices

None of them is touched or held. The exit code is 0 when one of them can be worked, 1 when none can.
"""

CONNECT = """Connect to a phone on the network: `adb connect`, with what to do when it fails.

Examples:

screenhand connect 192.168.1.7:37099

screenhand run "open Contacts" --device android:192.168.1.7:37099

Android 11 and later show the address under Developer options > Wireless debugging, and want to be paired with first;
the port is another one after each restart. The exit code is 10 when there is no connection.
"""

PAIR = """Pair with a phone on the network, once for each computer, by the code that it shows.

Examples:

screenhand pair 192.168.1.7:41237

screenhand pair 192.168.1.7:41237 --code 123456

The address and the code are under Developer options > Wireless debugging > Pair device with pairing code (Android 11),
and hold while they are shown. Then connect to the other port. The exit code is 10 when pairing failed.
"""

IMPORT = """Make recordings of ours out of the episodes of a public data set or of another agent.

Examples:

screenhand import aitz CoAT/data-example recordings/aitz

screenhand import androidcontrol android_control_evaluation_std.jsonl recordings/androidcontrol

screenhand import osworld results/pyautogui/screenshot/some-model recordings/osworld

Nothing in them is executed or unpickled. The exit code is 2 for data that cannot be believed, with the flaw named.
"""

SCORE = """Judge predictions under a named protocol; nobody is asked and no picture is needed.

Examples:

screenhand score predictions.jsonl --protocol androidcontrol-qwen

screenhand score old.json --protocol androidcontrol-14pct --rescore new.json

screenhand score test.jsonl --data androidcontrol --protocol androidcontrol-qwen --shift 60,60

A line of predictions holds `episode`, `step`, `gold` {`action`, `size`, `areas`, ...} and `predicted`; actions are
those of recordings/README.md, which has a table of the protocols. `score` also takes what `compare --json` wrote.
"""

COMPARE = """Ask again at every recorded step, and judge each move under a named protocol.

Examples:

screenhand compare recordings/aitz --protocol aitz --model Qwen/Qwen2.5-VL-3B-Instruct --json old.json

screenhand compare recordings/aitz --protocol aitz --model ./new-weights --against old.json --html changes.html

screenhand compare recordings/2026-01-31T09-05-59-open-the-text-editor --mode semi-online

Without --model the embedded default is asked. The exit code is 1 when something is worse than in --against, 2 for a
recording that cannot be believed or when no step could be asked, and that of the README's table when a model failed. A
missing picture is a fault that names its path, and in no rate.
"""

EVAL = """Work the tasks of SUITE live, several seeds each, and let the world score them.

Examples:

screenhand eval desktop --seeds 3

screenhand eval miniwob --seeds 3 --workers 2 --endpoint http://localhost:8000/v1 --model NAME --results results

screenhand eval miniwob --seeds 3 --shard 1/2 --results results

screenhand eval toy --policy oracle --min-pass-rate 100

RAY_ADDRESS=10.0.0.1:6379 screenhand eval miniwob --seeds 3 --executor ray --results results --resume

Every episode is recorded; RESULTS/index.html shows rates with 95 % intervals, and leads to each episode. A fault (a
lost device, a worker that died or hangs, an endpoint that is down) is tried again, then counted apart, never as a zero.
With --resume only what has no score yet is played. Machines that share the work by --shard agree on who plays what;
copied into one folder their results are one table. Without --model the embedded default works.

With `--executor ray` a node plays as many episodes as it has of the resource `display` or `android`:
ray start --address 10.0.0.1:6379 --resources '{"display": 2}'. Without RAY_ADDRESS a cluster is started here.

The exit code is 0 when it ran, 1 when fewer passed than --min-pass-rate, 2 when nothing could be scored or SUITE or an
option cannot be meant, 130 after Ctrl-C, and that of the README's table when a model failed.
"""

EXPORT = """Write recordings in the format of another project.

Examples:

screenhand export zip recordings/2026-01-31T09-05-59-open-the-text-editor shared.zip

screenhand export osworld recordings/aitz traces

screenhand export messages recordings/aitz training --dialect qwen2.5-vl

`osworld` writes a trace with the picture after each action, `messages` a conversation for each step in the words of a
model's family, `parquet` LeRobot's columns (pip install 'screenhand[parquet]'), `zip` the recordings as they are.
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
