"""The programs of the phone's shell; what each prints is worded as Android 14 words it."""

from collections.abc import Mapping

from devices.simphone.commands import coreutils, settings
from devices.simphone.commands.am import am
from devices.simphone.commands.content import content
from devices.simphone.commands.dumpsys import dumpsys
from devices.simphone.commands.getevent import getevent
from devices.simphone.commands.grep import grep
from devices.simphone.commands.input import input_
from devices.simphone.commands.pm import cmd, pm
from devices.simphone.commands.screencap import screencap
from devices.simphone.commands.uiautomator import uiautomator
from devices.simphone.commands.wm import wm
from devices.simphone.shell.program import Program

PROGRAMS: Mapping[str, Program] = {
    **coreutils.PROGRAMS,
    "am": am,
    "cmd": cmd,
    "content": content,
    "dumpsys": dumpsys,
    "getevent": getevent,
    "getprop": settings.getprop,
    "grep": grep,
    "ime": settings.ime,
    "input": input_,
    "pm": pm,
    "screencap": screencap,
    "settings": settings.settings,
    "uiautomator": uiautomator,
    "wm": wm,
}
"""Every program by its name."""
