"""Looks at the tree in a thread of their own, beside the capture of pixels, and which pixels each belongs to."""

from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import numpy as np

from devices.desktop.accessibility.elements import Part
from devices.desktop.accessibility.reading import Look
from devices.desktop.accessibility.tree import LATEST_LOOK_SECONDS, AccessibilityTree
from devices.device import Element, Pixels

_WAIT_SECONDS = 2 * LATEST_LOOK_SECONDS  # for a look, and for one before it that nobody wants any more
_CHECK_WAIT_SECONDS = 0.02  # for the thread, and for the application's few milliseconds
_CARET = (4, 48)  # pixels: the largest there is in letters of 36
_FAULTS = (Exception, CancelledError)
"""Whatever is wrong with a tree, a bus or an application: no run fails of it."""


class Looks:
    """Reads `tree` in a thread; its own methods are for one thread.

    What is read belongs to the pixels it was begun from as long as they stay: to a frame after its end that equals the
    frame before its start, but for a caret. An action ends that.
    """

    def __init__(self, tree: AccessibilityTree) -> None:
        self._tree = tree
        self._thread = ThreadPoolExecutor(1, "accessibility")
        self._thread.submit(tree.open)
        self._unwanted = Event()
        self._look: Future[Look] | None = None
        self._pixels: Pixels | None = None
        self._acted = False
        self._last: tuple[Pixels, Look] | None = None

    def begin(self, pixels: Pixels) -> bool:
        """Have the tree read for `pixels`, unless that was begun; whether it is done already."""
        if self._look is not None and self.belongs_to(pixels):
            if not self._look.done():
                return False
            if not self.result().late:
                return True
        self._drop()
        self._unwanted = Event()
        known = self._last[1] if self._last is not None and alike(self._last[0], pixels) else None
        self._pixels, self._acted = pixels, False
        self._look = self._thread.submit(self._read, known, self._unwanted)
        return False

    def result(self) -> Look:
        """The look that was begun last, waiting for its end; one without parts where it cannot be had."""
        look = Look(cut=True, late=True)
        if self._look is not None and self._pixels is not None:
            try:
                look = self._look.result(_WAIT_SECONDS)
                self._last = self._pixels, look
            except _FAULTS:
                self._last = None
        return look

    def belongs_to(self, pixels: Pixels) -> bool:
        """Whether the look that was begun last is of these pixels, and no action came in between."""
        return not self._acted and alike(self._pixels, pixels)

    def forget(self) -> None:
        """An action was carried out: what was read before it belongs to no pixels after it."""
        self._acted = True
        self._drop()

    def has_left(self, part: Part, x: int, y: int) -> bool:
        """Whether the node of `part`, asked now, is gone or lies elsewhere than at (`x`, `y`), in pointer units.

        False when there is no answer in a few milliseconds: then the pixels decide.
        """
        self._drop()
        try:
            now = self._thread.submit(self._tree.place_now, part).result(_CHECK_WAIT_SECONDS)
        except _FAULTS:
            return False
        if now is None:
            return True
        box = part.place.box(now)
        return now != part.extents and not (box.left <= x < box.right and box.top <= y < box.bottom)

    def close(self) -> None:
        """End the thread, and let go of the bus. May be called twice."""
        self._drop()
        self._thread.shutdown(wait=True)
        self._tree.close()

    def _drop(self) -> None:
        self._unwanted.set()
        if self._look is not None:
            self._look.cancel()

    def _read(self, known: Look | None, unwanted: Event) -> Look:
        """Known nodes are asked again only where two looks agreed: Chromium paints before it tells what it painted."""
        again = self._tree.again(known, unwanted) if known is not None and known.settled else None
        if again is not None:
            return again
        look = self._tree.look(unwanted)
        agreed = known is not None and _elements(known) == _elements(look)
        return replace(look, settled=agreed and not look.late)


def _elements(look: Look) -> list[Element]:
    return [part.element for part in look.parts]


def alike(one: Pixels | None, other: Pixels) -> bool:
    """Whether two frames are alike but for a caret that blinks; 0.2 ms at 1280x800 for equal ones, 1 ms for others."""
    if one is None or one.shape != other.shape:
        return False
    if one is other or np.array_equal(one, other):
        return True
    height = one.shape[0]
    rows = np.flatnonzero((one.reshape(height, -1) != other.reshape(height, -1)).any(axis=1))
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    if bottom - top > _CARET[1]:
        return False
    columns = np.flatnonzero((one[top:bottom] != other[top:bottom]).any(axis=(0, 2)))
    return int(columns[-1] - columns[0]) < _CARET[0]
