"""A suite: tasks by their names, and grounds where one after another is worked and judged."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from devices import Action, Device, Probe, Stop
from tasks.task import Check

Needs = Literal["nothing", "display", "android"]
"""What one ground takes of a machine: so many episodes can run side by side as there are of it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One task set up at one seed, ready to be worked once.

    `device` is bare: habits are the caller's. `check` judges when the policy has stopped, and a stage is never used
    again. `oracle` are moves that are known to solve it, found as they are asked for, none where nobody wrote them
    down; `answer` is what its finish says. `steps` is how many a policy is given. `about` says what the recording
    should tell of the world: versions, fonts, scale.
    """

    goal: str
    device: Device
    probe: Probe
    check: Check
    oracle: Iterable[Action] = ()
    answer: str = ""
    steps: int = 50
    about: Mapping[str, str] = field(default_factory=dict)


class Ground(Protocol):
    """A world kept open, a display, a phone, a browser: it belongs to one worker, and to one stage at a time."""

    def stage(self, task: str, seed: int) -> Stage:
        """Clear away what was, and set up `task` at `seed`: the same seed is the same task, on every machine.

        Raises `DeviceLost` when the world cannot be had, `Stopped`, and `ValueError` for a task it does not know.
        """
        ...

    def close(self) -> None:
        """Let go of everything. May be called twice."""
        ...


@dataclass(frozen=True, slots=True)
class Suite:
    """Tasks by their names, and how a ground for them is opened; opening raises `DeviceLost` or `Stopped`."""

    name: str
    tasks: tuple[str, ...]
    needs: Needs
    open: Callable[[Stop], Ground]
