"""A policy's predictions at every recorded step: teacher-forced, or semi-online until its first miss."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Literal

from agent.episode import Decision, Past, Step, Unreadable
from agent.evaluate.concurrent_calls import in_order
from agent.evaluate.gold_file import read_gold, surface_in
from agent.evaluate.protocols import PROTOCOLS, Protocol
from agent.evaluate.questions import THE_GOAL, Questions, StepQuestion
from agent.evaluate.scoring import Prediction, StepKey, can_judge
from agent.policy import NotUnderstood, Policy
from agent.recordings.images import NoPicture, Stored
from agent.recordings.reader import BadRecording, read_recording
from agent.recordings.untrusted import Untrusted, whole_lines
from devices import Observation, Stop
from devices.device import Surface

Mode = Literal["teacher-forced", "semi-online"]
_At = Callable[[Step, Past], StepQuestion | None]


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
    folders: Sequence[Path],
    policy: Policy,
    protocol: Protocol,
    mode: Mode = "teacher-forced",
    stop: Stop | None = None,
    *,
    questions: Questions = THE_GOAL,
    parallel: int = 1,
    kept: Mapping[StepKey, Prediction] | None = None,
) -> Iterator[Prediction]:
    """What `policy` would do at each step of the recordings, in their order; only what is being asked is in memory.

    Teacher-forced, its past is the recorded one. Semi-online, its past is its own, and an episode ends at the first
    move that `protocol` calls wrong. A step at which there is nothing to ask, see `Questions`, is left out. `parallel`
    questions are open at a time, each on a thread: the policy has to bear it. A step in `kept`, an answer from before,
    is not asked again.

    A screenshot that is missing or damaged is a fault that names it. A goal that the policy does not understand is an
    unreadable answer. Raises `BadRecording` for a recording that is not valid, and whatever else the policy raises,
    both after the answers that are there.
    """
    stop = stop or Stop()
    asker = _Asker(policy, protocol, mode, questions, kept or {}, stop)
    names = zip(names_of(folders), folders, strict=True)
    calls = (call for name, folder in names for call in asker.calls(name, folder))
    yield from in_order(calls, parallel, stop, to_the_end=bool(kept))  # what is kept needs no asking


@dataclass(frozen=True, slots=True)
class _Asker:
    policy: Policy
    protocol: Protocol
    mode: Mode
    questions: Questions
    kept: Mapping[StepKey, Prediction]
    stop: Stop

    def calls(self, name: str, folder: Path) -> Iterator[Callable[[], Iterator[Prediction]]]:
        """What can be asked independently: a step, or semi-online an episode."""
        recording = read_recording(folder, lazily=True)
        golds, header = read_gold(folder, recording.episode, recording.device)
        episode, described = recording.episode, header is not None and describes_targets(header.protocol)
        question = partial(self.questions.at, episode.goal, described=described)
        asked = [
            (step, gold)
            for step, gold in zip(episode.steps, golds, strict=True)
            if not isinstance(gold.move, Unreadable) and question(step, ())  # of an unreadable move nothing is right
        ]
        past = tuple(map(_without_annotation, episode.steps)) if header else episode.steps
        length = sum(can_judge(gold, self.protocol) for _, gold in asked)
        steps = [
            (step, Prediction(name, step.index, length, gold, None, recording=str(folder), seen=step.seen))
            for step, gold in asked
        ]
        if self.mode == "semi-online":
            yield partial(self._until_a_miss, question, tuple(zip(episode.steps, past, strict=True)), steps)
            return
        for step, unanswered in steps:
            yield partial(self._one, question, step, past[: step.index], unanswered)

    def _one(self, question: _At, step: Step, past: Past, unanswered: Prediction) -> Iterator[Prediction]:
        if asked := question(step, past):
            yield self._earlier_answer(unanswered) or self._answered(asked, step.seen, unanswered)[0]

    def _until_a_miss(
        self, question: _At, steps: Sequence[tuple[Step, Step]], asked: Sequence[tuple[Step, Prediction]]
    ) -> Iterator[Prediction]:
        """An episode up to the first miss; `steps` are as recorded, and as they are shown once they are past."""
        again = self._whole_episode(asked)
        if again:
            yield from again
            return
        past, to_ask = list[Step](), {step.index: unanswered for step, unanswered in asked}
        for step, shown in steps:
            unanswered = to_ask.get(step.index)
            if unanswered and (question_now := question(step, tuple(past))):
                prediction, decision = self._answered(question_now, step.seen, unanswered)
                yield prediction
                score = decision and self.protocol.score(prediction.gold, decision.move)
                if score and not score.exact:
                    return
                shown = replace(step, decision=decision) if decision and score else shown
            past.append(shown)

    def _answered(
        self, question: StepQuestion, seen: Observation, unanswered: Prediction
    ) -> tuple[Prediction, Decision | None]:
        """`unanswered` with the policy's answer, which comes beside it, or with a fault."""
        try:
            in_memory = _in_memory(seen)
            began = monotonic()
            decision = self.stop.call(partial(_decide, self.policy, question, in_memory))
        except (NoPicture, BadRecording) as flaw:  # of this step, or of an earlier one that the policy looks at again
            return replace(unanswered, fault=str(flaw)), None
        seconds = monotonic() - began
        return replace(unanswered, move=decision.move, usage=decision.usage, seconds=seconds), decision

    def _earlier_answer(self, unanswered: Prediction) -> Prediction | None:
        """The answer from before, if it was to the same step; a fault is no answer."""
        kept = self.kept.get((unanswered.episode, unanswered.step))
        if kept is None or kept.move is None or kept.gold.answers != unanswered.gold.answers:
            return None
        return replace(unanswered, move=kept.move, usage=kept.usage, seconds=kept.seconds)

    def _whole_episode(self, asked: Sequence[tuple[Step, Prediction]]) -> list[Prediction]:
        """A semi-online episode as it was answered before; [] unless it came to its end then: its own past is lost."""
        before = list[Prediction]()
        for _, unanswered in asked:
            kept = self._earlier_answer(unanswered)
            if kept is None or kept.move is None:
                return []
            before.append(kept)
            score = self.protocol.score(kept.gold, kept.move)
            if score and not score.exact:
                break
        return before


def _decide(policy: Policy, question: StepQuestion, seen: Observation) -> Decision:
    try:
        return policy.decide(question.goal, question.past, seen)
    except NotUnderstood as flaw:
        return Decision(Unreadable(str(flaw)))


def _without_annotation(step: Step) -> Step:
    """`step` of a data set without its own instruction: to know those of the past is no part of being told the goal."""
    return replace(step, decision=replace(step.decision, instruction=""))


def describes_targets(protocol: str) -> bool:
    """Whether the data sets that are scored by that protocol have descriptions of targets for instructions."""
    return protocol in PROTOCOLS and PROTOCOLS[protocol].ask == "target"


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
