"""`screencap`: the screen as raw pixels or as PNG."""

import io
import struct

import numpy as np
from numpy.typing import NDArray

from devices.simphone.shell.program import ProgramCall

DISPLAY_ID = 4619827259835644672
"""The physical display, as `dumpsys SurfaceFlinger --display-id` names it."""

_RGBA_8888, _SRGB = 1, 1
_WARNING = (
    "[Warning] Multiple displays were found, but no display id was specified! Defaulting to the first display found, "
    "however this default is not guaranteed to be consistent across captures. A display id should be specified.\n"
    'See "dumpsys SurfaceFlinger --display-id" for valid display IDs.\n'
)


def screencap(call: ProgramCall) -> int:
    """`screencap [-p] [-d ID] [FILE]`; raw is width, height, format and colour space, then rows of RGBA."""
    as_png, path, named = False, "", False
    arguments = iter(call.arguments)
    for argument in arguments:
        match argument:
            case "-p":
                as_png = True
            case "-d":
                named = True
                if (wanted := next(arguments, "")) != str(DISPLAY_ID):
                    return call.fail(f"Display Id '{wanted}' is not valid.")
            case _ if argument.startswith("-"):
                return call.fail("usage: screencap [-ahp] [-d display-id] [FILENAME]", 0 if argument == "-h" else 1)
            case _:
                path = argument
    if not named and call.occurs("two displays"):
        call.err(_WARNING.encode())
    pixels = call.host.lens.rgba(black=call.occurs("black"))
    height, width = pixels.shape[:2]
    parts: list[bytes | memoryview]
    if as_png or path.endswith(".png"):
        parts = [_png(pixels)]
    else:
        parts = [struct.pack("<IIII", width, height, _RGBA_8888, _SRGB), pixels.reshape(-1).data]
    if path:
        try:
            call.host.files.write(path, b"".join(parts))
        except OSError:
            return call.fail(f"Error opening file: {path} (Permission denied)")
        return 0
    for part in parts:
        call.out(part)
    return 0


def _png(pixels: NDArray[np.uint8]) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", compress_level=1)
    return file.getvalue()
