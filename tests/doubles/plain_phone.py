"""A phone with one blank screen, for the wire: it counts what reaches it."""

import threading
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass

import numpy as np

from devices.device import Box, Pixels

SCREEN = Box(0, 0, 108, 240)


@dataclass(frozen=True)
class PlainNode:
    cls: str = "android.widget.FrameLayout"
    text: str = ""
    resource_id: str = ""
    description: str = ""
    package: str = "org.plain"
    box: Box = SCREEN
    clickable: bool = False
    long_clickable: bool = False
    checkable: bool = False
    checked: bool = False
    enabled: bool = True
    focusable: bool = False
    focused: bool = False
    scrollable: bool = False
    password: bool = False
    selected: bool = False
    children: "tuple[PlainNode, ...]" = ()


@dataclass(frozen=True)
class PlainPackage:
    label: str
    package: str
    activity: str
    third_party: bool


class PlainPhone:
    def __init__(self, size: tuple[int, int] = (1080, 2400)) -> None:
        self.lock = threading.RLock()
        self.size = size
        self.rotation = 0
        self.awake, self.locked, self.secure, self.animating, self.keyboard_shown = True, False, False, False, False
        self.front = ("org.plain", "org.plain.Main")
        self.packages = {"org.plain": PlainPackage("Plain", "org.plain", "org.plain.Main", True)}
        self.settings: dict[str, dict[str, str]] = {"system": {}, "secure": {}, "global": {}}
        self.files: MutableMapping[str, bytes] = {}
        self.clipboard = ""
        self.ime = "org.plain/.Ime"
        self.imes = ["org.plain/.Ime"]
        self.permissions: dict[str, set[str]] = {}
        self.counted: list[str] = []
        self.table: dict[str, list[dict[str, str]]] = {}

    def frame(self) -> Pixels:
        width, height = self.size
        picture = np.zeros((height, width, 3), np.uint8)
        picture[..., 0] = np.arange(width) % 256
        picture[..., 1] = (np.arange(height) % 256)[:, None]
        picture[..., 2] = 77
        return picture

    def tree(self) -> PlainNode:
        return PlainNode(children=(PlainNode(text='a "quoted" <text>', clickable=True),))

    def touch(self, path: Sequence[tuple[float, int, int]]) -> None:
        self.counted.append(f"touch {path[0][1:]} {path[-1]}")

    def key(self, codes: tuple[int, ...]) -> None:
        self.counted.append(f"key {codes}")
        if codes == (223,):
            self.awake = False
        if codes == (224,):
            self.awake = True

    def commit(self, text: str) -> None:
        self.counted.append(f"commit {text}")

    def start(self, package: str, activity: str = "", uri: str = "") -> bool:
        self.counted.append(f"start {package} {activity} {uri}")
        return package in self.packages or bool(uri)

    def stop(self, package: str) -> None:
        self.counted.append(f"stop {package}")

    def rows(self, uri: str) -> list[dict[str, str]]:
        return self.table.get(uri, [])

    def insert(self, uri: str, row: dict[str, str]) -> None:
        self.table.setdefault(uri, []).append(row)

    def delete(self, uri: str) -> None:
        self.table.pop(uri, None)
