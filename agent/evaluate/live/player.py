"""One unit played: set up, worked by the policy, judged by the world, recorded."""

import shutil
from collections.abc import Callable
from pathlib import Path

from agent.endings import ending_of
from agent.episode import Ending, Episode, Limits
from agent.evaluate.live.results import Result, faulted
from agent.evaluate.live.trials import Unit
from agent.loop import run_episode
from agent.policy import Policy
from agent.recordings.journal import RecordingFailed
from agent.recordings.writer import Recorder
from agent.report import write_page
from devices import Device, Observation, Stop, Stopped
from devices.settled import Settled
from devices.wrappers import Fresh
from tasks.suite import Ground, Stage, Suite
from tasks.task import Score
from tasks.world import LiveWorld

FAULTS = frozenset(
    {Ending.DEVICE_LOST, Ending.ENDPOINT_DOWN, Ending.ENDPOINT_REFUSED, Ending.POLICY_FAILED, Ending.INTERNAL_ERROR}
)
"""Endings that say nothing about how well a policy works."""


class Player:
    """Keeps one ground of `suite` open and plays unit after unit on it; `policy_on` says who works a stage.

    A ground on which something went wrong is given up, and the next unit gets a new one. `read_text` reads a screen
    for checks. `steps` overrides what the stage gives a policy, `seconds` bounds each episode.
    """

    def __init__(
        self,
        suite: Suite,
        policy_on: Callable[[Stage], Policy],
        read_text: Callable[[Observation], str],
        stop: Stop,
        *,
        steps: int | None = None,
        seconds: float = 600.0,
    ) -> None:
        self._suite, self._policy_on, self._read_text, self._stop = suite, policy_on, read_text, stop
        self._steps, self._seconds = steps, seconds
        self._ground: Ground | None = None

    def play(self, unit: Unit, folder: Path) -> Result:
        """Play `unit` and record it into `folder`, which is made anew.

        Whatever goes wrong is the result's fault. Raises `Stopped`, and `RecordingFailed` when nothing can be written.
        """
        shutil.rmtree(folder, ignore_errors=True)
        try:
            self._ground = self._ground or self._suite.open(self._stop)
            stage = self._ground.stage(unit.task, unit.seed)
            result = self._played(unit, stage, folder)
        except (Stopped, RecordingFailed):
            raise
        except Exception as fault:  # noqa: BLE001 - it is the result's; an unforeseen one keeps its traceback
            result = faulted(unit, ending_of(fault)[1])
        if result.fault:
            self.close()
        return result

    def close(self) -> None:
        """Close the ground. May be called twice."""
        ground, self._ground = self._ground, None
        if ground:
            ground.close()

    def _played(self, unit: Unit, stage: Stage, folder: Path) -> Result:
        policy = self._policy_on(stage)
        recorder = Recorder(folder, stage.goal, device=stage.device.name, agent=policy.name)
        limits = Limits(steps=self._steps or stage.steps, seconds=self._seconds)
        episode = run_episode(
            stage.goal, self._with_habits(stage.device), policy, limits=limits, journal=recorder, stop=self._stop
        )
        match episode.ending:
            case Ending.STOPPED:
                raise Stopped(episode.reason)
            case Ending.RECORDING_FAILED:
                raise RecordingFailed(episode.reason)
        score, fault = self._judged(stage, episode)
        passed = score is not None and score.passed
        recorder.judge(episode, "verified" if passed else "failed", score.reason if score else fault)
        write_page(folder)
        return Result(
            task=unit.task,
            seed=unit.seed,
            value=score.value if score else None,
            reason=score.reason if score else "",
            ending=episode.ending,
            steps=len(episode.steps),
            seconds=round(episode.seconds, 3),
            tokens=episode.usage.total,
            fault=fault,
            about=dict(stage.about),
        )

    def _with_habits(self, device: Device) -> Device:
        """`device` as `screenhand run` would work it; a world in memory has answered as soon as it was touched."""
        return device if self._suite.needs == "nothing" else Settled(Fresh(device), self._stop)

    def _judged(self, stage: Stage, episode: Episode) -> tuple[Score | None, str]:
        """What the world says of `episode`, whatever the policy said of it; or why there is nothing to say."""
        if episode.ending in FAULTS:
            return None, f"{episode.ending}: {episode.reason}"
        world = LiveWorld(stage.device, stage.probe, episode.answer, self._read_text)
        try:
            return stage.check(world), ""
        except Stopped:
            raise
        except Exception as fault:  # noqa: BLE001 - a fault of the examiner is no failure of the policy
            return None, f"the check could not look: {ending_of(fault)[1]}"
