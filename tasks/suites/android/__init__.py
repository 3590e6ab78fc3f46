"""Everyday tasks on an Android phone, judged by the phone's own state; the oracles' points are of 1080 x 2400 pixels.

They need the contacts, notes, messages and alarms that the simulated phone has when it is new.
"""

from tasks.suites.android.tasks import TASKS

__all__ = ["TASKS"]
