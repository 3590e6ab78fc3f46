"""Trials of the keyboard: a key and Unicode text, into a window of the doctor's own."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Protocol

from agent.doctor import typing_window
from agent.doctor.trial import Fault, Finding, run_trial
from devices import Click, Press, Stop, TypeText
from devices.desktop.desktop import Desktop

TEXT = "naïve 12 € 中文"
PATIENCE = 5.0  # seconds until a window must have come up, or a key must have arrived


class Process(Protocol):
    """A running program: `poll` returns None until it has ended."""

    def poll(self) -> int | None: ...
    def kill(self) -> None: ...


Start = Callable[[str, int, int], AbstractContextManager[Process]]
"""Starts a Python script where the desktop's programs run, with file descriptors for its stdin and stdout."""


def keyboard_findings(desktop: Desktop, start: Start, stop: Stop, fix: str) -> Iterator[Finding]:
    """Whether a key and text arrive as they were sent; the window is closed again."""
    try:
        with _own_window(desktop, start, stop) as wait_for:
            yield run_trial("key", lambda: _press_key(desktop, wait_for), fix)
            yield run_trial("text", lambda: _type_text(desktop, wait_for), fix)
    except Fault as fault:
        yield Finding("key", False, str(fault), fix)
        yield Finding("text", None, "not tried: there is no window to type into")


@contextmanager
def _own_window(desktop: Desktop, start: Start, stop: Stop) -> Iterator[Callable[[str, str], str]]:
    """A window with the focus; yields a function that waits until the window reports a field with a value.

    Raises `Fault` when it does not come up or does not get the focus: nothing is typed into anyone else's.
    """
    stdin, input_end = os.pipe()
    output_end, stdout = os.pipe()
    with os.fdopen(input_end, "wb"), os.fdopen(output_end, "rb") as output, ExitStack() as stack:
        try:
            process = stack.enter_context(start(typing_window.__file__, stdin, stdout))
        except OSError as error:
            raise Fault(f"a window of our own cannot be opened: {error}") from error
        finally:
            os.close(stdin)
            os.close(stdout)
        try:
            _focus(desktop, stop, process)

            def wait_for(field: str, wanted: str) -> str:
                last, deadline = "", time.monotonic() + PATIENCE
                while last != wanted and (left := deadline - time.monotonic()) > 0:
                    try:
                        last = json.loads(stop.call(output.readline, left))[field]
                    except (TimeoutError, ValueError):
                        break
                return last

            yield wait_for
        finally:
            process.kill()


def _focus(desktop: Desktop, stop: Stop, process: Process) -> None:
    """Wait for the window of `process` and click into it. Raises `Fault` when it does not come to the front."""
    for _ in range(int(PATIENCE / 0.05)):
        seen = desktop.observe()
        element = next((part for part in seen.elements if part.text == typing_window.TITLE), None)
        if (
            element
            and seen.front == typing_window.TITLE
            and seen.pixels[element.box.center.y, element.box.center.x].all()
        ):
            desktop.perform(Click(element.box.center))
            return
        if process.poll() is not None:
            raise Fault("a window of our own cannot be opened: is Python's tkinter installed (python3-tk)?")
        stop.wait(0.05)
    raise Fault(f"no window of our own was seen in front within {PATIENCE:g} s; in front: {seen.front!r}")


def _press_key(desktop: Desktop, wait_for: Callable[[str, str], str]) -> str:
    desktop.perform(Press(("f9",)))
    if (found := wait_for("key", "F9")) != "F9":
        raise Fault(f"pressed F9 and {found or 'nothing'} arrived")
    return "F9 arrived"


def _type_text(desktop: Desktop, wait_for: Callable[[str, str], str]) -> str:
    desktop.perform(TypeText(TEXT))
    if (found := wait_for("text", TEXT)) != TEXT:
        raise Fault(f"typed {TEXT!r} and {found!r} arrived")
    return f"{TEXT!r} arrived as typed"
