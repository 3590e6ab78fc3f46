"""Calls made several at a time, their results in the order of the calls."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from devices import Stop

T = TypeVar("T")

AHEAD = 4
"""How many calls a thread are taken from the source before they are due: a slow one must not hold up the rest."""


def in_order(calls: Iterable[Callable[[], Iterable[T]]], parallel: int, stop: Stop) -> Iterator[T]:
    """What each of `calls` returns, one after another; up to `parallel` of them run at a time, each on a thread.

    With one at a time nothing runs ahead and no thread is made. When a call raises, `stop` is asked, so that calls
    still running end; then come the results of all that are done, later ones too, and the fault is raised.
    """
    if parallel == 1:
        for call in calls:
            yield from call()
        return
    source, waiting = iter(calls), deque[Future[list[T]]]()
    fault: BaseException | None = None
    with ThreadPoolExecutor(parallel, "screenhand-parallel") as pool:
        try:
            while True:
                more = islice(source, AHEAD * parallel - len(waiting))
                waiting.extend(pool.submit(_all_of, call) for call in more)
                if not waiting:
                    return
                results = waiting.popleft().result()
                yield from results
        except Exception as error:  # noqa: BLE001 - raised again below, once what is done is handed on
            fault = error
        finally:  # also when nobody wants more, or on a second Ctrl-C: then nothing is yielded
            if waiting:
                stop.ask("another call failed")
                pool.shutdown(wait=False, cancel_futures=True)
    for future in waiting:
        if not future.cancelled() and future.exception() is None:
            yield from future.result()
    if fault:
        raise fault


def _all_of(call: Callable[[], Iterable[T]]) -> list[T]:
    return list(call())
