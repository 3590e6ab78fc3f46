"""The world: what can be seen and done. Imports nothing of ours."""

from devices.actions import (
    Action,
    Click,
    Drag,
    LongPress,
    MoveTo,
    OpenApp,
    Point,
    Press,
    Scroll,
    TypeText,
    Wait,
)
from devices.device import ActionRefused, Box, Device, DeviceLost, Element, Observation, Probe, Refusal
from devices.stop import OutOfTime, Stop, Stopped

__all__ = [
    "Action",
    "ActionRefused",
    "Box",
    "Click",
    "Device",
    "DeviceLost",
    "Drag",
    "Element",
    "LongPress",
    "MoveTo",
    "Observation",
    "OpenApp",
    "OutOfTime",
    "Point",
    "Press",
    "Probe",
    "Refusal",
    "Scroll",
    "Stop",
    "Stopped",
    "TypeText",
    "Wait",
]
