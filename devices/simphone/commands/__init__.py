"""The programs of the phone's shell: what each prints is in the words of a real Android 14."""

from collections.abc import Mapping

from devices.simphone.commands import activities, basics, capture, content, filters, inputs, packages, paths, settings
from devices.simphone.commands.cmd import cmd
from devices.simphone.commands.dumpsys import dumpsys
from devices.simphone.commands.finger import finger
from devices.simphone.commands.getevent import getevent
from devices.simphone.commands.netcat import nc
from devices.simphone.commands.properties import getprop
from devices.simphone.commands.tilt import tilt
from devices.simphone.commands.widgets import uiautomator
from devices.simphone.commands.windows import wm
from devices.simphone.shell.program import Program

PROGRAMS: Mapping[str, Program] = {
    **basics.PROGRAMS,
    **filters.PROGRAMS,
    **paths.PROGRAMS,
    "am": activities.am,
    "cmd": cmd,
    "content": content.content,
    "dumpsys": dumpsys,
    "finger": finger,
    "getevent": getevent,
    "getprop": getprop,
    "ime": settings.ime,
    "input": inputs.input_,
    "monkey": activities.monkey,
    "nc": nc,
    "pm": packages.pm,
    "screencap": capture.screencap,
    "settings": settings.settings,
    "svc": settings.svc,
    "tilt": tilt,
    "uiautomator": uiautomator,
    "wm": wm,
}
"""Every program by its name."""
