"""A trial of one thing that working a screen needs, and its finding: whether it works, and how to mend it."""

from collections.abc import Callable
from dataclasses import dataclass

from devices import Stopped


@dataclass(frozen=True, slots=True)
class Finding:
    """What was tried, whether it works (None: not needed or not to be had here), what was found, how to mend it."""

    name: str
    works: bool | None
    found: str
    fix: str = ""


class Fault(Exception):
    """A trial went wrong; the text says what was found."""


def run_trial(name: str, trial: Callable[[], str], fix: str) -> Finding:
    """The finding of `trial`, which returns what it found. Raises `Stopped` and nothing else."""
    try:
        return Finding(name, True, trial())
    except Stopped:
        raise
    except Exception as error:  # noqa: BLE001 - a doctor reports whatever goes wrong
        return Finding(name, False, str(error) or type(error).__name__, fix)
