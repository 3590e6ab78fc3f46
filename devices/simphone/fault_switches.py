"""Faults injected into the phone by switch: which one, how often, at which commands."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

Fault = Literal[
    "dropped before",  # the link is cut before the command has done anything
    "dropped after",  # the command is done, the link is cut before its answer
    "dropped halfway",  # the link is cut when half of the output is out
    "silent before",  # the command is never done and never answered
    "silent after",  # the command is done and never answered
    "refused",  # the phone refuses to open the service
    "truncated",  # the output ends in the middle without an error
    "two displays",  # screencap warns of several displays, in the same stream as the picture
    "asleep",  # the screen goes off before the command
    "locked",  # the phone goes to its lock screen before the command
    "secure",  # an application with a secure window comes to the front before the command
    "black",  # the capture shows nothing, and there is no reason for it
    "not idle",  # uiautomator finds no still moment
    "no permission",  # input may not inject events
    "no characters",  # input text finds no key for a character
    "slow",  # the command takes `seconds` longer
    "unauthorized",  # the phone does not trust this computer; per connection
    "offline",  # the phone takes the connection and never speaks; per connection
    "swapped",  # before the command, the link is cut and another phone answers at this address
]

ALWAYS = inf


@dataclass(slots=True)
class _Switch:
    command: tuple[str, ...]
    left: float
    seconds: float


class FaultSwitches:
    """Switches, all off at first. `occurrences` lists what occurred, in order, as (what, command)."""

    def __init__(self) -> None:
        self.occurrences: list[tuple[Fault, str]] = []
        self._switches: dict[Fault, list[_Switch]] = {}
        self._lock = threading.Lock()

    def add(self, what: Fault, times: float = 1, command: str = "", *, seconds: float = 0.0) -> None:
        """Let `what` strike `times` times (`ALWAYS`: until cleared), only at commands that begin with `command`.

        `command` is whole words: "input" is every input, "input tap" only taps. `seconds` is for "slow".
        """
        if times <= 0:
            raise ValueError(f"a fault occurs at least once; found {times} times")
        with self._lock:
            self._switches.setdefault(what, []).append(_Switch(tuple(command.split()), times, seconds))

    def clear(self) -> None:
        """Switch all off; what has occurred stays counted."""
        with self._lock:
            self._switches.clear()

    def occurs(self, what: Fault, words: Sequence[str] = ()) -> bool:
        """Whether `what` happens now, at the command `words`; each true answer uses up one time."""
        return self.delay(what, words) is not None

    def delay(self, what: Fault, words: Sequence[str] = ()) -> float | None:
        """Like `occurs`: the `seconds` of the fault that occurs, None when none does."""
        with self._lock:
            for switch in self._switches.get(what, ()):
                if switch.left > 0 and tuple(words[: len(switch.command)]) == switch.command:
                    switch.left -= 1
                    self.occurrences.append((what, " ".join(words)))
                    return switch.seconds
        return None
