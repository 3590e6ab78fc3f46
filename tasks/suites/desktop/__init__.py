"""Everyday tasks on a Linux desktop with Mousepad, Galculator, XTerm and PCManFM, for a screen of 1280 x 800 pixels."""

from tasks.suites.desktop.tasks import TASKS

PACKAGES = {"mousepad": "mousepad", "galculator": "galculator", "xterm": "xterm", "pcmanfm": "pcmanfm"}
"""The applications that the tasks need: program and Debian package."""

__all__ = ["PACKAGES", "TASKS"]
