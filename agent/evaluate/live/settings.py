"""What a run was asked for, kept with its results: runs that differ in any of it are different runs."""

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from agent.evaluate.live.trials import Unit, units_of
from agent.recordings.format import Record


class Settings(Record):
    """What decides how units turn out.

    `policy` is who works, in words; `steps` is None where the suite says how many. `machine` says where the folder was
    begun, and decides nothing.
    """

    schema_version: Literal[1] = 1
    suite: str
    tasks: tuple[str, ...]
    seeds: tuple[int, ...]
    policy: dict[str, str | int | float | bool | None]
    steps: int | None
    seconds: float
    version: str
    machine: dict[str, str]

    @property
    def units(self) -> tuple[Unit, ...]:
        return units_of(self.tasks, self.seeds)


def this_version() -> str:
    """The version of Screenhand that runs here; "unknown" from a folder that was never installed."""
    try:
        return version("screenhand")
    except PackageNotFoundError:
        return "unknown"


def this_machine() -> dict[str, str]:
    """What a stranger needs to know of this machine to run the same."""
    return {"Python": platform.python_version(), "system": platform.platform()}
