"""The service `framebuffer:`: a header, then the pixels, after AOSP's adb/daemon/framebuffer_service.cpp."""

import struct

from devices.simphone.shell_host import Machine
from devices.simphone.wire.link import Stream

_HEADER = struct.Struct("<13I")


def serve(machine: Machine, stream: Stream) -> None:
    """Version 1: bits per pixel, bytes, size, then where red, blue, green and alpha lie, in bits."""
    pixels = machine.lens.rgba()
    height, width = pixels.shape[:2]
    stream.write(_HEADER.pack(1, 32, width * height * 4, width, height, 0, 8, 16, 8, 8, 8, 24, 8))
    stream.write(pixels.reshape(-1).data)
