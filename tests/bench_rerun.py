"""The full proof of `rerun`: recordings made once, done again in fresh processes on screens that look otherwise.

python -m tests.bench_rerun record FOLDER
python -m tests.bench_rerun rerun FOLDER desktop dark
python -m tests.bench_rerun swapped FOLDER
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from agent.episode import Ending, Limits
from agent.reading import read_recording
from agent.rerun.finding import Finder
from agent.rerun.policy import Rerun
from tasks.suites.desktop import TASKS
from tests.rerun_stage import LOOKS, READER, attempt, record_desktop


def rerun_desktop(folder: Path, look: str) -> None:
    """Every desktop recording of `folder` done again on a desktop that looks like `look`: a JSON line each."""
    met = total = 0
    for task in TASKS:
        if not (folder / task.name).exists():
            continue
        policy = Rerun(read_recording(folder / task.name).episode, Finder(READER))
        with tempfile.TemporaryDirectory() as scratch:
            episode, score = attempt(task, policy, Path(scratch) / "again", LOOKS[look], Limits(steps=400))
        met, total = met + score.passed, total + 1
        line = {
            "task": task.name,
            "look": look,
            "passed": score.passed,
            "ending": episode.ending,
            "found": list(policy.found.values()),
            "seconds": round(episode.seconds, 1),
            "why": "" if episode.ending is Ending.FINISHED else episode.reason,
            "miss": f"step {policy.miss.number + 1}: {policy.miss.why} ({policy.miss.alike:.2f})"
            if policy.miss
            else "",
            "end": str(policy.end)[:200],
        }
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
    sys.stdout.write(f"desktop, {look}: {met} of {total}\n")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", choices=("record", "rerun", "swapped"))
    asked.add_argument("folder", type=Path)
    asked.add_argument("suite", nargs="?", default="desktop")
    asked.add_argument("look", nargs="?", default="same")
    given = asked.parse_args(sys.argv[1:])
    if given.what == "record":
        record_desktop(given.folder / "desktop")
    elif given.what == "rerun":
        rerun_desktop(given.folder / "desktop", given.look)


if __name__ == "__main__":
    main()
