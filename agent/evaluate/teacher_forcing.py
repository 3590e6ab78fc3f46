"""A policy asked again at every recorded step: teacher-forced, or along its own way until its first miss."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Literal

from agent.dialects.dialect import Surface
from agent.episode import Decision, Step, Unreadable
from agent.evaluate.gold import Gold
from agent.evaluate.protocols import Protocol
from agent.evaluate.scoring import Prediction, can_judge
from agent.evaluate.targets import read_targets, surface_in
from agent.policy import NotUnderstood, Policy
from agent.recordings.images import NoPicture, Stored
from agent.recordings.reader import BadRecording, Recording, read_recording
from agent.recordings.untrusted import Untrusted, whole_lines
from devices import Observation, Stop

Mode = Literal["teacher-forced", "semi-online"]


def recordings_in(paths: Sequence[Path]) -> list[Path]:
    """The recordings that `paths` are, or that lie in them at any depth. Raises `BadRecording` where there are none."""
    found: list[Path] = []
    for path in paths:
        inside = (
            [path] if (path / "steps.jsonl").exists() else sorted(each.parent for each in path.rglob("steps.jsonl"))
        )
        if not inside:
            raise BadRecording(f"there is no recording in {path}; a recording is a folder with steps.jsonl")
        found += inside
    return found


def names_of(folders: Sequence[Path]) -> list[str]:
    """What each recording is called, wherever it lies: its folder's name, with its parents' where two share one."""
    depth = 1
    while depth < 9:
        names = ["/".join(folder.resolve().parts[-depth:]) for folder in folders]
        if len(set(names)) == len(names):
            return names
        depth += 1
    return [str(folder.resolve()) for folder in folders]


def count_steps(folders: Sequence[Path]) -> int:
    """How many steps the recordings have, by their lines alone. Raises `BadRecording`."""
    try:
        return sum(sum(1 for _ in whole_lines(folder, "steps.jsonl")) // 2 for folder in folders)
    except Untrusted as flaw:
        raise BadRecording(str(flaw)) from flaw


def ask_again(
    folders: Sequence[Path], policy: Policy, protocol: Protocol, mode: Mode = "teacher-forced", stop: Stop | None = None
) -> Iterator[Prediction]:
    """What `policy` would do at each step of the recordings, one at a time; only the episode at hand is in memory.

    Teacher-forced, its past is what was recorded. Semi-online, its past is its own, and an episode ends at the first
    move that `protocol` calls wrong. A picture that is missing or damaged is a fault that names it. A goal that the
    policy does not understand is an unreadable answer. Raises `BadRecording` for a recording that cannot be believed,
    and whatever else the policy raises.
    """
    stop = stop or Stop()
    for name, folder in zip(names_of(folders), folders, strict=True):
        recording = read_recording(folder, lazily=True)
        golds, _ = read_targets(folder, recording.episode, recording.device)
        yield from _ask(name, recording, golds, policy, protocol, mode, stop)


def _ask(
    name: str,
    recording: Recording,
    golds: Sequence[Gold],
    policy: Policy,
    protocol: Protocol,
    mode: Mode,
    stop: Stop,
) -> Iterator[Prediction]:
    episode, past = recording.episode, list[Step]()
    length = sum(can_judge(gold, protocol) for gold in golds)
    for step, gold in zip(episode.steps, golds, strict=True):
        if isinstance(gold.move, Unreadable):
            past.append(step)
            continue  # nothing is known to be right here
        asked = Prediction(name, step.index, length, gold, None, recording=str(recording.folder), seen=step.seen)
        try:
            seen = _looked_at(step.seen)
            began = monotonic()
            decision = stop.call(partial(_decide, policy, episode.goal, tuple(past), seen))
        except (NoPicture, BadRecording) as flaw:  # of this step, or of an earlier one that the policy looks at again
            yield replace(asked, fault=str(flaw))
            past.append(step)
            continue
        yield replace(asked, move=decision.move, usage=decision.usage, seconds=monotonic() - began)
        if mode == "semi-online":
            mark = protocol.mark(gold, decision.move)
            if mark and not mark.right:
                return
            step = replace(step, decision=decision if mark else step.decision)
        past.append(step)


def _decide(policy: Policy, goal: str, past: Sequence[Step], seen: Observation) -> Decision:
    try:
        return policy.decide(goal, past, seen)
    except NotUnderstood as flaw:
        return Decision(Unreadable(str(flaw)))


def _looked_at(seen: Observation) -> Observation:
    """`seen` with its pixels in memory: a policy looks at them more than once."""
    if not isinstance(seen, Stored):
        return seen
    return Observation(seen.pixels, seen.front, seen.at, seen.elements, seen.settle)


def surface_of(folders: Sequence[Path]) -> Surface:
    """What the recordings were made on; a model is spoken to in one way. Raises `BadRecording` where they differ."""
    found: dict[Surface, Path] = {}
    for folder in folders:
        found.setdefault(surface_in(folder), folder)
    if len(found) > 1:
        phone, computer = found["phone"], found["computer"]
        raise BadRecording(f"{phone} is of a phone and {computer} of a computer; compare them apart")
    return next(iter(found), "computer")
