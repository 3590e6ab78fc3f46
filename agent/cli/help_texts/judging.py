"""What `--help` says of the commands that evaluate."""

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

COMPARE = """Ask again at every recorded step, and judge each move under a named protocol.

Examples:

screenhand compare recordings/aitz --protocol aitz --model Qwen/Qwen2.5-VL-3B-Instruct --json old.json

screenhand compare recordings/aitz --protocol aitz --model ./new-weights --against old.json --html changes.html

screenhand compare recordings/2026-01-31T09-05-59-open-the-text-editor --mode semi-online

Without --model the embedded default is asked. The exit code is 1 when something is worse than in --against, 2 for a
recording that cannot be believed or when no step could be asked, and that of the README's table when a model failed. A
missing picture is a fault that names its path, and in no rate.
"""

SCORE = """Judge predictions under a named protocol; nobody is asked and no picture is needed.

Examples:

screenhand score predictions.jsonl --protocol androidcontrol-qwen

screenhand score old.json --protocol androidcontrol-14pct --rescore new.json

screenhand score test.jsonl --data androidcontrol --protocol androidcontrol-qwen --shift 60,60

A line of predictions holds `episode`, `step`, `gold` {`action`, `size`, `areas`, ...} and `predicted`; actions are
those of recordings/README.md, which has a table of the protocols. `score` also takes what `compare --json` wrote.
"""
