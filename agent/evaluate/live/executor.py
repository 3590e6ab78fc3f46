"""Units given to slots: each slot plays one at a time, and a fault is tried again before it counts."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from queue import SimpleQueue
from typing import Protocol

from agent.episode import Ending
from agent.evaluate.live.folder import Results
from agent.evaluate.live.results import Result
from agent.evaluate.live.trials import Unit
from devices import Stop

MOST_IN_A_ROW = 10
"""Faults one after another, with nothing scored between them, after which going on is a waste."""


class CannotGoOn(Exception):
    """No unit can be played until a person has mended something. `ending` names what, None for a wrong word."""

    def __init__(self, reason: str, ending: Ending | None) -> None:
        super().__init__(reason)
        self.ending = ending


class Slot(Protocol):
    """One place to play: a private display, a phone, or just a process."""

    def play(self, unit: Unit) -> Result:
        """Play `unit` and have its recording in the results folder.

        What went wrong is the result's fault. Raises `Stopped`, `RecordingFailed` and `CannotGoOn`.
        """
        ...

    def close(self) -> None:
        """Let go of everything. May be called twice."""
        ...


def play_all(units: Sequence[Unit], slots: Sequence[Slot], kept: Results, retries: int, stop: Stop) -> Iterator[Result]:
    """The result of each unit, on disk before it is given out, in the order in which they are done.

    A fault is tried again `retries` times. Raises what slots raise, and `CannotGoOn` when fault follows upon fault;
    then `stop` ends what is still being played.
    """
    in_a_row: list[Result] = []
    for result in _side_by_side(units, slots, lambda slot, unit: _tried(slot, unit, kept, retries), stop):
        kept.keep(result)
        yield result
        in_a_row = [*in_a_row, result] if result.fault else []
        if len(in_a_row) >= MOST_IN_A_ROW:
            told = f"{len(in_a_row)} units in a row were faults, so the others were left; the last one: {result.fault}"
            raise CannotGoOn(told, result.ending or Ending.DEVICE_LOST)


def close_all(slots: Sequence[Slot]) -> None:
    """Close `slots` side by side: a world takes seconds to end."""
    if slots:
        with ThreadPoolExecutor(len(slots)) as pool:
            list(pool.map(lambda slot: slot.close(), slots))


def _tried(slot: Slot, unit: Unit, kept: Results, retries: int) -> Result:
    faults: list[str] = []
    while (result := slot.play(unit)).fault and len(faults) < retries:
        faults.append(result.fault)
        kept.set_aside(unit, len(faults))
    return result.model_copy(update={"faults": tuple(faults)})


def _side_by_side(
    units: Sequence[Unit], slots: Sequence[Slot], play: Callable[[Slot, Unit], Result], stop: Stop
) -> Iterator[Result]:
    if len(slots) <= 1:
        yield from (play(slots[0], unit) for unit in units)
        return
    free: SimpleQueue[Slot] = SimpleQueue()
    for slot in slots:
        free.put(slot)

    def played(unit: Unit) -> Result:
        slot = free.get()
        try:
            return play(slot, unit)
        finally:
            free.put(slot)

    with ThreadPoolExecutor(len(slots), thread_name_prefix="screenhand-slot") as pool:
        waiting = [pool.submit(played, unit) for unit in units]
        try:
            for done in as_completed(waiting):
                yield done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            stop.ask("the run is over")
            raise
