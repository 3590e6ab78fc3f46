"""Where a stroke of the finger goes, and what it does there."""

from collections.abc import Callable
from dataclasses import dataclass

from devices.actions import Point
from devices.device import Box
from devices.simphone import hands
from devices.simphone.dialogs import menu
from devices.simphone.gestures import Hold, Path, Stroke, Tap, gesture
from devices.simphone.layout import LINE, Placed
from devices.simphone.scene import Layer, Scene
from devices.simphone.shade import shade
from devices.simphone.system import System
from devices.simphone.systemui import STATUS
from devices.simphone.theme import text_width
from devices.simphone.widgets import Field, Scroll, Slider


@dataclass(frozen=True, slots=True)
class Touched:
    """What was pressed: its box glows for a moment. `key` when it was one of the keyboard."""

    box: Box
    radius: float
    key: bool = False


def touch(system: System, scene: Scene, path: Path) -> Touched | None:
    """Do what `path` means on `scene`; the widget that was pressed, if any."""
    density = system.theme.density
    match gesture(path, density):
        case Tap(x, y):
            return _press(system, scene, Point(x, y), held=False)
        case Hold(x, y):
            return _press(system, scene, Point(x, y), held=True)
        case Stroke() as stroke if stroke.y < density * STATUS and stroke.dy > 40 * density and not system.locked:
            system.covers[:] = [shade()]
            system.keyboard_up, system.moved = False, "fade"
        case Stroke() as stroke:
            _drag(system, scene, stroke)
    return None


def _press(system: System, scene: Scene, at: Point, held: bool) -> Touched | None:
    for panel in (*scene.bars, *([scene.keys] if scene.keys else [])):
        if at in panel.box and (panel is scene.keys or _found(panel, at, _pressable)):
            return _act(_found(panel, at, _pressable), held=False, key=panel is scene.keys)
    layer = scene.layers[-1]
    system.held_at = Box(at.x, at.y, at.x + 1, at.y + 1) if held else None
    if at not in layer.placed.box:
        if layer.screen.floating and layer.screen.cancelable:
            system.pop()
        return None
    found = _found(layer.placed, at, _pressable)
    if found and isinstance(found.widget, Field):
        _into_field(system, layer, found, found.widget, at, held)
        return None
    if found and isinstance(found.widget, Slider):
        _slide(system, found, found.widget, at.x)
        return None
    return _act(found, held, key=False)


def _act(found: Placed | None, held: bool, key: bool) -> Touched | None:
    if found is None:
        return None
    act = found.widget.hold if held and found.widget.hold else found.widget.press  # Android: a held view still clicks
    if act is None:
        return None
    act()
    return Touched(found.shown, found.widget.radius, key)


def _pressable(placed: Placed) -> bool:
    widget = placed.widget
    return bool(widget.press or widget.hold or isinstance(widget, Field | Slider)) and widget.enabled


def _found(placed: Placed, at: Point, wanted: Callable[[Placed], bool]) -> Placed | None:
    """The innermost and frontmost part at the point that is `wanted`."""
    if at not in placed.shown:
        return None
    for child in reversed(placed.children):
        if found := _found(child, at, wanted):
            return found
    return placed if wanted(placed) else None


def _into_field(system: System, layer: Layer, placed: Placed, field: Field, at: Point, held: bool) -> None:
    """Put the cursor where the finger was; held, select the word and offer the clipboard."""
    again = system.keyboard_up and layer.screen.focus == field.key
    page, shift = system.key_page, system.shift
    system.focus(field.key)
    if again:
        system.key_page, system.shift = page, shift
    entry = layer.screen.entry(field.key)
    entry.move(_cursor(system, placed, field, at))
    if not held:
        return
    entry.select_word()

    def then(act: Callable[[], None]) -> Callable[[], None]:
        def chosen() -> None:
            act()
            system.keyboard_up = True

        return chosen

    items = [("Select all", then(lambda: entry.select_all()))]
    if system.clipboard:
        items.insert(0, ("Paste", then(lambda: hands.paste(system))))
    if entry.selected and not field.password:
        items[0:0] = [("Cut", then(lambda: hands.copy(system, cut=True))), ("Copy", then(lambda: hands.copy(system)))]
    menu(system, items, Box(at.x, placed.box.top, at.x + 1, placed.box.bottom))
    system.moved = "fade"


def _cursor(system: System, placed: Placed, field: Field, at: Point) -> int:
    theme = system.theme
    size, inset = theme.sp(field.size), 0 if field.bare else theme.px(16)
    line = min(max(int((at.y - placed.box.top - inset) / (size * LINE)), 0), len(placed.lines) - 1)
    words, x = placed.lines[line], at.x - placed.box.left - inset
    column = min(range(len(words) + 1), key=lambda n: abs(text_width(words[:n], size) - x))
    return sum(len(before) + 1 for before in placed.lines[:line]) + column


def _slide(system: System, placed: Placed, slider: Slider, x: int) -> None:
    inset = system.theme.px(12)
    slider.slide(min(max((x - placed.box.left - inset) / max(1, placed.box.width - 2 * inset), 0.0), 1.0))


def _drag(system: System, scene: Scene, stroke: Stroke) -> None:
    start, layer = Point(stroke.x, stroke.y), scene.layers[-1]
    if scene.keys and start in scene.keys.box:
        return
    if slide(system, layer, start, stroke.x + stroke.dx):
        return
    if stroke.held:
        held = _found(layer.placed, start, _pressable)
        if held and held.widget.hold:
            held.widget.hold()
            return
    upright = abs(stroke.dy) >= abs(stroke.dx)
    if upright and scroll(system, layer, start, stroke.dy + stroke.coast):
        return
    if layer.screen.swipe:
        vertical, sideways = ("down" if stroke.dy > 0 else "up"), ("right" if stroke.dx > 0 else "left")
        layer.screen.swipe(vertical if upright else sideways)


def scroll(system: System, layer: Layer, start: Point, down: int) -> bool:
    """Move what can be scrolled at `start` down the screen by so many pixels; False where nothing can be."""
    window = _found(layer.placed, start, lambda placed: isinstance(placed.widget, Scroll) and placed.limit > 0)
    if window is None or not isinstance(window.widget, Scroll):
        return False
    offset = min(max(window.offset - down, 0), window.limit)
    layer.screen.scrolls[window.widget.key] = offset / system.theme.density
    return True


def slide(system: System, layer: Layer, start: Point, x: int) -> bool:
    """Put the knob of the slider at `start` under `x`; False where there is no slider."""
    found = _found(layer.placed, start, lambda placed: isinstance(placed.widget, Slider))
    if found is None or not isinstance(found.widget, Slider):
        return False
    _slide(system, found, found.widget, x)
    return True


def reveal(system: System, scene: Scene) -> bool:
    """Scroll the focused field into view, as when the keyboard opens over it; whether anything moved."""
    layer = scene.layers[-1]
    for part in layer.placed.walk():
        if not isinstance(part.widget, Scroll):
            continue
        for field in part.walk():
            if isinstance(field.widget, Field) and field.widget.key == layer.screen.focus:
                below = field.box.bottom - part.box.bottom
                above = part.box.top - field.box.top + system.theme.px(12)
                move = below if below > 0 else -above if above > system.theme.px(12) else 0
                offset = min(max(part.offset + move, 0), part.limit)
                layer.screen.scrolls[part.widget.key] = offset / system.theme.density
                return offset != part.offset
    return False
