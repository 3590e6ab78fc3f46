"""What uiautomator sees of one widget."""

from collections.abc import Iterator
from dataclasses import dataclass

from devices.device import Box


@dataclass(frozen=True, slots=True)
class Node:
    """One widget as uiautomator dumps it; `box` is the part of it that is visible, in pixels of the frame."""

    cls: str
    box: Box
    package: str
    text: str = ""
    resource_id: str = ""
    description: str = ""
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
    children: tuple["Node", ...] = ()

    def walk(self) -> Iterator["Node"]:
        """This node and all below it, in the order of a dump."""
        yield self
        for child in self.children:
            yield from child.walk()
