"""What the programs of the phone's shell work on: the phone, its files, its properties, its faults."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from devices.simphone.capture import PanelCapture
from devices.simphone.fault_switches import FaultSwitches
from devices.simphone.file_tree import FileTree
from devices.simphone.input_events import InputEvents
from devices.simphone.phone import Phone
from devices.stop import Stop

REAL_COSTS: Mapping[str, float] = {
    "input": 0.06,
    "screencap": 0.075,
    "uiautomator": 1.5,
    "dumpsys": 0.04,
    "wm": 0.02,
    "am": 0.1,
    "settings": 0.03,
}
"""Seconds that a command costs on a recent phone beside its round trip. `input`, `screencap`, `dumpsys` and `wm` after
figures published for a Pixel and for an Android 15 emulator; the others are estimates, not measurements."""


@dataclass
class ShellHost:
    """One phone that is switched on. `costs` are seconds for each command by its first word; without them all are free.

    Time that a gesture takes is waited only where `input` costs something.
    """

    phone: Phone
    serial: str
    faults: FaultSwitches
    stop: Stop
    drop: Callable[[], None]
    costs: Mapping[str, float] = field(default_factory=dict)
    swap: Callable[[], None] = lambda: None
    lens: PanelCapture = field(init=False)
    input_events: InputEvents = field(default_factory=InputEvents)

    def __post_init__(self) -> None:
        self.lens = PanelCapture(self.phone)

    @property
    def files(self) -> FileTree:
        return FileTree(self.phone.files)

    @property
    def properties(self) -> dict[str, str]:
        """What `getprop` prints."""
        return {
            "ro.build.version.release": "14",
            "ro.build.version.sdk": "34",
            "ro.product.brand": "screenhand",
            "ro.product.cpu.abi": "arm64-v8a",
            "ro.product.device": "sim",
            "ro.product.manufacturer": "screenhand",
            "ro.product.model": "SimPhone",
            "ro.product.name": "simdev",
            "ro.serialno": self.serial,
            "ro.boot.serialno": self.serial,
            "persist.sys.locale": "en-US",
            "sys.boot_completed": "1",
        }


class LinkCut(Exception):
    """A fault cut the link: the service ends here without an answer."""
