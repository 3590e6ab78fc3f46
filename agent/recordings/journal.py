"""The protocol for writing an episode down while it happens."""

from typing import Protocol

from agent.episode import Decision, Episode, Step
from devices import Observation


class RecordingFailed(Exception):
    """The record cannot be kept (disk full, folder gone): the run stops rather than act without one."""


class Journal(Protocol):
    """Every method returns when what it was given is on disk, or raises `RecordingFailed`."""

    def intend(self, index: int, seen: Observation, decision: Decision) -> None:
        """What is about to be done, before it is done."""
        ...

    def record(self, step: Step) -> None:
        """What came of it."""
        ...

    def close(self, episode: Episode) -> None:
        """How it all ended."""
        ...


class Nowhere:
    """Keeps nothing."""

    def intend(self, index: int, seen: Observation, decision: Decision) -> None:
        pass

    def record(self, step: Step) -> None:
        pass

    def close(self, episode: Episode) -> None:
        pass
