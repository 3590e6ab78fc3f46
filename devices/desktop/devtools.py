"""Chromium's DevTools protocol over the two pipes that it was started with."""

import json
import os
import select
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from devices.device import DeviceLost
from devices.stop import Stop

_SLICE = 0.05  # seconds: no wait on the browser keeps a wish to stop waiting longer
_LOSSES = {
    "Inspector.targetCrashed": "the page's process crashed",
    "Target.detachedFromTarget": "the page was closed",
}
_MOST_EVENTS = 10_000  # kept until they are read; a page that sends more than that loses its oldest


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the browser, such as `Runtime.consoleAPICalled`."""

    method: str
    params: Mapping[str, Any]


class BrowserRefused(Exception):
    """The browser would not do it; the text says what was asked and what it answered."""


class DevTools:
    """Calls, one at a time, and events kept until they are asked for. Messages are JSON ended by a NUL.

    No port is opened and no thread runs. `writing` and `reading` are descriptors, ours to close.
    """

    def __init__(self, stop: Stop, writing: int, reading: int) -> None:
        self._stop = stop
        self._writing, self._reading = writing, reading
        self._calls = 0
        self._rest = b""
        self._answers: dict[int, dict[str, Any]] = {}
        self._events: deque[Event] = deque(maxlen=_MOST_EVENTS)
        self._why_lost = ""

    @property
    def alive(self) -> bool:
        """Whether the browser still holds its end of the pipes, and its page."""
        try:
            self._read(0)
        except DeviceLost:
            return False
        return True

    def call(self, method: str, session: str = "", *, seconds: float = 20.0, **params: Any) -> dict[str, Any]:
        """The result of `method`, asked of the whole browser or of the page attached as `session`.

        Raises `DeviceLost` when the browser is gone or says nothing for `seconds`, `BrowserRefused`, and `Stopped`.
        """
        self._calls += 1
        mine = self._calls
        message: dict[str, Any] = {"id": mine, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        self._write(json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + seconds
        while mine not in self._answers:
            self._stop.check()
            if time.monotonic() > deadline:
                raise self._lost(f"the browser has not answered {method} for {seconds:g} s")
            self._read(_SLICE)
        answer = self._answers.pop(mine)
        self._answers.clear()  # what is left belongs to calls that a stop cut short
        if "error" in answer:
            raise BrowserRefused(f"{method} {params}: {answer['error'].get('message', answer['error'])}")
        result: dict[str, Any] = answer["result"]
        return result

    def events(self) -> tuple[Event, ...]:
        """The events since the last call, without waiting. Raises `DeviceLost` after the last of a lost browser."""
        try:
            self._read(0)
        except DeviceLost:
            if not self._events:
                raise
        events = tuple(self._events)
        self._events.clear()
        return events

    def close(self) -> None:
        """Close both pipes, upon which the browser ends. May be called twice."""
        self._why_lost = self._why_lost or "the browser was closed"
        for descriptor in (self._writing, self._reading):
            if descriptor >= 0:
                os.close(descriptor)
        self._writing = self._reading = -1

    def _write(self, message: bytes) -> None:
        if self._why_lost:
            raise DeviceLost(self._why_lost)
        view = memoryview(message)
        try:
            while view:
                view = view[os.write(self._writing, view) :]
        except OSError as error:
            raise self._lost(f"the browser ended: {error.strerror}") from error

    def _read(self, seconds: float) -> None:
        """Read what the browser sends within `seconds`, and all that it has sent already."""
        if self._why_lost:
            raise DeviceLost(self._why_lost)
        while select.select([self._reading], [], [], seconds)[0]:
            data = os.read(self._reading, 1 << 16)
            if not data:
                raise self._lost("the browser ended: it crashed or was killed; a new one has to be started")
            *messages, self._rest = (self._rest + data).split(b"\0")
            for message in messages:
                self._keep(json.loads(message))
            if self._why_lost:
                raise DeviceLost(self._why_lost)
            seconds = 0

    def _keep(self, message: dict[str, Any]) -> None:
        if "id" in message:
            self._answers[int(message["id"])] = message
        else:
            event = Event(str(message["method"]), message.get("params", {}))
            self._events.append(event)
            if event.method in _LOSSES:
                self._why_lost = self._why_lost or f"{_LOSSES[event.method]}; a new browser has to be started"

    def _lost(self, why: str) -> DeviceLost:
        self._why_lost = self._why_lost or why
        return DeviceLost(self._why_lost)
