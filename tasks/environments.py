"""A ground that opens a new world for every stage, so that nothing of the last one is left."""

import subprocess
from collections.abc import Callable, Mapping
from contextlib import ExitStack

from devices import Device, DeviceLost, Probe, Stop
from tasks.suite import Stage
from tasks.task import Task

Sketch = Callable[[int], Task]
"""The task as it is at a seed."""

Opened = tuple[Device, Probe, Mapping[str, str]]
"""A world: what is worked, the examiner's door to it, and what a recording should tell of it."""


class FreshGround:
    """Opens a world by `opened`, sets a task of `tasks` up in it, and closes it before the next one."""

    def __init__(self, tasks: Mapping[str, Sketch], opened: Callable[[Stop], Opened], stop: Stop) -> None:
        self._tasks, self._opened, self._stop = tasks, opened, stop
        self._world = ExitStack()

    def stage(self, task: str, seed: int) -> Stage:
        """`task` at `seed` in a new world. Raises `DeviceLost`, `Stopped`, and `ValueError` for an unknown task."""
        self.close()
        if task not in self._tasks:
            raise ValueError(f"no task is called {task!r}; there are {', '.join(self._tasks)}")
        planned = self._tasks[task](seed)
        device, probe, about = self._opened(self._stop)
        self._world.callback(device.close)
        try:
            planned.setup(probe)
        except (OSError, subprocess.SubprocessError) as error:
            raise DeviceLost(f"{task} could not be set up: {error}") from error
        return Stage(planned.goal, device, probe, planned.check, planned.oracle, planned.answer, about=about)

    def close(self) -> None:
        """Close the world of the last stage. May be called twice."""
        self._world.close()


def same_at_every_seed(tasks: tuple[Task, ...]) -> dict[str, Sketch]:
    """`tasks` by their names, for a suite that draws nothing: a seed is then one more try."""

    def sketch(task: Task) -> Sketch:
        return lambda seed: task

    return {task.name: sketch(task) for task in tasks}
