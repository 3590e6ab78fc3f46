"""The output of `screencap` decoded as pixels; a damaged frame is an error, never repaired or made up."""

import io
import struct
import zlib

import numpy as np
from PIL import Image

from devices.device import Pixels

PNG = b"\x89PNG\r\n\x1a\n"
LONGEST_SIDE = 16384
MOST_PIXELS = 64_000_000
MOST_WORDS = 2048
"""Bytes of warnings that may stand before a picture, such as the one about several displays."""
_RGBA, _RGBX, _BGRA = 1, 2, 5  # android.graphics.PixelFormat, and HAL_PIXEL_FORMAT_BGRA_8888


class BadFrame(Exception):
    """The data is no complete picture; the text says what is wrong with it."""


HEADERS = (16, 12)
"""Bytes before the pixels of a raw frame, since Android 8 and before: width, height, format, perhaps colour space."""


def raw_pixels(data: bytes | bytearray, headers: tuple[int, ...] = HEADERS) -> Pixels:
    """The pixels of a raw frame, four bytes each after a header, whose length follows from the whole length.

    A raw frame carries no checksum: its header and its length are all that can be checked. Who knows how long this
    phone's header is says so in `headers`, else a frame that lost four bytes looks like an older phone's. 4 ms at
    1080x2400. Raises `BadFrame`.
    """
    rest = memoryview(data)
    while (header := _raw_header(rest, headers)) is None:
        rest = _after_a_line(rest, data)
    width, height, form, length = header
    four = np.frombuffer(rest, np.uint8, offset=length).reshape(height, width, 4)
    pixels = np.empty((height, width, 3), np.uint8)
    for to, channel in enumerate((2, 1, 0) if form == _BGRA else (0, 1, 2)):
        pixels[..., to] = four[..., channel]  # one channel after another is five times as fast as all at once
    return pixels


def png_pixels(data: bytes | bytearray) -> Pixels:
    """The pixels of a PNG of which every chunk is there and has its checksum. Raises `BadFrame`."""
    start = data.find(PNG, 0, MOST_WORDS + len(PNG))
    if start < 0:
        raise BadFrame(f"{len(data)} bytes are no PNG: {_excerpt(data)}")
    data = data[start:]
    width, height = _checked_size(data)
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and width * height <= MOST_PIXELS):
        raise BadFrame(f"a PNG of {width}x{height} pixels is no phone's screen")
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as picture:
            return np.array(picture.convert("RGB"))
    except (OSError, ValueError, SyntaxError, EOFError, zlib.error, Image.DecompressionBombError) as error:
        raise BadFrame(f"a PNG of {len(data)} bytes cannot be read: {error}") from error


def _raw_header(data: memoryview, headers: tuple[int, ...]) -> tuple[int, int, int, int] | None:
    """Width, height, format and the header's own length; None for what is no raw frame, or not a whole one."""
    if len(data) < 16:
        return None
    width, height, form = struct.unpack_from("<III", data)
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and form in (_RGBA, _RGBX, _BGRA)):
        return None
    length = len(data) - width * height * 4
    return (width, height, form, length) if length in headers else None


def _after_a_line(rest: memoryview, whole: bytes | bytearray) -> memoryview:
    """What follows one line of readable text. Raises `BadFrame` where there is none, or too much of it."""
    head = bytes(rest[:MOST_WORDS])
    line, newline, _ = head.partition(b"\n")
    cut = len(whole) - len(rest) + len(line) + 1
    if not newline or cut > MOST_WORDS or not all(32 <= byte < 127 or byte in b"\t\r" for byte in line):
        raise BadFrame(f"{len(whole)} bytes are no whole raw frame: {_excerpt(whole)}")
    return rest[len(line) + 1 :]


def _checked_size(data: bytes | bytearray) -> tuple[int, int]:
    """Width and height of a PNG, each chunk of which is whole (PNG specification, section 5). Raises `BadFrame`."""
    size, at = (0, 0), len(PNG)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            break
        if zlib.crc32(memoryview(data)[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
            raise BadFrame(f"the PNG's part {bytes(kind)!r} is damaged")
        if kind == b"IHDR" and length == 13:
            size = struct.unpack_from(">II", data, at + 8)
        if kind == b"IEND":
            return size
        at = end
    raise BadFrame(f"the PNG breaks off after {len(data)} bytes")


def _excerpt(data: bytes | bytearray) -> str:
    """How `data` begins, for people."""
    words = data[:120].decode("ascii", "replace").split("\n")[0].strip()
    return f"they begin with {words!r}" if words.isprintable() and words else f"they begin with {bytes(data[:16])!r}"
