"""A suite: tasks by their names, and environments in which one after another is worked and scored."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from devices import Action, Device, Probe, Stop
from tasks.task import Check

Needs = Literal["nothing", "display", "android"]
"""What one environment takes of a machine: as many episodes can run in parallel as the machine has of it."""


@dataclass(frozen=True, slots=True)
class TaskInstance:
    """One task set up at one seed, ready to be worked once.

    `device` is bare: wrappers are the caller's. `check` scores once the policy has stopped, after which the instance
    is not used again. `oracle` are moves that are known to solve the task, computed as they are asked for, empty where
    none are written down; `answer` is what the oracle's finish says. `steps` is the step limit of a policy. `about`
    describes the environment for the recording: versions, fonts, scale.
    """

    goal: str
    device: Device
    probe: Probe
    check: Check
    oracle: Iterable[Action] = ()
    answer: str = ""
    steps: int = 50
    about: Mapping[str, str] = field(default_factory=dict)


class Environment(Protocol):
    """A display, a phone or a browser kept open: it belongs to one worker, and to one task instance at a time."""

    def reset(self, task: str, seed: int) -> TaskInstance:
        """Clear the last task away, and set up `task` at `seed`: the same seed is the same task, on every machine.

        Raises `DeviceLost` when the environment cannot be opened, `Stopped`, and `ValueError` for an unknown task.
        """
        ...

    def close(self) -> None:
        """Release everything. May be called twice."""
        ...


@dataclass(frozen=True, slots=True)
class Suite:
    """Tasks by their names, and `open`, which opens an environment for them, or raises `DeviceLost` or `Stopped`."""

    name: str
    tasks: tuple[str, ...]
    needs: Needs
    open: Callable[[Stop], Environment]
