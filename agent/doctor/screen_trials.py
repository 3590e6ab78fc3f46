"""Trials of the screen and the pointer: pictures, displays, scale, five points."""

import time
from collections.abc import Iterator
from typing import Any

from agent.doctor.trial import Fault, Finding, run_trial
from devices import MoveTo, Point
from devices.desktop.desktop import Desktop
from devices.desktop.system import System


def screen_findings(
    desktop: Desktop, system: System, display_name: str | None, screen_fix: str, input_fix: str
) -> Iterator[Finding]:
    """Whether the screen is seen as it is, and the pointer goes where it is sent; it is put back where it was."""
    yield run_trial("capture", lambda: _capture(desktop), screen_fix)
    yield run_trial("displays", lambda: _displays(display_name), screen_fix)
    yield run_trial("scale", lambda: _scale(desktop, display_name), screen_fix)
    yield run_trial("pointer", lambda: _pointer(desktop, system, display_name), input_fix)


def _capture(desktop: Desktop) -> str:
    started = time.perf_counter()
    looks = [desktop.observe() for _ in range(5)]
    seconds = (time.perf_counter() - started) / len(looks)
    if looks[-1].elements and not looks[-1].pixels.any():  # an empty X screen may well be black
        raise Fault("the picture is black all over: the system hides the screen from this program")
    return f"{looks[-1].width}x{looks[-1].height} pixels in {1000 * seconds:.0f} ms"


def _monitors(display_name: str | None) -> list[dict[str, Any]]:
    """Each display in pointer units, as mss knows them."""
    import mss

    with mss.MSS(display=display_name) if display_name else mss.MSS() as capture:
        whole, *each = capture.monitors
    return each or [whole]


def _displays(display_name: str | None) -> str:
    """Each display by the number that `--display` takes."""
    areas = _monitors(display_name)
    return ", ".join(
        f"{number}: {area['width']}x{area['height']} at ({area['left']}, {area['top']})"
        for number, area in enumerate(areas)
    )


def _scale(desktop: Desktop, display_name: str | None) -> str:
    seen, area = desktop.observe(), _monitors(display_name)[0]
    across, down = seen.width / area["width"], seen.height / area["height"]
    if abs(across - down) > 0.01:
        raise Fault(f"{across:.3f} pixels per pointer unit across and {down:.3f} down: they should be equal")
    return f"{across:g} pixels per pointer unit"


def _pointer(desktop: Desktop, system: System, display_name: str | None) -> str:
    """Goes to five points, reads the pointer back at each, and returns to where it was."""
    size, area = desktop.observe().size, _monitors(display_name)[0]
    back, wrong = system.pointer(), []
    for across, down in ((1, 1), (3, 1), (2, 2), (1, 3), (3, 3)):
        point = Point(size[0] * across // 4, size[1] * down // 4)
        wanted = area["left"] + area["width"] * across // 4, area["top"] + area["height"] * down // 4
        desktop.perform(MoveTo(point))
        found = system.pointer()
        if max(abs(found[0] - wanted[0]), abs(found[1] - wanted[1])) > 1:
            wrong.append(f"sent to {wanted}, found at {found}")
    x, y = (back[0] - area["left"]) * size[0] // area["width"], (back[1] - area["top"]) * size[1] // area["height"]
    if 0 <= x < size[0] and 0 <= y < size[1]:
        desktop.perform(MoveTo(Point(x, y)))
    if wrong:
        raise Fault("; ".join(wrong))
    return "5 of 5 points to the unit, and back"
