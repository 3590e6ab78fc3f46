"""Hit testing: which widget a gesture meets, and what it does there."""

from collections.abc import Callable
from dataclasses import dataclass

from devices.actions import Point
from devices.device import Box
from devices.simphone import text_editing
from devices.simphone.dialogs import menu
from devices.simphone.gesture_classifier import Hold, Path, Swipe, Tap, classify_gesture
from devices.simphone.notification_shade import shade
from devices.simphone.phone_system import PhoneSystem
from devices.simphone.scene import Layer, Scene
from devices.simphone.system_bars import STATUS
from devices.simphone.theme import text_width
from devices.simphone.widget_layout import LINE, PlacedWidget
from devices.simphone.widget_types import Field, ScrollView, Slider


@dataclass(frozen=True, slots=True)
class TouchedWidget:
    """What was pressed: its box glows for a moment. `key` when it was one of the keyboard."""

    box: Box
    radius: float
    key: bool = False


def dispatch_touch(system: PhoneSystem, scene: Scene, path: Path) -> TouchedWidget | None:
    """Do what `path` means on `scene`; the widget that was pressed, if any."""
    density = system.theme.density
    match classify_gesture(path, density):
        case Tap(x, y):
            return _press(system, scene, Point(x, y), held=False)
        case Hold(x, y):
            return _press(system, scene, Point(x, y), held=True)
        case Swipe() as stroke if stroke.y < density * STATUS and stroke.dy > 40 * density and not system.locked:
            system.covers[:] = [shade()]
            system.keyboard_up, system.transition = False, "fade"
        case Swipe() as stroke:
            _drag(system, scene, stroke)
    return None


def _press(system: PhoneSystem, scene: Scene, at: Point, held: bool) -> TouchedWidget | None:
    for panel in (*scene.bars, *([scene.keys] if scene.keys else [])):
        if at in panel.box and (panel is scene.keys or _innermost(panel, at, _pressable)):
            return _act(_innermost(panel, at, _pressable), held=False, key=panel is scene.keys)
    layer = scene.layers[-1]
    system.held_at = Box(at.x, at.y, at.x + 1, at.y + 1) if held else None
    if at not in layer.placed.box:
        if layer.screen.floating and layer.screen.cancelable:
            system.pop()
        return None
    hit = _innermost(layer.placed, at, _pressable)
    if hit and isinstance(hit.widget, Field):
        _into_field(system, layer, hit, hit.widget, at, held)
        return None
    if hit and isinstance(hit.widget, Slider):
        _slide(system, hit, hit.widget, at.x)
        return None
    return _act(hit, held, key=False)


def _act(hit: PlacedWidget | None, held: bool, key: bool) -> TouchedWidget | None:
    if hit is None:
        return None
    act = hit.widget.hold if held and hit.widget.hold else hit.widget.press  # Android: a held view still clicks
    if act is None:
        return None
    act()
    return TouchedWidget(hit.shown, hit.widget.radius, key)


def _pressable(placed: PlacedWidget) -> bool:
    widget = placed.widget
    return bool(widget.press or widget.hold or isinstance(widget, Field | Slider)) and widget.enabled


def _innermost(placed: PlacedWidget, at: Point, wanted: Callable[[PlacedWidget], bool]) -> PlacedWidget | None:
    """The innermost and frontmost part at the point that is `wanted`."""
    if at not in placed.shown:
        return None
    for child in reversed(placed.children):
        if hit := _innermost(child, at, wanted):
            return hit
    return placed if wanted(placed) else None


def _into_field(system: PhoneSystem, layer: Layer, placed: PlacedWidget, field: Field, at: Point, held: bool) -> None:
    """Put the cursor where the finger was; held, select the word and offer the clipboard."""
    again = system.keyboard_up and layer.screen.focus == field.key
    page, shift = system.key_page, system.shift
    system.focus(field.key)
    if again:
        system.key_page, system.shift = page, shift
    entry = layer.screen.buffer(field.key)
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
        items.insert(0, ("Paste", then(lambda: text_editing.paste(system))))
    if entry.selected and not field.password:
        items[0:0] = [
            ("Cut", then(lambda: text_editing.copy(system, cut=True))),
            ("Copy", then(lambda: text_editing.copy(system))),
        ]
    menu(system, items, Box(at.x, placed.box.top, at.x + 1, placed.box.bottom))
    system.transition = "fade"


def _cursor(system: PhoneSystem, placed: PlacedWidget, field: Field, at: Point) -> int:
    theme = system.theme
    size, inset = theme.sp(field.size), 0 if field.bare else theme.px(16)
    line = min(max(int((at.y - placed.box.top - inset) / (size * LINE)), 0), len(placed.lines) - 1)
    words, x = placed.lines[line], at.x - placed.box.left - inset
    column = min(range(len(words) + 1), key=lambda n: abs(text_width(words[:n], size) - x))
    return sum(len(before) + 1 for before in placed.lines[:line]) + column


def _slide(system: PhoneSystem, placed: PlacedWidget, slider: Slider, x: int) -> None:
    inset = system.theme.px(12)
    slider.slide(min(max((x - placed.box.left - inset) / max(1, placed.box.width - 2 * inset), 0.0), 1.0))


def _drag(system: PhoneSystem, scene: Scene, stroke: Swipe) -> None:
    start, layer = Point(stroke.x, stroke.y), scene.layers[-1]
    if scene.keys and start in scene.keys.box:
        return
    if slide(system, layer, start, stroke.x + stroke.dx):
        return
    if stroke.held:
        held = _innermost(layer.placed, start, _pressable)
        if held and held.widget.hold:
            held.widget.hold()
            return
    upright = abs(stroke.dy) >= abs(stroke.dx)
    if upright and scroll(system, layer, start, stroke.dy + stroke.coast):
        return
    if layer.screen.swipe:
        vertical, sideways = ("down" if stroke.dy > 0 else "up"), ("right" if stroke.dx > 0 else "left")
        layer.screen.swipe(vertical if upright else sideways)


def scroll(system: PhoneSystem, layer: Layer, start: Point, down: int) -> bool:
    """Move what can be scrolled at `start` down the screen by so many pixels; False where nothing can be."""
    window = _innermost(layer.placed, start, lambda placed: isinstance(placed.widget, ScrollView) and placed.limit > 0)
    if window is None or not isinstance(window.widget, ScrollView):
        return False
    offset = min(max(window.offset - down, 0), window.limit)
    layer.screen.scrolls[window.widget.key] = offset / system.theme.density
    return True


def slide(system: PhoneSystem, layer: Layer, start: Point, x: int) -> bool:
    """Put the knob of the slider at `start` under `x`; False where there is no slider."""
    hit = _innermost(layer.placed, start, lambda placed: isinstance(placed.widget, Slider))
    if hit is None or not isinstance(hit.widget, Slider):
        return False
    _slide(system, hit, hit.widget, x)
    return True


def reveal(system: PhoneSystem, scene: Scene) -> bool:
    """Scroll the focused field into view, as when the keyboard opens over it; whether anything moved."""
    layer = scene.layers[-1]
    for part in layer.placed.walk():
        if not isinstance(part.widget, ScrollView):
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
