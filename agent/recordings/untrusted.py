"""Files that strangers made: nothing in them is executed or unpickled, no path leaves its folder, sizes are capped."""

import io
import json
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, TypeVar

import numpy as np
from PIL import Image
from pydantic import ValidationError

from agent.validation import finite, flaws, no_constant, no_duplicate_keys
from devices.device import Pixels

T = TypeVar("T")

LARGEST_FILE = 256 << 20
LARGEST_PICTURE = 64 << 20
LONGEST_LINE = 4 << 20
"""Bytes of one line, or of one whole JSON document: as Python objects that is 200 MiB at worst."""
MOST_PIXELS = 50_000_000
MOST_KEYS = 1000
"""Of one object: no format read here has a tenth of that, and a flaw in each would take seconds to name."""


class Untrusted(Exception):
    """A file that is not believed. The text names it and its flaw."""


def open_plain(folder: Path, name: str, most: int) -> BinaryIO:
    """A plain file in `folder`, open for reading: no link, no device that never ends, not over `most` bytes."""
    path = folder / name
    if PurePosixPath(name).is_absolute() or ".." in Path(name).parts or "\0" in name:
        raise Untrusted(f"{name!r} leads out of {folder}")
    try:
        if path.parent.resolve() != folder.resolve() / Path(name).parent:
            raise Untrusted(f"{path.parent} leads out of {folder}: a link is not followed")
        file = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise Untrusted(f"cannot read {path}: {error.strerror}") from error
    status = os.fstat(file)
    if stat.S_ISREG(status.st_mode) and status.st_size <= most:
        return os.fdopen(file, "rb")
    os.close(file)
    if not stat.S_ISREG(status.st_mode):
        raise Untrusted(f"{path} is not a plain file")
    raise Untrusted(f"{path} has {status.st_size:,} bytes, more than the {most:,} allowed")


def read_bytes(folder: Path, name: str, most: int = LONGEST_LINE) -> bytes:
    """All bytes of a plain file in `folder`. Raises `Untrusted`."""
    with open_plain(folder, name, most) as stream:
        return stream.read()


def lines_of(folder: Path, name: str, most: int = LARGEST_FILE) -> Iterator[bytes]:
    """The lines of a plain file in `folder`, one at a time, each with the newline that ends it. Raises `Untrusted`."""
    with open_plain(folder, name, most) as stream:
        for number in range(1, most):
            line = stream.readline(LONGEST_LINE + 1)
            if len(line) > LONGEST_LINE:
                raise Untrusted(f"{folder / name} line {number} has more than the {LONGEST_LINE:,} bytes allowed")
            if not line:
                return
            yield line


def whole_lines(folder: Path, name: str) -> Iterator[bytes]:
    """The lines of a plain file without their newlines; a last line without one was torn by a kill, and is left out."""
    for line in lines_of(folder, name):
        if line.endswith(b"\n"):
            yield line[:-1]


def read_json(data: bytes, where: str) -> Any:
    """The JSON value that `data` is.

    Raises `Untrusted` naming `where`: too long, broken, nested too deep, a key twice in one object, a number that is
    not finite.
    """
    if len(data) > LONGEST_LINE:
        raise Untrusted(f"{where}: {len(data):,} bytes, more than the {LONGEST_LINE:,} allowed")
    try:
        return json.loads(data, object_pairs_hook=_few_keys, parse_constant=no_constant, parse_float=finite)
    except (ValueError, RecursionError) as error:
        raise Untrusted(f"{where}: no JSON: {error}") from error


def validated(validate: Callable[[Any], T], value: Any, where: str) -> T:
    """`value` as pydantic's `validate` returns it. Raises `Untrusted` naming `where` and the first flaws."""
    try:
        return validate(value)
    except ValidationError as error:
        raise Untrusted(f"{where}: {flaws(error)}") from error


def picture_size(folder: Path, name: str) -> tuple[int, int]:
    """(width, height) of a picture in `folder`, from its first bytes. Raises `Untrusted`."""
    with open_plain(folder, name, LARGEST_PICTURE) as stream, _picture(stream, folder / name) as picture:
        return picture.size


def picture_pixels(folder: Path, name: str, formats: tuple[str, ...] = ("PNG", "JPEG")) -> Pixels:
    """The picture in `folder`, as it is. Raises `Untrusted` for anything but a whole picture of bearable size."""
    path = folder / name
    with open_plain(folder, name, LARGEST_PICTURE) as stream, _picture(stream, path, formats) as picture:
        try:
            return np.asarray(picture if picture.mode == "RGB" else picture.convert("RGB"))
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise Untrusted(f"{path} is no readable picture: {error}") from error


def _picture(stream: BinaryIO, path: Path, formats: tuple[str, ...] = ("PNG", "JPEG")) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(stream.read()), formats=formats)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Untrusted(f"{path} is no readable {' or '.join(formats)}: {error}") from error
    if picture.width * picture.height > MOST_PIXELS:
        raise Untrusted(f"{path} has over {MOST_PIXELS:,} pixels")
    return picture


def _few_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_KEYS:
        raise ValueError(f"an object has {len(pairs):,} keys, more than the {MOST_KEYS:,} allowed")
    return no_duplicate_keys(pairs)
