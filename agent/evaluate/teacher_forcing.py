"""A policy's predictions at every recorded step: teacher-forced, or semi-online until its first miss."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Literal

from agent.episode import Decision, Step, Unreadable
from agent.evaluate.gold import Gold
from agent.evaluate.gold_file import read_gold, surface_in
from agent.evaluate.protocols import Protocol
from agent.evaluate.scoring import Prediction, can_judge
from agent.policy import NotUnderstood, Policy
from agent.recordings.images import NoPicture, Stored
from agent.recordings.reader import BadRecording, Recording, read_recording
from agent.recordings.untrusted import Untrusted, whole_lines
from devices import Observation, Stop
from devices.device import Surface

Mode = Literal["teacher-forced", "semi-online"]


def names_of(folders: Sequence[Path]) -> list[str]:
    """A unique name for each recording: its folder's name, with as many parents' names as that takes."""
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


def predict_steps(
    folders: Sequence[Path], policy: Policy, protocol: Protocol, mode: Mode = "teacher-forced", stop: Stop | None = None
) -> Iterator[Prediction]:
    """What `policy` would do at each step of the recordings, one at a time; only the current episode is in memory.

    Teacher-forced, its past is the recorded one. Semi-online, its past is its own, and an episode ends at the first
    move that `protocol` calls wrong. A screenshot that is missing or damaged is a fault that names it. A goal that the
    policy does not understand is an unreadable answer. Raises `BadRecording` for a recording that is not valid, and
    whatever else the policy raises.
    """
    stop = stop or Stop()
    for name, folder in zip(names_of(folders), folders, strict=True):
        recording = read_recording(folder, lazily=True)
        golds, _ = read_gold(folder, recording.episode, recording.device)
        yield from _predictions(name, recording, golds, policy, protocol, mode, stop)


def _predictions(
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
        prediction = Prediction(name, step.index, length, gold, None, recording=str(recording.folder), seen=step.seen)
        try:
            seen = _in_memory(step.seen)
            began = monotonic()
            decision = stop.call(partial(_decide, policy, episode.goal, tuple(past), seen))
        except (NoPicture, BadRecording) as flaw:  # of this step, or of an earlier one that the policy looks at again
            yield replace(prediction, fault=str(flaw))
            past.append(step)
            continue
        yield replace(prediction, move=decision.move, usage=decision.usage, seconds=monotonic() - began)
        if mode == "semi-online":
            score = protocol.score(gold, decision.move)
            if score and not score.exact:
                return
            step = replace(step, decision=decision if score else step.decision)
        past.append(step)


def _decide(policy: Policy, goal: str, past: Sequence[Step], seen: Observation) -> Decision:
    try:
        return policy.decide(goal, past, seen)
    except NotUnderstood as flaw:
        return Decision(Unreadable(str(flaw)))


def _in_memory(seen: Observation) -> Observation:
    """`seen` with its pixels in memory: a policy looks at them more than once."""
    return seen.in_memory() if isinstance(seen, Stored) else seen


def surface_of(folders: Sequence[Path]) -> Surface:
    """The one surface that all recordings were made on. Raises `BadRecording` where they differ."""
    by_surface: dict[Surface, Path] = {}
    for folder in folders:
        by_surface.setdefault(surface_in(folder), folder)
    if len(by_surface) > 1:
        phone, computer = by_surface["phone"], by_surface["computer"]
        raise BadRecording(f"{phone} is of a phone and {computer} of a computer; compare them apart")
    return next(iter(by_surface), "computer")
