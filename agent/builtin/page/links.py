"""Which words on a picture are links: drawn in another colour than the text around them."""

import numpy as np

from devices import Box
from devices.device import Pixels


def is_link(box: Box, pixels: Pixels) -> bool:
    """Whether the ink in `box` is blue or purple, as links are by custom."""
    part = pixels[max(0, box.top) : box.bottom, max(0, box.left) : box.right].reshape(-1, 3).astype(np.int16)
    if not len(part):
        return False
    ground = np.median(part, axis=0)
    far = np.abs(part - ground).max(axis=1)
    ink = part[far > 0.6 * max(1, int(far.max()))]
    red, green, blue = ink.mean(axis=0)
    return bool(blue - green > 60 and blue - red > 40 and far.max() > 60)
