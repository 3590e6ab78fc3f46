"""The call of a program of the phone's shell: its words and streams."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from devices.simphone.fault_switches import Fault
from devices.simphone.shell_host import ShellHost

Sink = Callable[[bytes | memoryview], None]


class Source(Protocol):
    def read(self) -> bytes:
        """The next bytes, as many as came together; b"" at the end."""
        ...


@dataclass(frozen=True, slots=True)
class ProgramCall:
    """One command: its words, the first of them its name, between its three streams."""

    words: tuple[str, ...]
    host: ShellHost
    stdin: Source
    out: Sink
    err: Sink

    @property
    def name(self) -> str:
        return self.words[0]

    @property
    def arguments(self) -> tuple[str, ...]:
        return self.words[1:]

    def say(self, text: str) -> None:
        """Print `text` and a line end."""
        self.out(encoded(text + "\n"))

    def fail(self, text: str, code: int = 1) -> int:
        """Complain with `text` and a line end; returns `code`, to be returned."""
        self.err(encoded(text + "\n"))
        return code

    def occurs(self, what: Fault) -> bool:
        """Whether that fault happens to this command now."""
        return self.host.faults.occurs(what, self.words)


Program = Callable[[ProgramCall], int]
"""What a command's name stands for; returns the exit code. Raises `Unusable`."""


class Unusable(Exception):
    """The program does not accept these words; the text names them."""


class Bytes:
    """A source that has it all already."""

    def __init__(self, data: bytes = b"") -> None:
        self._data = data

    def read(self) -> bytes:
        data, self._data = self._data, b""
        return data


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def read_all(source: Source) -> bytes:
    """All that comes from `source`, once it has ended."""
    return b"".join(iter(source.read, b""))
