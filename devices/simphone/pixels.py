"""What a capture of the phone shows: nothing of a secure window, nothing while the screen is off."""

import numpy as np
from numpy.typing import NDArray

from devices.simphone.machine import Machine


def rgba(machine: Machine, *, black: bool = False) -> NDArray[np.uint8]:
    """The screen as (height, width, 4) bytes, all opaque; black where it may not be seen, or `black` says so."""
    phone = machine.phone
    with phone.lock:
        frame = phone.frame()
        hidden = black or phone.secure or not phone.awake
    pixels = np.empty((*frame.shape[:2], 4), np.uint8)
    pixels[..., :3] = 0 if hidden else frame
    pixels[..., 3] = 255
    return pixels
