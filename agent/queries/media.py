"""Media that a question can be about: still pictures and videos; and the errors of reading and asking about them."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from devices.device import Pixels


class BadMedia(Exception):
    """A file or screen that cannot be used. The text names it and says what was wanted, what was found, what to do."""


class NotAnswered(Exception):
    """The model's reply cannot be used: cut off, or not what was asked for. Nothing is made up in its place."""


@dataclass(frozen=True, eq=False)
class Still:
    """One picture: `pixels` of shape (height, width, 3), uint8, RGB, upright; `label` tells people and models which.

    `at` is the seconds since the first screen, for a screen of a recording; None for anything else.
    """

    label: str
    pixels: Pixels
    at: float | None = None

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return int(self.pixels.shape[1]), int(self.pixels.shape[0])


@dataclass(frozen=True)
class Video:
    """A video on disk, not yet decoded: its `seconds`, its upright `size`, and the demuxer to open it with.

    `start` is the time stamp of its first frame, in seconds; every other time is counted from there.
    """

    label: str
    path: Path
    container: str
    seconds: float
    size: tuple[int, int]
    start: float = 0.0


Media = Still | Video


@contextmanager
def plain_file(path: Path, most: int | None = None) -> Iterator[BinaryIO]:
    """`path` open for reading: a plain file, not empty, of at most `most` bytes. Raises `BadMedia`.

    A pipe, a terminal or a device that never ends is refused before it is waited for.
    """
    try:
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise BadMedia(f"cannot read {path}: {error.strerror}") from error
    with os.fdopen(number, "rb") as file:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode):
            raise BadMedia(f"{path} is not a plain file; give a picture, a PDF, a video or a recording's folder")
        if status.st_size == 0:
            raise BadMedia(f"{path} is empty: 0 bytes")
        if most is not None and status.st_size > most:
            raise BadMedia(f"{path} has {status.st_size:,} bytes, more than the {most:,} allowed")
        yield file
