"""Plays a trial: sets the task up, runs the policy, scores what it left behind, and records it."""

import shutil
from collections.abc import Callable
from pathlib import Path

from agent.endings import ending_of
from agent.episode import Ending, Episode, Limits
from agent.evaluate.live.trials import Trial, TrialResult, fault_result
from agent.loop import run_episode
from agent.policy import Policy
from agent.recordings.journal import RecordingFailed
from agent.recordings.writer import Recorder
from agent.report import write_page
from devices import Device, Observation, Stop, Stopped
from devices.settled import Settled
from devices.wrappers import Fresh
from tasks.suite import Environment, Suite, TaskInstance
from tasks.task import Score
from tasks.world import LiveWorld

FAULTS = frozenset(
    {Ending.DEVICE_LOST, Ending.ENDPOINT_DOWN, Ending.ENDPOINT_REFUSED, Ending.POLICY_FAILED, Ending.INTERNAL_ERROR}
)
"""Endings that say nothing about how well a policy works: such a trial has no score."""


class Player:
    """Keeps one environment of `suite` open and plays trial after trial in it; `policy_for` gives each task its policy.

    An environment in which a fault happened is closed, and the next trial gets a new one. `read_text` reads a screen
    for checks. `steps` overrides the step limit of the task, `seconds` bounds each episode.
    """

    def __init__(
        self,
        suite: Suite,
        policy_for: Callable[[TaskInstance], Policy],
        read_text: Callable[[Observation], str],
        stop: Stop,
        *,
        steps: int | None = None,
        seconds: float = 600.0,
    ) -> None:
        self._suite, self._policy_for, self._read_text, self._stop = suite, policy_for, read_text, stop
        self._steps, self._seconds = steps, seconds
        self._environment: Environment | None = None

    def play(self, trial: Trial, folder: Path) -> TrialResult:
        """Play `trial` and record it into `folder`, which is replaced.

        Whatever goes wrong is the result's fault. Raises `Stopped`, and `RecordingFailed` when nothing can be written.
        """
        shutil.rmtree(folder, ignore_errors=True)
        try:
            self._environment = self._environment or self._suite.open(self._stop)
            task = self._environment.reset(trial.task, trial.seed)
            result = self._run(trial, task, folder)
        except (Stopped, RecordingFailed):
            raise
        except Exception as fault:  # noqa: BLE001 - it is the result's; an unforeseen one keeps its traceback
            result = fault_result(trial, ending_of(fault)[1])
        if result.fault:
            self.close()
        return result

    def close(self) -> None:
        """Close the environment. May be called twice."""
        environment, self._environment = self._environment, None
        if environment:
            environment.close()

    def _run(self, trial: Trial, task: TaskInstance, folder: Path) -> TrialResult:
        policy = self._policy_for(task)
        recorder = Recorder(folder, task.goal, device=task.device.name, agent=policy.name)
        limits = Limits(steps=self._steps or task.steps, seconds=self._seconds)
        episode = run_episode(
            task.goal, self._with_wrappers(task.device), policy, limits=limits, journal=recorder, stop=self._stop
        )
        match episode.ending:
            case Ending.STOPPED:
                raise Stopped(episode.reason)
            case Ending.RECORDING_FAILED:
                raise RecordingFailed(episode.reason)
        score, fault = self._judge(task, episode)
        passed = score is not None and score.passed
        recorder.judge(episode, "verified" if passed else "failed", score.reason if score else fault)
        write_page(folder)
        return TrialResult(
            task=trial.task,
            seed=trial.seed,
            value=score.value if score else None,
            reason=score.reason if score else "",
            ending=episode.ending,
            steps=len(episode.steps),
            seconds=round(episode.seconds, 3),
            tokens=episode.usage.total,
            fault=fault,
            about=dict(task.about),
        )

    def _with_wrappers(self, device: Device) -> Device:
        """`device` as `screenhand run` would use it; an environment in memory needs no waiting."""
        return device if self._suite.needs == "nothing" else Settled(Fresh(device), self._stop)

    def _judge(self, task: TaskInstance, episode: Episode) -> tuple[Score | None, str]:
        """The score of `episode`, whatever the policy claims; or the fault for which there is none."""
        if episode.ending in FAULTS:
            return None, f"{episode.ending}: {episode.reason}"
        world = LiveWorld(task.device, task.probe, episode.answer, self._read_text)
        try:
            return task.check(world), ""
        except Stopped:
            raise
        except Exception as fault:  # noqa: BLE001 - a check that cannot look is no failure of the policy
            return None, f"the check could not look: {ending_of(fault)[1]}"
