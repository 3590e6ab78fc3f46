"""The full proof of `rerun`: recordings made once, done again in fresh processes on screens that look otherwise.

python -m tests.bench_rerun record FOLDER
python -m tests.bench_rerun rerun FOLDER desktop moved,dark
python -m tests.bench_rerun swapped FOLDER
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

from agent.episode import Episode, Limits, Step
from agent.recordings.reader import read_recording
from agent.rerun.pixel_match import equal_share
from agent.rerun.policy import Rerun, recorded_actions
from agent.rerun.recorded_target import worked_window
from agent.rerun.screen_match import ScreenMatch, ScreenMatcher
from devices import OpenApp, Point, Stop
from devices.actions import points_of
from tasks.suites.desktop import TASKS
from tasks.task import Score
from tests.rerun_stage import LOOKS, READER, attempt, attempt_web, record_desktop, record_web, web_environment


def rerun_all(folder: Path, suite: str, looks: list[str]) -> None:
    """The recordings of `suite` in `folder` done again on a screen of each look: a JSON line each, sums at the end."""
    names = sorted((path.name for path in (folder / suite).iterdir()), key=lambda name: (name[-1], name))
    stop, met = Stop(), Counter[str]()
    environments = {look: web_environment(look, stop) for look in looks} if suite == "web" else {}
    for name in names:
        recorded = read_recording(folder / suite / name).episode
        for look in looks:
            policy = Rerun(recorded, ScreenMatcher(READER))
            with tempfile.TemporaryDirectory() as scratch:
                again = Path(scratch) / "again"
                if suite == "web":
                    task, _, seed = name.rpartition("-")
                    episode, score = attempt_web(environments[look], task, int(seed), policy, again, look, stop)
                else:
                    (desktop,) = (task for task in TASKS if task.name == name)
                    episode, score = attempt(desktop, policy, again, LOOKS[look], Limits(steps=400, seconds=900))
            met[look] += score.passed
            write_line(json.dumps(summary(name, look, score, episode, policy)))
    for environment in environments.values():
        environment.close()
    for look in looks:
        write_line(f"{suite}, {look}: {met[look]} of {len(names)}")


def summary(name: str, look: str, score: Score, episode: Episode, policy: Rerun) -> dict[str, object]:
    miss = policy.miss
    return {
        "task": name,
        "look": look,
        "passed": score.passed,
        "ending": episode.ending,
        "found": list(policy.found.values()),
        "seconds": round(episode.seconds, 1),
        "why": episode.answer or episode.reason,
        "miss": f"step {miss.number + 1}: {miss.reason} ({miss.share:.2f})" if miss else "",
        "end": str(policy.end)[:200],
    }


@dataclass(frozen=True)
class ActiveStep:
    """A recorded step that touches something: whose it is, which, and the points that it touches."""

    recording: str
    goal: str
    step: Step
    points: tuple[Point, ...]


def active_steps(folder: Path) -> list[ActiveStep]:
    """The steps of all recordings in `folder` that point, press or type."""
    found = []
    for suite in ("desktop", "web"):
        for path in sorted((folder / suite).iterdir()):
            episode = read_recording(path, lazily=True).episode
            for todo in recorded_actions(episode):
                if not isinstance(todo.action, OpenApp):
                    found.append(ActiveStep(f"{suite}/{path.name}", episode.goal, todo.step, points_of(todo.action)))
    return found


def swap_screens(folder: Path, count: int) -> None:
    """Steps shown the screen of another recording, every other one of the same task with another seed: how many act.

    A screen that does not differ in the window that is worked in is no wrong screen, nor is one of the same goal with
    the same words in other places: these are passed over.
    """
    steps, random, matcher = active_steps(folder), Random(5), ScreenMatcher(READER)
    tried = touched = passed_over = 0
    while tried < count:
        step = random.choice(steps)
        task = step.recording.rstrip("0123456789")
        kin = [other for other in steps if other.recording.rstrip("0123456789") == task]
        strangers = [other for other in steps if other.recording.rstrip("0123456789") != task]
        others = [other for other in kin if other.recording != step.recording] if tried % 2 else strangers
        if not others:
            continue
        other = random.choice(others)
        window = worked_window(step.step.seen, step.points)
        if step.step.seen.size == other.step.seen.size and equal_share(step.step.seen, other.step.seen, window) == 1.0:
            passed_over += 1
            continue
        found = matcher.match(step.step.seen, step.points, other.step.seen)
        if step.goal == other.goal and isinstance(found, ScreenMatch) and found.share == 1.0:
            passed_over += 1  # the same work, the same words: only its places are others
            continue
        tried += 1
        if tried % 10 == 0:
            write_line(f"{tried} tried, {touched} touched")
        if isinstance(found, ScreenMatch):
            touched += 1
            write_line(
                f"TOUCHED {step.recording} step {step.step.index} on {other.recording} step {other.step.index}: {found}"
            )
    write_line(f"swapped: {touched} of {tried} were touched; {passed_over} pairs were alike and passed over")


def write_line(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("record", "rerun", "swapped"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("suite", nargs="?", default="desktop")
    parser.add_argument("look", nargs="?", default="same")
    parser.add_argument("--pairs", type=int, default=50)
    arguments = parser.parse_args(sys.argv[1:])
    if arguments.what == "record" and arguments.suite == "web":
        record_web(arguments.folder / "web", say=write_line)
    elif arguments.what == "record":
        record_desktop(arguments.folder / "desktop", say=write_line)
    elif arguments.what == "rerun":
        rerun_all(arguments.folder, arguments.suite, arguments.look.split(","))
    else:
        swap_screens(arguments.folder, arguments.pairs)


if __name__ == "__main__":
    main()
