"""The programs of the phone's shell: what each prints is in the words of a real Android 14."""

from collections.abc import Mapping

from devices.simphone.commands import basics, capture, inputs, properties
from devices.simphone.shell.program import Program

PROGRAMS: Mapping[str, Program] = {
    **basics.PROGRAMS,
    "getprop": properties.getprop,
    "input": inputs.input_,
    "screencap": capture.screencap,
}
"""Every program by its name."""
