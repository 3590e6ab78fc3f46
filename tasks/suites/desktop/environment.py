"""The desktop tasks as a suite: a sandboxed desktop of its own for every task."""

import shutil

from devices import DeviceLost, Stop
from devices.desktop.sandbox import Sandbox
from tasks.environments import FreshEnvironment, OpenDevice, same_at_every_seed
from tasks.suite import Suite
from tasks.suites.desktop import PACKAGES, TASKS

SIZE = (1280, 800)


def _open(stop: Stop) -> OpenDevice:
    absent = [package for program, package in PACKAGES.items() if shutil.which(program) is None]
    if absent:
        raise DeviceLost(f"the desktop tasks need applications that are not there: apt-get install {' '.join(absent)}")
    sandbox = Sandbox(stop, SIZE)
    return sandbox, sandbox.probe, {"screen": "{}x{}".format(*SIZE)}


SUITE = Suite(
    "desktop",
    tuple(task.name for task in TASKS),
    "display",
    lambda stop: FreshEnvironment(same_at_every_seed(TASKS), _open, stop),
)
