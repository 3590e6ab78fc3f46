"""Hooks that obey a stop between the layers of the network, and the shutdown that waits for a computing thread."""

import threading
from collections.abc import Callable
from typing import Any

from devices import Stop, Stopped

SHUTDOWN = 60.0  # seconds; one layer of a large model on a CPU may take some of them


def stop_check(stop: Stop, closed: threading.Event) -> Callable[[], None]:
    """A function that raises `Stopped` once somebody asked to stop, or the model was closed."""

    def check() -> None:
        if closed.is_set():
            raise Stopped("the model was closed")
        stop.check()

    return check


def add_stop_hooks(network: Any, check: Callable[[], None]) -> Callable[[], None]:
    """Have `check` called before every layer of the language model and every part of a layer of the vision tower.

    Returns a function that ends this.
    """

    def before(module: Any, given: Any) -> None:
        check()

    parts = [part for block in network.model.visual.blocks for part in block.children()]
    hooks = [part.register_forward_pre_hook(before) for part in [*network.model.language_model.layers, *parts]]

    def end() -> None:
        for hook in hooks:
            hook.remove()

    return end


def shut_down(busy: threading.Lock, closed: threading.Event, end: Callable[[], None]) -> None:
    """Stop the computing thread, wait for it, then `end` the checks.

    An interpreter that ends kills its daemon threads where they next touch Python; inside torch that ends the process
    with "terminate called without an active exception" instead of its exit code.
    """
    closed.set()
    if busy.acquire(timeout=SHUTDOWN):
        end()
        busy.release()
