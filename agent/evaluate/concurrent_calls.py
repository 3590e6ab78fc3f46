"""Calls made several at a time, their results in the order of the calls."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from devices import Stop

T = TypeVar("T")
Call = Callable[[], Iterable[T]]

AHEAD = 4
"""How many calls a thread are taken from the source before they are due: a slow one must not hold up the rest."""


def in_order(calls: Iterable[Call[T]], parallel: int, stop: Stop, *, to_the_end: bool = False) -> Iterator[T]:
    """What each of `calls` returns, one after another; up to `parallel` of them run at a time, each on a thread.

    With one at a time nothing runs ahead and no thread is made. When a call raises, `stop` is asked, so that calls
    still running end; then come the results of all that are done, later ones too, and the fault is raised. With
    `to_the_end` each call that is left is made before that, for results that can be had although `stop` was asked.
    """
    source, waiting = iter(calls), deque[tuple[Call[T], Future[list[T]]]]()
    try:
        yield from _one_by_one(source) if parallel == 1 else _at_a_time(source, waiting, parallel, stop)
    except Exception as fault:
        stop.ask(f"another call failed: {fault}")
        for call, future in waiting:
            if not future.cancelled() and future.exception() is None:
                yield from future.result()
            elif to_the_end:
                yield from _or_nothing(call)
        for call in source if to_the_end else ():
            yield from _or_nothing(call)
        raise


def _one_by_one(source: Iterator[Call[T]]) -> Iterator[T]:
    for call in source:
        yield from call()


def _at_a_time(
    source: Iterator[Call[T]], waiting: deque[tuple[Call[T], Future[list[T]]]], parallel: int, stop: Stop
) -> Iterator[T]:
    """The results in order; `waiting` is left with the calls whose results were not handed on, all of them over."""
    with ThreadPoolExecutor(parallel, "screenhand-parallel") as pool:
        try:
            while True:
                more = islice(source, AHEAD * parallel - len(waiting))
                waiting.extend((call, pool.submit(_all_of, call)) for call in more)
                if not waiting:
                    return
                _, due = waiting.popleft()
                yield from due.result()
        finally:  # also when nobody wants more, or on a second Ctrl-C
            if waiting:
                stop.ask("no more results are wanted")
                pool.shutdown(wait=False, cancel_futures=True)


def _all_of(call: Call[T]) -> list[T]:
    return list(call())


def _or_nothing(call: Call[T]) -> list[T]:
    try:
        return _all_of(call)
    except Exception:  # noqa: BLE001 - the fault that ended it all is raised, not what followed from it
        return []
