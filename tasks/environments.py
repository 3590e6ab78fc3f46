"""An environment that opens a new device for every task, so that no state of the last one is left."""

import subprocess
from collections.abc import Callable, Mapping
from contextlib import ExitStack

from devices import Device, DeviceLost, Probe, Stop
from tasks.suite import TaskInstance
from tasks.task import Task

TaskTemplate = Callable[[int], Task]
"""The task as it is at a seed."""

OpenDevice = tuple[Device, Probe, Mapping[str, str]]
"""A device, the probe for its checks, and the description of both for the recording."""


class FreshEnvironment:
    """Opens a device with `open_device`, sets a task of `tasks` up on it, and closes it before the next one."""

    def __init__(
        self, tasks: Mapping[str, TaskTemplate], open_device: Callable[[Stop], OpenDevice], stop: Stop
    ) -> None:
        self._tasks, self._open_device, self._stop = tasks, open_device, stop
        self._device = ExitStack()

    def reset(self, task: str, seed: int) -> TaskInstance:
        """`task` at `seed` on a new device. Raises `DeviceLost`, `Stopped`, and `ValueError` for an unknown task."""
        self.close()
        if task not in self._tasks:
            raise ValueError(f"no task is called {task!r}; there are {', '.join(self._tasks)}")
        drawn = self._tasks[task](seed)
        device, probe, about = self._open_device(self._stop)
        self._device.callback(device.close)
        try:
            drawn.setup(probe)
        except (OSError, subprocess.SubprocessError) as error:
            raise DeviceLost(f"{task} could not be set up: {error}") from error
        return TaskInstance(drawn.goal, device, probe, drawn.check, drawn.oracle, drawn.answer, about=about)

    def close(self) -> None:
        """Close the device of the last task. May be called twice."""
        self._device.close()


def same_at_every_seed(tasks: tuple[Task, ...]) -> dict[str, TaskTemplate]:
    """`tasks` by their names, for a suite without random parts: a seed is then one more attempt."""

    def template(task: Task) -> TaskTemplate:
        return lambda seed: task

    return {task.name: template(task) for task in tasks}
